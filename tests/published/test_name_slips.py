"""The slips in names that the five published editions hold: which of them are found.

`name_slips.csv` lists every one that a person found on reading the tables, those that our
checks do not tell too. Whatever else the checks found would be a false alarm.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import pytest

from published.oracle import PUBLISHED, TABLES, records
from xlframework.commands.names import names_across, names_within
from xlframework.commands.new import new
from xlframework.commands.workbook import layouts_in_use, open_workbook, read_declared
from xlframework.ground.finding import Finding
from xlframework.sheets.snapshot import Snapshot
from xlframework.sheets.structure import take_snapshot

Slip = tuple[str, str, str, str, str]

SLIPS: dict[Slip, str] = {
    (row["Edition"], row["Against"], row["Rule"], row["Found"], row["Expected"]): row["Sort"]
    for row in records(PUBLISHED / "name_slips.csv")
}

# The editions do not say it of each other, so each pair is compared once, the newer with
# the older.
PAIRS = [(newer, older) for older, newer in combinations(TABLES, 2)]


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Snapshot]:
    folder = tmp_path_factory.mktemp("editions")
    return {edition: snapshot_of(edition, folder) for edition in TABLES}


def snapshot_of(edition: str, folder: Path) -> Snapshot:
    path = folder / f"{edition}.xlsx"
    new(path, edition=edition)
    declared = read_declared(None)
    found, _ = take_snapshot(open_workbook(path).book, declared.workbook, declared.catalogue)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def found(snapshots: dict[str, Snapshot]) -> set[Slip]:
    slips = set[Slip]()
    for edition, snapshot in snapshots.items():
        slips |= {slip(edition, "", each) for each in within(snapshot)}
    declared = read_declared(None)
    for newer, older in PAIRS:
        across = names_across(snapshots[newer], snapshots[older], declared)
        slips |= {slip(newer, older, each) for each in across}
    return slips


def within(snapshot: Snapshot) -> tuple[Finding, ...]:
    declared = read_declared(None)
    return names_within(snapshot, layouts_in_use(snapshot, declared)[0], declared)


def slip(edition: str, against: str, finding: Finding) -> Slip:
    return edition, against, finding.rule, finding.found or "", finding.expected or ""


def test_whatever_is_found_is_a_slip(found: set[Slip]) -> None:
    assert found - set(SLIPS) == set()


def test_every_slip_is_found_but_for_words_that_mean_something(found: set[Slip]) -> None:
    missed = set(SLIPS) - found
    assert {SLIPS[each] for each in missed if not is_out_of_reach(each)} <= {"word"}


def is_out_of_reach(slip: Slip) -> bool:
    """Tell whether a slip stands where no name is looked for, or between codes and their print."""
    edition, against, rule, word, _ = slip
    in_forward_plan = edition == "2025-28" and bool(against)
    # Lines has the word of the list; what the layout prints for it stands in no cell.
    in_layout = rule == "name-near" and word == "Procured \N{EN DASH} Sole funded"
    return in_forward_plan or in_layout


@pytest.mark.parametrize(
    ("across", "real", "told"),
    [
        (
            False,
            {"spelling": 3, "slip": 6, "word": 10, "short form": 6, "council": 9, "column": 1},
            {"spelling": 2, "slip": 6, "word": 6, "short form": 6, "council": 9, "column": 1},
        ),
        (
            True,
            {"spelling": 16, "slip": 8, "word": 20, "short form": 9},
            {"spelling": 13, "slip": 8, "word": 6, "short form": 8},
        ),
    ],
)
def test_recall_by_the_sort_of_slip(
    found: set[Slip], real: dict[str, int], told: dict[str, int], *, across: bool
) -> None:
    def counted(slips: Iterable[Slip]) -> Counter[str]:
        return Counter(SLIPS[each] for each in slips if bool(each[1]) == across)

    assert counted(SLIPS) == real
    assert counted(found) == told


def test_the_cells_of_both_sides_are_named(snapshots: dict[str, Snapshot]) -> None:
    by_word = {each.found: each for each in within(snapshots["2016-17"])}
    twenty = by_word["Twenty-Twenty"]
    assert (twenty.place.sheet, twenty.place.cell) == ("Printed", "D12")
    assert "'Twenty-Two' in Lines G9" in twenty.message
    reach = by_word["LLR"]
    assert (reach.place.sheet, reach.place.cell) == ("Printed", "D5")
    assert "Secondary P&CP Strategic priority" in reach.message
