"""`returns issue`: a form for every partner, who gets none, years, names, whole or not at all."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import excel_user
from cli.terminal import assert_refused, run
from returns_forms import COMMISSIONING, MONITORING, PLAN
from xlframework.commands.new import new
from xlframework.commands.outcome import Outcome
from xlframework.commands.returns_issue import file_names, returns_issue, safe_name
from xlframework.ground.errors import MisuseError
from xlframework.ground.money import pounds_text
from xlframework.model.returns import Issued
from xlframework.sheets.file_book import write_file

FILE_NAME = re.compile(r"[a-z-]+_[0-9]{4}-[0-9]{2}_[A-Za-z0-9-]+\.xlsx\Z")

# The nine awards as published.
AWARDS = {
    "E06000016": "271818.00",
    "E06000017": "19297.00",
    "E07000129": "52666.00",
    "E07000130": "89530.00",
    "E07000131": "37480.00",
    "E07000132": "51218.00",
    "E07000133": "31336.00",
    "E07000134": "53776.00",
    "E07000135": "32555.00",
}


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Give a copy of the 2024-25 workbook that a test may change."""
    path = tmp_path / "budget.xlsx"
    path.write_bytes(COMMISSIONING.read_bytes())
    return path


class Made(NamedTuple):
    """A folder of forms and what was said."""

    folder: Path
    outcome: Outcome


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("plans")
    return Made(folder, returns_issue(COMMISSIONING, PLAN, folder))


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("returns")
    return Made(folder, returns_issue(COMMISSIONING, MONITORING, folder))


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def cells_of(path: Path) -> Mapping[str, object]:
    """Read the named cells of a form."""
    book = openpyxl.load_workbook(path)
    found = {}
    for name, defined in book.defined_names.items():
        ((sheet, cell),) = defined.destinations
        if ":" not in cell:
            found[name] = book[sheet][cell].value
    return found


def test_each_of_the_nine_partnerships_gets_its_award(plans: Made) -> None:
    assert plans.outcome.exit_code == 0
    paths = sorted(plans.folder.iterdir())
    assert len(paths) == 9
    found = {}
    for path in paths:
        assert FILE_NAME.match(path.name)
        cells = cells_of(path)
        assert cells["Year"] == "2024/25"
        assert cells["Form"] == PLAN
        award = cells["Award"]
        assert isinstance(award, int)
        found[cells["Area_code"]] = pounds_text(award * 100)
    assert found == AWARDS
    assert plans.outcome.data["total"] == "639676.00"


def test_each_provider_with_lines_gets_a_return_and_the_rest_are_named(returns: Made) -> None:
    folder, outcome = returns
    lines = openpyxl.load_workbook(COMMISSIONING, data_only=True)
    providers = {str(row["Provider"]) for row in excel_user.rows(lines, "Lines")}
    assert {"OPCC", "PCC", "Various"} <= providers
    assert {cells_of(path)["Organisation"] for path in folder.iterdir()} == providers - {
        *("OPCC", "PCC", "Various")
    }
    left_out = outcome.data["left_out"]
    assert isinstance(left_out, list)
    assert [each["what"] for each in left_out] == ["OPCC", "PCC", "Various"]
    assert "Various (G24-17): the form leaves this provider out." in outcome.text
    assert "monitoring-return_2024-25_Womens-Aid-Leicestershire.xlsx" in names_in(folder)
    assert "monitoring-return_2024-25_Force-NHSE.xlsx" in names_in(folder)


def test_every_budget_line_is_asked_about_once_or_accounted_for(returns: Made) -> None:
    data = returns.outcome.data
    forms, left_out = data["forms"], data["left_out"]
    assert isinstance(forms, list)
    assert isinstance(left_out, list)
    asked = [line["line_id"] for form in forms for line in form["lines"]]
    covered = [line["line_id"] for form in forms for line in form["covered"]]
    nobody = [line for each in left_out for line in each["lines"]]
    book = openpyxl.load_workbook(COMMISSIONING, data_only=True)
    every = [row["Line ID"] for row in excel_user.rows(book, "Lines")]
    assert sorted([*asked, *covered, *nobody]) == sorted(map(str, every))
    assert covered == ["C24-13", "C24-15"]
    assert "    C24-13 (Leicester City Council): part of C24-12.\n" in returns.outcome.text


def test_twice_is_once(plans: Made) -> None:
    before = {path: path.stat().st_mtime_ns for path in plans.folder.iterdir()}
    second = returns_issue(COMMISSIONING, PLAN, plans.folder)
    assert {path: path.stat().st_mtime_ns for path in plans.folder.iterdir()} == before
    assert second.data == plans.outcome.data
    assert "0 forms written" in second.text
    assert "9 forms stood there already" in second.text


def test_what_a_partner_filled_in_is_never_replaced_and_nothing_else_is_written(
    tmp_path: Path,
) -> None:
    taken = tmp_path / "csp-plan-budget_2024-25_Melton-District-Council.xlsx"
    taken.write_bytes(b"filled in")
    with pytest.raises(MisuseError, match=r"Melton.*holds something else.*nothing was written"):
        returns_issue(COMMISSIONING, PLAN, tmp_path)
    assert names_in(tmp_path) == [taken.name]
    assert taken.read_bytes() == b"filled in"


def test_a_disk_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Path] = []

    def fails(data: bytes, path: Path) -> None:
        if len(done) == 3:
            raise MisuseError("the disk is full")
        write_file(data, path)
        done.append(path)

    monkeypatch.setattr("xlframework.commands.returns_issue.write_file", fails)
    with pytest.raises(MisuseError, match="full"):
        returns_issue(COMMISSIONING, PLAN, tmp_path)
    assert names_in(tmp_path) == []


def with_another_year(book: Workbook) -> None:
    rows = excel_user.rows(book, "Lines")
    amounts = {str(row["Line ID"]): 1000 for row in rows if row["Area code"] == "E07000129"}
    excel_user.add_column(book, "2025/26 Budget", amounts)
    excel_user.set_name(book, "Years", "2024/25 Budget, 2025/26 Budget")


def issue(workbook: Path, form: str = PLAN, year: str | None = None) -> Outcome:
    return returns_issue(workbook, form, workbook.parent / "out", year=year)


def test_the_year_is_asked_for_where_there_are_several(workbook: Path) -> None:
    excel_user.edit(workbook, with_another_year)
    with pytest.raises(MisuseError, match=r"2024/25, 2025/26; say which one with --year"):
        issue(workbook)
    outcome = issue(workbook, year="2025-26")
    (name,) = names_in(workbook.parent / "out")
    assert name == "csp-plan-budget_2025-26_Blaby-District-Council.xlsx"
    cells = cells_of(workbook.parent / "out" / name)
    assert (cells["Year"], cells["Award"]) == ("2025/26", 1000)
    left_out = outcome.data["left_out"]
    assert isinstance(left_out, list)
    assert len(left_out) == 8


@pytest.mark.parametrize(
    ("year", "words"),
    [
        ("2031/32", ("no 2031/32 Budget", "2024/25")),
        ("next year", ("--year", "'next year'", "2024/25")),
        ("2024/26", ("--year", "2024/26")),
    ],
)
def test_a_year_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], year: str, words: tuple[str, ...]
) -> None:
    ran = run(
        *(capsys, "returns", "issue", COMMISSIONING, "--form", PLAN, "--year", year),
        *("--out", tmp_path / "out"),
    )
    assert_refused(ran, *words)
    assert not (tmp_path / "out").exists()


def test_an_unknown_form_is_said_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "returns", "issue", COMMISSIONING, "--form", "plan", "--out", tmp_path)
    assert_refused(ran, "'plan'", PLAN, MONITORING)


def test_a_blank_workbook_has_nobody_to_send_a_form_to(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    new(path, blank=True)
    for form in (PLAN, MONITORING):
        with pytest.raises(MisuseError, match="nobody to send this form to"):
            returns_issue(path, form, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_one_reason_for_all_is_given_once(tmp_path: Path) -> None:
    path = tmp_path / "2025-28.xlsx"
    new(path, edition="2025-28")
    with pytest.raises(MisuseError, match=r"Leicester, Rutland, .*: no line has") as refused:
        returns_issue(path, PLAN, tmp_path / "out")
    assert str(refused.value).count("no line has") == 1


def test_a_file_that_is_no_workbook_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_text("Line ID,Provider", encoding="utf-8")
    assert_refused(
        run(capsys, "returns", "issue", path, "--form", PLAN, "--out", tmp_path / "out"),
        "budget.xlsx",
    )


def test_the_folder_may_not_be_a_file(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "returns", "issue", workbook, "--form", PLAN, "--out", workbook)
    assert_refused(ran, "--out", "folder")


def test_figures_that_cannot_be_relied_on_are_sent_to_nobody(workbook: Path) -> None:
    excel_user.edit(
        workbook, lambda book: excel_user.set_cell(book, "C24-35", "2024/25 Budget", 0.001)
    )
    outcome = issue(workbook)
    assert outcome.exit_code == 1
    assert [finding.rule for finding in outcome.findings] == ["line-amount-fraction"]
    assert not (workbook.parent / "out").exists()


def test_an_award_in_words_keeps_only_its_own_form_back(workbook: Path) -> None:
    excel_user.edit(
        workbook, lambda book: excel_user.set_cell(book, "C24-35", "2024/25 Budget", "TBC")
    )
    outcome = issue(workbook)
    assert outcome.exit_code == 1
    assert len(names_in(workbook.parent / "out")) == 8
    assert "Blaby (C24-35): an amount of 2024/25 Budget cannot be read." in outcome.text


def test_a_changed_award_is_in_the_form_without_a_refresh(workbook: Path) -> None:
    excel_user.edit(
        workbook, lambda book: excel_user.set_cell(book, "C24-35", "2024/25 Budget", 60000.5)
    )
    issue(workbook)
    name = "csp-plan-budget_2024-25_Blaby-District-Council.xlsx"
    assert cells_of(workbook.parent / "out" / name)["Award"] == 60000.5


def test_the_command_line_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(
        *(capsys, "returns", "issue", COMMISSIONING, "--form", PLAN),
        *("--out", tmp_path, "--year", "2024/25", "--json"),
    )
    assert ran.code == 0
    assert ran.json["command"] == "returns issue"
    assert ran.json["findings"] == []
    assert ran.json["year"] == "2024/25"
    assert [each["area_code"] for each in ran.json["forms"]] == list(AWARDS)
    assert ran.json["files"] == [each["file"] for each in ran.json["forms"]]
    assert all(Path(each).is_file() for each in ran.json["files"])


@pytest.mark.parametrize("words", [(), ("issue",), ("send",)])
def test_a_command_that_is_not_whole_is_refused(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    ran = run(capsys, "returns", *words)
    assert ran.code == 2
    assert "--help" in ran.err


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Women's Aid Leicestershire", "Womens-Aid-Leicestershire"),
        ("Force/NHSE", "Force-NHSE"),
        ("Leicestershire & Rutland", "Leicestershire-and-Rutland"),
        ("../../etc/passwd", "etc-passwd"),
        ("Müller & Söhne GmbH", "Muller-and-Sohne-GmbH"),
        ("日本", "partner"),
        (" -- ", "partner"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_name_becomes_letters_digits_and_hyphens(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_names_that_would_be_the_same_get_numbers() -> None:
    def partner(name: str) -> Issued:
        return Issued(PLAN, "2024/25", name, "", "", 0, ())

    made = list(file_names(map(partner, ["A/B", "a b", "A B 2", "A-B"])))
    assert made == [
        "csp-plan-budget_2024-25_A-B.xlsx",
        "csp-plan-budget_2024-25_a-b-2.xlsx",
        "csp-plan-budget_2024-25_A-B-2-2.xlsx",
        "csp-plan-budget_2024-25_A-B-3.xlsx",
    ]
