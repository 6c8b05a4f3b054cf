"""`new` makes a workbook from an edition, a folder, a restyled skeleton, or nothing."""

import csv
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

import excel_user
from xlframework.commands.new import new
from xlframework.ground.errors import DeclarationError, MisuseError, UnreadableFileError
from xlframework.ground.financial_year import FinancialYear
from xlframework.ground.shipped import editions_folder

SHEETS = [
    "Cover",
    "Lines",
    "Sections",
    "Areas",
    "Formula",
    "Allocation",
    "Scenarios",
    "Summary",
    "Table 1",
    "Grants",
    "Figures",
    "Printed",
    "Forward plan",
    "Glossary",
    "Checks",
    "Change log",
    "Lists",
    "Palette",
    "Last refresh",  # very hidden
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "budget.xlsx"
    assert new(path, edition="2024-25").exit_code == 0
    return path


@pytest.fixture(scope="module")
def book(made: Path) -> Workbook:
    return openpyxl.load_workbook(made)


def test_it_has_every_sheet_in_order(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_it_holds_the_published_lines_with_their_contract_terms(book: Workbook) -> None:
    lines = excel_user.rows(book, "Lines")
    assert len(lines) == 47 + 17
    first = lines[0]
    assert (first["Service"], first["Provider"]) == ("Victim First", "Catch 22")
    assert str(first["Starts"])[:10] == "2024-04-01"
    assert str(first["Ends"])[:10] == "2029-03-31"
    assert first["Funding"] == "MoJ Victims Grant"
    assert first["2024/25 Budget"] == 500000
    shared = lines[12]
    assert (shared["Line ID"], shared["Shared with"]) == ("C24-13", "C24-12")
    assert shared["2024/25 Budget"] is None


def test_amounts_are_number_constants_in_pounds(made: Path) -> None:
    lines = openpyxl.load_workbook(made)["Lines"]
    amounts = [lines.cell(row, 20).value for row in range(5, 5 + 64)]
    assert sum(amount for amount in amounts if isinstance(amount, int)) == 4654011 + 2020226
    assert [amount for amount in amounts if not isinstance(amount, int)] == [None, None]


def test_named_cells_are_filled(book: Workbook) -> None:
    def value(name: str) -> object:
        (target,) = book.defined_names[name].destinations
        return book[target[0]][target[1]].value

    assert value("Edition") == "2024-25"
    assert value("Status") == "approved"
    assert value("Layouts") == "2024-25-table-1, 2024-25-grants"
    assert value("Dated") is None
    assert value("Unit") == 1


def test_coded_columns_have_drop_downs_over_every_line(book: Workbook) -> None:
    sheet = book["Lines"]
    covered = {
        str(area): rule.formula1
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
    }
    columns = excel_user.headers(book, "Lines")
    for header in ("Block", "Section", "Mechanism", "Term", "Reach", "Funding", "Area code"):
        letter = get_column_letter(columns[header])
        name = covered[f"{letter}5:{letter}68"]
        assert name == "List_" + header.lower().replace(" ", "_")
        assert name in book.defined_names


def test_lists_of_blocks_and_sections_follow_the_sections(book: Workbook) -> None:
    lists = book["Lists"]
    assert [lists.cell(row, 1).value for row in (5, 6, 7)] == [
        "Commissioning",
        "External grants",
        None,
    ]
    assert [lists.cell(row, 2).value for row in range(5, 11)] == [
        "Victim Services",
        "Vulnerability",
        "Prevention",
        "Community Safety",
        "Various",
        None,
    ]


def test_sheets_freeze_their_header_and_print_on_a4_landscape(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert str(sheet.page_setup.paperSize) == "9", sheet.title
        if sheet.tables and sheet.title != "Formula":
            (table,) = sheet.tables.values()
            header = int("".join(filter(str.isdigit, table.ref.split(":")[0])))
            assert str(sheet.freeze_panes)[1:] == str(header + 1), sheet.title
            assert sheet.print_title_rows == f"${header}:${header}", sheet.title


def test_it_never_replaces_a_file(made: Path) -> None:
    before = made.read_bytes()
    with pytest.raises(MisuseError, match="already there"):
        new(made, edition="2024-25")
    assert made.read_bytes() == before


def test_an_unknown_edition_is_misuse_that_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="2024-25"):
        new(tmp_path / "budget.xlsx", edition="1999-00")


def test_exactly_one_source_is_asked_for(tmp_path: Path) -> None:
    for chosen in ({}, {"edition": "2024-25", "blank": True}):
        with pytest.raises(MisuseError, match="--edition NAME, --from DIR or --blank"):
            new(tmp_path / "budget.xlsx", **chosen)  # type: ignore[arg-type]


def test_a_blank_workbook_has_every_table_and_says_that_it_has_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    outcome = new(path, blank=True)
    assert [finding.rule for finding in outcome.findings] == ["no-lines"]
    assert outcome.exit_code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [name for name in SHEETS if name not in {"Table 1", "Grants"}]


def test_a_blank_workbook_is_for_the_year_we_are_in_and_has_that_year_everywhere(
    tmp_path: Path,
) -> None:
    path = tmp_path / "blank.xlsx"
    new(path, blank=True)
    book = openpyxl.load_workbook(path)
    year = f"{FinancialYear.of(datetime.now().astimezone().date())} Budget"
    for table in ("Lines", "Sections"):
        assert list(excel_user.headers(book, table))[-1] == year
    ((sheet, cell),) = book.defined_names["Years"].destinations
    assert book[sheet][cell].value == year


def write_edition(folder: Path, years: list[str], lines: list[list[str]]) -> Path:
    folder.mkdir()
    listed = ", ".join(f'"{year}"' for year in years)
    (folder / "edition.toml").write_text(
        f'name = "test"\ntitle = "A test"\nsource = "made up"\nyears = [{listed}]\n'
        'dated = "2026-03-01"\n',
        encoding="utf-8",
    )
    with (folder / "lines.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(lines)
    return folder


def test_a_folder_with_several_years_and_pence_needs_no_python(tmp_path: Path) -> None:
    header = [
        "Line ID",
        "Order",
        "Block",
        "Section",
        "Service",
        "2025/26 Budget",
        "2026/27 Forecast",
    ]
    lines = [
        header,
        ["A1", "10", "Main", "Victims", "First", "1000.50", "(20)"],
        ["A2", "20", "Main", "Victims", "Second", "", "0"],
        ["A3", "30", "Main", "Prevention", "Third", "£2,000", "-"],
    ]
    folder = write_edition(tmp_path / "edition", header[5:], lines)
    path = tmp_path / "budget.xlsx"
    new(path, folder=folder)
    book = openpyxl.load_workbook(path)
    lines_read = excel_user.rows(book, "Lines")
    assert [row["2025/26 Budget"] for row in lines_read] == [1000.5, None, 2000]
    assert [row["2026/27 Forecast"] for row in lines_read] == [-20, 0, None]
    values = openpyxl.load_workbook(path, data_only=True)
    sections = excel_user.rows(values, "Sections")
    assert [
        (row["Section"], row["2025/26 Budget"], row["2026/27 Forecast"]) for row in sections
    ] == [
        ("Victims", 1000.5, -20),
        ("Prevention", 2000, 0),
    ]


def test_an_edition_without_lines_shows_what_its_sections_come_to(tmp_path: Path) -> None:
    folder = tmp_path / "edition"
    write_edition(folder, ["2025/26 Budget"], [["Line ID", "Service"]])
    sections = "Order,Block,Section,2025/26 Budget\n10,Main,Victims,1000.50\n20,Main,Other,0\n"
    (folder / "sections.csv").write_text(sections, encoding="utf-8")
    outcome = new(tmp_path / "budget.xlsx", folder=folder)
    assert outcome.findings == ()
    assert "1,000.50" in outcome.text


def test_an_edition_folder_names_the_line_of_a_bad_value(tmp_path: Path) -> None:
    header = ["Line ID", "Order", "Block", "Section", "Service", "2025/26 Budget"]
    lines = [header, ["A1", "10", "Main", "Victims", "First", "TBC"]]
    folder = write_edition(tmp_path / "edition", header[5:], lines)
    with pytest.raises(DeclarationError, match=r"lines\.csv, line 2: 2025/26 Budget: 'TBC'"):
        new(tmp_path / "budget.xlsx", folder=folder)
    assert not (tmp_path / "budget.xlsx").exists()


def test_an_edition_folder_names_a_header_that_no_table_has(tmp_path: Path) -> None:
    folder = write_edition(tmp_path / "edition", ["2025/26 Budget"], [["Line ID", "Sevice"]])
    with pytest.raises(DeclarationError, match="no column 'Sevice'"):
        new(tmp_path / "budget.xlsx", folder=folder)


def test_a_bundled_edition_can_be_copied_and_read_as_a_folder(tmp_path: Path, made: Path) -> None:
    path = tmp_path / made.name
    new(path, folder=editions_folder() / "2024-25")
    assert path.read_bytes() == made.read_bytes()


def test_a_restyled_skeleton_restyles_everything(tmp_path: Path) -> None:
    template = tmp_path / "ours.xlsx"
    new(template, blank=True)

    def restyle(book: Workbook) -> None:
        palette = book["Palette"]
        for row in palette.iter_rows(min_row=5, max_row=14):
            if row[0].value == "total":
                for cell in row[1:]:
                    cell.fill = PatternFill("solid", fgColor="FFCC00")

    excel_user.edit(template, restyle)
    path = tmp_path / "budget.xlsx"
    new(path, edition="2024-25", template=template)
    table = openpyxl.load_workbook(path)["Table 1"]
    total = [cell for cell in table["E"] if str(cell.value).startswith("=SUM")]
    assert [cell.fill.fgColor.rgb for cell in total] == ["00FFCC00"]


def test_a_templates_own_columns_are_kept(tmp_path: Path) -> None:
    template = tmp_path / "ours.xlsx"
    new(template, blank=True)
    excel_user.edit(template, lambda book: excel_user.add_column(book, "Cost centre", {}))
    path = tmp_path / "budget.xlsx"
    new(path, edition="2024-25", template=template)
    columns = excel_user.headers(openpyxl.load_workbook(path), "Lines")
    assert list(columns)[-2:] == ["2024/25 Budget", "Cost centre"]


def test_a_template_without_our_tables_is_refused(tmp_path: Path) -> None:
    template = tmp_path / "other.xlsx"
    Workbook().save(template)
    with pytest.raises(UnreadableFileError, match="not a commissioning workbook"):
        new(tmp_path / "budget.xlsx", edition="2024-25", template=template)
    assert not (tmp_path / "budget.xlsx").exists()
