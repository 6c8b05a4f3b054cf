"""Layouts: what a declaration says, and which slips are named with file and key."""

from pathlib import Path

import pytest

from builders import ROOT
from xlframework.appendix.layout import layout_names, read_layout
from xlframework.ground.errors import DeclarationError

TEMPLATES = ROOT / "templates"

DECLARED = """\
name = "mine"
title = "Mine"
sheet = "Mine"
description = "D."
source = "S."
group = "section"
[[column]]
header = "Service"
field = "Service"
[[column]]
header = "Spend"
amount = "2024/25 Budget"
[heading]
by = "section"
column = "Service"
[subtotal]
label = "{section}"
column = "Service"
[total]
label = "TOTAL"
column = "Service"
[shared]
elsewhere = "with {service}"
"""


def folder_with(folder: Path, old: str = "", new: str = "", name: str = "mine") -> Path:
    """Give a templates folder with the layout above, changed in one place."""
    assert old in DECLARED
    (folder / "appendix").mkdir()
    (folder / "appendix" / f"{name}.toml").write_text(DECLARED.replace(old, new, 1))
    return folder


def test_a_layout_without_a_slip_is_read(tmp_path: Path) -> None:
    layout = read_layout("mine", folder_with(tmp_path))
    assert layout is not None
    assert layout.headers == ("Service", "Spend")
    assert layout.table_name == "T_mine"
    assert layout.position("Spend") == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('field = "Service"\n', "", "key column 1: give either field or amount"),
        ("amount =", 'field = "Provider"\namount =', "key column 2: give either field or amount"),
        ('"Spend"', '"SERVICE"', "key column 2.header: 'SERVICE' stands twice"),
        ('"Spend"', '" "', "key column 2.header: it is blank"),
        ("2024/25 Budget", "2024-25 Budget", "key column 2.amount: '2024-25 Budget' is not"),
        ("2024/25 Budget", "Budget", "key column 2.amount: 'Budget' is not such as"),
        ('name = "mine"', 'name = "yours"', "key name: 'yours' differs from the name of the file"),
        ('sheet = "Mine"', f'sheet = "{"S" * 32}"', "is longer than 31 characters"),
        ('sheet = "Mine"', 'sheet = "24/25"', "holds one of []:*?/\\"),
        ('sheet = "Mine"', 'sheet = ""', "key sheet: '' is blank"),
        ('sheet = "Mine"', 'sheet = "Mine\'"', "an apostrophe at an end"),
        ('group = "section"\n', "", 'key subtotal: subtotals need group = "section"'),
        (
            '[total]\nlabel = "TOTAL"\ncolumn = "Service"',
            '[total]\nlabel = "TOTAL"\ncolumn = "Serv"',
            "key total.column: there is no column 'Serv'",
        ),
        (
            'by = "section"\ncolumn = "Service"',
            'by = "section"\ncolumn = "service"',
            "key heading.column: there is no column 'service'",
        ),
        ('label = "{section}"', 'label = "{block}"', "key subtotal.label: in '{block}' only"),
        ('label = "{section}"', 'label = "{section"', "key subtotal.label: "),
        ("with {service}", "with {}", "key shared.elsewhere: in 'with {}' only {service} may"),
        ("amount =", "decimals = 1\namount =", "key column 2.decimals: "),
        ("amount =", "colour = 1\namount =", "key column 2.colour is not known"),
        ('by = "section"', 'by = "year"', "key heading.by: 'year' is none of the words"),
        ('title = "Mine"\n', "", "key title is missing"),
    ],
)
def test_a_slip_is_named_with_its_file_and_key(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(DeclarationError) as slip:
        read_layout("mine", folder_with(tmp_path, old, new))
    assert str(slip.value).startswith(f"{tmp_path / 'appendix' / 'mine.toml'}: key ")
    assert said in str(slip.value)


def test_headings_by_section_need_lines_that_print_by_section(tmp_path: Path) -> None:
    whole = DECLARED.index('group = "section"\n')
    subtotal = DECLARED[DECLARED.index("[subtotal]") : DECLARED.index("[total]")]
    text = (DECLARED[:whole] + DECLARED[whole + 18 :]).replace(subtotal, "")
    folder = folder_with(tmp_path)
    (folder / "appendix" / "mine.toml").write_text(text)
    with pytest.raises(DeclarationError, match=r"key heading\.by: headings by section need group"):
        read_layout("mine", folder)


def test_a_table_without_a_column_is_named(tmp_path: Path) -> None:
    columns = DECLARED[DECLARED.index("[[column]]") : DECLARED.index("[heading]")]
    folder = folder_with(tmp_path, columns, "")
    text = (folder / "appendix" / "mine.toml").read_text()
    (folder / "appendix" / "mine.toml").write_text("column = []\n" + text)
    with pytest.raises(DeclarationError, match="a table needs at least one column"):
        read_layout("mine", folder)


@pytest.mark.parametrize("name", ["absent", "", "../checks", "a/b", "mine.toml", " mine"])
def test_a_name_that_is_no_layouts_name_finds_none(tmp_path: Path, name: str) -> None:
    assert read_layout(name, folder_with(tmp_path)) is None


def test_a_teams_own_layouts_are_listed_beside_those_that_ship(tmp_path: Path) -> None:
    assert set(layout_names(folder_with(tmp_path))) == {"mine", *layout_names(TEMPLATES)}


@pytest.mark.parametrize("name", layout_names(TEMPLATES))
def test_a_layout_that_ships_is_read_and_says_where_it_was_published(name: str) -> None:
    layout = read_layout(name, TEMPLATES)
    assert layout is not None
    assert layout.source.endswith(".")
    assert layout.description.endswith(".")


def test_no_two_layouts_that_ship_want_one_sheet_or_one_table_in_an_edition() -> None:
    layouts = [read_layout(name, TEMPLATES) for name in layout_names(TEMPLATES)]
    tables = [layout.table_name for layout in layouts if layout is not None]
    assert len(set(tables)) == len(tables) > 1
