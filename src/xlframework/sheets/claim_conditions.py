"""The conditions of a claim as Excel works them out over the tables `Sections` and `Lines`."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from xlframework.model.budget import Line, Section
from xlframework.rules.reconcile.compare import is_number
from xlframework.rules.reconcile.facts import Facts
from xlframework.rules.reconcile.select import Meant
from xlframework.sheets.allocation_formulas import column

# Excel takes no longer text in a formula.
_LONGEST_TEXT = 255
_WILDCARDS = "~*?"
_OPERATORS = ("<", ">", "=")
_LAST_SHORT_SIGN = "\uffff"


class NotLiveError(Exception):
    """Something that Excel could not be trusted to work out just as we do."""


def quoted(text: str) -> str:
    """Write a text inside a formula.

    Raises:
        NotLiveError: if Excel would not take it, or would fold or count its letters
            otherwise than we do.
    """
    is_odd = len(text.casefold()) != len(text) or max(text, default="") > _LAST_SHORT_SIGN
    if is_odd or len(text) > _LONGEST_TEXT:
        raise NotLiveError(text)
    return '"' + text.replace('"', '""') + '"'


def section_sum(facts: Facts, header: str, wanted: Sequence[Meant]) -> str:
    """Give the sum of the sections in question: entered amounts count as subtotals do.

    Raises:
        NotLiveError: if Excel could not be trusted with a condition.
    """
    amounts = column(header, "Sections")
    if not wanted:
        return f"SUM({amounts})"
    for each in wanted:
        _check_plain([_place(section, each.header) for section in facts.budget.sections])
    choices = [list(_criteria(each)) for each in wanted]
    return "+".join(f"SUMIFS({','.join((amounts, *chosen))})" for chosen in product(*choices))


def _place(section: Section, header: str) -> str:
    return section.block if header == "Block" else section.name


def _criteria(each: Meant) -> Iterator[str]:
    """Give a range with its criterion for each of the words that a condition allows."""
    if each.condition.test not in {"is", "begins"}:
        raise NotLiveError(each.header)
    words = {word.casefold(): word for word in each.condition.words}
    for word in words.values():
        if is_number(word):  # SUMIFS would take 1.10 for 1.1, and finds no number by a pattern
            raise NotLiveError(word)
        criterion = "".join(f"~{sign}" if sign in _WILDCARDS else sign for sign in word)
        if each.condition.test == "begins":
            criterion += "*"
        if word.startswith(_OPERATORS):
            criterion = f"={criterion}"
        yield f"{column(each.header, 'Sections')},{quoted(criterion)}"


def line_factors(facts: Facts, wanted: Sequence[Meant]) -> tuple[str, ...]:
    """Give a factor of a SUMPRODUCT over `Lines` for each condition: 1 where it is met.

    Raises:
        NotLiveError: if Excel could not be trusted with a condition.
    """
    return tuple(_factor(facts, each) for each in wanted)


def _factor(facts: Facts, each: Meant) -> str:
    if each.is_amount:
        return _amount_factor(facts, each)
    _check_plain([line.words.get(each.header, "") for line in facts.budget.lines])
    cells = column(each.header, "Lines")
    test = each.condition.test
    if test in {"filled", "blank"}:
        return f"--(LEN({cells}){'>' if test == 'filled' else '='}0)"
    words = {word.casefold(): word for word in each.condition.words}.values()
    tests = [_comparison(cells, word, begins=test == "begins") for word in words]
    return f"--({tests[0]})" if len(tests) == 1 else f"--({'+'.join(f'({t})' for t in tests)}>0)"


def _comparison(cells: str, word: str, *, begins: bool) -> str:
    if begins:
        return f"LEFT({cells},{len(word)})={quoted(word)}"
    # A cell may hold 3 as a number or as a text; we take it for the same.
    return f'{cells}&""={quoted(word)}' if is_number(word) else f"{cells}={quoted(word)}"


def _amount_factor(facts: Facts, each: Meant) -> str:
    amounts = column(each.header, "Lines")
    is_zero = each.condition.test == "zero"
    sign = "<>" if is_zero else ">"
    if each.condition.test in {"filled", "blank"}:
        raise NotLiveError(each.header)
    met = f"ISNUMBER({amounts})*({amounts}{sign}0)"
    if any(line.shared_with for line in facts.budget.lines):
        _check_identifiers(facts.budget.lines)
        carried = f"SUMIF(Lines[Line ID],Lines[Shared with],{amounts})"
        met += f"+(1-ISNUMBER({amounts}))*(LEN(Lines[Shared with])>0)*({carried}{sign}0)"
    return f"1-({met})" if is_zero else met


def check_every_line_named(lines: Sequence[Line]) -> None:
    """See that counting Line IDs counts lines.

    Raises:
        NotLiveError: if a line has none.
    """
    if not all(line.line_id for line in lines):
        raise NotLiveError("Line ID")


def _check_identifiers(lines: Sequence[Line]) -> None:
    """See that SUMIF finds the one line that another shares an amount with."""
    names = [line.line_id.casefold() for line in lines]
    is_plain = not any(is_number(name) or set(name) & set(_WILDCARDS) for name in names)
    if len(set(names)) != len(names) or not is_plain:
        raise NotLiveError("Line ID")
    for header in ("Line ID", "Shared with"):
        _check_plain([line.words.get(header, "") for line in lines])


def _check_plain(words: Sequence[str | date]) -> None:
    """See that Excel compares just the words that we compare: no dates, errors or outer spaces."""
    for word in words:
        if isinstance(word, date) or word != word.strip() or word.startswith("#"):
            raise NotLiveError(str(word))
