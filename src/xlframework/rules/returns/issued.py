"""Works out which partner gets a form, and what its form is filled in with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from xlframework.ground.financial_year import AmountColumn
from xlframework.ground.folding import folded
from xlframework.model.budget import Line, Unread
from xlframework.model.form import Form
from xlframework.model.returns import Covered, Issued, IssuedLine, LeftOut, Locality

Partners = tuple[tuple[Issued, ...], tuple[LeftOut, ...]]

_LAST = Decimal("Infinity")


def issue(
    form: Form, lines: Sequence[Line], localities: Sequence[Locality], column: AmountColumn
) -> Partners:
    """Work out every partner's form.

    Args:
        form: the form.
        lines: every line of the budget.
        localities: the areas, in the order of the workbook.
        column: the year, and the amounts that award and budgets are taken from.

    Returns:
        What each partner's form is filled in with, areas in the order of the workbook and
        providers by name; and who or what gets no form, with the reason.
    """
    ordered = tuple(_of_year(_in_printed_order(lines), str(column)))
    if form.partners == "areas":
        made = list(_for_areas(form, ordered, localities, column))
    else:
        made = list(_for_providers(form, ordered, column))
    return (
        tuple(each for each in made if isinstance(each, Issued)),
        tuple(each for each in made if isinstance(each, LeftOut)),
    )


def tidy(text: str) -> str:
    """Put a name on one line, with single spaces and without signs that nobody can see."""
    spaced = " ".join(text.split())
    if spaced.isprintable():
        return spaced
    return "".join(letter for letter in spaced if letter.isprintable())


def words_of(line: Line, header: str) -> str:
    """Give a word of a line, its spaces tidied; blank where the line has none."""
    word = line.words.get(header)
    if word is None:
        wanted = header.casefold()
        found = (each for name, each in line.words.items() if name.casefold() == wanted)
        word = next(found, "")
    return tidy(str(word))


def service_of(line: Line) -> str:
    """Say what a line pays for: its service, and its provision where it names one."""
    service, provision = words_of(line, "Service"), words_of(line, "Provision")
    return f"{service} \N{EN DASH} {provision}" if service and provision else service or provision


def _in_printed_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    blocks = list(dict.fromkeys(folded(line.block) for line in lines))

    def place(line: Line) -> tuple[int, Decimal, int]:
        order = _LAST if line.order is None else line.order
        return blocks.index(folded(line.block)), order, line.origin.row

    return tuple(sorted(lines, key=place))


def _of_year(lines: Sequence[Line], header: str) -> Iterator[Line]:
    """Give the lines that have an amount in a year, and those that such a line covers."""
    paid = {line.line_id for line in lines if line.amounts.get(header) is not None} - {""}
    for line in lines:
        if line.amounts.get(header) is not None or line.shared_with in paid:
            yield line


def _for_areas(
    form: Form, lines: Sequence[Line], localities: Sequence[Locality], column: AmountColumn
) -> Iterator[Issued | LeftOut]:
    for area in localities:
        own = [line for line in lines if area.code and folded(line.area_code) == folded(area.code)]
        providers = {words_of(line, "Provider") for line in own} - {""}
        provider = providers.pop() if len(providers) == 1 else ""
        names = (area.authority, provider, area.csp, area.name, area.code)
        name = next((each for each in names if each), "")
        if name:
            yield _one(form, Issued(form.name, "", name, area.name, area.code, 0, ()), own, column)


def _for_providers(
    form: Form, lines: Sequence[Line], column: AmountColumn
) -> Iterator[Issued | LeftOut]:
    passed_over = {folded(name) for name in form.leave_out}
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[folded(words_of(line, "Provider"))].append(line)
    for key in sorted(groups):
        own = groups[key]
        name = words_of(own[0], "Provider")
        ids = tuple(line.line_id for line in own)
        if not key:
            yield LeftOut("Lines without a provider", "nobody is named who could be asked", ids)
        elif key in passed_over:
            yield LeftOut(name, "the form leaves this provider out", ids)
        else:
            codes = {line.area_code for line in own}
            code = codes.pop() if len(codes) == 1 else ""
            yield _one(form, Issued(form.name, "", name, "", code, 0, ()), own, column)


def _one(
    form: Form, partner: Issued, own: Sequence[Line], column: AmountColumn
) -> Issued | LeftOut:
    """Give a partner its lines, or say why there is nothing to ask it about."""
    header = str(column)
    asked, covered = tuple(_asked(own, header)), tuple(_covered(own, header))
    award = sum(each.budget for each in asked)
    why = ""
    if any(isinstance(line.amounts.get(header), Unread) for line in own):
        why = f"an amount of {header} cannot be read"
    elif not asked:
        why = "other lines' amounts cover all of it" if covered else f"no line has {header} for it"
    elif form.partners == "areas" and award <= 0:
        why = f"its award for {column.year} is nothing"
    elif form.column_for("line id") is not None and not _are_told_apart(asked):
        why = "a line of it has no ID, or one that another line has too"
    if why:
        ids = tuple(line.line_id for line in own)
        return LeftOut(partner.area or partner.organisation, why, ids)
    return replace(partner, year=str(column.year), award=award, lines=asked, covered=covered)


def _are_told_apart(asked: Sequence[IssuedLine]) -> bool:
    ids = {folded(each.line_id) for each in asked}
    return len(ids) == len(asked) and "" not in ids


def _asked(own: Iterable[Line], header: str) -> Iterator[IssuedLine]:
    for line in own:
        amount = line.amounts.get(header)
        if isinstance(amount, int):
            yield IssuedLine(line.line_id, service_of(line), amount, line)


def _covered(own: Iterable[Line], header: str) -> Iterator[Covered]:
    for line in own:
        if line.amounts.get(header) is None:
            yield Covered(tidy(line.line_id), service_of(line), tidy(line.shared_with))
