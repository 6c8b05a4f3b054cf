"""A press of a button: what it does, what it says, and that nothing gets out of it."""

import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import excel_link
import openpyxl
import pytest
from openpyxl.workbook import Workbook

import excel_user as user
import returns_forms as forms
from addin.excel import OpenExcel, open_excel
from addin.live import COMMITTED
from builders import ROOT, YEAR
from commands.workbooks import type_into
from xlframework.addin import desktop
from xlframework.addin.at_excel import saved_file
from xlframework.addin.desktop import COMMANDS, answer
from xlframework.addin.fault_log import note
from xlframework.addin.places import log_file
from xlframework.addin.reply import LONGEST, Reply, fits
from xlframework.commands.new import new
from xlframework.commands.registry import BUTTONS
from xlframework.commands.workbook import open_workbook
from xlframework.ground.errors import MisuseError, XlframeworkError
from xlframework.sheets.live.excel import ExcelBook

YES, NO, CANCEL = 6, 7, 2


@pytest.fixture(autouse=True)
def _own_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook in which a refresh has something to do."""
    path = tmp_path / "budget.xlsx"
    path.write_bytes(COMMITTED.read_bytes())
    type_into(path, "Lines", "T5", Decimal(600000))
    return path


def _press(excel: OpenExcel, command: str) -> Reply:
    reply = answer(command, lambda: excel.book)
    assert fits(reply.text)
    return reply


def _amount(excel: OpenExcel, sheet: str, cell: str) -> object:
    return excel.excel.sheet(sheet).value(cell)


def test_every_button_has_its_command() -> None:
    assert set(COMMANDS) == {button.command for button in BUTTONS}


def test_refresh_says_what_it_did_and_the_second_time_that_nothing_is_left(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        first, second = _press(excel, "refresh"), _press(excel, "refresh")
        assert _amount(excel, "Summary", "D33") == 6774237
    assert first.icon == second.icon == "information"
    assert "budget.xlsx: 30 changes written (Summary 13, Checks 10, Figures 3, " in first.text
    assert "Checks: 7 warnings." in first.text
    assert "budget.xlsx: nothing to change." in second.text


def test_preview_shows_cells_before_and_after_and_writes_nothing(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        excel.excel.workbook.saved = True
        reply = _press(excel, "preview")
        assert excel.excel.workbook.saved
    assert "30 changes to be made. Nothing was written." in reply.text
    assert "Sections: D5 1,412,614 -> 1,512,614" in reply.text
    assert "and 10 more" in reply.text


def test_errors_are_told_with_their_cells_and_stand_on_the_sheet_checks(workbook: Path) -> None:
    type_into(workbook, "Lines", "T7", "n/a")
    with open_excel(workbook) as excel:
        reply = _press(excel, "refresh")
        assert _amount(excel, "Checks", "D5") == "T7"
    assert reply.icon == "exclamation"
    assert "- Lines T7: C24-03" in reply.text
    assert "Type the amount as a plain number" in reply.text
    assert "All of them are on the sheet Checks." in reply.text


def test_many_findings_fit_into_the_box(workbook: Path) -> None:
    def spoil(book: Workbook) -> None:
        for row in user.rows(book, "Lines")[:30]:
            user.set_cell(book, str(row["Line ID"]), YEAR, "to be confirmed, in words " * 5)

    user.edit(workbook, spoil)
    with open_excel(workbook) as excel:
        reply = _press(excel, "refresh")
    assert len(reply.text) <= LONGEST
    assert "30 errors" in reply.text
    assert "more. All of them are on the sheet Checks." in reply.text


# --- allocation ---------------------------------------------------------------------------


def test_split_asks_before_it_carries_the_awards_into_lines(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        excel.person.presses[:] = [YES]
        reply = _press(excel, "split")
        (box,) = excel.person.boxes
        assert _amount(excel, "Lines", "T37") == 271025
        assert _amount(excel, "Change log", "B6") != ""
        assert excel.book.app.api.ActiveSheet.Name == "Allocation"
        again = _press(excel, "split")
        assert len(excel.person.boxes) == 1
    assert "£639,675 is split between 9 areas" in box.text
    assert "Leicester: £271,025, in Lines £271,818" in box.text
    assert fits(box.text)
    assert "Lines 9" in reply.text
    assert "Leicester: £271,025 (-£793)" in again.text
    assert "nothing to change" in again.text


def test_split_leaves_lines_alone_on_no_and_everything_on_cancel(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        excel.excel.workbook.saved = True
        excel.person.presses[:] = [CANCEL, NO]
        assert _press(excel, "split") == Reply("silent")
        assert excel.excel.workbook.saved
        reply = _press(excel, "split")
        assert _amount(excel, "Lines", "T37") == 271818
        assert _amount(excel, "Summary", "D33") == 6774237
    assert "Lines keeps its amounts." in reply.text
    assert "30 changes written" in reply.text


def test_a_split_that_cannot_be_made_is_a_sentence(workbook: Path) -> None:
    type_into(workbook, "Formula", "C20", "n/a")
    with open_excel(workbook) as excel:
        reply = _press(excel, "split")
    assert reply.icon == "exclamation"
    assert "sheet Formula, cell C20" in reply.text
    assert not log_file().exists()


def test_scenarios_say_how_far_each_award_moves(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        reply = _press(excel, "scenarios")
        assert excel.book.app.api.ActiveSheet.Name == "Scenarios"
    assert "16 scenarios" in reply.text
    assert "Leicester: £271,025 (£210,133 to £314,443)" in reply.text


# --- appendices ---------------------------------------------------------------------------


def test_regenerate_lists_the_tables(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        reply = _press(excel, "regenerate")
        assert excel.book.app.api.ActiveSheet.Name == "Table 1"
    assert "Grants: External grants 2024/25, 19 rows" in reply.text
    assert "30 changes written" in reply.text


def test_publish_writes_the_saved_workbook_into_the_chosen_folder(
    workbook: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "published"
    with open_excel(workbook) as excel:
        _press(excel, "refresh")
        excel.person.presses[:] = [YES]
        excel.person.chooses[:] = [folder]
        reply = _press(excel, "publish")
        assert excel.excel.workbook.saved
    assert reply.icon == "information"
    assert f"4 files written into {folder}:" in reply.text
    assert len(list(folder.iterdir())) == 4
    published = (folder / "budget_2024-25-table-1.csv").read_text(encoding="utf-8-sig")
    assert "600000" in published
    sheet = openpyxl.load_workbook(folder / "budget_2024-25-table-1.xlsx").worksheets[0]
    words = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert open_workbook(workbook).sha256 in words


@pytest.mark.parametrize(
    ("presses", "chooses"), [([CANCEL], []), ([NO], []), ([YES], [None])], ids=str
)
def test_cancel_publishes_nothing(
    workbook: Path, presses: list[int], chooses: list[Path | str | None]
) -> None:
    with open_excel(workbook) as excel:
        _press(excel, "refresh")
        excel.person.presses[:] = presses
        excel.person.chooses[:] = chooses
        assert _press(excel, "publish") == Reply("silent")
    assert sorted(path.name for path in workbook.parent.glob("*.csv")) == []


def test_a_workbook_that_was_never_saved_cannot_be_published(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        excel.excel.workbook.path = ""
        reply = _press(excel, "publish")
    assert "budget.xlsx has never been saved. Save it in a folder" in reply.text


def test_a_workbook_at_an_address_is_asked_to_be_saved_in_a_folder(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        excel.excel.workbook.path = "https://example.sharepoint.com/sites/budget"
        reply = _press(excel, "publish")
    assert reply.icon == "exclamation"
    assert "Save it in a folder of this computer" in reply.text


def test_a_workbook_does_not_say_where_its_own_file_lies(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """xlwings by itself would ask the workbook's sheet xlwings.conf for the folder of OneDrive."""
    ours, theirs = tmp_path / "OneDrive", tmp_path / "theirs"
    for folder in (ours, theirs):
        folder.mkdir()
        shutil.copyfile(workbook, folder / "budget.xlsx")
    monkeypatch.setenv("OneDriveConsumer", str(ours))
    with open_excel(workbook) as excel:
        excel.excel.workbook.add_sheet("xlwings.conf")
        settings = excel.excel.sheet("xlwings.conf")
        settings.set_value("A1", "ONEDRIVE_CONSUMER_WIN")
        settings.set_value("B1", str(theirs))
        excel.excel.workbook.saved = True

        def answer_from_onedrive(call: excel_link.Request) -> object:
            if call.name == "FullName":
                return "https://d.docs.live.net/0123456789abcdef/budget.xlsx"
            return excel.server.answer(call)

        excel_link.use(answer_from_onedrive)
        assert excel.book.fullname == str(theirs / "budget.xlsx")
        assert saved_file(excel.book, "it is needed") == ours / "budget.xlsx"


def test_on_a_mac_a_workbook_that_might_say_so_is_refused(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xlframework.addin.at_excel.HAS_COM", False)
    with open_excel(workbook) as excel:
        assert saved_file(excel.book, "it is needed") == workbook
        excel.excel.workbook.add_sheet("xlwings.conf")
        with pytest.raises(MisuseError, match=r"has a sheet xlwings\.conf"):
            saved_file(excel.book, "it is needed")


def test_a_workbook_that_excel_cannot_save_is_one_sentence(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        excel.excel.workbook.saved = False

        def answer_but_save(call: excel_link.Request) -> object:
            if call.name == "Save":
                return excel_link.Failure(1004, "'budget.xlsx' is read-only.")
            return excel.server.answer(call)

        excel_link.use(answer_but_save)
        excel.person.presses[:] = [YES]
        reply = _press(excel, "publish")
    assert reply.icon == "exclamation"
    assert "Excel could not save budget.xlsx, so nothing was done" in reply.text


# --- stated figures -----------------------------------------------------------------------


def test_reconcile_names_what_differs_and_changes_nothing(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        excel.excel.workbook.saved = True
        reply = _press(excel, "reconcile")
        assert excel.excel.workbook.saved
        assert excel.book.app.api.ActiveSheet.Name == "Figures"
    assert reply.icon == "exclamation"
    assert "budget.xlsx: 8 stated figures;" in reply.text
    claim = "Community Safety Partnership spend: stated 639,675.00, computed 639,676.00 (GBP)"
    assert claim in reply.text


# --- returns ------------------------------------------------------------------------------


def test_issue_forms_asks_which_form_and_writes_one_for_each_partner(
    workbook: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "forms"
    with open_excel(workbook) as excel:
        excel.excel.workbook.saved = True
        excel.person.presses[:] = [YES]
        excel.person.chooses[:] = [folder]
        reply = _press(excel, "issue-forms")
        (box,) = excel.person.boxes
    assert "Community Safety Partnership: spending plan" in box.text
    assert reply.icon == "information"
    assert "9 forms in" in reply.text
    assert "£639,676" in reply.text
    assert len(list(folder.glob("csp-plan-budget_2024-25_*.xlsx"))) == 9


def test_issue_forms_goes_on_to_the_next_form_on_no(workbook: Path, tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    with open_excel(workbook) as excel:
        excel.excel.workbook.saved = True
        excel.person.presses[:] = [NO, YES]
        excel.person.chooses[:] = [folder]
        reply = _press(excel, "issue-forms")
    assert "No form: " in reply.text
    assert "OPCC" in reply.text
    assert len(list(folder.glob("monitoring-return_2024-25_*.xlsx"))) == 32


def test_issue_forms_asks_for_the_year_where_there_are_several(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    new(path, edition="2020-21")
    folder = tmp_path / "forms"
    with open_excel(path) as excel:
        excel.excel.workbook.saved = True
        # Not the plan, but the monitoring return; not the latest year, but the one before.
        excel.person.presses[:] = [NO, YES, NO, YES]
        excel.person.chooses[:] = [folder]
        reply = _press(excel, "issue-forms")
        asked = [box.text for box in excel.person.boxes]
    assert "2020/21" in asked[2]
    assert "2019/20" in asked[3]
    assert "Financial monitoring return, 2019/20" in reply.text
    assert list(folder.glob("monitoring-return_2019-20_*.xlsx"))


@pytest.mark.parametrize(
    ("presses", "chooses"), [([CANCEL], []), ([NO, NO], []), ([YES], [None])], ids=str
)
def test_cancel_issues_nothing(
    workbook: Path, presses: list[int], chooses: list[Path | str | None]
) -> None:
    with open_excel(workbook) as excel:
        excel.excel.workbook.saved = True
        excel.person.presses[:] = presses
        excel.person.chooses[:] = chooses
        assert _press(excel, "issue-forms") == Reply("silent")
    assert [path.name for path in workbook.parent.iterdir() if path.suffix == ".xlsx"] == [
        "budget.xlsx"
    ]


def test_check_returns_says_which_are_wrong_and_marks_copies(
    workbook: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "good.xlsx").write_bytes(forms.plan())
    first_row, *others = forms.BLABYS_PLAN
    (folder / "bad.xlsx").write_bytes(forms.plan([{**first_row, "Q1": "TBC"}, *others]))
    (folder / "minutes.xls").write_bytes(b"not a workbook")
    with open_excel(workbook) as excel:
        excel.excel.workbook.saved = True
        excel.person.chooses[:] = [folder]
        first = _press(excel, "check-returns")
        excel.person.chooses[:] = [folder]
        again = _press(excel, "check-returns")
    assert first.icon == "exclamation"
    assert "3 returns: " in first.text
    assert "- bad.xlsx: 1 error;" in first.text
    assert {path.name for path in (folder / "checked").iterdir()} == {
        "good.checked.xlsx",
        "bad.checked.xlsx",
        "returns-report.xlsx",
    }
    assert again.text == first.text


def test_cancel_checks_nothing(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        excel.excel.workbook.saved = True
        excel.person.chooses[:] = [None]
        assert _press(excel, "check-returns") == Reply("silent")


def test_a_folder_without_returns_is_told_of(workbook: Path, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    with open_excel(workbook) as excel:
        excel.excel.workbook.saved = True
        excel.person.chooses[:] = [folder]
        reply = _press(excel, "check-returns")
    assert reply.icon == "exclamation"
    assert str(folder) in reply.text


# --- help ---------------------------------------------------------------------------------


def _no_workbook() -> ExcelBook:
    raise AssertionError("no workbook is needed")


def test_about_names_versions_and_the_log() -> None:
    reply = answer("about", _no_workbook)
    assert reply.icon == "information"
    assert f"Log file: {log_file()}" in reply.text
    assert "Python 3." in reply.text


def test_the_guide_opens_in_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_page(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", open_page)
    assert answer("guide", _no_workbook) == Reply("silent")
    assert opened
    assert opened[0].endswith("guide.html")
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    assert "No browser could be started" in answer("guide", _no_workbook).text


# --- what goes wrong ----------------------------------------------------------------------


def test_an_unknown_command_asks_to_install_anew() -> None:
    assert "xlframework addin install" in answer("fly", _no_workbook).text


def test_a_workbook_that_is_not_ours(tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    with open_excel(other) as excel:
        for command in ("refresh", "preview", "split", "scenarios", "regenerate"):
            reply = _press(excel, command)
            assert reply.icon == "exclamation"
            assert "other.xlsx is not a commissioning workbook" in reply.text


def test_a_workbook_that_lacks_a_table_is_left_as_it_was(workbook: Path) -> None:
    user.edit(workbook, lambda book: user.table_of(book, "Areas")[0].tables.pop("Areas"))
    with open_excel(workbook) as excel:
        for command in ("refresh", "split"):
            reply = _press(excel, command)
            assert reply.icon == "exclamation"
            assert "nothing was written" in reply.text
            assert "There is no table named Areas" in reply.text
            assert "on the sheet Checks" not in reply.text


def test_a_protected_sheet_is_one_sentence(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        excel.excel.workbook.sheet_named("Sections").vba_get("Protect", ["secret"])
        reply = _press(excel, "refresh")
    assert reply.icon == "exclamation"
    assert reply.text.startswith("The sheet Sections in budget.xlsx is protected")
    assert not log_file().exists()


def test_a_bug_is_one_friendly_line_and_a_traceback_in_the_log(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr("xlframework.addin.buttons.refresh_held", fail)
    with open_excel(workbook) as excel:
        reply = _press(excel, "refresh")
    assert reply.icon == "critical"
    assert str(log_file()) in reply.text
    assert "Traceback" not in reply.text
    written = log_file().read_text(encoding="utf-8")
    assert "RuntimeError: a bug of ours" in written
    assert "refresh, xlframework" in written


def test_what_excel_refuses_is_told_and_written_down(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("Excel refused")

    monkeypatch.setattr("xlframework.sheets.live_book.apply", refuse)
    with open_excel(workbook) as excel:
        reply = _press(excel, "refresh")
    assert "all of it was put back as it was" in reply.text
    assert f"Log file: {log_file()}" in reply.text
    assert "OSError: Excel refused" in log_file().read_text(encoding="utf-8")


def test_the_log_file_does_not_grow_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "log" / "xlframework.log"
    for _ in range(12):
        assert note("refresh", RuntimeError("x" * 100_000), path) == path
    files = sorted(path.parent.iterdir())
    assert len(files) == 3
    assert sum(file.stat().st_size for file in files) < 2_000_000


def test_a_log_that_cannot_be_written_is_no_second_fault(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    assert note("refresh", RuntimeError("a bug"), blocked / "xlframework.log") is None


# --- an Excel that is busy ----------------------------------------------------------------


def test_a_busy_excel_is_waited_for(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desktop, "_PAUSE", 0)
    with open_excel(workbook) as excel:
        excel.server.busy = 3
        book = desktop._patient(lambda: excel.book)
        assert book.name == "budget.xlsx"


def test_an_excel_that_stays_busy_is_told_of(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "_PAUSE", 0)
    monkeypatch.setattr(desktop, "_PATIENCE", 0.05)
    with open_excel(workbook) as excel:
        excel.server.busy = 10_000_000
        reply = answer("refresh", lambda: desktop._patient(lambda: excel.book))
    assert reply.icon == "exclamation"
    assert "finish what you are typing" in reply.text
    assert not log_file().exists()


def test_another_error_is_not_waited_out(workbook: Path) -> None:
    def fail() -> ExcelBook:
        raise LookupError("no such workbook")

    with open_excel(workbook), pytest.raises(LookupError):
        desktop._patient(fail)


# --- press itself -------------------------------------------------------------------------


def test_press_prints_where_no_token_is_given(
    workbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_excel(workbook) as excel:
        monkeypatch.setattr(desktop, "workbook_in_front", lambda: excel.book)
        desktop.press("preview")
    assert "30 changes to be made" in capsys.readouterr().out


def test_press_shows_the_reply_itself_on_a_mac(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Reply] = []
    monkeypatch.setattr(desktop, "_alert", shown.append)
    monkeypatch.setattr("xlframework.addin.places.this_platform", lambda: "mac")
    desktop.press("about", "token")
    assert [reply.icon for reply in shown] == ["information"]


def test_a_reply_that_cannot_be_handed_over_is_written_down() -> None:
    desktop.press("reconcile", "../../no token")
    assert "is no token of the add-in" in log_file().read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "statement",
    [
        "import xlframework",
        "import xlframework.addin.buttons",
        "from xlframework.addin.desktop import answer; answer('about', None)",
    ],
)
def test_xlwings_is_loaded_for_a_press_on_a_workbook_alone(statement: str) -> None:
    heavy = ("xlwings", "pandas", "numpy", "openpyxl")
    code = f"{statement}\nimport sys\nprint([each for each in {heavy!r} if each in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "[]"


def test_a_problem_in_words_is_no_bug() -> None:
    def refuse() -> ExcelBook:
        raise XlframeworkError("Put it right.")

    assert answer("refresh", refuse) == Reply("exclamation", "Put it right.")
