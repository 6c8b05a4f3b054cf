"""A workbook that a command works on, wherever it is kept: in a file, or open in Excel."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from xlframework.commands.workbook import Opened
from xlframework.sheets.change import ChangeSet
from xlframework.sheets.file_book import apply_changes, effective, write_package
from xlframework.sheets.live.excel import ExcelBook
from xlframework.sheets.live.quiet import settle
from xlframework.sheets.live.read import read_open
from xlframework.sheets.live_book import effective_open, prepare_open
from xlframework.sheets.package.records import Book

Write = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Held:
    """A workbook at hand.

    Attributes:
        name: what messages call it.
        book: its contents, as they were read.
        effective: leaves out of a change set what the workbook has already.
        prepare: gets ready to write a change set and gives the function that does it;
            raises `UnsafeFileError` where the workbook cannot be changed safely.
    """

    name: str
    book: Book
    effective: Callable[[ChangeSet], ChangeSet]
    prepare: Callable[[ChangeSet], Write]


def held_file(opened: Opened, target: Path, *, backup: bool) -> Held:
    """Hold a workbook that lies in a file.

    Args:
        opened: the file as it was read.
        target: where the changed workbook is written.
        backup: whether the file before is kept.
    """
    is_same = target.resolve() == opened.path.resolve()
    expected = opened.data if is_same else None

    def prepare(changes: ChangeSet) -> Write:
        package = apply_changes(opened.package, opened.book, changes)
        return partial(write_package, package, target, keep_previous=backup, expected=expected)

    return Held(str(opened.path), opened.book, partial(effective, opened.package), prepare)


def held_open(excel: ExcelBook) -> Held:
    """Hold the workbook that is open in Excel, read whole.

    Args:
        excel: the workbook, through xlwings.
    """
    settle(excel.app)
    opened = read_open(excel)
    return Held(
        opened.book.file,
        opened.book,
        partial(effective_open, opened),
        partial(prepare_open, opened),
    )
