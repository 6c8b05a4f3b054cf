"""A file that is no workbook is refused in one clear line, and left as it was."""

import io
import random
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest

from cli.terminal import assert_refused
from loss.surgery import CONTENT_TYPES, WORKBOOK, packed, replaced, shown_parts, write_workbook
from malformed.commands import COMMANDS, assert_left_alone, read_with

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
FLIPS = 60


@pytest.fixture(params=COMMANDS)
def command(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_missing_file_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    assert_left_alone(capsys, command, tmp_path / "no such.xlsx", "was not found")


def test_a_folder_is_no_workbook(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    folder = tmp_path / "folder.xlsx"
    folder.mkdir()
    assert_left_alone(capsys, command, folder, "is a folder")


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"Section,2024/25 Budget\n", "is not an Excel workbook", id="csv"),
        pytest.param(b"<html><table></table></html>", "is not an Excel workbook", id="html"),
        pytest.param(b"PK\x03\x04 and then nothing", "is damaged", id="zip header only"),
        pytest.param(OLE + bytes(4096), "old .xls format", id="xls"),
        pytest.param(
            OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(4096),
            "protected with a password",
            id="password",
        ),
        pytest.param(packed({"notes.txt": b"hello"}), "is a zip file", id="another zip"),
        pytest.param(
            packed({CONTENT_TYPES: b"<Types/>", "xl/workbook.bin": b"\x83\x01"}),
            "binary workbook (.xlsb)",
            id="xlsb",
        ),
        pytest.param(
            packed(
                {
                    CONTENT_TYPES: f'<Types><Override PartName="/word/document.xml" '
                    f'ContentType="{WORD}"/></Types>'.encode(),
                    "word/document.xml": b"<document/>",
                }
            ),
            "is a Word document",
            id="docx renamed",
        ),
        pytest.param(
            packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
            "OpenDocument",
            id="ods renamed",
        ),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_kind(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str, contents: bytes, words: str
) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(contents)
    assert_left_alone(capsys, command, path, words)


@pytest.mark.parametrize(
    "fraction", [0.0001, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.999, 0.99998]
)
def test_a_truncated_workbook_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str, fraction: float
) -> None:
    whole = WORKBOOK.read_bytes()
    path = tmp_path / "budget.xlsx"
    path.write_bytes(whole[: max(1, int(len(whole) * fraction))])
    assert_left_alone(capsys, command, path)


@pytest.mark.parametrize("seed", range(FLIPS))
def test_a_flipped_bit_is_refused_or_does_no_harm(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, seed: int
) -> None:
    flipped = bytearray(WORKBOOK.read_bytes())
    # Half of them in the list of contents at the end, where every bit means something.
    first = 0 if seed % 2 else len(flipped) - 5000
    place = random.Random(seed).randrange(first, len(flipped))  # noqa: S311 - no secret
    flipped[place] ^= 1 << seed % 8
    path = tmp_path / "budget.xlsx"
    path.write_bytes(flipped)
    ran = read_with(capsys, "refresh", path)
    if ran.code == 2:
        assert_refused(ran, path.name)
        assert path.read_bytes() == bytes(flipped)
        return
    assert ran.err == ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    assert "Lines" in book.sheetnames
    book.close()
    again = read_with(capsys, "refresh", path)
    assert "nothing to change" in again.out


def test_a_part_that_is_declared_larger_than_we_read_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    parts = shown_parts()
    parts["xl/media/image1.bin"] = b"tiny"
    data = packed(parts)
    name = b"xl/media/image1.bin"
    # The sizes stand 22 bytes before the name in the central directory.
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(name))
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(data[: entry + 24] + (600 * 2**20).to_bytes(4, "little") + data[entry + 28 :])
    assert_left_alone(capsys, command, path, "too large")


def test_many_parts_are_counted_together(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    parts = shown_parts() | {f"xl/media/image{number}.bin": b"tiny" for number in range(300)}
    data = bytearray(packed(parts))
    place = 0
    while (place := data.find(b"PK\x01\x02", place + 1)) > 0:
        if b"xl/media/" in data[place + 46 : place + 56]:
            data[place + 24 : place + 28] = (4 * 2**20).to_bytes(4, "little")
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(data)
    assert_left_alone(capsys, command, path, "too large", "the workbook unpacks")


def test_a_part_that_states_too_small_a_size_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    data = packed(shown_parts() | {"xl/media/image1.bin": bytes(2 * 2**20)})
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/media/image1.bin"))
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(data[: entry + 24] + (4).to_bytes(4, "little") + data[entry + 28 :])
    assert_left_alone(capsys, command, path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "docProps/app.xml", "vendor/own.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("declaration", ['<!DOCTYPE a SYSTEM "http://x/">', "<!DOCTYPE a>"])
def test_a_document_type_in_any_part_is_refused(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    part: str,
    encoding: str,
    declaration: str,
) -> None:
    parts = shown_parts()
    parts[part] = f'<?xml version="1.0"?>{declaration}<a/>'.encode(encoding)
    path = write_workbook(tmp_path, parts)
    for command in COMMANDS:
        assert_left_alone(capsys, command, path, part, "document type or entity")


def test_an_entity_that_would_swell_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    parts = shown_parts()
    swelling = '<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'
    replaced(parts, "xl/worksheets/sheet2.xml", "<worksheet", swelling)
    path = write_workbook(tmp_path, parts)
    assert_left_alone(capsys, command, path, "xl/worksheets/sheet2.xml")


def test_two_parts_of_one_name_are_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(WORKBOOK.read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/Worksheets/sheet2.xml", b"<worksheet/>")
    assert_left_alone(capsys, command, path, "two parts called")


def test_a_strict_workbook_is_refused_by_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    parts = shown_parts()
    transitional = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    parts = {name: data.replace(transitional, strict) for name, data in parts.items()}
    assert_left_alone(capsys, command, write_workbook(tmp_path, parts), "Strict Open XML")


def test_a_workbook_without_our_tables_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Section", "2024/25 Budget"])  # type: ignore[union-attr]
    stream = io.BytesIO()
    book.save(stream)
    path = tmp_path / "other.xlsx"
    path.write_bytes(stream.getvalue())
    assert_left_alone(capsys, command, path, "is not a commissioning workbook", "Lines")
