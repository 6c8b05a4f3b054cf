"""Rule `return-file-missing`: a submitted file can be opened."""

from rules.returns.returned import healthy, known, only
from xlframework.model.returns import Refused
from xlframework.rules.returns.refused import check_refused

RULE = "return-file-missing"


def test_a_file_that_is_there_passes() -> None:
    assert only(RULE, healthy()) == ()


def test_what_kept_a_file_from_being_opened_is_said() -> None:
    missing = Refused("inbox/plan.xlsx", "missing", "the file was not found")
    (finding,) = check_refused(missing, known().catalogue)
    assert (finding.rule, finding.severity) == (RULE, "error")
    assert (finding.place.file, finding.place.sheet) == ("inbox/plan.xlsx", None)
    assert finding.message == "the file was not found"
    assert finding.fix.startswith("Check the name and the folder")


def test_a_reason_with_its_own_advice_keeps_it() -> None:
    locked = Refused("plan.xlsx", "missing", "permission was refused", fix="Close it in Excel.")
    (finding,) = check_refused(locked, known().catalogue)
    assert finding.fix == "Close it in Excel."
