"""The workbook in front of a person: its saved file, and which of its sheets is shown."""

from contextlib import suppress
from pathlib import Path

from xlframework.addin.dialogs import ask
from xlframework.ground.errors import MisuseError
from xlframework.sheets.live.excel import HAS_COM, ExcelBook


def saved_file(book: ExcelBook, why: str) -> Path | None:
    """Give the file of a workbook once all of it is saved; None if the person would rather not.

    Args:
        book: the workbook.
        why: what needs the saved file, as the end of a sentence.

    Raises:
        MisuseError: if it lies in no folder that Python can reach.
    """
    where = "Save it in a folder of this computer or of the network, and press again."
    if HAS_COM and not str(book.api.Path):
        raise MisuseError(f"{book.name} has never been saved. {where}")
    try:
        path = Path(book.fullname)
    except Exception as error:
        raise MisuseError(f"The file of {book.name} cannot be found from here. {where}") from error
    if not path.is_file():
        raise MisuseError(f"The file of {book.name} is not at {path}. {where}")
    if HAS_COM and not book.api.Saved:
        question = (
            f"{book.name} has changes that are not saved, and {why}. Save it now? With No and "
            "Cancel nothing is done."
        )
        if ask(book, question) != "yes":
            return None
        book.api.Save()
    return path


def bring_forward(book: ExcelBook, table: str) -> None:
    """Show the sheet that a table stands on; where that is hidden nothing happens."""
    if not HAS_COM:
        return
    with suppress(Exception):
        for sheet in book.sheets:
            if any(each.name == table for each in sheet.tables):
                sheet.api.Activate()
