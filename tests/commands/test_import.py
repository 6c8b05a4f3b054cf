"""`import` reads published and hand-kept tables into edition folders that `new` accepts."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cli.terminal import assert_refused, run
from xlframework.commands.appendix import appendix
from xlframework.commands.import_appendix import import_appendix
from xlframework.commands.new import new
from xlframework.commands.outcome import Outcome
from xlframework.model.edition import read_edition

LAYOUTS = ("2024-25-table-1", "2024-25-grants")
TABLE_1, GRANTS = LAYOUTS
TOTALS = {TABLE_1: "4654011.00", GRANTS: "2020226.00"}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("import") / "budget.xlsx"
    new(path, edition="2024-25")
    return path


@pytest.fixture(scope="module")
def published(workbook: Path) -> Path:
    folder = workbook.parent / "published"
    assert appendix([workbook], folder).exit_code == 0
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def found(outcome: Outcome) -> list[tuple[str, str | None]]:
    return [(each.rule, each.place.cell) for each in outcome.findings]


# --- there and back again ------------------------------------------------------------


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_published_table_goes_into_a_new_workbook_and_prints_the_same(
    layout: str, form: str, published: Path, tmp_path: Path
) -> None:
    edition, workbook = tmp_path / "edition", tmp_path / "again.xlsx"
    outcome = import_appendix(published / f"budget_{layout}.{form}", edition, layout=layout)
    assert (outcome.exit_code, outcome.findings) == (0, ())
    assert new(workbook, folder=edition).exit_code == 0
    assert appendix([workbook], tmp_path / "out", layouts=[layout]).exit_code == 0
    again = tmp_path / "out" / f"again_{layout}.csv"
    assert again.read_bytes() == (published / f"budget_{layout}.csv").read_bytes()
    if form == "xlsx":
        assert table_of(again.with_suffix(".xlsx")) == table_of(published / f"budget_{layout}.xlsx")


def table_of(path: Path) -> list[tuple[object, ...]]:
    (sheet,) = openpyxl.load_workbook(path).worksheets
    (table,) = sheet.tables.values()
    return [tuple(cell.value for cell in row) for row in sheet[table.ref]]


def test_what_it_computed_is_said_to_a_program(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = published / f"budget_{GRANTS}.xlsx"
    out = tmp_path / "edition"
    ran = run(capsys, "import", "--json", file, "--layout", GRANTS, "--out", out)
    assert ran.code == 0
    assert ran.json == {
        "command": "import",
        "findings": [],
        "out": str(out),
        "layout": GRANTS,
        "sheet": "Grants",
        "lines": 17,
        "sections": [
            {"block": "External grants", "section": "Prevention", "lines": 2},
            {"block": "External grants", "section": "Community Safety", "lines": 3},
            {"block": "External grants", "section": "Victim Services", "lines": 12},
        ],
        "totals": {"24/25 Spend": TOTALS[GRANTS]},
    }


def test_what_it_computed_is_said_to_a_person(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = published / f"budget_{TABLE_1}.csv"
    ran = run(capsys, "import", file, "--layout", TABLE_1, "--out", tmp_path / "edition")
    assert ran.code == 0
    assert "4,654,011" in ran.out
    assert "Commissioning: Vulnerability" in ran.out
    assert f"Next: xlframework new --from {tmp_path / 'edition'} --out FILE" in ran.out


def test_the_edition_says_where_it_comes_from(published: Path, tmp_path: Path) -> None:
    import_appendix(published / f"budget_{TABLE_1}.xlsx", tmp_path / "e", layout=TABLE_1)
    edition = read_edition(tmp_path / "e")
    assert edition.spec.name == "2024-25"
    assert edition.spec.status == "draft"
    assert edition.spec.layouts == (TABLE_1,)
    assert edition.spec.years == ("2024/25 Budget",)
    assert edition.spec.source.startswith(
        f"Read from budget_{TABLE_1}.xlsx, sheet Table 1 through the layout {TABLE_1}. "
    )


def test_a_sheet_of_the_workbook_itself_can_be_read(workbook: Path, tmp_path: Path) -> None:
    outcome = import_appendix(workbook, tmp_path / "e", layout=TABLE_1, sheet="table 1")
    assert outcome.data["totals"] == {"24/25 Spend": TOTALS[TABLE_1]}


# --- identifiers ----------------------------------------------------------------------


def test_line_ids_are_those_of_the_workbook(
    workbook: Path, published: Path, tmp_path: Path
) -> None:
    file = published / f"budget_{TABLE_1}.xlsx"
    outcome = import_appendix(file, tmp_path / "e", layout=TABLE_1, against=workbook)
    assert outcome.findings == ()
    lines = rows_of(tmp_path / "e" / "lines.csv")
    assert [line["Line ID"] for line in lines] == [f"C24-{n:02d}" for n in range(1, 48)]
    assert {line["Line ID"]: line["Shared with"] for line in lines if line["Shared with"]} == {
        "C24-13": "C24-12",
        "C24-15": "C24-14",
    }


def test_without_a_workbook_line_ids_are_new_and_orders_count_up(
    published: Path, tmp_path: Path
) -> None:
    import_appendix(published / f"budget_{GRANTS}.csv", tmp_path / "e", layout=GRANTS)
    lines = rows_of(tmp_path / "e" / "lines.csv")
    assert [(line["Line ID"], line["Order"]) for line in lines] == [
        (f"L24-{n:03d}", str(10 * n)) for n in range(1, 18)
    ]


# --- a sheet as a team keeps it ---------------------------------------------------------


def messy(book: Workbook) -> Worksheet:
    """Fill a sheet as a finance team does: nothing stands where a program expects it."""
    cover = book.active
    assert isinstance(cover, Worksheet)
    cover.title = "Read me"
    cover["A1"] = "The provider and the project are listed on the next sheet."
    sheet: Worksheet = book.create_sheet("Commissioning 24-25")
    header: list[object] = [
        "Ref",
        "PROVIDER",
        "Projects",
        "Term ",
        "24/25\nspend (£)",
        "Priority",
        "RAG",
    ]
    rows: list[list[object]] = [
        ["Police and Crime Commissioner for Leicestershire"],
        ["Commissioned services, DRAFT v3 (final)"],
        [],
        header,
        ["VICTIM SERVICES"],
        [1, "Catch 22", "Victim First", "Long", "£500,000.00", "Victim Services", "G"],
        [2, "Force", "Victim Pathway Service", "Long", 80000, "Victim Services", "A"],
        [3, "NHSE/EM OPCCs", "Paediatric SARC", "Med", " £ 20,000 ", "Victim Services"],
        [None, None, "Sub-total: Victim Services", None, "=SUM(E6:E8)"],
        [],
        ["VULNERABILITY"],
        [4, "Leicester City Council", "Children's Board", "Long", 103700, "Vulnerability"],
        [5, "Leicester City Council", "Adults Board", "Long", None, "Vulnerability"],
        ["Police and Crime Commissioner for Leicestershire"],
        header,
        ["VULNERABILITY (continued)"],
        [6, "Turning Point", "Recovery Hub", "Short", "-", "Vulnerability"],
        [7, "Turning Point", "Refund of 2023/24", "TBC", "(1,500.50)", "Vulnerability"],
        [None, None, "Sub-total: Vulnerability", None, "102,199.50"],
        [],
        [None, None, "TOTAL", None, "£702,199.50"],
        [],
        ["Notes"],
        ["1. Term: long is five years, medium three, short one."],
        ["2. Includes the uplift of 24/25."],
    ]
    for row in rows:
        sheet.append(row)
    for area in ("A1:G1", "A2:G2", "A5:G5", "A11:G11", "A14:G14", "A16:G16", "E12:E13"):
        sheet.merge_cells(area)
    return sheet


def saved(path: Path, change: Callable[[Worksheet], object] | None = None) -> Path:
    book = Workbook()
    sheet = messy(book)
    if change is not None:
        change(sheet)
    book.save(path)
    return path


@pytest.fixture
def team(tmp_path: Path) -> Path:
    def calculated(sheet: Worksheet) -> None:
        sheet["E9"] = 600000  # openpyxl stores no result beside a formula

    return saved(tmp_path / "team.xlsx", calculated)


def test_a_messy_sheet_is_read_line_by_line(team: Path, tmp_path: Path) -> None:
    outcome = import_appendix(team, tmp_path / "e", layout=TABLE_1)
    assert outcome.exit_code == 0, found(outcome)
    assert outcome.data["sheet"] == "Commissioning 24-25"
    lines = rows_of(tmp_path / "e" / "lines.csv")
    shown = [
        [line[name] for name in ("Section", "Service", "Provider", "Term", "2024/25 Budget")]
        for line in lines
    ]
    assert shown == [
        ["Victim Services", "Victim First", "Catch 22", "Long", "500000"],
        ["Victim Services", "Victim Pathway Service", "Force", "Long", "80000"],
        ["Victim Services", "Paediatric SARC", "NHSE/EM OPCCs", "Medium", "20000"],
        ["Vulnerability", "Children's Board", "Leicester City Council", "Long", "103700"],
        ["Vulnerability", "Adults Board", "Leicester City Council", "Long", ""],
        ["Vulnerability", "Recovery Hub", "Turning Point", "Short", ""],
        ["Vulnerability", "Refund of 2023/24", "Turning Point", "TBC", "-1500.5"],
    ]
    assert [line["Shared with"] for line in lines] == ["", "", "", "", "L24-004", "", ""]
    assert {line["Block"] for line in lines} == {"Commissioning"}
    assert rows_of(tmp_path / "e" / "sections.csv") == [
        {"Order": "10", "Block": "Commissioning", "Section": "Victim Services"},
        {"Order": "20", "Block": "Commissioning", "Section": "Vulnerability"},
    ]


def test_a_messy_sheet_s_findings_name_the_cells(team: Path, tmp_path: Path) -> None:
    outcome = import_appendix(team, tmp_path / "e", layout=TABLE_1)
    assert found(outcome) == [
        ("import-header-guessed", "C4"),
        ("import-header-differs", "B4"),
        ("import-header-differs", "E4"),
        ("import-column-extra", "A4"),
        ("import-column-extra", "G4"),
        ("import-sum-guessed", "C9"),
        ("import-sum-guessed", "C19"),
    ]
    assert {each.place.sheet for each in outcome.findings} == {"Commissioning 24-25"}


def test_a_messy_sheet_becomes_a_workbook(team: Path, tmp_path: Path) -> None:
    import_appendix(team, tmp_path / "e", layout=TABLE_1)
    made = new(tmp_path / "made.xlsx", folder=tmp_path / "e")
    assert made.exit_code == 0
    assert "702,199.50" in made.text


def test_a_wrong_subtotal_is_said_with_what_it_should_be(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E9"] = 600001

    outcome = import_appendix(saved(tmp_path / "t.xlsx", change), tmp_path / "e", layout=TABLE_1)
    assert outcome.exit_code == 1
    (finding,) = (each for each in outcome.findings if each.severity == "error")
    assert (finding.rule, finding.place.cell) == ("import-subtotal-differs", "E9")
    assert (finding.expected, finding.found, finding.difference) == (
        "600000.00",
        "600001.00",
        "1.00",
    )


def test_an_unreadable_amount_is_blank_and_the_folder_is_still_written(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E7"], sheet["E9"] = "eighty thousand", 600000

    outcome = import_appendix(saved(tmp_path / "t.xlsx", change), tmp_path / "e", layout=TABLE_1)
    assert outcome.exit_code == 1
    errors = [(e.rule, e.place.cell) for e in outcome.findings if e.severity == "error"]
    assert errors == [
        ("import-amount-unread", "E7"),
        ("import-subtotal-differs", "E9"),
        ("import-total-differs", "E21"),
    ]
    assert rows_of(tmp_path / "e" / "lines.csv")[1]["2024/25 Budget"] == ""
    assert new(tmp_path / "made.xlsx", folder=tmp_path / "e").exit_code == 0


def test_a_formula_that_nobody_calculated_is_no_amount(tmp_path: Path) -> None:
    outcome = import_appendix(saved(tmp_path / "t.xlsx"), tmp_path / "e", layout=TABLE_1)
    assert ("import-amount-unread", "E9") in found(outcome)


def test_a_missing_column_of_amounts_stops_everything(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E4"] = "What it costs"
        sheet["E15"] = "What it costs"

    outcome = import_appendix(saved(tmp_path / "t.xlsx", change), tmp_path / "e", layout=TABLE_1)
    assert outcome.exit_code == 1
    assert ("import-header-missing", "B4") in found(outcome)
    assert outcome.data["out"] is None
    assert "nothing was written" in outcome.text
    assert not (tmp_path / "e").exists()


def test_a_missing_column_of_words_is_an_error_but_the_rest_is_read(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B4"], sheet["B15"], sheet["E9"] = "Who", "Who", 600000

    outcome = import_appendix(saved(tmp_path / "t.xlsx", change), tmp_path / "e", layout=TABLE_1)
    assert outcome.exit_code == 1
    (missing,) = (each for each in outcome.findings if each.rule == "import-header-missing")
    assert missing.expected == "Provider"
    assert len(rows_of(tmp_path / "e" / "lines.csv")) == 7


# --- what cannot run --------------------------------------------------------------------


def test_two_sheets_that_fit_equally_well_are_named(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("import", workbook, "--layout", TABLE_1, "--out", tmp_path / "e")
    assert_refused(run(capsys, *words), "Table 1, Grants", "--sheet")
    assert run(capsys, *words, "--sheet", "Table 1").code == 0


def test_a_workbook_without_such_a_table_is_refused_by_its_sheets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Workbook()
    book.create_sheet("Other")
    book.save(tmp_path / "empty.xlsx")
    words = ("import", tmp_path / "empty.xlsx", "--layout", TABLE_1, "--out", tmp_path / "e")
    assert_refused(run(capsys, *words), "no sheet", "24/25 Spend", "Sheet, Other")
    assert_refused(run(capsys, *words, "--sheet", "Other"), "the sheet Other has no row")
    assert_refused(run(capsys, *words, "--sheet", "Third"), "no sheet 'Third'", "Sheet, Other")


def test_a_csv_without_such_a_table_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "t.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    words = ("import", file, "--layout", TABLE_1, "--out", tmp_path / "e")
    assert_refused(run(capsys, *words), "the file has no row with the headers")
    assert_refused(run(capsys, *words, "--sheet", "A"), "CSV file and has no sheets")


def test_an_unknown_layout_is_refused_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "import", "x.csv", "--layout", "none", "--out", tmp_path / "e")
    assert_refused(ran, "no layout 'none'", *LAYOUTS)


@pytest.mark.parametrize("name", ["edition.toml", "lines.csv"])
def test_nothing_is_ever_overwritten(
    name: str, published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    file = published / f"budget_{GRANTS}.csv"
    ran = run(capsys, "import", file, "--layout", GRANTS, "--out", tmp_path)
    assert_refused(ran, f"already holds {name}", "another folder")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_out_that_is_a_file_is_refused(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = published / f"budget_{GRANTS}.csv"
    assert_refused(
        run(capsys, "import", file, "--layout", GRANTS, "--out", file), "which is a file"
    )


def test_a_file_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("none.csv", "none.xlsx"):
        ran = run(capsys, "import", tmp_path / name, "--layout", GRANTS, "--out", tmp_path / "e")
        assert_refused(ran, "was not found")


def test_against_must_be_a_commissioning_workbook(
    team: Path, published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = published / f"budget_{GRANTS}.csv"
    words = ("import", file, "--layout", GRANTS, "--against", team, "--out", tmp_path / "e")
    assert_refused(run(capsys, *words), "team.xlsx is not a commissioning workbook")


def test_the_object_is_json_even_where_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "t.csv"
    file.write_text("Term,Priority,Project,Provider,24/25 Spend\n", encoding="utf-8")
    ran = run(capsys, "import", file, "--layout", TABLE_1, "--out", tmp_path / "e", "--json")
    assert ran.code == 1
    assert ran.rules() == {"import-no-lines"}
    assert (ran.json["out"], ran.json["sheet"], ran.json["lines"]) == (None, None, 0)
    assert json.loads(ran.out)["totals"] == {"24/25 Spend": "0.00"}
