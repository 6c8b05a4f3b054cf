"""What `Summary` is to hold: spend by section, shares or changes, and what the chart draws."""

from dataclasses import replace
from decimal import Decimal

import pytest

from builders import NEXT_YEAR, YEAR, budget, line, section, table_of
from xlframework.ground.financial_year import AmountColumn
from xlframework.model.budget import Amount, Budget
from xlframework.rules.subtotals import total_up
from xlframework.sheets.change import Wanted, WantedTable
from xlframework.sheets.package.records import Value
from xlframework.sheets.palette import Look
from xlframework.sheets.summary_sheet import CHART_NAME, wanted_chart, wanted_summary

SHARE = f"Share of {YEAR}"
CHANGE = f"Change to {NEXT_YEAR}"


def two_sections(victims: dict[str, Amount], grants: dict[str, Amount], *headers: str) -> Budget:
    lines = [line("L1", victims), line("G1", grants, block="Grants", section="MoJ")]
    sections = [section(), section("MoJ", order=20, block="Grants")]
    return budget(lines, sections, headers=headers or (YEAR,))


def summary(one: Budget) -> WantedTable:
    return wanted_summary(total_up(one), one.columns)


def column(table: WantedTable, header: str) -> list[Wanted]:
    at = [each.name for each in table.columns].index(header)
    return [row[at] for row in table.rows]


def values(table: WantedTable, header: str) -> list[Value]:
    return [cell.value for cell in column(table, header)]


ONE_YEAR = two_sections({YEAR: 300_00}, {YEAR: 100_00})
TWO_YEARS = two_sections(
    {YEAR: 200_00, NEXT_YEAR: 250_50}, {YEAR: None, NEXT_YEAR: 10_00}, YEAR, NEXT_YEAR
)


def test_sections_come_first_then_blocks_then_the_grand_total() -> None:
    table = summary(ONE_YEAR)
    assert list(zip(values(table, "Block"), values(table, "Section"), strict=True)) == [
        ("Commissioning", "Victims"),
        ("Grants", "MoJ"),
        ("Commissioning", "Total"),
        ("Grants", "Total"),
        ("All blocks", "Total"),
    ]
    looks = [cell.look.row for cell in column(table, YEAR) if cell.look is not None]
    assert looks == ["line", "line", "subtotal", "subtotal", "total"]


def test_every_amount_is_a_formula_over_sections_with_its_value() -> None:
    table = summary(ONE_YEAR)
    assert values(table, YEAR) == [Decimal(each) for each in (300, 100, 300, 100, 400)]
    formulas = [cell.formula for cell in column(table, YEAR)]
    assert formulas[0] == (
        "SUMIFS(Sections[2024/25 Budget],Sections[Block],Summary[[#This Row],[Block]],"
        "Sections[Section],Summary[[#This Row],[Section]])"
    )
    assert formulas[2] == (
        "SUMIFS(Sections[2024/25 Budget],Sections[Block],Summary[[#This Row],[Block]])"
    )
    assert formulas[4] == "SUM(Sections[2024/25 Budget])"


def test_one_year_shows_each_rows_share_of_all() -> None:
    shares = column(summary(ONE_YEAR), SHARE)
    assert [cell.value for cell in shares] == [
        Decimal(each) for each in ("0.75", "0.25", "0.75", "0.25", "1.0")
    ]
    assert {cell.look for cell in shares} == {
        Look(row, "percent") for row in ("line", "subtotal", "total")
    }


def test_a_share_of_nothing_is_not_available() -> None:
    table = summary(two_sections({YEAR: 0}, {YEAR: None}))
    assert values(table, SHARE) == ["n/a"] * 5
    assert all('"n/a"' in str(cell.formula) for cell in column(table, SHARE))


def test_two_years_show_the_change_in_pounds_and_per_cent() -> None:
    table = summary(TWO_YEARS)
    names = [each.name for each in table.columns]
    assert names[-2:] == [CHANGE, f"{CHANGE} %"]
    assert SHARE not in names
    assert values(table, CHANGE) == [Decimal(each) for each in ("50.5", "10", "50.5", "10", "60.5")]
    assert values(table, f"{CHANGE} %") == [
        Decimal("0.2525"),
        "n/a",
        Decimal("0.2525"),
        "n/a",
        Decimal("0.3025"),
    ]


def test_a_change_is_a_formula_of_its_own_row() -> None:
    table = summary(TWO_YEARS)
    old, new = (f"Summary[[#This Row],[{year}]]" for year in (YEAR, NEXT_YEAR))
    assert column(table, CHANGE)[0].formula == f"{new}-{old}"
    assert column(table, f"{CHANGE} %")[0].formula == f'IF({old}=0,"n/a",({new}-{old})/{old})'


def test_pence_show_in_every_column_that_has_any() -> None:
    table = summary(TWO_YEARS)
    kinds = [
        cell.look.column
        for header in (YEAR, NEXT_YEAR, CHANGE)
        for cell in column(table, header)[:1]
        if cell.look is not None
    ]
    assert kinds == ["money", "pence", "pence"]


def test_two_figures_of_one_year_are_no_change_from_year_to_year() -> None:
    actual = "2024/25 Actual"
    table = summary(two_sections({YEAR: 5, actual: 7}, {}, YEAR, actual))
    assert not any(each.name.startswith(("Change", "Share")) for each in table.columns)


def test_every_header_stands_once() -> None:
    headers = (YEAR, "2024/25 Actual", NEXT_YEAR, "2026/27 Forecast")
    names = [each.name.casefold() for each in summary(budget(headers=headers)).columns]
    assert len(set(names)) == len(names)
    assert len(names) == len(summary(budget(headers=headers)).header)


def test_an_empty_budget_has_its_grand_total() -> None:
    table = summary(budget())
    assert values(table, YEAR) == [Decimal(0)]


def test_the_chart_draws_a_series_for_each_amount_column_over_the_sections_alone() -> None:
    table = replace(table_of("B22:E23", "a", name="Summary"), sheet="Anna's")
    chart = wanted_chart(table, summary(TWO_YEARS), TWO_YEARS.columns)
    assert chart.name == CHART_NAME
    assert [each.title for each in chart.series] == [YEAR, NEXT_YEAR]
    assert [each.values for each in chart.series] == [
        (Decimal(200), Decimal(0)),
        (Decimal("250.5"), Decimal(10)),
    ]
    assert [len(each.categories) for each in chart.series] == [2, 2]
    ranges = {each.categories_range for each in chart.series}
    assert all(each.startswith("'Anna''s'!$") and each.endswith("$24") for each in ranges)
    assert len(ranges) == 1


@pytest.mark.parametrize("number", [0, 1])
def test_a_series_reads_the_column_of_its_own_header(number: int) -> None:
    wanted = summary(TWO_YEARS)
    chart = wanted_chart(table_of("A4:E5", "a", name="Summary"), wanted, TWO_YEARS.columns)
    series = chart.series[number]
    at = [each.name for each in wanted.columns].index(series.title)
    letter = "ABCDEFGH"[at]
    assert series.title_cell == f"'Sheet'!${letter}$4"
    assert series.values_range == f"'Sheet'!${letter}$5:${letter}$6"


def test_a_chart_without_sections_still_names_a_row() -> None:
    columns = (AmountColumn.parse(YEAR),)
    chart = wanted_chart(table_of("A4:E5", "a", name="Summary"), summary(budget()), columns)
    assert chart.series[0].values == ()
    assert chart.series[0].values_range.endswith("$5")
