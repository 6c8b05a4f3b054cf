"""Reading a return: what each cell says, where it stands, and what was found of the form."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from openpyxl.workbook import Workbook

from returns_forms import (
    BLABY,
    FREEVA,
    MONITORING,
    PLAN,
    blank,
    by_library,
    forms,
    monitoring,
    opened,
    plan,
    typed,
)
from xlframework.ground.place import Area
from xlframework.model.budget import Unread
from xlframework.model.returns import Refused, Return
from xlframework.sheets.returns.read_return import read_submission

ALL = tuple(forms().values())


def read(data: bytes) -> Return:
    given = read_submission(data, "in/plan.xlsx", ALL).given
    assert not isinstance(given, Refused)
    return given


def changed(change: Callable[[Workbook], object], data: bytes | None = None) -> Return:
    return read(by_library(data or plan(), change))


@pytest.mark.parametrize("data", [plan(), monitoring(), blank(PLAN, BLABY)])
def test_every_cell_is_what_another_reader_sees(data: bytes) -> None:
    given, sheet = read(data), opened(data)["Return"]
    entries = [
        *given.fields.values(),
        *(entry for row in given.rows for entry in row.entries.values()),
    ]
    assert len(entries) > 40
    for entry in entries:
        seen = sheet[entry.cell].value
        if isinstance(seen, str) and seen.startswith("="):
            assert entry.formula == seen.removeprefix("=")
        elif isinstance(seen, int | float):
            assert entry.amount == int(Decimal(str(seen)) * 100)
        elif seen is None:
            assert entry.is_blank
        elif isinstance(seen, str):
            assert entry.text == seen
        else:
            assert entry.day == seen.date()


def test_a_form_is_told_by_its_id_and_has_its_version() -> None:
    given = read(monitoring())
    assert (given.form, given.version, given.file) == (MONITORING, "1", "in/plan.xlsx")


def test_rows_are_all_there_and_only_some_are_filled() -> None:
    given = read(plan())
    assert [row.number for row in given.rows] == list(range(13, 53))
    assert [row.number for row in given.filled] == [13, 14, 15]
    assert given.structure.area == given.structure.table == Area(12, 1, 52, 11)


def test_a_row_of_a_return_is_filled_by_its_line() -> None:
    assert len(read(blank(MONITORING, FREEVA)).filled) == 3


def test_formulas_are_as_issued_and_their_values_need_not_be_stored() -> None:
    for data in (plan(), by_library(plan())):
        states = {e.state for row in read(data).rows for e in row.entries.values() if e.state}
        assert states == {"as issued"}
    assert read(by_library(plan())).fields["Planned"].amount is None


def test_what_a_person_typed_keeps_its_spaces_and_is_read_as_it_stands() -> None:
    given = read(typed(plan(), {"E13": " 1,200.00\N{NO-BREAK SPACE}", "K13": "  fewer "}))
    entries = given.rows[0].entries
    assert entries["Q1"].amount == Unread("text", " 1,200.00\N{NO-BREAK SPACE}")
    assert entries["Outcome measure"].text == "  fewer "


def test_a_date_is_a_day_and_shows_as_one() -> None:
    entry = read(plan()).fields["Declared_on"]
    assert (entry.day, entry.text) == (date(2024, 4, 22), "22/04/2024")


def test_the_day_it_was_saved_is_read() -> None:
    assert read(plan()).saved == "2024-04-01T00:00:00Z"


def test_text_longer_than_any_cell_holds_is_cut() -> None:
    given = read(typed(plan(), {"K13": "x" * 40_000}))
    assert len(given.rows[0].entries["Outcome measure"].text) == 32_767


def test_rows_that_a_library_put_in_keep_later_rows_at_their_addresses() -> None:
    given = changed(lambda book: book["Return"].insert_rows(14))
    assert [row.number for row in given.filled] == [13, 15, 16]
    assert given.rows[2].entries["Activity"].text == "Domestic abuse outreach"


def test_rows_that_a_library_put_in_above_are_seen_through() -> None:
    given = changed(lambda book: book["Return"].insert_rows(1, 2))
    assert given.structure.area.first_row == 14
    assert given.fields["Award"].cell == "I7"
    assert given.fields["Award"].amount == 5_266_600
    assert [row.number for row in given.filled] == [15, 16, 17]


def test_columns_may_stand_in_another_order() -> None:
    def swap(book: Workbook) -> None:
        sheet = book["Return"]
        sheet.tables.clear()
        for row in range(12, 53):
            one, other = sheet.cell(row, 1), sheet.cell(row, 3)
            one.value, other.value = other.value, one.value

    given = changed(swap)
    assert given.rows[0].entries["Activity"].cell == "C13"
    assert given.rows[0].entries["Activity"].text == "Burglary target hardening"
    assert given.structure.missing == ()


def test_a_sheet_of_values_alone_is_read() -> None:
    def values(book: Workbook) -> None:
        for name in list(book.defined_names):
            del book.defined_names[name]
        sheet = book["Return"]
        sheet.tables.clear()
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.value = 0
        del book["Lists"], book["Guidance"]

    given = changed(values)
    assert given.form == PLAN
    assert [row.number for row in given.filled] == [13, 14, 15]
    assert given.fields["Organisation"].text == BLABY
    assert given.structure.table is None


def test_a_table_without_its_header_row_is_read() -> None:
    def headless(book: Workbook) -> None:
        (table,) = book["Return"].tables.values()
        table.headerRowCount, table.ref, table.autoFilter = 0, "A13:K52", None
        for cell in book["Return"][12]:
            cell.value = None

    given = changed(headless)
    assert [row.number for row in given.filled] == [13, 14, 15]
    assert given.structure.missing == ()


def test_excels_own_totals_row_is_no_activity() -> None:
    def total(book: Workbook) -> None:
        (table,) = book["Return"].tables.values()
        table.totalsRowCount = 1
        table.ref = "A12:K53"
        book["Return"]["A53"] = "Total"

    given = changed(total)
    assert given.rows[-1].number == 52
    assert given.structure.below == ()


def test_what_is_no_return_has_no_package_and_says_why() -> None:
    submission = read_submission(b"%PDF-1.7", "plan.xlsx", ALL)
    assert submission.package is None
    assert isinstance(submission.given, Refused)
    assert submission.given.trouble == "other format"
