"""What must not happen to an open workbook: half a change, a lost setting, a protected sheet."""

import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import excel_link
import openpyxl
import pytest
from openpyxl.workbook import Workbook

import excel_user as user
from addin import extras
from addin.excel import OpenExcel, open_excel
from addin.live import COMMITTED, press_refresh
from addin.parity import differences
from addin.rules_and_charts import chart_parts
from builders import declared
from commands.workbooks import type_into
from xlframework.commands.held import held_open
from xlframework.commands.refresh import refresh_held
from xlframework.ground.errors import UnsafeFileError
from xlframework.sheets.live.charts import drawn_formulas, draws, set_formulas, set_series
from xlframework.sheets.live.quiet import quiet
from xlframework.sheets.package.records import Series
from xlframework.sheets.summary_sheet import CHART_NAME


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook in which a refresh has something to do."""
    path = Path(shutil.copyfile(COMMITTED, tmp_path / "budget.xlsx"))
    type_into(path, "Lines", "T5", Decimal(600000))
    return path


@pytest.fixture
def marks() -> Iterator[None]:
    """Take back what a test says about workbooks and tables."""
    yield
    for marked in (extras.read_only, extras.shared, extras.filtered):
        marked.clear()


def _protect(excel: OpenExcel) -> None:
    for name in ("Sections", "Summary"):
        excel.excel.workbook.sheet_named(name).vba_get("Protect", ["secret"])


def _only_read(excel: OpenExcel) -> None:
    extras.read_only.add(id(excel.excel.workbook))


def _share(excel: OpenExcel) -> None:
    extras.shared.add(id(excel.excel.workbook))


def _filter(_: OpenExcel) -> None:
    extras.filtered.add("Sections")


@pytest.mark.usefixtures("marks")
@pytest.mark.parametrize(
    ("closed", "said"),
    [
        (_protect, "The sheets Sections and Summary in budget.xlsx are protected"),
        (_only_read, "budget.xlsx is open for reading only"),
        (_share, "budget.xlsx is shared in the old way"),
        (_filter, "The sheet Sections in budget.xlsx is filtered"),
    ],
)
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_workbook_that_is_closed_to_us_is_left_as_it_was(
    workbook: Path, closed: Callable[[OpenExcel], None], said: str, dry_run: bool
) -> None:
    with open_excel(workbook) as excel:
        closed(excel)
        held = held_open(excel.book)
        puts = _counted(excel)
        with pytest.raises(UnsafeFileError, match=said):
            refresh_held(held, declared(), dry_run=dry_run)
        assert puts == []


def test_a_protected_sheet_that_nothing_changes_on_is_no_obstacle(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        excel.excel.workbook.sheet_named("Lines").vba_get("Protect", ["secret"])
        assert press_refresh(excel)[1]


def test_a_dry_run_writes_nothing(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        held = held_open(excel.book)
        puts = _counted(excel)
        plan, changed = refresh_held(held, declared(), dry_run=True)
        assert changed
        assert plan.changes.cells
        assert puts == []


def _counted(excel: OpenExcel) -> list[str]:
    """Keep the names of the members that are written or called from now on."""
    puts: list[str] = []

    def answer(call: excel_link.Request) -> object:
        if call.what == "put" or call.name in {"PasteSpecial", "Resize", "ClearFormats", "Add"}:
            puts.append(call.name)
        return excel.server.answer(call)

    excel_link.use(answer)
    return puts


# --- something goes wrong half way --------------------------------------------------------


def _refuse(excel: OpenExcel, number: int, last: int | None = None) -> None:
    """Have Excel refuse a request that writes, the so-manieth, and those after it up to a last."""
    met = [0]

    def answer(call: excel_link.Request) -> object:
        is_writing = (call.what, call.name) == ("put", "Formula") or (
            call.what == "call" and call.name in {"PasteSpecial", "Resize"}
        )
        met[0] += is_writing
        if is_writing and number <= met[0] <= (last or number):
            return excel_link.Failure(1004, "Excel refused")
        return excel.server.answer(call)

    excel_link.use(answer)


def _another_year_and_a_line(book: Workbook) -> None:
    words = {"Block": "Commissioning", "Section": "Brand new", "Service": "2.1"}
    user.add_row(book, "Lines", {"Line ID": "N1", "Order": 995, **words, "2024/25 Budget": 10})
    ids = [str(row["Line ID"]) for row in user.rows(book, "Lines")]
    user.add_column(book, "2025/26 Budget", dict.fromkeys(ids, 100))
    user.set_name(book, "Years", "2024/25 Budget, 2025/26 Budget")


@pytest.mark.parametrize("number", [4, 45])
def test_what_excel_refuses_half_way_is_put_back(tmp_path: Path, number: int) -> None:
    workbook = tmp_path / "budget.xlsx"
    shutil.copyfile(COMMITTED, workbook)
    user.edit(workbook, _another_year_and_a_line)
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    with open_excel(workbook) as excel:
        held = held_open(excel.book)
        excel.save(before)
        _refuse(excel, number)
        with pytest.raises(UnsafeFileError, match="all of it was put back as it was") as caught:
            refresh_held(held, declared())
        assert "Excel refused" in str(caught.value.__cause__)
        excel_link.use(excel.server.answer)
        _assert_as_ever(excel)
        excel.save(after)
    assert differences(before, after, uncalculated=True) == []


def test_what_cannot_be_put_back_is_said(tmp_path: Path) -> None:
    workbook = tmp_path / "budget.xlsx"
    shutil.copyfile(COMMITTED, workbook)
    user.edit(workbook, _another_year_and_a_line)
    with open_excel(workbook) as excel:
        held = held_open(excel.book)
        _refuse(excel, 20, 1000)
        with pytest.raises(UnsafeFileError, match="Close it without saving"):
            refresh_held(held, declared())
        excel_link.use(excel.server.answer)
        _assert_as_ever(excel)


# --- settings -----------------------------------------------------------------------------


def _assert_as_ever(excel: OpenExcel, calculation: str = "automatic") -> None:
    app = excel.book.app
    assert app.calculation == calculation
    assert app.screen_updating
    assert app.enable_events
    assert app.display_alerts
    assert app.cut_copy_mode is None
    assert app.api.AutoCorrect.AutoExpandListRange
    assert app.api.AutoCorrect.AutoFillFormulasInLists


@pytest.mark.parametrize("calculation", ["automatic", "manual", "semiautomatic"])
def test_every_setting_comes_back_even_after_an_error(workbook: Path, calculation: str) -> None:
    with open_excel(workbook) as excel:
        app = excel.book.app
        app.calculation = calculation
        with pytest.raises(ZeroDivisionError):
            _fail_quietly(excel)
        _assert_as_ever(excel, calculation)


def _fail_quietly(excel: OpenExcel) -> None:
    app = excel.book.app
    with quiet(app):
        assert app.calculation == "manual"
        assert not app.screen_updating
        assert not app.enable_events
        assert not app.api.AutoCorrect.AutoExpandListRange
        assert not app.api.AutoCorrect.AutoFillFormulasInLists
        excel.book.sheets["Palette"].range("B5").copy()
        raise ZeroDivisionError


def test_the_sheet_and_the_cells_in_front_stay_there(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        sheet = excel.book.sheets["Areas"].api
        sheet.Activate()
        sheet.Range("B3:C4").Select()
        press_refresh(excel)
        assert excel.book.app.api.ActiveSheet.Name == "Areas"
        assert excel.book.app.api.Selection.Address == "$B$3:$C$4"


def test_rows_that_somebody_sized_or_hid_stay_so(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        summary = excel.book.sheets["Summary"]
        summary.range("24:24").row_height = 60
        summary.range("25:25").api.EntireRow.Hidden = True
        press_refresh(excel)
        assert summary.range("E24").value != summary.range("E25").value
        assert summary.range("A24").row_height == 60
        assert summary.range("A25").api.EntireRow.Hidden


def test_where_excel_calculates_only_when_told_to_it_is_told(workbook: Path) -> None:
    with open_excel(workbook) as excel:
        excel.book.app.calculation = "manual"
        excel.excel.sheet("Lines").set_value("T6", "=T5*2")
        press_refresh(excel)
        assert not press_refresh(excel)[1]
        assert excel.book.app.calculation == "manual"
        assert excel.excel.sheet("Lines").value("T6") == 1200000
        assert (
            excel.excel.sheet("Summary").value("D33") == 6774237 - 600000 + 1200000 + 600000 - _t6()
        )


def _t6() -> int:
    """What the committed workbook has in the cell that the formula stands in for."""
    lines = openpyxl.load_workbook(COMMITTED, data_only=True)["Lines"]
    return int(lines["T6"].value or 0)


# --- charts -------------------------------------------------------------------------------


def _series(count: int) -> list[Series]:
    return [
        Series(f"{n}", f"'Summary'!$D${n}", (), "'Summary'!$A$23:$B$30", (), f"'Summary'!$E${n}")
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_chart_draws_as_many_series_as_are_wanted(workbook: Path, count: int) -> None:
    with open_excel(workbook) as excel:
        sheet = excel.book.sheets["Summary"]
        before = drawn_formulas(sheet, CHART_NAME)
        assert not draws(sheet, CHART_NAME, _series(count))
        set_series(sheet, CHART_NAME, _series(count))
        assert draws(sheet, CHART_NAME, _series(count))
        assert len(drawn_formulas(sheet, CHART_NAME)) == count
        set_formulas(sheet, CHART_NAME, before)
        assert drawn_formulas(sheet, CHART_NAME) == before
        assert chart_parts(excel.excel.workbook.sheet_named("Summary"))
