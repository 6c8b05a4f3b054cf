"""Finds stated figures that lead back to themselves, so that they only vouch for each other."""

from collections.abc import Iterator, Mapping

from xlframework.rules.reconcile.evaluate import find_stated
from xlframework.rules.reconcile.facts import Facts
from xlframework.rules.reconcile.tree import (
    Claim,
    ClaimError,
    Count,
    Expression,
    Fact,
    InEdition,
    Stated,
    Total,
    own_nodes,
)

# Figures are told apart by their rows.
Links = Mapping[int, frozenset[int]]


def circles(facts: Facts, claims: Mapping[int, Claim]) -> Mapping[int, ClaimError]:
    """Find the claims that rest on nothing but each other.

    Two figures may each be worked out from the other together with the lines, or with a
    third figure: either then checks something. Figures that lead only to each other do not.

    Args:
        facts: the edition.
        claims: what is claimed, by the row of the figure.

    Returns:
        What is wrong, by row.
    """
    links = {row: frozenset(_links(facts, claim)) for row, claim in claims.items()}
    solid = {row for row, claim in claims.items() if any(map(_is_data, _own(claim)))}
    names = {figure.origin.row: figure.name for figure in facts.figures}
    found = {}
    for row, claim in claims.items():
        ring = _ring(row, links)
        if row in links[row]:
            problem = "a figure cannot be worked out from itself"
        elif ring and not ring & solid and not _leaves(ring, links):
            others = " and ".join(repr(names[each]) for each in sorted(ring - {row}))
            problem = f"it leads back to itself by way of {others}, so none of them is checked"
        else:
            continue
        at = next(node.at for node in _own(claim) if isinstance(node, Stated))
        found[row] = ClaimError(at, problem)
    return found


def _own(claim: Claim) -> Iterator[Expression]:
    for part in claim.parts:
        yield from own_nodes(part.expression)


def _links(facts: Facts, claim: Claim) -> Iterator[int]:
    """Give the rows that a claim refers to; a reference that finds nothing leads nowhere."""
    for node in _own(claim):
        if isinstance(node, Stated):
            try:
                yield find_stated(facts, node).origin.row
            except ClaimError:
                continue


def _is_data(node: Expression) -> bool:
    return isinstance(node, Total | Count | Fact | InEdition)


def _ring(row: int, links: Links) -> frozenset[int]:
    """Give the rows that a row leads to and that lead back to it; empty if none does."""
    reached = _reached(row, links)
    if row not in reached:
        return frozenset()
    return frozenset(each for each in reached if row in _reached(each, links))


def _leaves(ring: frozenset[int], links: Links) -> bool:
    return any(links.get(row, frozenset()) - ring for row in ring)


def _reached(row: int, links: Links) -> frozenset[int]:
    seen: set[int] = set()
    waiting = list(links.get(row, ()))
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting += links.get(current, ())
    return frozenset(seen)
