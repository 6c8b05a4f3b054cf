"""Composing the tables of a workbook: what is found about layouts, tables and `Printed`."""

import msgspec
import pytest

from builders import YEAR, budget, catalogue, layout, line, patched_book, section, table_cell
from builders import snapshot as snapshot_of
from xlframework.appendix.layout import Apart, Column, Heading, Layout, Total
from xlframework.appendix.read_layout import read_layout
from xlframework.commands.tables import Composed, compose_all, prints_awards
from xlframework.ground.finding import Finding
from xlframework.model.budget import Budget
from xlframework.sheets.package.records import ErrorValue, Value

SERVICE = Column(header="What", field="Service")
SPEND = Column(header="Spend", amount=YEAR)
LINES = layout(SERVICE, SPEND)
AREAS = msgspec.structs.replace(
    layout(Column(header="Area", field="Area"), Column(header="Award", compute="award")),
    rows="areas",
)
YEARS = msgspec.structs.replace(
    layout(Column(header="Year", year="2018/19"), Column(header="All", compute="total")),
    rows="years",
)
SECTIONS = msgspec.structs.replace(
    layout(Column(header="Section", field="Section"), SPEND), rows="sections"
)
PLAN = msgspec.structs.replace(
    layout(Column(header="Item", field="Item")),
    rows="forward plan",
    heading=(Heading(by="ends", column="Item"),),
)
AWARDS = {"E06000016": 100}


def composed(
    *layouts: Layout,
    one: Budget | None = None,
    cells: dict[str, dict[str, Value]] | None = None,
    awards: dict[str, int] | None = None,
) -> Composed:
    """Compose tables of a small budget in the committed workbook, some of its cells changed."""
    snapshot = snapshot_of(patched_book(cells or {}))
    full = one or budget([line("L1", 100_00)], [section()])
    return compose_all(snapshot, full, layouts, catalogue(), awards)


def found(made: Composed) -> list[tuple[str, str]]:
    return [(each.rule, each.message) for each in made.findings]


def only(made: Composed) -> Finding:
    (finding,) = made.findings
    return finding


# --- layouts that cannot be followed ---------------------------------------------------


def test_what_is_fine_has_no_findings() -> None:
    made = composed(LINES, AREAS, YEARS, SECTIONS, awards=AWARDS)
    assert found(made) == []
    assert [table.layout for table in made.tables] == [LINES, AREAS, YEARS, SECTIONS]


@pytest.mark.parametrize(
    ("asked", "header", "table"),
    [
        (layout(Column(header="A", fields=("Service", "Absent"))), "Absent", "Lines"),
        (msgspec.structs.replace(YEARS, years=("2020/21 Budget",)), "2020/21 Budget", "Lines"),
        (msgspec.structs.replace(AREAS, sort="Absent"), "Absent", "Areas"),
        (
            msgspec.structs.replace(PLAN, column=(Column(header="Item", field="Service"),)),
            "Service",
            "Forward_plan",
        ),
        (
            msgspec.structs.replace(
                SECTIONS, apart=(Apart(label="Apart", field="Absent", begins="x"),)
            ),
            "Absent",
            "Lines",
        ),
    ],
)
def test_a_column_that_the_workbook_lacks_is_named_with_its_table(
    asked: Layout, header: str, table: str
) -> None:
    made = composed(asked, awards=AWARDS)
    finding = only(made)
    assert (finding.rule, finding.expected) == ("layout-column-missing", header)
    assert (
        finding.message
        == f"the layout test-table prints {header!r}, but {table} has no such column"
    )
    assert made.tables == ()


def test_awards_need_a_split() -> None:
    made = composed(AREAS, LINES)
    finding = only(made)
    assert (finding.rule, finding.severity) == ("layout-award-missing", "error")
    assert finding.place.sheet == "Allocation"
    assert [table.layout for table in made.tables] == [LINES]
    assert prints_awards((LINES, AREAS))
    assert not prints_awards((LINES, YEARS))


# --- what is odd about a table ---------------------------------------------------------


def test_only_a_table_without_a_row_is_empty() -> None:
    nothing = budget([], [], headers=())
    total = msgspec.structs.replace(LINES, total=Total(label="All", column="What"))
    empty = [
        *found(composed(msgspec.structs.replace(total, column=(SERVICE,)), one=nothing)),
        *found(composed(YEARS, SECTIONS, one=budget([], [], headers=()))),
        *found(composed(PLAN)),
    ]
    assert empty == [
        ("layout-empty", "the layout test-table finds no line to print"),
        ("layout-empty", "the layout test-table finds no year to print"),
        (
            "layout-column-missing",
            f"the layout test-table prints '{YEAR}', but Lines has no such column",
        ),
        ("layout-empty", "the layout test-table finds no entry of the forward plan to print"),
    ]


def test_a_table_of_entered_amounts_alone_is_not_empty() -> None:
    mtfp = read_layout("2025-28-mtfp")
    assert mtfp is not None
    words = (each for each in mtfp.column if each.kind == "words")
    columns = (*words, SPEND)
    grouped = msgspec.structs.replace(mtfp, column=columns)
    assert found(composed(grouped, one=budget([], [section("Victims", {YEAR: 100_00})]))) == []


def test_a_row_apart_that_no_line_belongs_to_is_found() -> None:
    apart = Apart(label="Emergent", field="Service", begins="Emergnt")
    made = composed(msgspec.structs.replace(SECTIONS, apart=(apart,)))
    message = "the layout test-table finds no line for its row 'Emergent'"
    assert found(made) == [("layout-empty", message)]
    assert len(made.tables) == 1


def test_an_entered_amount_that_a_table_leaves_out_is_found_at_its_cell() -> None:
    sections = [section("Victims"), section("Grants", {YEAR: 1234_00}, row=9)]
    finding = only(composed(LINES, one=budget([line("L1", 100)], sections)))
    assert (finding.rule, finding.severity) == ("layout-entered-left-out", "warning")
    assert (finding.place.sheet, finding.place.cell) == ("Sections", "D9")
    assert "leaves out the £1,234 that Grants has in 2024/25 Budget" in finding.message


def test_pence_that_a_table_hides_are_found_wherever_they_stand() -> None:
    sections = [section("Victims"), section("Grants", {YEAR: 50}, row=9)]
    one = budget([line("L1", 1_10, row=7)], sections)
    made = composed(SECTIONS, YEARS, AREAS, one=one, awards={"E06000016": 5})
    assert [(each.rule, each.place.sheet, each.place.cell) for each in made.findings] == [
        ("layout-pence-hidden", "Sections", "D5"),
        ("layout-pence-hidden", "Sections", "D9"),
        ("layout-pence-hidden", "Sections", None),
        ("layout-pence-hidden", "Areas", "A5"),
    ]


# --- the table Printed -----------------------------------------------------------------


def printed(
    layout_name: str, key: Value, column: str, text: str = "x"
) -> dict[str, dict[str, Value]]:
    words = {"Layout": layout_name, "Line ID": key, "Column": column, "Text": text}
    return {"Printed": {table_cell("Printed", header): word for header, word in words.items()}}


@pytest.mark.parametrize(
    ("asked", "key", "column", "text"),
    [
        (LINES, "L1", "What", "x"),
        (LINES, "L1", "Order", "2.5"),
        (AREAS, "E06000016", "Area", "x"),
        (YEARS, YEAR, "Year", "x"),
        (SECTIONS, "Victims", "Section", "x"),
    ],
)
def test_words_that_change_a_row_raise_no_finding(
    asked: Layout, key: str, column: str, text: str
) -> None:
    made = composed(asked, cells=printed("test-table", key, column, text), awards=AWARDS)
    assert found(made) == []


@pytest.mark.parametrize(
    ("asked", "key", "column", "said", "header"),
    [
        (LINES, "L2", "What", "no line has the Line ID 'L2'", "Line ID"),
        (LINES, "L1", "Spend", "the layout test-table has no column of words", "Column"),
        (LINES, "L1", "Order", "the order of L1 in the layout test-table is 'x'", "Text"),
        (AREAS, "E1", "Area", "Areas has no area with the code 'E1'", "Line ID"),
        (AREAS, "E06000016", "Award", "the layout test-table has no column of words", "Column"),
        (YEARS, "2024/25", "Year", "prints no year '2024/25'; a year is named by its", "Line ID"),
        (YEARS, YEAR, "Order", "the layout test-table has no column of words", "Column"),
        (SECTIONS, "Victim", "Section", "prints no section or row apart named 'Victim'", "Line ID"),
        (PLAN, "March 2026", "Item", "prints no heading 'March 2026', and no entry", "Line ID"),
    ],
)
def test_words_that_change_nothing_are_found_at_the_wrong_cell(
    asked: Layout, key: str, column: str, said: str, header: str
) -> None:
    made = composed(asked, cells=printed("test-table", key, column), awards=AWARDS)
    (finding,) = [each for each in made.findings if each.rule == "printed-unmatched"]
    assert said in finding.message
    assert finding.place.cell == table_cell("Printed", header)


def test_words_for_a_layout_that_is_in_use_but_was_not_asked_for_raise_no_finding() -> None:
    assert found(composed(LINES, cells=printed("2024-25-grants", "L1", "Project"))) == []
    message = "no layout in use is named '2024-25-Grants'"
    made = composed(LINES, cells=printed("2024-25-Grants", "L1", "Project"))
    assert found(made) == [("printed-unmatched", message)]


def test_words_for_a_table_that_could_not_be_made_raise_no_second_finding() -> None:
    made = composed(AREAS, cells=printed("test-table", "E1", "Area"))
    assert [each.rule for each in made.findings] == ["layout-award-missing"]


def test_the_forward_plan_is_read_from_its_table() -> None:
    words: tuple[tuple[str, Value], ...] = (("Order", "3"), ("Item", "Refuge"))
    cells: dict[str, dict[str, Value]] = {
        "Forward plan": {table_cell("Forward_plan", header): word for header, word in words}
    }
    (table,) = composed(PLAN, cells=cells).tables
    assert [(row.key, row.cells) for row in table.rows] == [
        ("No date", ("No date",)),
        ("3", ("Refuge",)),
    ]


def test_an_error_among_the_words_that_are_printed_is_found_once() -> None:
    cells: dict[str, dict[str, Value]] = {
        "Lines": {table_cell("Lines", "Service"): ErrorValue("#N/A")},
        "Areas": {table_cell("Areas", "Area"): ErrorValue("#REF!")},
    }
    other = msgspec.structs.replace(LINES, name="other")
    made = composed(LINES, other, AREAS, YEARS, SECTIONS, cells=cells, awards=AWARDS)
    unread = [each for each in made.findings if each.rule == "word-unread"]
    assert [(each.severity, each.place.sheet, each.place.cell) for each in unread] == [
        ("error", "Lines", table_cell("Lines", "Service")),
        ("error", "Areas", table_cell("Areas", "Area")),
    ]
    assert "#N/A" in unread[0].message


def test_an_error_in_a_column_that_no_table_prints_is_left_alone() -> None:
    cells: dict[str, dict[str, Value]] = {
        "Lines": {table_cell("Lines", "Note"): ErrorValue("#N/A")},
        "Areas": {table_cell("Areas", "CSP"): ErrorValue("#N/A")},
    }
    assert found(composed(LINES, AREAS, cells=cells, awards=AWARDS)) == []


def test_an_error_in_place_of_a_table_s_own_words_is_found() -> None:
    cells = printed("test-table", "L1", "What", "x")
    cells["Printed"][table_cell("Printed", "Text")] = ErrorValue("#N/A")
    finding = only(composed(LINES, cells=cells))
    assert (finding.rule, finding.place.cell) == ("word-unread", table_cell("Printed", "Text"))
