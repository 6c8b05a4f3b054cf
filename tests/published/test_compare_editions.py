"""2018-21 against 2020-21, from the printed tables: the statuses that they give by hand.

The oracle reads the two published tables with `csv` alone, and decides for itself what
became of each printed row.
"""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from xlframework.commands.compare import compare

TABLES = Path(__file__).parent / "tables"
YEARS = ("2018/19", "2019/20", "2020/21")

# What a reader of both papers sees: the same amounts under another name.
RENAMED = {
    "Number 5": "Anchor Centre/Recovery hub",
    "Missing co-ordinator": "CSE Return Interview post",
    "Youth Offending Service contribution - Leicestershire and Rutland": (
        "Youth Offending Service contribution Leicestershire and Rutland"
    ),
}

Key = tuple[str, str]


def printed(name: str, kind: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}_appendix_a.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["row_kind"] == kind]


def key(row: Mapping[str, str]) -> Key:
    words = (row["Service Name"], row["Current delivery organisation"])
    service, provider = (" ".join(word.split()).lower() for word in words)
    return service, provider


def amounts(row: Mapping[str, str]) -> list[str]:
    return [row[f"{year} budget (£)"] for year in YEARS]


def expected() -> dict[Key, str]:
    old = {key(row): row for row in printed("2018-21", "line")}
    new = {key(row): row for row in printed("2020-21", "line")}
    assert (len(old), len(new)) == (36, 44)
    found: dict[Key, str] = {}
    for name, row in new.items():
        if row["Service Name"] in RENAMED:
            found[name] = "renamed (proposed)"
        elif name not in old:
            found[name] = "added"
        elif amounts(row) == amounts(old[name]):
            found[name] = "unchanged"
        elif amounts(row)[-1] in {"", "0"} and not row["note"].startswith("MERGED with"):
            found[name] = "reduced to zero"
        else:
            found[name] = "changed"
    gone = {row["Service Name"] for name, row in old.items() if name not in new}
    assert gone == set(RENAMED.values())
    return found


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    outcome = compare("2018-21", "2020-21")
    assert outcome.exit_code == 0
    found = json.loads(json.dumps(outcome.as_json()))
    assert isinstance(found, dict)
    return found


def line(data: dict[str, Any], service: str) -> dict[str, Any]:
    (found,) = [each for each in data["lines"] if each["service"] == service]
    assert isinstance(found, dict)
    return found


def test_every_line_has_the_status_that_the_printed_tables_give(data: dict[str, Any]) -> None:
    found = {
        key({"Service Name": each["service"], "Current delivery organisation": each["provider"]}): (
            each["status"]
        )
        for each in data["lines"]
    }
    assert found == expected()
    assert data["counts"] == {
        "added": 8,
        "removed": 0,
        "changed": 9,
        "reduced to zero": 1,
        "renamed (proposed)": 3,
        "unchanged": 23,
    }


def test_renames_name_the_line_that_was(data: dict[str, Any]) -> None:
    proposed = [each for each in data["lines"] if each["status"] == "renamed (proposed)"]
    assert {each["service"]: each["was"]["service"] for each in proposed} == RENAMED
    assert all(each["why"] for each in proposed)


def test_amounts_before_and_after_are_the_printed_ones(data: dict[str, Any]) -> None:
    for name, side in (("2018-21", "before"), ("2020-21", "after")):
        for row in printed(name, "line"):
            was = name == "2018-21"
            service = " ".join(row["Service Name"].split())
            (found,) = [
                each
                for each in data["lines"]
                if side in each["line_id"]
                and service == " ".join((each.get("was", each) if was else each)["service"].split())
                and row["Current delivery organisation"]
                == (each.get("was", each) if was else each)["provider"]
            ]
            assert found[side] == {
                f"{year} Budget": f"{amount}.00" if amount else None
                for year, amount in zip(YEARS, amounts(row), strict=True)
            }


def test_sections_and_totals_are_the_printed_ones(data: dict[str, Any]) -> None:
    printed_sums = {
        (side, row["section"]): amounts(row)
        for name, side in (("2018-21", "before"), ("2020-21", "after"))
        for kind in ("subtotal", "grand_total")
        for row in printed(name, kind)
    }
    found = {
        (side, each.get("section", ""), each["year"]): each[side]
        for each in (*data["sections"], *data["totals"])
        for side in ("before", "after")
    }
    assert found == {
        (side, section, f"{year} Budget"): f"{amount}.00"
        for (side, section), sums in printed_sums.items()
        for year, amount in zip(YEARS, sums, strict=True)
    }


def test_changes_and_percentages_of_the_totals(data: dict[str, Any]) -> None:
    assert [(each["year"], each["change"], each["percent"]) for each in data["totals"]] == [
        ("2018/19 Budget", "0.00", "0.00"),
        ("2019/20 Budget", "27695.00", "0.65"),
        ("2020/21 Budget", "126606.00", "2.97"),
    ]


def test_blank_nought_and_absent_stay_three_things(data: dict[str, Any]) -> None:
    (nurses,) = [each for each in data["lines"] if "Mental health nurses" in each["service"]]
    assert nurses["before"] == {}
    assert nurses["after"] == {
        "2018/19 Budget": None,
        "2019/20 Budget": "75824.00",
        "2020/21 Budget": "0.00",
    }


def test_the_safeguarding_boards_share_one_amount_and_neither_ended(data: dict[str, Any]) -> None:
    children = line(data, "Children\N{RIGHT SINGLE QUOTATION MARK}s Safeguarding Boards")
    adults = line(data, "Adults Safeguarding Boards")["line_id"]["after"]
    assert children["status"] == "changed"
    assert children["after"]["2020/21 Budget"] is None
    assert children["covered_after"] == {"2019/20 Budget": adults, "2020/21 Budget": adults}


def test_two_years_of_one_edition_give_the_increase_that_its_table_prints() -> None:
    """2020-21, Table 1: 79,411 more than the year before, which is 1.8 per cent."""
    outcome = compare("2020-21", "2020-21", columns=["2019/20 Budget=2020/21 Budget"])
    (total,) = json.loads(json.dumps(outcome.as_json()))["totals"]
    assert (total["change"], total["percent"]) == ("79411.00", "1.84")


def test_the_increase_on_the_indicative_budget_is_what_the_tables_come_to() -> None:
    """The paper says £98,911 and 2.3 per cent; its own tables come to £126,606."""
    outcome = compare("2018-21", "2020-21", columns=["2020/21 Budget"])
    (total,) = json.loads(json.dumps(outcome.as_json()))["totals"]
    assert (total["change"], total["percent"]) == ("126606.00", "2.97")


def test_an_edition_of_subtotals_calls_no_line_removed() -> None:
    found = json.loads(json.dumps(compare("2024-25", "2025-28").as_json()))
    assert found["columns"] == [{"before": "2024/25 Budget", "after": "2025/26 Budget"}]
    assert (found["columns_assumed"], found["lines"]) == (True, [])
    assert len(found["not_compared"]) == 64
    assert [each["rule"] for each in found["findings"]] == [
        "compare-columns-assumed",
        "compare-lines-unlisted",
    ]
    (total,) = found["totals"]
    assert (total["before"], total["after"], total["percent"]) == (
        "6674237.00",
        "5336479.00",
        "-20.04",
    )
    assert found["other_totals"] == [
        {"side": "new", "year": "2024/25 Actual", "total": "6070096.35"},
        {"side": "new", "year": "2026/27 Forecast", "total": "4261901.00"},
        {"side": "new", "year": "2027/28 Forecast", "total": "4247322.58"},
    ]
