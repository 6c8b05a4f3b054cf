"""The declaration of the workbook: what it must hold together."""

from pathlib import Path

import pytest

from builders import ROOT, workbook_spec
from xlframework.ground.errors import DeclarationError
from xlframework.model.workbook import CellSpec, ColumnSpec, read_workbook_spec

DECLARED = (ROOT / "templates" / "commissioning.toml").read_text(encoding="utf-8")


def declared(folder: Path, old: str, new: str) -> Path:
    """Give a templates folder whose declaration says something else."""
    assert old in DECLARED
    (folder / "commissioning.toml").write_text(DECLARED.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["Status", "Term"])
def test_a_list_that_is_used_but_not_declared_is_named(tmp_path: Path, name: str) -> None:
    folder = declared(tmp_path, f'[[list]]\nname = "{name}"', '[[list]]\nname = "Other"')
    with pytest.raises(DeclarationError, match=f"commissioning.toml: key list: {name!r} is used"):
        read_workbook_spec(folder)


def test_a_kind_that_is_not_known_is_named_with_its_column(tmp_path: Path) -> None:
    folder = declared(tmp_path, 'header = "Order"\nkind = "number"', 'header = "O"\nkind = "no"')
    with pytest.raises(DeclarationError, match=r"key sheet 2\.table\.column 2\.kind: "):
        read_workbook_spec(folder)


def test_a_table_is_found_by_its_name_and_no_other() -> None:
    assert workbook_spec().table("Lines").amounts
    with pytest.raises(KeyError):
        workbook_spec().table("lines")


def test_sheets_tables_and_cells_have_names_of_their_own() -> None:
    spec = workbook_spec()
    for names in (
        [sheet.name for sheet in spec.sheet],
        [table.name for table in spec.tables],
        [cell.name for cell in spec.cells],
        [each.range_name for each in spec.list],
    ):
        assert len({name.casefold() for name in names}) == len(names)


def test_a_column_has_a_header_of_its_own_in_its_table() -> None:
    for table in workbook_spec().tables:
        assert len({header.casefold() for header in table.headers}) == len(table.headers)


def test_sheet_names_fit_excel() -> None:
    assert all(0 < len(sheet.name) <= 31 for sheet in workbook_spec().sheet)


def test_a_list_is_asked_for_exactly_where_a_word_comes_from_one() -> None:
    spec = workbook_spec()
    fields: list[CellSpec | ColumnSpec] = list(spec.cells)
    fields.extend(column for table in spec.tables for column in table.column)
    assert {field.kind for field in fields if field.list} == {"code"}
    assert all(field.list for field in fields if field.kind == "code")


def test_a_name_for_a_list_is_one_that_excel_takes() -> None:
    names = [each.range_name for each in workbook_spec().list]
    assert all(name.replace("_", "").isalnum() and name.isascii() for name in names)
