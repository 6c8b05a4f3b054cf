"""Rule `return-forecast-after-year`: when the year is over nothing is still to be spent."""

from returns_forms import Typed
from rules.returns.returned import (
    MONITORING,
    at_rule,
    cell,
    figures,
    healthy,
    only,
    shape,
    with_cells,
)

RULE = "return-forecast-after-year"

FORECAST = ("Forecast to year end", 2)


def test_during_the_year_there_are_forecasts() -> None:
    assert at_rule(RULE, healthy(MONITORING)) == at_rule(RULE, healthy()) == ()
    assert at_rule(RULE, with_cells({"Period": "Q4"}, MONITORING)) == ()


def test_at_the_end_of_it_there_are_none() -> None:
    data = with_cells(
        {"Period": "Year-end", ("Forecast to year end", 1): 0, ("Forecast to year end", 3): 0},
        MONITORING,
    )
    (finding,) = at_rule(RULE, data)
    assert shape(finding) == ("error", cell(FORECAST, MONITORING))
    assert figures(finding) == ("0.00", "88526.50", None)


def test_several_are_one_finding() -> None:
    (finding,) = at_rule(RULE, with_cells({"Period": "year-END"}, MONITORING))
    assert finding.place.cell == "I13:I15"


def test_a_blank_is_not_an_amount_and_other_cells_do_not_matter() -> None:
    cells = {("Forecast to year end", row): None for row in (1, 2, 3)}
    data = with_cells({"Period": "Year-end", **cells, ("Spent Q4", 1): 5}, MONITORING)
    assert at_rule(RULE, data) == ()


def test_it_silences_the_sums_that_need_it() -> None:
    cells: dict[tuple[str, int], Typed] = {
        (f"Spent Q{quarter}", row): 0 for quarter in (3, 4) for row in (1, 2, 3)
    }
    cells |= {("Forecast to year end", row): 0 for row in (2, 3)}
    cells |= {("Reason for variance", row): "demand fell" for row in (2, 3)}
    returned = {("Underspend to return", 2): 88526.5, ("Underspend to return", 3): 185929.5}
    data = with_cells({"Period": "Year-end", **cells, **returned}, MONITORING)
    (finding,) = only(RULE, data)
    assert finding.place.cell == "I13"
    assert finding.message.endswith("so no sum that needs it was checked")
