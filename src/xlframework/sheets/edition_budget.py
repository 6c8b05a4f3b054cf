"""Reads an edition's budget from its CSV tables, as the workbook made from it would give it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from xlframework.ground.money import pence_of
from xlframework.model.budget import Amount, Budget, Line, Origin, Section, Word
from xlframework.model.edition import CsvTable, Edition
from xlframework.model.workbook import DataKind, TableSpec, WorkbookSpec
from xlframework.sheets.cells import shown, to_date
from xlframework.sheets.fill import check_headers, typed
from xlframework.sheets.package.records import Value
from xlframework.sheets.read_budget import OWN_RULES

# A row of a table: what each of its cells would store, and where it stands.
_Row = tuple[Mapping[str, Value], Origin]


def budget_of(edition: Edition, spec: WorkbookSpec) -> Budget:
    """Give the budget that an edition holds, without making its workbook.

    Args:
        edition: as read from its folder.
        spec: tells which columns there are, what they hold and which lists they draw on.

    Returns:
        What `read_budget` gives for the workbook that `new` makes of the edition; only
        the origins differ, which lie in the CSV files.

    Raises:
        DeclarationError: if a value cannot be read or a header is not known; the message
            names file and line.
    """
    years = tuple(str(column) for column in edition.columns)
    lines, sections = spec.table("Lines"), spec.table("Sections")
    areas = edition.tables.get("Areas")
    return Budget(
        columns=edition.columns,
        lines=tuple(
            _line(row, lines, years) for row in _rows(edition.tables.get("Lines"), lines, years)
        ),
        sections=tuple(
            _section(row, years) for row in _rows(edition.tables.get("Sections"), sections, years)
        ),
        area_codes=frozenset(
            row.get("Area code", "").strip() for row in filled_rows(areas).values()
        ),
        lists=dict(_lists(spec)),
    )


def filled_rows(source: CsvTable | None) -> Mapping[int, Mapping[str, str]]:
    """Give the rows that hold anything, by their line of the file."""
    if source is None:
        return {}
    pairs = zip(source.lines, source.rows, strict=True)
    return {line: row for line, row in pairs if any(text.strip() for text in row.values())}


def _rows(source: CsvTable | None, spec: TableSpec, years: tuple[str, ...]) -> Iterator[_Row]:
    if source is None:
        return
    headers = (*spec.headers, *years)
    check_headers(source, spec.name, headers)
    kinds: dict[str, DataKind] = dict.fromkeys(years, "money")
    kinds |= {column.header: column.kind for column in spec.column}
    columns = {header: number for number, header in enumerate(source.headers, start=1)}
    for line, row in filled_rows(source).items():
        values = {
            header: typed(
                row.get(header, ""), kinds[header], f"{source.file}, line {line}: {header}"
            )
            for header in headers
        }
        yield values, Origin(source.file, None, line, columns)


def _line(row: _Row, spec: TableSpec, years: tuple[str, ...]) -> Line:
    values, origin = row

    def text(header: str) -> str:
        return shown(values.get(header))

    return Line(
        line_id=text("Line ID").strip(),
        order=_order(values),
        block=text("Block"),
        section=text("Section"),
        area_code=text("Area code").strip(),
        shared_with=text("Shared with").strip(),
        words={column.header: _word(values[column.header], column.kind) for column in spec.column},
        amounts={year: _amount(values[year]) for year in years},
        origin=origin,
    )


def _section(row: _Row, years: tuple[str, ...]) -> Section:
    values, origin = row
    amounts = {year: _amount(values[year]) for year in years}
    return Section(
        order=_order(values),
        block=shown(values.get("Block")),
        name=shown(values.get("Section")),
        entered={year: amount for year, amount in amounts.items() if amount is not None},
        origin=origin,
    )


def _order(values: Mapping[str, Value]) -> Decimal | None:
    order = values.get("Order")
    return order if isinstance(order, Decimal) else None


def _amount(value: Value) -> Amount:
    return pence_of(value) if isinstance(value, Decimal) else None


def _word(value: Value, kind: DataKind) -> Word:
    if kind == "date" and isinstance(value, Decimal):
        return to_date(value, date_1904=False)
    return shown(value)


def _lists(spec: WorkbookSpec) -> Iterator[tuple[str, tuple[str, ...]]]:
    items = {each.name: each.items for each in spec.list}
    for column in spec.table("Lines").column:
        if column.list is not None and column.header not in OWN_RULES:
            yield column.header, items[column.list]
