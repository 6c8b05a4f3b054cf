"""What a press of a button runs, and the reply to it; nothing that goes wrong gets out."""

import platform
import sys
import time
import webbrowser
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from xlframework.addin.fault_log import note
from xlframework.addin.places import log_file, places
from xlframework.addin.reply import SILENT, Reply, send, shortened
from xlframework.ground.errors import MisuseError, XlframeworkError
from xlframework.ground.shipped import guide_file
from xlframework.ground.version import VERSION
from xlframework.sheets.live.excel import HAS_COM, ExcelBook

FindBook = Callable[[], ExcelBook]

# Excel turns calls away while somebody types into a cell, or has a dialog open.
_TURNED_AWAY = frozenset({-2147418111, -2147417846, -2146777998})
_PATIENCE = 8.0
_PAUSE = 0.2


class BusyError(XlframeworkError):
    """Excel does not answer because it waits for the person in front of it."""


def press(command: str, token: str = "") -> None:
    """Run what a button stands for and reply to whoever pressed it.

    Args:
        command: the button's command, as the registry names it.
        token: what VBA made up for this press; empty to have the reply printed.
    """
    reply = answer(command, workbook_in_front)
    try:
        send(reply, token, _alert)
    except Exception as error:  # noqa: BLE001 - without a reply VBA says that there was none
        note(command, error)


def answer(command: str, find_book: FindBook) -> Reply:
    """Run what a button stands for.

    Args:
        command: the button's command.
        find_book: gives the workbook in front; not called by a button that needs none.

    Returns:
        What to show. Whatever is raised becomes a reply, and a bug goes into the log file.
    """
    try:
        return _fitting(COMMANDS.get(command, partial(_unknown, command))(find_book))
    except XlframeworkError as error:
        return _problem(command, error)
    except Exception as error:  # noqa: BLE001 - the last place where a bug can be told kindly
        return _bug(command, error)


def _fitting(reply: Reply) -> Reply:
    return Reply(reply.icon, shortened(reply.text))


def _problem(command: str, error: XlframeworkError) -> Reply:
    """Say what a person must put right; what Excel itself said is kept for others."""
    text = str(error)
    if error.__cause__ is not None and not isinstance(error, BusyError):
        written = note(command, error)
        text += f"\n\nLog file: {written}" if written is not None else ""
    return Reply("exclamation", shortened(text))


def _bug(command: str, error: Exception) -> Reply:
    written = note(command, error)
    what = (
        f"What happened is written down in {written}; please send that file to whoever looks after "
        "xlframework."
        if written is not None
        else "What happened could not be written down."
    )
    return Reply(
        "critical",
        "Something went wrong that should not have, and the fault is ours. If a sheet looks "
        f"changed, close the workbook without saving. {what}",
    )


def workbook_in_front() -> ExcelBook:
    """Give the workbook that was in front when the button was pressed.

    Raises:
        BusyError: if Excel waits for the person in front of it.
    """
    # Loading it takes longer than all the rest, and About needs none of it.
    return _patient(import_module("xlwings").Book.caller)


def _patient(find: FindBook) -> ExcelBook:
    """Wait for Excel a few seconds, which xlwings by itself would do for ever."""
    if not HAS_COM:
        return find()
    engine: Any = import_module("xlwings._xlwindows")
    until = time.monotonic() + _PATIENCE
    attempts, engine.N_COM_ATTEMPTS = engine.N_COM_ATTEMPTS, 1
    try:
        while True:
            try:
                book = find()
                _ = book.name
            except Exception as error:
                if not _is_turned_away(error):
                    raise
                if time.monotonic() > until:
                    raise BusyError(
                        "Excel is waiting for you, so nothing was changed: finish what you are "
                        "typing (Enter or Esc) or close the dialog that is open, and press again."
                    ) from error
                time.sleep(_PAUSE)
            else:
                return book
    finally:
        engine.N_COM_ATTEMPTS = attempts


def _is_turned_away(error: BaseException) -> bool:
    codes = {getattr(error, "hresult", None)}
    details = getattr(error, "excepinfo", None)
    if details:
        codes.add(details[-1])
    return bool(codes & _TURNED_AWAY)


def _alert(reply: Reply) -> None:
    app = import_module("xlwings").apps.active
    if app is not None:
        mode = "info" if reply.icon == "information" else "critical"
        app.alert(reply.text, "xlframework", mode=mode)


def _in_workbook(name: str, find_book: FindBook, where: str = "buttons") -> Reply:
    """Run a button that works on the workbook in front."""
    # What the commands need is loaded for them alone.
    run: Callable[[ExcelBook], Reply] = getattr(import_module(f"xlframework.addin.{where}"), name)
    return run(find_book())


def _unknown(command: str, _: FindBook) -> Reply:
    raise MisuseError(
        f"There is no command {command!r}: the add-in and Python are of different versions. Type "
        "xlframework addin install at a command prompt, and start Excel again."
    )


def _about(_: FindBook) -> Reply:
    found = places()
    lines = (
        f"xlframework {VERSION}",
        "Keeps a commissioning budget workbook right.",
        "",
        f"Python {platform.python_version()}",
        f"in {Path(sys.executable).parent}",
        f"Settings: {found.settings}",
        f"Log file: {log_file()}",
    )
    return Reply("information", "\n".join(lines))


def _guide(_: FindBook) -> Reply:
    page = guide_file()
    if not page.is_file():
        raise MisuseError(f"The guide is not at {page}; install xlframework again.")
    if webbrowser.open(page.as_uri()):
        return SILENT
    return Reply("information", f"No browser could be started. The guide is at {page}.")


_RETURNS = "return_buttons"

COMMANDS: Mapping[str, Callable[[FindBook], Reply]] = {
    "refresh": partial(_in_workbook, "refresh"),
    "preview": partial(_in_workbook, "preview"),
    "reconcile": partial(_in_workbook, "reconcile"),
    "split": partial(_in_workbook, "split"),
    "scenarios": partial(_in_workbook, "scenarios"),
    "regenerate": partial(_in_workbook, "regenerate"),
    "publish": partial(_in_workbook, "publish"),
    "issue-forms": partial(_in_workbook, "issue_forms", where=_RETURNS),
    "check-returns": partial(_in_workbook, "check_returns", where=_RETURNS),
    "about": _about,
    "guide": _guide,
}
