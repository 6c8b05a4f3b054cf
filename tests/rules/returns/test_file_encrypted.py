"""Rule `return-file-encrypted`: a submitted file has no password."""

import io
import zipfile

from returns_forms import PART, package_of
from rules.returns.returned import check, healthy, only, shape

RULE = "return-file-encrypted"

# An Office file with a password is an old-style container around the encrypted package.
LOCKED = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def test_a_file_without_one_passes() -> None:
    assert only(RULE, healthy()) == ()


def test_a_password_is_told_from_the_old_format() -> None:
    checked = check(LOCKED)
    (finding,) = checked.findings
    assert (finding.rule, *shape(finding)) == (RULE, "error", None)
    assert "protected with a password" in finding.message
    assert checked.status == "unreadable"


def test_a_locked_zip_is_one_too() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    data = bytearray(stream.getvalue())
    # The flag of the first entry, in its own header and in the list of contents.
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    (finding,) = check(bytes(data)).findings
    assert finding.rule == RULE


def test_locked_cells_are_no_password() -> None:
    assert b"sheetProtection" in package_of(healthy()).parts[PART]
    assert only(RULE, healthy()) == ()
