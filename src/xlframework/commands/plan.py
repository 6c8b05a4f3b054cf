"""Works out a refresh: from a workbook as read to the changes it needs, writing nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from xlframework.appendix.compose.records import AppendixTable
from xlframework.appendix.to_sheet import DEFAULT_HEADER_ROW, appendix_sheet
from xlframework.commands.allocation import (
    Allocation,
    area_codes,
    awards_of,
    work_out_allocation,
)
from xlframework.commands.names import names_within
from xlframework.commands.reconciliation import Reconciliation, reconcile_budget
from xlframework.commands.table_findings import unused_sheets
from xlframework.commands.tables import compose_all
from xlframework.commands.workbook import Declared, layouts_in_use, split_names
from xlframework.ground.finding import Finding
from xlframework.ground.place import Place, cell_name
from xlframework.model.budget import Budget
from xlframework.model.catalogue import Stops
from xlframework.rules.checks.wording import without_repeats
from xlframework.rules.checks.workbook import check_budget
from xlframework.rules.reconcile.findings import UNRECONCILED, figure_findings
from xlframework.rules.subtotals import Totals, total_up, with_missing_sections
from xlframework.sheets.allocation_sheet import wanted_allocation, wanted_split_cells
from xlframework.sheets.change import ChangeSet, WantedCell
from xlframework.sheets.checks_sheet import wanted_checks
from xlframework.sheets.difference import (
    Difference,
    compare_cells,
    compare_growth,
    compare_sheet,
    compare_table,
    find_table,
    merge,
)
from xlframework.sheets.figures_sheet import wanted_figures
from xlframework.sheets.obstacles import Desk
from xlframework.sheets.package.records import Book
from xlframework.sheets.read_budget import read_budget
from xlframework.sheets.scenarios_sheet import TABLE as SCENARIOS
from xlframework.sheets.scenarios_sheet import wanted_scenario_chart, wanted_scenarios
from xlframework.sheets.sections_sheet import growth, wanted_cells
from xlframework.sheets.settings_cells import wanted_counts, wanted_lists
from xlframework.sheets.snapshot import Snapshot
from xlframework.sheets.structure import take_snapshot
from xlframework.sheets.summary_sheet import CHART_NAME, wanted_chart, wanted_summary
from xlframework.sheets.summary_sheet import TABLE as SUMMARY


@dataclass(frozen=True, slots=True)
class Plan:
    """A refresh, worked out.

    Attributes:
        changes: what to write; empty if nothing may be written.
        findings: what was found.
        totals: the budget added up; None if it could not be read.
        tables: the appendix tables.
        stopped: what the findings keep from being written.
        snapshot: the workbook that it was worked out from; None if it could not be taken.
        budget: what was read from it, with a section for every line.
    """

    changes: ChangeSet
    findings: tuple[Finding, ...]
    totals: Totals | None = None
    tables: tuple[AppendixTable, ...] = ()
    stopped: Stops = "nothing"
    snapshot: Snapshot | None = None
    budget: Budget | None = None


@dataclass(frozen=True, slots=True)
class _Figures:
    """What the sheets are filled with."""

    budget: Budget
    totals: Totals
    tables: tuple[AppendixTable, ...]
    findings: tuple[Finding, ...]
    allocation: Allocation
    reconciliation: Reconciliation


def plan_refresh(book: Book, declared: Declared) -> Plan:
    """Work out what a refresh changes.

    Args:
        book: the workbook as read.
        declared: the declarations.

    Returns:
        The plan. Where a finding stops everything, nothing is changed; where one
        stops figures, only `Checks` and its counts on the Cover are.

    Raises:
        UnreadableFileError: if the workbook has none of our tables.
        DeclarationError: if a layout in use cannot be followed.
    """
    snapshot, structure = take_snapshot(book, declared.workbook, declared.catalogue)
    if snapshot is None:
        return Plan(ChangeSet(), structure, stopped="everything")
    figures = _figures(snapshot, declared, structure)
    stops = declared.catalogue.stopped_by(figures.findings)
    plan = Plan(
        changes=ChangeSet(),
        findings=figures.findings,
        totals=figures.totals,
        tables=figures.tables,
        stopped=stops,
        snapshot=snapshot,
        budget=figures.budget,
    )
    if stops == "everything":
        return plan
    desk = Desk(book, snapshot.palette, declared.catalogue)
    checks = _check_changes(desk, snapshot, declared, figures)
    rest = _figure_changes(desk, snapshot, declared, figures) if stops == "nothing" else ()
    blocked = tuple(finding for _, findings in (*rest, *checks) for finding in findings)
    if blocked:
        return replace(plan, findings=(*figures.findings, *blocked), stopped="everything")
    return replace(plan, changes=merge(changes for changes, _ in (*rest, *checks)))


def _figures(snapshot: Snapshot, declared: Declared, structure: tuple[Finding, ...]) -> _Figures:
    catalogue = declared.catalogue
    budget = read_budget(snapshot, declared.workbook)
    full = with_missing_sections(budget)
    layouts, unknown = layouts_in_use(snapshot, declared)
    allocation = work_out_allocation(snapshot, declared)
    composed = compose_all(snapshot, full, layouts, catalogue, awards_of(allocation))
    of_words = names_within(snapshot, layouts, declared)
    reconciliation = reconcile_budget(snapshot, full, allocation, declared)
    findings = (
        *structure,
        *_no_lines(snapshot, budget, declared),
        *without_repeats(check_budget(budget, catalogue), of_words),
        *of_words,
        *_missing_years(snapshot, declared),
        *_unlisted_years(snapshot, declared),
        *_unknown_columns(snapshot, declared),
        *_missing_chart(snapshot, declared),
        *unknown,
        *composed.findings,
        *unused_sheets(snapshot, layouts, catalogue),
        *allocation.findings,
        *figure_findings(reconciliation.checked, catalogue, UNRECONCILED),
    )
    return _Figures(full, total_up(full), composed.tables, findings, allocation, reconciliation)


def _no_lines(snapshot: Snapshot, budget: Budget, declared: Declared) -> Iterator[Finding]:
    """Rule `no-lines`: the budget has lines, or entered amounts in their place."""
    if not budget.lines and not any(section.entered for section in budget.sections):
        place = snapshot.table_place("Lines")
        yield declared.catalogue.finding("no-lines", place, "the table Lines has no lines")


def _missing_years(snapshot: Snapshot, declared: Declared) -> Iterator[Finding]:
    """Rule `year-missing`: `Lines` has every year that the Cover names."""
    known = {str(column).casefold() for column in snapshot.tables["Lines"].amounts}
    for year in split_names(snapshot.setting("Years")):
        if year.casefold() not in known:
            yield declared.catalogue.finding(
                "year-missing",
                snapshot.setting_place("Years"),
                f"the Cover names {year}, but Lines has no amount column with that header",
                expected=year,
                found=", ".join(map(str, snapshot.tables["Lines"].amounts)) or None,
            )


def _unlisted_years(snapshot: Snapshot, declared: Declared) -> Iterator[Finding]:
    """Rule `year-unlisted`: the Cover names every year that `Lines` has."""
    listed = {year.casefold() for year in split_names(snapshot.setting("Years"))}
    for column in snapshot.tables["Lines"].amounts:
        if str(column).casefold() not in listed:
            yield declared.catalogue.finding(
                "year-unlisted",
                snapshot.setting_place("Years"),
                f"Lines has the amount column {column}, but the Cover does not name it",
                expected=str(column),
            )


def _unknown_columns(snapshot: Snapshot, declared: Declared) -> Iterator[Finding]:
    """Rule `section-column-unknown`: `Sections` has no amount column that `Lines` lacks."""
    view = snapshot.tables["Sections"]
    for column in view.amounts:
        if column not in snapshot.tables["Lines"].amounts:
            cell = cell_name(view.table.area.first_row, view.columns[str(column)])
            yield declared.catalogue.finding(
                "section-column-unknown",
                Place(snapshot.book.file, view.sheet.name, cell),
                f"Sections has a column {column}, but Lines has none",
                found=str(column),
            )


def _missing_chart(snapshot: Snapshot, declared: Declared) -> Iterator[Finding]:
    """Rule `chart-missing`: our chart is there, unless the team has done away with it."""
    if CHART_NAME not in snapshot.book.charts:
        yield declared.catalogue.finding(
            "chart-missing",
            Place(snapshot.book.file, snapshot.tables[SUMMARY].sheet.name),
            f"there is no chart named {CHART_NAME}, so none is kept up to date",
        )


def _check_changes(
    desk: Desk, snapshot: Snapshot, declared: Declared, figures: _Figures
) -> tuple[Difference, ...]:
    counts = wanted_counts(snapshot, declared.workbook, figures.budget, figures.findings)
    return (
        compare_table(desk, wanted_checks(figures.findings)),
        (compare_cells(desk, counts), ()),
    )


def _figure_changes(
    desk: Desk, snapshot: Snapshot, declared: Declared, figures: _Figures
) -> tuple[Difference, ...]:
    columns = figures.budget.columns
    summary = wanted_summary(figures.totals, columns)
    chart = wanted_chart(find_table(desk.book, SUMMARY), summary, columns)
    # Without an amount column there is nothing to draw; the chart is left as it is.
    charts = (chart,) if columns and chart.name in desk.book.charts else ()
    lists = wanted_lists(snapshot, declared.workbook, figures.budget)
    return (
        *_section_changes(desk, snapshot, figures),
        (compare_cells(desk, lists), ()),
        compare_table(desk, summary),
        (ChangeSet(charts=charts), ()),
        *_allocation_changes(desk, snapshot, figures),
        *_appendix_changes(desk, snapshot, figures),
        (compare_cells(desk, _stated_figures(snapshot, figures.reconciliation)), ()),
    )


def _stated_figures(snapshot: Snapshot, done: Reconciliation) -> Iterator[WantedCell]:
    """Fill the columns of `Figures` that are ours; the rest of the table is the team's."""
    view, names = snapshot.tables["Figures"], frozenset(snapshot.names)
    return wanted_figures(view, done.checked, done.setting, names)


def _allocation_changes(
    desk: Desk, snapshot: Snapshot, figures: _Figures
) -> tuple[Difference, ...]:
    """Rewrite the split; one that cannot be worked out leaves the sheet as it was."""
    if figures.allocation.is_impossible:
        return ()
    split, tried = figures.allocation.split, figures.allocation.scenarios
    codes = area_codes(snapshot)
    chart = wanted_scenario_chart(find_table(desk.book, SCENARIOS), tried)
    charts = (chart,) if chart is not None and chart.name in desk.book.charts else ()
    return (
        compare_table(desk, wanted_allocation(split, figures.budget, codes)),
        (compare_cells(desk, wanted_split_cells(snapshot, split)), ()),
        compare_table(desk, wanted_scenarios(tried)),
        (ChangeSet(charts=charts), ()),
    )


def _section_changes(desk: Desk, snapshot: Snapshot, figures: _Figures) -> tuple[Difference, ...]:
    view = snapshot.tables["Sections"]
    # One section a used row; those that only lines name follow them.
    old = figures.budget.sections[: len(view.rows)]
    new = figures.budget.sections[len(view.rows) :]
    cells = wanted_cells(view, old, new, figures.totals)
    return (
        compare_growth(desk, growth(view, figures.budget.headers, new)),
        (compare_cells(desk, cells), ()),
    )


def _appendix_changes(desk: Desk, snapshot: Snapshot, figures: _Figures) -> Iterator[Difference]:
    after = snapshot.tables[SUMMARY].sheet.name
    for table in figures.tables:
        view = snapshot.appendices.get(table.layout.table_name)
        area = view.table.area if view is not None else None
        wanted = appendix_sheet(
            table,
            after,
            area.first_row if area else DEFAULT_HEADER_ROW,
            area.first_column if area else 1,
        )
        after = view.sheet.name if view is not None else after
        yield compare_sheet(desk, wanted)
