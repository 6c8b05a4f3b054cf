"""What `Checks` is to hold: one row a finding, the worst first."""

from collections.abc import Iterable, Mapping

from xlframework.ground.finding import Finding, Severity, worst_first
from xlframework.sheets.change import Wanted, WantedTable, header_cells
from xlframework.sheets.package.records import TableColumn
from xlframework.sheets.palette import Look, RowKind

TABLE = "Checks"

_HEADERS = (
    "Rule",
    "Severity",
    "Sheet",
    "Cell",
    "Message",
    "Expected",
    "Found",
    "Difference",
    "What to do",
)

_LOOKS: Mapping[Severity, RowKind] = {"error": "bad", "warning": "warning", "info": "line"}


def wanted_checks(findings: Iterable[Finding]) -> WantedTable:
    """Lay out the table; without findings it has one empty row.

    Args:
        findings: of the workbook as it will stand.
    """
    ordered = worst_first(findings)
    return WantedTable(
        name=TABLE,
        columns=tuple(TableColumn(header) for header in _HEADERS),
        header=header_cells(_HEADERS, _HEADERS),
        rows=tuple(_row(finding) for finding in ordered) or (_nothing_found(),),
    )


def _row(finding: Finding) -> tuple[Wanted, ...]:
    words = (
        finding.rule,
        finding.severity,
        finding.place.sheet,
        finding.place.cell,
        _sentence(finding.message),
        finding.expected,
        finding.found,
        finding.difference,
        finding.fix,
    )
    kind = _LOOKS[finding.severity]
    marked = (Wanted(word, None, Look("line", "text")) for word in words)
    return tuple(
        cell._replace(look=Look(kind, "text")) if header == "Severity" else cell
        for header, cell in zip(_HEADERS, marked, strict=True)
    )


def _nothing_found() -> tuple[Wanted, ...]:
    return tuple(Wanted(None, None, Look("line", "text")) for _ in _HEADERS)


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:]
