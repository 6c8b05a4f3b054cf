"""A split in words and a table, for a person who has to explain it."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from textwrap import fill

from xlframework.commands.wording import plural, table_amount, table_text
from xlframework.ground.exact import decimal_text, percent_text, round_half_up, short_text
from xlframework.ground.money import spoken_pounds
from xlframework.model.formula import Formula, Quantity
from xlframework.rules.allocation.allocate import AreaAward, Split
from xlframework.rules.allocation.scenario import Scenario

_WIDTH = 96
_UNKNOWN = ""

# As many scenarios as fit beside the names of the areas.
_ACROSS = 7


def split_text(split: Split) -> str:
    """Explain a split: how, the table, and what moved."""
    formula = split.formula
    heading = [formula.name or "The split", *([formula.source] if formula.source else [])]
    return "\n\n".join(
        [
            "\n".join(fill(line, _WIDTH) for line in heading),
            fill(" ".join(how(split)), _WIDTH),
            _table(split),
            fill(" ".join(what_moved(split)), _WIDTH),
        ]
    )


def how(split: Split) -> Iterator[str]:
    """Say in sentences by which rules a pot was split."""
    formula = split.formula
    if split.top_slice:
        yield (
            f"Of {spoken_pounds(formula.pot)}, {spoken_pounds(split.top_slice)} is kept centrally."
        )
    yield (
        f"{spoken_pounds(split.to_split)} is split between {plural(len(split.areas), 'area')} in "
        f"units of {spoken_pounds(formula.unit)}."
    )
    if formula.base_amount:
        yield f"Every area has {spoken_pounds(formula.base_amount)} first."
    yield f"Need is {_need_words(formula)}."
    yield from _softening(split)
    if split.left_over:
        yield (
            f"Rounding is by largest remainder: {plural(split.left_over, 'area')} rounded up, the "
            "others down."
        )
    else:
        yield "Every amount is whole units, so nothing is rounded."


def _need_words(formula: Formula) -> str:
    if formula.combine == "product":
        return " times ".join(
            each.name if each.weight == 1 else f"{each.name} to the power {short_text(each.weight)}"
            for each in formula.indicators
            if each.weight
        )
    return ", ".join(
        f"{_weight_words(each.weight)} {each.name} (by {each.basis})" for each in formula.indicators
    )


def _weight_words(weight: Fraction) -> str:
    percent = short_text(weight * 100)
    return f"{percent}%" if Fraction(percent) == weight * 100 else f"{weight} of"


def _softening(split: Split) -> Iterator[str]:
    formula = split.formula
    for word, bound in (("floor", formula.floor), ("ceiling", formula.ceiling)):
        if bound is not None:
            held = [each.name for each in split.areas if each.bound == word]
            names = ", ".join(held) if held else "no area"
            yield f"A {word} of {_bound_words(bound)} holds {names}."
    if formula.damping is not None and split.factor is not None:
        yield (
            f"No award falls below its previous one {_signed_percent(formula.damping)}; gains "
            f"above that are paid at {percent_text(split.factor)} of what need says."
        )
    if formula.phase is not None:
        yield (
            f"Awards go {short_text(formula.phase * 100)}% of the way from the previous split, "
            "scaled to this pot, to need."
        )


def _bound_words(bound: Quantity) -> str:
    if bound.meaning == "pounds":
        return spoken_pounds(round_half_up(bound.number))
    return f"{short_text(bound.number * 100)}% of the previous award"


def _signed_percent(growth: Fraction) -> str:
    if not growth:
        return "at all"
    return f"{'plus' if growth > 0 else 'less'} {short_text(abs(growth) * 100)}%"


def _table(split: Split) -> str:
    names = [each.name for each in split.formula.indicators]
    headers = ["Area", *names, "Weighted", "Need", "Bound", "Award", "Previous", "Change", "%"]
    rows = [
        [
            each.name,
            *(percent_text(each.shares[name], 2) for name in names),
            percent_text(each.share, 2),
            amount_text(round_half_up(each.need)),
            "" if each.bound == "none" else each.bound,
            amount_text(each.award),
            amount_text(each.previous),
            change_text(each.change),
            percent_words(each),
        ]
        for each in split.areas
    ]
    return _without_blank_columns(headers, [*rows, _total_row(split, len(names))])


def _total_row(split: Split, indicators: int) -> list[str]:
    previous = _previous_total(split)
    moved = None if previous is None else split.total - previous
    need, total = amount_text(split.to_split), amount_text(split.total)
    last = ["", total, amount_text(previous), change_text(moved), ""]
    return ["Total", *[""] * (indicators + 1), need, *last]


def _without_blank_columns(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    kept = [i for i in range(len(headers)) if any(row[i] for row in rows)]
    return table_text([headers[i] for i in kept], [[row[i] for i in kept] for row in rows])


def amount_text(pence: int | None) -> str:
    """Write an amount for a table, with pence only where it has some; blank where not known."""
    return _UNKNOWN if pence is None else table_amount(pence)


def change_text(pence: int | None) -> str:
    """Write a change with its sign."""
    return f"{'+' if pence > 0 else ''}{amount_text(pence)}" if pence is not None else _UNKNOWN


def percent_words(award: AreaAward) -> str:
    """Write the change in per cent; blank where there is nothing to compare with."""
    change = award.change_percent
    if change is None:
        return _UNKNOWN
    return f"{'+' if change > 0 else ''}{decimal_text(change, 1)}%"


def _previous_total(split: Split) -> int | None:
    known = [each.previous for each in split.areas if each.previous is not None]
    return sum(known) if len(known) == len(split.areas) else None


def what_moved(split: Split) -> Iterator[str]:
    """Say in sentences who gains and who loses most."""
    yield f"The awards add up to {spoken_pounds(split.total)}, to the penny."
    changed = [each for each in split.areas if each.change is not None]
    if not changed:
        return
    most = max(changed, key=lambda each: each.change or 0)
    least = min(changed, key=lambda each: each.change or 0)
    if (most.change or 0) > 0:
        yield f"{most.name} gains most, {spoken_pounds(most.change or 0)}."
    if (least.change or 0) < 0:
        yield f"{least.name} loses most, {spoken_pounds(-(least.change or 0))}."
    previous = _previous_total(split)
    if previous is not None and previous != split.total:
        gap = split.total - previous
        yield (
            f"The previous awards add up to {spoken_pounds(previous)}, so the changes add up to "
            f"{spoken_pounds(gap)}."
        )


def scenarios_text(scenarios: Sequence[Scenario]) -> str:
    """List the scenarios with their winners and losers, then every award under each."""
    summary = [
        [
            f"({number}) {each.name}",
            str(len(each.winners)),
            str(len(each.losers)),
            _worst_words(each),
        ]
        for number, each in enumerate(scenarios, start=1)
    ]
    first = scenarios[0].split
    names = [each.name for each in first.areas] if first is not None else []
    numbered = list(enumerate(scenarios, start=1))
    blocks = [numbered[i : i + _ACROSS] for i in range(0, len(numbered), _ACROSS)]
    problems = [f"{each.name}: {each.problem}" for each in scenarios if each.split is None]
    return "\n\n".join(
        [
            table_text(("Scenario", "Winners", "Losers", "Largest loss"), summary),
            *(_awards_table(names, block) for block in blocks),
            *problems,
        ]
    )


def _awards_table(names: Sequence[str], block: Sequence[tuple[int, Scenario]]) -> str:
    headers = ["Award under scenario", *(f"({number})" for number, _ in block)]
    rows = [[name, *(_award_in(each, row) for _, each in block)] for row, name in enumerate(names)]
    return table_text(headers, rows)


def _worst_words(scenario: Scenario) -> str:
    worst = scenario.largest_loss
    return _UNKNOWN if worst is None else f"{worst.name} {change_text(worst.change)}"


def _award_in(scenario: Scenario, row: int) -> str:
    return amount_text(scenario.split.areas[row].award) if scenario.split is not None else "-"
