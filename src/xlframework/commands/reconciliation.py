"""Checks the stated figures of a workbook, with the other editions that they refer to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from xlframework.commands.allocation import Allocation, work_out_allocation
from xlframework.commands.workbook import Declared
from xlframework.ground.finding import Finding
from xlframework.ground.folding import folded
from xlframework.ground.shipped import edition_names
from xlframework.model.budget import Budget
from xlframework.model.edition import read_bundled_edition
from xlframework.rules.reconcile.editions import printed_differently
from xlframework.rules.reconcile.evaluate import Setting
from xlframework.rules.reconcile.facts import NOT_SPLIT, Facts
from xlframework.rules.reconcile.figures import Checked, check_figures, read_claims
from xlframework.rules.reconcile.findings import edition_findings
from xlframework.rules.reconcile.tree import Claim, editions_of
from xlframework.rules.subtotals import with_missing_sections
from xlframework.sheets.read_budget import read_budget
from xlframework.sheets.read_facts import amount_places, edition_facts, workbook_facts
from xlframework.sheets.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The stated figures of a workbook, checked.

    Attributes:
        checked: every figure, in the order of the rows.
        setting: what they were worked out from.
        named: the other editions that claims name, as they name them.
    """

    checked: tuple[Checked, ...]
    setting: Setting
    named: frozenset[str] = frozenset()


def reconcile_budget(
    snapshot: Snapshot,
    budget: Budget,
    allocation: Allocation,
    declared: Declared,
    other: Facts | None = None,
) -> Reconciliation:
    """Check every stated figure of a workbook.

    Args:
        snapshot: of the workbook.
        budget: read from it, with a section for every line.
        allocation: its split.
        declared: the declarations.
        other: the edition given with `--with`, which comes before a bundled one of its name.

    Raises:
        DeclarationError: if a bundled edition that a claim refers to cannot be read.
    """
    facts = workbook_facts(snapshot, budget, _awards(allocation))
    claims = read_claims(facts.figures)
    named = frozenset(
        name for claim in claims.values() if isinstance(claim, Claim) for name in editions_of(claim)
    )
    known = (*edition_names(), *((other.edition,) if other is not None else ()))
    setting = Setting(facts, _editions(named, declared, other), tuple(dict.fromkeys(known)))
    return Reconciliation(check_figures(setting, claims), setting, named)


def _awards(allocation: Allocation) -> int | str:
    if allocation.split is not None:
        return allocation.split.total
    reasons = [finding.message for finding in allocation.findings]
    return f"the fund cannot be split: {reasons[0]}" if reasons else NOT_SPLIT


def _editions(names: Iterable[str], declared: Declared, other: Facts | None) -> Mapping[str, Facts]:
    """Read editions, by their names in small letters; those that are not to be had are left out."""
    found: dict[str, Facts] = {}
    bundled = {folded(name): name for name in edition_names()}
    for key in {folded(name) for name in names}:
        if other is not None and key == folded(other.edition):
            found[key] = other
        elif key in bundled:
            found[key] = edition_facts(read_bundled_edition(bundled[key]), declared.workbook)
    return found


def facts_of(snapshot: Snapshot, declared: Declared) -> Facts:
    """Give the facts of another workbook."""
    budget = with_missing_sections(read_budget(snapshot, declared.workbook))
    allocation = work_out_allocation(snapshot, declared, tried=False)
    return workbook_facts(snapshot, budget, _awards(allocation))


def compare_editions(
    snapshot: Snapshot, done: Reconciliation, declared: Declared, other: Facts | None = None
) -> Iterator[Finding]:
    """Say which totals, subtotals and lines other editions print differently.

    A bundled edition is compared with the other bundled ones; any workbook with those
    that its claims refer to, and with the one given with `--with`.

    Args:
        snapshot: of the workbook.
        done: its figures, checked.
        declared: the declarations.
        other: the edition given with `--with`.

    Raises:
        DeclarationError: if a bundled edition cannot be read.
    """
    own = done.setting.facts
    key = folded(own.edition)
    bundled = {folded(name) for name in edition_names()}
    # Those that claims refer to have been read already.
    others = {name: facts for name, facts in done.setting.editions.items() if name != key}
    if key in bundled:
        others |= _editions(bundled - others.keys() - {key}, declared, other)
    if other is not None:
        others[folded(other.edition)] = other
    places = amount_places(snapshot)
    for each in sorted(others):
        yield from edition_findings(
            printed_differently(own, others[each]), places, declared.catalogue
        )
