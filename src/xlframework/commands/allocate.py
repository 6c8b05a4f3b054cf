"""`allocate`: splits a pot between areas, from a workbook or from two text files, explained."""

from collections.abc import Mapping
from pathlib import Path

from xlframework.commands.allocate_data import scenario_data, split_data
from xlframework.commands.allocate_text import scenarios_text, split_text
from xlframework.commands.allocation import Allocation, split_areas, split_snapshot, with_pot
from xlframework.commands.outcome import Outcome
from xlframework.commands.wording import findings_text
from xlframework.commands.workbook import Declared, open_workbook, read_declared
from xlframework.ground.errors import AllocationError, MisuseError
from xlframework.ground.folding import folded
from xlframework.ground.money import MoneyError, parse_pounds
from xlframework.ground.place import Place
from xlframework.ground.shipped import areas_folder, find_template, template_names
from xlframework.model.area_file import read_areas
from xlframework.model.areas import CODE, NAME
from xlframework.model.catalogue import read_catalogue
from xlframework.model.edition import read_csv
from xlframework.model.formula_file import read_formula
from xlframework.model.known_areas import FILE_NAME as CODES_FILE
from xlframework.rules.allocation.check_areas import check_areas, check_line_codes
from xlframework.sheets.read_allocation import read_area_table
from xlframework.sheets.read_budget import read_budget
from xlframework.sheets.snapshot import Snapshot
from xlframework.sheets.structure import take_snapshot

COMMAND = "allocate"
_FORMULAS = "allocation"


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
    return _outcome(split_areas(found, stated, catalogue, tried=scenarios))


def split_workbook(
    path: Path, pot: int | None, templates: Path | None, *, scenarios: bool
) -> Allocation:
    """Split the pot of a workbook, once its areas and lines are known to fit together.

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
        return Allocation(findings=structure)
    return split_checked(snapshot, declared, pot, scenarios=scenarios)


def split_checked(
    snapshot: Snapshot, declared: Declared, pot: int | None = None, *, scenarios: bool = False
) -> Allocation:
    """Split the pot of a snapshot, once every area code in `Lines` is known to be in `Areas`."""
    areas = read_area_table(snapshot)
    check_areas(areas)
    check_line_codes(read_budget(snapshot, declared.workbook).lines, areas)
    return split_snapshot(snapshot, declared, pot, tried=scenarios)


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
    """Find a file of areas by its path, or a bundled one by its name (`leicestershire`).

    Raises:
        MisuseError: if there is neither; the message lists the bundled ones.
    """
    if Path(given).exists():
        return Path(given)
    bundled = _bundled_areas()
    if str(given) not in bundled:
        raise MisuseError(
            f"--areas: there is no file of areas {str(given)!r}; name a CSV file, or one of the "
            f"bundled ones: {', '.join(bundled)}."
        )
    return bundled[str(given)]


def _bundled_areas() -> Mapping[str, Path]:
    """Give the bundled tables that have a row for each area and figures to split by."""
    wanted = {folded(CODE), folded(NAME)}
    return {
        path.stem: path
        for path in sorted(areas_folder().glob("*.csv"), key=lambda path: path.stem)
        if path.name != CODES_FILE and wanted <= set(map(folded, read_csv(path).headers))
    }


def find_formula(given: str | Path, templates: Path | None = None) -> Path:
    """Find a formula file by its path, or one of the templates by its name (`2016-17-plf`).

    Raises:
        MisuseError: if there is neither; the message lists the templates.
    """
    if Path(given).exists():
        return Path(given)
    bundled = find_template(f"{_FORMULAS}/{given}.toml", templates)
    if bundled is None:
        known = ", ".join(template_names(_FORMULAS, templates))
        raise MisuseError(
            f"--formula: there is no formula file {str(given)!r}; name a TOML file, or one of "
            f"those under templates/{_FORMULAS}: {known}."
        )
    return bundled


def _outcome(allocated: Allocation) -> Outcome:
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
