"""Filling a skeleton with an edition: what a text becomes, and which slips are named."""

from dataclasses import replace
from decimal import Decimal

import pytest

from builders import YEAR, snapshot, workbook_spec
from xlframework.ground.errors import DeclarationError
from xlframework.ground.financial_year import AmountColumn
from xlframework.model.edition import CsvTable, Edition, EditionSpec
from xlframework.model.workbook import DataKind
from xlframework.sheets.change import WantedTable
from xlframework.sheets.fill import typed, wanted_settings, wanted_tables
from xlframework.sheets.package.records import Value
from xlframework.sheets.palette import ColumnKind, Look

SPEC = EditionSpec(name="x", title="X", years=(YEAR,), source="Nowhere.")


def edition(spec: EditionSpec = SPEC, **tables: CsvTable) -> Edition:
    return Edition(spec, tuple(map(AmountColumn.parse, spec.years)), tables)


def csv_table(*rows: tuple[str, ...]) -> CsvTable:
    headers, *others = rows
    return CsvTable(
        "lines.csv",
        headers,
        tuple(dict(zip(headers, row, strict=True)) for row in others),
        tuple(range(2, 2 + len(others))),
    )


def filled(name: str, one: Edition) -> WantedTable:
    tables = wanted_tables(snapshot(), workbook_spec(), one)
    return next(table for table in tables if table.name == name)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("", "text", None),
        ("  ", "money", None),
        ("-", "money", None),
        (" Refuge ", "text", " Refuge "),
        ("1,339,454.38", "money", Decimal("1339454.38")),
        ("£1114", "pence", Decimal(1114)),
        ("(500)", "money", Decimal(-500)),
        ("0", "money", Decimal(0)),
        ("0.25", "number", Decimal("0.25")),
        ("368571", "count", Decimal(368571)),
        ("25%", "percent", Decimal("0.25")),
        ("0.25", "percent", Decimal("0.25")),
        ("2024-04-01", "date", Decimal(45383)),
        ("=1+1", "code", "=1+1"),
    ],
)
def test_a_text_becomes_what_its_column_holds(text: str, kind: DataKind, value: Value) -> None:
    assert typed(text, kind, "lines.csv, line 2: X") == value


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("n/a", "money", "plain amount in pounds"),
        ("1.234", "pence", "plain amount in pounds"),
        ("1" * 16, "money", "plain amount in pounds"),
        ("ten", "number", "number"),
        ("NaN", "number", "number"),
        ("Infinity", "count", "number"),
        ("a%", "percent", "percentage"),
        ("01/04/2024", "date", "date written as YYYY-MM-DD"),
        ("2024-02-30", "date", "date written as YYYY-MM-DD"),
    ],
)
def test_a_text_of_another_kind_is_named_with_its_place(
    text: str, kind: DataKind, said: str
) -> None:
    with pytest.raises(DeclarationError) as slip:
        typed(text, kind, "lines.csv, line 2: X")
    assert str(slip.value).startswith(f"lines.csv, line 2: X: {text!r} is not a {said}")


def test_a_table_takes_the_editions_years_in_place_of_the_templates() -> None:
    spec = replace_years("2025/26 Budget", "2026/27 Budget")
    table = filled("Sections", edition(spec))
    assert [column.name for column in table.columns] == [
        "Order",
        "Block",
        "Section",
        "2025/26 Budget",
        "2026/27 Budget",
    ]


def replace_years(*years: str) -> EditionSpec:
    return EditionSpec(name="x", title="X", years=years, source="Nowhere.")


def test_a_row_stands_under_its_headers_and_a_blank_is_blank() -> None:
    lines = csv_table(("Service", YEAR, "Line ID"), ("Refuge", "", "L1"), ("Other", "0", "L2"))
    table = filled("Lines", edition(Lines=lines))
    at = {column.name: number for number, column in enumerate(table.columns)}
    first, second = table.rows
    assert (first[at["Line ID"]].value, first[at["Service"]].value) == ("L1", "Refuge")
    assert first[at[YEAR]].value is None
    assert second[at[YEAR]].value == Decimal(0)


@pytest.mark.parametrize(("amount", "kind"), [("100", "money"), ("100.50", "pence")])
def test_a_year_shows_pence_as_soon_as_one_amount_has_any(amount: str, kind: ColumnKind) -> None:
    table = filled(
        "Lines", edition(Lines=csv_table(("Line ID", YEAR), ("L1", "1"), ("L2", amount)))
    )
    at = [column.name for column in table.columns].index(YEAR)
    assert [row[at].look for row in table.rows] == [Look("line", kind)] * 2


def test_a_header_that_the_table_does_not_have_is_named() -> None:
    lines = csv_table(("Line ID", "Servise"), ("L1", "Refuge"))
    with pytest.raises(DeclarationError, match=r"lines\.csv, line 1: the table Lines has no"):
        filled("Lines", edition(Lines=lines))


def test_an_amount_that_cannot_be_read_is_named_with_line_and_header() -> None:
    lines = csv_table(("Line ID", YEAR), ("L1", "1"), ("L2", "TBC"))
    with pytest.raises(DeclarationError, match=rf"lines\.csv, line 3: {YEAR}: 'TBC' is not a"):
        filled("Lines", edition(Lines=lines))


def settings(spec: EditionSpec) -> dict[tuple[str, int, int], Value]:
    cells = wanted_settings(snapshot(), workbook_spec(), edition(spec))
    return {(cell.sheet, cell.row, cell.column): cell.wanted.value for cell in cells}


def test_settings_go_into_their_named_cells() -> None:
    spec = EditionSpec(
        name="2030-31",
        title="X",
        years=(YEAR,),
        source="S",
        layouts=("a", "b"),
        dated="2024-04-01",
        cells={"Pot": "639675"},
    )
    found = settings(spec)
    for name, value in (
        ("Edition", "2030-31"),
        ("Layouts", "a, b"),
        ("Dated", Decimal(45383)),
        ("Pot", Decimal(639675)),
    ):
        named = snapshot().names[name]
        assert found[named.sheet.name, named.row, named.column] == value


@pytest.mark.parametrize(
    ("cells", "said"),
    [({"Pott": "1"}, "key cells.Pott: no cell has that name"), ({"Pot": "x"}, "key Pot: 'x' is")],
)
def test_a_setting_that_cannot_be_made_is_named(cells: dict[str, str], said: str) -> None:
    spec = EditionSpec(name="x", title="X", years=(YEAR,), source="S", cells=cells)
    with pytest.raises(DeclarationError, match=said):
        settings(spec)


def test_a_table_that_the_edition_does_not_fill_is_left_alone() -> None:
    names = {table.name for table in wanted_tables(snapshot(), workbook_spec(), edition())}
    assert names == {"Lines", "Sections"}


def test_lines_keep_a_template_s_own_column() -> None:
    own = replace(
        snapshot().tables["Lines"], columns={**snapshot().tables["Lines"].columns, "Officer": 21}
    )
    changed = replace(snapshot(), tables={**snapshot().tables, "Lines": own})
    table = next(iter(wanted_tables(changed, workbook_spec(), edition())))
    assert [column.name for column in table.columns][-2:] == [YEAR, "Officer"]


@pytest.mark.parametrize(
    ("values", "shown_as"),
    [
        (("368571", "41050"), "count"),
        (("0.478", "0.022"), "number"),
        (("47.5", ""), "number"),
        # Fractions of a large figure say nothing.
        (("3075825", "126644.25"), "count"),
    ],
)
def test_an_indicator_shows_decimals_where_it_is_a_share(
    values: tuple[str, str], shown_as: ColumnKind
) -> None:
    rows = (("Area code", "Share"), *(("E1", value) for value in values))
    table = filled("Areas", edition(Areas=csv_table(*rows)))
    at = [column.name for column in table.columns].index("Share")
    assert {row[at].look for row in table.rows} == {Look("line", shown_as)}
    assert table.header[at].look == Look("header", shown_as)
