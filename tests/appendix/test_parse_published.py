"""A published table of another edition, read back and printed again cell by cell."""

import csv
from pathlib import Path

from appendix.parsing import csv_grid, read
from xlframework.appendix.compose.table import compose
from xlframework.appendix.layout import Column, Heading, Layout, Subtotal, Total
from xlframework.appendix.parse.grid import Grid, grid_of_csv
from xlframework.ground.financial_year import AmountColumn
from xlframework.model.budget import Budget

PUBLISHED = Path(__file__).parents[1] / "published" / "tables" / "2018-21_appendix_a.csv"
NAME = "Service Name"
YEARS = ("2018/19", "2019/20", "2020/21")
LAYOUT = Layout(
    name="2018-21-appendix-a",
    title="Appendix A",
    sheet="Appendix A",
    description="The 36 lines of 2018-21 by section.",
    source="Commissioning Framework 2018-21.",
    column=(
        Column(header=NAME, field="Service"),
        Column(header="Current delivery organisation", field="Provider"),
        Column(header="Provision", field="Provision"),
        Column(header="How service is Commissioned?", field="Mechanism"),
        *(Column(header=f"{year} budget (£)", amount=f"{year} Budget") for year in YEARS),
        Column(header="Geographical reach", field="Reach"),
    ),
    blocks=("Commissioning",),
    group="section",
    heading=(Heading(by="section", column=NAME, words={"Victims": "VICTIMS"}),),
    subtotal=Subtotal(
        label="{section} Sub-total",
        column=NAME,
        words={
            "Victims": "Victims Subtotal",
            "VULNERABLE": "Vulnerable subtotal",
            "PREVENTION": "Prevention Sub-total",
            "CROSS CUTTING": "Cross cutting sub-total",
        },
    ),
    total=Total(label="Grand Total", column=NAME),
)


def published() -> Grid:
    return grid_of_csv(PUBLISHED.read_bytes(), PUBLISHED.name)


def test_a_published_table_of_three_years_is_read_and_adds_up() -> None:
    parsed = read(LAYOUT, published())
    # The transcription's own columns are not the layout's.
    assert {each.rule for each in parsed.findings} == {"import-column-extra"}
    assert [each.found for each in parsed.findings] == ["row", "section", "row_kind"]
    sums = [sum(line.pence(f"{year} Budget") for line in parsed.lines) for year in YEARS]
    assert sums == [4283405_00, 4288855_00, 4269355_00]
    assert [each.name for each in parsed.sections] == [
        "Victims",
        "VULNERABLE",
        "PREVENTION",
        "CROSS CUTTING",
    ]
    assert len(parsed.lines) == 36


def test_it_prints_again_cell_by_cell() -> None:
    parsed = read(LAYOUT, published())
    columns = tuple(AmountColumn.parse(f"{year} Budget") for year in YEARS)
    again = csv_grid(compose(LAYOUT, Budget(columns, parsed.lines, parsed.sections)))
    with PUBLISHED.open(encoding="utf-8-sig", newline="") as stream:
        rows = [[row[header] for header in LAYOUT.headers] for row in csv.DictReader(stream)]
    shown = [
        [again.cell(number, column).text for column in range(1, len(LAYOUT.headers) + 1)]
        for number in range(2, len(rows) + 2)
    ]
    assert shown == rows


def test_one_figure_changed_is_found_in_its_subtotal_and_in_the_total() -> None:
    data = PUBLISHED.read_text(encoding="utf-8-sig").replace("573925", "573924")
    parsed = read(LAYOUT, grid_of_csv(data.encode(), PUBLISHED.name))
    wrong = [
        (each.rule, each.place.cell, each.difference)
        for each in parsed.findings
        if each.severity == "error"
    ]
    assert wrong == [
        ("import-subtotal-differs", "H10", "1.00"),
        ("import-total-differs", "H46", "1.00"),
    ]
