"""LibreOffice works the stated figures out by the sheet's formulas, and comes to our numbers."""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import excel_user
from agreement.recalculation import assert_agrees
from office import resave
from xlframework.commands.new import new
from xlframework.commands.reconcile import reconcile
from xlframework.commands.refresh import refresh
from xlframework.ground.place import Area

EDITION = """
name = "9999-00"
title = "A budget with every oddity"
source = "Nowhere."
years = ["2024/25 Budget", "2025/26 Budget"]

[cells]
Pot = "1000.50"
Unit = "0.01"
"""
FIRST, SECOND = "2024/25 Budget", "2025/26 Budget"
HEADERS = ("Line ID", "Order", "Block", "Section", "Service", "Provider", "Ends", "Shared with")

# Names that Excel could take for patterns, comparisons, numbers or other names; and amounts that
# lie on a half, are shared, blank, nought, or missed by adding up in binary.
SERVICES = (
    "Helpline",
    "HELPLINE",
    "Help*",
    "Help?",
    "Help~ at home",
    '"Quoted" work',
    "=1+1",
    "<50",
    "007",
    "7",
    "Children\u2019s board",
    "Stra\u00dfe",
    "Sp  aced",
    "Helpline (evenings)",
    "",
)
AMOUNTS = (
    ("47", "2000"),
    ("2000", "47"),
    ("1.10", "0"),
    ("2.20", ""),
    ("0.20", "0.10"),
    ("-500.05", "12.34"),
    ("1000000", "999999.50"),
    ("0.50", "0.50"),
    ("", "30"),
    ("", ""),
    ("3.30", "-0.01"),
    ("0", "0"),
    ("1234567.89", "7654321.98"),
    ("0.07", "0.93"),
    ("5", "5"),
)
SHARED = {"L09": "L13", "L10": "L11", "L04": "L12"}
SECTIONS = ("Victims", "Prevention", "Victims & witnesses")

UNITS = (
    ("GBP", "0.01"),
    ("GBP", "1"),
    ("GBP", "1000"),
    ("GBP", "50"),
    ("GBP thousand", "0.1"),
    ("GBP million", "0.001"),
)

ON_A_HALF = (
    ('percent(total([2024/25 Budget], [Line ID] = "L01"), 2000)', "2.4", "per cent", "0.1"),
    ('percent(total([2024/25 Budget], [Line ID] = "L01") * 10, 2000)', "24", "per cent", "1"),
    ('total([2024/25 Budget], [Line ID] = "L03" or "L04" or "L05")', "4", "GBP", "1"),
    ('total([2024/25 Budget], [Line ID] = "L08")', "1", "GBP", "1"),
    ('-total([2024/25 Budget], [Line ID] = "L08")', "-1", "GBP", "1"),
    ('total([2024/25 Budget], [Line ID] = "L08") / 1000', "0.001", "GBP", "0.001"),
    ('3 * total([2024/25 Budget], [Line ID] = "L15") / 2', "8", "GBP", "1"),
)
OTHERS = (
    ("areas()", "2", "count", "1"),
    ("pot()", "1001", "GBP", "1"),
    ("awards() - pot()", "0", "GBP", "0.01"),
    ("each(pot(), awards(), 1000)", "1000.5", "GBP", "0.1"),
    ("each(990, pot(), 1011)", "1000.5", "GBP", "0.1"),
    ("lines()", "15", "count", "1"),
    ('percent(lines([Section] begins "Victims"), lines())', "66.7", "per cent", "0.1"),
    ('stated("Pot") - pot()', "0", "GBP", "1"),
    ('stated("Odd", "a ""claim"" of ours") + 1', "8", "GBP", "1"),
    ('total([2024/25 Budget]) - edition("2018-21", total([2018/19 Budget]))', "0", "GBP", "1"),
    ('edition("2018-21", total([2018/19 Budget]))', "4283405", "GBP", "1"),
    ('edition("2018-21", total([2018/19 Budget])) / 7 + pot()', "0", "GBP", "1"),
    ("10 - (3 - 2) - -4 * (2 + pot() / 1000.5)", "21", "GBP", "1"),
    ("100 / pot() / 2", "0", "GBP", "0.000001"),
)


def write_edition(folder: Path) -> Path:
    folder.mkdir()
    (folder / "edition.toml").write_text(EDITION, encoding="utf-8")
    lines = [
        (
            f"L{number:02}",
            number * 10,
            "External grants" if number % 4 == 0 else "Commissioning",
            SECTIONS[number % 3],
            service,
            ("Freeva", "Catch 22", "10", "")[number % 4],
            "2025-03-31" if number == 1 else "",
            SHARED.get(f"L{number:02}", ""),
            *amounts,
        )
        for number, (service, amounts) in enumerate(zip(SERVICES, AMOUNTS, strict=True), start=1)
    ]
    write(folder / "lines.csv", (*HEADERS, FIRST, SECOND), lines)
    # What an entered amount is made of nobody knows, so it silences claims about lines.
    sections = [("90", "Commissioning", "Entered", "", "400.40")]
    write(folder / "sections.csv", ("Order", "Block", "Section", FIRST, SECOND), sections)
    areas = [("E1", "North", "7", "3"), ("E2", "South", "3", "5")]
    write(folder / "areas.csv", ("Area code", "Area", "Population", "Previous award"), areas)
    write(folder / "indicators.csv", ("Indicator", "Basis", "Weight"), [("Population", "count", 1)])
    columns = ("Ref", "Claim", "Stated", "Unit", "Precision", "Computed by")
    write(folder / "figures.csv", columns, list(figures()))
    return folder


def write(path: Path, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *rows])


def figures() -> Iterator[tuple[str, ...]]:
    yield "Pot", "the pot", "1001", "GBP", "1", ""
    yield "Odd", 'A "Claim" of ours', "7", "GBP", "1", ""
    yield "Odd", "another", "9", "GBP thousand", "1", ""
    for number, (line, stated, unit, precision) in enumerate((*ON_A_HALF, *OTHERS), start=1):
        yield f"by hand {number}", "", stated, unit, precision, line
    random = Random(20240401)  # noqa: S311 - the same claims in every run
    for number in range(1, 201):
        unit, precision = random.choice(UNITS)
        line = random_figure(random)
        yield (
            f"at random {number}",
            "",
            random.choice(("0", "1000", "-1000")),
            unit,
            precision,
            line,
        )
    for number in range(1, 61):
        line = f"lines({', '.join(random_conditions(random))})"
        yield f"counted {number}", "", "1", "count", "1", line


def random_figure(random: Random) -> str:
    parts = [random_total(random) for _ in range(random.randint(1, 2))]
    return random.choice((" + ", " - ")).join(parts)


def random_total(random: Random) -> str:
    some = random_places(random) if random.random() < 0.4 else random_conditions(random)
    return f"total({', '.join([f'[{random.choice((FIRST, SECOND))}]', *some])})"


def random_places(random: Random) -> list[str]:
    places = (
        '[Section] = "victims"',
        '[Section] = "Victims" or "Prevention" or "victims"',
        '[Section] begins "victims"',
        '[Block] = "Commissioning"',
        '[Block] begins "External"',
        '[Block] = "Commissioning" or "External grants"',
    )
    return random.sample(places, random.randint(0, 2))


def random_conditions(random: Random) -> list[str]:
    words = [word.strip() for word in SERVICES if word.strip()]
    one, other = (word.replace('"', '""') for word in random.sample(words, 2))
    begins = words[random.randrange(len(words))][: random.randint(1, 4)].replace('"', '""')
    column = random.choice((FIRST, SECOND))
    choices = (
        f'[Line ID] = "L{random.randint(1, 15):02}" or "l{random.randint(1, 15):02}"',
        f'[Service] = "{one}"',
        f'[Service] = "{one}" or "{other}"',
        f'[Service] begins "{begins}"',
        "[Provider] filled",
        "[Shared with] blank",
        '[Provider] = "10" or "Freeva"',
        '[Provider] begins "1"',
        '[Ends] = "2025-03-31"',
        f"[{column}] > 0",
        f"[{column}] = 0",
        f"[{column}] filled",
    )
    picked = random.sample(choices, random.choice((1, 1, 1, 2)))
    return ['[Section] begins "Victims"', *picked] if random.random() < 0.3 else picked


def with_odd_cells(book: Workbook) -> None:
    """Type what only a workbook can hold: a number for a word, a dash for no amount."""
    excel_user.set_cell(book, "L02", "Provider", 10)
    excel_user.set_cell(book, "L10", FIRST, "-")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("figures")
    path = folder / "odd.xlsx"
    new(path, folder=write_edition(folder / "edition"))
    excel_user.edit(path, with_odd_cells)
    refresh(path)
    return path


def live(workbook: Path) -> dict[str, str | None]:
    """Give the formula of each figure's Computed cell, by Ref; None for a constant."""
    rows = excel_user.rows(openpyxl.load_workbook(workbook), "Figures")
    return {
        str(row["Ref"]): value if isinstance(value := row["Computed"], str) else None
        for row in rows
    }


def test_libreoffice_works_every_figure_out_as_we_do(workbook: Path, tmp_path: Path) -> None:
    assert assert_agrees(workbook, tmp_path) > 400


def reconciled(workbook: Path) -> list[dict[str, Any]]:
    figures: list[dict[str, Any]] = json.loads(json.dumps(reconcile(workbook).data["figures"]))
    return figures


def test_most_figures_that_can_be_checked_are_live(workbook: Path) -> None:
    formulas = live(workbook)
    refs = [each["ref"] for each in reconciled(workbook) if each["status"] != "cannot be checked"]
    assert len(refs) > 100
    assert sum(formulas[ref] is not None for ref in refs) > len(refs) * 0.85


def test_figures_on_a_half_are_rounded_up_by_both(workbook: Path) -> None:
    by_ref = {each["ref"]: each for each in reconciled(workbook)}
    formulas = live(workbook)
    for number, (_, stated, *_) in enumerate(ON_A_HALF, start=1):
        figure = by_ref[f"by hand {number}"]
        assert figure["status"] == "agrees", figure
        assert float(figure["stated"]) == float(stated)
        assert formulas[f"by hand {number}"] is not None


def test_a_refresh_of_figures_changes_nothing_the_second_time(workbook: Path) -> None:
    assert refresh(workbook).data["changes"] == []


def with_other_amounts(book: Workbook) -> None:
    amounts = {"L01": 48.5, "L06": 1234.56, "L08": 0, "L12": None, "L14": -20, "L15": 7.25}
    for line_id, amount in amounts.items():
        excel_user.set_cell(book, line_id, FIRST, amount)
    excel_user.set_cell(book, "L05", SECOND, 400)
    excel_user.set_name(book, "Pot", 2000.25)


def test_the_formulas_follow_what_somebody_types(workbook: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.xlsx"
    changed.write_bytes(workbook.read_bytes())
    excel_user.edit(changed, with_other_amounts)  # which leaves formulas without their values
    (again,) = resave([changed], tmp_path / "again")
    rows = excel_user.rows(openpyxl.load_workbook(again, data_only=True), "Figures")
    theirs = {str(row["Ref"]): (row["Computed"], row["Status"]) for row in rows}
    formulas = live(workbook)
    now, before = ({each["ref"]: each for each in reconciled(path)} for path in (changed, workbook))
    ours = [ref for ref, each in now.items() if each["computed"] is not None and formulas[ref]]
    assert sum(now[ref]["computed"] != before[ref]["computed"] for ref in ours) > 50
    assert {ref: theirs[ref][1] for ref in ours} == {ref: now[ref]["status"] for ref in ours}
    computed = {ref: float(now[ref]["computed"]) for ref in ours}
    assert {ref: theirs[ref][0] for ref in ours} == pytest.approx(computed, rel=1e-12)


def with_finer_figures(book: Workbook) -> None:
    """Add less than half a step to every stated figure, which no document can have printed."""
    sheet, table = excel_user.table_of(book, "Figures")
    columns = excel_user.headers(book, "Figures")
    area = Area.parse(table.ref)
    for row, each in enumerate(excel_user.rows(book, "Figures"), start=area.first_row + 1):
        stated, precision = each["Stated"], each["Precision"]
        if isinstance(stated, int | float):
            step = precision if isinstance(precision, int | float) else 0.01
            excel_user.put(sheet, row, columns["Stated"], stated + step * 0.4)


def test_a_figure_that_is_typed_too_finely_never_agrees(workbook: Path, tmp_path: Path) -> None:
    changed = tmp_path / "finer.xlsx"
    changed.write_bytes(workbook.read_bytes())
    excel_user.edit(changed, with_finer_figures)
    (again,) = resave([changed], tmp_path / "again")
    rows = excel_user.rows(openpyxl.load_workbook(again, data_only=True), "Figures")
    statuses = [row["Status"] for row in rows]
    assert statuses.count("differs") > 100
    assert "agrees" not in statuses
