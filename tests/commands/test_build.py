"""The committed workbooks are what the code builds, part by part."""

from pathlib import Path

import pytest

from xlframework.commands.build import build_workbooks
from xlframework.sheets.package.container import open_package, read_package

CHECKOUT = Path(__file__).resolve().parents[2]
COMMITTED = ("templates/commissioning.xlsx", "workbook/commissioning.xlsx")


@pytest.fixture(scope="module")
def built() -> tuple[bytes, bytes]:
    return build_workbooks()


@pytest.mark.parametrize("number", [0, 1], ids=COMMITTED)
def test_the_committed_workbook_is_a_fresh_build(number: int, built: tuple[bytes, bytes]) -> None:
    committed = open_package(CHECKOUT / COMMITTED[number])
    fresh = read_package(built[number], "fresh")
    assert list(committed.parts) == list(fresh.parts)
    differing = [name for name in fresh.parts if committed.parts[name] != fresh.parts[name]]
    assert not differing, f"run: make build ({', '.join(differing)})"


def test_two_builds_are_the_same_bytes(built: tuple[bytes, bytes]) -> None:
    assert build_workbooks() == built


def test_nothing_in_them_depends_on_the_clock_or_names_a_person(built: tuple[bytes, bytes]) -> None:
    for data in built:
        core = read_package(data, "fresh").parts["docProps/core.xml"].decode()
        assert core.count("2024-04-01T00:00:00Z") == 2
        assert ">xlframework</dc:creator>" in core


def test_no_formula_is_volatile_or_newer_than_excel_2016(built: tuple[bytes, bytes]) -> None:
    forbidden = (
        b"TODAY(",
        b"NOW(",
        b"RAND",
        b"OFFSET(",
        b"INDIRECT(",
        b"LET(",
        b"XLOOKUP(",
        b"_xlfn",
    )
    for data in built:
        for name, part in read_package(data, "fresh").parts.items():
            if name.startswith("xl/worksheets/") or name == "xl/workbook.xml":
                assert not [word for word in forbidden if word in part], name
