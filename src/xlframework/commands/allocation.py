"""Works out the split that a workbook asks for, or says why it cannot be worked out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from xlframework.commands.workbook import Declared
from xlframework.ground.errors import AllocationError
from xlframework.ground.finding import Finding
from xlframework.ground.place import Place
from xlframework.model.areas import CspArea
from xlframework.model.catalogue import Catalogue
from xlframework.model.formula import Formula
from xlframework.model.known_areas import known_areas
from xlframework.rules.allocation.allocate import Split, allocate
from xlframework.rules.allocation.check_areas import check_known
from xlframework.rules.allocation.findings import split_findings
from xlframework.rules.allocation.scenario import Scenario, scenarios
from xlframework.sheets.allocation_sheet import Codes
from xlframework.sheets.cells import shown
from xlframework.sheets.read_allocation import has_formula, read_split_inputs
from xlframework.sheets.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Allocation:
    """A split, with what was found about it.

    Attributes:
        split: the split; None where there is none.
        scenarios: the split under every scenario, as set first; empty where they
            were not asked for.
        findings: what was found.
        is_impossible: whether a formula is there that cannot be followed.
    """

    split: Split | None = None
    scenarios: tuple[Scenario, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_impossible: bool = False


def split_areas(
    areas: tuple[CspArea, ...], formula: Formula, catalogue: Catalogue, *, tried: bool
) -> Allocation:
    """Split a pot between areas.

    Args:
        areas: the areas.
        formula: how to split.
        catalogue: for the findings.
        tried: whether to try the scenarios too.

    Raises:
        AllocationError: if the split is impossible; the message names cell or key.
    """
    check_known(areas, known_areas())
    split = allocate(areas, formula)
    others = scenarios(areas, formula) if tried else ()
    return Allocation(split, others, split_findings(split, catalogue))


def split_snapshot(
    snapshot: Snapshot, declared: Declared, pot: int | None = None, *, tried: bool = False
) -> Allocation:
    """Split the pot of a workbook by its own formula.

    Args:
        snapshot: of the workbook.
        declared: the declarations.
        pot: pence in place of the cell `Pot`.
        tried: whether to try the scenarios too.

    Raises:
        AllocationError: if the split is impossible; the message names the cell.
    """
    inputs = read_split_inputs(snapshot, pot)
    formula = inputs.formula if pot is None else with_pot(inputs.formula, pot)
    return split_areas(inputs.areas, formula, declared.catalogue, tried=tried)


def with_pot(formula: Formula, pence: int) -> Formula:
    """Give a formula another pot, said on the command line."""
    return replace(formula, pot=pence, places={**formula.places, "pot": Place("--pot")})


def work_out_allocation(
    snapshot: Snapshot, declared: Declared, *, tried: bool = True
) -> Allocation:
    """Split the pot by the formula of the workbook, where it has one, with all scenarios.

    A split that is impossible is a finding, because a refresh has more to do.

    Args:
        snapshot: of the workbook.
        declared: the declarations.
        tried: whether to try the scenarios too.
    """
    if not has_formula(snapshot):
        return Allocation()
    try:
        return split_snapshot(snapshot, declared, tried=tried)
    except AllocationError as error:
        message = error.problem.rstrip(".")
        finding = declared.catalogue.finding("allocation-impossible", error.place, message)
        return Allocation(findings=(finding,), is_impossible=True)


def awards_of(allocation: Allocation) -> Mapping[str, int] | None:
    """Give the awards in pence by area code; None where nothing is split."""
    split = allocation.split
    return None if split is None else {each.area.code: each.award for each in split.areas}


def area_codes(snapshot: Snapshot) -> Codes:
    """Give each area code's row in `Areas`, and the code as it stands there, text or number."""
    view = snapshot.tables["Areas"]
    rows = range(view.table.data.first_row, view.table.data.last_row + 1)
    values = (view.cell(row, "Area code").value for row in rows)
    return {shown(value).strip(): (row, value) for row, value in enumerate(values, start=1)}
