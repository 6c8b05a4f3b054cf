"""Rule `return-file-large`: a submitted file is no larger than a form."""

import io
import zipfile

import msgspec
import pytest

from returns_forms import forms
from rules.returns.returned import PLAN, healthy, known, only, shape
from xlframework.commands.check_return import Known, check_file
from xlframework.ground.finding import Finding

RULE = "return-file-large"


def found(data: bytes) -> Finding:
    """Check a file against a form that may have one megabyte, and unpack to two."""
    form = forms()[PLAN]
    limits = msgspec.structs.replace(form.limits, size=1)
    small = msgspec.structs.replace(form, limits=limits)
    checked, _ = check_file(data, "r.xlsx", Known((small,), known().catalogue))
    (finding,) = checked.findings
    assert checked.status == "unreadable"
    return finding


def test_a_form_passes() -> None:
    assert only(RULE, healthy()) == ()


def test_a_file_beyond_the_forms_size_is_not_opened() -> None:
    finding = found(healthy() + bytes(1024 * 1024))
    assert (finding.rule, *shape(finding)) == (RULE, "error", None)
    assert "more than 1 MB" in finding.message


@pytest.mark.parametrize("parts", [1, 5])
def test_a_file_that_unpacks_to_far_more_is_not_unpacked(parts: int) -> None:
    stream = io.BytesIO(healthy())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(parts):
            archive.writestr(f"xl/media/{number}.bin", bytes(5 * 1024 * 1024 // parts))
    finding = found(stream.getvalue())
    assert finding.rule == RULE
    assert "unpacks to more than 2 MB" in finding.message
