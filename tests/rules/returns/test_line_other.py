"""Rule `return-line-other`: a return has the lines that it was issued with."""

from rules.returns.returned import (
    MONITORING,
    at_rule,
    cell,
    figures,
    findings,
    healthy,
    only,
    shape,
    with_cells,
)

RULE = "return-line-other"


def test_the_lines_that_were_issued_pass() -> None:
    assert only(RULE, healthy(MONITORING)) == only(RULE, healthy()) == ()


def test_a_line_that_stands_twice_is_found_at_the_later_row() -> None:
    data = with_cells({("Line ID", 3): "C24-05"}, MONITORING)
    found = at_rule(RULE, data)
    assert [shape(each) for each in found] == [
        ("error", cell(("Line ID", 3), MONITORING)),
        ("error", "A12:M15"),
    ]
    assert found[0].message == "the line C24-05 stands here a second time"


def test_a_line_that_is_missing_is_named() -> None:
    cleared = {
        (header, 3): None
        for header in (
            "Line ID",
            "Service",
            "Budget",
            "Spent Q1",
            "Spent Q2",
            "Forecast to year end",
        )
    }
    (finding,) = only(RULE, with_cells(cleared, MONITORING))
    assert shape(finding) == ("error", "A12:M15")
    assert figures(finding) == ("G24-01", None, None)
    assert finding.message.endswith(
        "(DA Perpetrator Programme, Jenkins Centre, £371,859) is missing"
    )


def test_a_line_that_was_put_in_for_another_is_found_with_the_missing_one() -> None:
    data = with_cells({("Line ID", 3): "C24-01", ("Service", 3): "Victim First"}, MONITORING)
    assert [each.place.cell for each in at_rule(RULE, data)] == ["A15", "A12:M15"]
    assert {each.rule for each in findings(data)} == {RULE}


def test_other_columns_and_blanks_do_not_disturb_it() -> None:
    data = with_cells({("Reason for variance", 1): "C24-01", ("Spent Q2", 1): None}, MONITORING)
    assert at_rule(RULE, data) == ()
    assert at_rule(RULE, with_cells({("Line ID", 1): "X"}, MONITORING), compared=False) == ()
