"""The bundled area data: harm follows from its parts, and no recorded crime is lost."""

from fractions import Fraction
from pathlib import Path

from builders import ROOT
from xlframework.model.area_file import read_areas
from xlframework.model.edition import CsvTable, read_csv
from xlframework.model.known_areas import known_areas
from xlframework.model.recorded_crime import read_recorded_crime
from xlframework.rules.allocation.harm import HarmWeight, harm

AREAS = ROOT / "workbook" / "areas"
PUBLISHED = ROOT / "tests" / "published" / "recorded_crime" / "table_c2_cut_down.csv"
TOTAL = "Total recorded crime (excluding fraud)"


def table(name: str) -> CsvTable:
    return read_csv(AREAS / name)


def weights() -> list[HarmWeight]:
    return [
        HarmWeight(row["Offence"], Fraction(row["Days, low"]), Fraction(row["Days, high"]))
        for row in table("harm_weights.csv").rows
    ]


def test_the_bundled_crime_is_that_of_the_published_table() -> None:
    crime = next(each for each in read_recorded_crime(PUBLISHED) if each.force == "Leicestershire")
    assert crime.total is not None
    published = [[row.counts[column] for column in crime.columns] for row in crime.partnerships]
    bundled = table("recorded_crime_ye_jun_2025.csv").rows
    assert [
        [int(row[column]) for column in crime.columns]
        for row in bundled
        if row["Row"] == "partnership"
    ] == published
    assert [int(bundled[0][column]) for column in crime.columns] == [
        crime.total.counts[column] for column in crime.columns
    ]


def test_weighted_offences_make_up_all_recorded_crime() -> None:
    offences = [weight.offence for weight in weights()]
    for row in table("recorded_crime_ye_jun_2025.csv").rows:
        assert sum(int(row[offence]) for offence in offences) == int(row[TOTAL])


def test_crime_and_harm_of_the_nine_areas_follow_from_the_counts() -> None:
    counts = {
        row["Area code"]: {key: int(row[key]) for key in row if key not in _WORDS}
        for row in table("recorded_crime_ye_jun_2025.csv").rows
        if row["Row"] == "partnership"
    }
    for area in read_areas(AREAS / "leicestershire.csv"):
        found = harm(dict(counts[area.code]), weights())
        assert area.value("Crime harm (low)") == found.low
        assert area.value("Crime harm (high)") == found.high
        assert area.value("Crime") == counts[area.code][TOTAL]


_WORDS = frozenset({"Row", "Area code", "CSP code", "CSP"})


def test_populations_follow_from_their_table() -> None:
    people = {row["Area code"]: row for row in table("population.csv").rows}
    for area in read_areas(AREAS / "leicestershire.csv"):
        census, later = people[area.code]["Census 2021"], people[area.code]["Mid-2020"]
        assert area.population == area.value("Population, Census 2021") == int(census)
        assert area.value("Population, mid-2020") == int(later)


def test_the_edition_and_the_bundled_areas_agree() -> None:
    edition = read_areas(ROOT / "workbook" / "editions" / "2024-25" / "areas.csv")
    bundled = {area.code: area for area in read_areas(AREAS / "leicestershire.csv")}
    for area in edition:
        assert area.name == bundled[area.code].name
        assert area.population == bundled[area.code].population
        assert area.previous == bundled[area.code].previous
    assert sum(area.previous or 0 for area in edition) == 639676_00


def test_the_shares_of_2016_17_are_whole() -> None:
    found = read_areas(AREAS / "leicestershire-2016-17.csv")
    assert sum(area.value("Vulnerable Localities share") for area in found) == 1


def test_every_bundled_code_has_its_name() -> None:
    known = known_areas()
    assert len(known) == 18
    assert known["e06000016"] == known["e22000168"] == {"leicester"}


def test_the_readme_names_every_file() -> None:
    said = (AREAS / "README.md").read_text(encoding="utf-8")
    for path in Path(AREAS).glob("*.csv"):
        assert f"`{path.name}`" in said
