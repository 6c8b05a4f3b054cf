"""Areas from CSV: numbers exact, anything else said where it is used."""

from fractions import Fraction
from pathlib import Path

import pytest

from xlframework.ground.errors import AllocationError
from xlframework.model.area_file import read_areas
from xlframework.model.areas import CspArea, NotANumber

HEADERS = "Area code,Area,Crime,Population,Previous award\n"


def read(folder: Path, text: str) -> tuple[CspArea, ...]:
    path = folder / "areas.csv"
    path.write_text(text, encoding="utf-8")
    return read_areas(path)


def test_a_row_is_an_area(tmp_path: Path) -> None:
    (area,) = read(tmp_path, HEADERS + 'X 1, Ash ,"1,234.5",10,"£2,000.50"\n')
    assert [area.code, area.name, area.population, area.previous] == ["X 1", "Ash", 10, 200050]
    assert area.value("CRIME") == Fraction(2469, 2)


def test_blank_is_not_nought_and_blank_rows_are_passed_over(tmp_path: Path) -> None:
    first, second = read(tmp_path, HEADERS + "A,Ash,0,,\n,,,,\n\nB,Elm,,0,0\n")
    assert [first.population, first.previous, first.value("Crime")] == [None, None, 0]
    assert [second.population, second.previous] == [0, 0]
    with pytest.raises(AllocationError, match=r"areas\.csv, line 5: Crime of Elm is blank"):
        second.value("Crime")


def test_headers_are_blind_to_case_and_spaces(tmp_path: Path) -> None:
    (area,) = read(tmp_path, "area code, AREA ,previous  award\nA,Ash,5\n")
    assert area.previous == 500


def test_words_stand_in_other_columns(tmp_path: Path) -> None:
    (area,) = read(tmp_path, "Area code,Area,Lead authority\nA,Ash,Ash Council\n")
    assert area.values["lead authority"] == NotANumber("Ash Council")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Area,Crime\nAsh,1\n", "line 1: there is no column 'Area code'"),
        ("Area code,Crime\nA,1\n", "line 1: there is no column 'Area'"),
        ("Area code,Area,Crime,crime\nA,Ash,1,2\n", "line 1: the header 'Crime' stands twice"),
        (HEADERS + ",,,,\n", "areas.csv: there is no area below the headers"),
        (HEADERS + "A,Ash,1,many,\n", "line 2: Population of Ash is 'many', which is not a number"),
        (HEADERS + "A,Ash,1,-5,\n", "line 2: Population of Ash is negative"),
        (HEADERS + "A,Ash,1,5,TBC\n", "line 2: Previous award of Ash: 'TBC' is not an amount"),
        (HEADERS + "A,Ash,1,5,-1\n", "line 2: Previous award of Ash is negative"),
    ],
)
def test_a_fault_names_the_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(AllocationError) as caught:
        read(tmp_path, text)
    assert words in str(caught.value)
