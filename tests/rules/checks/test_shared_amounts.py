"""The rules about amounts that cover two lines."""

from builders import budget, catalogue, line
from rules.checks.finding_shape import brief
from xlframework.rules.checks.lines import shared_amounts


def test_lines_that_share_with_a_line_that_carries_an_amount_pass() -> None:
    lines = [line("L1", 100), line("L2", shared_with="L1"), line("L3", 0, shared_with="L1")]
    assert not list(shared_amounts(budget(lines), catalogue()))


def test_an_id_that_no_line_has_is_found() -> None:
    lines = [line("L1", 100), line("L2", shared_with="L9", row=6)]
    (finding,) = shared_amounts(budget(lines), catalogue())
    assert brief(finding) == ("line-shared-unknown", "error", "Lines", "H6")
    assert finding.found == "L9"


def test_a_line_that_is_itself_shared_carries_nothing() -> None:
    lines = [
        line("L1", 100),
        line("L2", shared_with="L1", row=6),
        line("L3", shared_with="L2", row=7),
    ]
    (finding,) = shared_amounts(budget(lines), catalogue())
    assert brief(finding) == ("line-shared-chain", "error", "Lines", "H7")
    assert "shared with L1" in finding.message


def test_a_line_cannot_share_with_itself() -> None:
    (finding,) = shared_amounts(budget([line("L1", shared_with="L1")]), catalogue())
    assert finding.rule == "line-shared-chain"
