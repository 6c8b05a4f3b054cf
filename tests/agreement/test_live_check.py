"""Somebody types on the sheet Formula, with no refresh: the check cell says what is wrong."""

from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import excel_user
from office import resave
from xlframework.commands.new import new

ADDS_UP = "The awards add up to the pot."
PREVIOUS = "per cent of previous"


def named(**settings: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for name, value in settings.items():
            excel_user.set_name(book, name, value)

    return change


def weights(*values: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        put_column(book, "Indicators", "Weight", values)

    return change


def put_column(book: Workbook, table: str, header: str, values: tuple[object, ...]) -> None:
    sheet, found = excel_user.table_of(book, table)
    top = excel_user.headers(book, table)[header]
    first = int("".join(filter(str.isdigit, found.ref.split(":")[0]))) + 1
    for row, value in enumerate(values, start=first):
        excel_user.put(sheet, row, top, value)


def cell_of_areas(header: str, value: object) -> Callable[[Workbook], None]:
    return lambda book: put_column(book, "Areas", header, (value,))


def basis(value: str) -> Callable[[Workbook], None]:
    return lambda book: put_column(book, "Indicators", "Basis", ("count", value))


def one_area_more(book: Workbook) -> None:
    values = {"Area code": "E99000001", "Area": "New", "Population": 50000, "Crime": 1}
    excel_user.add_row(book, "Areas", values)


def one_indicator_more(book: Workbook) -> None:
    weights(0.3, 0.3, 0.3)(book)
    values = {"Indicator": "Crime harm (high)", "Basis": "count", "Weight": 0.1}
    excel_user.add_row(book, "Indicators", values)


CASES: Mapping[str, tuple[Callable[[Workbook], None], str]] = {
    "as it is": (named(), ADDS_UP),
    "other weights": (weights(0.5, 0.25, 0.25), ADDS_UP),
    "a pot and a top-slice": (named(Pot=700000, Top_slice=10, Top_slice_is=" Per cent"), ADDS_UP),
    "a third each": (weights("=1/3", "=1/3", "=1/3"), ADDS_UP),
    "weights short": (weights(0.4, 0.3, 0.25), "The weights add up to 0.95; they must add up"),
    "weights a hair over": (weights(0.4000001, 0.3, 0.3), "The weights add up to 1.0000001;"),
    "a weight below nought": (weights(1.3, -0.3, 0), "A weight is below nought."),
    "a weight missing": (weights(0.5, 0.5, None), "A weight is missing or not a number."),
    "fractions of a product": (named(Combine="product"), "With product, weights are whole"),
    "an unknown basis": (basis("rates"), "A basis is none of count, rate, index, share."),
    "one area more": (one_area_more, "The table Areas has other rows than this sheet"),
    "one indicator more": (one_indicator_more, "The table Indicators has other rows than"),
    "no pot": (named(Pot=None), "The pot is not a number."),
    "a pot as text": (named(Pot="639,675"), "The pot is not a number."),
    "a pot of pence": (named(Pot=639675.5), "The pot is not a whole number of units."),
    "an unknown way to combine": (named(Combine="prod"), "Combine is neither sum nor product."),
    "a unit of nought": (named(Unit=0), "Awards cannot be rounded to nought."),
    "a unit of a tenth of a penny": (named(Unit=0.001), "Awards are rounded to whole pence"),
    "a floor as text": (named(Floor="5000", Floor_is="pounds"), "A setting is text where"),
    "a negative top-slice": (named(Top_slice=-100, Top_slice_is="pounds"), "The pot or a setting"),
    "a floor in nothing": (named(Floor=5000), "Say what the floor is in: pounds or per cent of"),
    "a ceiling in per cent": (named(Ceiling=5, Ceiling_is="per cent"), "Say what the ceiling is"),
    "two softeners": (named(Floor=95, Floor_is=PREVIOUS, Damping=-0.05), "Only one of bounds,"),
    "phase of 2,500%": (named(Phase=25), "Phasing lies between 0% and 100%."),
    "damping of -150%": (named(Damping=-1.5), "Damping below -100% makes no sense."),
    "damping too high": (named(Damping=0), "The least awards come to 639676, more than is to be"),
    "a floor too high": (named(Floor=100000, Floor_is="pounds"), "The least awards come to 900000"),
    "a ceiling too low": (named(Ceiling=100, Ceiling_is="pounds"), "The greatest awards come to 9"),
    "a base too high": (named(Base_amount=80000), "The base amounts come to more than is to be"),
    "a floor above a ceiling": (
        named(Floor=99, Floor_is=PREVIOUS, Ceiling=98, Ceiling_is=PREVIOUS),
        "A floor is above its ceiling.",
    ),
    "a previous award missing": (
        lambda book: (
            named(Phase=0.5)(book),
            cell_of_areas("Previous award", None)(book),
        )[0],
        "A previous award is missing, and a setting needs it.",
    ),
    "a value below nought": (cell_of_areas("Crime", -5), "Crime is below nought in an area."),
    "a value missing": (cell_of_areas("Crime", None), "Crime is blank or no number in an area."),
    "nought everywhere": (
        lambda book: put_column(book, "Areas", "Crime", (0,) * 9),
        "Crime is nought in every area.",
    ),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Type each change into a fresh workbook and have LibreOffice work it out."""
    folder = tmp_path_factory.mktemp("live")
    fresh = folder / "fresh.xlsx"
    new(fresh, edition="2024-25")
    paths: list[Path] = []
    for number, (change, _) in enumerate(CASES.values()):
        path = folder / f"{number}.xlsx"
        path.write_bytes(fresh.read_bytes())
        excel_user.edit(path, change)
        paths.append(path)
    found = {}
    for name, path in zip(CASES, resave(paths, folder / "recalculated"), strict=True):
        book = openpyxl.load_workbook(path, data_only=True)
        ((sheet, cell),) = book.defined_names["Split_check"].destinations
        found[name] = str(book[sheet][cell].value)
    return found


@pytest.mark.parametrize("name", CASES)
def test_the_check_cell_says_what_is_wrong(name: str, said: Mapping[str, str]) -> None:
    assert said[name].startswith(CASES[name][1])
