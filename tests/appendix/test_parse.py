"""Reading a table back: rows told apart, sections, sums, identifiers and shared amounts."""

from collections.abc import Sequence

import msgspec
import pytest

from appendix.layouts import MULTI_YEAR, two_year_budget
from appendix.parsing import Row, csv_grid, grid_of, pounds, read, rules, sheet_rows_of
from builders import NEXT_YEAR, YEAR, layout, line
from xlframework.appendix.compose.table import compose
from xlframework.appendix.layout import Column, Heading, Layout, Subtotal, Total
from xlframework.appendix.parse.table import Parsed
from xlframework.model.budget import Line
from xlframework.sheets.package.records import Value

SERVICE = Column(header="Service", field="Service")
PROVIDER = Column(header="Provider", field="Provider")
SECTION = Column(header="Priority", field="Section")
SPEND = Column(header="Spend", amount=YEAR)
NEXT = Column(header="Next", amount=NEXT_YEAR)
HEADERS: list[Value] = ["Service", "Provider", "Spend"]

PLAIN = msgspec.structs.replace(layout(SERVICE, PROVIDER, SPEND), blocks=("Commissioning",))
BY_SECTION = msgspec.structs.replace(
    PLAIN, group="section", heading=(Heading(by="section", column="Service"),)
)
WITH_SECTION = msgspec.structs.replace(PLAIN, column=(SECTION, SERVICE, PROVIDER, SPEND))
TWO_YEARS = msgspec.structs.replace(PLAIN, column=(SERVICE, PROVIDER, SPEND, NEXT))


def services(parsed: Parsed) -> list[object]:
    return [line.words["Service"] for line in parsed.lines]


def parsed_rows(one: Layout, *rows: Row, merged: Sequence[str] = ()) -> Parsed:
    return read(one, grid_of(*rows, merged=merged))


def other_findings(parsed: Parsed) -> list[tuple[str, str | None]]:
    return [rule for rule in rules(parsed) if rule[0] != "import-section-unknown"]


def sections(parsed: Parsed) -> list[str]:
    return [line.section for line in parsed.lines]


# --- what a layout can ask for, there and back ------------------------------------------


def test_a_table_that_uses_everything_reads_back() -> None:
    budget = two_year_budget()
    parsed = read(MULTI_YEAR, grid_of(*sheet_rows_of(compose(MULTI_YEAR, budget))))
    assert rules(parsed) == [("import-block-assumed", "A4")]
    assert [
        (line.line_id, line.section, line.words["Service"], dict(line.amounts), line.shared_with)
        for line in parsed.lines
    ] == [
        ("V1", "Victims", "Refuge", {YEAR: 1339454_38, NEXT_YEAR: 100_00}, ""),
        ("V2", "Victims", "Counselling", {YEAR: None, NEXT_YEAR: 50_00}, "V1"),
        ("P1", "Prevention", "Diversion", {YEAR: None, NEXT_YEAR: 0}, ""),
        ("P2", "Prevention", "Outreach", {YEAR: 0, NEXT_YEAR: None}, "G1"),
        ("G1", "Grants", "Grant", {YEAR: 1_00, NEXT_YEAR: 2_00}, ""),
    ]


def test_a_csv_file_tells_all_but_who_shares_with_whom() -> None:
    parsed = read(MULTI_YEAR, csv_grid(compose(MULTI_YEAR, two_year_budget())))
    assert [line.shared_with for line in parsed.lines] == [""] * 5
    assert [line.amounts[YEAR] for line in parsed.lines] == [1339454_38, None, None, 0, 1_00]


# --- rows told apart ---------------------------------------------------------------------


def test_a_total_ends_the_table_and_amounts_below_it_are_said() -> None:
    parsed = parsed_rows(
        msgspec.structs.replace(PLAIN, total=Total(label="TOTAL", column="Service")),
        HEADERS,
        ["Refuge", "Us", pounds(10)],
        ["Total", None, pounds(10)],
        ["Of which from reserves", None, pounds(4)],
        ["A note."],
    )
    assert services(parsed) == ["Refuge"]
    assert other_findings(parsed) == [("import-below-total", "C4")]


def test_of_a_subtotal_and_a_total_with_one_label_the_last_is_the_total() -> None:
    one = msgspec.structs.replace(
        BY_SECTION,
        subtotal=Subtotal(label="Total", column="Service"),
        total=Total(label="Total", column="Service"),
    )
    parsed = parsed_rows(
        one,
        HEADERS,
        ["Victims"],
        ["A", "Us", pounds(1)],
        ["Total", None, pounds(1)],
        ["Prevention"],
        ["B", "Us", pounds(2)],
        ["Total", None, pounds(2)],
        ["Total", None, pounds(3)],
    )
    assert rules(parsed) == []
    assert sections(parsed) == ["Victims", "Prevention"]


def test_a_second_table_below_the_first_is_not_read() -> None:
    parsed = parsed_rows(
        msgspec.structs.replace(PLAIN, total=Total(label="TOTAL", column="Service")),
        HEADERS,
        ["A", "Us", pounds(1)],
        ["TOTAL", None, pounds(1)],
        HEADERS,
        ["B", "Us", pounds(2)],
        ["TOTAL", None, pounds(2)],
    )
    assert services(parsed) == ["A"]
    assert other_findings(parsed) == [
        ("import-below-total", "C5"),
        ("import-below-total", "C6"),
    ]


@pytest.mark.parametrize(
    "label", ["Sub-total", "Victims subtotal", "Total for Victims", "VICTIMS TOTAL:"]
)
def test_a_subtotal_that_the_layout_does_not_know_is_no_line(label: str) -> None:
    parsed = parsed_rows(
        BY_SECTION, HEADERS, ["Victims"], ["A", "Us", pounds(1)], [label, "-", pounds(1)]
    )
    assert services(parsed) == ["A"]
    assert rules(parsed) == [("import-sum-guessed", "A4")]


def test_a_line_whose_name_begins_with_total_is_a_line() -> None:
    parsed = parsed_rows(BY_SECTION, HEADERS, ["Victims"], ["Total Families", None, pounds(1)])
    assert services(parsed) == ["Total Families"]


def test_amounts_without_words_that_add_up_are_a_subtotal() -> None:
    parsed = parsed_rows(
        PLAIN,
        HEADERS,
        ["A", "Us", pounds(1)],
        ["B", "Us", pounds(2)],
        [None, None, pounds(3)],
        ["C", "Us", pounds(4)],
        [None, None, pounds(7)],
    )
    assert services(parsed) == ["A", "B", "C"]
    assert other_findings(parsed) == [("import-sum-guessed", "A4"), ("import-sum-guessed", "A6")]


def test_amounts_without_words_that_add_up_to_nothing_are_a_line_without_a_name() -> None:
    parsed = parsed_rows(PLAIN, HEADERS, ["A", "Us", pounds(1)], [None, None, pounds(5)])
    assert services(parsed) == ["A", ""]
    assert other_findings(parsed) == [("import-line-no-service", "A3")]


def test_a_line_without_a_service_is_kept_and_said() -> None:
    parsed = parsed_rows(PLAIN, HEADERS, [None, "Freeva", pounds(5)])
    assert [line.pence(YEAR) for line in parsed.lines] == [500]
    assert other_findings(parsed) == [("import-line-no-service", "A2")]


def test_words_that_make_no_line_are_said() -> None:
    parsed = parsed_rows(
        WITH_SECTION, ["Priority", *HEADERS], ["V", "A", "Us", pounds(1)], ["V", None, "Freeva"]
    )
    assert rules(parsed) == [("import-row-unread", "A3")]


def test_a_text_outside_the_table_is_said() -> None:
    parsed = parsed_rows(PLAIN, HEADERS, ["A", "Us", pounds(1), None, "ask Jo"])
    assert other_findings(parsed) == [("import-text-outside", "E2")]


def test_hidden_lines_are_read_and_said() -> None:
    rows: list[Row] = [HEADERS, *[("A", str(n), pounds(1)) for n in range(4)]]
    parsed = read(PLAIN, grid_of(*rows, hidden=[2, 3, 5]))
    assert len(parsed.lines) == 4
    assert ("import-row-hidden", "A2:A3,A5") in rules(parsed)


def test_a_header_without_lines_is_said() -> None:
    parsed = parsed_rows(PLAIN, HEADERS, [], ["A note below."])
    assert (parsed.lines, rules(parsed)) == ((), [("import-no-lines", "A1")])


def test_notes_below_a_table_without_a_total_are_no_lines() -> None:
    parsed = parsed_rows(PLAIN, HEADERS, ["A", "Us", pounds(1)], [], ["Amounts are in pounds."])
    assert services(parsed) == ["A"]
    assert other_findings(parsed) == []


def test_a_line_without_amounts_is_a_line() -> None:
    parsed = parsed_rows(PLAIN, HEADERS, ["A"], ["B", "Us", pounds(1)], ["C"])
    assert services(parsed) == ["A", "B", "C"]


# --- sections and blocks -------------------------------------------------------------------


def test_a_section_stands_in_its_column_even_below_a_heading() -> None:
    parsed = parsed_rows(
        WITH_SECTION,
        ["Priority", *HEADERS],
        ["PEOPLE HARMED"],
        ["Victims", "A", "Us", pounds(1)],
        [None, "B", "Us", pounds(2)],
        merged=["A2:D2"],
    )
    assert sections(parsed) == ["Victims", "PEOPLE HARMED"]


def test_a_section_that_is_merged_or_said_once_counts_for_the_lines_below() -> None:
    parsed = parsed_rows(
        WITH_SECTION,
        ["Priority", *HEADERS],
        ["Victims", "A", "Us", pounds(1)],
        [None, "B", "Us", pounds(2)],
        [None, "Subtotal", None, pounds(3)],
        ["Prevention", "C", "Us", pounds(4)],
        [None, "D", "Us", pounds(5)],
        merged=["A2:A4"],
    )
    assert sections(parsed) == ["Victims", "Victims", "Prevention", "Prevention"]
    assert rules(parsed) == [("import-sum-guessed", "B4")]


def test_a_section_can_be_told_by_the_subtotal_below() -> None:
    one = msgspec.structs.replace(
        PLAIN,
        group="section",
        subtotal=Subtotal(
            label="{section} subtotal", column="Service", words={"Prevention": "Sum of 2"}
        ),
    )
    parsed = parsed_rows(
        one,
        HEADERS,
        ["A", "Us", pounds(1)],
        ["Victims Sub-total", None, pounds(1)],
        ["B", "Us", pounds(2)],
        ["sum of 2", None, pounds(2)],
        ["C", "Us", pounds(2)],
    )
    assert sections(parsed) == ["Victims", "Prevention", "Not stated"]
    assert rules(parsed) == [("import-section-unknown", "A6")]


def test_headings_of_blocks_and_sections_are_mapped_back() -> None:
    one = msgspec.structs.replace(
        PLAIN,
        blocks=("Commissioning", "External grants"),
        heading=(Heading(by="block", column="Service", words={"External grants": "Grants"}),),
    )
    parsed = parsed_rows(
        one,
        HEADERS,
        ["COMMISSIONING"],
        ["A", "Us", pounds(1)],
        ["Grants"],
        ["Victims"],
        ["B", "Us", pounds(1)],
        ["VICTIMS"],
        ["C", "Us", pounds(1)],
    )
    assert [(line.block, line.section) for line in parsed.lines] == [
        ("Commissioning", "Not stated"),
        ("External grants", "Victims"),
        ("External grants", "Victims"),
    ]
    assert [(str(each.order), each.block, each.name) for each in parsed.sections] == [
        ("10", "Commissioning", "Not stated"),
        ("20", "External grants", "Victims"),
    ]


# --- sums ------------------------------------------------------------------------------------


def test_printed_sums_are_checked_column_by_column() -> None:
    one = msgspec.structs.replace(TWO_YEARS, total=Total(label="TOTAL", column="Service"))
    parsed = parsed_rows(
        one,
        ["Service", "Provider", "Spend", "Next"],
        ["A", "Us", pounds(1), pounds(10)],
        ["Sub-total", None, pounds(2), pounds(10)],
        ["B", "Us", pounds(3), pounds(30)],
        ["TOTAL", None, pounds(4), "£38.50"],
    )
    compared = [
        (each.rule, each.place.cell, each.expected, each.found, each.difference)
        for each in parsed.findings
        if each.severity == "error"
    ]
    assert compared == [
        ("import-subtotal-differs", "C3", "1.00", "2.00", "1.00"),
        ("import-total-differs", "D5", "40.00", "38.50", "-1.50"),
    ]


# --- identifiers -------------------------------------------------------------------------------


def known(line_id: str, service: str, provider: str, section: str = "Victims") -> Line:
    words = {"Service": service, "Provider": provider}
    return line(line_id, section=section, words=words)


def test_lines_are_matched_by_service_and_provider_and_section_where_needed() -> None:
    parsed = read(
        WITH_SECTION,
        grid_of(
            ["Priority", *HEADERS],
            ["Victims", "refuge", "Us", pounds(1)],
            ["Victims", "Advice", "Us", pounds(1)],
            ["Prevention", "Advice", "Us", pounds(1)],
            ["Prevention", "New", "Us", pounds(1)],
        ),
        known=[
            known("L-001", "Refuge", "Us", "Safety"),
            known("L-002", "Advice", "Us", "Victims"),
            known("L-003", "Advice", "Us", "Prevention"),
            known("L-004", "Refuge", "Them"),
        ],
    )
    assert [line.line_id for line in parsed.lines] == ["L-001", "L-002", "L-003", "L-005"]
    assert rules(parsed) == [("import-line-new", "B5")]


def test_lines_that_cannot_be_told_apart_keep_no_identifier() -> None:
    twice: list[Row] = [["Victims", "Advice", "Us", pounds(1)]] * 2
    one = [known("X1", "Advice", "Us")]
    parsed = read(WITH_SECTION, grid_of(["Priority", *HEADERS], *twice), known=one)
    assert [line.line_id for line in parsed.lines] == ["L-001", "L-002"]


def test_a_workbook_tells_the_section_that_the_table_does_not() -> None:
    rows = grid_of(HEADERS, ["Refuge", "Us", pounds(1)])
    parsed = read(PLAIN, rows, known=[known("X1", "Refuge", "Us", "Safety")])
    assert [(line.line_id, line.section) for line in parsed.lines] == [("X1", "Safety")]
    assert rules(parsed) == []


def test_new_identifiers_bear_the_edition_of_the_layout() -> None:
    named = msgspec.structs.replace(PLAIN, name="2018-21-appendix-a")
    parsed = parsed_rows(named, HEADERS, ["A", "Us", pounds(1)], ["B", "Us", pounds(1)])
    assert [line.line_id for line in parsed.lines] == ["L18-001", "L18-002"]


# --- shared amounts ------------------------------------------------------------------------------


def test_an_amount_merged_over_three_lines_stands_on_the_first() -> None:
    parsed = parsed_rows(
        PLAIN,
        HEADERS,
        ["A", "Us", pounds(9)],
        ["B", "Us"],
        ["C", "Us"],
        merged=["C2:C4"],
    )
    assert [line.amounts[YEAR] for line in parsed.lines] == [900, None, None]
    assert [line.shared_with for line in parsed.lines] == ["", "L-001", "L-001"]


def test_included_above_twice_is_the_line_that_has_the_amount() -> None:
    parsed = parsed_rows(
        PLAIN,
        HEADERS,
        ["A", "Us", pounds(9)],
        ["B", "Us", "Included above"],
        ["C", "Us", "included above"],
        ["D", "Us", "included with a"],
    )
    assert [line.shared_with for line in parsed.lines] == ["", "L-001", "L-001", "L-001"]


def test_an_amount_that_is_included_nowhere_is_said() -> None:
    parsed = parsed_rows(
        PLAIN,
        HEADERS,
        ["A", "Us", "included above"],
        ["B", "Us", "included with Refuge"],
    )
    assert other_findings(parsed) == [
        ("import-shared-unknown", "C2"),
        ("import-shared-unknown", "C3"),
    ]


def test_an_amount_can_stand_on_a_line_of_the_workbook_alone() -> None:
    rows = grid_of(HEADERS, ["A", "Us", "included with Refuge"])
    parsed = read(PLAIN, rows, known=[known("X1", "Refuge", "Them")])
    assert [line.shared_with for line in parsed.lines] == ["X1"]


def test_a_line_that_shares_with_two_names_the_first_and_says_so() -> None:
    parsed = parsed_rows(
        TWO_YEARS,
        ["Service", "Provider", "Spend", "Next"],
        ["A", "Us", pounds(1), pounds(1)],
        ["B", "Us", pounds(1), pounds(1)],
        ["C", "Us", "included with A", "included above"],
    )
    assert [line.shared_with for line in parsed.lines] == ["", "", "L-001"]
    assert other_findings(parsed) == [("import-shared-unknown", "D4")]
