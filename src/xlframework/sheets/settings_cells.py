"""What single cells are to hold: lists that follow `Sections`, and the counts on the Cover."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from xlframework.ground.finding import Finding, count
from xlframework.model.budget import Budget
from xlframework.model.workbook import WorkbookSpec
from xlframework.rules.subtotals import in_print_order
from xlframework.sheets.change import BLANK, Wanted, WantedCell
from xlframework.sheets.palette import Look
from xlframework.sheets.read_budget import list_items
from xlframework.sheets.snapshot import NamedCell, Snapshot


def wanted_lists(snapshot: Snapshot, spec: WorkbookSpec, budget: Budget) -> Iterator[WantedCell]:
    """Give the cells of the lists that are filled from `Sections`.

    Args:
        snapshot: tells where the lists stand.
        spec: tells which lists are ours.
        budget: with a section for every line.
    """
    ordered = in_print_order(budget.sections)
    words = {
        "Block": _unique(section.block for section in ordered),
        "Section": _unique(section.name for section in ordered),
    }
    for each in spec.list:
        named = snapshot.names.get(each.range_name)
        if each.generated and named is not None:
            yield from _list_cells(named, words[each.name])


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _list_cells(named: NamedCell, words: tuple[str, ...]) -> Iterator[WantedCell]:
    old = sum(1 for _ in list_items(named))
    for number in range(max(old, len(words))):
        wanted = Wanted(words[number], None, Look("line", "text")) if number < len(words) else BLANK
        yield WantedCell(named.sheet.name, named.row + number, named.column, wanted)


def wanted_counts(
    snapshot: Snapshot, spec: WorkbookSpec, budget: Budget, findings: tuple[Finding, ...]
) -> Iterator[WantedCell]:
    """Give the Cover's live counts of lines, errors and warnings.

    Args:
        snapshot: tells where the named cells are.
        spec: gives their formulas.
        budget: for the number of lines.
        findings: as they will stand in `Checks`.
    """
    values = {
        "Line_count": sum(bool(line.line_id) for line in budget.lines),
        "Error_count": count(findings, "error"),
        "Warning_count": count(findings, "warning"),
    }
    for cell in spec.cells:
        named = snapshot.names.get(cell.name)
        if cell.formula is not None and named is not None and cell.name in values:
            wanted = Wanted(Decimal(values[cell.name]), cell.formula)
            yield WantedCell(named.sheet.name, named.row, named.column, wanted)
