"""The areas that share a fund: code, name, population, indicators and previous award."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from xlframework.ground.errors import AllocationError
from xlframework.ground.folding import folded
from xlframework.ground.place import Place
from xlframework.model.budget import Origin

CODE, NAME, POPULATION, PREVIOUS = "Area code", "Area", "Population", "Previous award"


@dataclass(frozen=True, slots=True)
class NotANumber:
    """What stands where a number is due, as the person sees it."""

    shown: str


# A value of an area table: None is blank, which is not nought.
Number = Fraction | NotANumber | None


def _nowhere() -> Origin:
    return Origin("areas", None, 1, {})


@dataclass(frozen=True, slots=True)
class CspArea:
    """One area: a Community Safety Partnership's, or any other that a fund is split between.

    Attributes:
        code: its code, GSS or any other; the tie-breaker of the rounding.
        name: its name.
        population: people; None where the table does not say.
        previous: its previous award in pence; None where the table does not say.
        values: the values of its indicators by header, the header in small letters
            (`folded`). Words of other columns stand there as `NotANumber`.
        origin: where it stands, for messages.
    """

    code: str
    name: str
    population: Fraction | None = None
    previous: int | None = None
    values: Mapping[str, Number] = field(default_factory=dict)
    origin: Origin = field(default_factory=_nowhere)

    def place(self, header: str) -> Place:
        """Give the cell under a header, or the line of the file, whatever the header's case."""
        wanted = folded(header)
        spelt = next((each for each in self.origin.columns if folded(each) == wanted), header)
        return self.origin.place(spelt)

    def value(self, header: str) -> Fraction:
        """Give an indicator's value.

        Raises:
            AllocationError: if the table has no such column, or the cell holds no
                number of nought or more; the message names the cell.
        """
        key = folded(header)
        if key not in self.values:
            place = Place(self.origin.file, self.origin.sheet)
            raise AllocationError(
                place,
                f"the table of areas has no column {header!r}, which the formula uses as an "
                "indicator; add the column, or correct the indicator's name.",
            )
        return checked(self.values[key], self.place(header), self.said(header))

    def said(self, header: str) -> str:
        """Say what a value is, for a message: `Crime of Blaby`."""
        return f"{header} of {self.name or self.code}"


def checked(number: Number, place: Place, what: str) -> Fraction:
    """Give a number that is nought or more.

    Args:
        number: as read.
        place: where it stands.
        what: what it is, for the message.

    Raises:
        AllocationError: if it is blank, no number, or below nought.
    """
    if number is None:
        raise AllocationError(place, f"{what} is blank; type a number (0 where there is none).")
    if isinstance(number, NotANumber):
        raise AllocationError(
            place, f"{what} is {number.shown!r}, which is not a number; type a plain number."
        )
    if number < 0:
        raise AllocationError(
            place, f"{what} is negative; a share cannot come from it, so correct the number."
        )
    return number


def completed(area: CspArea, previous: int | None) -> CspArea:
    """Give an area its population, out of its values, and its previous award.

    Args:
        area: with its values.
        previous: pence; None where the table does not say.

    Raises:
        AllocationError: if either is no number of nought or more.
    """
    people = area.values.get(folded(POPULATION))
    if people is not None:
        people = checked(people, area.place(POPULATION), area.said(POPULATION))
    if previous is not None and previous < 0:
        raise AllocationError(
            area.place(PREVIOUS), f"{area.said(PREVIOUS)} is negative; correct the amount."
        )
    return replace(area, population=people, previous=previous)
