"""Works out the split that a workbook asks for, or says why it cannot be worked out."""

from dataclasses import dataclass

from xlframework.ground.errors import AllocationError
from xlframework.ground.finding import Finding
from xlframework.model.catalogue import Catalogue
from xlframework.rules.allocation.allocate import Split
from xlframework.rules.allocation.findings import split_findings
from xlframework.rules.allocation.scenario import Scenario, scenarios
from xlframework.sheets.cells import shown
from xlframework.sheets.read_allocation import has_formula, read_split_inputs
from xlframework.sheets.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Allocation:
    """A workbook's split.

    Attributes:
        split: the split; None where there is none.
        scenarios: the split under every scenario, as set first.
        findings: what was found about it.
        is_impossible: whether a formula is there that cannot be followed.
    """

    split: Split | None = None
    scenarios: tuple[Scenario, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_impossible: bool = False


def work_out_allocation(snapshot: Snapshot, catalogue: Catalogue) -> Allocation:
    """Split the pot by the formula of the workbook, where it has one.

    Args:
        snapshot: of the workbook.
        catalogue: for the findings.
    """
    if not has_formula(snapshot):
        return Allocation()
    try:
        inputs = read_split_inputs(snapshot)
        tried = scenarios(inputs.areas, inputs.formula)
    except AllocationError as error:
        finding = catalogue.finding("allocation-impossible", error.place, error.problem.rstrip("."))
        return Allocation(findings=(finding,), is_impossible=True)
    split = tried[0].split
    findings = split_findings(split, catalogue) if split is not None else ()
    return Allocation(split, tried, findings)


def area_codes(snapshot: Snapshot) -> tuple[str, ...]:
    """Give the area codes in the order of the rows of `Areas`, blank rows among them."""
    view = snapshot.tables["Areas"]
    rows = range(view.table.data.first_row, view.table.data.last_row + 1)
    return tuple(shown(view.cell(row, "Area code").value).strip() for row in rows)
