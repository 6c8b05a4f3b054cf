"""Keeps Excel still while a workbook is written, and puts every setting back, come what may."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial

from xlframework.sheets.live.excel import HAS_COM, ExcelApp

_SETTINGS = (
    ("screen_updating", False),
    ("enable_events", False),
    ("display_alerts", False),
    ("calculation", "manual"),
)
_AUTOMATICALLY = "automatic"

# Otherwise a table grows over what is written beside it, and a formula fills its column.
_AUTOMATIC = ("AutoExpandListRange", "AutoFillFormulasInLists")


def settle(app: ExcelApp) -> None:
    """Have Excel calculate now what it calculates only when told to, before results are read."""
    if app.calculation != _AUTOMATICALLY:
        app.calculate()


@contextmanager
def quiet(app: ExcelApp) -> Iterator[None]:
    """Stop redrawing, events, alerts, recalculation and automatic growth for a while.

    Whoever works in Excel keeps the calculation mode that they chose; where it is not
    automatic, everything is calculated once at the end.

    Args:
        app: Excel.
    """
    with ExitStack() as afterwards:
        afterwards.callback(settle, app)
        for name, value in _SETTINGS:
            afterwards.callback(partial(setattr, app, name, getattr(app, name)))
            setattr(app, name, value)
        if HAS_COM:
            correct = app.api.AutoCorrect
            for name in _AUTOMATIC:
                afterwards.callback(partial(setattr, correct, name, getattr(correct, name)))
                setattr(correct, name, False)
            afterwards.callback(_where(app))
        afterwards.callback(_end_copying(app))
        yield


def _where(app: ExcelApp) -> Callable[[], None]:
    """Give the function that goes back to the sheet and the cells that are shown and selected."""
    # Where something else is selected, a chart say, the sheet alone is shown again.
    sheet = app.api.ActiveSheet
    selected = None
    with suppress(Exception):
        selected = app.api.ActiveWindow.RangeSelection

    def back() -> None:
        with suppress(Exception):
            sheet.Activate()
            if selected is not None:
                selected.Select()

    return back


def _end_copying(app: ExcelApp) -> Callable[[], None]:
    """Give the function that takes what was copied off the clipboard again."""

    def end() -> None:
        app.cut_copy_mode = False

    return end
