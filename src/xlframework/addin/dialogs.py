"""Asks the person at Excel: for a folder, or for a decision. Cancel is an answer."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from xlframework.sheets.live.excel import HAS_COM, ExcelBook

TITLE = "xlframework"

Decision = Literal["yes", "no", "cancel"]

_FOLDER_PICKER = 4
_CHOSEN = -1


def choose_folder(book: ExcelBook, title: str) -> Path | None:
    """Ask for a folder.

    Args:
        book: a workbook of the Excel that asks; the dialog begins in its folder.
        title: what the folder is for.

    Returns:
        The folder; None for Cancel.
    """
    if not HAS_COM:
        return _choose_on_a_mac(title)
    dialog = book.app.api.FileDialog(_FOLDER_PICKER)
    dialog.Title = title
    folder = str(book.api.Path)
    if folder and "://" not in folder:
        dialog.InitialFileName = f"{folder}\\"
    return Path(str(dialog.SelectedItems(1))) if int(dialog.Show()) == _CHOSEN else None


def _choose_on_a_mac(title: str) -> Path | None:
    question = title.replace("\\", "").replace('"', "'")
    ran = subprocess.run(  # noqa: S603 - a title of our own, without quotes
        ["/usr/bin/osascript", "-e", f'POSIX path of (choose folder with prompt "{question}")'],
        capture_output=True,
        text=True,
        check=False,
    )
    chosen = ran.stdout.strip()
    return Path(chosen) if ran.returncode == 0 and chosen else None


def ask(book: ExcelBook, question: str) -> Decision:
    """Ask a question with the buttons Yes, No and Cancel.

    Args:
        book: a workbook of the Excel that asks.
        question: what Yes does and what No does.
    """
    answer = book.app.alert(question, TITLE, buttons="yes_no_cancel", mode="info")
    decisions: dict[str | None, Decision] = {"yes": "yes", "no": "no"}
    return decisions.get(answer, "cancel")


def choose(book: ExcelBook, question: str, options: Sequence[str]) -> str | None:
    """Have one of several things chosen, by asking for one after the other.

    Args:
        book: a workbook of the Excel that asks.
        question: what is to be chosen, as the beginning of a question.
        options: what there is, the likeliest first; a single one is taken unasked.

    Returns:
        The one chosen; None for Cancel, or for No to all of them.
    """
    if len(options) == 1:
        return options[0]
    for number, option in enumerate(options, start=1):
        no = "No goes on to the next." if number < len(options) else "No and Cancel do nothing."
        decision = ask(book, f"{question} {option}?\n\n{no}")
        if decision != "no":
            return option if decision == "yes" else None
    return None
