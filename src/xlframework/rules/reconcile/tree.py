"""What a line of `Computed by` says, as a tree of small records, and what can be wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Test = Literal["is", "begins", "filled", "blank", "above zero", "zero"]
Sign = Literal["+", "-", "*", "/"]
Known = Literal["areas", "pot", "awards"]


class ClaimError(ValueError):
    """A line that cannot be followed.

    Attributes:
        at: the character of the line where it stops making sense, from 1.
        problem: what is wrong and what to write, without the place.
    """

    def __init__(self, at: int, problem: str) -> None:
        super().__init__(f"character {at}: {problem}")
        self.at = at
        self.problem = problem


class UncheckableError(Exception):
    """A claim that is said well, but cannot be worked out; its text is the reason."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a line of the budget must meet.

    Attributes:
        column: the header as it was written.
        test: how it is compared.
        words: for `is`, any of which; for `begins`, the one.
        at: where it stands, from 1; so in every record below.
    """

    column: str
    test: Test
    words: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Number:
    """A plain number, with the text that it was written as."""

    value: Fraction
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Total:
    """`total([column], conditions)`: what the lines, or entered sections, come to."""

    column: str
    conditions: tuple[Condition, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Count:
    """`lines(conditions)`: how many lines meet them."""

    conditions: tuple[Condition, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Fact:
    """`areas()`, `pot()`, `awards()`: one figure of the workbook."""

    name: Known
    at: int


@dataclass(frozen=True, slots=True)
class Stated:
    """`stated("ref", "beginning of the claim")`: another figure as the document states it."""

    ref: str
    claim: str
    at: int


@dataclass(frozen=True, slots=True)
class InEdition:
    """`edition("name", ...)`: something worked out from another edition."""

    edition: str
    inner: "Expression"
    at: int


@dataclass(frozen=True, slots=True)
class Percent:
    """`percent(part, whole)`: a hundred times the part, over the whole."""

    part: "Expression"
    whole: "Expression"
    at: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things added, subtracted, multiplied or divided."""

    sign: Sign
    left: "Expression"
    right: "Expression"
    at: int


@dataclass(frozen=True, slots=True)
class Negative:
    """Something with a minus before it."""

    inner: "Expression"
    at: int


@dataclass(frozen=True, slots=True)
class Cannot:
    """`cannot("reason")`: what the document gives no way to work out."""

    reason: str
    at: int


Expression = Number | Total | Count | Fact | Stated | InEdition | Percent | Pair | Negative | Cannot


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is to be as stated, with its own words."""

    expression: Expression
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A whole line: one part, or the parts of `each(...)`, every one of which is claimed."""

    parts: tuple[Part, ...]


def nodes(expression: Expression) -> Iterator[Expression]:
    """Give an expression and everything inside it."""
    yield expression
    match expression:
        case InEdition(inner=inner) | Negative(inner=inner):
            yield from nodes(inner)
        case Percent(part=one, whole=other) | Pair(left=one, right=other):
            yield from nodes(one)
            yield from nodes(other)
        case _:
            pass


def own_nodes(expression: Expression) -> Iterator[Expression]:
    """Give what an expression says of its own edition: all but the insides of `edition(...)`."""
    yield expression
    match expression:
        case Negative(inner=inner):
            yield from own_nodes(inner)
        case Percent(part=one, whole=other) | Pair(left=one, right=other):
            yield from own_nodes(one)
            yield from own_nodes(other)
        case _:
            pass


def names_nothing(claim: Claim) -> bool:
    """Tell whether a claim is mere numbers, which would check a figure against itself."""
    return not any(
        isinstance(node, Total | Count | Fact | Stated | Cannot)
        for part in claim.parts
        for node in nodes(part.expression)
    )


def editions_of(claim: Claim) -> tuple[str, ...]:
    """List the other editions that a claim refers to."""
    return tuple(
        node.edition
        for part in claim.parts
        for node in nodes(part.expression)
        if isinstance(node, InEdition)
    )
