"""`reconcile` on workbooks: what it says, what it reads, and that it writes nothing."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import excel_user
from cli.terminal import assert_refused, run
from commands.workbooks import type_into
from xlframework.commands.new import new
from xlframework.commands.outcome import Outcome
from xlframework.commands.reconcile import reconcile
from xlframework.commands.refresh import refresh
from xlframework.ground.finding import Finding

BUDGET = "2024/25 Budget"
TOTAL = "TOTAL, 24/25 Spend"
KEYS = ("ref", "claim", "stated", "computed", "unit", "difference", "status", "message")


@cache
def made(edition: str) -> bytes:
    """Make an edition's workbook once for all tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.xlsx"
        new(path, edition=edition)
        return path.read_bytes()


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(made("2024-25"))
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return tmp_path / "other.xlsx"


def data(outcome: Outcome) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(outcome.as_json()))
    return found


def figure(workbook: Path, claim: str, other: Path | None = None) -> dict[str, str]:
    figures: list[dict[str, str]] = data(reconcile(workbook, other=other))["figures"]
    (found,) = [each for each in figures if each["claim"].startswith(claim)]
    return found


def add_figure(**typed: object) -> Callable[[Workbook], None]:
    """Type a row of `Figures`; Computed by is the key `computed_by`."""
    row = {"Ref": "X", "Claim": "Ours", "Stated": 1, "Unit": "GBP", "Precision": 1, **typed}
    if "computed_by" in row:
        row["Computed by"] = row.pop("computed_by")
    return lambda book: excel_user.add_row(book, "Figures", row)


def sheet(workbook: Path, *, values: bool = True) -> list[dict[str, object]]:
    return excel_user.rows(openpyxl.load_workbook(workbook, data_only=values), "Figures")


# --- what it says --------------------------------------------------------------------


def test_every_figure_has_its_numbers_and_its_status(workbook: Path) -> None:
    outcome = reconcile(workbook)
    found = data(outcome)
    assert (found["command"], found["edition"]) == ("reconcile", "2024-25")
    assert found["workbook"] == str(workbook)
    assert [tuple(each) for each in found["figures"]] == [KEYS] * 8
    assert found["figures"][0] == dict(
        zip(
            KEYS,
            (
                "Annual commissioned activity",
                "Community Safety Partnership spend",
                "639675.00",
                "639676.00",
                "GBP",
                "-1.00",
                "differs",
                "it comes to £639,676; the stated £639,675 is £1 less",
            ),
            strict=True,
        )
    )
    assert found["figures"][1]["computed"] == "9"
    assert outcome.exit_code == 1


def test_a_figure_that_differs_is_an_error_at_its_cell(workbook: Path) -> None:
    (finding,) = data(reconcile(workbook))["findings"]
    assert (finding["rule"], finding["severity"]) == ("figure-differs", "error")
    assert (finding["sheet"], finding["cell"]) == ("Figures", "C5")
    assert (finding["expected"], finding["found"]) == ("639676.00", "639675.00")
    assert finding["difference"] == "-1.00"


def test_a_document_whose_figures_agree_has_exit_code_0(workbook: Path) -> None:
    def correct(book: Workbook) -> None:
        ours, table = excel_user.table_of(book, "Figures")
        assert table.ref.startswith("A4")
        excel_user.put(ours, 5, 3, 639676)

    excel_user.edit(workbook, correct)
    outcome = reconcile(workbook)
    assert (outcome.exit_code, outcome.findings) == (0, ())


def test_the_text_counts_first_and_tells_what_differs_last(workbook: Path) -> None:
    excel_user.edit(workbook, add_figure(computed_by='cannot("it is not printed")'))
    text = reconcile(workbook).text
    heading, *_ = text.splitlines()
    assert heading == (
        f"{workbook}, edition 2024-25: 9 stated figures; 7 agree, 1 differs, 1 cannot be checked."
    )
    places = [
        text.index(word)
        for word in ("\nAgrees\n", "\nDiffers\n", "\nCannot be checked\n", "\nChecks of ")
    ]
    assert places == sorted(places)
    (row,) = [line for line in text.splitlines() if line.startswith("Annual") and "-1" in line]
    assert row.split()[-4:] == ["GBP", "639,675", "639,676", "-1"]
    assert "X    Ours   it is not printed" in text


def test_nothing_is_written(workbook: Path) -> None:
    before, changed_at = workbook.read_bytes(), workbook.stat().st_mtime_ns
    reconcile(workbook)
    assert (workbook.read_bytes(), workbook.stat().st_mtime_ns) == (before, changed_at)
    assert [path.name for path in workbook.parent.iterdir()] == ["budget.xlsx"]


def test_a_workbook_without_figures_has_none(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    new(path, blank=True)
    outcome = reconcile(path)
    assert data(outcome)["figures"] == []
    assert outcome.exit_code == 0
    assert "0 stated figures" in outcome.text


def test_a_workbook_without_its_tables_says_what_is_missing(workbook: Path) -> None:
    def rename(book: Workbook) -> None:
        ours, table = excel_user.table_of(book, "Figures")
        del ours.tables["Figures"]
        table.name = table.displayName = "Stated"
        ours.add_table(table)

    excel_user.edit(workbook, rename)
    outcome = reconcile(workbook)
    assert [finding.rule for finding in outcome.findings] == ["table-missing"]
    assert data(outcome)["figures"] == []
    assert outcome.exit_code == 1


# --- what it reads --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"computed_by": None}, "cannot be checked", "Computed by is blank"),
        ({"computed_by": "=pot()", "Stated": 639675}, "agrees", None),
        ({"computed_by": "pot()", "Stated": None}, "cannot be checked", "no figure is stated"),
        ({"computed_by": "pot()", "Stated": "£5"}, "cannot be checked", "Stated: '£5' is not"),
        ({"computed_by": "pot()", "Unit": "quid"}, "cannot be checked", "Unit: 'quid' is no unit"),
        ({"computed_by": "pot()", "Precision": None}, "differs", "is £639,674 less"),
        ({"computed_by": "pot(", "Stated": 1}, "cannot be checked", "the bracket after pot is"),
        (
            {"computed_by": 'edition("1999-00", pot())'},
            "cannot be checked",
            "give its workbook with --with",
        ),
        (
            {"computed_by": "total([2023/24 Budget])"},
            "cannot be checked",
            "the column [2023/24 Budget] is not there in the edition 2024-25",
        ),
    ],
)
def test_a_typed_row_is_read_as_it_stands(
    typed: Mapping[str, object], status: str, said: str | None, workbook: Path
) -> None:
    excel_user.edit(workbook, add_figure(**typed))
    found = figure(workbook, "Ours")
    assert found["status"] == status
    assert (said or "") in (found["message"] or "")


def test_a_line_that_excel_took_for_a_formula_is_read_all_the_same(workbook: Path) -> None:
    excel_user.edit(workbook, add_figure(computed_by="=pott()"))
    assert "there is no function pott; did you mean pot?" in figure(workbook, "Ours")["message"]
    cell = openpyxl.load_workbook(workbook)["Figures"]["F13"]
    assert (cell.data_type, cell.value) == ("f", "=pott()")


def test_an_amount_that_cannot_be_read_silences_only_its_claims(workbook: Path) -> None:
    def break_one(book: Workbook) -> None:
        excel_user.set_cell(book, "G24-01", BUDGET, "TBC")

    excel_user.edit(workbook, break_one)
    outcome = reconcile(workbook)
    statuses = {each["claim"]: each["status"] for each in data(outcome)["figures"]}
    silent = [claim for claim, status in statuses.items() if status == "cannot be checked"]
    assert silent == ["DA Perpetrator Programme (to the nearest thousand)", TOTAL]
    assert "the amount 'TBC' in Lines T" in figure(workbook, "DA Perp")["message"]
    assert [finding.rule for finding in outcome.findings] == ["line-amount-text", "figure-differs"]


def test_an_amount_that_cannot_be_read_is_an_error_though_no_figure_differs(
    workbook: Path,
) -> None:
    def correct_but_unread(book: Workbook) -> None:
        ours, _ = excel_user.table_of(book, "Figures")
        ours["C5"] = 639676
        excel_user.set_cell(book, "G24-01", BUDGET, "TBC")

    excel_user.edit(workbook, correct_but_unread)
    outcome = reconcile(workbook)
    assert outcome.data["counts"] == {"agrees": 6, "differs": 0, "cannot be checked": 2}
    assert [finding.rule for finding in outcome.findings] == ["line-amount-text"]
    assert outcome.exit_code == 1


def test_a_line_that_is_typed_counts_before_any_refresh(workbook: Path) -> None:
    line = {"Line ID": "C24-48", "Block": "Commissioning", "Section": "Various", BUDGET: 0.5}
    excel_user.edit(workbook, lambda book: excel_user.add_row(book, "Lines", line))
    totals = [each for each in data(reconcile(workbook))["figures"] if each["claim"] == TOTAL]
    assert [each["status"] for each in totals] == ["differs", "agrees"]
    assert (totals[0]["computed"], totals[0]["difference"]) == ("4654012.00", "-1.00")


def test_an_impossible_split_silences_the_claims_about_it(workbook: Path) -> None:
    def no_pot(book: Workbook) -> None:
        add_figure(computed_by="awards()")(book)
        excel_user.set_name(book, "Pot", -5)

    excel_user.edit(workbook, no_pot)
    found = figure(workbook, "Ours")
    assert found["status"] == "cannot be checked"
    assert "the fund cannot be split: the pot is negative" in found["message"]


# --- other editions ------------------------------------------------------------------------


def test_a_claim_about_another_edition_is_worked_out_from_the_bundled_one(workbook: Path) -> None:
    line = 'edition("2018-21", total([2020/21 Budget]))'
    excel_user.edit(workbook, add_figure(computed_by=line, Stated=4269355))
    assert figure(workbook, "Ours")["status"] == "agrees"


def test_or_from_the_workbook_given_whose_cover_names_it(workbook: Path, other: Path) -> None:
    other.write_bytes(made("2018-21"))

    def change(book: Workbook) -> None:
        excel_user.set_name(book, "Edition", "Our own")
        excel_user.set_cell(book, "A18-01", "2020/21 Budget", 560001)

    excel_user.edit(other, change)
    line = (
        'edition("our OWN", total([2020/21 Budget])) - edition("2018-21", total([2020/21 Budget]))'
    )
    excel_user.edit(workbook, add_figure(computed_by=line, Stated=1))
    assert figure(workbook, "Ours", other)["status"] == "agrees"
    assert "(there are 2016-17, 2018-21," in figure(workbook, "Ours")["message"]

    def as_bundled(book: Workbook) -> None:
        excel_user.set_name(book, "Edition", "2018-21")

    excel_user.edit(other, as_bundled)
    line = 'edition("2018-21", total([2020/21 Budget]))'
    excel_user.edit(workbook, add_figure(computed_by=line, Claim="Theirs", Stated=4269356))
    assert figure(workbook, "Theirs", other)["status"] == "agrees"
    assert figure(workbook, "Theirs")["status"] == "differs"


def test_a_split_of_another_edition_needs_its_workbook(workbook: Path, other: Path) -> None:
    other.write_bytes(made("2016-17"))
    line = 'edition("2016-17", awards())'
    excel_user.edit(workbook, add_figure(computed_by=line, Stated=450000))
    assert "from its workbook only" in figure(workbook, "Ours")["message"]
    assert figure(workbook, "Ours", other)["status"] == "agrees"


def test_a_workbook_given_with_it_is_compared_year_by_year(workbook: Path, other: Path) -> None:
    other.write_bytes(made("2024-25"))
    excel_user.edit(other, lambda book: excel_user.set_cell(book, "C24-01", BUDGET, 500010))
    found = [
        finding
        for finding in reconcile(workbook, other=other).findings
        if finding.rule == "figure-editions-differ"
    ]
    assert [(each.severity, each.difference, each.place.sheet) for each in found] == [
        ("info", "-10.00", "Lines")
    ]
    assert found[0].message == (
        "the workbook other.xlsx (edition 2024-25) prints another total for 2024/25 Budget; the "
        "subtotals of Victim Services and the line Victim First (£500,000 here, £500,010 there) "
        "differ too"
    )


def test_a_workbook_given_with_it_is_asked_for_names_that_almost_agree(
    workbook: Path, other: Path
) -> None:
    other.write_bytes(made("2024-25"))
    assert not any(
        finding.rule == "name-near-elsewhere"
        for finding in reconcile(workbook, other=other).findings
    )
    excel_user.edit(
        other, lambda book: excel_user.set_cell(book, "C24-16", "Provider", "Tomorow Project")
    )
    (found,) = [
        finding
        for finding in reconcile(workbook, other=other).findings
        if finding.rule == "name-near-elsewhere"
    ]
    assert (found.severity, found.place.sheet) == ("warning", "Lines")
    assert "'Tomorrow Project'" in found.message
    assert "other.xlsx" in found.message
    assert "'Tomorow Project'" in found.message


def test_a_workbook_given_with_it_that_no_claim_names_is_told(workbook: Path, other: Path) -> None:
    def unused() -> list[Finding]:
        found = reconcile(workbook, other=other).findings
        return [each for each in found if each.rule == "figure-with-unused"]

    other.write_bytes(made("2016-17"))
    assert unused() == []  # no claim names any edition
    line = 'edition("2018-21", pot()) + edition("Our own", pot())'
    excel_user.edit(workbook, add_figure(computed_by=line))
    (finding,) = unused()
    assert (finding.severity, finding.place.file) == ("info", str(other))
    assert (finding.place.sheet, finding.place.cell) == ("Cover", "B4")
    assert finding.message == (
        "no stated figure is worked out from it: its Cover names the edition 2016-17, and the "
        "claims name 2018-21 and Our own"
    )
    excel_user.edit(other, lambda book: excel_user.set_name(book, "Edition", "OUR OWN"))
    assert unused() == []
    excel_user.edit(other, lambda book: excel_user.set_name(book, "Edition", None))
    assert "its Cover names no edition" in unused()[0].message


def test_another_teams_workbook_is_not_compared_with_ours(workbook: Path) -> None:
    def of_another_force(book: Workbook) -> None:
        excel_user.set_name(book, "Edition", "Elsewhere 2024-25")
        excel_user.set_cell(book, "C24-01", BUDGET, 1)

    excel_user.edit(workbook, of_another_force)
    rules = {finding.rule for finding in reconcile(workbook).findings}
    assert "figure-editions-differ" not in rules


# --- refresh -------------------------------------------------------------------------------


def test_refresh_fills_the_three_columns_and_only_warns(workbook: Path) -> None:
    excel_user.edit(workbook, add_figure(computed_by="pot()", Stated=639675))
    outcome = refresh(workbook)
    assert outcome.exit_code == 0
    assert [(each.rule, each.severity) for each in outcome.findings if "figure" in each.rule] == [
        ("figure-unreconciled", "warning")
    ]
    *_, ours = sheet(workbook)
    assert (ours["Computed"], ours["Difference"], ours["Status"]) == (639675, 0, "agrees")
    assert sheet(workbook, values=False)[-1]["Computed"] == "=ROUND(Pot,0)"
    assert refresh(workbook).data["changes"] == []


def test_refresh_writes_nothing_else_of_the_table(workbook: Path) -> None:
    before = sheet(workbook, values=False)
    excel_user.edit(workbook, lambda book: excel_user.set_cell(book, "C24-33", BUDGET, 271817))
    refresh(workbook)
    after = sheet(workbook, values=False)
    inputs = ("Ref", "Claim", "Stated", "Unit", "Precision", "Computed by")
    assert [[row[name] for name in inputs] for row in after] == [
        [row[name] for name in inputs] for row in before
    ]
    assert next(row["Status"] for row in sheet(workbook)) == "agrees"


def test_what_somebody_typed_over_a_computed_cell_is_put_right_and_logged(workbook: Path) -> None:
    type_into(workbook, "Figures", "G7", Decimal(5))
    type_into(workbook, "Figures", "I7", "differs")
    refresh(workbook)
    assert sheet(workbook)[2]["Computed"] == 400000
    log = excel_user.rows(openpyxl.load_workbook(workbook), "Change_log")
    assert ("Figures", "G7", "5", "400000") in {
        (row["Sheet"], row["Cell"], row["Before"], row["After"]) for row in log
    }


def test_a_row_that_is_emptied_loses_what_refresh_wrote(workbook: Path) -> None:
    def empty(book: Workbook) -> None:
        for column in range(1, 7):
            excel_user.put(book["Figures"], 7, column, None)

    excel_user.edit(workbook, empty)
    refresh(workbook)
    assert set(sheet(workbook)[2].values()) == {None}


def test_a_broken_line_is_an_error_of_refresh_that_stops_nothing(workbook: Path) -> None:
    def change(book: Workbook) -> None:
        add_figure(computed_by="total([2024/25 Bugdet])")(book)
        excel_user.set_cell(book, "C24-01", BUDGET, 500001)

    excel_user.edit(workbook, change)
    outcome = refresh(workbook)
    assert outcome.exit_code == 1
    (finding,) = [each for each in outcome.findings if each.rule == "figure-broken"]
    assert (finding.place.sheet, finding.place.cell) == ("Figures", "F13")
    assert "from character 1 on: the column [2024/25 Bugdet] is not there" in finding.message
    assert "did you mean '2024/25 Budget'?" in finding.message
    rows = sheet(workbook)
    assert (rows[-1]["Computed"], rows[-1]["Status"]) == (None, "cannot be checked")
    assert rows[6]["Computed"] == 4654012


def test_the_figures_of_a_lone_edition_are_constants_where_no_formula_reaches(
    tmp_path: Path,
) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(made("2018-21"))
    (row,) = [row for row in sheet(path, values=False) if row["Ref"] == "3.3"]
    assert row["Computed"] == Decimal(412988)
    assert str(row["Difference"]).startswith("=ROUND(")


# --- the command line ----------------------------------------------------------------------


def test_the_command_line_prints_text_or_json(
    capsys: pytest.CaptureFixture[str], workbook: Path
) -> None:
    ran = run(capsys, "reconcile", workbook)
    assert (ran.code, ran.err) == (1, "")
    assert "8 stated figures; 7 agree, 1 differs" in ran.out
    ran = run(capsys, "reconcile", workbook, "--with", workbook, "--json")
    assert ran.code == 1
    assert ran.json["counts"] == {"agrees": 7, "differs": 1, "cannot be checked": 0}


def test_what_cannot_be_read_is_refused(
    capsys: pytest.CaptureFixture[str], workbook: Path, tmp_path: Path
) -> None:
    assert_refused(run(capsys, "reconcile", tmp_path / "none.xlsx"), "none.xlsx")
    assert_refused(run(capsys, "reconcile", workbook, "--with", tmp_path / "no.xlsx"), "no.xlsx")
    foreign = tmp_path / "foreign.xlsx"
    openpyxl.Workbook().save(foreign)
    assert_refused(run(capsys, "reconcile", workbook, "--with", foreign), "foreign.xlsx")
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(workbook.read_bytes())

    def rename(book: Workbook) -> None:
        excel_user.put(book["Lines"], 4, 1, "Number")

    excel_user.edit(broken, rename)
    assert_refused(run(capsys, "reconcile", workbook, "--with", broken), "--with", "'Line ID'")
