"""What a table of areas, and the lines that name them, must keep before a pot is split."""

from collections.abc import Mapping, Sequence

from xlframework.ground.errors import AllocationError
from xlframework.ground.folding import folded
from xlframework.model.areas import CODE, NAME, CspArea
from xlframework.model.budget import Line


def check_areas(areas: Sequence[CspArea]) -> None:
    """Check that there are areas and that each has a code of its own.

    Raises:
        AllocationError: with the cell or line that has to be put right.
    """
    first: dict[str, CspArea] = {}
    for area in areas:
        if not area.code.strip():
            raise AllocationError(
                area.place(CODE),
                f"the area {area.name!r} has no code; type one, since ties are settled by it.",
            )
        other = first.setdefault(area.code.casefold(), area)
        if other is not area:
            raise AllocationError(
                area.place(CODE),
                f"the area code {area.code} stands twice, for {other.name} and {area.name} "
                f"({other.place(CODE)}); correct one, or delete the row.",
            )
        if not area.name.strip():
            raise AllocationError(area.place(NAME), f"the area {area.code} has no name; type it.")


def check_known(areas: Sequence[CspArea], known: Mapping[str, frozenset[str]]) -> None:
    """Check that no area has one place's code and another place's name.

    A code or a name that is not in the list is a team's own, and is let be.

    Args:
        areas: the areas.
        known: names by code, as `model/known_areas` gives them.

    Raises:
        AllocationError: with the cell or line that has to be put right.
    """
    names = {name for each in known.values() for name in each}
    for area in areas:
        right = known.get(area.code.casefold())
        name = folded(area.name)
        if right is not None and name in names and name not in right:
            raise AllocationError(
                area.place(CODE),
                f"the code {area.code} is that of {' or '.join(sorted(right)).title()}, but stands "
                f"beside {area.name}; correct the code or the name.",
            )


def check_line_codes(lines: Sequence[Line], areas: Sequence[CspArea]) -> None:
    """Check that every line of the budget that names an area names one of these.

    Raises:
        AllocationError: with the cell that has to be put right.
    """
    codes = {area.code.casefold() for area in areas}
    for line in lines:
        if line.area_code and line.area_code.casefold() not in codes:
            raise AllocationError(
                line.origin.place(CODE),
                f"the area code {line.area_code} of line {line.line_id} is not in Areas, so its "
                "award could not be compared; correct the code, or add the area.",
            )
