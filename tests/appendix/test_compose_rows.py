"""Tables whose rows are years, sections, areas or the forward plan, and computed columns."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest

from appendix.layouts import GRANTS
from builders import NEXT_YEAR, YEAR, budget, layout, line, section
from xlframework.appendix.compose.records import (
    AmountCell,
    AppendixTable,
    AreaAward,
    Criterion,
    LineSum,
    Measure,
    PercentCell,
    SectionSum,
    TableCell,
)
from xlframework.appendix.compose.table import compose, unprintable
from xlframework.appendix.layout import Apart, Column, Heading, Layout, Total
from xlframework.model.budget import Budget, Origin
from xlframework.model.records import Entry, Further, Record

LAST_YEAR = "2023/24 Actual"

YEARS = msgspec.structs.replace(
    layout(
        Column(header="Year", year="2018-19"),
        Column(header="Budget", compute="total"),
        Column(header="Change", compute="difference", of="Budget"),
        Column(header="%", compute="percent increase", of="Budget"),
    ),
    rows="years",
    total=Total(label="All", column="Year", empty="-"),
)
SECTIONS = msgspec.structs.replace(
    layout(
        Column(header="Area", field="section", words={"Prevention": "Preventing"}),
        Column(header="Block", field="Block"),
        Column(header="Budget", amount=YEAR),
    ),
    rows="sections",
    total=Total(label="All", column="Area"),
)
AREAS = msgspec.structs.replace(
    layout(
        Column(header="CSP", field="CSP"),
        Column(header="People", field="Population"),
        Column(header="Award", compute="award"),
    ),
    rows="areas",
    total=Total(label="All", column="CSP"),
)
PLAN = msgspec.structs.replace(
    layout(
        Column(header="Ends", field="Item"),
        Column(header="Starts", field="What follows"),
        Column(header="Note", printed=True),
    ),
    rows="forward plan",
)
BY_MONTH = msgspec.structs.replace(PLAN, heading=(Heading(by="ends", column="Ends"),))


def column(table: AppendixTable, at: int) -> list[TableCell]:
    return [row.cells[at] for row in table.rows]


# --- years -----------------------------------------------------------------------------


def three_years(*amounts: int | None) -> Budget:
    headers = (LAST_YEAR, YEAR, NEXT_YEAR)
    return budget(
        [line("L1", dict(zip(headers, amounts, strict=True)))], [section()], headers=headers
    )


def test_every_amount_column_is_a_row_with_everything_in_it() -> None:
    one = budget(
        [line("L1", {YEAR: 100, NEXT_YEAR: None}), line("G1", {YEAR: 20}, block=GRANTS)],
        [section("Victims"), section("Victims", {NEXT_YEAR: 7}, block=GRANTS)],
        headers=(YEAR, NEXT_YEAR),
    )
    table = compose(YEARS, one)
    assert column(table, 0) == ["2024-25", "2025-26", "All"]
    assert column(table, 1) == [
        AmountCell(120, source=SectionSum(YEAR)),
        AmountCell(7, source=SectionSum(NEXT_YEAR)),
        AmountCell(127, (0, 1)),
    ]
    assert [row.key for row in table.rows] == [YEAR, NEXT_YEAR, ""]


def test_a_layout_names_its_years_in_its_own_order() -> None:
    table = msgspec.structs.replace(YEARS, years=(NEXT_YEAR, LAST_YEAR))
    assert column(compose(table, three_years(1, 2, 3)), 0) == ["2025-26", "2023-24", "All"]
    assert list(unprintable(table, budget(), [])) == [NEXT_YEAR, LAST_YEAR]


def test_years_of_some_blocks_alone() -> None:
    table = msgspec.structs.replace(YEARS, blocks=(GRANTS.upper(),))
    lines = [line("L1", 100), line("G1", 20, block=GRANTS)]
    one = budget(lines, [section(), section(block=GRANTS)])
    source = SectionSum(YEAR, ((GRANTS, None),))
    assert compose(table, one).rows[0].cells[1] == AmountCell(20, source=source)


def test_the_words_of_a_year_can_be_printed_otherwise() -> None:
    slashes = msgspec.structs.replace(YEARS.column[0], year="2018/19", words={"2024/25": "now"})
    note = Column(header="Note", printed=True)
    table = msgspec.structs.replace(YEARS, column=(slashes, note), total=None)
    printed = {("test-table", NEXT_YEAR, "Year"): "next", ("test-table", YEAR, "Note"): "!"}
    rows = compose(table, three_years(1, 2, 3), printed).rows
    assert [row.cells for row in rows] == [("2023/24", ""), ("now", "!"), ("next", "")]


def test_a_difference_is_from_the_row_above_and_a_percentage_of_it() -> None:
    table = compose(YEARS, three_years(4283405_00, 4316550_00, 4395961_00))
    second, third = Measure((1, 1), (0, 1)), Measure((2, 1), (1, 1))
    assert column(table, 2) == [
        AmountCell(None),
        AmountCell(33145_00, measure=second),
        AmountCell(79411_00, measure=third),
        AmountCell(None),
    ]
    # 0.774 and 1.840 per cent, rounded, not cut off.
    assert column(table, 3) == [
        PercentCell(None),
        PercentCell(Fraction(8, 1000), second),
        PercentCell(Fraction(18, 1000), third),
        PercentCell(None),
    ]


@pytest.mark.parametrize(
    ("before", "after", "decimals", "share"),
    [
        (100, 112, None, Fraction(12, 100)),
        (10000, 10005, None, Fraction(1, 1000)),
        (10000, 9995, None, Fraction(-1, 1000)),
        (20000, 20009, None, Fraction(0)),
        (20000, 20010, None, Fraction(1, 1000)),
        (10000, 10050, 0, Fraction(1, 100)),
        (30000, 40000, 2, Fraction(3333, 10000)),
        (-100, -150, None, Fraction(1, 2)),
        (100, 0, None, Fraction(-1)),
    ],
)
def test_a_percentage_is_rounded_half_up_to_its_decimals(
    before: int, after: int, decimals: int | None, share: Fraction
) -> None:
    percent = msgspec.structs.replace(YEARS.column[3], decimals=decimals)
    table = msgspec.structs.replace(YEARS, column=(*YEARS.column[:3], percent))
    found = column(compose(table, three_years(0, before, after)), 3)[2]
    assert isinstance(found, PercentCell)
    assert found.share == share


def test_nothing_is_a_percentage_of_nought() -> None:
    assert column(compose(YEARS, three_years(0, 100, 0)), 3)[1] == PercentCell(None)


# --- differences within a row ----------------------------------------------------------


def test_a_difference_within_a_row_needs_both_amounts() -> None:
    table = msgspec.structs.replace(
        layout(
            Column(header="What", field="Service"),
            Column(header="Now", amount=YEAR),
            Column(header="Next", amount=NEXT_YEAR),
            Column(header="Change", compute="difference", of="Next", since="Now"),
            Column(header="%", compute="percent increase", of="Next", since="Now"),
        ),
        total=Total(label="All", column="What"),
    )
    lines = [
        line("L1", {YEAR: 200, NEXT_YEAR: 250}, order=1),
        line("L2", {YEAR: None, NEXT_YEAR: 50}, order=2),
        line("L3", {YEAR: 0, NEXT_YEAR: 50}, order=3),
    ]
    made = compose(table, budget(lines, headers=(YEAR, NEXT_YEAR)))
    assert column(made, 3) == [
        AmountCell(50, measure=Measure((0, 2), (0, 1))),
        AmountCell(None),
        AmountCell(50, measure=Measure((2, 2), (2, 1))),
        AmountCell(150, measure=Measure((3, 2), (3, 1))),
    ]
    assert [cell.share for cell in column(made, 4) if isinstance(cell, PercentCell)] == [
        Fraction(1, 4),
        None,
        None,
        Fraction(3, 4),
    ]
    assert made.totals() == {"Now": 200, "Next": 350}


# --- sections --------------------------------------------------------------------------


def sections_budget() -> Budget:
    lines = [
        line("L1", 100),
        line("L2", 30, words={"Service": "Emergent issues and more"}),
        line("P1", 7, section="Prevention", words={"Service": "emergent issues"}),
        line("G1", 500, block=GRANTS, section="VICTIMS", words={"Service": "Not emergent issues"}),
    ]
    sections = [
        section("Prevention", order=2),
        section("Victims", order=1),
        section("VICTIMS", order=3, block=GRANTS),
        section("Other", {YEAR: 9}, order=4, block=GRANTS),
    ]
    return budget(lines, sections)


def amounts(table: AppendixTable, at: int = 2) -> Mapping[str, int | None]:
    return {
        str(row.cells[0]): cell.pence
        for row in table.rows
        if isinstance(cell := row.cells[at], AmountCell)
    }


def test_every_section_is_a_row_with_entered_amounts_too() -> None:
    table = compose(SECTIONS, sections_budget())
    assert [row.cells[:2] for row in table.rows] == [
        ("Victims", "Commissioning"),
        ("Preventing", "Commissioning"),
        ("VICTIMS", GRANTS),
        ("Other", GRANTS),
        ("All", ""),
    ]
    assert [cell.pence for cell in column(table, 2) if isinstance(cell, AmountCell)] == [
        130,
        7,
        500,
        9,
        646,
    ]
    assert [row.key for row in table.rows] == ["Victims", "Prevention", "VICTIMS", "Other", ""]


def test_lines_apart_leave_their_sections_and_the_total_stays() -> None:
    apart = Apart(label="Emergent", field="service", begins="EMERGENT issues")
    table = compose(msgspec.structs.replace(SECTIONS, apart=(apart,)), sections_budget())
    assert amounts(table) == {
        "Victims": 100,
        "Preventing": 0,
        "VICTIMS": 500,
        "Other": 9,
        "Emergent": 37,
        "All": 646,
    }
    criterion = Criterion("Service", "EMERGENT issues", begins=True)
    members = (("Commissioning", "Victims"),)
    assert table.rows[0].cells[2] == AmountCell(100, source=SectionSum(YEAR, members, (criterion,)))
    assert table.rows[4].cells[2] == AmountCell(37, source=LineSum(YEAR, criterion))
    assert table.rows[4].key == "Emergent"


def test_sections_across_blocks_and_of_one_block() -> None:
    across = msgspec.structs.replace(SECTIONS, across_blocks=True)
    assert amounts(compose(across, sections_budget())) == {
        "Victims": 630,
        "Preventing": 7,
        "Other": 9,
        "All": 646,
    }
    apart = Apart(label="Apart", field="Service", equals="Emergent issues")
    one = msgspec.structs.replace(SECTIONS, blocks=("commissioning",), apart=(apart,))
    table = compose(one, sections_budget())
    assert amounts(table) == {"Victims": 130, "Preventing": 0, "Apart": 7, "All": 137}
    source = LineSum(
        YEAR, Criterion("Service", "Emergent issues", begins=False), ("Commissioning",)
    )
    assert table.rows[2].cells[2] == AmountCell(7, source=source)


def test_a_section_needs_no_column_of_lines_but_its_rows_apart_do() -> None:
    apart = Apart(label="Apart", field="Absent", begins="x")
    table = msgspec.structs.replace(SECTIONS, apart=(apart,))
    assert list(unprintable(SECTIONS, budget(), [])) == []
    assert list(unprintable(table, budget(), ["Service"])) == ["Absent"]


# --- areas -----------------------------------------------------------------------------


def record(key: str, **words: Entry) -> Record:
    named = {header.replace("_", " "): word for header, word in words.items()}
    return Record(key, named, Origin("budget.xlsx", "Areas", 5, {}))


def test_areas_are_sorted_by_words_and_have_the_awards_of_the_split() -> None:
    areas = (
        record("E3", CSP="blaby", Area="Z", Population=Decimal(101950)),
        record("E1", CSP="Rutland", Area="A", Population=Decimal(40476)),
        record("E2", CSP="Leicester", Area="B", Population=""),
    )
    awards = {"E1": 100, "E3": 300}
    further = Further(areas=areas, awards=awards)
    by_csp = msgspec.structs.replace(AREAS, sort="csp")
    table = compose(by_csp, budget(), further=further)
    assert [row.cells for row in table.rows] == [
        ("blaby", Decimal(101950), AmountCell(300, source=AreaAward("E3"))),
        ("Leicester", "", AmountCell(None)),
        ("Rutland", Decimal(40476), AmountCell(100, source=AreaAward("E1"))),
        ("All", "", AmountCell(400, (0, 1, 2))),
    ]
    assert [row.key for row in compose(AREAS, budget(), further=further).rows] == [
        "E1",
        "E2",
        "E3",
        "",
    ]
    assert list(unprintable(by_csp, budget(), ["Area", "Population"])) == ["CSP", "csp"]


def test_printed_names_an_area_by_its_code() -> None:
    printed = {("test-table", "E1", "CSP"): "Oakby"}
    further = Further(areas=(record("E1", CSP="Oadby"),), awards={"E1": 1})
    assert compose(AREAS, budget(), printed, further).rows[0].cells[0] == "Oakby"


# --- the forward plan ------------------------------------------------------------------


def plan() -> tuple[Record, ...]:
    rows: tuple[tuple[str, Entry, Entry], ...] = (
        ("30", date(2026, 8, 31), "Pilot"),
        ("10", date(2026, 3, 1), "Reflect"),
        ("20", date(2026, 3, 31), "CARA"),
        ("50", "", "Someday"),
        ("40", "in spring", "Perhaps"),
    )
    return tuple(
        record(order, Order=Decimal(order), Ends=ends, Item=item) for order, ends, item in rows
    )


def said(table: Layout, printed: Mapping[tuple[str, str, str], str] | None = None) -> list[str]:
    further = Further(forward_plan=plan())
    rows = compose(table, budget(), printed, further).rows
    return [" | ".join(map(str, row.cells)) for row in rows]


def test_the_forward_plan_prints_by_its_order() -> None:
    assert said(PLAN) == [
        "Reflect |  | ",
        "CARA |  | ",
        "Pilot |  | ",
        "Perhaps |  | ",
        "Someday |  | ",
    ]


def test_the_forward_plan_prints_month_by_month_under_headings() -> None:
    printed = {
        ("test-table", "March 2026", "Starts"): "April 2026",
        ("test-table", "20", "Note"): "!",
        ("test-table", "March 2026", "Ends"): "MARCH",
    }
    assert said(BY_MONTH, printed) == [
        "MARCH | April 2026 | ",
        "Reflect |  | ",
        "CARA |  | !",
        "August 2026 |  | ",
        "Pilot |  | ",
        "in spring |  | ",
        "Perhaps |  | ",
        "No date |  | ",
        "Someday |  | ",
    ]


def test_a_months_heading_can_be_worded_otherwise_or_left_out() -> None:
    words = {"March 2026": "Spring", "No date": "", "in spring": ""}
    heading = Heading(by="ends", column="Ends", words=words)
    table = msgspec.structs.replace(PLAN, heading=(heading,))
    printed = {("test-table", "Spring", "Starts"): "found by what it says"}
    assert said(table, printed)[0] == "Spring | found by what it says | "
    assert [each.split(" |")[0] for each in said(table)] == [
        "Spring",
        "Reflect",
        "CARA",
        "August 2026",
        "Pilot",
        "Perhaps",
        "Someday",
    ]


def test_an_entry_without_an_order_stands_last() -> None:
    rows = (record("", Order="", Item="B"), record("1", Order=Decimal(1), Item="A"))
    table = compose(PLAN, budget(), further=Further(forward_plan=rows))
    assert column(table, 0) == ["A", "B"]
