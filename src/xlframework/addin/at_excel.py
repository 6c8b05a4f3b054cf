"""The workbook in front of a person: its saved file, and which of its sheets is shown."""

from contextlib import suppress
from importlib import import_module
from pathlib import Path

from xlframework.addin.dialogs import ask
from xlframework.ground.errors import MisuseError
from xlframework.sheets.live.excel import HAS_COM, ExcelBook

_SETTINGS = "xlwings.conf"


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
        path = Path(_full_name(book))
    except MisuseError:
        raise
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
        _save(book)
    return path


def _save(book: ExcelBook) -> None:
    try:
        book.api.Save()
    except Exception as error:
        raise MisuseError(
            f"Excel could not save {book.name}, so nothing was done. Save it yourself (under "
            "another name if it is read-only), and press again."
        ) from error


def _full_name(book: ExcelBook) -> str:
    """Give the path of a workbook, by settings of the user's where OneDrive or SharePoint has it.

    xlwings' own `fullname` asks a sheet xlwings.conf of the workbook where that is, and a
    workbook that came by e-mail must not say so.
    """
    if not HAS_COM:
        if any(sheet.name == _SETTINGS for sheet in book.sheets):
            raise MisuseError(
                f"{book.name} has a sheet {_SETTINGS}, which could name another file as its own, "
                "so nothing was done. Delete or rename that sheet, and press again."
            )
        return str(book.fullname)
    name = str(book.api.FullName)
    if "://" not in name:
        return name
    return str(import_module("xlwings.utils").fullname_url_to_local_path(name))


def bring_forward(book: ExcelBook, table: str) -> None:
    """Show the sheet that a table stands on; where that is hidden nothing happens."""
    if not HAS_COM:
        return
    with suppress(Exception):
        for sheet in book.sheets:
            if any(each.name == table for each in sheet.tables):
                sheet.api.Activate()
