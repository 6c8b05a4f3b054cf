"""Rules about cells that are to hold an amount of money."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from xlframework.ground.folding import folded
from xlframework.ground.money import PENCE_IN_A_POUND, MoneyError, parse_pounds, pounds_text
from xlframework.model.budget import Unread, UnreadReason
from xlframework.model.form import ColumnSpec, FieldSpec
from xlframework.model.returns import Entry, Position, position
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.fault import Fault, fault_at
from xlframework.rules.returns.prefilled import field_value, line_value
from xlframework.rules.returns.wording import brief, named

_SO = "so no sum that needs it was checked"
_SO_ALL = "so no sum that needs them was checked"
_RUN = "which another program might run"
_LEADS = "that leads outside the workbook"
_LEAD = "that lead outside the workbook"

# 1.2k, £3m, 15 thousand: an amount cut short.
_SHORT = re.compile(
    r"£? ?([0-9]{1,9}(?:[.,][0-9]{1,9})?) ?(k|m|thousand|million)\.?\Z", re.IGNORECASE
)
_TIMES = {"k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6}

# What stands before = + - @ when a program takes a text for a formula.
_FORMULA = re.compile(
    r"""\s* (?: =\s*[\w(+\-@"'\[{|]          # =SUM(...), =1+2
        | [+\-@](?=[^\W\d]|[(|\[])           # +cmd, -Q1, @SUM
        | [+\-][\d.\s]+[-+*/^&|].*[^\W\d(|!] # -2+3+cmd|...
        )""",
    re.VERBOSE | re.DOTALL,
)

# What a formula reaches beyond the workbook with: a web address, or another program (DDE).
_OUTSIDE = re.compile(
    r"\b(?:HYPERLINK|WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC)\s*\(|^\s*[\w.]+\s*\|",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Meant:
    """What an amount that was typed as words is most likely to be.

    Attributes:
        cause: what keeps it from being a number.
        pence: the amount; None where nobody can tell.
    """

    cause: str
    pence: int | None


def _cells(case: Case) -> Iterator[tuple[str, FieldSpec | ColumnSpec, Entry]]:
    """Give each cell that holds an amount of its own, with what the partner calls it."""
    for spec, entry, row in case.entries():
        if spec.formula is None and spec.kind == "money":
            yield named(case, spec, row), spec, entry


def _unread(case: Case, *reasons: UnreadReason) -> Iterator[tuple[str, Entry, Unread]]:
    for name, _, entry in _cells(case):
        if isinstance(entry.amount, Unread) and entry.amount.reason in reasons:
            yield name, entry, entry.amount


def formula_text(case: Case) -> Iterator[Fault]:
    """Rule `return-formula-text`: no text starts like a formula."""
    for spec, entry, row in case.entries():
        if spec.is_input and entry.formula is None and _FORMULA.match(entry.text):
            so, so_all = (_SO, _SO_ALL) if spec.kind == "money" else (_RUN, _RUN)
            yield fault_at(
                entry,
                f"{named(case, spec, row)} is text that starts like a formula, {so}",
                together=f"{{cells}} cells hold text that starts like a formula, {so_all}",
                found=brief(entry.text),
            )
        elif spec.is_input and entry.formula is not None:
            yield from _live(named(case, spec, row), spec, entry)


def _live(name: str, spec: FieldSpec | ColumnSpec, entry: Entry) -> Iterator[Fault]:
    """Give the fault of a real formula that shows no words, or that reaches outside."""
    formula = entry.formula or ""
    if _OUTSIDE.search(formula):
        so = f", {_SO}" if spec.kind == "money" else ""
        said, all_said = f"is a formula {_LEADS}{so}", f"are formulas {_LEAD}{so}"
    elif spec.kind != "money" and not entry.text.strip():
        said, all_said = "is a formula without a value", "are formulas without a value"
    else:
        return
    yield fault_at(
        entry,
        f"{name} {said}",
        together=f"{{cells}} cells {all_said}",
        found=brief(f"={formula.removeprefix('=')}"),
        fix="Type what the cell should say, in place of the formula.",
    )


def text(case: Case) -> Iterator[Fault]:
    """Rule `return-amount-text`: an amount is a number and not text."""
    groups: defaultdict[tuple[str, str], list[tuple[Fault, int | None]]] = defaultdict(list)
    unread = tuple(_unread(case, "text", "logical"))
    due = _issued_amounts(case) if unread else {}
    for name, entry, amount in unread:
        meant = meant_by(amount)
        if position(entry) in due:
            meant = replace(meant, pence=due[position(entry)])
        # Words that say different things are different faults; pound signs are one.
        alike = "" if meant.pence is not None else folded(entry.text)
        shown = brief(entry.text) or entry.text
        together = f"{{cells}} amounts {_PLURAL[meant.cause]}, {_SO_ALL}"
        fault = fault_at(
            entry,
            f"{name} {meant.cause} ({shown!r}), {_SO}",
            together=together + (f": {shown!r}" if alike else ""),
            expected=None if meant.pence is None else pounds_text(meant.pence),
            found=shown,
        )
        groups[meant.cause, alike].append((fault, meant.pence))
    for members in groups.values():
        fix = _fix({pence for _, pence in members})
        yield from (replace(fault, fix=fix) for fault, _ in members)


def _issued_amounts(case: Case) -> Mapping[Position, int]:
    """Give what each cell for an amount that we filled in was issued with, in pence."""
    issued, ids = case.issued, case.form.column_for("line id")
    if issued is None:
        return {}
    found: dict[Position, int] = {}
    for spec, entry, row in case.entries():
        if isinstance(spec, FieldSpec):
            value = field_value(case.form, spec, issued)
        else:
            stated = row.entries.get(ids.header) if row is not None and ids is not None else None
            line_id = "" if stated is None else folded(stated.text)
            line = next((each for each in issued.lines if folded(each.line_id) == line_id), None)
            value = None if line is None or ids is None else line_value(spec, line)
        if isinstance(value, int):
            found[position(entry)] = value
    return found


_KEPT_AS_TEXT = "is a number that is kept as text"
_SPACED = "is a number with a space in it or beside it, kept as text"
_SIGNED = "is text with a pound sign or a comma, not a number"
_CUT = "is an amount cut short, not a number"
_WORDS = "is text, not an amount"
_PLURAL = {
    _KEPT_AS_TEXT: "are numbers that are kept as text",
    _SPACED: "are numbers with a space in them or beside them, kept as text",
    _SIGNED: "are text with a pound sign or a comma, not numbers",
    _CUT: "are cut short, not numbers",
    _WORDS: "are text",
}


def meant_by(amount: Unread) -> _Meant:
    """Tell what a text was meant to be, and what keeps it from being a number."""
    shown = amount.shown
    short = _SHORT.match(" ".join(shown.split()))
    if short is not None:
        return _Meant(_CUT, _long(short[1], short[2]))
    try:
        pence = parse_pounds(shown) if amount.reason == "text" else None
    except MoneyError:
        return _Meant(_WORDS, None)
    if pence is None:
        return _Meant(_WORDS, None)
    if "£" in shown or "," in shown or "(" in shown:
        return _Meant(_SIGNED, pence)
    return _Meant(_KEPT_AS_TEXT if shown.isdecimal() else _spaced(shown), pence)


def _spaced(shown: str) -> str:
    return _SPACED if any(each.isspace() for each in shown) else _KEPT_AS_TEXT


def _long(number: str, unit: str) -> int | None:
    """Write 1.2k out: 1200 pounds, in pence; None where that is no whole penny."""
    try:
        pence = parse_pounds(number.replace(",", "."))
    except MoneyError:
        return None
    return None if pence is None else pence * _TIMES[unit.casefold()]


def _fix(amounts: set[int | None]) -> str | None:
    """Say the number to type, where one number does for every cell."""
    amount = next(iter(amounts)) if len(amounts) == 1 else None
    return None if amount is None or amount < 0 else f"Type {_plain(amount)}."


def _plain(pence: int) -> str:
    return str(pence // PENCE_IN_A_POUND) if pence % PENCE_IN_A_POUND == 0 else pounds_text(pence)


def _plainly(case: Case, reason: UnreadReason, said: str, all_said: str) -> Iterator[Fault]:
    """Give the faults of one reason, each with what the cell shows."""
    for name, entry, amount in _unread(case, reason):
        yield fault_at(
            entry,
            f"{name} {said.format(shown=brief(amount.shown))}",
            together=f"{{cells}} amounts {all_said}",
            found=brief(amount.shown),
        )


def as_date(case: Case) -> Iterator[Fault]:
    """Rule `return-amount-date`: an amount is not a date."""
    said, all_said = f"shows a date instead of an amount, {_SO}", f"show dates, {_SO_ALL}"
    for name, entry, _ in _unread(case, "date"):
        # As the partner sees it, and not as it is stored.
        shown = brief(entry.text)
        yield fault_at(
            entry, f"{name} {said}", together=f"{{cells}} amounts {all_said}", found=shown
        )


def as_error(case: Case) -> Iterator[Fault]:
    """Rule `return-amount-error`: an amount is not an error."""
    yield from _plainly(
        case, "error", f"shows the error {{shown}}, {_SO}", f"show errors, {_SO_ALL}"
    )


_ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})


def word_error(case: Case) -> Iterator[Fault]:
    """Rule `return-word-error`: no word is an error."""
    for spec, entry, row in case.entries():
        if spec.kind != "money" and entry.text.strip().upper() in _ERRORS:
            yield fault_at(
                entry,
                f"{named(case, spec, row)} shows the error {brief(entry.text)}",
                together="{cells} cells show errors",
                found=brief(entry.text),
            )


def fraction(case: Case) -> Iterator[Fault]:
    """Rule `return-amount-fraction`: an amount is in whole pence."""
    yield from _plainly(
        case,
        "fraction",
        f"has more than two decimals ({{shown}}), {_SO}",
        f"have more than two decimals, {_SO_ALL}",
    )


def large(case: Case) -> Iterator[Fault]:
    """Rule `return-amount-large`: an amount is of a sensible size."""
    most = f"£{case.form.limits.largest:,}"
    yield from _plainly(
        case,
        "large",
        f"is larger than {most}, which is hardly meant, {_SO}",
        f"are larger than {most}, which is hardly meant, {_SO_ALL}",
    )


def not_calculated(case: Case) -> Iterator[Fault]:
    """Rule `return-amount-not-calculated`: a formula that was typed has a value."""
    yield from _plainly(
        case,
        "not calculated",
        f"is a formula without a value ({{shown}}), {_SO}",
        f"are formulas without a value, {_SO_ALL}",
    )


def negative(case: Case) -> Iterator[Fault]:
    """Rule `return-amount-negative`: an amount is not below nought."""
    for name, spec, entry in _cells(case):
        if isinstance(spec, ColumnSpec) and spec.negative:
            continue
        if spec.filled and case.issued is not None:
            # Held against what it was issued with instead.
            continue
        if isinstance(entry.amount, int) and entry.amount < 0 and case.is_sound(entry):
            yield fault_at(
                entry,
                f"{name} is below 0, {_SO}",
                together=f"{{cells}} amounts are below 0, {_SO_ALL}",
                found=pounds_text(entry.amount),
            )
