"""The published Table C2 as it is: preamble, broken headers, `6,558 `, and what is unassigned."""

from pathlib import Path

import pytest

from builders import ROOT, catalogue
from xlframework.ground.errors import UnreadableFileError
from xlframework.model.recorded_crime import ForceCrime, read_recorded_crime
from xlframework.rules.allocation.crime_totals import crime_findings

# Cut down from the published file: its preamble and header, and the rows of Leicestershire,
# of Surrey (whose unassigned row is blank, under Kent's code) and of the City of London.
TABLE = ROOT / "tests" / "published" / "recorded_crime" / "table_c2_cut_down.csv"
TOTAL = "Total recorded crime (excluding fraud)"


def force(name: str, path: Path = TABLE) -> ForceCrime:
    return next(each for each in read_recorded_crime(path) if each.force == name)


def edited(folder: Path, before: str, after: str) -> Path:
    text = TABLE.read_text(encoding="utf-8-sig")
    assert before in text
    path = folder / "edited.csv"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


def test_leicestershire_is_read_whole() -> None:
    crime = force("Leicestershire")
    assert crime.total is not None
    assert crime.total.counts[TOTAL] == 94194
    assert len(crime.columns) == 23
    assert crime.columns[0] == TOTAL
    assert len(crime.partnerships) == 9
    blaby = crime.partnerships[0]
    assert (blaby.code, blaby.name, blaby.authority_code) == ("E22000164", "Blaby", "E07000129")
    assert blaby.counts[TOTAL] == 6558
    assert [row.counts[TOTAL] for row in crime.unassigned] == [4481]


def test_areas_and_unassigned_add_up_to_the_force_in_every_column() -> None:
    assert crime_findings(force("Leicestershire"), catalogue()) == ()


def test_a_column_that_does_not_add_up_is_found(tmp_path: Path) -> None:
    path = edited(tmp_path, '"6,558 "', '"6,559 "')
    (finding,) = crime_findings(force("Leicestershire", path), catalogue())
    assert (finding.rule, finding.severity) == ("crime-total-differs", "error")
    assert (finding.expected, finding.found, finding.difference) == ("94,194", "94,195", "1")
    assert finding.place.cell == "line 14"


def test_shorthand_is_no_figure(tmp_path: Path) -> None:
    path = edited(tmp_path, '"6,558 "', "[x]")
    (finding,) = crime_findings(force("Leicestershire", path), catalogue())
    assert (finding.rule, finding.severity) == ("crime-count-missing", "warning")
    assert finding.message == f"{TOTAL} of Blaby is not available"
    assert finding.difference == "-6,558"


def test_a_force_without_a_row_of_its_own_has_nothing_to_compare() -> None:
    city = force("City of London")
    assert city.total is None
    assert len(city.partnerships) == 1
    assert crime_findings(city, catalogue()) == ()


def test_rows_belong_together_by_the_forces_name() -> None:
    surrey = force("Surrey")
    assert [row.name for row in surrey.unassigned] == ["unassigned Surrey"]
    found = crime_findings(surrey, catalogue())
    assert {finding.rule for finding in found} == {"crime-count-missing"}
    assert {finding.difference for finding in found} == {"0"}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('"Police Force\nArea code"', "Force", "is not Table C2"),
        ("Local Authority name", "Council", "has no column 'local authority name'"),
        ('"6,558 "', "many", "is 'many', which is not a whole number"),
        ('"6,558 "', '1,"6,558 "', "30 values, but the header row has 29"),
        ("E22000164,Blaby,", ",,", "Leicestershire has a second row of totals"),
    ],
)
def test_another_table_is_refused(tmp_path: Path, before: str, after: str, words: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_recorded_crime(edited(tmp_path, before, after))
    assert words in str(caught.value)
