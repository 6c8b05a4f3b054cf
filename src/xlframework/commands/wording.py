"""Puts results into plain text: findings, totals and changes, as a person reads them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from textwrap import fill

from xlframework.ground.finding import SEVERITIES, Finding, count, worst_first
from xlframework.ground.money import is_whole_pounds, round_pounds
from xlframework.rules.subtotals import Totals

_WIDTH = 96
_MOST_CHANGES_A_SHEET = 12

# 45383 and longer; a shorter whole number may be an identifier or an order.
_NUMBER = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]+)(?P<rest>\.[0-9]+)?\Z")
_LONG = 5
_MOST_DECIMALS = 7


def plural(number: int, noun: str) -> str:
    """Count something: `1 line`, `47 lines`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def findings_text(findings: Sequence[Finding]) -> str:
    """List findings, the worst first, each with its place and what to do."""
    if not findings:
        return "Checks: no problems found."
    heading = ", ".join(
        plural(count(findings, severity), severity)
        if severity != "info"
        else f"{number} for information"
        for severity in SEVERITIES
        if (number := count(findings, severity))
    )
    ordered = worst_first(findings)
    files = {finding.place.file for finding in findings}
    listed = [_finding_text(finding, only_file=len(files) == 1) for finding in ordered]
    of = f" of {files.pop()}" if len(files) == 1 else ""
    return "\n".join([f"Checks{of}: {heading}.", *listed])


def _finding_text(finding: Finding, *, only_file: bool) -> str:
    """Set a finding out; the file is named once, in the heading, where there is only one."""
    place = replace(finding.place, file="") if only_file else finding.place
    where = str(place).removeprefix(", ") or "the workbook"
    message = finding.message[:1].upper() + finding.message[1:]
    compared = [
        f"{word}: {readable(value)}"
        for word, value in (
            ("expected", finding.expected),
            ("found", finding.found),
            ("difference", finding.difference),
        )
        if value is not None
    ]
    tail = f" ({'; '.join(compared)})" if compared else ""
    lines = (
        f"{finding.severity.upper()} {where}",
        _indented(f"{message}{tail}."),
        _indented(f"What to do: {finding.fix}"),
    )
    return "\n".join(lines)


def readable(text: str) -> str:
    """Set the thousands of a long or broken number apart; any other text stays as it is."""
    match = _NUMBER.match(text)
    if match is None or (not match["rest"] and len(match["whole"]) < _LONG):
        return text
    rest = (match["rest"] or "")[:_MOST_DECIMALS]
    return f"{match['sign']}{int(match['whole']):,}{rest}"


def plain_number(text: str) -> str:
    """Write a number for a column that people read: whole pounds without their noughts."""
    return readable(text.removesuffix(".00"))


def _indented(text: str) -> str:
    return fill(text, _WIDTH, initial_indent="    ", subsequent_indent="    ")


def totals_text(totals: Totals) -> str:
    """Set out subtotals, block totals and grand total as a small table."""
    headers = totals.headers
    rows = [
        (f"{each.block}: {each.section}", *(table_amount(each.pence[header]) for header in headers))
        for each in totals.sections
    ]
    rows += [
        (f"{block}: total", *(table_amount(pence[header]) for header in headers))
        for block, pence in totals.blocks.items()
    ]
    rows.append(("All blocks: total", *(table_amount(totals.grand[header]) for header in headers)))
    return table_text(("Section", *headers), rows)


def table_amount(pence: int) -> str:
    """Write an amount for a table, with pence only where it has some: `1,114`, `-500.50`."""
    return f"{round_pounds(pence, 0 if is_whole_pounds(pence) else 2):,}"


def table_text(headers: Sequence[str], rows: Iterable[Sequence[str]], *, words: int = 1) -> str:
    """Set out rows in columns: those of words to the left, the others to the right.

    Args:
        headers: what stands above the columns.
        rows: each as wide as the headers.
        words: how many of the first columns hold words.
    """
    listed = [tuple(headers), *(tuple(row) for row in rows)]
    widths = [max(len(row[number]) for row in listed) for number in range(len(headers))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if number < words else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in listed
    )


def changes_text(changes: Sequence[dict[str, str | None]]) -> str:
    """List changes sheet by sheet, with a count, the first few of each."""
    parts = []
    for sheet, group in groupby(changes, key=lambda change: change["sheet"]):
        members = list(group)
        parts.append(f"{sheet}: {plural(len(members), 'change')}")
        for change in members[:_MOST_CHANGES_A_SHEET]:
            before = "(blank)" if change["before"] is None else change["before"]
            after = "(blank)" if change["after"] is None else change["after"]
            became = f"{readable(before)} (only its look)"
            if before != after:
                shown = readable(before), readable(after)
                # Figures that differ only in decimals that are left out are shown whole.
                became = " -> ".join(shown if shown[0] != shown[1] else (before, after))
            parts.append(f"    {change['cell']}: {became}")
        if len(members) > _MOST_CHANGES_A_SHEET:
            parts.append(f"    and {len(members) - _MOST_CHANGES_A_SHEET} more")
    return "\n".join(parts)
