"""The Vulnerable Localities Index: six rates, each against its mean, averaged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlframework.ground.errors import MisuseError

# The six variables of the index, in the order of the Jill Dando Institute's guide.
# Each is a rate: burglaries for each dwelling, residents aged 15 to 24 for each resident.
ATTAINMENT = "Educational attainment"
VARIABLES: tuple[str, ...] = (
    "Burglary dwelling",
    "Criminal damage to dwelling",
    "Income deprivation",
    "Employment deprivation",
    "People aged 15 to 24",
    ATTAINMENT,
)


@dataclass(frozen=True, slots=True)
class Locality:
    """A place of any size: an output area, a ward, a local authority.

    Attributes:
        code: its code.
        name: its name.
        rates: the six variables as rates between 0 and 1 (a crime rate may be above).
            Educational attainment is the part of pupils who reach the standard; the
            index inverts it.
    """

    code: str
    name: str
    rates: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Vulnerability:
    """The index of one locality; 100 is the mean of the localities given.

    Attributes:
        locality: the place.
        indices: by variable.
        index: their mean. It is an index, not a share: it says how, not how many.
    """

    locality: Locality
    indices: Mapping[str, Fraction]
    index: Fraction


def rate(count: Fraction | int, base: Fraction | int) -> Fraction:
    """Give count / base, exact.

    Raises:
        MisuseError: if the base is nought.
    """
    if not base:
        raise MisuseError("A rate needs a base above nought: people, dwellings or pupils.")
    return Fraction(count) / base


def vulnerable_localities(localities: Sequence[Locality]) -> tuple[Vulnerability, ...]:
    """Work out the Vulnerable Localities Index.

    For each variable, index = 100 x rate / mean rate, the mean being that of the
    localities' rates; VLI = the mean of the six. Attainment is inverted first: the
    rate is that of pupils who do not reach the standard.

    Source of the formula: Chainey (2008), Identifying priority neighbourhoods using the
    Vulnerable Localities Index, Policing 2(2).

    Args:
        localities: the places that are compared; the index depends on which.

    Returns:
        The indices, in the order given.

    Raises:
        MisuseError: if a rate is missing, cannot be one, or is nought everywhere.
    """
    columns = {variable: _column(variable, localities) for variable in VARIABLES}
    indices = {variable: _against_mean(variable, column) for variable, column in columns.items()}
    return tuple(
        _vulnerability(locality, {variable: indices[variable][i] for variable in VARIABLES})
        for i, locality in enumerate(localities)
    )


def _vulnerability(locality: Locality, indices: Mapping[str, Fraction]) -> Vulnerability:
    mean = sum(indices.values(), start=Fraction(0)) / len(indices)
    return Vulnerability(locality, indices, mean)


def _column(variable: str, localities: Sequence[Locality]) -> list[Fraction]:
    rates = [_rate_of(variable, locality) for locality in localities]
    return [1 - each for each in rates] if variable == ATTAINMENT else rates


def _rate_of(variable: str, locality: Locality) -> Fraction:
    found = locality.rates.get(variable)
    most = 1 if variable == ATTAINMENT else None
    if found is None or found < 0 or (most is not None and found > most):
        raise MisuseError(
            f"{variable} of {locality.name or locality.code} is "
            f"{'missing' if found is None else 'no rate'}; every locality needs all six."
        )
    return found


def _against_mean(variable: str, column: Sequence[Fraction]) -> list[Fraction]:
    mean = sum(column, start=Fraction(0)) / max(len(column), 1)
    if not mean:
        raise MisuseError(f"{variable} is nought in every locality, so it compares nothing.")
    return [100 * each / mean for each in column]
