"""Rule `return-row-blank`: no empty row stands between filled ones."""

from returns_forms import BLABYS_PLAN, plan
from rules.returns.returned import at_rule, findings, healthy, only, returned, shape, with_cells

RULE = "return-row-blank"


def test_empty_rows_at_the_end_are_no_fault() -> None:
    assert only(RULE, healthy()) == ()


def test_an_empty_row_between_filled_ones_is_found() -> None:
    data = plan([BLABYS_PLAN[0], {}, *BLABYS_PLAN[1:]])
    (finding,) = only(RULE, data)
    assert shape(finding) == ("warning", "A14")
    assert [row.number for row in returned(data).filled] == [13, 15, 16]


def test_several_are_one_finding() -> None:
    (finding,) = only(RULE, plan([{}, BLABYS_PLAN[0], {}, {}, *BLABYS_PLAN[1:]]))
    assert finding.place.cell == "A13,A15:A16"
    assert finding.message.startswith("3 rows are empty")


def test_later_rows_keep_their_right_addresses() -> None:
    bad = {**BLABYS_PLAN[2], "Q2": "TBC"}
    found = findings(plan([BLABYS_PLAN[0], {}, BLABYS_PLAN[1], bad]))
    assert [(each.rule, each.place.cell) for each in found] == [
        (RULE, "A14"),
        ("return-amount-text", "F16"),
    ]


def test_a_row_with_only_a_nought_is_not_empty() -> None:
    assert at_rule(RULE, plan([BLABYS_PLAN[0], {"Q1": 0}, *BLABYS_PLAN[1:]])) == ()


def test_spaces_fill_no_row() -> None:
    assert len(at_rule(RULE, plan([BLABYS_PLAN[0], {"Activity": " "}, *BLABYS_PLAN[1:]]))) == 1
    assert at_rule(RULE, with_cells({("Activity", 9): "  "})) == ()
