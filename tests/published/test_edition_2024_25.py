"""The bundled 2024-25 edition against the tables and prose that were published.

The oracle is `tables/` and the two CSV files beside this test: the paper, transcribed
twice. The edition under `workbook/editions/2024-25` is ours. Only `csv` reads either.
"""

import csv
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from xlframework.ground.financial_year import AmountColumn
from xlframework.ground.money import parse_pounds

PUBLISHED = Path(__file__).parent
EDITION = PUBLISHED.parents[1] / "workbook" / "editions" / "2024-25"
AMOUNT = "2024/25 Budget"

# The oracle of each block: its table, its Line IDs, its number of lines, its printed total.
TABLES = {
    "Commissioning": ("2024-25_table1.csv", "C24", 47, 4654011),
    "External grants": ("2024-25_grants.csv", "G24", 17, 2020226),
}
BLOCKS = tuple(TABLES)

LINE_COLUMNS = (
    "Line ID,Order,Block,Section,Service,Provision,Provider,Mechanism,Term,Priority 1,Priority 2,"
    "Reach,Funding,Area code,Starts,Ends,Extended to,Shared with,Note,2024/25 Budget"
)
COLUMNS = {
    "lines.csv": LINE_COLUMNS,
    "contract_terms.csv": "Line ID,Starts,Ends,Extension,Extended to,Funding,Note",
    "sections.csv": "Order,Block,Section",
    "areas.csv": (
        "Area code,Area,CSP,Lead authority,Population,Crime,Crime harm (low),"
        'Crime harm (high),"Population, Census 2021","Population, mid-2020",Previous award'
    ),
    "figures.csv": "Ref,Claim,Stated,Unit,Precision,Computed by",
}

# The nine districts and unitary authorities of the force area, by GSS code, each with
# its Census 2021 population (ONS TS021, summed).
DISTRICTS = {
    "E06000016": ("Leicester", 368571),
    "E06000017": ("Rutland", 41050),
    "E07000129": ("Blaby", 102924),
    "E07000130": ("Charnwood", 183970),
    "E07000131": ("Harborough", 97623),
    "E07000132": ("Hinckley and Bosworth", 113641),
    "E07000133": ("Melton", 51752),
    "E07000134": ("North West Leicestershire", 104707),
    "E07000135": ("Oadby and Wigston", 57747),
}
SHARED = {"C24-13": "C24-12", "C24-15": "C24-14"}
NOT_PRINTED = ("Provision", "Mechanism", "Priority 1", "Priority 2", "Reach", "Note")
FROM_CONTRACT_TERMS = ("Starts", "Ends", "Extended to", "Funding")

Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(block: str | None = None) -> list[Row]:
    return [row for row in rows(EDITION / "lines.csv") if block in (None, row["Block"])]


def printed(block: str, kind: str = "line") -> list[Row]:
    table, *_ = TABLES[block]
    return [row for row in rows(PUBLISHED / "tables" / table) if row["row_kind"] == kind]


def pence(row: Row, column: str = AMOUNT) -> int:
    return parse_pounds(row[column]) or 0


def pounds(amount: int) -> int:
    return amount * 100


def csp_lines() -> list[Row]:
    return [row for row in lines() if row["Service"].startswith("CSP - ")]


@pytest.mark.parametrize("name", COLUMNS)
def test_the_file_is_plain_utf8_with_the_agreed_header(name: str) -> None:
    content = (EDITION / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert content.decode("utf-8").splitlines()[0] == COLUMNS[name]


@pytest.mark.parametrize("name", COLUMNS)
def test_every_record_has_a_cell_for_each_column_and_no_outer_spaces(name: str) -> None:
    with (EDITION / name).open(encoding="utf-8", newline="") as file:
        header, *records = csv.reader(file)
    assert records
    assert {len(record) for record in records} == {len(header)}
    assert [cell for record in records for cell in record if cell != cell.strip()] == []


@pytest.mark.parametrize("block", BLOCKS)
def test_every_printed_row_has_its_line_with_the_same_words_and_amount(block: str) -> None:
    in_print = [
        (row["section"], row["Project"], row["Provider"], row["Term"], row["24/25 Spend"])
        for row in printed(block)
    ]
    kept = [
        (row["Section"], row["Service"], row["Provider"], row["Term"], row[AMOUNT])
        for row in lines(block)
    ]
    assert kept == [(*row[:3], row[3].replace("Med", "Medium"), row[4]) for row in in_print]


@pytest.mark.parametrize("block", BLOCKS)
def test_the_printed_priority_is_the_section(block: str) -> None:
    assert all(row["Priority"] == row["section"] for row in printed(block))


@pytest.mark.parametrize("block", BLOCKS)
def test_the_lines_of_a_block_are_numbered_in_printed_order(block: str) -> None:
    _, prefix, number, _ = TABLES[block]
    counted = range(1, number + 1)
    assert [row["Line ID"] for row in lines(block)] == [f"{prefix}-{n:02d}" for n in counted]
    assert [row["Order"] for row in lines(block)] == [str(10 * n) for n in counted]


@pytest.mark.parametrize("block", BLOCKS)
def test_the_lines_of_a_block_sum_to_the_printed_total(block: str) -> None:
    *_, total = TABLES[block]
    (grand_total,) = printed(block, "grand_total")
    assert sum(pence(row) for row in lines(block)) == pounds(total)
    assert pence(grand_total, "24/25 Spend") == pounds(total)


def test_there_are_no_other_blocks_and_no_line_id_twice() -> None:
    assert Counter(row["Block"] for row in lines()) == {
        block: number for block, (_, _, number, _) in TABLES.items()
    }
    assert len({row["Line ID"] for row in lines()}) == len(lines())


def test_the_terms_are_the_six_that_the_paper_uses() -> None:
    terms = {row["Term"] for row in lines()}
    assert terms == {"Long", "Medium", "Short", "Partnership", "Annual", "TBC"}


def test_a_shared_amount_is_blank_on_the_second_line_and_counts_once() -> None:
    by_id = {row["Line ID"]: row for row in lines()}
    assert {row["Line ID"]: row["Shared with"] for row in lines() if row["Shared with"]} == SHARED
    for second, first in SHARED.items():
        assert parse_pounds(by_id[second][AMOUNT]) is None
        assert pence(by_id[first]) > 0
        assert by_id[second]["Provider"] == by_id[first]["Provider"]


def test_an_amount_is_blank_only_where_another_line_covers_it() -> None:
    assert {row["Line ID"] for row in lines() if row[AMOUNT] == ""} == set(SHARED)
    assert all(pence(row) > 0 for row in lines() if row["Line ID"] not in SHARED)


@pytest.mark.parametrize("column", [*NOT_PRINTED, *FROM_CONTRACT_TERMS])
def test_what_the_tables_do_not_print_is_blank_in_the_lines(column: str) -> None:
    assert {row[column] for row in lines()} == {""}


@pytest.mark.parametrize("block", BLOCKS)
def test_sections_stand_in_the_order_in_which_the_paper_first_names_them(block: str) -> None:
    kept = [row["Section"] for row in rows(EDITION / "sections.csv") if row["Block"] == block]
    assert kept == list(dict.fromkeys(row["section"] for row in printed(block)))


def test_sections_are_numbered_through_both_blocks() -> None:
    sections = rows(EDITION / "sections.csv")
    assert list(dict.fromkeys(row["Block"] for row in sections)) == list(BLOCKS)
    assert [row["Order"] for row in sections] == [str(10 * n) for n in range(1, 9)]


def test_exactly_the_nine_csp_lines_carry_an_area_code() -> None:
    coded = [row for row in lines() if row["Area code"]]
    assert coded == csp_lines()
    assert sorted(row["Area code"] for row in coded) == sorted(DISTRICTS)


def test_the_area_code_of_a_csp_line_is_that_of_the_district_it_names() -> None:
    printed_otherwise = {
        "CSP - Leicester City PLF": "Leicester",
        "CSP - NW Leicestershire PLF": "North West Leicestershire",
    }
    for row in csp_lines():
        plain = row["Service"].removeprefix("CSP - ").removesuffix(" PLF")
        name, _ = DISTRICTS[row["Area code"]]
        assert name == printed_otherwise.get(row["Service"], plain)


def test_the_areas_are_the_nine_districts_sorted_by_code() -> None:
    areas = rows(EDITION / "areas.csv")
    kept = [(row["Area code"], (row["Area"], int(row["Population"]))) for row in areas]
    assert kept == sorted(DISTRICTS.items())
    assert [row["CSP"] for row in areas] == [row["Area"] for row in areas]


def test_the_lead_authority_and_previous_award_are_those_of_the_areas_own_line() -> None:
    own = {row["Area code"]: (row["Provider"], row[AMOUNT]) for row in csp_lines()}
    areas = rows(EDITION / "areas.csv")
    kept = {row["Area code"]: (row["Lead authority"], row["Previous award"]) for row in areas}
    assert kept == own


def test_the_nine_awards_are_one_pound_more_than_the_paper_states() -> None:
    (claim,) = [
        row
        for row in rows(EDITION / "figures.csv")
        if row["Claim"] == "Community Safety Partnership spend"
    ]
    awards = sum(pence(row, "Previous award") for row in rows(EDITION / "areas.csv"))
    assert awards == pounds(639676)
    assert sum(pence(row) for row in csp_lines()) == pounds(639676)
    assert pence(claim, "Stated") == pounds(639675)


def test_a_figure_is_precise_to_a_thousand_only_where_the_claim_says_so() -> None:
    for row in rows(EDITION / "figures.csv"):
        to_a_thousand = "(to the nearest thousand)" in row["Claim"]
        assert row["Precision"] == ("1000" if to_a_thousand else "1")


def test_every_published_contract_term_stands_by_the_one_line_it_is_about() -> None:
    oracle = rows(PUBLISHED / "contract_terms.csv")
    kept = rows(EDITION / "contract_terms.csv")
    assert len(kept) == len(oracle) == 20
    for published, row in zip(oracle, kept, strict=True):
        service = (published["service"], published["provider"])
        about = [
            line["Line ID"] for line in lines() if (line["Service"], line["Provider"]) == service
        ]
        assert [row["Line ID"]] == about


def test_the_contract_terms_are_as_published() -> None:
    columns = ("starts", "ends", "extension", "extended_end", "funding_source", "note")
    oracle = [
        tuple(row[column] for column in columns) for row in rows(PUBLISHED / "contract_terms.csv")
    ]
    kept = [tuple(row.values())[1:] for row in rows(EDITION / "contract_terms.csv")]
    assert kept == oracle


def test_a_line_has_its_contract_terms_once_and_its_dates_follow_each_other() -> None:
    terms = rows(EDITION / "contract_terms.csv")
    assert len({row["Line ID"] for row in terms}) == len(terms)
    for row in terms:
        texts = (row["Starts"], row["Ends"], row["Extended to"])
        dates = [date.fromisoformat(text) for text in texts if text]
        assert row["Ends"]
        assert dates == sorted(set(dates))


def test_the_edition_says_its_name_its_years_and_its_layouts() -> None:
    declared = tomllib.loads((EDITION / "edition.toml").read_text(encoding="utf-8"))
    assert declared["name"] == EDITION.name == "2024-25"
    assert "2024-25" in declared["title"]
    assert declared["status"] == "approved"
    assert declared["dated"] == ""
    assert declared["years"] == [str(AmountColumn.parse(AMOUNT))]
    assert declared["layouts"] == ["2024-25-table-1", "2024-25-grants"]
    assert declared["source"].endswith(".")
