"""Crime harm: counts of offences weighted by the days of the Cambridge Crime Harm Index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlframework.ground.errors import MisuseError


@dataclass(frozen=True, slots=True)
class HarmWeight:
    """What one offence weighs.

    Attributes:
        offence: its column in the table of recorded crime.
        low: days of imprisonment, if all that the column merges is the lighter offence.
        high: days, if all of it is the graver one; equal to `low` where nothing is merged.
    """

    offence: str
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Harm:
    """Crime harm of one area, in days.

    Attributes:
        low: under the lighter assumption.
        high: under the graver one.
    """

    low: Fraction
    high: Fraction

    @property
    def difference(self) -> Fraction:
        """How many days the assumption decides."""
        return self.high - self.low


def harm(counts: Mapping[str, int | None], weights: Sequence[HarmWeight]) -> Harm:
    """Add up count x days over the offences.

    Source of the formula: Sherman, Neyroud and Neyroud (2016), The Cambridge Crime Harm
    Index, Policing 10(3).

    Args:
        counts: recorded offences by column.
        weights: one for each offence that counts; subtotals have none.

    Raises:
        MisuseError: if a weighted offence is not among the counts, or its count is
            not available.
    """
    for weight in weights:
        if counts.get(weight.offence) is None:
            raise MisuseError(
                f"There is no count of {weight.offence!r}, so harm would be too low; add the "
                "count, or leave the offence out of the weights."
            )
    found = [(counts[weight.offence] or 0, weight) for weight in weights]
    return Harm(
        low=sum((count * weight.low for count, weight in found), start=Fraction(0)),
        high=sum((count * weight.high for count, weight in found), start=Fraction(0)),
    )
