"""Tables of lines: joined and printed words, chosen lines, blocks as one, entered amounts."""

from datetime import date

import msgspec
import pytest

from appendix.layouts import GRANTS
from builders import NEXT_YEAR, YEAR, budget, layout, line, section, unread
from xlframework.appendix.compose.groups import left_out
from xlframework.appendix.compose.order import lines_in_order
from xlframework.appendix.compose.records import AmountCell, AppendixTable, SectionSum
from xlframework.appendix.compose.table import compose, unprintable
from xlframework.appendix.layout import Column, Heading, Layout, Subtotal, Total, Where
from xlframework.model.budget import Amount, Budget

WHAT = Column(header="What", fields=("Service", "Provision"))
SPEND = Column(header="Spend", amount=YEAR)
NEXT = Column(header="Next", amount=NEXT_YEAR)
SERVICE = Column(header="What", field="Service")

GROUPED = msgspec.structs.replace(
    layout(SERVICE, SPEND, NEXT),
    group="section",
    heading=(
        Heading(by="block", column="What", words={GRANTS: ""}),
        Heading(by="section", column="What", words={"Hidden": ""}),
    ),
    subtotal=Subtotal(label="{section} subtotal", column="What"),
    total=Total(label="All", column="What"),
)


def said(table: AppendixTable) -> list[object]:
    return [row.cells[0] for row in table.rows]


def pence(table: AppendixTable, at: int = 1) -> list[int | None]:
    return [cell.pence for row in table.rows if isinstance(cell := row.cells[at], AmountCell)]


@pytest.mark.parametrize(
    ("service", "provision", "printed"),
    [
        ("Refuge", "a safe place", "Refuge \N{EN DASH} a safe place"),
        ("Refuge", "", "Refuge"),
        ("", "a safe place", "a safe place"),
        ("", "", ""),
        ("Refuge", date(2026, 3, 31), "Refuge \N{EN DASH} 31 March 2026"),
    ],
)
def test_several_columns_are_joined_and_a_blank_one_leaves_no_join(
    service: str, provision: str | date, printed: str
) -> None:
    words = {"Service": service, "Provision": provision}
    assert said(compose(layout(WHAT), budget([line(words=words)]))) == [printed]


def test_the_words_of_joined_columns_are_those_of_the_whole_text() -> None:
    column = msgspec.structs.replace(WHAT, join=": ", words={"A: B": "A and B", "A": "not this"})
    lines = [line(words={"Service": "A", "Provision": "B"})]
    assert said(compose(layout(column), budget(lines))) == ["A and B"]


def test_a_printed_column_has_only_what_printed_says() -> None:
    table = layout(SERVICE, Column(header="Why", printed=True))
    printed = {("test-table", "L1", "Why"): "Because", ("test-table", "L2", "What"): ""}
    rows = compose(table, budget([line("L1"), line("L2")]), printed).rows
    assert [row.cells for row in rows] == [("Service L1", "Because"), ("", "")]


def test_printed_gives_a_line_another_order_in_one_layout_alone() -> None:
    one = budget([line("L1", order=10), line("L2", order=20), line("L3", order=30)])
    printed = {("test-table", "L1", "Order"): "25", ("other", "L2", "Order"): "99"}
    ids = [each.line_id for each in lines_in_order(layout(SERVICE), one, printed)]
    assert ids == ["L2", "L1", "L3"]


@pytest.mark.parametrize("text", ["", "soon", "nan", "inf"])
def test_an_order_that_is_no_number_changes_nothing(text: str) -> None:
    one = budget([line("L1", order=10), line("L2", order=20)])
    printed = {("test-table", "L1", "Order"): text}
    ids = [each.line_id for each in lines_in_order(layout(SERVICE), one, printed)]
    assert ids == ["L1", "L2"]


# --- chosen lines ------------------------------------------------------------------------


def chosen(where: Where, *lines: tuple[str, Amount]) -> list[object]:
    table = msgspec.structs.replace(layout(SERVICE), where=(where,))
    made = [
        line(f"L{number}", amount, order=number, words={"Service": service})
        for number, (service, amount) in enumerate(lines)
    ]
    return said(compose(table, budget(made)))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Where(field="service", begins="spdf"), ["SPDF - Prevent", "spdf"]),
        (Where(field="Service", equals="Spdf"), ["spdf"]),
        (Where(field="Service", equals=""), [""]),
        (Where(field="Absent", equals=""), ["SPDF - Prevent", "spdf", "Refuge", ""]),
        (Where(amount=YEAR, says="above zero"), ["SPDF - Prevent"]),
        (Where(amount=YEAR, says="zero or blank"), ["spdf", "Refuge"]),
    ],
)
def test_a_layout_prints_the_lines_that_meet_its_conditions(
    where: Where, expected: list[object]
) -> None:
    lines = (("SPDF - Prevent", 100), ("spdf", 0), ("Refuge", None), ("", unread()))
    assert chosen(where, *lines) == expected


def test_a_negative_amount_is_neither_above_zero_nor_zero() -> None:
    for says in ("above zero", "zero or blank"):
        assert chosen(Where(amount=YEAR, says=says), ("A", -100)) == []


@pytest.mark.parametrize(("carried", "is_blank"), [(100, False), (0, True), (None, True)])
def test_an_amount_that_another_line_carries_is_not_blank(
    carried: int | None, is_blank: bool
) -> None:
    lines = [line("L1", carried, order=10), line("L2", None, order=20, shared_with="L1")]
    table = msgspec.structs.replace(
        layout(SERVICE), where=(Where(amount=YEAR, says="zero or blank"),)
    )
    assert ("Service L2" in said(compose(table, budget(lines)))) is is_blank


def test_every_condition_must_be_met_and_the_total_is_of_chosen_lines_alone() -> None:
    table = msgspec.structs.replace(
        layout(SERVICE, SPEND),
        where=(
            Where(amount=YEAR, says="above zero"),
            Where(amount=NEXT_YEAR, says="zero or blank"),
        ),
        total=Total(label="All", column="What"),
    )
    lines = [
        line("L1", {YEAR: 100, NEXT_YEAR: 0}),
        line("L2", {YEAR: 200, NEXT_YEAR: 1}),
        line("L3", {YEAR: None, NEXT_YEAR: None}),
        line("L4", {YEAR: 400, NEXT_YEAR: None}),
    ]
    made = compose(table, budget(lines, headers=(YEAR, NEXT_YEAR)))
    assert said(made) == ["Service L1", "Service L4", "All"]
    assert made.totals() == {"Spend": 500}


def test_columns_that_choose_lines_are_named_where_the_workbook_lacks_them() -> None:
    table = msgspec.structs.replace(
        layout(WHAT),
        where=(Where(field="Absent", begins="x"), Where(amount=NEXT_YEAR, says="above zero")),
    )
    missing = unprintable(table, budget(), ["Service", YEAR])
    assert list(missing) == ["Provision", NEXT_YEAR, "Absent"]


# --- blocks as one, and several headings -----------------------------------------------


def two_blocks() -> Budget:
    lines = [
        line("L1", 100, order=10),
        line("G1", 200, order=5, block=GRANTS, section="VICTIMS"),
        line("G2", 400, order=20, block=GRANTS, section="Hidden"),
    ]
    sections = [
        section("Victims", order=1),
        section("VICTIMS", order=2, block=GRANTS),
        section("Hidden", order=3, block=GRANTS),
    ]
    return budget(lines, sections, headers=(YEAR, NEXT_YEAR))


def test_sections_of_one_name_print_as_one_across_blocks() -> None:
    table = msgspec.structs.replace(GROUPED, across_blocks=True, heading=())
    made = compose(table, two_blocks())
    assert said(made) == [
        "Service G1",
        "Service L1",
        "VICTIMS subtotal",
        "Service G2",
        "Hidden subtotal",
        "All",
    ]
    assert pence(made) == [200, 100, 300, 400, 400, 700]


def test_headings_of_blocks_stand_above_those_of_sections_and_blank_ones_are_left_out() -> None:
    assert said(compose(GROUPED, two_blocks())) == [
        "Commissioning",
        "Victims",
        "Service L1",
        "Victims subtotal",
        "VICTIMS",
        "Service G1",
        "VICTIMS subtotal",
        "Service G2",
        "Hidden subtotal",
        "All",
    ]


def test_rows_of_sums_print_the_declared_words_in_their_empty_cells() -> None:
    table = msgspec.structs.replace(
        GROUPED,
        column=(SERVICE, Column(header="Provider", field="Provider"), SPEND),
        heading=(Heading(by="section", column="What"),),
        subtotal=Subtotal(label="Sum", column="What", empty="-"),
        total=Total(label="All", column="What", empty="none"),
    )
    made = compose(table, budget([line("L1", 100)], [section()]))
    assert [row.cells[1] for row in made.rows] == ["", "", "-", "none"]


# --- sections with entered amounts -----------------------------------------------------


def test_a_section_without_lines_prints_its_entered_amount_and_counts() -> None:
    sections = [
        section("Victims", {YEAR: 100, NEXT_YEAR: 0}, order=1),
        section("Empty", order=2),
        section("Prevention", order=3),
    ]
    lines = [line("P1", {YEAR: 20, NEXT_YEAR: 3}, section="Prevention")]
    made = compose(GROUPED, budget(lines, sections, headers=(YEAR, NEXT_YEAR)))
    assert said(made) == [
        "Commissioning",
        "Victims",
        "Victims subtotal",
        "Prevention",
        "Service P1",
        "Prevention subtotal",
        "All",
    ]
    victims = made.rows[2]
    members = (("Commissioning", "Victims"),)
    assert victims.cells[1] == AmountCell(100, (), source=SectionSum(YEAR, members))
    assert victims.cells[2] == AmountCell(0, (), source=SectionSum(NEXT_YEAR, members))
    assert made.rows[-1].cells[1:] == (AmountCell(120, (2, 4)), AmountCell(3, (2, 4)))


def test_a_section_with_lines_takes_the_entered_amount_only_where_it_has_one() -> None:
    one = budget(
        [line("L1", {YEAR: None, NEXT_YEAR: 7})],
        [section("Victims", {YEAR: 100})],
        headers=(YEAR, NEXT_YEAR),
    )
    subtotal, total = compose(GROUPED, one).rows[-2:]
    source = SectionSum(YEAR, (("Commissioning", "Victims"),))
    assert subtotal.cells[1:] == (AmountCell(100, (), source=source), AmountCell(7, (2,)))
    assert total.cells[1:] == (AmountCell(100, (3,)), AmountCell(7, (2,)))


def test_across_blocks_an_entered_amount_joins_the_lines_of_the_other_block() -> None:
    table = msgspec.structs.replace(GROUPED, across_blocks=True, heading=())
    sections = [section("Victims", order=1), section("Victims", {YEAR: 40}, order=2, block=GRANTS)]
    made = compose(table, budget([line("L1", 2)], sections, headers=(YEAR, NEXT_YEAR)))
    source = SectionSum(YEAR, ((GRANTS, "Victims"),))
    assert made.rows[1].cells[1] == AmountCell(42, (0,), source=source)
    assert made.rows[2].cells[1] == AmountCell(42, (1,))


def test_an_entered_amount_of_another_block_is_not_printed() -> None:
    table = msgspec.structs.replace(GROUPED, blocks=("Commissioning",))
    sections = [section("Grants", {YEAR: 100}, block=GRANTS)]
    assert said(compose(table, budget([], sections, headers=(YEAR, NEXT_YEAR)))) == ["All"]


def test_a_table_of_chosen_lines_has_no_place_for_entered_amounts() -> None:
    table = msgspec.structs.replace(GROUPED, where=(Where(field="Service", begins="S"),))
    one = budget([], [section("Victims", {YEAR: 100})], headers=(YEAR, NEXT_YEAR))
    assert compose(table, one).totals() == {"Spend": 0, "Next": 0}
    assert list(left_out(msgspec.structs.replace(table, subtotal=None), one)) == []


def left_out_of(table: Layout, one: Budget) -> list[tuple[str, str]]:
    return [(header, each.name) for header, each in left_out(table, one)]


def test_what_a_table_without_subtotals_leaves_out_is_listed() -> None:
    sections = [
        section("Victims", {YEAR: 100, NEXT_YEAR: 0}),
        section("Unread", {YEAR: unread()}),
        section("Grants", {YEAR: 5}, block=GRANTS),
    ]
    one = budget([], sections, headers=(YEAR, NEXT_YEAR))
    plain = layout(SERVICE, SPEND, NEXT)
    assert left_out_of(plain, one) == [(YEAR, "Victims"), (YEAR, "Grants")]
    only = msgspec.structs.replace(plain, blocks=(GRANTS,))
    assert left_out_of(only, one) == [(YEAR, "Grants")]
    assert left_out_of(GROUPED, one) == []
    assert left_out_of(layout(SERVICE, NEXT), one) == []


def test_a_line_without_a_section_prints_last_in_a_group_of_its_own() -> None:
    lines = [line("L1", 1, section="", order=1), line("L2", 2, order=2)]
    made = compose(GROUPED, budget(lines, [section()], headers=(YEAR, NEXT_YEAR)))
    assert said(made) == [
        "Commissioning",
        "Victims",
        "Service L2",
        "Victims subtotal",
        "Service L1",
        " subtotal",
        "All",
    ]
