"""Proposes which line that is gone may be which line that is new, and says what that rests on."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlframework.ground.money import spoken_pounds
from xlframework.model.budget import Line
from xlframework.rules.compare.likeness import folded, likeness, words_of
from xlframework.rules.compare.match import (
    Match,
    equal_amounts,
    has_same_provider,
    left_over,
    one_to_one,
    provider_of,
    service_of,
)
from xlframework.rules.compare.records import ColumnPair

# Fewer digits before the noughts make a round amount, which many lines have: 50,000, 34,000.
_TELLING_DIGITS = 3

# A shorter description may be anybody's: Various, Contingency.
_TELLING_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for two lines being one.

    Attributes:
        service: how much the names of the services are alike, from 0 to 1,
        provider: and those of the providers.
        equal: the columns in which the amounts are equal, with the amount in pence.
        differing: how many columns have two other amounts.
        is_name: whether the services' names are those of one line each, not of several,
            as Grant may be.
        provision: whether both describe the provision in the same words.
        line_id: whether both have one Line ID, in budgets whose IDs can be followed.
        section: whether both stand in a section of one name.
    """

    service: float
    provider: float
    equal: tuple[tuple[ColumnPair, int], ...]
    differing: int
    is_name: bool
    provision: bool
    line_id: bool
    section: bool

    @property
    def same_amounts(self) -> bool:
        """Whether the amounts speak for it more than against it."""
        return len(self.equal) > self.differing

    @property
    def is_telling_amount(self) -> bool:
        """Whether the amounts alone can speak for it: twice the same, or an odd one."""
        return not self.differing and (
            len(self.equal) > 1 or any(not _is_round(pence) for _, pence in self.equal)
        )

    @property
    def rests_on_amounts(self) -> bool:
        """Whether nothing but equal amounts in one section speaks for it."""
        return not (self.service or self.provider or self.provision or self.line_id)

    @property
    def is_enough(self) -> bool:
        """Whether it is worth a person's look."""
        if self.service and (self.is_name or self.provider or self.same_amounts):
            return True
        if self.line_id and (self.provider or self.equal or self.provision):
            return True
        if self.provider and (self.same_amounts or self.provision):
            return True
        return self.section and self.is_telling_amount

    @property
    def weight(self) -> float:
        """How strong it is, to choose between two proposals for one line."""
        amounts = 2 * bool(self.equal) + len(self.equal) - self.differing
        names = 8 * self.service + 4 * self.provider + 4 * self.provision
        return names + amounts + 6 * self.line_id + self.section


def _is_round(pence: int) -> bool:
    return len(str(abs(pence)).rstrip("0")) < _TELLING_DIGITS


def propose(
    old: Sequence[Line],
    new: Sequence[Line],
    pairs: Sequence[ColumnPair],
    matched: Sequence[Match],
    *,
    by_ids: bool,
) -> tuple[Match, ...]:
    """Propose renames among the lines that are in one budget only, one to one.

    Args:
        old: all lines before.
        new: all lines after.
        pairs: the compared columns.
        matched: what is matched already.
        by_ids: whether one Line ID speaks for one line.

    Returns:
        The proposals, each with what it rests on. Where two lines could be meant and
        only amounts speak, none is proposed.
    """
    before = left_over(len(old), (match.old for match in matched))
    after = left_over(len(new), (match.new for match in matched))
    repeated = _repeated(old) | _repeated(new)
    found = {
        (o, n): evidence
        for o in before
        for n in after
        if (evidence := _evidence(old[o], new[n], pairs, repeated, by_ids=by_ids)).is_enough
    }
    ambiguous = _ambiguous(found)
    ranks_old = {o: rank for rank, o in enumerate(before)}
    ranks_new = {n: rank for rank, n in enumerate(after)}

    def order(pair: tuple[int, int]) -> tuple[float, int, int]:
        first, second = ranks_old[pair[0]], ranks_new[pair[1]]
        return -found[pair].weight, abs(first - second), first + second

    chosen = one_to_one(pair for pair in sorted(found, key=order) if pair not in ambiguous)
    return tuple(
        Match(o, n, "proposal", (*_reasons(old[o], new[n], found[o, n]), *_doubt(found, (o, n))))
        for o, n in sorted(chosen)
    )


def _doubt(found: Mapping[tuple[int, int], _Evidence], chosen: tuple[int, int]) -> tuple[str, ...]:
    """Say so where as much speaks for another line."""
    weight = found[chosen].weight
    rivals = [
        pair
        for pair, evidence in found.items()
        if pair != chosen
        and (pair[0] == chosen[0] or pair[1] == chosen[1])
        and evidence.weight >= weight
    ]
    return ("but another line fits as well",) if rivals else ()


def _ambiguous(found: Mapping[tuple[int, int], _Evidence]) -> set[tuple[int, int]]:
    """Give the proposals that rest on amounts alone, where the amounts fit other lines too."""
    alone = [pair for pair, evidence in found.items() if evidence.rests_on_amounts]
    olds, news = Counter(o for o, _ in alone), Counter(n for _, n in alone)
    return {(o, n) for o, n in alone if olds[o] > 1 or news[n] > 1}


def _repeated(lines: Sequence[Line]) -> set[str]:
    """Give the services that several lines of one budget have."""
    times = Counter(folded(service_of(line)) for line in lines)
    return {service for service, number in times.items() if number > 1}


def _evidence(
    old: Line, new: Line, pairs: Sequence[ColumnPair], repeated: Container[str], *, by_ids: bool
) -> _Evidence:
    equal = equal_amounts(old, new, pairs)
    provider = 1.0 if has_same_provider(old, new) else likeness(provider_of(old), provider_of(new))
    return _Evidence(
        service=likeness(service_of(old), service_of(new)),
        provider=provider,
        equal=equal,
        differing=sum(_differ(old, new, pair) for pair in pairs),
        is_name=all(folded(service_of(line)) not in repeated for line in (old, new)),
        provision=_same_provision(old, new),
        line_id=by_ids and bool(old.line_id) and old.line_id == new.line_id,
        section=bool(old.section) and folded(old.section) == folded(new.section),
    )


def _differ(old: Line, new: Line, pair: ColumnPair) -> bool:
    before, after = old.amounts.get(pair.old), new.amounts.get(pair.new)
    return bool(before and after) and before != after


def _same_provision(old: Line, new: Line) -> bool:
    before, after = (folded(str(line.words.get("Provision", ""))) for line in (old, new))
    return before == after and len(words_of(before)) >= _TELLING_WORDS


def _reasons(old: Line, new: Line, evidence: _Evidence) -> Iterator[str]:
    if evidence.line_id:
        yield "the same Line ID"
    if evidence.service:
        is_same = folded(service_of(old)) == folded(service_of(new))
        yield "the same service name" if is_same else "nearly the same service name"
    if evidence.provider:
        is_same = has_same_provider(old, new)
        yield "the same provider" if is_same else "nearly the same provider"
    if evidence.provision:
        yield "the same provision"
    if evidence.equal:
        yield f"equal amounts ({'; '.join(_amounts(evidence.equal))})"
    if evidence.section and evidence.rests_on_amounts:
        yield "the same section"


def _amounts(equal: Sequence[tuple[ColumnPair, int]]) -> Iterator[str]:
    for pence in dict.fromkeys(pence for _, pence in equal):
        years = ", ".join(str(pair) for pair, amount in equal if amount == pence)
        yield f"{spoken_pounds(pence)} in {years}"
