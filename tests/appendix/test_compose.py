"""Composed tables: which rows stand where, and what each cell says."""

from datetime import date

import msgspec
import pytest

from appendix.layouts import GRANTS, MULTI_YEAR, two_year_budget
from builders import NEXT_YEAR, YEAR, budget, layout, line, section, unread
from xlframework.appendix.compose.order import lines_in_order
from xlframework.appendix.compose.records import AmountCell, AppendixTable, TableCell
from xlframework.appendix.compose.table import compose, unprintable
from xlframework.appendix.layout import Column, Heading, Layout, Total
from xlframework.model.budget import Amount, Budget, Line

SERVICE = Column(header="Service", field="Service")
SPEND = Column(header="Spend", amount=YEAR)
PLAIN = layout(SERVICE, SPEND)
BY_BLOCK = msgspec.structs.replace(PLAIN, heading=(Heading(by="block", column="Service"),))


def ids(printed: Layout, *lines: Line, order: tuple[str, ...] = ()) -> list[str]:
    sections = [section(name, order=n) for n, name in enumerate(order or ("Victims",))]
    return [each.line_id for each in lines_in_order(printed, budget(lines, sections))]


def labels(table: AppendixTable) -> list[tuple[str, TableCell]]:
    at = table.layout.position("Service")
    return [(row.kind, row.cells[at]) for row in table.rows]


def spend(one: Budget, number: int, printed: Layout = PLAIN) -> TableCell:
    return compose(printed, one).rows[number].cells[1]


def test_lines_print_by_their_order_and_never_by_their_row() -> None:
    assert ids(PLAIN, line("B", order=20), line("C", order=30), line("A", order=10)) == [
        "A",
        "B",
        "C",
    ]


def test_equal_orders_print_the_lower_line_id_first() -> None:
    assert ids(PLAIN, line("L2"), line("L1"), line("L3", order=5)) == ["L3", "L1", "L2"]


def test_a_line_without_an_order_prints_after_the_last_of_its_section() -> None:
    lines = [
        line("New", order=None),
        line("P", order=30, section="Prevention"),
        line("V2", order=20),
        line("V1", order=10),
    ]
    assert ids(PLAIN, *lines) == ["V1", "V2", "New", "P"]


def test_a_section_without_any_order_prints_last() -> None:
    assert ids(PLAIN, line("A", order=None, section="New"), line("B")) == ["B", "A"]


def test_lines_grouped_by_section_print_in_the_order_of_the_sections() -> None:
    grouped = msgspec.structs.replace(PLAIN, group="section")
    lines = [line("V", order=10), line("P", order=20, section="Prevention"), line("V2", order=30)]
    assert ids(grouped, *lines, order=("Prevention", "Victims")) == ["P", "V", "V2"]


def test_a_layout_prints_its_blocks_and_no_others_whatever_their_case() -> None:
    only = msgspec.structs.replace(PLAIN, blocks=(GRANTS.upper(),))
    assert ids(only, line("L1"), line("G1", block=GRANTS)) == ["G1"]
    assert ids(PLAIN, line("L1"), line("G1", block=GRANTS)) == ["G1", "L1"]


def test_the_whole_table_stands_as_declared() -> None:
    assert labels(compose(MULTI_YEAR, two_year_budget())) == [
        ("section", "Help for victims"),
        ("line", "Safe houses"),
        ("line", "Counselling"),
        ("subtotal", "Victims in all"),
        ("section", "Prevention"),
        ("line", "Diversion"),
        ("line", "Outreach"),
        ("subtotal", "Sum"),
        ("section", "Grants"),
        ("line", "Grant"),
        ("subtotal", "Grants in all"),
        ("total", "TOTAL"),
    ]


def test_subtotals_and_the_total_are_sums_of_lines_alone() -> None:
    table = compose(MULTI_YEAR, two_year_budget())
    sums = [row.cells[2] for row in table.rows if row.kind in {"subtotal", "total"}]
    assert sums == [
        AmountCell(1339454_38, (1, 2)),
        AmountCell(0, (5, 6)),
        AmountCell(1_00, (9,)),
        AmountCell(1339455_38, (1, 2, 5, 6, 9)),
    ]
    assert table.totals() == {"24/25": 1339455_38, "25/26": 152_00}


def test_a_heading_has_no_amounts() -> None:
    table = compose(MULTI_YEAR, two_year_budget())
    assert table.rows[0].cells == ("", "Help for victims", AmountCell(None), AmountCell(None))


def test_headings_by_block_keep_each_block_together_under_one_heading() -> None:
    lines = [
        line("L1", order=10),
        line("G1", order=10, block=GRANTS, section="Grants"),
        line("L2", order=20),
        line("G2", order=20, block=GRANTS, section="Grants"),
    ]
    one = budget(lines, [section(), section("Grants", order=20, block=GRANTS)])
    assert [word for _, word in labels(compose(BY_BLOCK, one))] == [
        "Commissioning",
        "Service L1",
        "Service L2",
        GRANTS,
        "Service G1",
        "Service G2",
    ]


def test_a_block_of_several_sections_has_one_heading() -> None:
    grouped = msgspec.structs.replace(BY_BLOCK, group="section")
    lines = [line("L1"), line("L2", section="Prevention"), line("G1", block=GRANTS)]
    sections = [section(), section("Prevention", order=20), section(order=30, block=GRANTS)]
    kinds = [kind for kind, _ in labels(compose(grouped, budget(lines, sections)))]
    assert kinds == ["section", "line", "line", "section", "line"]


def test_sections_of_one_name_in_two_blocks_print_apart() -> None:
    grouped = msgspec.structs.replace(MULTI_YEAR, heading=())
    lines = [line("L1", 100), line("G1", 200, block=GRANTS)]
    one = budget(lines, [section(), section(order=20, block=GRANTS)])
    kinds = [kind for kind, _ in labels(compose(grouped, one))]
    assert kinds == ["line", "subtotal", "line", "subtotal", "total"]


def test_a_table_without_lines_has_a_total_of_nought() -> None:
    total = msgspec.structs.replace(PLAIN, total=Total(label="TOTAL", column="Service"))
    table = compose(total, budget([], [section()]))
    assert [row.cells for row in table.rows] == [("TOTAL", AmountCell(0, ()))]
    assert table.totals() == {"Spend": 0}


def test_a_table_without_a_total_row_has_no_totals() -> None:
    assert compose(PLAIN, budget([line("L1", 100)])).totals() == {}


def test_words_are_printed_as_the_layout_says_and_others_as_they_stand() -> None:
    term = Column(header="Term", field="Term", words={"Medium": "Med"})
    lines = [line("A", words={"Term": "Medium"}), line("B", words={"Term": "Long"}), line("C")]
    table = compose(layout(term), budget(lines))
    assert [row.cells[0] for row in table.rows] == ["Med", "Long", ""]


def test_a_date_is_printed_as_a_date() -> None:
    ends = layout(Column(header="Ends", field="Ends", words={"2026-03-31": "never"}))
    table = compose(ends, budget([line(words={"Ends": date(2026, 3, 31)})]))
    assert table.rows[0].cells == (date(2026, 3, 31),)


def test_a_column_is_found_whatever_the_case_of_its_header() -> None:
    lower = layout(Column(header="Service", field="service"))
    assert compose(lower, budget([line("L1")])).rows[0].cells == ("Service L1",)


def test_a_printed_word_of_this_layout_goes_before_the_line_s_own() -> None:
    printed = {
        ("test-table", "L1", "Service"): "As printed",
        ("other-table", "L2", "Service"): "Not here",
        ("test-table", "L2", "Provider"): "Nor here",
    }
    table = compose(PLAIN, budget([line("L1"), line("L2")]), printed)
    assert [row.cells[0] for row in table.rows] == ["As printed", "Service L2"]


@pytest.mark.parametrize("amount", [None, unread()])
def test_what_is_no_amount_prints_none(amount: Amount) -> None:
    assert spend(budget([line("L1", amount)]), 0) == AmountCell(None)


def test_a_nought_is_an_amount() -> None:
    assert spend(budget([line("L1", 0)]), 0) == AmountCell(0)


def test_an_amount_on_the_line_above_is_said_in_words() -> None:
    one = budget([line("L1", 100), line("L2", None, order=20, shared_with="L1")])
    assert spend(one, 1) == AmountCell(None, shared="included above")


def test_an_amount_elsewhere_is_said_with_its_service() -> None:
    lines = [line("L1", 100), line("L2", 5, order=20), line("L3", order=30, shared_with="L1")]
    assert spend(budget(lines), 2) == AmountCell(None, shared="included with Service L1")


def test_a_heading_between_them_is_not_the_line_above() -> None:
    grouped = msgspec.structs.replace(
        PLAIN, group="section", heading=(Heading(by="section", column="Service"),)
    )
    lines = [line("L1", 100), line("L2", section="Prevention", shared_with="L1")]
    one = budget(lines, [section(), section("Prevention", order=20)])
    assert spend(one, 3, grouped) == AmountCell(None, shared="included with Service L1")


def test_a_line_that_is_not_printed_can_carry_the_amount() -> None:
    only = msgspec.structs.replace(PLAIN, blocks=(GRANTS,))
    lines = [line("L1", 100), line("G1", block=GRANTS, shared_with="L1")]
    assert spend(budget(lines), 0, only) == AmountCell(None, shared="included with Service L1")


def test_an_amount_of_a_shared_line_is_its_own_and_counts_year_by_year() -> None:
    rows = compose(MULTI_YEAR, two_year_budget()).rows
    counselling = next(row for row in rows if row.line is not None and row.line.line_id == "V2")
    assert counselling.cells[2:] == (AmountCell(None, shared="as above"), AmountCell(50_00))


def test_a_line_that_shares_with_nobody_who_is_there_is_blank() -> None:
    assert spend(budget([line("L1", shared_with="L9")]), 0) == AmountCell(None)


def test_what_lines_does_not_have_is_named() -> None:
    wanted = layout(
        SERVICE,
        Column(header="A", field="Absent"),
        Column(header="B", amount=NEXT_YEAR),
        SPEND,
    )
    assert list(unprintable(wanted, budget(), ["service", YEAR])) == ["Absent", NEXT_YEAR]


def test_an_amount_is_no_word_and_a_word_no_amount() -> None:
    wanted = layout(Column(header="A", field=YEAR), Column(header="B", amount="Service"))
    assert list(unprintable(wanted, budget(), ["Service", YEAR])) == [YEAR, "Service"]
