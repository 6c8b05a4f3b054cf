"""Rules about the rows of `Lines`: identifiers, amounts, order, codes and shared amounts."""

from collections.abc import Iterator
from decimal import Decimal

from xlframework.ground.finding import Finding
from xlframework.ground.money import MoneyError, parse_pounds, pounds_text
from xlframework.model.budget import Budget, Line, Unread
from xlframework.model.catalogue import Catalogue

_UNREAD_RULES = {
    "text": "line-amount-text",
    "logical": "line-amount-text",
    "error": "line-amount-error",
    "date": "line-amount-date",
    "fraction": "line-amount-fraction",
    "large": "line-amount-large",
    "not calculated": "line-amount-not-calculated",
    "circular": "line-amount-circular",
}

_UNREAD_MESSAGES = {
    "text": "{shown!r} is text where an amount is due, so no total counts it",
    "logical": "{shown} is not an amount, so no total counts it",
    "error": "the amount shows {shown}, which spoils every total that it belongs to",
    "date": "the amount is formatted as a date ({shown}), so Excel adds up its day number",
    "fraction": "{shown} has a fraction of a penny, so totals cannot be exact",
    "large": "{shown} is larger than any budget",
    "not calculated": "the formula {shown} has no calculated value in the file",
    "circular": "the formula {shown} depends on its own result",
}


def name_of(line: Line) -> str:
    """Name a line to a person: its ID and its service."""
    service = str(line.words.get("Service", "") or "a line without a service")
    return f"{line.line_id} ({service})" if line.line_id else service


def identifiers(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rules `line-id-missing` and `line-id-duplicate`: every line has an ID of its own."""
    first: dict[str, Line] = {}
    for line in budget.lines:
        place = line.origin.place("Line ID")
        if not line.line_id:
            yield catalogue.finding(
                "line-id-missing", place, f"the line {name_of(line)} has no Line ID"
            )
        elif line.line_id in first:
            earlier = first[line.line_id].origin.place("Line ID")
            yield catalogue.finding(
                "line-id-duplicate",
                place,
                f"the Line ID {line.line_id} stands twice; it is already used in {earlier.cell}",
                found=line.line_id,
            )
        else:
            first[line.line_id] = line


def amounts(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rules `line-amount-*`: what stands in an amount column is a whole number of pence."""
    for line in budget.lines:
        for header, amount in line.amounts.items():
            if isinstance(amount, Unread):
                yield catalogue.finding(
                    _UNREAD_RULES[amount.reason],
                    line.origin.place(header),
                    f"{name_of(line)}, {header}: "
                    + _UNREAD_MESSAGES[amount.reason].format(shown=amount.shown),
                    expected=meant_amount(amount),
                    found=amount.shown,
                )


def meant_amount(unread: Unread) -> str | None:
    """Say the amount in pounds that a text was probably meant to be; None where unclear."""
    if unread.reason != "text":
        return None
    try:
        pence = parse_pounds(unread.shown)
    except MoneyError:
        return None
    return None if pence is None else pounds_text(pence)


def negative_amounts(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rule `line-amount-negative`: a budget line is seldom below nought."""
    for line in budget.lines:
        for header, amount in line.amounts.items():
            if isinstance(amount, int) and amount < 0:
                yield catalogue.finding(
                    "line-amount-negative",
                    line.origin.place(header),
                    f"{name_of(line)}, {header}: the amount is below nought",
                    found=pounds_text(amount),
                )


def belonging(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rule `line-section-blank`: every line names its block and its section."""
    for line in budget.lines:
        for header, word in (("Block", line.block), ("Section", line.section)):
            if not word.strip():
                yield catalogue.finding(
                    "line-section-blank",
                    line.origin.place(header),
                    f"{name_of(line)} has no {header}, so no subtotal counts it",
                )


def orders(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rules `line-order-missing` and `line-order-duplicate`: tables print lines by their order."""
    seen: dict[tuple[str, Decimal], Line] = {}
    for line in budget.lines:
        place = line.origin.place("Order")
        if line.order is None:
            yield catalogue.finding(
                "line-order-missing",
                place,
                f"{name_of(line)} has no Order that is a number, so it prints last in its section",
                found=str(line.words.get("Order", "")) or None,
            )
            continue
        earlier = seen.setdefault((line.block, line.order), line)
        if earlier is not line:
            yield catalogue.finding(
                "line-order-duplicate",
                place,
                f"{name_of(line)} has the same Order as {name_of(earlier)} in "
                f"{earlier.origin.place('Order').cell}; the lower Line ID prints first",
                found=f"{line.order:f}",
            )


def codes(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rule `line-code-unlisted`: a coded column holds one of the words on `Lists`."""
    for line in budget.lines:
        for header, listed in budget.lists.items():
            word = str(line.words.get(header, ""))
            if word and listed and word not in listed:
                yield catalogue.finding(
                    "line-code-unlisted",
                    line.origin.place(header),
                    f"{name_of(line)}: {word!r} is not in the list for {header}",
                    expected=" or ".join(listed) if len(listed) <= 8 else None,  # noqa: PLR2004 - as many as a person reads at a glance
                    found=word,
                )


def areas(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rule `line-area-unknown`: an area code stands in `Areas`."""
    known = {code.casefold() for code in budget.area_codes}
    for line in budget.lines:
        if line.area_code and line.area_code.casefold() not in known:
            yield catalogue.finding(
                "line-area-unknown",
                line.origin.place("Area code"),
                f"{name_of(line)}: the area code {line.area_code} is not in Areas",
                found=line.area_code,
            )


def shared_amounts(budget: Budget, catalogue: Catalogue) -> Iterator[Finding]:
    """Rules `line-shared-unknown` and `line-shared-chain`: a shared amount stands on one line."""
    by_id = {line.line_id: line for line in budget.lines if line.line_id}
    for line in budget.lines:
        if not line.shared_with:
            continue
        place = line.origin.place("Shared with")
        carrier = by_id.get(line.shared_with)
        if carrier is None:
            yield catalogue.finding(
                "line-shared-unknown",
                place,
                f"{name_of(line)} is shared with {line.shared_with}, but no line has that Line ID",
                found=line.shared_with,
            )
        elif carrier is line or carrier.shared_with:
            yield catalogue.finding(
                "line-shared-chain",
                place,
                f"{name_of(line)} is shared with {line.shared_with}, which is itself shared "
                f"with {carrier.shared_with}",
                found=line.shared_with,
            )
