"""Computed cells on a sheet and in CSV: formulas live in the workbook, constants elsewhere."""

from decimal import Decimal

import msgspec
import pytest

from builders import NEXT_YEAR, YEAR, budget, layout, line, section
from xlframework.appendix.compose.records import (
    AmountCell,
    AppendixTable,
    AreaAward,
    Criterion,
    LineSum,
    SectionSum,
    Source,
    TableRow,
)
from xlframework.appendix.compose.table import compose
from xlframework.appendix.layout import Apart, Column, Subtotal, Total
from xlframework.appendix.live_formulas import source_formula
from xlframework.appendix.to_csv import table_csv
from xlframework.appendix.to_sheet import appendix_sheet
from xlframework.model.budget import Budget, Origin
from xlframework.model.records import Further, Record
from xlframework.sheets.change import Wanted
from xlframework.sheets.palette import Look

YEARS = msgspec.structs.replace(
    layout(
        Column(header="Year", year="2018/19"),
        Column(header="Budget", compute="total"),
        Column(header="Change", compute="difference", of="Budget", blank="-", zero="none"),
        Column(header="%", compute="percent increase", of="Budget", blank="new", zero="same"),
    ),
    rows="years",
)
SECTIONS = msgspec.structs.replace(
    layout(Column(header="Area", field="Section"), Column(header="Budget", amount=YEAR)),
    rows="sections",
    total=Total(label="All", column="Area"),
)
MONEY, PERCENT = Look("line", "money"), Look("line", "percent")


def two_years(before: int, after: int) -> Budget:
    return budget(
        [line("L1", {YEAR: before, NEXT_YEAR: after})], [section()], headers=(YEAR, NEXT_YEAR)
    )


def cells(table: AppendixTable, *, live: bool = True) -> list[tuple[Wanted, ...]]:
    return list(appendix_sheet(table, "", 4, 1, live=live).table.rows)


def csv_lines(table: AppendixTable) -> list[str]:
    return table_csv(table).decode("utf-8-sig").splitlines()[1:]


def test_a_year_s_total_is_live_in_the_workbook_and_a_constant_elsewhere() -> None:
    table = compose(YEARS, two_years(400_00, 500_00))
    total = "SUM(Sections[2024/25 Budget])"
    assert cells(table)[0][1] == Wanted(Decimal(400), total, MONEY)
    assert cells(table, live=False)[0][1] == Wanted(Decimal(400), None, MONEY)


def test_differences_and_percentages_are_formulas_in_both() -> None:
    table = compose(YEARS, two_years(4283405_00, 4316550_00))
    percentage = 'IF(B5=0,"n/a",ROUND((B6-B5)/B5,3))'
    for live in (True, False):
        first, second = cells(table, live=live)
        assert first[2:] == (Wanted("-", None, MONEY), Wanted("new", None, PERCENT))
        assert second[2] == Wanted(Decimal(33145), "B6-B5", MONEY)
        assert second[3] == Wanted(Decimal("0.008"), percentage, PERCENT)


def test_formulas_follow_a_table_that_stands_elsewhere() -> None:
    table = compose(YEARS, two_years(100, 200))
    second = appendix_sheet(table, "", 10, 3).table.rows[1]
    assert second[2].formula == "D12-D11"
    assert second[3].formula == 'IF(D11=0,"n/a",ROUND((D12-D11)/D11,3))'


def test_csv_has_percentages_as_printed_without_their_sign() -> None:
    assert csv_lines(compose(YEARS, two_years(4283405_00, 4316550_00))) == [
        "2024/25,4283405,-,new",
        "2025/26,4316550,33145,0.8",
    ]


@pytest.mark.parametrize(
    ("before", "after", "printed"),
    [
        (100_00, 100_00, "none,same"),
        (100_00, 50_00, "-50,-50.0"),
        (10000_00, 9995_00, "-5,-0.1"),
        (100000_00, 99996_00, "-4,same"),
        (0, 100_00, "100,new"),
    ],
)
def test_blank_and_nought_of_computed_cells_print_as_the_layout_says(
    before: int, after: int, printed: str
) -> None:
    assert csv_lines(compose(YEARS, two_years(before, after)))[1].endswith(f",{printed}")


def test_a_word_for_nought_stands_in_a_published_file_and_a_live_formula_in_the_workbook() -> None:
    table = compose(YEARS, two_years(100_00, 100_00))
    assert [cell.value for cell in cells(table, live=False)[1][2:]] == ["none", "same"]
    live = cells(table)[1][2:]
    assert [cell.value for cell in live] == [Decimal(0), Decimal(0)]
    assert all(cell.formula for cell in live)


def test_a_formula_counts_a_word_for_nought_as_nought() -> None:
    table = layout(
        Column(header="Now", amount=YEAR, zero="nil"),
        Column(header="Next", amount=NEXT_YEAR),
        Column(header="Change", compute="difference", of="Next", since="Now"),
        Column(header="%", compute="percent increase", of="Now", since="Next"),
    )
    made = compose(table, two_years(0, 500_00))
    (row,) = cells(made, live=False)
    assert [cell.value for cell in row] == ["nil", Decimal(500), Decimal(500), Decimal(-1)]
    assert row[2].formula == "N(B5)-N(A5)"
    assert row[3].formula == 'IF(N(B5)=0,"n/a",ROUND((N(A5)-N(B5))/N(B5),3))'


@pytest.mark.parametrize(("decimals", "printed"), [(0, "33"), (1, "33.3"), (2, "33.33")])
def test_a_percentage_prints_and_is_stored_with_its_decimals(decimals: int, printed: str) -> None:
    percent = msgspec.structs.replace(YEARS.column[3], decimals=decimals)
    table = compose(
        msgspec.structs.replace(YEARS, column=(*YEARS.column[:3], percent)), two_years(300, 400)
    )
    assert csv_lines(table)[1].split(",")[3] == printed
    cell = cells(table)[1][3]
    assert cell.value == Decimal(printed) / 100
    assert cell.formula == f'IF(B5=0,"n/a",ROUND((B6-B5)/B5,{decimals + 2}))'


def test_headers_and_cells_take_the_look_of_their_kind() -> None:
    header = appendix_sheet(compose(YEARS, two_years(1, 2)), "", 4, 1).table.header
    assert [cell.look for cell in header] == [
        Look("header", kind) for kind in ("text", "money", "money", "percent")
    ]


def test_a_section_is_looked_up_by_block_and_name_less_its_lines_apart() -> None:
    apart = Apart(label="Reserve", field="Service", begins="Reserve")
    lines = [line("L1", 100_00), line("L2", 30_00, words={"Service": "Reserve fund"})]
    table = compose(msgspec.structs.replace(SECTIONS, apart=(apart,)), budget(lines, [section()]))
    victims, reserve, total = cells(table)
    of_victims = 'Sections[Block],"Commissioning",Sections[Section],"Victims"'
    of_lines = 'Lines[Block],"Commissioning",Lines[Section],"Victims",Lines[Service],"Reserve*"'
    assert victims[1].value == Decimal(100)
    assert victims[1].formula == (
        f"SUMIFS(Sections[{YEAR}],{of_victims})-SUMIFS(Lines[{YEAR}],{of_lines})"
    )
    assert reserve[1].formula == f'SUMIFS(Lines[{YEAR}],Lines[Service],"Reserve*")'
    assert total[1] == Wanted(Decimal(130), "SUM(B5:B6)", Look("total", "money"))
    assert [row[1].formula for row in cells(table, live=False)] == [None, None, "SUM(B5:B6)"]


def test_an_award_is_looked_up_by_the_areas_code() -> None:
    columns = (Column(header="Area", field="Area"), Column(header="Award", compute="award"))
    table = msgspec.structs.replace(layout(*columns), rows="areas")
    area = Record("E1", {"Area": "Blaby"}, Origin("b.xlsx", "Areas", 5, {}))
    made = compose(table, budget(), further=Further(areas=(area,), awards={"E1": 29700_00}))
    formula = 'SUMIFS(Allocation[Award],Allocation[Area code],"E1")'
    assert cells(made)[0][1] == Wanted(Decimal(29700), formula, MONEY)
    assert csv_lines(made) == ["Blaby,29700"]


def test_an_entered_subtotal_is_looked_up_and_its_own_lines_are_added() -> None:
    table = msgspec.structs.replace(
        layout(Column(header="What", field="Service"), Column(header="Spend", amount=YEAR)),
        group="section",
        across_blocks=True,
        subtotal=Subtotal(label="Sum", column="What"),
        total=Total(label="All", column="What"),
    )
    sections = [section(), section("Victims", {YEAR: 40_00}, block="Grants", order=20)]
    made = compose(table, budget([line("L1", 2_00)], sections))
    looked_up = f'SUMIFS(Sections[{YEAR}],Sections[Block],"Grants",Sections[Section],"Victims")'
    assert [row[1].formula for row in cells(made)] == [None, f"SUM(B5)+{looked_up}", "SUM(B6)"]
    assert [row[1].formula for row in cells(made, live=False)] == [None, None, "SUM(B6)"]
    assert [row[1].value for row in cells(made)] == [Decimal(2), Decimal(42), Decimal(42)]


@pytest.mark.parametrize(
    ("source", "formula"),
    [
        (SectionSum("H"), "SUM(Sections[H])"),
        (SectionSum("H", (("A", None),)), 'SUMIFS(Sections[H],Sections[Block],"A")'),
        (
            SectionSum("H", (("A", None), ("B", None))),
            'SUMIFS(Sections[H],Sections[Block],"A")+SUMIFS(Sections[H],Sections[Block],"B")',
        ),
        (
            LineSum("H", Criterion("[It's] #1", 'a "b" *?~', begins=False)),
            'SUMIFS(Lines[H],Lines[\'[It\'\'s\'] \'#1],"a ""b"" ~*~?~~")',
        ),
        (
            LineSum("H", Criterion("S", "<5", begins=True), ("A", "=B")),
            (
                'SUMIFS(Lines[H],Lines[Block],"A",Lines[S],"=<5*")'
                '+SUMIFS(Lines[H],Lines[Block],"==B",Lines[S],"=<5*")'
            ),
        ),
        (AreaAward('7"'), 'SUMIFS(Allocation[Award],Allocation[Area code],"7""")'),
    ],
)
def test_names_are_looked_for_as_they_stand(source: Source, formula: str) -> None:
    assert source_formula(source) == formula


@pytest.mark.parametrize(
    "source",
    [
        LineSum("H", Criterion("S", "x" * 255, begins=True)),
        SectionSum("H", tuple(("Block", f"Section {number}") for number in range(200))),
    ],
)
def test_what_no_formula_can_say_is_a_constant(source: Source) -> None:
    assert source_formula(source) is None
    table = AppendixTable(SECTIONS, (TableRow("line", ("A", AmountCell(1_00, source=source))),))
    assert cells(table) == [
        (Wanted("A", None, Look("line", "text")), Wanted(Decimal(1), None, MONEY))
    ]


def test_a_number_among_words_stays_a_number() -> None:
    table = layout(Column(header="People", field="Population"), Column(header="Mixed", field="M"))
    origin = Origin("b.xlsx", "Areas", 5, {})
    areas = (
        Record("1", {"Area": "A", "Population": Decimal(371000), "M": Decimal("1.5")}, origin),
        Record("2", {"Area": "B", "Population": Decimal(41000), "M": "about 2"}, origin),
    )
    made = compose(
        msgspec.structs.replace(table, rows="areas"), budget(), further=Further(areas=areas)
    )
    assert csv_lines(made) == ["371000,1.5", "41000,about 2"]
    sheet = appendix_sheet(made, "", 4, 1).table
    assert [cell.look for cell in sheet.header] == [Look("header", "count"), Look("header", "text")]
    assert sheet.rows[0] == (
        Wanted(Decimal(371000), None, Look("line", "count")),
        Wanted(Decimal("1.5"), None, Look("line", "number")),
    )
