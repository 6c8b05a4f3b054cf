"""Puts results into plain text: findings, totals and changes, as a person reads them."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from textwrap import fill

from xlframework.ground.finding import SEVERITIES, Finding, count
from xlframework.ground.money import round_pounds
from xlframework.rules.subtotals import Totals

_WIDTH = 96
_MOST_CHANGES_A_SHEET = 12


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
    ordered = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    return "\n".join([f"Checks: {heading}.", *(_finding_text(finding) for finding in ordered)])


def _finding_text(finding: Finding) -> str:
    message = finding.message[:1].upper() + finding.message[1:]
    compared = [
        f"{word}: {value}"
        for word, value in (
            ("expected", finding.expected),
            ("found", finding.found),
            ("difference", finding.difference),
        )
        if value is not None
    ]
    tail = f" ({'; '.join(compared)})" if compared else ""
    lines = (
        f"{finding.severity.upper()} {finding.place}",
        _indented(f"{message}{tail}."),
        _indented(f"What to do: {finding.fix}"),
    )
    return "\n".join(lines)


def _indented(text: str) -> str:
    return fill(text, _WIDTH, initial_indent="    ", subsequent_indent="    ")


def totals_text(totals: Totals) -> str:
    """Set out subtotals, block totals and grand total as a small table."""
    headers = totals.headers
    rows = [
        (f"{each.block}: {each.section}", *(_pounds(each.pence[header]) for header in headers))
        for each in totals.sections
    ]
    rows += [
        (f"{block}: total", *(_pounds(pence[header]) for header in headers))
        for block, pence in totals.blocks.items()
    ]
    rows.append(("All blocks: total", *(_pounds(totals.grand[header]) for header in headers)))
    return table_text(("Section", *headers), rows)


def _pounds(pence: int) -> str:
    decimals = 0 if pence % 100 == 0 else 2
    return f"{round_pounds(pence, decimals):,}"


def table_text(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Set out rows in columns: the first to the left, the others to the right."""
    listed = [tuple(headers), *(tuple(row) for row in rows)]
    widths = [max(len(row[number]) for row in listed) for number in range(len(headers))]
    return "\n".join(
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
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
            became = f"{before} -> {after}" if before != after else f"{before} (only its look)"
            parts.append(f"    {change['cell']}: {became}")
        if len(members) > _MOST_CHANGES_A_SHEET:
            parts.append(f"    and {len(members) - _MOST_CHANGES_A_SHEET} more")
    return "\n".join(parts)
