"""Copies and reports are written where they were asked for, and over nothing of a partner's."""

import html
import os
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from cli.terminal import assert_refused
from commands.submissions import (
    COMMISSIONING,
    arrive,
    checked,
    files_of,
    post,
    validated,
    wrong_plan,
)
from returns_forms import BLABY, DECLARED, PLAN, at, by_library, plan, typed
from xlframework.commands import marked_files
from xlframework.ground.errors import MisuseError
from xlframework.sheets.file_book import write_file

COPIES = {
    "blaby.checked.xlsx",
    "blaby-2.checked.xlsx",
    "Café plan (2) ...checked.xlsx",
    "freeva Q2.checked.xlsx",
}


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return arrive(tmp_path / "in", post())


def test_every_return_that_opens_gets_a_copy_and_nothing_else_is_written(
    folder: Path, tmp_path: Path
) -> None:
    before = everything(folder)
    checked(folder, against=COMMISSIONING, annotate=tmp_path / "out" / "marked")
    assert set(everything(tmp_path / "out")) == {f"marked/{name}" for name in COPIES}
    assert everything(folder) == before


def test_copies_of_one_name_are_numbered_in_the_order_of_the_files(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "marked"
    checked(folder, annotate=out)
    names = {
        name: openpyxl.load_workbook(out / name)["Return"] for name in COPIES if "blaby" in name
    }
    at_organisation = at(PLAN, BLABY, "Organisation")
    assert names["blaby.checked.xlsx"][at_organisation].value == BLABY
    assert names["blaby-2.checked.xlsx"][at_organisation].value == "Leicester City Council"


def test_a_workbook_that_is_no_form_gets_a_copy_too(tmp_path: Path) -> None:
    out = tmp_path / "marked"
    checked(COMMISSIONING, annotate=out)
    book = openpyxl.load_workbook(out / "commissioning.checked.xlsx")
    assert book["Findings"]["A6"].value == "Please put right"


def test_running_again_gives_the_same_copies_and_checks_none_of_them(folder: Path) -> None:
    marked = folder / "marked"
    first = checked(folder, annotate=marked)
    before = everything(marked)
    second = checked(folder, annotate=marked)
    assert everything(marked) == before
    assert files_of(second) == files_of(first)
    assert "4 marked copies of ours passed over" in second.text


def test_a_marked_copy_that_came_back_is_a_return_and_is_never_written_over(
    folder: Path,
) -> None:
    checked(folder / "blaby.xlsx", annotate=folder)
    copy = folder / "blaby.checked.xlsx"
    sent = by_library(copy.read_bytes())
    copy.write_bytes(sent)
    found = files_of(checked(folder, annotate=folder))
    assert copy.as_posix() in found
    assert copy.read_bytes() == sent
    assert (folder / "blaby-2.checked.xlsx").exists()
    assert (folder / "blaby.checked.checked.xlsx").exists()


def test_a_link_in_the_folder_leads_nowhere_out_of_it(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.xlsx"
    outside.write_bytes(b"keep me")
    out = tmp_path / "marked"
    out.mkdir()
    (out / "blaby.checked.xlsx").symlink_to(outside)
    checked(folder / "blaby.xlsx", annotate=out)
    assert outside.read_bytes() == b"keep me"
    assert (out / "blaby-2.checked.xlsx").exists()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("a b  c.xlsx", id="spaces"),
        pytest.param("Überprüft, São Tomé.xlsx", id="accents"),
        pytest.param("...xlsx", id="dots"),
        pytest.param("..%2f..%2fetc.xlsx", id="escapes"),
        pytest.param("=cmd|' !A0.xlsx", id="formula"),
        pytest.param("<img src=x onerror=alert(1)>.xlsx", id="markup"),
        pytest.param("x" * 250 + ".xlsx", id="long"),
        pytest.param(os.fsdecode(b"caf\xe9.xlsx"), id="not UTF-8"),
        pytest.param("line\nbreak.xlsx", id="line break"),
    ],
)
def test_any_name_is_safe(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    try:
        folder = arrive(tmp_path / "in", {name: wrong_plan()})
    except OSError:
        pytest.skip("this file system takes no such name")
    out = tmp_path / "out"
    for report in ("report.html", "report.xlsx"):
        ran = validated(capsys, folder, "--annotate", out, "--report", tmp_path / report)
        assert ran.code == 1, ran
        assert "Traceback" not in ran.err
    assert len(list(out.iterdir())) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out", "report.html", "report.xlsx"}
    assert "<img" not in (tmp_path / "report.html").read_text()


def test_the_copy_says_of_the_batch_what_only_the_batch_can_tell(tmp_path: Path) -> None:
    folder = arrive(
        tmp_path / "in", {"a.xlsx": plan(), "b.xlsx": plan(fields={**DECLARED, "Declared_by": "B"})}
    )
    checked(folder, annotate=tmp_path / "out")
    said = {
        str(cell.value)
        for row in openpyxl.load_workbook(tmp_path / "out" / "a.checked.xlsx")[
            "Findings"
        ].iter_rows()
        for cell in row
    }
    assert any("2 returns" in text for text in said)


@pytest.mark.parametrize("option", ["--annotate", "--report"])
def test_an_output_that_cannot_be_is_refused_before_anything_is_written(
    capsys: pytest.CaptureFixture[str], folder: Path, option: str
) -> None:
    before = everything(folder)
    target = folder / "blaby.xlsx"
    assert_refused(validated(capsys, folder, option, target), "blaby.xlsx")
    assert everything(folder) == before


def test_a_report_takes_the_place_of_a_report_only(folder: Path) -> None:
    for name in ("report.xlsx", "report.html"):
        path = folder / name
        checked(folder, report=path)
        first = path.read_bytes()
        assert not any(name in file for file in files_of(checked(folder, report=path)))
        assert path.read_bytes() == first
        path.write_bytes(by_library(plan()))
        with pytest.raises(Exception, match="no report of ours"):
            checked(folder / "blaby.xlsx", report=path)
        path.unlink()


def test_a_copy_that_cannot_be_written_stops_no_other(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def write(data: bytes, path: Path) -> None:
        if "freeva" in path.name:
            raise MisuseError(f"{path} cannot be written: the disk is full.")
        write_file(data, path)

    monkeypatch.setattr(marked_files, "write_file", write)
    outcome = checked(folder, annotate=tmp_path / "out")
    assert set(everything(tmp_path / "out")) == COPIES - {"freeva Q2.checked.xlsx"}
    assert "No marked copy of" in outcome.text
    assert "the disk is full" in outcome.text


class Page(HTMLParser):
    """Reads a page as a browser does: every tag with its attributes, every text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.headers: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)
        if tag == "th":
            self.headers.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.open and self.open[-1] == "th":
            self.headers[-1] += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


NASTY = '<script>alert(\'1\')</script><b onclick="x()">&amp;\u202e=HYPERLINK("http://x.example")'


@pytest.fixture
def page(folder: Path, tmp_path: Path) -> Page:
    cells = {at(PLAN, BLABY, name, 1): NASTY for name in ("Activity", "Priority", "Q1")}
    cells[at(PLAN, BLABY, "Organisation")] = NASTY
    (folder / "nasty &<i>.xlsx").write_bytes(typed(plan(), cells))
    report = tmp_path / "report.html"
    checked(folder, report=report)
    page = Page(report.read_text("utf-8"))
    assert page.open == []
    return page


def test_the_page_holds_no_script_and_fetches_nothing(page: Page) -> None:
    allowed = {"html", "head", "meta", "title", "style", "body", "main", "div", "h1", "h2", "p"}
    allowed |= {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
    assert {tag for tag, _ in page.tags} <= allowed
    attributes = {name for _, attrs in page.tags for name in attrs}
    assert attributes <= {"lang", "charset", "http-equiv", "content", "name", "class", "scope"}
    styles = "".join(page.words)
    assert "url(" not in styles
    assert "@import" not in styles


def test_what_a_return_holds_is_shown_and_never_markup(page: Page) -> None:
    text = "".join(page.words)
    assert "<script>alert('1')</script>" in text
    assert "nasty &<i>.xlsx" in text
    assert "\u202e" not in text, "nor does it turn the direction of writing"


def test_a_screen_reader_finds_its_way(page: Page) -> None:
    assert page.count("h1") == page.count("main") == 1
    assert page.headers
    assert all(page.headers), "every row and column has a name"
    assert page.count("caption") == page.count("table") == page.count("thead") > 4
    heads = [attrs for tag, attrs in page.tags if tag == "th"]
    assert all(attrs.get("scope") in {"row", "col"} for attrs in heads)
    assert ("html", {"lang": "en-GB"}) in page.tags


def test_the_page_prints_on_a4_and_shows_the_totals(folder: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    checked(folder, against=COMMISSIONING, report=report)
    text = report.read_text("utf-8")
    assert "size: A4" in text
    plain = html.unescape(re.sub(r"<[^>]+>", "|", text))
    assert re.search(r"Total: 9\|+639,676\.00", plain)
    assert plain.count("not returned") > 7


def test_both_reports_say_the_same_figures(folder: Path, tmp_path: Path) -> None:
    for name in ("r.html", "r.xlsx"):
        checked(folder, against=COMMISSIONING, report=tmp_path / name)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx", data_only=True)
    text = (tmp_path / "r.html").read_text("utf-8")
    for sheet in ("Plans", "Spending"):
        for row in book[sheet].iter_rows(min_row=6, values_only=True):
            for value in row:
                if isinstance(value, int | float):
                    assert f">{value:,.2f}<" in text, (sheet, row)


def test_a_return_that_cannot_be_changed_is_said_to_have_no_copy(tmp_path: Path) -> None:
    folder = arrive(tmp_path / "in", {"signed.xlsx": plan()})
    with zipfile.ZipFile(folder / "signed.xlsx", "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    outcome = checked(folder, annotate=tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    assert "No marked copy of" in outcome.text
    assert "digital signature" in outcome.text
