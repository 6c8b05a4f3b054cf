"""Says in words what became of a line, and what was compared with what."""

from collections.abc import Iterator, Mapping

from xlframework.model.budget import Line, Unread
from xlframework.rules.compare.match import NAMES, provider_of, service_of
from xlframework.rules.compare.records import Comparison, LineChange, SectionChange

NO_LINE = "no line"


def name_of(line: Line) -> str:
    """Name a line: its service and, in brackets, its provider."""
    service = service_of(line) or "(no service)"
    provider = provider_of(line)
    return f"{service} ({provider})" if provider else service


def said_of(change: LineChange) -> Iterator[str]:
    """Give one sentence for each thing that differs, and for what a proposal rests on."""
    if change.status == "renamed (proposed)" and change.old is not None:
        yield f"Was: {name_of(change.old)}"
        yield f"Rests on: {', '.join(change.why)}"
        yield f"If that is right: {change.if_right}"
    for word in change.words:
        if not (change.why and word.column in NAMES):
            yield f"{word.column}: {_quoted(word.before)} became {_quoted(word.after)}"


def _quoted(text: str) -> str:
    return f'"{text}"' if text else "blank"


def amount_words(line: Line | None, header: str, covered: Mapping[str, str]) -> str | int:
    """Give an amount in pence, or say in words why there is none.

    Args:
        line: the line; None where that budget has no such line.
        header: the amount column.
        covered: the Line IDs whose amounts cover blank ones of the line, by column.
    """
    if line is None:
        return NO_LINE
    amount = line.amounts.get(header)
    if amount is None:
        return f"with {covered[header]}" if header in covered else ""
    return amount.shown if isinstance(amount, Unread) else amount


def block_names(comparison: Comparison) -> bool:
    """Tell whether sections must be called by their block too, to tell them apart."""
    return len({section.block.casefold() for section in comparison.sections}) > 1


def section_name(section: SectionChange, *, with_block: bool) -> str:
    """Name a section, with its block where that is wanted."""
    name = section.section or "(no section)"
    return f"{section.block}: {name}" if with_block and section.block else name


def sources_said(comparison: Comparison) -> str:
    """Say by what lines were matched, and which amounts were held against which."""
    columns = comparison.columns
    pairs = ", ".join(map(str, columns.pairs)) or "none, for one of the two has no amounts"
    how = "Line ID, otherwise service and provider" if comparison.by_ids else "service and provider"
    return f"Amounts compared: {pairs}. Lines matched by {how}."
