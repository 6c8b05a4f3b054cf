"""Rules about `Sections`: names that SUMIFS can match, and amounts that are not counted twice."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from xlframework.ground.finding import Finding
from xlframework.ground.folding import folded
from xlframework.ground.money import pounds_text
from xlframework.ground.place import Place
from xlframework.model.budget import Budget, Line, Section, Unread
from xlframework.model.catalogue import Catalogue
from xlframework.rules.checks.name_parts import name_of
from xlframework.rules.checks.nearness import alike
from xlframework.rules.subtotals import SectionKey, key_of

_WILDCARDS = "*?~"
_OPERATORS = ("<", ">", "=")

# SUMIFS cannot match a criterion longer than this.
_LONGEST_NAME = 255


def _named(budget: Budget) -> Iterator[tuple[str, str, Place]]:
    """Give each name of a block or section with its column and where it stands."""
    for section in budget.sections:
        yield "Block", section.block, section.origin.place("Block")
        yield "Section", section.name, section.origin.place("Section")
    for line in budget.lines:
        yield "Block", line.block, line.origin.place("Block")
        yield "Section", line.section, line.origin.place("Section")


def patterns(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rule `section-name-pattern`: a name holds nothing that SUMIFS takes for a pattern."""
    for column, name, place in _named(budget):
        signs = sorted({sign for sign in name if sign in _WILDCARDS})
        if name.startswith(_OPERATORS):
            signs.append(f"{name[0]} at the start")
        if signs:
            yield catalogue.finding(
                "section-name-pattern",
                place,
                f"the {column.lower()} name {name!r} holds {', '.join(signs)}, which Excel takes "
                "for a search pattern, so subtotals could count other lines too",
                found=name,
            )
        elif len(name) > _LONGEST_NAME:
            yield catalogue.finding(
                "section-name-pattern",
                place,
                f"the {column.lower()} name has {len(name)} characters; Excel's subtotals match "
                f"at most {_LONGEST_NAME}",
                found=name[:40] + "...",
            )


def near_names(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rule `section-name-near`: two names differ in more than case and spaces."""
    spellings: defaultdict[tuple[str, str | Decimal], dict[str, Place]] = defaultdict(dict)
    for column, name, place in _named(budget):
        if name:
            spellings[column, _as_compared(name)].setdefault(name, place)
    for (column, _), variants in spellings.items():
        (first, first_place), *others = variants.items()
        for name, place in others:
            yield catalogue.finding(
                "section-name-near",
                place,
                f"the {column.lower()} {name!r} is as good as the same as {first!r} "
                f"in {first_place.sheet or first_place.file} {first_place.cell}",
                expected=first,
                found=name,
            )


def _as_compared(name: str) -> str | Decimal:
    """Fold case and spaces; and names that are numbers, because SUMIFS takes 1.10 for 1.1."""
    plain = folded(name)
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return plain
    return number if number.is_finite() else plain


def similar_names(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rule `section-name-similar`: two names are not a slip of the hand apart.

    A section that only a line names is added by refresh, so a slip would make one.
    """
    first: dict[tuple[str, str], Place] = {}
    for column, name, place in _named(budget):
        first.setdefault((column, name), place)
    listed = list(first)
    for number, (column, name) in enumerate(listed):
        for other_column, earlier in listed[:number]:
            if column == other_column and _is_slip(name, earlier):
                there = first[column, earlier]
                yield catalogue.finding(
                    "section-name-similar",
                    first[column, name],
                    f"the {column.lower()} {name!r} is nearly {earlier!r} in "
                    f"{there.sheet or there.file} {there.cell}",
                    expected=earlier,
                    found=name,
                )


def _is_slip(name: str, other: str) -> bool:
    # Two spellings that differ in case and spaces alone are another rule's.
    one, two = map(folded, (name, other))
    return one != two and alike(name_of(one), name_of(two))


def blank_names(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rule `section-name-blank`: every row of `Sections` names its block and section."""
    for section in budget.sections:
        for header, name in (("Block", section.block), ("Section", section.name)):
            if not name.strip():
                yield catalogue.finding(
                    "section-name-blank",
                    section.origin.place(header),
                    f"row {section.origin.row} of Sections has no {header}",
                )


def duplicates(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rule `section-duplicate`: a section stands once, or totals count it twice."""
    seen: dict[SectionKey, Section] = {}
    for section in budget.sections:
        earlier = seen.setdefault(key_of(section), section)
        if earlier is not section and section.block.strip() and section.name.strip():
            yield catalogue.finding(
                "section-duplicate",
                section.origin.place("Section"),
                f"the section {section.name} of {section.block} already stands in row "
                f"{earlier.origin.row}, so totals would count it twice",
                found=section.name,
            )


def entered_amounts(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rules `section-entered-twice`, `section-amount-unread`: an entered amount stands alone."""
    lines = _lines_with_amounts(budget)
    for section in budget.sections:
        for header, amount in section.entered.items():
            place = section.origin.place(header)
            if isinstance(amount, Unread):
                yield catalogue.finding(
                    "section-amount-unread",
                    place,
                    f"{section.name}, {header}: {amount.shown!r} is not an amount",
                    found=amount.shown,
                )
            elif isinstance(amount, int) and (carriers := lines.get((*key_of(section), header))):
                ids = ", ".join(line.line_id or f"row {line.origin.row}" for line in carriers)
                yield catalogue.finding(
                    "section-entered-twice",
                    place,
                    f"{section.name}, {header}: an amount is entered here and the lines {ids} "
                    "have amounts too",
                    expected=pounds_text(sum(line.pence(header) for line in carriers)),
                    found=pounds_text(amount),
                    difference=pounds_text(amount - sum(line.pence(header) for line in carriers)),
                )


def missing_amounts(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rule `section-amount-missing`: a section with entered amounts has one in every column.

    A column in which no section has anything yet is left alone.
    """
    lines = _lines_with_amounts(budget)
    in_use = {header for _, _, header in lines}
    in_use.update(header for section in budget.sections for header in section.entered)
    for section in budget.sections:
        for header in budget.headers if section.entered else ():
            has_amount = header in section.entered or (*key_of(section), header) in lines
            if header in in_use and not has_amount:
                yield catalogue.finding(
                    "section-amount-missing",
                    section.origin.place(header),
                    f"{section.name}, {header}: neither the section nor a line of it has an "
                    "amount, so it counts as nought",
                )


def _lines_with_amounts(budget: Budget) -> Mapping[tuple[str, str, str], list[Line]]:
    found: defaultdict[tuple[str, str, str], list[Line]] = defaultdict(list)
    for line in budget.lines:
        for header, amount in line.amounts.items():
            if amount is not None:
                found[(*key_of(line), header)].append(line)
    return found
