"""`reconcile` on the published editions says what arithmetic on the printed tables says.

What the prose states was checked by hand against the transcribed tables; the tables' own
subtotals and totals are added up here, from the transcription alone.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from published.oracle import (
    LAYOUTS,
    TABLES,
    Row,
    number,
    printed_table,
    records,
    stated_figures,
)
from xlframework.commands.new import new
from xlframework.commands.reconcile import reconcile

# What does not agree, by edition, claim and unit: what the tables come to.
DIFFERS: Mapping[tuple[str, str, str], tuple[str, str]] = {
    # The fund falls to 200,000 in 2020/21.
    ("2018-21", "Prevention Fund made available each year (all three)", "GBP"): (
        "200000.00",
        "50000.00",
    ),
    # 573,925 in 2018/19.
    ("2018-21", "New Victim First service, each year of the framework 2018-2021", "GBP"): (
        "573925.00",
        "-13925.00",
    ),
    # 4,395,961 less the 4,269,355 of the 2018-21 edition.
    (
        "2020-21",
        "Increase on the original indicative 2020-21 budget (2018-21 edition)",
        "GBP",
    ): ("126606.00", "-27695.00"),
    # 126,606 of 4,269,355 is 2.97 per cent.
    (
        "2020-21",
        "Increase on the original indicative 2020-21 budget (2018-21 edition)",
        "per cent",
    ): ("3.0", "-0.7"),
    # 33,145 of 4,283,405 is 0.774 per cent.
    ("2020-21", "Increase 2018-19 to 2019-20", "per cent"): ("0.8", "-0.1"),
    # The nine awards come to a pound more.
    ("2024-25", "Community Safety Partnership spend", "GBP"): ("639676.00", "-1.00"),
}
CANNOT = {
    "Increase on the 2017/18 budget after that transfer (the 2017/18 budget is not printed)": (
        "the 2017/18 budget is not printed"
    )
}
TRUNCATED = {"Increase 2018-19 to 2019-20"}
COUNTS = {
    "2016-17": (20, 0, 0),
    "2018-21": (20, 2, 1),
    "2020-21": (30, 3, 0),
    "2024-25": (7, 1, 0),
    "2025-28": (4, 0, 20),
}

# The tables with printed sums over printed lines.
WITH_SUMS = tuple(
    (edition, layout)
    for edition, layout in LAYOUTS
    if {"subtotal", "grand_total"} & set(printed_table(edition, layout).kinds)
    and "line" in printed_table(edition, layout).kinds
)
# The one that stands under the words of the prose instead of its label.
IN_WORDS = {
    ("2016-17-decision-record", "Grand Total"): "Grand total: Appendix B plus Appendix C",
}

Figure = dict[str, Any]


@cache
def reconciled(edition: str, folder: Path) -> dict[str, Any]:
    workbook = folder / f"{edition}.xlsx"
    new(workbook, edition=edition)
    found: dict[str, Any] = json.loads(json.dumps(reconcile(workbook).as_json()))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reconciled")


@pytest.mark.parametrize("edition", TABLES)
def test_every_figure_of_the_prose_has_its_status(edition: str, folder: Path) -> None:
    oracle = stated_figures(edition)
    figures = reconciled(edition, folder)["figures"][: len(oracle)]
    for stated, figure in zip(oracle, figures, strict=True):
        assert (figure["ref"], figure["claim"], figure["unit"]) == (
            stated["ref"],
            stated["claim"],
            stated["unit"],
        )
        assert Decimal(figure["stated"]) == Decimal(stated["stated"])
        key = (edition, stated["claim"], stated["unit"])
        if key in DIFFERS:
            computed, difference = DIFFERS[key]
            assert figure["status"] == "differs"
            assert (figure["computed"], figure["difference"]) == (computed, difference)
            is_truncated = stated["claim"] in TRUNCATED
            assert ("was truncated, not rounded" in figure["message"]) is is_truncated
        elif stated["claim"] in CANNOT:
            assert (figure["status"], figure["computed"]) == ("cannot be checked", None)
            assert figure["message"] == CANNOT[stated["claim"]]
        else:
            assert figure["status"] == "agrees", figure
            assert Decimal(figure["computed"]) == Decimal(stated["stated"])
            assert Decimal(figure["difference"]) == 0


def sums(edition: str, layout: str) -> Mapping[tuple[str, int], Decimal]:
    """Add up the printed lines of a table, by section and column; the whole is section ''."""
    found: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for row, texts in table_rows(edition, layout):
        if row["row_kind"] == "line":
            for column, text in enumerate(texts):
                for section in {row.get("section", ""), ""}:
                    found[section, column] += number(text) or Decimal(0)
    return found


def table_rows(edition: str, layout: str) -> list[tuple[Row, tuple[str, ...]]]:
    """Give the rows of a table, with what the transcription adds and as printed."""
    rows = records(Path(__file__).parent / "tables" / f"{TABLES[edition][layout]}.csv")
    return list(zip(rows, printed_table(edition, layout).rows, strict=True))


@pytest.mark.parametrize(("edition", "layout"), WITH_SUMS)
def test_every_printed_subtotal_and_total_has_its_status(
    edition: str, layout: str, folder: Path
) -> None:
    headers, own_sums = printed_table(edition, layout).headers, sums(edition, layout)
    figures = {
        (figure["claim"], Decimal(figure["stated"])): figure
        for figure in reconciled(edition, folder)["figures"]
    }
    checked = 0
    for row, texts in table_rows(edition, layout):
        if row["row_kind"] not in {"subtotal", "grand_total"}:
            continue
        section = row["section"] if row["row_kind"] == "subtotal" else ""
        for column, (header, text) in enumerate(zip(headers, texts, strict=True)):
            stated = number(text)
            if stated is None:
                continue
            claim = IN_WORDS.get((layout, texts[0]), f"{texts[0]}, {header}")
            figure = figures[claim, stated]
            expected = own_sums[section, column]
            assert figure["status"] == ("agrees" if expected == stated else "differs")
            assert Decimal(figure["computed"]) == expected
            checked += 1
    assert checked > 0


def test_the_subtotals_of_2025_28_add_up_to_its_grand_totals(folder: Path) -> None:
    rows = printed_table("2025-28", "2025-28-mtfp").of_kind("subtotal")
    columns = zip(*(row[1:] for row in rows), strict=True)
    expected = [sum(Decimal(text) for text in column) for column in columns]
    figures: list[Figure] = reconciled("2025-28", folder)["figures"]
    assert [Decimal(figure["computed"]) for figure in figures[:4]] == expected
    said = {(figure["status"], figure["message"]) for figure in figures[4:]}
    assert said == {("cannot be checked", "only the subtotal is published")}


@pytest.mark.parametrize("edition", TABLES)
def test_the_counts_are_those_of_the_figures(edition: str, folder: Path) -> None:
    found = reconciled(edition, folder)
    agrees, differs, cannot = COUNTS[edition]
    assert found["counts"] == {"agrees": agrees, "differs": differs, "cannot be checked": cannot}
    assert len(found["figures"]) == agrees + differs + cannot
    errors = [each for each in found["findings"] if each["severity"] == "error"]
    assert [each["rule"] for each in errors] == ["figure-differs"] * differs


def test_what_two_editions_print_differently_is_said_of_both(folder: Path) -> None:
    for own, other, sign in (("2018-21", "2020-21", "-"), ("2020-21", "2018-21", "")):
        found = [
            each
            for each in reconciled(own, folder)["findings"]
            if each["rule"] == "figure-editions-differ"
        ]
        assert [each["severity"] for each in found] == ["info", "info"]
        assert [each["difference"] for each in found] == [f"{sign}27695.00", f"{sign}126606.00"]
        for each, year in zip(found, ("2019/20", "2020/21"), strict=True):
            assert f"the edition {other} prints another total for {year} Budget" in each["message"]
            assert "VICTIMS, VULNERABLE, PREVENTION and CROSS CUTTING" in each["message"]
    for edition in ("2016-17", "2024-25", "2025-28"):
        rules = {each["rule"] for each in reconciled(edition, folder)["findings"]}
        assert "figure-editions-differ" not in rules
