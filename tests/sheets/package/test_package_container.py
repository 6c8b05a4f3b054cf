"""What is refused when a workbook is opened, and what a packed workbook is like."""

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from sheets.package.samples import hand_made, package_of, sheet_xml, zipped
from xlframework.ground.errors import UnreadableFileError, UnsafeFileError
from xlframework.sheets.package import container
from xlframework.sheets.package.container import (
    open_package,
    package_bytes,
    read_package,
    refuse_signed,
    signed,
)

PLAIN = hand_made(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def refusal(data: bytes, kind: type[Exception] = UnreadableFileError) -> str:
    with pytest.raises(kind) as caught:
        read_package(data, "budget.xlsx")
    message = str(caught.value)
    assert message.startswith("budget.xlsx ")
    assert "\n" not in message
    return message


def test_a_sound_workbook_is_read_part_by_part(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(zipped(PLAIN))
    package = open_package(path)
    assert package.file == "budget.xlsx"
    assert list(package.parts) == list(PLAIN)
    assert package.parts["xl/workbook.xml"] == str(PLAIN["xl/workbook.xml"]).encode()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"none\.xlsx was not found; check the name"):
        open_package(tmp_path / "none.xlsx")


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="is a folder"):
        open_package(tmp_path)


def test_a_pipe_is_no_workbook(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(UnreadableFileError, match="not a file"):
        open_package(tmp_path / "pipe.xlsx")


def test_a_file_without_rights_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(b"PK")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableFileError, match=r"budget\.xlsx may not be read: permission"):
        open_package(path)


def test_a_file_on_a_broken_drive_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(b"PK")

    def fail(_: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(UnreadableFileError, match=r"could not be read \(Input/output error\)"):
        open_package(path)


def test_an_empty_file_is_refused() -> None:
    assert "is empty (0 bytes)" in refusal(b"")


def test_text_under_a_workbooks_name_is_refused() -> None:
    assert "is not an Excel workbook" in refusal(b"Line,Amount\nRefuge,100\n")


def test_an_old_workbook_is_refused() -> None:
    assert "is in the old .xls format" in refusal(OLE + bytes(2000))


def test_a_workbook_with_a_password_says_how_to_take_it_off() -> None:
    data = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert refusal(data) == (
        "budget.xlsx is protected with a password; open it in Excel, take the password off "
        "(File, Info, Protect Workbook), save it and try again."
    )


def test_a_binary_workbook_is_refused() -> None:
    assert "binary workbook (.xlsb)" in refusal(zipped({**PLAIN, "xl/workbook.bin": b"\1"}))


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word/document.xml", "is a Word document"),
        ("ppt/presentation.xml", "is a PowerPoint presentation"),
        ("mimetype", "is an OpenDocument file"),
        ("notes.txt", "is a zip file"),
    ],
)
def test_other_zips_are_named_for_what_they_are(part: str, kind: str) -> None:
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    assert kind in refusal(zipped({"[Content_Types].xml": types, part: "<x/>"}))


def test_a_zip_without_content_types_is_no_workbook() -> None:
    parts = {name: text for name, text in PLAIN.items() if name != "[Content_Types].xml"}
    assert "not an Excel workbook" in refusal(zipped(parts))


def test_a_strict_workbook_is_refused() -> None:
    strict = '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'
    assert "Strict Open XML" in refusal(zipped({**PLAIN, "xl/workbook.xml": strict}))


@pytest.mark.parametrize("kept", [10, 200, -30])
def test_a_file_cut_short_is_damaged(kept: int) -> None:
    assert "is damaged: the file is cut short" in refusal(zipped(PLAIN)[:kept])


def test_every_altered_byte_is_noticed_or_harmless() -> None:
    sound = zipped(PLAIN)
    expected = read_package(sound, "budget.xlsx").parts
    refused = 0
    for place in range(0, len(sound), 7):
        altered = bytearray(sound)
        altered[place] ^= 0x55
        try:
            parts = read_package(bytes(altered), "budget.xlsx").parts
        except (UnreadableFileError, UnsafeFileError):
            refused += 1
        else:
            # Dates and the like may change unnoticed, what a part holds may not.
            assert set(parts.values()) <= set(expected.values())
    assert refused > len(sound) // 7 // 2


def test_a_zip_with_locked_entries_is_refused() -> None:
    data = bytearray(zipped(PLAIN))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert "locked with a password" in refusal(bytes(data))


def test_a_method_of_packing_that_excel_does_not_use_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as archive:
        for name, text in PLAIN.items():
            archive.writestr(name, text)
    assert "packed in a way that Excel does not use" in refusal(buffer.getvalue())
    data = bytearray(zipped(PLAIN))
    entry = data.index(b"PK\x01\x02")
    data[entry + 10] = 99
    assert "packed in a way that Excel does not use" in refusal(bytes(data))


@pytest.mark.parametrize("name", ["xl/workbook.xml", "XL/Workbook.xml", "/xl/workbook.xml"])
def test_two_parts_of_one_name_are_refused(name: str) -> None:
    buffer = io.BytesIO(zipped(PLAIN))
    with zipfile.ZipFile(buffer, "a") as archive:
        if name == "xl/workbook.xml":
            with pytest.warns(UserWarning, match="Duplicate name"):
                archive.writestr(name, "<workbook/>")
        else:
            archive.writestr(name, "<workbook/>")
    assert f"two parts called {name}" in refusal(buffer.getvalue(), UnsafeFileError)


def test_a_part_that_states_too_large_a_size_is_refused_unopened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = zipped({**PLAIN, "xl/media/image1.png": bytes(50_000)})

    def never(*_: object) -> bytes:
        raise AssertionError("nothing may be unpacked")

    monkeypatch.setattr(container, "_inflate_all", never)
    with pytest.raises(UnsafeFileError, match=r"part xl/media/image1\.png unpacks to more than"):
        read_package(data, "budget.xlsx", largest_part=49_999)
    with pytest.raises(UnsafeFileError, match="the workbook unpacks to more than"):
        read_package(data, "budget.xlsx", largest_package=51_000)


def test_the_limits_stand_where_a_bomb_meets_them() -> None:
    assert container.LARGEST_PART == 512 * 2**20
    assert container.LARGEST_PACKAGE == 2**30
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = bytes(2**20)
    packed = b"".join(packer.compress(block) for _ in range(8)) + packer.flush()
    data = _with_sizes(zipped({**PLAIN, "x.bin": bytes(8 * 2**20)}), len(block) * 600)
    assert len(packed) < len(data)
    assert "part x.bin unpacks to more than 512 MB" in refusal(data, UnsafeFileError)


def _with_sizes(data: bytes, stated: int) -> bytes:
    """Have the directory state another size for the last part."""
    changed = bytearray(data)
    entry = data.rindex(b"PK\x01\x02")
    changed[entry + 24 : entry + 28] = struct.pack("<I", stated)
    return bytes(changed)


def test_a_directory_that_lies_does_not_hide_a_bomb() -> None:
    data = _with_sizes(zipped({**PLAIN, "x.bin": bytes(3 * 2**20)}), 10)
    with pytest.raises(UnsafeFileError, match=r"part x\.bin unpacks to more than 1 MB"):
        read_package(data, "budget.xlsx", largest_part=2**20)


@pytest.mark.parametrize("stated", [10, 5000])
def test_a_part_of_another_size_than_stated_is_damaged(stated: int) -> None:
    data = _with_sizes(zipped({**PLAIN, "x.bin": bytes(1000)}), stated)
    assert "part x.bin is not of the size" in refusal(data)


def test_many_small_parts_are_counted_together() -> None:
    parts = {f"x{n}.bin": bytes(1000) for n in range(50)}
    with pytest.raises(UnsafeFileError, match="the workbook unpacks to more than"):
        read_package(zipped({**PLAIN, **parts}), "budget.xlsx", largest_package=40_000)


def test_a_file_larger_than_a_package_may_be_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(zipped(PLAIN))
    monkeypatch.setattr(container, "LARGEST_PACKAGE", 100)
    with pytest.raises(UnsafeFileError, match="the file unpacks to more than 100 bytes"):
        open_package(path)


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'


@pytest.mark.parametrize(
    "text",
    [
        DOCTYPE.encode(),
        b"\xef\xbb\xbf \r\n" + DOCTYPE.encode(),
        b'<?xml version="1.0"?>\n<!-- hello -->' + DOCTYPE.encode(),
        DOCTYPE.encode("utf-16"),
        DOCTYPE.encode("utf-16-le"),
        DOCTYPE.encode("utf-16-be"),
        DOCTYPE.encode("utf-32"),
        DOCTYPE.encode("utf-32-be"),
        b'<?xml version="1.0" encoding="utf-16"?>' + DOCTYPE.encode("utf-16-le"),
        (" " * 70_000 + DOCTYPE).encode("utf-16-le"),
    ],
)
@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "customXml/item1.dat"])
def test_a_document_type_is_refused_in_any_part_and_encoding(part: str, text: bytes) -> None:
    message = refusal(zipped({**PLAIN, part: text}), UnsafeFileError)
    assert part in message
    assert "document type or entity" in message


def test_an_encoding_of_another_age_is_refused() -> None:
    text = '<?xml version="1.0" encoding="UTF-7"?><x/>'
    for encoding in ("utf-8", "utf-16"):
        data = zipped({**PLAIN, "xl/custom.xml": text.encode(encoding)})
        assert "unusual encoding 'utf-7'" in refusal(data, UnsafeFileError)


@pytest.mark.parametrize("name", ["UTF-8", "utf-16", "US-ASCII", "ISO-8859-1", "windows-1252"])
def test_usual_encodings_are_taken(name: str) -> None:
    text = f"<?xml version='1.0' encoding='{name}'?><x/>".encode(name)
    assert package_of({**PLAIN, "xl/custom.xml": text}).parts["xl/custom.xml"] == text


def test_what_is_no_xml_may_hold_any_words() -> None:
    picture = b"\x89PNG<!DOCTYPE"
    assert package_of({**PLAIN, "xl/media/image1.png": picture}).parts["xl/media/image1.png"]


def test_packing_is_deterministic_and_begins_with_the_content_types() -> None:
    package = package_of(dict(reversed(PLAIN.items())))
    data = package_bytes(package)
    assert data == package_bytes(read_package(data, "again.xlsx"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == [name for name in package.parts if name != "[Content_Types].xml"]
    assert read_package(data, "budget.xlsx").parts == dict(package.parts)


def test_a_signature_is_seen() -> None:
    plain = package_of(PLAIN)
    with_signature = package_of({**PLAIN, "_xmlsignatures/sig1.xml": "<x/>"})
    assert not signed(plain)
    assert signed(with_signature)
    refuse_signed(plain)
    with pytest.raises(UnsafeFileError, match="carries a digital signature"):
        refuse_signed(with_signature)
