"""What `Allocation` is to hold: a split with all its working, live, with the values we know."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from xlframework.ground.financial_year import AmountColumn
from xlframework.model.budget import Budget
from xlframework.rules.allocation.allocate import AreaAward, Split
from xlframework.rules.allocation.bounds import Limits, clamped_sum
from xlframework.sheets import allocation_formulas as formulas
from xlframework.sheets.allocation_check import ADDS_UP, split_check
from xlframework.sheets.change import BLANK, Wanted, WantedCell, WantedTable
from xlframework.sheets.package.records import TableColumn, Value
from xlframework.sheets.palette import ColumnKind, Look
from xlframework.sheets.snapshot import Snapshot

TABLE = formulas.TABLE

# Named cells above the table, each with its formula; see templates/commissioning.toml.
CELLS = ("Kept", "To_split", "Rest", "Share_worth", "Gain_paid", "Awarded", "Split_check")
CHECK = "Split_check"
NOT_SPLIT = "Nothing is split: the table Indicators on the sheet Formula is empty."

_NO_VALUE = "n/a"
_POUND = 100
_SIX_PLACES = Decimal("0.000001")


# The number of each code's row in `Areas`, from 1, and the code as its cell holds it.
Codes = Mapping[str, tuple[int, Value]]


@dataclass(frozen=True, slots=True)
class _Working:
    """An area with the helper values that only the sheet needs. Amounts are pence.

    Attributes:
        area: the area's award and its own working.
        code: its code as it stands in `Areas`, text or number.
        order: its place among the codes, from 1; ties go to the lower.
        row: its row in `Areas`, from 1.
        low: the least award in effect.
        high: the greatest award in effect.
        in_lines: what the lines have for it.
        product: the product of its indicators; None with `sum`.
    """

    area: AreaAward
    code: Value
    order: int
    row: int
    low: int
    high: int
    in_lines: int
    product: Fraction | None


def compared_column(columns: Sequence[AmountColumn]) -> AmountColumn | None:
    """Choose the amount column that awards are compared with: the last year's, budgets first."""
    budgets = [column for column in columns if column.basis == "Budget"] or list(columns)
    return max(budgets, key=lambda column: column.year, default=None)


def wanted_allocation(split: Split | None, budget: Budget, codes: Codes) -> WantedTable:
    """Lay out the table.

    Args:
        split: the split; None where the workbook has no formula.
        budget: for the amounts that `Lines` has.
        codes: where each area code stands in `Areas`.
    """
    if split is None:
        return _table(tuple(_columns(())), ())
    indicators = split.formula.indicators
    compared = compared_column(budget.columns)
    header = str(compared) if compared is not None else None
    specs = tuple(_columns([each.name for each in indicators]))
    workings = tuple(
        _working(split, order, budget, header, codes) for order in range(1, len(split.areas) + 1)
    )
    rows = tuple(tuple(_row(split, working, workings, header)) for working in workings)
    return _table(specs, rows)


_Spec = tuple[str, ColumnKind]


def _columns(indicators: Sequence[str]) -> Iterator[_Spec]:
    """Give the headers with the kinds of their columns; the sheet's declaration has the same."""
    yield from (("Area code", "text"), ("Area", "text"))
    yield from ((formulas.share_header(name), "percent") for name in indicators)
    yield from (("Weighted share", "percent"), ("Need", "pence"), ("Bound", "text"))
    yield from (("Exact", "pence"), ("Award", "money"), ("Remainder", "number"))
    yield from (("Rank", "count"), ("Previous award", "money"), ("Change", "money"))
    yield from (("Change %", "percent"), ("Per head", "pence"))
    yield from (("In Lines", "money"), ("Difference", "money"))
    yield from (("Order", "count"), ("Row", "count"), ("Product", "number"), ("Units", "count"))
    yield from (("Low", "pence"), ("High", "pence"), ("Start", "pence"))
    yield from (("At low", "pence"), ("At high", "pence"))
    yield from (("Sum at low", "pence"), ("Sum at high", "pence"))
    yield from (("From low", "pence"), ("From high", "pence"))


def _table(specs: Sequence[_Spec], rows: tuple[tuple[Wanted, ...], ...]) -> WantedTable:
    empty = tuple(Wanted(None, None, Look("line", kind)) for _, kind in specs)
    return WantedTable(
        name=TABLE,
        columns=tuple(TableColumn(header) for header, _ in specs),
        header=tuple(Wanted(header, None, Look("header", kind)) for header, kind in specs),
        rows=rows or (empty,),
    )


def _working(
    split: Split, order: int, budget: Budget, header: str | None, codes: Codes
) -> _Working:
    area = split.areas[order - 1]
    lines = (line for line in budget.lines if line.area_code.casefold() == area.code.casefold())
    product = None
    if split.formula.combine == "product":
        product = Fraction(1)
        for each in split.formula.indicators:
            product *= area.area.value(each.name) ** int(each.weight)
    return _Working(
        area=area,
        code=codes[area.code][1],
        order=order,
        row=codes[area.code][0],
        low=area.low or 0,
        high=2 * split.to_split if area.high is None else area.high,
        in_lines=sum(line.pence(header) for line in lines) if header else 0,
        product=product,
    )


def _row(
    split: Split, own: _Working, workings: Sequence[_Working], header: str | None
) -> Iterator[Wanted]:
    """Give a row's cells in the order of `_columns`."""
    area, indicators = own.area, split.formula.indicators
    exact = area.exact / split.formula.unit
    yield _cell(own.code, None, "text")
    yield _cell(area.name, formulas.area_name(), "text")
    for each in indicators:
        yield _cell(_number(area.shares[each.name]), formulas.share(each), "percent")
    yield _cell(_number(area.share), formulas.weighted_share(indicators), "percent")
    yield _cell(_pounds(area.need), formulas.need(), "pence")
    yield _cell(area.bound, formulas.bound(), "text")
    yield _cell(_pounds(area.exact), formulas.exact(), "pence")
    yield _cell(_pounds(area.award), formulas.award(), _money(split))
    remainder = Decimal(area.remainder.numerator) / Decimal(area.remainder.denominator)
    rounded = remainder.quantize(_SIX_PLACES, rounding=ROUND_HALF_UP).normalize()
    yield _cell(rounded, formulas.remainder(), "number")
    yield _cell(Decimal(area.rank), formulas.rank(), "count")
    yield _cell(_pounds(area.previous), formulas.previous_award(), _money(split))
    yield _cell(_pounds(area.change), formulas.change(), _money(split))
    percent = area.change_percent
    yield _cell(
        _number(None if percent is None else percent / 100), formulas.change_percent(), "percent"
    )
    yield _cell(_pounds(area.per_head), formulas.per_head(), "pence")
    yield _cell(
        _pounds(own.in_lines),
        formulas.in_lines(header) if header else None,
        _money(split),
    )
    yield _cell(_pounds(area.award - own.in_lines), formulas.difference(), _money(split))
    yield _cell(Decimal(own.order), None, "count")
    yield _cell(Decimal(own.row), formulas.row(), "count")
    yield _cell(_number(own.product), formulas.product(indicators), "number")
    yield _cell(Decimal(int(exact)), formulas.units(), "count")
    yield _cell(_pounds(own.low), formulas.low(), "pence")
    yield _cell(_pounds(own.high), formulas.high(), "pence")
    yield _cell(_pounds(area.start), formulas.start(), "pence")
    yield from _breakpoints(split, own, workings)


def _breakpoints(split: Split, own: _Working, workings: Sequence[_Working]) -> Iterator[Wanted]:
    """Give the helper cells by which the bounded split is solved."""
    base, share = split.formula.base_amount, own.area.share
    lines = [(each.area.share, Limits(each.low, each.high)) for each in workings]
    edges = (("Low", own.low), ("High", own.high))
    points = [Fraction(edge - base) / share if share else None for _, edge in edges]
    sums = [None if point is None else clamped_sum(lines, base, point) for point in points]
    for (name, _), point in zip(edges, points, strict=True):
        yield _cell(_pounds(point), formulas.breakpoint_at(name), "pence")
    for header, total in zip(("At low", "At high"), sums, strict=True):
        yield _cell(_pounds(total), formulas.sum_at(header), "pence")
    names = (("At low", "Sum at low"), ("At high", "Sum at high"))
    for (at, total_header), point, total in zip(names, points, sums, strict=True):
        reached = None if total is None or total > split.to_split else point
        yield _cell(_pounds(reached), formulas.within_pot(at, total_header), "pence")


def _money(split: Split) -> ColumnKind:
    return "money" if split.formula.unit % _POUND == 0 else "pence"


def _cell(value: Value, formula: str | None, kind: ColumnKind) -> Wanted:
    return Wanted(value, formula, Look("line", kind))


def _pounds(pence: Fraction | int | None) -> Value:
    """Give pence as the pounds that Excel works out, in binary; n/a where there are none."""
    return _NO_VALUE if pence is None else _number(Fraction(pence) / _POUND)


def _number(number: Fraction | None) -> Value:
    """Give a number as Excel's division does; whole numbers and short decimals stay exact."""
    if number is None:
        return _NO_VALUE
    if number.denominator == 1:
        return Decimal(number.numerator)
    return Decimal(repr(float(number)))


def wanted_split_cells(snapshot: Snapshot, split: Split | None) -> Iterator[WantedCell]:
    """Give the named cells above the table; without a split they are blank but for the reason.

    Args:
        snapshot: tells where they are.
        split: the split; None where the workbook has no formula.
    """
    wanted = _split_cells(split) if split is not None else {CHECK: Wanted(NOT_SPLIT)}
    for name in CELLS:
        named = snapshot.names.get(name)
        if named is not None:
            yield WantedCell(named.sheet.name, named.row, named.column, wanted.get(name, BLANK))


def _split_cells(split: Split) -> Mapping[str, Wanted]:
    formula = split.formula
    worth = None if formula.damping is not None or formula.phase is not None else split.t
    return {
        "Kept": Wanted(_pounds(split.top_slice), formulas.kept()),
        "To_split": Wanted(_pounds(split.to_split), formulas.to_split()),
        "Rest": Wanted(_pounds(split.rest), formulas.rest()),
        "Share_worth": Wanted(_pounds(worth), formulas.share_worth()),
        "Gain_paid": Wanted(_number(split.factor), formulas.gain_paid()),
        "Awarded": Wanted(_pounds(split.total), formulas.awarded()),
        CHECK: Wanted(ADDS_UP, split_check(formula.indicators)),
    }
