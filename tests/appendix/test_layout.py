"""Layouts: what a declaration says, and which slips are named with file and key."""

from pathlib import Path

import pytest

from builders import ROOT
from xlframework.appendix.layout import Layout
from xlframework.appendix.read_layout import layout_names, read_layout
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
[[heading]]
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
        ('field = "Service"\n', "", "key column 1: give exactly one of field, fields, printed,"),
        ("amount =", 'field = "Provider"\namount =', "key column 2: give exactly one of field,"),
        ("amount =", "printed = true\namount =", "key column 2: give exactly one of field,"),
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
            "key heading 1.column: there is no column 'service'",
        ),
        ('label = "{section}"', 'label = "{block}"', "key subtotal.label: in '{block}' only"),
        ('label = "{section}"', 'label = "{section"', "key subtotal.label: "),
        ("with {service}", "with {}", "key shared.elsewhere: in 'with {}' only {service} may"),
        ("amount =", "decimals = 1\namount =", "key column 2.decimals: amounts print with 0 or 2"),
        ("amount =", "decimals = 3\namount =", "key column 2.decimals: "),
        ("amount =", "width = 0\namount =", "key column 2.width: a column is wider than 0"),
        ("amount =", "width = nan\namount =", "key column 2.width: a column is wider than 0"),
        ("amount =", "width = 255.5\namount =", "key column 2.width: a column is wider than 0"),
        ('"Spend"', f'"{"S" * 256}"', "key column 2.header: it is longer than 255 characters"),
        ('sheet = "Mine"', 'sheet = "history"', "key sheet: Excel takes no sheet named 'history'"),
        ('sheet = "Mine"', 'sheet = "M\\u0001"', "key sheet: Excel takes no sheet named"),
        ('label = "{section}"', 'label = "{section:>9}"', "in '{section:>9}' only {section} may"),
        ("with {service}", "with {service.x}", "only {service} may stand in braces"),
        ('field = "Service"', 'field = "Service"\nblank = "-"', "key column 1.blank: it needs a"),
        ('field = "Service"', 'field = "Service"\nzero = ""', "key column 1.zero: it needs a col"),
        ('field = "Service"', 'field = "Service"\ndecimals = 0', "key column 1.decimals: it needs"),
        ('field = "Service"', 'field = "Service"\njoin = ", "', "key column 1.join: it needs a"),
        ("amount =", 'words = { a = "b" }\namount =', "key column 2.words: it needs a column with"),
        (
            'header = "Service"',
            'header = "Order"',
            "key column 1.header: in Printed, 'Order' stands",
        ),
        ("amount =", "colour = 1\namount =", "key column 2.colour is not known"),
        ('by = "section"', 'by = "year"', "key heading 1.by: 'year' is none of the words"),
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
    with pytest.raises(
        DeclarationError, match=r"key heading 1\.by: headings by section need group"
    ):
        read_layout("mine", folder)


def test_a_table_without_a_column_is_named(tmp_path: Path) -> None:
    columns = DECLARED[DECLARED.index("[[column]]") : DECLARED.index("[[heading]]")]
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


# Small layouts of every source of rows, each changed in one place for its slips.
LINES = """\
group = "section"
across_blocks = true
[[where]]
field = "Service"
begins = "SPDF"
[[where]]
amount = "2024/25 Budget"
is = "above zero"
[[column]]
header = "What"
fields = ["Service", "Provision"]
[[column]]
header = "Why"
printed = true
[[column]]
header = "Now"
amount = "2024/25 Budget"
[[column]]
header = "Then"
amount = "2025/26 Budget"
[[column]]
header = "Change"
compute = "difference"
of = "Then"
from = "Now"
[[heading]]
by = "section"
column = "What"
"""
YEARS = """\
rows = "years"
years = ["2024/25 Budget", "2025/26 Budget"]
[[column]]
header = "Year"
year = "2018-19"
[[column]]
header = "Budget"
compute = "total"
[[column]]
header = "Growth"
compute = "percent increase"
of = "Budget"
"""
SECTIONS = """\
rows = "sections"
across_blocks = true
[[apart]]
label = "Other things"
field = "Service"
begins = "Other"
[[apart]]
label = "Reserve"
field = "service"
equals = "Reserve"
[[column]]
header = "Area"
field = "Section"
[[column]]
header = "Budget"
amount = "2024/25 Budget"
"""
AREAS = """\
rows = "areas"
sort = "CSP"
[[column]]
header = "Area"
field = "CSP"
[[column]]
header = "Award"
compute = "award"
"""
PLAN = """\
rows = "forward plan"
[[column]]
header = "Ends"
field = "Item"
[[heading]]
by = "ends"
column = "Ends"
"""
HEAD = DECLARED[: DECLARED.index("group")]


def read_text(folder: Path, text: str) -> Layout | None:
    (folder / "appendix").mkdir()
    (folder / "appendix" / "mine.toml").write_text(HEAD + text, encoding="utf-8")
    return read_layout("mine", folder)


@pytest.mark.parametrize("text", [LINES, YEARS, SECTIONS, AREAS, PLAN])
def test_a_layout_of_every_source_of_rows_is_read(tmp_path: Path, text: str) -> None:
    assert read_text(tmp_path, text) is not None


def test_a_key_that_python_has_for_itself_is_read(tmp_path: Path) -> None:
    layout = read_text(tmp_path, LINES)
    assert layout is not None
    assert layout.column[4].since == "Now"
    assert layout.where[1].says == "above zero"


@pytest.mark.parametrize(
    ("text", "old", "new", "said"),
    [
        (LINES, '["Service", "Provision"]', '["Service"]', "key column 1.fields: name two columns"),
        (LINES, 'group = "section"\n', "", 'key across_blocks: it needs group = "section"'),
        (LINES, 'by = "section"', 'by = "block"', "key heading 1.by: a block's heading stands"),
        (LINES, 'by = "section"', 'by = "ends"', 'key heading 1.by: "ends" goes with'),
        (LINES, 'begins = "SPDF"', 'begins = ""', "key where 1.begins: it is blank"),
        (LINES, 'begins = "SPDF"\n', "", "key where 1: with field, give either begins or equals"),
        (LINES, 'field = "Service"\n', "", "key where 1: give either field or amount"),
        (LINES, 'is = "above zero"\n', "", "key where 2: with amount, give is"),
        (LINES, 'is = "above zero"', 'is = "small"', "key where 2.is: 'small' is none of"),
        (LINES, 'amount = "2024/25 Budget"\nis', 'amount = "24/25"\nis', "key where 2.amount: "),
        (LINES, 'of = "Then"\n', "", "key column 5.of: it is missing; name the column"),
        (LINES, 'from = "Now"\n', "", "key column 5.from: it is missing; only with rows"),
        (
            LINES,
            'of = "Then"',
            'of = "Why"',
            "key column 5.of: there is no column of amounts 'Why'",
        ),
        (LINES, 'from = "Now"', 'from = "Old"', "key column 5.from: there is no column of amounts"),
        (LINES, '"difference"', '"total"', "key column 5.compute: 'total' needs rows = \"years\""),
        (LINES, "printed = true", 'field = "Term"\nof = "Now"', "key column 2.of: only a column"),
        (LINES, 'column = "What"', 'column = "Change"', "key heading 1.column: 'Change' prints"),
        (YEARS, 'year = "2018-19"', 'field = "Year"', "key column 1: give exactly one of printed,"),
        (YEARS, 'year = "2018-19"', 'year = "2018"', "key column 1.year: '2018' is none of"),
        (YEARS, '"2025/26 Budget"', '"2025 Budget"', "key years 2: '2025 Budget' is not such as"),
        (YEARS, '"2025/26 Budget"', '"2024/25 Budget"', "key years 2: '2024/25 Budget' stands"),
        (YEARS, '"total"', '"total"\nof = "Year"', "key column 2.of: 'total' is not measured"),
        (YEARS, 'rows = "years"', 'rows = "lines"', 'key years: it needs rows = "years"'),
        (YEARS, "years =", 'sort = "Year"\nyears =', 'key sort: it needs rows = "areas"'),
        (YEARS, "years =", 'group = "section"\nyears =', 'key group: it needs rows = "lines"'),
        (
            SECTIONS,
            'field = "Section"',
            'field = "Provider"',
            "key column 1: 'Provider' is neither",
        ),
        (SECTIONS, 'field = "service"', 'field = "Provider"', "key apart: look at one field for"),
        (
            SECTIONS,
            '"Reserve"\n[[col',
            '"Other gifts"\n[[col',
            "'Reserve' could both take the same",
        ),
        (SECTIONS, 'begins = "Other"', 'begins = ""', "key apart 1: give either begins or equals"),
        (
            SECTIONS,
            "across_blocks = true",
            "[subtotal]\nlabel = ''\ncolumn = ''",
            "key subtotal: it",
        ),
        (AREAS, 'field = "CSP"', 'amount = "2024/25 Budget"', "key column 1: give exactly one of"),
        (AREAS, "[[column]]", '[shared]\nabove = "x"\n[[column]]', "key shared: it needs rows = "),
        (LINES, "printed = true", "printed = true\nwords = { a = 'b' }", "key column 2.words: it"),
        (AREAS, 'sort = "CSP"', 'blocks = ["Grants"]', "key blocks: it needs rows = "),
        (PLAN, 'by = "ends"', 'by = "block"', 'key heading 1.by: "ends" goes with'),
        (PLAN, 'field = "Item"', 'compute = "award"', "key column 1: give exactly one of field,"),
    ],
)
def test_a_slip_of_a_newer_key_is_named(
    tmp_path: Path, text: str, old: str, new: str, said: str
) -> None:
    assert old in text
    with pytest.raises(DeclarationError) as slip:
        read_text(tmp_path, text.replace(old, new, 1))
    assert said in str(slip.value)


def test_a_blocks_heading_stands_above_its_sections(tmp_path: Path) -> None:
    by_block = '[[heading]]\nby = "block"\ncolumn = "What"\n'
    text = LINES.replace("across_blocks = true\n", "")
    with pytest.raises(DeclarationError, match="a block's heading stands above those of its"):
        read_text(tmp_path, text + by_block)


def test_a_kind_of_heading_is_declared_once(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"key heading 2\.by: 'section' stands twice"):
        read_text(tmp_path, LINES + LINES[LINES.index("[[heading]]") :])
