"""Finds which line of the old budget is which line of the new: by Line ID, else by its names."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlframework.model.budget import Line
from xlframework.rules.compare.likeness import folded, likeness
from xlframework.rules.compare.records import ColumnPair, MatchedBy, ReusedId

NameKey = tuple[str, str]

# What a line is called.
NAMES = frozenset({"Service", "Provider"})

# Where a line stands and what its ID is tells nothing of the line itself.
NO_NEWS = frozenset({"Line ID", "Order"})


@dataclass(frozen=True, slots=True)
class Match:
    """A line of the old budget and the line of the new that it is, by their places."""

    old: int
    new: int
    by: MatchedBy
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """What was found.

    Attributes:
        matches: one to one.
        reused: Line IDs of both budgets that stand for other lines.
        by_ids: whether Line IDs were followed; None where the two share none.
    """

    matches: tuple[Match, ...]
    reused: tuple[ReusedId, ...] = ()
    by_ids: bool | None = None


def service_of(line: Line) -> str:
    """Give a line's service as it stands."""
    return str(line.words.get("Service", "")).strip()


def provider_of(line: Line) -> str:
    """Give a line's provider as it stands."""
    return str(line.words.get("Provider", "")).strip()


def name_key(line: Line) -> NameKey:
    """Give what a line is matched by where its ID does not tell: service and provider."""
    return folded(service_of(line)), folded(provider_of(line))


def match_lines(old: Sequence[Line], new: Sequence[Line], pairs: Sequence[ColumnPair]) -> Matching:
    """Match the lines of two budgets one to one.

    Two versions of one budget give a line the same ID; two editions may number other
    lines so. A shared ID is followed where the two lines are recognisably one; where
    most shared IDs are not, no ID is followed at all.

    Args:
        old: the lines before.
        new: the lines after.
        pairs: the compared columns, whose amounts tell lines of one name apart.
    """
    shared = _shared_ids(old, new)
    same = [(o, n) for o, n in shared if name_key(old[o]) == name_key(new[n])]
    doubtful = _without(shared, same)
    kin = _kin(old, new, same, doubtful, pairs)
    strangers = _without(doubtful, kin)
    followed = len(same) + len(kin) >= len(strangers)
    by_id = [*same, *kin] if followed else []
    by_name = _by_name(old, new, pairs, by_id)
    matches = (
        *(Match(o, n, "Line ID") for o, n in by_id),
        *(Match(o, n, "service and provider") for o, n in by_name),
    )
    reused = tuple(ReusedId(old[o], new[n]) for o, n in strangers)
    return Matching(matches, reused, followed if shared else None)


def left_over(count: int, taken: Iterable[int]) -> list[int]:
    """Give the places that are not taken, in order."""
    gone = set(taken)
    return [number for number in range(count) if number not in gone]


def _without(
    places: Sequence[tuple[int, int]], taken: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    gone = set(taken)
    return [pair for pair in places if pair not in gone]


def _shared_ids(old: Sequence[Line], new: Sequence[Line]) -> list[tuple[int, int]]:
    before, after = _places(old), _places(new)
    return [(place, after[line_id]) for line_id, place in before.items() if line_id in after]


def _places(lines: Sequence[Line]) -> Mapping[str, int]:
    """Give the place of every line by its ID; an ID that stands twice tells nothing."""
    times = Counter(line.line_id for line in lines)
    return {
        line.line_id: place
        for place, line in enumerate(lines)
        if line.line_id and times[line.line_id] == 1
    }


def _kin(
    old: Sequence[Line],
    new: Sequence[Line],
    same: Sequence[tuple[int, int]],
    doubtful: Sequence[tuple[int, int]],
    pairs: Sequence[ColumnPair],
) -> list[tuple[int, int]]:
    """Give the lines of one ID that are one line still, though their names are not the same.

    A line whose own names stand under another ID is not renamed: it was numbered anew.
    """
    free_old = {name_key(old[o]) for o in left_over(len(old), (o for o, _ in same))}
    free_new = {name_key(new[n]) for n in left_over(len(new), (n for _, n in same))}
    return [
        (o, n)
        for o, n in doubtful
        if name_key(old[o]) not in free_new
        and name_key(new[n]) not in free_old
        and _recognisable(old[o], new[n], pairs)
    ]


def _recognisable(old: Line, new: Line, pairs: Sequence[ColumnPair]) -> bool:
    """Tell whether a shared ID is borne out: by the service's name, or provider and amount."""
    if likeness(service_of(old), service_of(new)):
        return True
    return has_same_provider(old, new) and bool(equal_amounts(old, new, pairs))


def has_same_provider(old: Line, new: Line) -> bool:
    """Tell whether two lines name one provider; blank names none."""
    provider = folded(provider_of(old))
    return bool(provider) and provider == folded(provider_of(new))


def equal_amounts(
    old: Line, new: Line, pairs: Sequence[ColumnPair]
) -> tuple[tuple[ColumnPair, int], ...]:
    """Give the compared columns in which two lines have one amount, which is not nought."""
    amounts = [(pair, old.amounts.get(pair.old), new.amounts.get(pair.new)) for pair in pairs]
    return tuple(
        (pair, before)
        for pair, before, after in amounts
        if isinstance(before, int) and before and before == after
    )


def _by_name(
    old: Sequence[Line],
    new: Sequence[Line],
    pairs: Sequence[ColumnPair],
    taken: Sequence[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    before = _by_key(old, left_over(len(old), (o for o, _ in taken)))
    after = _by_key(new, left_over(len(new), (n for _, n in taken)))
    for key, places in before.items():
        yield from _paired(old, new, pairs, places, after.get(key, []))


def _by_key(lines: Sequence[Line], places: Iterable[int]) -> Mapping[NameKey, list[int]]:
    keyed: defaultdict[NameKey, list[int]] = defaultdict(list)
    for place in places:
        keyed[name_key(lines[place])].append(place)
    return keyed


def _paired(
    old: Sequence[Line],
    new: Sequence[Line],
    pairs: Sequence[ColumnPair],
    before: Sequence[int],
    after: Sequence[int],
) -> Iterator[tuple[int, int]]:
    """Pair lines of one name: those that agree in most first, else as they stand."""
    candidates = [
        (-_agreement(old[o], new[n], pairs), abs(first - second), first + second, o, n)
        for first, o in enumerate(before)
        for second, n in enumerate(after)
        if service_of(old[o]) or same_place(old[o], new[n])
    ]
    yield from one_to_one((o, n) for *_, o, n in sorted(candidates))


def one_to_one(candidates: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Take pairs in their order, each place of either side once."""
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for o, n in candidates:
        if o not in taken_old and n not in taken_new:
            taken_old.add(o)
            taken_new.add(n)
            yield o, n


def _agreement(old: Line, new: Line, pairs: Sequence[ColumnPair]) -> int:
    """Count in how much two lines of one name agree, to tell them from their namesakes."""
    words = sum(
        str(word) == str(new.words.get(header, ""))
        for header, word in old.words.items()
        if header not in NO_NEWS and str(word)
    )
    amounts = sum(old.amounts.get(pair.old) == new.amounts.get(pair.new) for pair in pairs)
    return 2 * amounts + words + 2 * same_place(old, new)


def same_place(old: Line, new: Line) -> bool:
    """Tell whether two lines stand in one section, of one name in one block."""
    before, after = (old.block, old.section), (new.block, new.section)
    return [*map(folded, before)] == [*map(folded, after)]
