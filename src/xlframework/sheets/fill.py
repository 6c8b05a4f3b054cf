"""Fills a skeleton workbook with an edition: its tables from CSV, its named cells from settings."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal

from xlframework.ground.errors import DeclarationError
from xlframework.ground.financial_year import AmountColumn
from xlframework.ground.money import MoneyError, is_whole_pounds, parse_pounds, pounds_decimal
from xlframework.model.edition import CsvTable, Edition
from xlframework.model.workbook import DataKind, TableSpec, WorkbookSpec
from xlframework.sheets.cells import from_date
from xlframework.sheets.change import Wanted, WantedCell, WantedTable
from xlframework.sheets.package.records import TableColumn, Value
from xlframework.sheets.palette import Look, palette_kind
from xlframework.sheets.snapshot import Snapshot, TableView, amount_column

# From here on a whole number is easier to read with its thousands set apart.
_LONG_NUMBER = 10_000

_PLAIN_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?\Z")
_PLAIN_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def wanted_tables(
    snapshot: Snapshot, spec: WorkbookSpec, edition: Edition
) -> Iterator[WantedTable]:
    """Give every table that an edition fills, and the amount columns of those it does not.

    Raises:
        DeclarationError: if a value cannot be read; the message names file and line.
    """
    for table in spec.tables:
        source = edition.tables.get(table.name)
        if table.generated or (source is None and not table.amounts):
            continue
        empty = CsvTable("", table.headers, ())
        yield _filled(table, snapshot.tables[table.name], source or empty, edition.columns)


def _filled(
    spec: TableSpec, view: TableView, source: CsvTable, amounts: tuple[AmountColumn, ...]
) -> WantedTable:
    years = tuple(str(column) for column in amounts) if spec.amounts else ()
    headers = _headers(view, years)
    if spec.further is not None:
        headers = _with_further(headers, source.headers)
    check_headers(source, spec.name, headers)
    kinds: dict[str, DataKind] = {column.header: column.kind for column in spec.column}
    kinds |= {year: _amount_kind(source, year) for year in years}
    if spec.further is not None:
        further = spec.further
        kinds = {each: _further_kind(source, each, further) for each in headers} | kinds
    columns = [kinds.get(header, "text") for header in headers]
    return WantedTable(
        name=spec.name,
        columns=tuple(TableColumn(header) for header in headers),
        header=tuple(
            Wanted(header, None, Look("header", palette_kind(kind)))
            for header, kind in zip(headers, columns, strict=True)
        ),
        rows=tuple(
            tuple(
                _cell(row.get(header, ""), kind, f"{source.file}, line {number}: {header}")
                for header, kind in zip(headers, columns, strict=True)
            )
            for number, row in zip(source.lines, source.rows, strict=True)
        ),
    )


def check_headers(source: CsvTable, table: str, headers: Collection[str]) -> None:
    """See that a file has no column that its table has not.

    Args:
        source: the file.
        table: the name of the table that it fills.
        headers: the headers that the table has.

    Raises:
        DeclarationError: for the first other header; the message names it.
    """
    for header in source.headers:
        if header not in headers:
            raise DeclarationError(
                f"{source.file}, line 1: the table {table} has no column {header!r}; "
                "correct the header."
            )


def _headers(view: TableView, years: tuple[str, ...]) -> tuple[str, ...]:
    """Keep a template's own columns; the edition's years take the place of the template's."""
    present = [str(amount_column(header) or header) for header in view.columns]
    first = next((n for n, header in enumerate(present) if amount_column(header)), len(present))
    others = [header for header in present if amount_column(header) is None]
    before = [header for header in present[:first] if amount_column(header) is None]
    return (*before, *years, *others[len(before) :])


def _with_further(headers: tuple[str, ...], given: tuple[str, ...]) -> tuple[str, ...]:
    """Let a file bring columns of its own, each behind the one it follows there."""
    merged = list(headers)
    for before, header in zip(("", *given), given, strict=False):
        if header not in merged:
            merged.insert(merged.index(before) + 1 if before else 0, header)
    return tuple(merged)


def _amount_kind(source: CsvTable, header: str) -> DataKind:
    """Choose whether a year's amounts show their pence: as soon as one of them has any."""
    for row in source.rows:
        try:
            pence = parse_pounds(row.get(header, ""))
        except MoneyError:
            continue
        if pence is not None and not is_whole_pounds(pence):
            return "pence"
    return "money"


def _further_kind(source: CsvTable, header: str, usual: DataKind) -> DataKind:
    """Choose whether an indicator shows decimals: a share of 0.478 would show as nought without."""
    for row in source.rows:
        try:
            number = _finite(row.get(header, ""))
        except ValueError:
            continue
        if number != number.to_integral_value() and abs(number) < _LONG_NUMBER:
            return "number"
    return usual


def _cell(text: str, kind: DataKind, where: str) -> Wanted:
    value = typed(text, kind, where)
    column = palette_kind(kind)
    if kind == "number" and isinstance(value, Decimal) and _is_long(value):
        column = "count"
    return Wanted(value, None, Look("line", column))


def _is_long(number: Decimal) -> bool:
    return number == number.to_integral_value() and abs(number) >= _LONG_NUMBER


def typed(text: str, kind: DataKind, where: str) -> Value:
    """Turn a text of an edition into what a cell stores.

    Args:
        text: as it stands in the file; blank gives an empty cell.
        kind: what the cell holds.
        where: file, line and header, for the message.

    Raises:
        DeclarationError: if the text is not of that kind.
    """
    if not text.strip():
        return None
    try:
        if kind in {"money", "pence"}:
            pence = parse_pounds(text)
            return None if pence is None else pounds_decimal(pence)
        if kind in {"number", "count"}:
            return _finite(text)
        if kind == "percent":
            return _finite(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        if kind == "date":
            return from_date(_plain_date(text), date_1904=False)
    except ValueError as error:
        raise DeclarationError(f"{where}: {text!r} is not a {_SPOKEN[kind]}.") from error
    return text


_SPOKEN: Mapping[DataKind, str] = {
    "money": "plain amount in pounds, such as 1250 or 1250.50",
    "pence": "plain amount in pounds, such as 1250 or 1250.50",
    "number": "number",
    "count": "number",
    "percent": "percentage, such as 25%",
    "date": "date written as YYYY-MM-DD",
}


def _plain_date(text: str) -> date:
    if _PLAIN_DATE.match(text) is None:
        raise ValueError(text)
    return date.fromisoformat(text)


def _finite(text: str) -> Decimal:
    if _PLAIN_NUMBER.match(text.strip()) is None:
        raise ValueError(text)
    return Decimal(text.strip())


def wanted_settings(
    snapshot: Snapshot, spec: WorkbookSpec, edition: Edition
) -> Iterator[WantedCell]:
    """Give the named cells that an edition sets.

    Raises:
        DeclarationError: if `edition.toml` sets a cell that is not declared.
    """
    said = edition.spec
    settings = {
        "Edition": said.name,
        "Status": said.status,
        "Dated": said.dated,
        "Years": ", ".join(said.years),
        "Layouts": ", ".join(said.layouts),
        **said.cells,
    }
    kinds = {cell.name: cell.kind for cell in spec.cells}
    for name, text in settings.items():
        if name not in kinds:
            raise DeclarationError(f"edition.toml: key cells.{name}: no cell has that name.")
        value = typed(text, kinds[name], f"edition.toml: key {name}")
        named = snapshot.names[name]
        wide = any(cell.name == name and cell.wide for cell in spec.cells)
        wanted = Wanted(value, wraps=not wide)
        yield WantedCell(named.sheet.name, named.row, named.column, wanted)
