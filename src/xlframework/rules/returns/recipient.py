"""Tells whom a return was issued to, however much of it was changed since."""

from collections.abc import Callable
from pathlib import PurePosixPath

from xlframework.ground.folding import folded
from xlframework.model.form import ColumnRole, FieldRole, Form
from xlframework.model.returns import Against, Issued, Return
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.wording import words
from xlframework.rules.returns.words import year_of

# How much each agreement counts; less than the enough of one name alone tells nobody.
_CODE, _ORGANISATION, _AREA, _LINES, _AWARD, _YEAR, _BUDGETS, _FILE = 4, 4, 3, 4, 2, 1, 1, 1
_ENOUGH = 3


def recipient(given: Return, form: Form, against: Against) -> Issued | None:
    """Find what a return's form was issued with.

    Area code, organisation, area and lines tell the partner; the award, the budgets, the
    year and the file's name decide between several.

    Args:
        given: the return.
        form: its form.
        against: what every partner's form is issued with.

    Returns:
        The one that agrees best; None where none agrees in anything that names a partner.
    """
    score = _scorer(given, form)
    best, most = None, 0.0
    for issued in against.issued:
        reached = score(issued) if issued.form == form.name else 0
        if reached > most and reached >= _ENOUGH:
            best, most = issued, reached
    return best


def _scorer(given: Return, form: Form) -> Callable[[Issued], float]:
    """Read once what a return says, and give the function that compares it."""
    organisation, code, area, year = (
        _field(given, form, role) for role in ("organisation", "area code", "area", "year")
    )
    award = _award(given, form)
    stated_year = year_of(year)
    ids, budgets = _column(given, form, "line id"), _budgets(given, form)
    stem = "-".join(words(PurePosixPath(given.file.replace("\\", "/")).stem))

    def score(issued: Issued) -> float:
        lines = {folded(line.line_id) for line in issued.lines} if ids else set()
        shared = len(ids & lines) / len(ids | lines) if ids else 0
        reached = _LINES * shared
        reached += _CODE * (code != "" and code == folded(issued.area_code))
        reached += _ORGANISATION * (
            organisation != "" and organisation == folded(issued.organisation)
        )
        reached += _AREA * (area != "" and area == folded(issued.area))
        reached += _AWARD * (award is not None and award == issued.award)
        reached += _YEAR * (stated_year is not None and stated_year == year_of(issued.year))
        reached += _BUDGETS * bool(budgets and budgets <= {line.budget for line in issued.lines})
        named = "-".join(words(issued.organisation))
        return reached + _FILE * (named != "" and named in stem)

    return score


def _field(given: Return, form: Form, role: FieldRole) -> str:
    entry = Case(given, form).field(role)
    return "" if entry is None else folded(entry.text)


def _award(given: Return, form: Form) -> int | None:
    entry = Case(given, form).field("award")
    return entry.amount if entry is not None and isinstance(entry.amount, int) else None


def _column(given: Return, form: Form, role: ColumnRole) -> set[str]:
    spec = form.column_for(role)
    found = (row.entries.get(spec.header) for row in given.filled) if spec is not None else ()
    return {folded(entry.text) for entry in found if entry is not None and not entry.is_blank}


def _budgets(given: Return, form: Form) -> set[int]:
    spec = form.column_for("budget")
    found = (row.entries.get(spec.header) for row in given.filled) if spec is not None else ()
    return {each.amount for each in found if each is not None and isinstance(each.amount, int)}
