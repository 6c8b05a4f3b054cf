"""LibreOffice splits the fund by the sheet's formulas alone, and comes to our awards."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import excel_user
from agreement.recalculation import assert_all_agree
from xlframework.commands.new import new
from xlframework.commands.refresh import refresh
from xlframework.ground.place import Area

HARM_RATES = dict(
    zip(
        (f"E0{number}" for number in (6000016, 6000017, *range(7000129, 7000136))),
        (12.5, 3.1, 5.5, 6.25, 4, 7, 6.6, 6.1, 5.9),
        strict=True,
    )
)
PREVIOUS = "per cent of previous"

# Named cells by variant: every rule of the split in turn, and some together.
SETTINGS: Mapping[str, Mapping[str, object]] = {
    "plain": {},
    "top-slice-per-cent": {"Top_slice": 20, "Top_slice_is": "per cent"},
    "top-slice-pounds": {"Top_slice": 39675, "Top_slice_is": "pounds", "Base_amount": 5000},
    "floor": {"Floor": 95, "Floor_is": PREVIOUS},
    "floor-and-base": {"Floor": 25000, "Floor_is": "pounds", "Base_amount": 7000},
    "ceiling": {"Ceiling": 105, "Ceiling_is": PREVIOUS},
    "both": {"Floor": 95, "Floor_is": PREVIOUS, "Ceiling": 104, "Ceiling_is": PREVIOUS},
    "damping": {"Damping": -0.05},
    "damping-and-base": {"Damping": -0.1, "Base_amount": 100},
    "phase": {"Phase": 0.25},
    "unit-of-25-pounds": {"Unit": 25},
    "unit-of-a-penny": {"Unit": 0.01, "Pot": 639675.07},
}
INDICATORS: Mapping[str, tuple[tuple[str, str, object], ...]] = {
    "product": (("Population", "count", 1), ("Crime", "count", 1), ("Harm rate", "rate", 2)),
    "one-without-a-weight": (("Crime", "count", None),),
    "an-index-and-a-share": (("Harm rate", "index", 0.5), ("Crime", "share", 0.5)),
    "ties": (("Same", "count", 1),),
    "nought-somewhere": (("Some", "count", 1),),
}
MORE: Mapping[str, Mapping[str, object]] = {
    "product": {"Combine": "product"},
    "ties": {"Pot": 13},
    "nought-somewhere": {"Floor": 1000, "Floor_is": "pounds"},
}


def vary(book: Workbook, variant: str) -> None:
    excel_user.add_column(book, "Harm rate", HARM_RATES, "Areas")
    excel_user.add_column(book, "Same", dict.fromkeys(HARM_RATES, 7), "Areas")
    some = {code: number % 3 for number, code in enumerate(HARM_RATES)}
    excel_user.add_column(book, "Some", some, "Areas")
    if variant in INDICATORS:
        set_indicators(book, INDICATORS[variant])
    else:
        set_indicators(
            book,
            (("Population", "count", 0.4), ("Crime", "count", 0.35), ("Harm rate", "rate", 0.25)),
        )
    for name, value in {**SETTINGS.get(variant, {}), **MORE.get(variant, {})}.items():
        excel_user.set_name(book, name, value)


def set_indicators(book: Workbook, indicators: tuple[tuple[str, str, object], ...]) -> None:
    sheet, table = excel_user.table_of(book, "Indicators")
    area = Area.parse(table.ref)
    for row in range(area.first_row + 1, area.last_row + 1):
        values = indicators[row - area.first_row - 1 :][:1] or ((None, None, None),)
        for column, value in enumerate(values[0], start=area.first_column):
            excel_user.put(sheet, row, column, value)
    excel_user.resize(table, area._replace(last_row=area.first_row + len(indicators)))


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("variants")
    fresh = folder / "fresh.xlsx"
    new(fresh, edition="2024-25")
    paths = []
    for variant in (*SETTINGS, *INDICATORS):
        path = folder / f"{variant}.xlsx"
        path.write_bytes(fresh.read_bytes())
        excel_user.edit(path, partial(vary, variant=variant))
        outcome = refresh(path, backup=False)
        assert outcome.exit_code == 0, (variant, outcome.findings)
        paths.append(path)
    return paths


def test_libreoffice_comes_to_our_awards_by_every_rule_of_the_split(
    workbooks: list[Path], tmp_path: Path
) -> None:
    assert min(assert_all_agree(workbooks, tmp_path)) > 280


def test_the_variants_differ_and_each_adds_up(workbooks: list[Path]) -> None:
    seen = set()
    for path in workbooks:
        book = openpyxl.load_workbook(path, data_only=True)
        rows = excel_user.rows(book, "Allocation")
        awards = tuple(row["Award"] for row in rows)
        ((sheet, cell),) = book.defined_names["To_split"].destinations
        assert sum(map(float, map(str, awards))) == pytest.approx(book[sheet][cell].value)
        seen.add(awards)
        (check,) = book.defined_names["Split_check"].destinations
        assert book[check[0]][check[1]].value == "The awards add up to the pot."
    assert len(seen) == len(workbooks)


def test_refreshing_again_changes_nothing(workbooks: list[Path]) -> None:
    for path in workbooks:
        before = path.read_bytes()
        assert refresh(path).data["changes"] == []
        assert path.read_bytes() == before
