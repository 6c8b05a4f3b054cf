"""Forms as issued from the 2024-25 workbook, and filled in as partners fill them in."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from builders import ROOT
from xlframework.commands.against import open_against
from xlframework.ground.money import pounds_decimal
from xlframework.ground.place import Area, cell_name, parse_cell
from xlframework.model.form import Form
from xlframework.model.form_file import read_forms
from xlframework.model.returns import Against, Issued
from xlframework.sheets.cells import from_date
from xlframework.sheets.package.container import package_bytes, read_package
from xlframework.sheets.package.patch_cells import patch_cells
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import CellPatch, Package, Value
from xlframework.sheets.returns.form_book import build_form
from xlframework.sheets.returns.form_layout import FormLayout, lay_out

COMMISSIONING = ROOT / "workbook" / "commissioning.xlsx"
PLAN, MONITORING = "csp-plan-budget", "monitoring-return"
BLABY, LEICESTER, FREEVA = "Blaby District Council", "Leicester City Council", "Freeva"

# The part of the sheet Return.
PART = "xl/worksheets/sheet1.xml"

Typed = str | int | float | Decimal | date | None

# A plan of Blaby's that spends its award of £52,666 to the pound.
BLABYS_PLAN: tuple[Mapping[str, Typed], ...] = (
    {
        "Activity": "Burglary target hardening",
        "Priority": "Community Safety",
        "Provider": "Blaby District Council",
        "Cost type": "Equipment",
        "Q1": 5000,
        "Q2": 5000,
        "Q3": 5000,
        "Q4": 4666,
        "Match funding": 1500,
        "Outcome measure": "Repeat burglaries down by a tenth",
    },
    {
        "Activity": "Domestic abuse outreach",
        "Priority": "Victim Services",
        "Provider": "Living Without Abuse",
        "Cost type": "Staffing",
        "Q1": 6250.25,
        "Q2": 6250.25,
        "Q3": 6250.25,
        "Q4": 6249.25,
        "Match funding": 0,
        "Outcome measure": "60 people supported",
    },
    {
        "Activity": "Summer youth diversion",
        "Priority": "Prevention",
        "Provider": "Blaby District Council",
        "Cost type": "Services",
        "Q1": 0,
        "Q2": 8000,
        "Q3": 0,
        "Q4": 0,
        "Match funding": None,
        "Outcome measure": "200 young people reached",
    },
)
DECLARED: Mapping[str, Typed] = {
    "Declared_by": "A. Treasurer, Section 151 officer",
    "Declared_on": date(2024, 4, 22),
}


@cache
def forms() -> Mapping[str, Form]:
    return {form.name: form for form in read_forms(ROOT / "templates")}


@cache
def against() -> Against:
    """Give what the 2024-25 workbook expects of every return."""
    return open_against(COMMISSIONING, ROOT / "templates")


def issued(form: str, organisation: str) -> Issued:
    (found,) = (
        each for each in against().issued if (each.form, each.organisation) == (form, organisation)
    )
    return found


def layout(form: str, organisation: str) -> FormLayout:
    share = issued(form, organisation)
    declared = forms()[form]
    rows = declared.table.rows or len(share.lines)
    return lay_out(declared, rows, covered=bool(share.covered))


def at(form: str, organisation: str, name: str, row: int = 1) -> str:
    """Give the address of a named cell, or of a column's cell in a row of the table, from 1."""
    places = layout(form, organisation)
    if name in places.fields:
        return cell_name(*places.fields[name])
    column = forms()[form].table.headers.index(name) + 1
    return cell_name(places.header + row, column)


@cache
def blank(form: str, organisation: str) -> bytes:
    """Give a form as it is issued."""
    return build_form(forms()[form], issued(form, organisation))


def typed(data: bytes, cells: Mapping[str, Typed]) -> bytes:
    """Type into cells of the sheet Return, and leave everything else byte for byte."""
    package = read_package(data, "return.xlsx")
    patches = [CellPatch(*parse_cell(cell), _value(value)) for cell, value in cells.items()]
    return package_bytes(patch_cells(package, PART, patches))


def _value(value: Typed) -> Value:
    if isinstance(value, date):
        return from_date(value, date_1904=False)
    return Decimal(str(value)) if isinstance(value, int | float) else value


def plan(
    rows: Sequence[Mapping[str, Typed]] = BLABYS_PLAN,
    fields: Mapping[str, Typed] = DECLARED,
    organisation: str = BLABY,
) -> bytes:
    """Give a partnership's plan, filled in; without arguments one with nothing wrong."""
    cells = {at(PLAN, organisation, name): value for name, value in fields.items()}
    for number, row in enumerate(rows, start=1):
        cells |= {at(PLAN, organisation, header, number): value for header, value in row.items()}
    return calculated(PLAN, organisation, typed(blank(PLAN, organisation), cells))


def monitoring(
    rows: Sequence[Mapping[str, Typed]] | None = None,
    fields: Mapping[str, Typed] = DECLARED,
    organisation: str = FREEVA,
    period: str = "Q2",
) -> bytes:
    """Give a provider's return, filled in; without arguments one with nothing wrong."""
    cells = {at(MONITORING, organisation, name): value for name, value in fields.items()}
    cells[at(MONITORING, organisation, "Period")] = period
    share = issued(MONITORING, organisation)
    chosen = rows if rows is not None else [on_budget(line.budget) for line in share.lines]
    for number, row in enumerate(chosen, start=1):
        cells |= {
            at(MONITORING, organisation, header, number): value for header, value in row.items()
        }
    return calculated(MONITORING, organisation, typed(blank(MONITORING, organisation), cells))


def calculated(form: str, organisation: str, data: bytes) -> bytes:
    """Give every formula the value that Excel would store with it."""
    declared, places = forms()[form], layout(form, organisation)
    book = read_book(package_of(data))
    sheet = book.sheets[0]
    patches: list[CellPatch] = []
    rows: list[dict[str, int]] = []
    for row in places.rows:
        amounts: dict[str, int] = {}
        for column, spec in enumerate(declared.table.column, start=1):
            cell = sheet.cell(row, column)
            if spec.formula is not None:
                amounts[spec.header] = spec.formula.of(amounts)
                value = pounds_decimal(amounts[spec.header])
                patches.append(CellPatch(row, column, value, cell.formula))
            elif spec.kind == "money" and isinstance(cell.value, Decimal):
                amounts[spec.header] = int(cell.value * 100)
        rows.append(amounts)
    known = {header: sum(row.get(header, 0) for row in rows) for header in declared.table.headers}
    for field in declared.field:
        place = places.fields[field.name]
        cell = sheet.cell(*place)
        if field.formula is not None:
            known[field.name] = field.formula.of(known)
            patches.append(CellPatch(*place, pounds_decimal(known[field.name]), cell.formula))
        elif field.kind == "money" and isinstance(cell.value, Decimal):
            known[field.name] = int(cell.value * 100)
    return package_bytes(patch_cells(package_of(data), PART, patches))


def on_budget(budget: int) -> Mapping[str, Typed]:
    """Give a half year's row for a line of so many pence that will spend just its budget."""
    half = Decimal(budget) / 200
    return {"Spent Q1": half, "Spent Q2": 0, "Forecast to year end": Decimal(budget) / 100 - half}


def by_library(data: bytes, change: Callable[[Workbook], object] | None = None) -> bytes:
    """Have openpyxl open a return, change it and save it: no formula keeps its value."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    if change is not None:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def package_of(data: bytes) -> Package:
    return read_package(data, "return.xlsx")


def opened(data: bytes | Path) -> Any:
    """Open a form with openpyxl, which nobody here wrote."""
    return openpyxl.load_workbook(io.BytesIO(data) if isinstance(data, bytes) else data)


def table_area(book: Workbook, sheet: str = "Return") -> Area:
    (table,) = book[sheet].tables.values()
    return Area.parse(table.ref)
