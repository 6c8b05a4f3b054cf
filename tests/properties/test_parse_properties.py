"""Reading a table back gives the lines that it was printed from, whatever they and it are.

A layout can print two things alike; then it cannot be read back exactly, and what is chosen
is said here: blank where blank and nought print alike (`expected_amount`), and a heading where
a line prints nothing but its name (`tells_lines_from_headings`). A CSV file leaves a shared
amount blank, so it does not tell who shares with whom.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hypothesis import assume, given
from hypothesis import strategies as st

from appendix.parsing import Row, csv_grid, grid_of, read, rules, sheet_rows_of
from builders import NEXT_YEAR, YEAR, budget, line
from xlframework.appendix.compose.records import AmountCell, AppendixTable, PrintedWords
from xlframework.appendix.compose.table import compose
from xlframework.appendix.layout import Column, Heading, Layout, Shared, Subtotal, Total
from xlframework.appendix.parse.table import Parsed
from xlframework.appendix.parse.text import plain
from xlframework.model.budget import Amount, Budget, Line, Word
from xlframework.rules.subtotals import with_missing_sections

HEADERS = (YEAR, NEXT_YEAR, "2025/26 Forecast")
BLOCKS = ("Commissioning", "External grants")
SECTIONS = ("Victims", "Prevention & diversion", "Community Safety")
TERMS = ("Long", "Medium", "Short", "TBC")
FIELDS = ("Provider", "Term", "Section", "Block", "Ends")

NAMES = (
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=3, max_size=25)
    .map(str.strip)
    .filter(lambda text: len(plain(text)) > 2 and "total" not in plain(text))
)
# Nothing that is an amount, a word for none, or a header.
PRINTED_HEADERS = {
    "Service": ("Project", "Service Name", "Contract name /initiative"),
    "Provider": ("Provider", "Current delivery organisation"),
    "Term": ("Term", "Length"),
    "Section": ("Priority", "Strategic Theme"),
    "Block": ("Kind of money", "Table"),
    "Ends": ("Ends on", "Until"),
    YEAR: ("24/25 Spend", "2024/25 budget (£)"),
    NEXT_YEAR: ("25/26 Spend", "2025/26 budget (£)"),
    "2025/26 Forecast": ("Forecast", "2025-26 forecast (£)"),
    "Why": ("Rationale", "Why it is needed"),
    "Joined": ("Name/description", "Service and who provides it"),
    "Computed": ("Change", "% increase"),
}
JOINS = (" \N{EN DASH} ", " / ", ": ")


@dataclass(frozen=True)
class Case:
    layout: Layout
    budget: Budget
    words: PrintedWords

    def __repr__(self) -> str:
        """Show a failing case as its layout and the table it prints."""
        rows = csv_grid(self.table).cells
        return f"{self.layout}\n{[(at, cell.text) for at, cell in rows.items()]}"

    @property
    def table(self) -> AppendixTable:
        return compose(self.layout, self.budget, self.words)

    @property
    def printed(self) -> list[Line]:
        return [row.line for row in self.table.rows if row.line is not None]


@st.composite
def columns(draw: st.DrawFn, *, told: bool) -> tuple[Column, ...]:
    more = draw(st.lists(st.sampled_from(FIELDS), unique=True))
    fields = dict.fromkeys(["Service", *(("Section", "Block") if told else ()), *more])
    years = draw(st.lists(st.sampled_from(HEADERS), unique=True, min_size=1))
    made = [word_column(draw, field) for field in fields] + [
        amount_column(draw, year, told=told) for year in years
    ]
    if draw(st.booleans()):
        made = [joined_column(draw), *made[1:]]
    if draw(st.booleans()):
        made.append(Column(header=draw(st.sampled_from(PRINTED_HEADERS["Why"])), printed=True))
    if len(years) > 1 and draw(st.booleans()):
        made.append(computed_column(draw, made))
    return tuple(draw(st.permutations(made)))


def joined_column(draw: st.DrawFn) -> Column:
    return Column(
        header=draw(st.sampled_from(PRINTED_HEADERS["Joined"])),
        fields=draw(st.sampled_from((("Service", "Remark"), ("Service", "Remark", "Extra")))),
        join=draw(st.sampled_from(JOINS)),
    )


def computed_column(draw: st.DrawFn, made: Sequence[Column]) -> Column:
    of, since = [each.header for each in made if each.amount is not None][:2]
    return Column(
        header=draw(st.sampled_from(PRINTED_HEADERS["Computed"])),
        compute=draw(st.sampled_from(("difference", "percent increase"))),
        of=of,
        since=since,
    )


def word_column(draw: st.DrawFn, field: str) -> Column:
    words = {
        "Term": {"Medium": "Med", "Short": "Sh."},
        "Section": {"Victims": "VICTIMS OF CRIME"},
    }.get(field)
    header = draw(st.sampled_from(PRINTED_HEADERS[field]))
    return Column(header=header, field=field, words=draw(st.sampled_from((None, words))))


def amount_column(draw: st.DrawFn, year: str, *, told: bool) -> Column:
    decimals: Literal[0, 2] = draw(st.sampled_from((0, 2)))
    return Column(
        header=draw(st.sampled_from(PRINTED_HEADERS[year])),
        amount=year,
        decimals=decimals,
        blank=draw(st.sampled_from(("", "-", "TBC", "nil" if decimals else "0"))),
        zero="nought" if told else draw(st.sampled_from((None, "", "-", "nil", "TBC"))),
    )


@st.composite
def layouts(draw: st.DrawFn, *, told: bool) -> Layout:
    made = draw(columns(told=told))
    group: Literal["none", "section"] = draw(st.sampled_from(("none", "section")))
    label_column = st.sampled_from([each.header for each in made if each.kind == "words"])
    kinds: tuple[tuple[Literal["block", "section"], ...], ...] = ((), ("block",))
    if group == "section":
        kinds += (("section",), ("block", "section"))
    words = {"Victims": "HELP FOR VICTIMS", "External grants": "Grants"}
    heading = tuple(
        Heading(by=by, column=draw(label_column), words=draw(st.sampled_from((None, words))))
        for by in draw(st.sampled_from(kinds))
    )
    empty = st.sampled_from(("", "-", "n/a"))
    subtotal = None
    if group == "section" and draw(st.booleans()):
        subtotal = Subtotal(
            label=draw(st.sampled_from(("{section} subtotal", "Total for {section}", "Total"))),
            column=draw(label_column),
            words=draw(st.sampled_from((None, {"Victims": "Sum of victims"}))),
            empty=draw(empty),
        )
    shared = st.sampled_from((Shared(), Shared(above="as above", elsewhere="see: {service}")))
    return Layout(
        name=draw(st.sampled_from(("2024-25-table", "table"))),
        title="A table",
        sheet="Table",
        description="Made by chance.",
        source="Nowhere.",
        column=made,
        blocks=draw(st.sampled_from(((), BLOCKS[:1], BLOCKS))),
        group=group,
        heading=heading,
        subtotal=subtotal,
        total=draw(totals(label_column, empty)),
        shared=draw(shared),
        notes=("Amounts are in pounds.",),
    )


@st.composite
def totals(
    draw: st.DrawFn, columns: st.SearchStrategy[str], empty: st.SearchStrategy[str]
) -> Total | None:
    label = draw(st.sampled_from((None, "TOTAL", "Grand total", "All in all")))
    return None if label is None else Total(label=label, column=draw(columns), empty=draw(empty))


def amounts(column: Column | None) -> st.SearchStrategy[int | None]:
    step = 1 if column is not None and column.decimals else 100
    return st.one_of(
        st.none(), st.just(0), st.integers(-(10**9), 10**11).map(lambda pence: pence * step)
    )


@st.composite
def cases(draw: st.DrawFn, *, told: bool = False) -> Case:
    """Make lines and a layout.

    Args:
        draw: of hypothesis.
        told: whether the layout prints all that decides on the order of the lines, and
            blank otherwise than nought.
    """
    layout = draw(layouts(told=told))
    printed = st.sampled_from(layout.blocks or BLOCKS)
    by_year = {column.amount: column for column in layout.column if column.amount is not None}
    services = draw(st.lists(NAMES, min_size=1, max_size=8, unique_by=plain))
    # What is joined comes apart at the first join.
    joins = {each.join.strip() for each in layout.column if each.fields}
    services = [service for service in services if not any(join in service for join in joins)]
    assume(services)
    remarks = st.one_of(st.just(""), NAMES.filter(lambda text: not any(j in text for j in joins)))
    lines: list[Line] = []
    for number, service in enumerate(services, start=1):
        paid: dict[str, Amount] = {year: draw(amounts(by_year.get(year))) for year in HEADERS}
        block, section = draw(printed), draw(st.sampled_from(SECTIONS))
        words: dict[str, Word] = {
            "Line ID": f"L{number}",
            "Service": service,
            "Provider": draw(st.one_of(st.just(""), NAMES)),
            "Remark": (remark := draw(remarks)),
            "Extra": draw(remarks) if remark else "",
            "Term": draw(st.sampled_from(TERMS)),
            "Block": block,
            "Ends": draw(st.one_of(st.just(""), st.dates(date(1990, 1, 1), date(2090, 1, 1)))),
        }
        # Whoever shares an amount names a line with amounts of its own.
        carriers = [each.line_id for each in lines if not each.shared_with]
        shared = draw(st.sampled_from(("", *carriers)))
        lines.append(
            line(
                f"L{number}",
                paid,
                order=draw(st.integers(1, 5)),
                block=block,
                section=section,
                shared_with=shared,
                words=words,
            )
        )
    own = {
        (layout.name, each.line_id, column.header): draw(st.one_of(st.just(""), NAMES))
        for each in lines
        for column in layout.column
        if column.printed
    }
    return Case(layout, with_missing_sections(budget(lines, headers=HEADERS)), own)


def tells_lines_from_headings(case: Case, *, shares: bool = True) -> bool:
    """Tell whether every line prints more than its name."""
    columns = case.layout.column
    return all(
        sum(
            not is_blank(cell, column, shares=shares)
            for cell, column in zip(row.cells, columns, strict=True)
            if column.compute is None
        )
        > 1
        for row in case.table.rows
        if row.line is not None
    )


def is_blank(cell: object, column: Column, *, shares: bool) -> bool:
    if not isinstance(cell, AmountCell):
        return cell == ""
    if cell.pence == 0:
        return column.zero == ""
    if cell.shared is not None:
        return not shares
    return cell.pence is None and not column.blank


def expected_amount(column: Column, amount: Amount) -> Amount:
    if amount == 0:
        printed = "0" if column.zero is None else column.zero
        return None if printed == column.blank or (printed == "" and not column.blank) else 0
    return amount


def check(case: Case, parsed: Parsed, *, shares: bool) -> None:
    """Compare every field that the layout prints."""
    assert [rule for rule in rules(parsed) if rule[0] not in SAID] == []
    assert len(parsed.lines) == len(case.printed)
    read_ids = {
        one.line_id: other.line_id for one, other in zip(case.printed, parsed.lines, strict=True)
    }
    for one, other in zip(case.printed, parsed.lines, strict=True):
        for column in case.layout.column:
            for field in column.sources:
                assert other.words[field] == one.words[field]
        fields = {column.field for column in case.layout.column}
        if "Section" in fields or case.layout.headed_by("section"):
            assert other.section == one.section
        if "Block" in fields or len(case.layout.blocks) == 1 or case.layout.headed_by("block"):
            assert other.block == one.block
        check_amounts(case, one, other, read_ids, shares=shares)

    theirs = {other: one for one, other in read_ids.items()}
    only_printed = {
        (case.layout.name, theirs[key], column): text for key, column, text in parsed.printed
    }
    assert only_printed == {key: text for key, text in case.words.items() if text}


# What reading a table back may say of it when all is well.
SAID = {"import-section-unknown", "import-block-assumed"}


def check_amounts(
    case: Case, one: Line, other: Line, read_ids: dict[str, str], *, shares: bool
) -> None:
    row = next(row for row in case.table.rows if row.line is one)
    says = False
    unknown = False
    for column, cell in zip(case.layout.column, row.cells, strict=True):
        if column.amount is None or not isinstance(cell, AmountCell):
            continue
        says = says or cell.shared is not None
        if cell.shared is not None and not shares:
            unknown = True
            continue
        expected = expected_amount(column, one.amounts[column.amount])
        assert other.amounts[column.amount] == expected, column
    if says and not unknown and one.shared_with in read_ids:
        assert other.shared_with == read_ids[one.shared_with]
    elif not says:
        assert other.shared_with == ""


@given(cases())
def test_a_published_sheet_reads_back_as_the_lines_it_was_printed_from(case: Case) -> None:
    assume(tells_lines_from_headings(case))
    grid = grid_of(*sheet_rows_of(case.table))
    check(case, read(case.layout, grid, dates=["Ends"]), shares=True)


@given(cases())
def test_a_published_csv_reads_back_but_for_shared_amounts(case: Case) -> None:
    assume(tells_lines_from_headings(case, shares=False))
    check(case, read(case.layout, csv_grid(case.table), dates=["Ends"]), shares=False)


@given(cases(told=True))
def test_what_is_read_back_prints_the_same_table(case: Case) -> None:
    parsed = read(case.layout, grid_of(*sheet_rows_of(case.table)), dates=["Ends"])
    again = Budget(case.budget.columns, parsed.lines, parsed.sections)
    words = {(case.layout.name, key, column): text for key, column, text in parsed.printed}
    assert csv_grid(compose(case.layout, again, words)).cells == csv_grid(case.table).cells


@given(cases(), st.data())
def test_page_breaks_blank_rows_and_moved_columns_change_nothing(
    case: Case, data: st.DataObject
) -> None:
    assume(tells_lines_from_headings(case))
    rows = sheet_rows_of(case.table)
    header, body, notes = rows[3], list(rows[4 : 4 + len(case.table.rows)]), rows[-2:]
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(body) - 1))
        body.insert(at, data.draw(st.sampled_from(([], header))))
    order = data.draw(st.permutations(range(len(header))))
    before: list[Row] = [["Office of the Commissioner"], []]
    moved = [moved_row(row, order) for row in (header, *body)]
    grid = grid_of(*before, *moved, *notes)
    check(case, read(case.layout, grid, dates=["Ends"]), shares=True)


def moved_row(row: Row, order: Sequence[int]) -> Row:
    return [None, *(row[at] for at in order)] if row else []
