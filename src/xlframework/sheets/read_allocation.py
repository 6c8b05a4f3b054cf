"""Reads what a split is made of from a snapshot: areas, indicators and the named cells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from xlframework.ground.errors import AllocationError
from xlframework.ground.exact import NumberError, parse_ratio, short_text
from xlframework.ground.folding import folded
from xlframework.ground.money import LARGEST, excel_decimal
from xlframework.ground.place import Place, cell_name
from xlframework.model.areas import CODE, NAME, PREVIOUS, CspArea, NotANumber, Number, completed
from xlframework.model.budget import Origin, Unread
from xlframework.model.formula import POUND, Formula, Indicator, Meaning, Quantity
from xlframework.model.formula_file import read_basis, read_combine, with_lone_weight
from xlframework.sheets.cells import is_date, read_amount, read_word, shown
from xlframework.sheets.package.records import Book, Cell
from xlframework.sheets.snapshot import Snapshot, TableView

_Figure = TypeVar("_Figure", int, Fraction)

# The named cells of the sheet Formula, by the key that a formula file has for each.
CELLS: Mapping[str, str] = {
    "name": "Formula_name",
    "source": "Formula_source",
    "pot": "Pot",
    "unit": "Unit",
    "combine": "Combine",
    "top_slice": "Top_slice",
    "base_amount": "Base_amount",
    "floor": "Floor",
    "ceiling": "Ceiling",
    "damping": "Damping",
    "phase": "Phase",
}

# A column that a team may add to Indicators: yes where a rate is a count on purpose.
PER_HEAD = "Per head"
_YES = frozenset({"yes", "true", "y"})

# What MATCH and SUMIFS take for a pattern, and at the start for a comparison.
_WILDCARDS = "*?~"
_OPERATORS = ("<", ">", "=")

_TOP_SLICE_MEANINGS: tuple[Meaning, ...] = ("pounds", "per cent")
_BOUND_MEANINGS: tuple[Meaning, ...] = ("pounds", "per cent of previous")


@dataclass(frozen=True, slots=True)
class SplitInputs:
    """What a split is made of."""

    areas: tuple[CspArea, ...]
    formula: Formula


def has_formula(snapshot: Snapshot) -> bool:
    """Tell whether the workbook says how to split anything: `Indicators` has a row."""
    return bool(snapshot.tables["Indicators"].rows)


def read_split_inputs(snapshot: Snapshot, pot: int | None = None) -> SplitInputs:
    """Read the areas and the formula of a workbook.

    Args:
        snapshot: of the workbook.
        pot: pence in place of the cell `Pot`.

    Raises:
        AllocationError: if a cell cannot be read; the message names it.
    """
    areas, formula = read_area_table(snapshot), read_formula_cells(snapshot, pot)
    for indicator in formula.indicators:
        _check_spelling(snapshot, indicator)
    return SplitInputs(areas, formula)


def _check_spelling(snapshot: Snapshot, indicator: Indicator) -> None:
    """Refuse an indicator whose column is spelt with other spaces: a formula would not find it.

    Raises:
        AllocationError: naming the header's cell.
    """
    typed = _as_typed(snapshot, indicator)
    if typed != typed.strip():
        raise AllocationError(
            indicator.place("name"),
            f"the indicator is typed {typed!r}, with a space around it, so the formulas of the "
            "sheet could not find its column; type it without.",
        )
    view = snapshot.tables["Areas"]
    for offset, header in enumerate(view.table.columns):
        if folded(header) == folded(typed) and header.casefold() != typed.casefold():
            cell = cell_name(view.table.area.first_row, view.table.area.first_column + offset)
            raise AllocationError(
                Place(snapshot.book.file, view.sheet.name, cell),
                f"the header {header!r} and the indicator {typed!r} differ in spaces or line "
                "breaks, so the formulas of the sheet could not find the column; type both alike.",
            )


def _as_typed(snapshot: Snapshot, indicator: Indicator) -> str:
    view = snapshot.tables["Indicators"]
    typed = (view.text(row, "Indicator") for row in view.rows)
    return next((each for each in typed if each.strip() == indicator.name), indicator.name)


def read_area_table(snapshot: Snapshot) -> tuple[CspArea, ...]:
    """Read the table `Areas`, a column for each indicator."""
    view = snapshot.tables["Areas"]
    return tuple(_area(snapshot.book, view, row) for row in view.rows)


def _area(book: Book, view: TableView, row: int) -> CspArea:
    values = {folded(header): read_number(book, view.cell(row, header)) for header in view.columns}
    code, name = (view.text(row, header).strip() for header in (CODE, NAME))
    origin = Origin(book.file, view.sheet.name, row, view.columns)
    area = CspArea(code, name, values=values, origin=origin)
    if code.startswith(_OPERATORS) or any(sign in code for sign in _WILDCARDS):
        raise AllocationError(
            area.place(CODE),
            f"the area code {code} holds a sign that Excel takes for a search pattern, so the "
            "sheet would find other areas too; use letters, digits and hyphens.",
        )
    previous = read_amount(book, view.cell(row, PREVIOUS))
    if isinstance(previous, Unread):
        raise AllocationError(
            area.place(PREVIOUS),
            f"{area.said(PREVIOUS)} is {previous.shown!r}, which is not an amount in pounds and "
            "pence; type a plain amount, or clear the cell.",
        )
    return completed(area, previous)


def read_number(book: Book, cell: Cell) -> Number:
    """Read a number as Excel shows it, to fifteen digits; anything else is said to be none."""
    value = cell.value
    if value is None:
        return None if cell.formula is None else NotANumber(f"={cell.formula}")
    if isinstance(value, str) and not value.strip():
        return None
    if not isinstance(value, Decimal):
        return NotANumber(shown(value))
    if is_date(book, cell):
        return NotANumber(str(read_word(book, cell)))
    if abs(value) > LARGEST:
        return NotANumber(shown(value))
    return Fraction(excel_decimal(float(value)))


def read_formula_cells(snapshot: Snapshot, pot: int | None = None) -> Formula:
    """Read the table `Indicators` and the named cells of the sheet `Formula`.

    A blank cell is a setting that is not used.

    Args:
        snapshot: of the workbook.
        pot: pence in place of the cell `Pot`.

    Raises:
        AllocationError: if a cell cannot be read; the message names it.
    """
    places = {key: snapshot.setting_place(name) for key, name in CELLS.items()}
    amounts = {key: _amount(snapshot, key) for key in ("pot", "unit", "base_amount")}
    stated = amounts["pot"] if pot is None else pot
    if stated is None:
        raise AllocationError(places["pot"], "the pot is blank; type the pounds to be split.")
    combine = read_combine(snapshot.setting("Combine"), places["combine"])
    view = snapshot.tables["Indicators"]
    return Formula(
        indicators=with_lone_weight(
            [_indicator(snapshot.book, view, row) for row in view.rows], combine
        ),
        pot=stated,
        unit=POUND if amounts["unit"] is None else amounts["unit"],
        name=snapshot.setting("Formula_name"),
        source=snapshot.setting("Formula_source"),
        combine=combine,
        top_slice=_quantity(snapshot, "top_slice", _TOP_SLICE_MEANINGS),
        base_amount=amounts["base_amount"] or 0,
        floor=_quantity(snapshot, "floor", _BOUND_MEANINGS),
        ceiling=_quantity(snapshot, "ceiling", _BOUND_MEANINGS),
        damping=_number(snapshot, "damping"),
        phase=_number(snapshot, "phase"),
        places=places
        | {
            "indicator": snapshot.table_place("Indicators"),
            "areas": snapshot.table_place("Areas"),
        },
    )


def _amount(snapshot: Snapshot, key: str) -> int | None:
    wrong = "is not an amount in pounds and pence; type a plain amount."
    return _figure(snapshot, key, read_amount, wrong)


def _number(snapshot: Snapshot, key: str) -> Fraction | None:
    return _figure(snapshot, key, read_number, "is not a number; type one, or clear the cell.")


def _figure(
    snapshot: Snapshot,
    key: str,
    read: Callable[[Book, Cell], _Figure | Unread | NotANumber | None],
    wrong: str,
) -> _Figure | None:
    """Read a named cell; None where it is blank or is not there."""
    named = snapshot.names.get(CELLS[key])
    figure = None if named is None else read(snapshot.book, named.cell)
    if isinstance(figure, Unread | NotANumber):
        raise AllocationError(snapshot.setting_place(CELLS[key]), f"{figure.shown!r} {wrong}")
    return figure


def _quantity(snapshot: Snapshot, key: str, known: tuple[Meaning, ...]) -> Quantity | None:
    number = _number(snapshot, key)
    if number is None:
        return None
    name = f"{CELLS[key]}_is"
    said = folded(snapshot.setting(name))
    meaning = next((each for each in known if each == said), None)
    if meaning is None:
        raise AllocationError(
            snapshot.setting_place(name),
            f"{said!r} does not say what the {number_words(number)} in {CELLS[key]} counts; choose "
            f"{' or '.join(known)}.",
        )
    if meaning != "pounds":
        return Quantity(number / 100, meaning)
    pence = _amount(snapshot, key)
    return Quantity(Fraction(pence or 0), meaning)


def number_words(number: Fraction) -> str:
    """Write a number of a cell for a message, as it was typed."""
    return short_text(number)


def _indicator(book: Book, view: TableView, row: int) -> tuple[Indicator, Fraction | None]:
    columns = {"name": "Indicator", "basis": "Basis", "weight": "Weight", "per_head": PER_HEAD}
    places = {
        key: Place(book.file, view.sheet.name, cell_name(row, view.columns[header]))
        for key, header in columns.items()
        if header in view.columns
    }
    name = view.text(row, "Indicator").strip()
    if not name:
        raise AllocationError(
            places["name"], "the indicator has no name; name the column of Areas that it reads."
        )
    said = view.text(row, PER_HEAD) if PER_HEAD in view.columns else ""
    indicator = Indicator(
        name=name,
        basis=read_basis(view.text(row, "Basis"), places["basis"]),
        weight=Fraction(0),
        per_head=said.strip().casefold() in _YES,
        places=places,
    )
    return indicator, _weight(book, view.cell(row, "Weight"), places["weight"])


def _weight(book: Book, cell: Cell, place: Place) -> Fraction | None:
    """Read a weight; a formula such as `=1/3` is that fraction, not its decimals."""
    if cell.formula is not None and "/" in cell.formula:
        try:
            return parse_ratio(cell.formula.replace("(", "").replace(")", ""))
        except NumberError:
            pass
    number = read_number(book, cell)
    if isinstance(number, NotANumber):
        raise AllocationError(
            place,
            f"the weight {number.shown!r} is not a number; type a decimal such as 0.40 or a "
            "formula such as =1/3.",
        )
    return number
