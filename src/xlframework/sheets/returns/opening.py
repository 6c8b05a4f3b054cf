"""Opens a submitted file, or says in a partner's words why it is no workbook that can be read."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from lxml import etree

from xlframework.ground.errors import TooLargeError, UnsafeFileError, XlframeworkError
from xlframework.model.form import Form
from xlframework.model.returns import Refused, Trouble
from xlframework.sheets.package.container import read_package
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import Book, Package

MEGABYTE = 1024 * 1024

# What all parts together may unpack to, for each byte that the file may have.
_UNPACKED = 2

# A message says no more of what a damaged file holds.
_LONGEST = 200

# A form's largest part has less than a tenth of a megabyte; one of this size takes seconds.
_LARGEST_XML = 8 * MEGABYTE

_SAVE_AS = "Open it in Excel, save it as Excel Workbook (.xlsx) and send that file."

_EMPTY = "the file is empty (0 bytes); it was not copied whole"
_SEND_AGAIN = "Close the file in Excel, see that it opens again, and send it once more."

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_ENTRY = 0x1
_STRICT = b"http://purl.oclc.org/ooxml/"

# How a file that is neither a zip nor an old Office file begins, and what it is then.
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"7z\xbc\xaf", "a packed folder (.7z)"),
    (b"Rar!", "a packed folder (.rar)"),
    (b"\x1f\x8b", "a packed file (.gz)"),
)
_WEB_PAGE = (b"<html", b"<!doctype html", b"<table")
_OLD_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_LOOKED_AT = 4096

# What an old Office file calls the part that gives its kind away.
_OLE_KINDS = (
    ("WordDocument", "a Word document (.doc)"),
    ("PowerPoint Document", "a PowerPoint presentation (.ppt)"),
    ("__nameid_version1.0", "an e-mail (.msg)"),
)
# What stands in a zip that is no workbook of ours.
_ZIP_KINDS = (
    ("xl/workbook.bin", "a binary workbook (.xlsb)"),
    ("word/", "a Word document (.docx)"),
    ("ppt/", "a PowerPoint presentation (.pptx)"),
    ("mimetype", "an OpenDocument file (.ods)"),
    ("Index/", "a Numbers document"),
)


def open_submission(
    data: bytes, file: str, forms: Iterable[Form]
) -> tuple[Package, Book] | Refused:
    """Open a submitted file.

    Args:
        data: its contents.
        file: its name as the person gave it.
        forms: for the size that no form goes beyond.

    Returns:
        Its parts and the workbook as read, or why it cannot be read. Nothing in it is run
        or fetched.
    """
    size = max((form.limits.size for form in forms), default=1) * MEGABYTE
    if not data:
        return Refused(file, "empty file", _EMPTY, _SEND_AGAIN)
    if len(data) > size:
        return _too_large(file, f"the file has more than {size // MEGABYTE} MB")
    try:
        return _opened(data, file, size * _UNPACKED)
    except TooLargeError:
        return _too_large(file, f"the file unpacks to more than {size * _UNPACKED // MEGABYTE} MB")
    except XlframeworkError as error:
        return _refused(data, file, error)
    except (ArithmeticError, LookupError, RecursionError, ValueError, etree.LxmlError):
        # What no test of ours has thought of is damage, and never stops a batch.
        return Refused(file, "damaged", "the file is damaged: its contents contradict themselves")


def _opened(data: bytes, file: str, most: int) -> tuple[Package, Book] | Refused:
    package = read_package(data, file, most, most)
    if any(len(part) > _LARGEST_XML for name, part in package.parts.items() if _is_xml(name)):
        largest = _LARGEST_XML // MEGABYTE
        return _too_large(file, f"a sheet of the file takes up more than {largest} MB")
    return package, read_book(package)


def _is_xml(part: str) -> bool:
    return part.casefold().endswith((".xml", ".rels"))


def _too_large(file: str, message: str) -> Refused:
    return Refused(file, "too large", f"{message}, far more than any form needs")


def _refused(data: bytes, file: str, error: XlframeworkError) -> Refused:
    """Say what a file is that could not be opened, from its own bytes."""
    if data.startswith(_OLE):
        return _old(data, file)
    if not data.startswith(b"PK"):
        return _foreign(file, _kind_of_text(data))
    names, locked = _contents(data)
    if locked:
        return Refused(file, "encrypted", "the file is a zip folder locked with a password")
    kind = _kind_of_zip(data, names)
    if kind is not None:
        return _foreign(file, kind)
    trouble: Trouble = "unsafe" if isinstance(error, UnsafeFileError) else "damaged"
    said = str(error).removeprefix(f"{file} ").partition("; ")[0].rstrip(".")
    if len(said) > _LONGEST:
        said = f"{said[:_LONGEST]}..."
    return Refused(file, trouble, f"the file {said}")


def _kind_of_zip(data: bytes, names: tuple[str, ...]) -> str | None:
    """Tell what a zip is that is no workbook of ours; None where it should be one."""
    for mark, kind in _ZIP_KINDS:
        if any(name.startswith(mark) for name in names):
            return kind
    if names and "[Content_Types].xml" not in names and "xl/workbook.xml" not in names:
        return "a zip folder"
    return "a Strict Open XML workbook" if _is_strict(data) else None


def _foreign(file: str, kind: str) -> Refused:
    message = f"the file is {kind}, not an Excel workbook (.xlsx), whatever its name says"
    return Refused(file, "other format", message)


def _old(data: bytes, file: str) -> Refused:
    if _utf16("EncryptedPackage") in data:
        return Refused(
            file, "encrypted", "the file is protected with a password, so nobody can read it"
        )
    kind = next((kind for mark, kind in _OLE_KINDS if _utf16(mark) in data), None)
    if kind is not None:
        return _foreign(file, kind)
    return Refused(file, "old format", "the file is in the old Excel format (.xls)", _SAVE_AS)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _kind_of_text(data: bytes) -> str:
    start = data[:_LOOKED_AT]
    for beginning, kind in _BEGINNINGS:
        if start.startswith(beginning):
            return kind
    lowered = start.lower()
    if any(mark in lowered for mark in _WEB_PAGE):
        return "a web page (.html)"
    if _OLD_XML in lowered:
        return "a workbook in the XML format of Excel 2003"
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "of a kind that is not known"
    return "a text file (.csv, say)"


def _contents(data: bytes) -> tuple[tuple[str, ...], bool]:
    """List what a zip holds, and whether any of it is locked; nothing where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return (), False
    locked = any(entry.flag_bits & _ENCRYPTED_ENTRY for entry in entries)
    return tuple(entry.filename for entry in entries), locked


def _is_strict(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("xl/workbook.xml") as part:
            return _STRICT in part.read(_LOOKED_AT)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, RuntimeError):
        # NotImplementedError, for an unknown way of packing, is a RuntimeError.
        return False


def has_macros(parts: Mapping[str, bytes]) -> bool:
    """Tell whether a workbook holds macros, of Visual Basic or of Excel 4; they are never run."""
    return any(
        name.casefold().endswith("vbaproject.bin") or name.casefold().startswith("xl/macrosheets/")
        for name in parts
    )
