"""`allocate`: splits a pot between areas, from a workbook or from two text files, explained."""

from dataclasses import dataclass, replace
from pathlib import Path

from xlframework.commands.allocate_data import scenario_data, split_data
from xlframework.commands.allocate_text import scenarios_text, split_text
from xlframework.commands.outcome import Outcome
from xlframework.commands.wording import findings_text
from xlframework.commands.workbook import Declared, open_workbook, read_declared
from xlframework.ground.errors import AllocationError, MisuseError
from xlframework.ground.finding import Finding
from xlframework.ground.money import MoneyError, parse_pounds
from xlframework.ground.place import Place
from xlframework.ground.shipped import areas_folder, find_template
from xlframework.model.area_file import read_areas
from xlframework.model.areas import CspArea
from xlframework.model.catalogue import Catalogue, read_catalogue
from xlframework.model.formula import Formula
from xlframework.model.formula_file import read_formula
from xlframework.model.known_areas import known_areas
from xlframework.model.workbook import WorkbookSpec
from xlframework.rules.allocation.allocate import Split
from xlframework.rules.allocation.allocate import allocate as split_pot
from xlframework.rules.allocation.check_areas import check_areas, check_known, check_line_codes
from xlframework.rules.allocation.findings import split_findings
from xlframework.rules.allocation.scenario import Scenario
from xlframework.rules.allocation.scenario import scenarios as try_scenarios
from xlframework.sheets.read_allocation import read_split_inputs
from xlframework.sheets.read_budget import read_budget
from xlframework.sheets.snapshot import Snapshot
from xlframework.sheets.structure import take_snapshot

COMMAND = "allocate"


@dataclass(frozen=True, slots=True)
class Allocated:
    """What `allocate` computed.

    Attributes:
        split: the split; None where the workbook's structure stops it.
        scenarios: the scenarios, where they were asked for.
        findings: what was found on the way.
    """

    split: Split | None
    scenarios: tuple[Scenario, ...] = ()
    findings: tuple[Finding, ...] = ()


def allocate(  # noqa: PLR0913 - one argument an option, and all are named
    workbook: Path | None = None,
    *,
    areas: str | Path | None = None,
    formula: str | Path | None = None,
    pot: str | None = None,
    scenarios: bool = False,
    templates: Path | None = None,
) -> Outcome:
    """Split a pot and explain the split; nothing is written.

    Args:
        workbook: a commissioning workbook, with its tables Areas and Indicators.
        areas: in place of a workbook, a CSV file, or the name of a bundled one.
        formula: in place of a workbook, a formula file, or the name of a bundled one.
        pot: pounds, in place of the formula's pot.
        scenarios: whether to try the scenarios too.
        templates: a folder of templates that comes first.

    Raises:
        XlframeworkError: if the split is impossible, or the files cannot be read.
    """
    pence = _pot(pot)
    if workbook is not None:
        if areas is not None or formula is not None:
            raise MisuseError("Give a workbook, or --areas and --formula, but not both.")
        return _outcome(split_workbook(workbook, pence, templates, scenarios=scenarios))
    if areas is None or formula is None:
        raise MisuseError("Give a workbook, or both --areas CSV and --formula TOML.")
    found = read_areas(find_areas(areas))
    stated = read_formula(find_formula(formula, templates))
    if pence is not None:
        stated = with_pot(stated, pence)
    catalogue = read_catalogue(templates)
    return _outcome(_allocated(found, stated, catalogue, scenarios=scenarios))


def split_workbook(
    path: Path, pot: int | None, templates: Path | None, *, scenarios: bool
) -> Allocated:
    """Split the pot of a workbook by its own formula.

    Args:
        path: the workbook.
        pot: pence in place of the cell `Pot`.
        templates: a folder of templates that comes first.
        scenarios: whether to try the scenarios too.

    Raises:
        XlframeworkError: if the split is impossible, or the file cannot be read.
    """
    declared = read_declared(templates)
    book = open_workbook(path).book
    snapshot, structure = take_snapshot(book, declared.workbook, declared.catalogue)
    if snapshot is None:
        return Allocated(None, (), structure)
    return split_snapshot(snapshot, declared, pot, scenarios=scenarios)


def split_snapshot(
    snapshot: Snapshot, declared: Declared, pot: int | None = None, *, scenarios: bool = False
) -> Allocated:
    """Split the pot of a snapshot, once its areas and lines are known to fit together."""
    inputs = read_split_inputs(snapshot, pot)
    formula = inputs.formula if pot is None else with_pot(inputs.formula, pot)
    check_areas(inputs.areas)
    check_line_areas(snapshot, declared.workbook, inputs.areas)
    return _allocated(inputs.areas, formula, declared.catalogue, scenarios=scenarios)


def check_line_areas(snapshot: Snapshot, spec: WorkbookSpec, areas: tuple[CspArea, ...]) -> None:
    """Check that every area code in `Lines` stands in `Areas`.

    Raises:
        AllocationError: naming the cell.
    """
    check_line_codes(read_budget(snapshot, spec).lines, areas)


def _allocated(
    areas: tuple[CspArea, ...], formula: Formula, catalogue: Catalogue, *, scenarios: bool
) -> Allocated:
    check_known(areas, known_areas())
    split = split_pot(areas, formula)
    tried = try_scenarios(areas, formula) if scenarios else ()
    return Allocated(split, tried, split_findings(split, catalogue))


def with_pot(formula: Formula, pence: int) -> Formula:
    """Give a formula another pot, said on the command line."""
    return replace(formula, pot=pence, places={**formula.places, "pot": Place("--pot")})


def _pot(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        pence = parse_pounds(text)
    except MoneyError as error:
        raise AllocationError(Place("--pot"), f"{error}; write it as 639675.00, say.") from error
    if pence is None:
        raise AllocationError(Place("--pot"), "there is no amount; write it as 639675.00, say.")
    return pence


def find_areas(given: str | Path) -> Path:
    """Find a file of areas by its path, or a bundled one by its name (`leicestershire`)."""
    path, bundled = Path(given), areas_folder() / f"{given}.csv"
    return bundled if not path.exists() and bundled.is_file() else path


def find_formula(given: str | Path, templates: Path | None = None) -> Path:
    """Find a formula file by its path, or one of the templates by its name (`2016-17-plf`)."""
    path = Path(given)
    bundled = None if path.exists() else find_template(f"allocation/{given}.toml", templates)
    return bundled or path


def _outcome(allocated: Allocated) -> Outcome:
    if allocated.split is None:
        return Outcome(COMMAND, findings_text(allocated.findings), allocated.findings)
    data = split_data(allocated.split)
    parts = [split_text(allocated.split)]
    if allocated.scenarios:
        data["scenarios"] = scenario_data(allocated.scenarios)
        parts.append(scenarios_text(allocated.scenarios))
    if allocated.findings:
        parts.append(findings_text(allocated.findings))
    return Outcome(COMMAND, "\n\n".join(parts), allocated.findings, data)


# --- carrying the awards into `Lines` (`--adopt "2025/26 Budget"`) ----------------------
#
# `split_snapshot` gives the split of an open workbook; what adopting adds is a change set
# for the amount column of `Lines`, one cell a line that has an area code.
