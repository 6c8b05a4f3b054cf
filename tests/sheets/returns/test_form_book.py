"""Forms as a partner gets them, read with openpyxl: locks, names, lists, messages, values, page."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree
from openpyxl.cell.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

from returns_forms import (
    BLABY,
    LEICESTER,
    MONITORING,
    PLAN,
    against,
    at,
    blank,
    forms,
    issued,
    layout,
    opened,
    table_area,
)
from xlframework.ground.financial_year import AmountColumn
from xlframework.model.form import ColumnSpec, FieldSpec
from xlframework.rules.returns.issued import issue
from xlframework.sheets.returns.form_book import build_form
from xlframework.sheets.returns.formula_text import field_formula, row_formula

BOTH = pytest.mark.parametrize(("form", "partner"), [(PLAN, BLABY), (MONITORING, LEICESTER)])
PLANS = [(each.form, each.organisation) for each in against().issued if each.form == PLAN]


@cache
def the_form(form: str, partner: str) -> Any:
    return opened(blank(form, partner))


@cache
def values(form: str, partner: str) -> Any:
    data = io.BytesIO(blank(form, partner))
    return openpyxl.load_workbook(data, data_only=True)["Return"]


def specs(form: str, partner: str) -> Iterator[tuple[str, FieldSpec | ColumnSpec]]:
    """Give the address of every cell of a form with its declaration."""
    places = layout(form, partner)
    for field in forms()[form].field:
        yield at(form, partner, field.name), field
    for number in range(1, len(places.rows) + 1):
        for column in forms()[form].table.column:
            yield at(form, partner, column.header, number), column


@BOTH
def test_only_what_a_partner_fills_in_is_unlocked(form: str, partner: str) -> None:
    book = the_form(form, partner)
    inputs = {address for address, spec in specs(form, partner) if spec.is_input}
    unlocked = {
        cell.coordinate
        for row in book["Return"].iter_rows()
        for cell in row
        if isinstance(cell, Cell) and not cell.protection.locked
    }
    assert unlocked == inputs
    for name in ("Guidance", "Lists"):
        cells = [cell for row in book[name].iter_rows() for cell in row]
        assert all(cell.protection.locked for cell in cells)


@BOTH
def test_every_sheet_is_protected_without_a_password(form: str, partner: str) -> None:
    book = the_form(form, partner)
    assert book.sheetnames == ["Return", "Guidance", "Lists"]
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        # A person at the keyboard can go to, read and copy every cell.
        assert not sheet.protection.selectLockedCells
        assert not sheet.protection.selectUnlockedCells
    assert book.security.lockStructure
    assert book.security.workbookPassword is None


@BOTH
def test_every_named_cell_is_workbook_wide_and_single(form: str, partner: str) -> None:
    book = the_form(form, partner)
    declared = {field.name for field in forms()[form].field}
    lists = {listed.range_name for listed in forms()[form].lists()}
    assert set(book.defined_names) == declared | lists
    for name in declared:
        ((sheet, cell),) = book.defined_names[name].destinations
        assert sheet == "Return"
        assert re.fullmatch(r"\$[A-Z]+\$[0-9]+", cell)
        assert cell.replace("$", "") == at(form, partner, name)
    own = {"Print_Titles", "Print_Area"}
    assert {name for sheet in book.worksheets for name in sheet.defined_names} <= own


@BOTH
def test_the_label_stands_left_of_each_named_cell(form: str, partner: str) -> None:
    sheet = the_form(form, partner)["Return"]
    for field in forms()[form].field:
        assert sheet[at(form, partner, field.name)].offset(0, -1).value == field.label


@BOTH
def test_drop_downs_use_a_name_for_a_plain_range_of_the_hidden_sheet(
    form: str, partner: str
) -> None:
    book = the_form(form, partner)
    assert book["Lists"].sheet_state == "hidden"
    rules = {rule.formula1: rule for rule in rules_of(book) if rule.type == "list"}
    for listed in forms()[form].lists():
        assert listed.range_name in rules
        ((sheet, area),) = book.defined_names[listed.range_name].destinations
        assert sheet == "Lists"
        assert re.fullmatch(r"\$([A-Z])\$2:\$\1\$[0-9]+", area)
        cells = book["Lists"][area.replace("$", "")]
        assert tuple(row[0].value for row in cells) == listed.items
    for rule in rules.values():
        assert rule.errorStyle == "stop"
        assert rule.showErrorMessage
        # In the file the attribute says that the arrow is hidden.
        assert not rule.hide_drop_down


def rules_of(book: Workbook) -> list[Any]:
    return list(book["Return"].data_validations.dataValidation)


@BOTH
def test_every_input_says_what_goes_into_it_and_refuses_what_does_not(
    form: str, partner: str
) -> None:
    book = the_form(form, partner)
    by_cell = {}
    for rule in rules_of(book):
        for area in rule.sqref.ranges:
            for row, column in area.cells:
                by_cell[book["Return"].cell(row, column).coordinate] = rule
    assert set(by_cell) == {address for address, spec in specs(form, partner) if spec.is_input}
    kinds = {"money": "decimal", "date": "date", "code": "list"}
    for address, spec in specs(form, partner):
        if not spec.is_input:
            continue
        rule = by_cell[address]
        assert rule.type == kinds.get(spec.kind)
        assert rule.showInputMessage
        assert rule.prompt == spec.help
        assert 0 < len(rule.prompt) <= 255
        assert 0 < len(rule.promptTitle) <= 32


@pytest.mark.parametrize(("form", "partner"), [*PLANS, (MONITORING, LEICESTER)])
def test_every_partner_gets_its_own_constants(form: str, partner: str) -> None:
    share, sheet = issued(form, partner), the_form(form, partner)["Return"]
    wanted: dict[str, object] = {
        "Form": form,
        "Form_version": forms()[form].version,
        "Organisation": partner,
        "Area_code": share.area_code or None,
        "Year": "2024/25",
    }
    if form == PLAN:
        wanted["Award"] = share.award / 100
    for name, value in wanted.items():
        cell = sheet[at(form, partner, name)]
        assert cell.value == value
        assert cell.data_type in {"s", "inlineStr", "n"}
    if form == MONITORING:
        places = layout(form, partner)
        rows = [[sheet.cell(row, column).value for column in (1, 2, 3)] for row in places.rows]
        assert rows == [[line.line_id, line.service, line.budget / 100] for line in share.lines]


@BOTH
def test_the_form_and_its_version_are_in_rows_that_do_not_show(form: str, partner: str) -> None:
    sheet = the_form(form, partner)["Return"]
    hidden = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    assert hidden == {sheet[at(form, partner, name)].row for name in ("Form", "Form_version")}
    assert not any(column.hidden for column in sheet.column_dimensions.values())


@BOTH
def test_every_formula_is_as_declared_and_has_its_value(form: str, partner: str) -> None:
    declared, sheet = forms()[form], the_form(form, partner)["Return"]
    stored = values(form, partner)
    formulas = 0
    for address, spec in specs(form, partner):
        if spec.formula is None:
            assert not str(sheet[address].value).startswith("=")
            continue
        formulas += 1
        if isinstance(spec, ColumnSpec):
            assert sheet[address].value == f"={row_formula(declared, spec)}"
        else:
            assert sheet[address].value == f"={field_formula(declared, spec)}"
        assert isinstance(stored[address].value, int | float)
    assert formulas == sum(spec.formula is not None for _, spec in specs(form, partner))


def test_the_values_of_an_empty_form_are_those_of_nothing_spent() -> None:
    sheet = values(PLAN, BLABY)
    assert sheet[at(PLAN, BLABY, "Planned")].value == 0
    assert sheet[at(PLAN, BLABY, "Left_of_award")].value == 52666
    sheet = values(MONITORING, LEICESTER)
    assert sheet[at(MONITORING, LEICESTER, "Variance", 2)].value == -103700
    assert sheet[at(MONITORING, LEICESTER, "Left_of_budget")].value == 624714


def test_a_line_that_another_covers_is_shown_and_not_asked_about() -> None:
    sheet = the_form(MONITORING, LEICESTER)["Return"]
    words = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    (note,) = (text for text in words if "C24-13" in text)
    assert "C24-13 Adults Safeguarding Board (part of C24-12)" in note
    assert "C24-13" not in [row[0].value for row in sheet["A14:A19"]]


@BOTH
def test_the_table_is_one_with_calculated_columns_and_nothing_below(
    form: str, partner: str
) -> None:
    book, declared = the_form(form, partner), forms()[form]
    sheet, area = book["Return"], table_area(book)
    (table,) = sheet.tables.values()
    assert table.displayName == declared.table.name
    assert tuple(column.name for column in table.tableColumns) == declared.table.headers
    assert area == layout(form, partner).table
    assert sheet.max_row == area.last_row
    for column in table.tableColumns:
        spec = next(each for each in declared.table.column if each.header == column.name)
        filled_in = column.calculatedColumnFormula
        assert (filled_in is not None) == (spec.formula is not None)
    assert area.last_row - area.first_row == (40 if form == PLAN else 6)


@BOTH
def test_it_prints_on_a4_one_page_wide_with_its_header_on_every_page(
    form: str, partner: str
) -> None:
    book = the_form(form, partner)
    for sheet in book.worksheets[:2]:
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.oddFooter.right.text == "Page &P of &N"
    sheet = book["Return"]
    header = layout(form, partner).header
    assert sheet.print_title_rows == f"${header}:${header}"
    assert range_boundaries(sheet.print_area.split("!")[1].replace("$", ""))[:2] == (1, 1)
    assert sheet.freeze_panes == f"B{header + 1}"


@BOTH
def test_it_opens_at_the_first_cell_to_fill_in(form: str, partner: str) -> None:
    sheet = the_form(form, partner)["Return"]
    first = next(field.name for field in forms()[form].field if field.is_input)
    assert {each.activeCell for each in sheet.sheet_view.selection} == {at(form, partner, first)}


@BOTH
def test_amounts_show_pence_and_dates_are_days(form: str, partner: str) -> None:
    sheet = the_form(form, partner)["Return"]
    for address, spec in specs(form, partner):
        if spec.kind == "money":
            assert sheet[address].number_format.startswith("#,##0.00")
        if spec.kind == "date":
            assert sheet[address].is_date


def test_what_is_left_is_green_at_nought_and_red_below() -> None:
    sheet = the_form(PLAN, BLABY)["Return"]
    (area,) = sheet.conditional_formatting
    assert str(area.sqref) == at(PLAN, BLABY, "Left_of_award")
    below, none = (rule for rule in area.rules)
    assert below.formula == ["ROUND(I7,2)<0"]
    assert none.formula == ["ROUND(I7,2)=0"]
    assert below.dxf.font.color.rgb != none.dxf.font.color.rgb


@BOTH
def test_the_same_figures_give_the_same_bytes(form: str, partner: str) -> None:
    again = build_form(forms()[form], issued(form, partner))
    assert again == blank(form, partner)
    assert b"2024-04-01" in ZipFile(io.BytesIO(again)).read("docProps/core.xml")


@BOTH
def test_no_formula_gives_words_or_uses_what_excel_2016_does_not_have(
    form: str, partner: str
) -> None:
    sheet = the_form(form, partner)["Return"]
    formulas = {
        str(cell.value)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and cell.data_type == "f"
    }
    used = {name for formula in formulas for name in re.findall(r"([A-Z.]+)\(", formula)}
    assert used <= {"SUM", "MAX"}
    assert not any('"' in formula for formula in formulas)


@BOTH
def test_every_part_is_well_formed_and_nothing_leads_outside(form: str, partner: str) -> None:
    with ZipFile(io.BytesIO(blank(form, partner))) as archive:
        for name in archive.namelist():
            root = etree.fromstring(archive.read(name))
            if name.endswith(".rels"):
                assert not [link for link in root if link.get("TargetMode") == "External"]


def test_words_that_look_like_a_formula_stay_words() -> None:
    share = issued(MONITORING, LEICESTER)
    odd = replace(share, organisation="=1+1", lines=(replace(share.lines[0], service="@SUM(1)"),))
    sheet = opened(build_form(forms()[MONITORING], odd))["Return"]
    assert sheet["B5"].value == "=1+1"
    assert sheet["B5"].data_type == "s"
    assert sheet["B14"].data_type == "s"


def test_signs_that_nobody_can_see_keep_no_form_from_being_built() -> None:
    share = issued(MONITORING, LEICESTER)
    odd = [
        replace(each.line, line_id="L\x011", words={"Provider": "A\x02B", "Service": "S\x03\n1"})
        for each in share.lines[:1]
    ]
    carried = replace(odd[0], line_id="L2", shared_with="L\x011", amounts={})
    column = AmountColumn.parse("2024/25 Budget")
    ((made,), _) = issue(forms()[MONITORING], [*odd, carried], (), column)
    sheet = opened(build_form(forms()[MONITORING], made))["Return"]
    assert sheet["B5"].value == "AB"


def test_pence_are_exact() -> None:
    share = replace(issued(PLAN, BLABY), award=5_266_601)
    sheet = opened(build_form(forms()[PLAN], share))["Return"]
    assert Decimal(str(sheet["I5"].value)) == Decimal("52666.01")


def test_a_long_service_gets_a_row_of_two_lines() -> None:
    share = issued(MONITORING, LEICESTER)
    long = replace(share.lines[0], service="Community Engagement and Counselling for Young People")
    sheet = opened(build_form(forms()[MONITORING], replace(share, lines=(long,))))["Return"]
    row = layout(MONITORING, LEICESTER).rows[0]
    assert sheet.row_dimensions[row].height == 30
