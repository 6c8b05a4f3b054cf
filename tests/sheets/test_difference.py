"""What a command would change: only what differs, and nothing that stands in the way."""

from dataclasses import replace
from decimal import Decimal

import pytest

from builders import book_of, cells_of, desk, palette, sheet_of, table_of, wanted_table
from xlframework.ground.place import Area
from xlframework.sheets.change import (
    BLANK,
    ChangeSet,
    RowHeight,
    Wanted,
    WantedCell,
    WantedGrowth,
    WantedSheet,
)
from xlframework.sheets.difference import (
    compare_cells,
    compare_growth,
    compare_sheet,
    compare_table,
    merge,
    new_sheet,
)
from xlframework.sheets.package.records import (
    UNREAD_STYLE,
    Book,
    Cell,
    ErrorValue,
    TableColumn,
    Value,
)
from xlframework.sheets.palette import Look
from xlframework.sheets.sameness import same_value

# Two columns and two rows at A1:B3.
ROWS: tuple[tuple[Value, ...], ...] = (("Rule", "Cell"), ("a", Decimal(1)), ("b", Decimal(2)))
TABLE = table_of("A1:B3", "Rule", "Cell")
LONGER = wanted_table(*ROWS, ("c", Decimal(3)))


def book(*more: tuple[Value | Cell, ...]) -> Book:
    """Give the table with these rows below it."""
    return book_of(sheet_of(cells_of(*ROWS, *more)), tables=[TABLE])


def with_sheet(one: Book, **changes: object) -> Book:
    (sheet,) = one.sheets
    return replace(one, sheets=(replace(sheet, **changes),))  # type: ignore[arg-type]


def changed(changes: ChangeSet) -> dict[str, Value]:
    return {change.cell: change.wanted.value for change in changes.cells}


def test_a_table_that_is_as_wanted_needs_nothing() -> None:
    changes, findings = compare_table(desk(book()), wanted_table(*ROWS))
    assert not changes
    assert changes == ChangeSet()
    assert findings == ()


def test_only_the_cells_that_differ_are_changed_with_what_stood_there() -> None:
    changes, _ = compare_table(desk(book()), wanted_table(ROWS[0], ("a", Decimal(9)), ROWS[2]))
    (change,) = changes.cells
    assert (change.sheet, change.cell, change.before) == ("Sheet", "B2", Decimal(1))
    assert change.wanted.value == Decimal(9)
    assert changes.tables == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Decimal("0.1"), Decimal("0.10"), True),
        (Decimal("0.30000000000000004"), Decimal("0.3"), True),
        (Decimal("0.333333333333333"), Decimal("0.33333333333333331"), True),
        (Decimal("1.00000000000001"), Decimal(1), False),
        (Decimal("1339454.38"), Decimal("1339454.39"), False),
        (Decimal(1), True, False),
        (Decimal(1), "1", False),
        (None, "", False),
        (None, Decimal(0), False),
        (ErrorValue("#N/A"), ErrorValue("#N/A"), True),
        ("a", "A", False),
        (None, None, True),
    ],
)
def test_values_are_the_same_if_fifteen_digits_are(one: Value, other: Value, same: bool) -> None:
    assert same_value(one, other) is same
    assert same_value(other, one) is same


def test_a_formula_in_place_of_its_value_is_a_difference() -> None:
    cells = [WantedCell("Sheet", 2, 2, Wanted(Decimal(1), "SUM(1)"))]
    (change,) = compare_cells(desk(book()), cells).cells
    assert (change.before, change.before_formula, change.wanted.formula) == (
        Decimal(1),
        None,
        "SUM(1)",
    )


def test_another_style_is_a_difference_and_no_look_keeps_the_cells_own() -> None:
    look = Look("line", "money")
    style = palette().style(look)
    one = book_of(sheet_of({(1, 1): Cell("a", None, style), (2, 1): Cell("a", None, 999)}))
    cells = [WantedCell("Sheet", row, 1, Wanted("a", None, look)) for row in (1, 2)]
    (change,) = compare_cells(desk(one), cells).cells
    assert (change.cell, change.style) == ("A2", style)
    plain = [WantedCell("Sheet", row, 1, Wanted("a")) for row in (1, 2)]
    assert not compare_cells(desk(one), plain)


def test_a_look_that_cannot_be_read_is_given_anew_in_rows_that_change_and_only_there() -> None:
    rows = (("Rule", "Cell", "Note"), ("a", Decimal(1), None), ("b", Decimal(2), None))
    unread = [[Cell(value, None, UNREAD_STYLE) for value in row] for row in rows]
    table = table_of("A1:C3", "Rule", "Cell", "Note")
    one = book_of(sheet_of(cells_of(*unread)), tables=[table])
    look = Look("line", "text")
    wanted = replace(
        wanted_table(*rows),
        rows=tuple(tuple(Wanted(value, None, look) for value in row) for row in rows[1:]),
    )
    assert compare_table(desk(one), wanted)[0] == ChangeSet()
    second = (Wanted("b", None, look), Wanted(Decimal(3), None, look), Wanted(None, None, look))
    changes, _ = compare_table(desk(one), replace(wanted, rows=(wanted.rows[0], second)))
    assert changed(changes) == {"A3": "b", "B3": Decimal(3), "C3": None}
    assert {change.style for change in changes.cells} == {palette().style(look)}


def test_cells_of_a_sheet_that_is_not_there_are_passed_over() -> None:
    assert not compare_cells(desk(book()), [WantedCell("Gone", 1, 1, Wanted("a"))])


def test_a_longer_table_grows_into_empty_cells() -> None:
    changes, findings = compare_table(desk(book()), LONGER)
    assert findings == ()
    assert changed(changes) == {"A4": "c", "B4": Decimal(3)}
    (table,) = changes.tables
    assert (table.before, table.area) == (Area.parse("A1:B3"), Area.parse("A1:B4"))


BLOCKED = {
    "a value": book((None,), ("x",), (None, "note")),
    "a formula": book((None, Cell(None, "A1"))),
    "a comment": with_sheet(book(), occupied=(Area.parse("B4"),)),
    "a merged range": with_sheet(book(), merged=(Area.parse("B4:D9"),)),
    "another table": replace(book(), tables=(TABLE, table_of("A4:B6", "A", "B", name="Other"))),
}


@pytest.mark.parametrize(
    ("what", "cell"),
    [
        ("a formula", "B4"),
        ("a comment", "B4"),
        ("a merged range", "B4:D9"),
        ("another table", "A4:B6"),
    ],
)
def test_what_stands_below_blocks_growth_and_nothing_is_changed(what: str, cell: str) -> None:
    changes, (finding,) = compare_table(desk(BLOCKED[what]), LONGER)
    assert changes == ChangeSet()
    assert (finding.rule, finding.place.sheet, finding.place.cell) == (
        "generated-sheet-blocked",
        "Sheet",
        cell,
    )
    assert "needs A1:B4" in finding.message


def test_the_first_of_several_is_named_and_what_is_farther_off_is_not() -> None:
    two_more = wanted_table(*ROWS, ("c", None), ("d", None))
    _, (finding,) = compare_table(desk(BLOCKED["a value"]), two_more)
    assert finding.place.cell == "A5"
    assert not compare_table(desk(BLOCKED["a value"]), LONGER)[1]


def test_what_lies_inside_the_table_already_does_not_block_it() -> None:
    one = with_sheet(book(), occupied=(Area.parse("B3:B4"),))
    assert compare_table(desk(one), LONGER)[1] == ()


def test_a_comment_beside_the_table_does_not_block_it() -> None:
    one = with_sheet(book(), occupied=(Area.parse("C4"),), merged=(Area.parse("A6:B6"),))
    assert compare_table(desk(one), LONGER)[1] == ()


def test_a_table_of_the_same_place_on_another_sheet_does_not_block() -> None:
    other = table_of("A4:B6", "A", "B", name="Other", sheet="Second")
    one = replace(book(), tables=(TABLE, other))
    assert compare_table(desk(one), LONGER)[1] == ()


def test_a_shorter_table_clears_what_it_leaves() -> None:
    changes, _ = compare_table(desk(book()), wanted_table(*ROWS[:2]))
    assert changed(changes) == {"A3": None, "B3": None}
    assert {change.style for change in changes.cells} == {0}
    assert changes.tables[0].area == Area.parse("A1:B2")


def test_a_table_without_rows_keeps_an_empty_one() -> None:
    changes, _ = compare_table(desk(book()), wanted_table(ROWS[0]))
    assert changes.tables[0].area == Area.parse("A1:B2")
    assert changed(changes) == dict.fromkeys(("A2", "B2", "A3", "B3"))


def test_a_totals_row_that_somebody_switched_on_goes() -> None:
    one = replace(book(), tables=(replace(TABLE, totals_rows=1),))
    changes, findings = compare_table(desk(one), wanted_table(*ROWS))
    assert findings == ()
    assert len(changes.tables) == 1


def table_with_columns(*columns: str) -> Book:
    """Give a generated table with these headers and one row of their lengths."""
    row = [Decimal(len(column)) for column in columns]
    area = Area(1, 1, 2, len(columns))
    return book_of(
        sheet_of(cells_of(columns, row)), tables=[table_of(str(area), *columns, name="Checks")]
    )


@pytest.mark.parametrize(
    ("columns", "cell"),
    [
        (("Rule", "Cell", "My notes"), "C1"),
        (("Rule", "My notes", "Cell"), "B1"),
        (("My notes", "Rule", "Cell"), "A1"),
    ],
)
def test_a_column_that_somebody_added_is_never_overwritten(
    columns: tuple[str, ...], cell: str
) -> None:
    changes, (finding,) = compare_table(desk(table_with_columns(*columns)), wanted_table(*ROWS))
    assert changes == ChangeSet()
    assert (finding.rule, finding.place.cell) == ("generated-sheet-blocked", cell)
    assert finding.found == "My notes"


def test_a_header_that_somebody_renamed_is_put_back() -> None:
    one = table_with_columns("Regel", "Cell")
    wanted = wanted_table(ROWS[0], (Decimal(5), "anything"))
    changes, findings = compare_table(desk(one), wanted)
    assert findings == ()
    assert changed(changes)["A1"] == "Rule"


def test_a_column_in_the_place_of_a_new_one_of_ours_is_not_taken_for_it() -> None:
    one = table_with_columns("Rule", "Agreed by")
    changes, (finding,) = compare_table(desk(one), wanted_table(*ROWS[:2]))
    assert not changes
    assert (finding.rule, finding.place.cell) == ("generated-sheet-blocked", "B1")


@pytest.mark.parametrize(
    "header", ["Change agreed by", "Share agreed", "If agreed", "2024/25 comment"]
)
def test_a_header_that_only_begins_like_ours_is_somebody_elses(header: str) -> None:
    one = table_with_columns("Rule", "Cell", header)
    changes, (finding,) = compare_table(desk(one), wanted_table(*ROWS[:2]))
    assert not changes
    assert (finding.rule, finding.found) == ("generated-sheet-blocked", header)


GIVEN_UP = ["2024/25 Budget", "Change to 2025/26 Budget", "Share of 2024/25 Budget"]


def table_with_third(header: str, content: Cell) -> Book:
    rows = cells_of(["Rule", "Cell", header], ["a", Decimal(1), content])
    columns = ("Rule", "Cell", header)
    return book_of(sheet_of(rows), tables=[table_of("A1:C2", *columns, name="Checks")])


@pytest.mark.parametrize("header", GIVEN_UP)
@pytest.mark.parametrize("formula", ["SUM(Sections[2024/25 Budget])", "SUM('Sections'!D5:D9)"])
def test_a_year_of_ours_that_is_no_longer_wanted_goes(header: str, formula: str) -> None:
    one = table_with_third(header, Cell(Decimal(5), formula))
    changes, findings = compare_table(desk(one), wanted_table(*ROWS[:2]))
    assert findings == ()
    assert changed(changes)["C1"] is None


@pytest.mark.parametrize("header", [*GIVEN_UP, "If without Rutland"])
@pytest.mark.parametrize("content", [Cell(Decimal(1023)), Cell(Decimal(5), "Old!B5"), Cell(None)])
def test_somebodys_figures_under_a_header_like_ours_are_never_cleared(
    header: str, content: Cell
) -> None:
    one = table_with_third(header, content)
    changes, (finding,) = compare_table(desk(one), wanted_table(*ROWS[:2]))
    assert not changes
    assert (finding.rule, finding.place.cell) == ("generated-sheet-blocked", "C1")


def test_a_scenario_of_ours_that_is_gone_goes() -> None:
    one = table_with_third("If without Rutland", Cell("Melton"))
    assert compare_table(desk(one), wanted_table(*ROWS[:2]))[1] == ()


def test_a_workbook_that_is_only_being_made_gives_up_any_column() -> None:
    one = table_with_columns("Rule", "Cell", "My notes")
    assert compare_table(desk(one), wanted_table(*ROWS[:2]), owns_columns=True)[1] == ()


def test_a_table_that_is_nowhere_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        compare_table(desk(book()), wanted_table(*ROWS, name="Nowhere"))


def test_growth_keeps_what_a_table_has() -> None:
    growth = WantedGrowth("Checks", (TableColumn("2024/25 Budget", "1+1"),), 2)
    changes, findings = compare_growth(desk(book()), growth)
    (table,) = changes.tables
    assert findings == ()
    assert changes.cells == ()
    assert table.area == Area.parse("A1:C5")
    assert table.columns == (
        TableColumn("Rule"),
        TableColumn("Cell"),
        TableColumn("2024/25 Budget", "1+1"),
    )


def test_no_growth_is_no_change() -> None:
    assert compare_growth(desk(book()), WantedGrowth("Checks", (), 0)) == (ChangeSet(), ())


def test_growth_to_the_right_is_blocked_by_what_stands_there() -> None:
    one = book_of(sheet_of(cells_of((*ROWS[0], "mine"), *ROWS[1:])), tables=[TABLE])
    changes, (finding,) = compare_growth(desk(one), WantedGrowth("Checks", (TableColumn("C"),), 0))
    assert changes == ChangeSet()
    assert (finding.rule, finding.found) == ("generated-sheet-blocked", "C1")


def wanted_sheet(name: str, table: str = "T_new") -> WantedSheet:
    title = Wanted("A title", None, Look("title", "text"))
    return WantedSheet(name, "sheet", (title, BLANK), (10, 20), wanted_table(*ROWS, name=table))


def test_a_new_sheet_is_laid_out_behind_the_one_that_it_follows() -> None:
    one = book_of(sheet_of({}), sheet_of({}, "Last"))
    changes, findings = compare_sheet(desk(one), wanted_sheet("New"))
    (sheet,) = changes.sheets
    assert findings == ()
    assert (sheet.name, sheet.position) == ("New", 1)
    assert sheet.table is not None
    assert sheet.table.area == Area.parse("A3:B5")
    assert (sheet.frozen_rows, sheet.repeat_row) == (3, 3)


@pytest.mark.parametrize("name", ["Sheet", "SHEET"])
def test_a_sheet_of_the_teams_own_is_never_taken(name: str) -> None:
    changes, (finding,) = compare_sheet(desk(book()), wanted_sheet(name))
    assert changes == ChangeSet()
    assert (finding.rule, finding.place.sheet) == ("sheet-name-taken", "Sheet")


def test_a_table_that_was_moved_to_a_renamed_sheet_is_refreshed_there() -> None:
    changes, findings = compare_sheet(desk(book()), wanted_sheet("New", "CHECKS"))
    assert (changes, findings) == (ChangeSet(), ())


def test_new_sheets_follow_each_other() -> None:
    one = new_sheet(wanted_sheet("One"), palette(), 2)
    other = new_sheet(wanted_sheet("Two", "T_two"), palette(), 2)
    merged = merge([ChangeSet(sheets=(one,)), ChangeSet(), ChangeSet(sheets=(other,))])
    assert [(sheet.name, sheet.position) for sheet in merged.sheets] == [("One", 2), ("Two", 3)]


WORDY = wanted_table(ROWS[0], ("a", Decimal(1)), ("b", Decimal(2)))


def test_a_row_with_changed_words_gets_the_height_they_need() -> None:
    text = Look("line", "text")
    rows = (WORDY.rows[0], (Wanted("word " * 20, None, text), WORDY.rows[1][1]))
    changes, _ = compare_table(desk(book()), replace(WORDY, rows=rows))
    (height,) = changes.heights
    assert (height.sheet, height.row) == ("Sheet", 3)
    assert height.points is not None
    assert height.points > 15


def test_a_height_that_somebody_chose_is_left_alone() -> None:
    one = with_sheet(book(), heights={3: 99.0}, fixed_heights=frozenset({3}))
    changes, _ = compare_table(desk(one), wanted_table(*ROWS[:2], ("other", None)))
    assert changes.heights == ()


def test_a_row_whose_words_became_short_is_low_again() -> None:
    one = with_sheet(book(), heights={2: 60.0, 3: 60.0})
    changes, _ = compare_table(desk(one), wanted_table(*ROWS[:2], ("other", None)))
    assert changes.heights == (RowHeight("Sheet", 3, None),)
