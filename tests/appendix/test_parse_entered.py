"""Subtotals that no line stands above: read as the amounts that were entered for a section."""

import msgspec

from appendix.parsing import grid_of, pounds, read, rules
from builders import NEXT_YEAR, YEAR, layout
from xlframework.appendix.layout import Column, Heading, Subtotal, Total
from xlframework.appendix.parse.table import Parsed
from xlframework.sheets.package.records import Value

SERVICE = Column(header="Service", field="Service")
PROVIDER = Column(header="Provider", field="Provider")
SPEND = Column(header="Spend", amount=YEAR)
NEXT = Column(header="Next", amount=NEXT_YEAR)
HEADERS: list[Value] = ["Service", "Provider", "Spend", "Next"]
TABLE = msgspec.structs.replace(
    layout(SERVICE, PROVIDER, SPEND, NEXT),
    group="section",
    heading=(Heading(by="section", column="Service"),),
    subtotal=Subtotal(label="{section} subtotal", column="Service"),
    total=Total(label="TOTAL", column="Service"),
)
LINE: list[Value] = ["Refuge", "Safe Homes", pounds(5), pounds(6)]


def entered(parsed: Parsed) -> list[tuple[str, dict[str, object]]]:
    return [(each.name, dict(each.entered)) for each in parsed.sections]


def test_a_section_with_a_heading_and_a_subtotal_alone_keeps_its_amounts() -> None:
    rows: list[list[Value]] = [
        HEADERS,
        ["Grants"],
        ["Grants subtotal", None, pounds(10), pounds(0)],
        ["Victims"],
        LINE,
        ["Victims subtotal", None, pounds(5), pounds(6)],
        ["Prevention"],
        ["Prevention subtotal", None, pounds(7)],
        ["TOTAL", None, pounds(22), pounds(6)],
    ]
    parsed = read(TABLE, grid_of(*rows))
    assert entered(parsed) == [
        ("Grants", {YEAR: 10_00, NEXT_YEAR: 0}),
        ("Victims", {}),
        ("Prevention", {YEAR: 7_00}),
    ]
    assert [(line.section, line.words["Service"]) for line in parsed.lines] == [
        ("Victims", "Refuge")
    ]
    assert rules(parsed) == [
        ("import-section-entered", "A3"),
        ("import-section-entered", "A8"),
        ("import-block-assumed", "A1"),
    ]


def test_without_a_heading_a_declared_label_names_the_section() -> None:
    parsed = read(TABLE, grid_of(HEADERS, ["Grants subtotal", None, pounds(10)]))
    assert entered(parsed) == [("Grants", {YEAR: 10_00})]


def test_the_total_counts_what_was_entered() -> None:
    rows: list[list[Value]] = [
        HEADERS,
        ["Grants"],
        ["Grants subtotal", None, pounds(10)],
        ["TOTAL", None, pounds(11)],
    ]
    (_, differs) = read(TABLE, grid_of(*rows)).findings
    assert (differs.rule, differs.place.cell) == ("import-total-differs", "C4")
    assert (differs.expected, differs.found, differs.difference) == ("10.00", "11.00", "1.00")


def test_an_entered_amount_that_cannot_be_read_is_found() -> None:
    rows: list[list[Value]] = [
        HEADERS,
        ["Grants"],
        ["Grants subtotal", None, pounds(10), "tbc soon"],
    ]
    parsed = read(TABLE, grid_of(*rows))
    assert entered(parsed) == [("Grants", {YEAR: 10_00})]
    assert rules(parsed) == [("import-section-entered", "A3"), ("import-amount-unread", "D3")]


def test_a_declared_label_names_the_section_rather_than_a_remark_above_it() -> None:
    rows: list[list[Value]] = [
        HEADERS,
        ["Grants"],
        [None, "A remark"],
        ["Grants subtotal", None, pounds(10)],
    ]
    assert entered(read(TABLE, grid_of(*rows))) == [("Grants", {YEAR: 10_00})]


def test_a_heading_names_the_section_where_the_label_is_not_declared() -> None:
    parsed = read(TABLE, grid_of(HEADERS, ["Grants"], ["Sub-total", None, pounds(10)]))
    assert entered(parsed) == [("Grants", {YEAR: 10_00})]


def test_a_subtotal_below_a_line_is_a_sum_that_differs() -> None:
    rows: list[list[Value]] = [
        HEADERS,
        ["Grants"],
        LINE,
        ["Grants subtotal", None, pounds(10), pounds(6)],
    ]
    parsed = read(TABLE, grid_of(*rows))
    assert entered(parsed) == [("Grants", {})]
    assert ("import-subtotal-differs", "C4") in rules(parsed)


def test_a_second_subtotal_of_a_section_with_lines_is_no_entered_amount() -> None:
    rows: list[list[Value]] = [
        HEADERS,
        ["Victims"],
        LINE,
        ["Victims subtotal", None, pounds(5), pounds(6)],
        ["Victims subtotal", None, pounds(8), pounds(6)],
    ]
    parsed = read(TABLE, grid_of(*rows))
    assert entered(parsed) == [("Victims", {})]
    assert ("import-subtotal-differs", "C5") in rules(parsed)


def test_a_section_named_after_a_block_without_a_heading_begins_that_block() -> None:
    by_block = Heading(by="block", column="Service", words={"Grants": ""})
    table = msgspec.structs.replace(TABLE, heading=(by_block, *TABLE.heading))
    rows: list[list[Value]] = [
        HEADERS,
        ["Commissioning"],
        ["Victims"],
        LINE,
        ["Victims subtotal", None, pounds(5), pounds(6)],
        ["Grants"],
        ["Grants subtotal", None, pounds(10)],
    ]
    parsed = read(table, grid_of(*rows))
    assert [(each.block, each.name) for each in parsed.sections] == [
        ("Commissioning", "Victims"),
        ("Grants", "Grants"),
    ]
