"""The bundled edition folders against the papers' tables, glossaries and stated figures.

Only `csv` and `tomllib` read either side; what the workbook makes of the editions is tested
in `test_published_tables.py`.
"""

import csv
import tomllib
from collections import Counter

import pytest

from published.oracle import (
    EDITIONS,
    LAYOUTS,
    PUBLISHED,
    TABLES,
    edition_rows,
    is_same,
    number,
    printed_table,
    records,
    stated_figures,
)
from xlframework.ground.financial_year import AmountColumn

FILES = tuple(
    path.relative_to(EDITIONS).as_posix()
    for edition in TABLES
    for path in sorted((EDITIONS / edition).glob("*.csv"))
)
CODES = {
    "E06000016",
    "E06000017",
    "E07000129",
    "E07000130",
    "E07000131",
    "E07000132",
    "E07000133",
    "E07000134",
    "E07000135",
}

# What parts Service and Provision in the printed text: a spaced en dash.
DASH = " \N{EN DASH} "

# Where an edition's figures name the table of a subtotal or total.
REFS = {
    "2016-17-table-1-plf": "Table 1",
    "2016-17-appendix-b": "Appendix B",
    "2016-17-appendix-c": "Appendix C",
    "2016-17-decision-record": "Decision record Table 1",
    "2018-21-appendix-a": "Appendix A",
    "2020-21-table-3": "Table 3",
    "2020-21-appendix-a": "Appendix A",
    "2024-25-table-1": "Table 1",
    "2024-25-grants": "Grants",
    "2025-28-mtfp": "MTFP",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_plain_utf8_and_every_record_fits_its_header(name: str) -> None:
    content = (EDITIONS / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    header, *rows = csv.reader(content.decode("utf-8").splitlines(keepends=True), strict=True)
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    assert [cell for row in rows for cell in row if cell != cell.strip()] == []


@pytest.mark.parametrize("edition", TABLES)
def test_an_edition_declares_its_name_its_years_and_its_tables(edition: str) -> None:
    declared = tomllib.loads((EDITIONS / edition / "edition.toml").read_text(encoding="utf-8"))
    assert declared["name"] == edition
    assert edition in declared["title"]
    assert declared["status"] == "approved"
    assert declared["dated"] == ""
    assert declared["layouts"] == list(TABLES[edition])
    assert declared["years"] == [str(AmountColumn.parse(year)) for year in declared["years"]]
    assert declared["source"].endswith(".")


@pytest.mark.parametrize("edition", TABLES)
def test_an_edition_has_the_nine_areas(edition: str) -> None:
    areas = edition_rows(edition, "areas.csv")
    assert [row["Area code"] for row in areas] == sorted(CODES)
    assert all(row["Area"] and row["CSP"] for row in areas)


@pytest.mark.parametrize(
    ("edition", "prefixes"),
    [("2016-17", {"B16": 54, "C16": 2}), ("2018-21", {"A18": 36}), ("2020-21", {"A20": 44})],
)
def test_lines_are_numbered_in_printed_order(edition: str, prefixes: dict[str, int]) -> None:
    ids = [row["Line ID"] for row in edition_rows(edition, "lines.csv")]
    assert ids == [
        f"{prefix}-{number:02d}"
        for prefix, count in prefixes.items()
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize("edition", ["2018-21", "2020-21"])
def test_a_line_has_the_printed_words_and_amounts(edition: str) -> None:
    oracle = printed_table(edition, f"{edition}-appendix-a")
    in_print = [dict(zip(oracle.headers, row, strict=True)) for row in oracle.of_kind("line")]
    kept = edition_rows(edition, "lines.csv")
    for row, line in zip(in_print, kept, strict=True):
        assert line["Service"] == row["Service Name"]
        assert line["Provider"] == row["Current delivery organisation"]
        assert line["Provision"] == row["Provision"]
        for year in ("2018/19", "2019/20", "2020/21"):
            assert line[f"{year} Budget"] == row[f"{year} budget (£)"]


def test_committed_lines_have_the_printed_words_and_amounts() -> None:
    oracle = printed_table("2016-17", "2016-17-appendix-b")
    committed = edition_rows("2016-17", "lines.csv")[:54]
    for row, line in zip(oracle.of_kind("line"), committed, strict=True):
        theme, described, amount, provider, _, primary, _, _ = row
        parts = [part for part in (line["Service"], line["Provision"]) if part]
        assert (line["Section"], DASH.join(parts)) == (theme, described)
        assert (line["2016/17 Budget"], line["Provider"]) == (amount, provider)
        assert line["Priority 1"] == primary
        assert DASH not in line["Service"]


def test_a_shifted_column_is_put_right_in_the_lines_and_kept_in_print() -> None:
    (mappa,) = [row for row in edition_rows("2016-17", "lines.csv") if "(MAPPA)" in row["Service"]]
    assert (mappa["Priority 2"], mappa["Reach"]) == ("", "LLR")
    (printed,) = [
        row for row in edition_rows("2016-17", "printed.csv") if row["Line ID"] == mappa["Line ID"]
    ]
    assert (printed["Layout"], printed["Text"]) == ("2016-17-appendix-b", "LLR")


@pytest.mark.parametrize("edition", ["2016-17", "2018-21", "2020-21"])
def test_nothing_in_printed_repeats_what_the_table_prints_anyway(edition: str) -> None:
    """A row of Printed says a word of the paper's table, and no row is there twice."""
    rows = edition_rows(edition, "printed.csv")
    keys = Counter((row["Layout"], row["Line ID"], row["Column"]) for row in rows)
    assert set(keys.values()) == {1}
    for row in rows:
        oracle = printed_table(edition, row["Layout"])
        if row["Column"] == "Order":
            assert number(row["Text"]) is not None
            continue
        at = oracle.headers.index(row["Column"])
        assert row["Text"] in {cells[at] for cells in oracle.rows}


def test_mechanism_and_reach_are_words_of_the_declared_lists() -> None:
    spec = (EDITIONS.parents[1] / "templates" / "commissioning.toml").read_text(encoding="utf-8")
    lists = {each["name"]: each.get("items", []) for each in tomllib.loads(spec)["list"]}
    for edition in ("2016-17", "2018-21", "2020-21"):
        for row in edition_rows(edition, "lines.csv"):
            for column in ("Mechanism", "Reach"):
                assert row[column] in {"", *lists[column]}


def test_a_line_of_the_locality_fund_names_its_area_and_its_lead_authority() -> None:
    funded = [row for row in edition_rows("2016-17", "lines.csv") if row["Area code"]]
    assert {row["Area code"] for row in funded} == CODES
    assert {row["Section"] for row in funded} == {"Various (PLF)"}
    lead = {row["Area code"]: row for row in edition_rows("2016-17", "areas.csv")}
    for row in funded:
        area = lead[row["Area code"]]
        assert row["Provider"] == area["Lead authority"]
        assert row["Reach"].removesuffix(" City") == area["Area"]


@pytest.mark.parametrize("edition", ["2016-17", "2018-21"])
def test_the_glossary_is_the_printed_one(edition: str) -> None:
    oracle = records(PUBLISHED / "glossaries" / f"{edition}_glossary.csv")
    kept = [row for row in edition_rows(edition, "glossary.csv") if not row.get("Theme")]
    assert [(row["Term"], row["Meaning"]) for row in kept] == [
        (row["term"], row["definition"]) for row in oracle
    ]


def test_the_strategic_priorities_stand_in_the_glossary_with_their_themes() -> None:
    oracle = records(PUBLISHED / "glossaries" / "2016-17_strategic_priorities.csv")
    kept = [row for row in edition_rows("2016-17", "glossary.csv") if row["Theme"]]
    assert [(row["Term"], row["Meaning"], row["Theme"]) for row in kept] == [
        (row["code"], row["priority"], row["theme"]) for row in oracle
    ]
    assert [row["Term"] for row in kept] == [f"SP{number}" for number in range(1, 18)]


def test_the_forward_plan_ends_on_the_last_day_of_the_printed_month() -> None:
    oracle = printed_table("2025-28", "2025-28-forward-plan")
    plan = edition_rows("2025-28", "forward_plan.csv")
    assert [(row["Item"], row["What follows"]) for row in plan] == oracle.of_kind("line")
    assert Counter(row["Ends"] for row in plan) == {
        "2026-03-31": 6,
        "2026-08-31": 2,
        "2027-03-31": 2,
        "2029-03-31": 1,
    }


@pytest.mark.parametrize("edition", TABLES)
def test_the_stated_figures_are_kept_word_for_word(edition: str) -> None:
    oracle = stated_figures(edition)
    figures = edition_rows(edition, "figures.csv")
    kept = [(row["Ref"], row["Claim"], row["Stated"], row["Unit"]) for row in figures]
    stated = [(row["ref"], row["claim"], row["stated"], row["unit"]) for row in oracle]
    assert kept[: len(stated)] == stated
    assert all(count == 1 for count in Counter(kept).values())


@pytest.mark.parametrize(
    ("edition", "layout"), [(edition, name) for edition, name in LAYOUTS if name in REFS]
)
def test_every_printed_subtotal_and_total_is_among_the_figures(edition: str, layout: str) -> None:
    oracle = printed_table(edition, layout)
    figures = [row for row in edition_rows(edition, "figures.csv") if row["Ref"] == REFS[layout]]
    sums = [*oracle.of_kind("subtotal"), *oracle.of_kind("grand_total")]
    assert sums
    for row in sums:
        label = row[0]
        for header, amount in zip(oracle.headers[1:], row[1:], strict=True):
            if number(amount) is None:
                continue
            claims = [figure["Claim"] for figure in figures if is_same(figure["Stated"], amount)]
            # A grand total may stand under the words of the prose instead.
            in_words = [claim for claim in claims if claim.casefold().startswith("grand total")]
            assert f"{label}, {header}" in claims or (label == "Grand Total" and in_words)


@pytest.mark.parametrize("edition", TABLES)
def test_every_figure_says_how_precise_it_is_and_how_it_is_computed(edition: str) -> None:
    precision = {"GBP": {"1", "1000", "0.01"}, "GBP million": {"0.001"}}
    for row in edition_rows(edition, "figures.csv"):
        assert row["Precision"] in precision.get(row["Unit"], {"1", "0.1"})
        assert row["Computed by"]
        assert number(row["Stated"]) is not None
