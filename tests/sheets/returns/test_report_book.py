"""The report adds up, in our hands and in LibreOffice's, and shows who has returned what."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from agreement.recalculation import assert_agrees
from returns_forms import BLABY, LEICESTER, MONITORING, PLAN, at, issued, monitoring, plan, typed
from rules.returns.summing import checked, summed
from sheets.returns.marking import looks
from xlframework.rules.returns.summary import Summary
from xlframework.sheets.package.container import package_bytes
from xlframework.sheets.returns.report_book import report_book

BLABYS, LEICESTERS = issued(PLAN, BLABY).award / 100, issued(PLAN, LEICESTER).award / 100


@pytest.fixture(scope="module")
def summary() -> Summary:
    under = [{"Spent Q1": 1000, "Spent Q2": 0, "Forecast to year end": 500.5}]
    lines = len(issued(MONITORING, BLABY).lines)
    return summed(
        checked(plan(), "in/blaby.xlsx"),
        checked(typed(plan(organisation=LEICESTER), {at(PLAN, LEICESTER, "Q1"): "=cmd"}), "l.xlsx"),
        checked(monitoring(under * lines, organisation=BLABY), "q2.xlsx"),
        checked(b"", "empty <b>.xlsx"),
    )


def book_of(summary: Summary, *, values: bool = True) -> Any:
    data = package_bytes(report_book(summary, looks()))
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_who_has_returned_what_and_who_has_not(summary: Summary) -> None:
    listed = rows(book_of(summary)["Returns"])[4:]
    assert [row[:6] for row in listed[:4]] == [
        ("in/blaby.xlsx", PLAN, BLABY, "2024/25", None, "accepted"),
        ("l.xlsx", PLAN, LEICESTER, "2024/25", None, "rejected"),
        ("q2.xlsx", MONITORING, BLABY, "2024/25", "Q2", listed[2][5]),
        ("empty <b>.xlsx", "not known", None, None, None, "unreadable"),
    ]
    missing = [row for row in listed if row[5] == "not returned"]
    assert len(missing) == 7 + 31
    assert all(row[0] is None and row[2] for row in missing)


def test_planned_is_set_against_awarded_and_what_is_not_known_is_in_no_total(
    summary: Summary,
) -> None:
    found = {row[0]: row[3:] for row in rows(book_of(summary)["Plans"]) if row[0]}
    assert found[BLABY] == (BLABYS, BLABYS, 0)
    assert found[LEICESTER] == (LEICESTERS, "not known", "not known")
    assert found["Returned: 2"] == (BLABYS + LEICESTERS, BLABYS, "not known")
    assert found["Total: 9"][:2] == (639_676, BLABYS)


def test_the_forecast_underspend_is_shown_by_partner(summary: Summary) -> None:
    found = {row[0]: row[2:] for row in rows(book_of(summary)["Spending"]) if row[0]}
    lines = issued(MONITORING, BLABY).lines
    budget = sum(line.budget for line in lines) / 100
    outturn = 1500.5 * len(lines)
    expected = (budget, 1000 * len(lines), 500.5 * len(lines), outturn, budget - outturn, 0)
    assert found[BLABY] == found["Returned: 1"] == expected


def test_every_total_is_a_formula(summary: Summary) -> None:
    book = book_of(summary, values=False)
    for name in ("Plans", "Spending"):
        totals = [row for row in book[name].iter_rows() if str(row[0].value).startswith("Total")]
        assert totals
        assert all(str(cell.value).startswith("=SUM(") for row in totals for cell in row[3:5])


def test_libreoffice_agrees(summary: Summary, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(package_bytes(report_book(summary, looks())))
    assert assert_agrees(path, tmp_path) > 20


def test_words_of_a_return_are_never_a_formula(summary: Summary) -> None:
    sheet = book_of(summary, values=False)["Findings"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert any("=cmd" in str(cell.value) for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


def test_a_status_has_its_colour(summary: Summary) -> None:
    sheet = book_of(summary)["Returns"]
    grounds = {row[5].value: row[5].fill.fgColor.rgb for row in sheet.iter_rows(min_row=5)}
    assert grounds["accepted"] == "00DDF1E3"
    assert grounds["rejected"] == grounds["unreadable"] == "00F9DAD7"


def test_the_report_prints_on_a4_with_its_headers_repeated(summary: Summary) -> None:
    book = book_of(summary)
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == 1
    assert book["Findings"].print_title_rows == "$4:$4"


def test_an_empty_finding_list_and_no_group_still_make_a_report() -> None:
    book = book_of(summed(checked(plan(), "a.xlsx"), counted=[]))
    assert book.sheetnames == ["Summary", "Returns", "Findings"]


def test_the_same_batch_gives_the_same_bytes(summary: Summary) -> None:
    first, second = (package_bytes(report_book(summary, looks())) for _ in range(2))
    assert first == second
