"""The run of all rules: the first to report a cell is heard, and a spoilt cell is in no sum."""

from collections.abc import Iterator, Mapping

import msgspec

from returns_forms import MONITORING, PLAN, forms
from xlframework.ground.finding import Finding
from xlframework.ground.place import Area
from xlframework.model.budget import Amount, Unread
from xlframework.model.catalogue import Catalogue, Rule
from xlframework.model.form import Form
from xlframework.model.returns import Entry, Return, ReturnRow, Structure
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.checks import Check, check_return
from xlframework.rules.returns.fault import Fault, fault_at

CATALOGUE = Catalogue(
    rule={
        name: Rule(title=name, severity="error", why="W.", fix="Do it.")
        for name in ("words", "negative", "total")
    }
)


def case(rows: list[Mapping[str, Amount]], form: Form | None = None) -> Case:
    """Give a return with these amounts, row by row from row 14."""
    declared = form or forms()[PLAN]
    columns = {header: place for place, header in enumerate(declared.table.headers, start=1)}
    made = tuple(
        ReturnRow(
            number,
            {
                header: Entry("Return", number, columns[header], "x", amount)
                for header, amount in amounts.items()
            },
            filled=bool(amounts),
        )
        for number, amounts in enumerate(rows, start=14)
    )
    structure = Structure("Return", 0, None, Area(13, 1, 20, 11), ())
    fields = {"Award": Entry("Return", 5, 9, "100", 10_000)}
    return Case(Return("r.xlsx", declared.name, "1", fields, made, structure), declared)


def words(given: Case) -> Iterator[Fault]:
    for _, _, entry in given.cells():
        if isinstance(entry.amount, Unread):
            yield fault_at(entry, "words")


def negative(given: Case) -> Iterator[Fault]:
    for _, _, entry in given.cells():
        if isinstance(entry.amount, Unread) or (entry.amount or 0) < 0:
            yield fault_at(entry, "negative or words")


def total(given: Case) -> Iterator[Fault]:
    planned = given.column_total("Total")
    if planned is not None:
        yield Fault(f"planned {planned}")


CHECKS = (
    Check("words", words, spoils=True),
    Check("negative", negative, spoils=True),
    Check("total", total),
)


def rules(given: Case) -> list[tuple[str, str | None]]:
    found: tuple[Finding, ...] = check_return(given, CATALOGUE, CHECKS)
    return [(each.rule, each.place.cell) for each in found]


def test_a_sum_is_worked_out_from_its_parts_blank_counting_as_nought() -> None:
    (finding,) = check_return(case([{"Q1": 100, "Q2": None, "Q3": 5, "Q4": 0}]), CATALOGUE, CHECKS)
    assert finding.message == "planned 105"


def test_the_first_rule_to_report_a_cell_is_the_only_one() -> None:
    row: Mapping[str, Amount] = {"Q1": Unread("text", "TBC"), "Q2": 1, "Q3": 1, "Q4": 1}
    assert rules(case([row])) == [("words", "E14")]


def test_a_cell_that_a_rule_spoils_silences_the_sums_that_need_it() -> None:
    assert rules(case([{"Q1": -1, "Q2": 1, "Q3": 1, "Q4": 1}])) == [("negative", "E14")]


def test_a_column_that_is_missing_silences_them_too() -> None:
    assert rules(case([{"Q1": 1, "Q2": 1, "Q3": 1}])) == []


def test_an_empty_row_is_in_no_sum() -> None:
    rows: list[Mapping[str, Amount]] = [{"Q1": 1, "Q2": 1, "Q3": 1, "Q4": 1}, {}]
    assert rules(case(rows)) == [("total", None)]


def test_a_form_can_do_without_a_rule() -> None:
    own = msgspec.structs.replace(forms()[PLAN], without=("total",))
    assert rules(case([{"Q1": 1, "Q2": 1, "Q3": 1, "Q4": 1}], own)) == []


def test_a_named_cell_is_worked_out_from_columns_and_other_cells() -> None:
    given = case([{"Q1": 100, "Q2": 200, "Q3": 0, "Q4": 0}])
    assert given.field_amount("Planned") == 300
    assert given.field_amount("Left_of_award") == 9_700
    assert given.field_amount("Total") == 300
    assert given.field_amount("Nothing") is None


def test_a_sum_may_be_made_of_sums() -> None:
    row: Mapping[str, Amount] = {
        "Budget": 1000,
        "Spent Q1": 100,
        "Spent Q2": 200,
        "Spent Q3": None,
        "Spent Q4": None,
        "Forecast to year end": 800,
    }
    given = case([row], forms()[MONITORING])
    assert given.amount(given.given.rows[0], "Variance") == 100
    assert given.column_total("Forecast outturn") == 1100


def test_a_due_amount_does_not_fall_below_its_floor() -> None:
    row: Mapping[str, Amount] = {
        "Budget": 1000,
        "Spent Q1": 1300,
        "Spent Q2": 0,
        "Spent Q3": 0,
        "Spent Q4": 0,
        "Forecast to year end": 0,
    }
    given = case([row], forms()[MONITORING])
    spec = forms()[MONITORING].column_for("underspend")
    assert spec is not None
    assert spec.due is not None
    assert given.worked_out(given.given.rows[0], spec.due) == 0
