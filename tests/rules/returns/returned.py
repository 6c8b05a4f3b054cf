"""How the tests of the rules about returns make a return, change it, and look at its findings."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from openpyxl.workbook import Workbook

from builders import ROOT
from returns_forms import (
    BLABY,
    FREEVA,
    MONITORING,
    PLAN,
    Typed,
    against,
    at,
    by_library,
    monitoring,
    package_of,
    plan,
    typed,
)
from xlframework.commands.check_return import Known, check_file, read_known
from xlframework.ground.finding import Finding
from xlframework.model.returns import Against, Refused, Return
from xlframework.rules.returns.checked import Checked
from xlframework.sheets.package.container import package_bytes

PARTNERS = {PLAN: BLABY, MONITORING: FREEVA}

# A named cell by its name, or a column's cell by its header and the row from 1.
Where = str | tuple[str, int]

__all__ = ["MONITORING", "PLAN", "against", "at"]


@cache
def known(*, compared: bool = True) -> Known:
    return read_known(ROOT / "templates", against() if compared else None)


@cache
def healthy(form: str = PLAN, period: str = "Q2") -> bytes:
    return plan() if form == PLAN else monitoring(period=period)


def cell(where: Where, form: str = PLAN) -> str:
    """Give the address of a cell of the form."""
    name, row = (where, 1) if isinstance(where, str) else where
    return at(form, PARTNERS[form], name, row)


def with_cells(cells: Mapping[Any, Typed], form: str = PLAN, period: str = "Q2") -> bytes:
    """Give a healthy return with other words or figures in some of its cells."""
    return typed(healthy(form, period), {cell(at_, form): to for at_, to in cells.items()})


def edited(change: Callable[[Workbook], object], form: str = PLAN) -> bytes:
    """Give a healthy return as somebody's library changed it."""
    return by_library(healthy(form), change)


def check(
    data: bytes, *, compared: bool = True, file: str = "a return.xlsx", other: Against | None = None
) -> Checked:
    given = known(compared=compared)
    if other is not None:
        given = Known(given.forms, given.catalogue, other)
    return check_file(data, file, given)[0]


def findings(data: bytes, *, compared: bool = True) -> tuple[Finding, ...]:
    return check(data, compared=compared).findings


def at_rule(rule: str, data: bytes, *, compared: bool = True) -> tuple[Finding, ...]:
    """Give the findings of one rule."""
    return tuple(each for each in findings(data, compared=compared) if each.rule == rule)


def only(rule: str, data: bytes, *, compared: bool = True) -> tuple[Finding, ...]:
    """Give the findings of one rule, and see that no other rule found anything."""
    found = findings(data, compared=compared)
    others = [
        f"{each.rule} {each.place.cell}: {each.message}" for each in found if each.rule != rule
    ]
    assert others == []
    return found


def shape(finding: Finding) -> tuple[str, str | None]:
    """Give severity and cell."""
    return finding.severity, finding.place.cell


def figures(finding: Finding) -> tuple[str | None, str | None, str | None]:
    """Give what was compared: expected, found, difference."""
    return finding.expected, finding.found, finding.difference


def returned(data: bytes) -> Return:
    given = check(data).given
    assert not isinstance(given, Refused)
    return given


def with_parts(change: Mapping[str, bytes], form: str = PLAN) -> bytes:
    """Give a healthy return with some of its parts changed or added."""
    return package_bytes(package_of(healthy(form)).replacing(change))


def in_part(part: str, old: bytes, new: bytes, form: str = PLAN) -> bytes:
    """Give a healthy return with other bytes in one of its parts."""
    before = package_of(healthy(form)).parts[part]
    assert old in before
    return with_parts({part: before.replace(old, new)}, form)
