"""Composes the appendix tables of a workbook, with the findings about them."""

from collections.abc import Mapping
from dataclasses import dataclass

from xlframework.appendix.compose.records import AppendixTable
from xlframework.appendix.compose.table import compose
from xlframework.appendix.layout import Layout
from xlframework.commands.printed import printed_words, repeated_words, unmatched_words
from xlframework.commands.table_findings import layout_problems, table_findings
from xlframework.commands.unread_words import unread_words
from xlframework.commands.workbook import split_names
from xlframework.ground.finding import Finding
from xlframework.model.budget import Budget
from xlframework.model.catalogue import Catalogue
from xlframework.model.records import Further
from xlframework.sheets.read_records import AREAS, FORWARD_PLAN, read_records
from xlframework.sheets.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Composed:
    """The tables that could be composed, and what was found on the way."""

    tables: tuple[AppendixTable, ...]
    findings: tuple[Finding, ...]


def compose_all(
    snapshot: Snapshot,
    budget: Budget,
    layouts: tuple[Layout, ...],
    catalogue: Catalogue,
    awards: Mapping[str, int] | None = None,
) -> Composed:
    """Compose one table for each layout; one that cannot be made is left out, with a finding.

    Args:
        snapshot: of the workbook.
        budget: with a section for every line.
        layouts: what to compose.
        catalogue: for the findings.
        awards: pence by area code; None where nothing is split.
    """
    printed = printed_words(snapshot)
    further = Further(
        areas=read_records(snapshot, AREAS),
        awards=awards,
        forward_plan=read_records(snapshot, FORWARD_PLAN),
    )
    tables: list[AppendixTable] = []
    findings: list[Finding] = []
    for layout in layouts:
        has_awards = awards is not None
        problems = layout_problems(snapshot, budget, layout, catalogue, has_awards=has_awards)
        found = tuple(problems)
        findings.extend(found)
        if found:
            continue
        table = compose(layout, budget, printed, further)
        tables.append(table)
        findings.extend(table_findings(snapshot, budget, table, catalogue))
    in_use = {*(layout.name for layout in layouts), *split_names(snapshot.setting("Layouts"))}
    findings.extend(unmatched_words(snapshot, budget, tables, in_use, catalogue))
    findings.extend(repeated_words(snapshot, catalogue))
    findings.extend(unread_words(snapshot, tables, catalogue))
    return Composed(tuple(tables), tuple(findings))


def prints_awards(layouts: tuple[Layout, ...]) -> bool:
    """Tell whether any layout prints the awards of the split."""
    return any(column.compute == "award" for layout in layouts for column in layout.column)
