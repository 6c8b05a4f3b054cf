"""Rules about several returns together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from xlframework.ground.folding import folded
from xlframework.ground.place import Place
from xlframework.model.catalogue import Catalogue
from xlframework.model.form import FieldRole, Form
from xlframework.model.returns import Issued, Return
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.checked import Checked
from xlframework.rules.returns.words import year_of

_MOST_NAMED = 5

Subject = tuple[str, str, str, str]


def about(given: Return, form: Form, issued: Issued | None) -> Subject | None:
    """Give form, organisation, year and period of a return; None where it names nobody.

    Args:
        given: the return.
        form: its form.
        issued: what its form was issued with, where that is known: however its name was
            changed, a return is from the partner that the form was issued to.
    """
    stated = _text(given, form, "organisation") or _text(given, form, "area code")
    organisation = folded(stated if issued is None else issued.organisation)
    if not organisation:
        return None
    text = _text(given, form, "year")
    year = str(year_of(text) or (folded(text) if issued is None else issued.year))
    return form.name, organisation, year, folded(_text(given, form, "period"))


def declared_on(given: Return, form: Form) -> date | None:
    """Give the day that a return was declared on; None where it does not say."""
    entry = Case(given, form).field("declared on")
    return None if entry is None else entry.day


def _text(given: Return, form: Form, role: FieldRole) -> str:
    entry = Case(given, form).field(role)
    return "" if entry is None else entry.text


def groups(checked: Iterable[Checked]) -> tuple[tuple[Checked, ...], ...]:
    """Put the returns about one thing together, in the order they came."""
    found: defaultdict[Subject, list[Checked]] = defaultdict(list)
    for each in checked:
        if each.about is not None:
            found[each.about].append(each)
    return tuple(tuple(members) for members in found.values())


def check_batch(checked: Sequence[Checked], catalogue: Catalogue) -> tuple[Checked, ...]:
    """Rule `return-several`: say on each of several returns about one thing which others there are.

    Args:
        checked: every submitted file.
        catalogue: for severity and advice.

    Returns:
        The same files in the same order, with what was found beside.
    """
    added: dict[int, Checked] = {}
    for members in groups(checked):
        counts = latest(members)
        for one in members if len(members) > 1 else ():
            message = _said(one, counts, members)
            finding = catalogue.finding("return-several", Place(one.file), message)
            added[id(one)] = replace(one, findings=(*one.findings, finding))
    return tuple(added.get(id(each), each) for each in checked)


def _said(one: Checked, counts: Checked, members: Sequence[Checked]) -> str:
    others = [each.file for each in members if each is not one]
    named = ", ".join(others[:_MOST_NAMED]) + (", ..." if len(others) > _MOST_NAMED else "")
    which = "this one" if one is counts else counts.file
    said = (
        f"there are {len(members)} returns for this organisation, year and period, and {which}, "
        "the latest, counts"
    )
    if len(others) > 1:
        return f"{said}; the others are {named}"
    return f"{said}; the other is {named}" if one is counts else said


def latest(checked: Sequence[Checked]) -> Checked:
    """Give the one of several returns that counts.

    That is the one declared on the latest day; of those the one that a program saved last,
    as the files themselves say; of those the last by name.

    Args:
        checked: at least one.
    """
    return max(checked, key=_age)


def _age(checked: Checked) -> tuple[date, str, str]:
    given = checked.given
    saved = given.saved if isinstance(given, Return) else ""
    return checked.declared or date.min, saved, checked.file
