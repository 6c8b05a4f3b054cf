"""Opens a workbook file as its parts, refusing what is damaged or unsafe, and packs parts again."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from xlframework.ground.errors import TooLargeError, UnreadableFileError, UnsafeFileError
from xlframework.sheets.package.doctypes import xml_problem
from xlframework.sheets.package.records import Package

CONTENT_TYPES_PART = "[Content_Types].xml"

LARGEST_PART = 512 * 1024 * 1024
LARGEST_PACKAGE = 1024 * 1024 * 1024

_CHUNK = 1024 * 1024
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_ENTRY = 0x1
_PLAIN_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6
_OWNER_READS_AND_WRITES = 0o600 << 16
_UNIX = 3

_OVERRIDE = re.compile(rb"<(?:[\w.-]+:)?Override\s[^>]*>")
_PART_NAME = re.compile(rb"PartName\s*=\s*[\"']/?([^\"']+)[\"']")
_WORKBOOK_TYPE = re.compile(
    rb"(?:spreadsheetml\.(?:sheet|template)|ms-excel\.\w+\.macroEnabled)\.main\+xml"
)
_STRICT = b"http://purl.oclc.org/ooxml/"

# What a file is when it is a zip but no workbook: a part that gives it away, and its name.
_OTHER_KINDS = (
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("mimetype", "an OpenDocument file (.ods)"),
)


def damaged(file: str, what: str) -> UnreadableFileError:
    """Give the error for a file whose contents contradict themselves."""
    return UnreadableFileError(
        f"{file} is damaged: {what}; open it in Excel, let Excel repair it, "
        "save it and try again, or go back to an earlier copy."
    )


def open_package(path: Path) -> Package:
    """Read a workbook file whole.

    Raises:
        UnreadableFileError: if it is missing, cannot be read, or is no .xlsx workbook.
        UnsafeFileError: if reading or changing it would not be safe.
    """
    return read_package(file_bytes(path), path.name)


def file_bytes(path: Path) -> bytes:
    """Read a file's bytes once, or say why it cannot be read.

    Raises:
        UnreadableFileError: if it is missing, a folder, or may not be read.
        UnsafeFileError: if it is larger than any workbook.
    """
    try:
        if path.is_dir():
            raise UnreadableFileError(f"{path.name} is a folder; name the workbook file inside it.")
        if not path.exists():
            raise UnreadableFileError(
                f"{path} was not found; check the name and the folder and try again."
            )
        if not path.is_file():
            raise UnreadableFileError(
                f"{path.name} is a pipe or a device, not a file; name a workbook file."
            )
        if path.stat().st_size > LARGEST_PACKAGE:
            raise _too_large(path.name, "the file", LARGEST_PACKAGE)
        return path.read_bytes()
    except PermissionError as error:
        raise UnreadableFileError(
            f"{path.name} may not be read: permission was refused; close it in other programs, "
            "check your rights to the folder and try again."
        ) from error
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or "its name is not usable"
        raise UnreadableFileError(
            f"{path.name} could not be read ({reason}); check the drive and try again."
        ) from error


def read_package(
    data: bytes,
    file: str,
    largest_part: int | None = None,
    largest_package: int | None = None,
) -> Package:
    """Take a workbook's bytes apart.

    Args:
        data: the file's contents.
        file: its name, for messages.
        largest_part: the most bytes that one part may unpack to (`LARGEST_PART`).
        largest_package: the most bytes that all parts may unpack to (`LARGEST_PACKAGE`).

    Raises:
        UnreadableFileError: if they are no .xlsx workbook.
        UnsafeFileError: if reading or changing it would not be safe.
    """
    _refuse_by_first_bytes(data, file)
    part_limit = LARGEST_PART if largest_part is None else largest_part
    package_limit = LARGEST_PACKAGE if largest_package is None else largest_package
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse_by_directory(entries, file, part_limit, package_limit)
            parts = _inflate_all(archive, entries, file, (part_limit, package_limit))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise damaged(file, "the file is cut short or its contents were altered") from error
    except (ValueError, RuntimeError, OverflowError) as error:
        raise damaged(file, "its list of contents makes no sense") from error
    _refuse_by_contents(parts, file)
    return Package(file, parts)


def _refuse_by_first_bytes(data: bytes, file: str) -> None:
    if not data:
        raise UnreadableFileError(
            f"{file} is empty (0 bytes): it was not saved or copied whole; "
            "go back to an earlier copy."
        )
    if data.startswith(_OLE):
        raise _ole_refusal(data, file)
    if not data.startswith(b"PK"):
        raise UnreadableFileError(
            f"{file} is not an Excel workbook, whatever its name says; "
            "open it in Excel, save it as Excel Workbook (.xlsx) and try again."
        )


def _ole_refusal(data: bytes, file: str) -> UnreadableFileError:
    if _ENCRYPTED in data:
        return UnreadableFileError(
            f"{file} is protected with a password; open it in Excel, take the password off "
            "(File, Info, Protect Workbook), save it and try again."
        )
    return UnreadableFileError(
        f"{file} is in the old .xls format; open it in Excel, "
        "save it as Excel Workbook (.xlsx) and try again."
    )


def _refuse_by_directory(
    entries: Iterable[zipfile.ZipInfo], file: str, part_limit: int, package_limit: int
) -> None:
    seen: set[str] = set()
    total = 0
    for entry in entries:
        name = entry.filename
        if name.casefold().lstrip("/") in seen:
            raise UnsafeFileError(
                f"{file} holds two parts called {name}, so programs may disagree about what "
                "it says; open it in Excel, save it under a new name and try again."
            )
        seen.add(name.casefold().lstrip("/"))
        if entry.flag_bits & _ENCRYPTED_ENTRY:
            raise UnreadableFileError(
                f"{file} is a zip file locked with a password; "
                "unlock it, or ask the sender for a workbook without one."
            )
        if entry.compress_type not in _PLAIN_METHODS:
            raise UnreadableFileError(
                f"{file} is packed in a way that Excel does not use (part {name}); "
                "open it in Excel, save it under a new name and try again."
            )
        total += entry.file_size
        if entry.file_size > part_limit:
            raise _too_large(file, f"part {name}", part_limit)
        if total > package_limit:
            raise _too_large(file, "the workbook", package_limit)


def _too_large(file: str, what: str, limit: int) -> TooLargeError:
    size = f"{limit // 2**20:,} MB" if limit >= 2**20 else f"{limit:,} bytes"
    return TooLargeError(
        f"{file} is too large to open safely: {what} unpacks to more than {size}; "
        "remove what it does not need (pictures, empty formatted rows), save it and try again."
    )


def _inflate_all(
    archive: zipfile.ZipFile,
    entries: Iterable[zipfile.ZipInfo],
    file: str,
    limits: tuple[int, int],
) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = limits[1]
    for entry in entries:
        contents = _inflate(archive, entry, file, min(limits[0], left))
        left -= len(contents)
        problem = xml_problem(contents)
        if problem is not None:
            raise UnsafeFileError(
                f"{file} was not opened: part {entry.filename} has {problem}; "
                "ask the sender for a copy saved by Excel."
            )
        parts[entry.filename.lstrip("/")] = contents
    return parts


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str, limit: int) -> bytes:
    declared, chunks, size = entry.file_size, list[bytes](), 0
    # zipfile stops at the size that the directory states; a directory that lies would
    # then hand over half a part. So it is told to go on, and we do the counting.
    entry.file_size = limit + 2 * _CHUNK
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise _too_large(file, f"part {entry.filename}", limit)
            chunks.append(chunk)
    if size != declared:
        raise damaged(file, f"part {entry.filename} is not of the size that the file states")
    return b"".join(chunks)


def _refuse_by_contents(parts: Mapping[str, bytes], file: str) -> None:
    if "xl/workbook.bin" in parts:
        raise UnreadableFileError(
            f"{file} is a binary workbook (.xlsb); open it in Excel, "
            "save it as Excel Workbook (.xlsx) and try again."
        )
    workbook = _workbook_part(parts)
    if workbook is None:
        kind = next(
            (kind for start, kind in _OTHER_KINDS if any(name.startswith(start) for name in parts)),
            "a zip file",
        )
        raise UnreadableFileError(
            f"{file} is {kind}, not an Excel workbook; name a workbook saved as .xlsx."
        )
    if _STRICT in parts[workbook].replace(b"\0", b"")[:_CHUNK]:
        raise UnreadableFileError(
            f"{file} is a Strict Open XML workbook; open it in Excel, save it as "
            "Excel Workbook (.xlsx), not Strict Open XML Spreadsheet, and try again."
        )


def _workbook_part(parts: Mapping[str, bytes]) -> str | None:
    """Find the workbook part by its content type, before any XML is parsed."""
    types = parts.get(CONTENT_TYPES_PART, b"").replace(b"\0", b"")
    if not types:
        return None
    for override in _OVERRIDE.findall(types):
        name = _PART_NAME.search(override)
        if name and _WORKBOOK_TYPE.search(override) and name[1].decode("utf-8", "replace") in parts:
            return name[1].decode("utf-8", "replace")
    return "xl/workbook.xml" if "xl/workbook.xml" in parts else None


def package_bytes(package: Package) -> bytes:
    """Pack the parts into a file; the same parts give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(package.parts, key=lambda name: name != CONTENT_TYPES_PART):
            archive.writestr(_entry(name), package.parts[name], compresslevel=_LEVEL)
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _OWNER_READS_AND_WRITES
    return entry


def is_packed_by_us(archive: zipfile.ZipFile) -> bool:
    """Tell whether a file is just as `package_bytes` packed it; another program packs otherwise."""
    entries = archive.infolist()
    return bool(entries) and all(
        (entry.date_time, entry.create_system, entry.external_attr)
        == (_EPOCH, _UNIX, _OWNER_READS_AND_WRITES)
        for entry in entries
    )


def signed(package: Package) -> bool:
    """Tell whether the workbook carries a digital signature, which any change would break."""
    return any(name.startswith("_xmlsignatures/") for name in package.parts)


def refuse_signed(package: Package) -> None:
    """Refuse to change a workbook that carries a digital signature.

    Raises:
        UnsafeFileError: if it does.
    """
    if signed(package):
        raise UnsafeFileError(
            f"{package.file} carries a digital signature, which any change would break; "
            "remove the signature in Excel (File, Info, View Signatures) and try again."
        )
