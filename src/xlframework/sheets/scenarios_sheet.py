"""What `Scenarios` is to hold: every area's award under every scenario, and our chart of them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlframework.ground.money import pounds_decimal
from xlframework.ground.place import column_letters, quoted_sheet
from xlframework.rules.allocation.allocate import AreaAward
from xlframework.rules.allocation.scenario import Scenario
from xlframework.sheets.change import ChartChange, Wanted, WantedTable, header_cells
from xlframework.sheets.package.records import Series, Table, TableColumn
from xlframework.sheets.palette import ColumnKind, Look, RowKind
from xlframework.sheets.sections_sheet import amount_kind

TABLE = "Scenarios"
CHART_NAME = "xlf_scenarios"

# A header of a scenario begins so, which tells it from a column that somebody added.
PREFIX = "If "

_STEP = re.compile(r" ([+-])([0-9.]+ points)\Z")
_WAYS = {"+": "up", "-": "down"}

_LABELS = ("Area code", "Area")
_DRAWN = ("Previous award", "As set", "Lowest", "Highest")
_NO_VALUE = "n/a"


def wanted_scenarios(scenarios: Sequence[Scenario]) -> WantedTable:
    """Lay out the table: a row for each area, then winners, losers and the largest loss.

    Args:
        scenarios: the split as set first; empty where the workbook has no formula.
    """
    others = scenarios[1:]
    headers = (*_LABELS, *_DRAWN, *(f"{PREFIX}{_spoken(each.name)}" for each in others))
    areas = _areas(scenarios)
    kind = _kind(scenarios)
    rows = (
        *(tuple(_area_row(number, scenarios, kind)) for number in range(len(areas))),
        *(tuple(row) for row in _closing_rows(scenarios, kind)),
    )
    empty = tuple(Wanted(None, None, Look("line", "text")) for _ in headers)
    return WantedTable(
        name=TABLE,
        columns=tuple(TableColumn(header) for header in headers),
        header=header_cells(headers, _LABELS),
        rows=rows or (empty,),
    )


def _spoken(name: str) -> str:
    """Say a scenario in a header, whose words break at a minus sign."""
    said = _STEP.sub(lambda step: f" {_WAYS[step[1]]} {step[2]}", name)
    return said[:1].lower() + said[1:] if said.startswith("Without ") else said


def _areas(scenarios: Sequence[Scenario]) -> tuple[AreaAward, ...]:
    first = scenarios[0].split if scenarios else None
    return first.areas if first is not None else ()


def _kind(scenarios: Sequence[Scenario]) -> ColumnKind:
    return amount_kind(tuple(area.award for area in _areas(scenarios)))


def _award(scenario: Scenario, number: int) -> int | None:
    return scenario.split.areas[number].award if scenario.split is not None else None


def _area_row(number: int, scenarios: Sequence[Scenario], kind: ColumnKind) -> Iterator[Wanted]:
    area = _areas(scenarios)[number]
    awards = [_award(scenario, number) for scenario in scenarios]
    known = [award for award in awards if award is not None]
    yield _cell(area.code, "line", "text")
    yield _cell(area.name, "line", "text")
    drawn = (area.previous, area.award, min(known), max(known))
    for pence in drawn:
        yield _cell(_NO_VALUE if pence is None else pounds_decimal(pence), "line", kind)
    for pence in awards[1:]:
        value = _NO_VALUE if pence is None else pounds_decimal(pence)
        yield _cell(value, _against(pence, area.previous), kind)


def _against(award: int | None, previous: int | None) -> RowKind:
    """Mark who wins and who loses against the previous award."""
    if award is None or previous is None or award == previous:
        return "line"
    return "good" if award > previous else "bad"


def _closing_rows(scenarios: Sequence[Scenario], kind: ColumnKind) -> Iterator[Iterator[Wanted]]:
    """Count winners and losers against the previous awards, and give the largest loss."""
    if not scenarios:
        return
    counted: tuple[tuple[str, ColumnKind, list[Decimal]], ...] = (
        ("Winners", "count", [Decimal(len(each.winners)) for each in scenarios]),
        ("Losers", "count", [Decimal(len(each.losers)) for each in scenarios]),
        ("Largest loss", kind, [_largest_loss(each) for each in scenarios]),
    )
    for label, shown_as, values in counted:
        yield _closing_row(label, shown_as, values, scenarios)
    losers = [each.largest_loss for each in scenarios]
    names = [loser.name if loser is not None else "nobody" for loser in losers]
    yield _closing_row("Loses most", "text", names, scenarios)


def _largest_loss(scenario: Scenario) -> Decimal:
    loss = scenario.largest_loss
    return pounds_decimal(loss.change or 0) if loss is not None else Decimal(0)


def _closing_row(
    label: str,
    kind: ColumnKind,
    values: Sequence[Decimal | str],
    scenarios: Sequence[Scenario],
) -> Iterator[Wanted]:
    yield _cell(label, "subtotal", "text")
    yield _cell("against the previous award", "subtotal", "text")
    yield _cell(None, "subtotal", kind)
    yield _cell(values[0], "subtotal", kind)
    yield _cell(None, "subtotal", kind)
    yield _cell(None, "subtotal", kind)
    for scenario, value in zip(scenarios[1:], values[1:], strict=True):
        yield _cell(_NO_VALUE if scenario.split is None else value, "subtotal", kind)


def _cell(value: str | Decimal | None, row: RowKind, kind: ColumnKind) -> Wanted:
    return Wanted(value, None, Look(row, kind))


def wanted_scenario_chart(table: Table, scenarios: Sequence[Scenario]) -> ChartChange | None:
    """Say what our chart draws: each area's previous award, award, and range.

    Args:
        table: where the table stands.
        scenarios: as laid out; None is given where there are none to draw.
    """
    areas = _areas(scenarios)
    if not areas:
        return None
    sheet = quoted_sheet(table.sheet)
    top, left = table.area.first_row, table.area.first_column
    first, last = top + 1, top + len(areas)

    def down(column: int) -> str:
        letters = column_letters(column)
        return f"{sheet}!${letters}${first}:${letters}${last}"

    names = tuple((area.name,) for area in areas)
    rows = [tuple(_area_row(number, scenarios, "money")) for number in range(len(areas))]
    series = tuple(
        Series(
            title=header,
            title_cell=f"{sheet}!${column_letters(left + offset)}${top}",
            categories=names,
            categories_range=down(left + 1),
            values=tuple(_number(row[offset]) for row in rows),
            values_range=down(left + offset),
        )
        for offset, header in enumerate(_DRAWN, start=len(_LABELS))
    )
    return ChartChange(CHART_NAME, table.sheet, series)


def _number(wanted: Wanted) -> Decimal | None:
    return wanted.value if isinstance(wanted.value, Decimal) else None
