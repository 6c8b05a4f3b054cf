"""`areas`: from the published Table C2 to a file that `allocate --areas` takes."""

import csv
from pathlib import Path
from typing import Any

import pytest

from builders import ROOT
from cli.terminal import Ran, assert_refused, run
from xlframework.ground.shipped import areas_folder

TABLE = ROOT / "tests" / "published" / "recorded_crime" / "table_c2_cut_down.csv"
BUNDLED = ROOT / "workbook" / "areas" / "leicestershire.csv"
TOTAL = "Total recorded crime (excluding fraud)"
HEADERS = ["Area code", "Area", "Population", "Crime", "Crime harm (low)", "Crime harm (high)"]

Capture = pytest.CaptureFixture[str]


def edited(folder: Path, *changes: tuple[str, str]) -> Path:
    text = TABLE.read_text(encoding="utf-8-sig")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = folder / "edited.csv"
    path.write_text(text, encoding="utf-8")
    return path


def make(
    capsys: Capture,
    folder: Path,
    force: str,
    table: Path = TABLE,
    *words: str | Path,
) -> tuple[Ran, list[dict[str, str]]]:
    out = folder / "made.csv"
    ran = run(capsys, "areas", table, "--force", force, "--out", out, *words, "--json")
    assert ran.err == ""
    with out.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
    assert reader.fieldnames == HEADERS
    return ran, rows


def people(folder: Path, text: str) -> Path:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return path


def finding(ran: Ran, rule: str) -> dict[str, Any]:
    (found,) = (each for each in ran.json["findings"] if each["rule"] == rule)
    assert isinstance(found, dict)
    return found


def test_leicestershire_comes_out_as_it_is_bundled(capsys: Capture, tmp_path: Path) -> None:
    ran, rows = make(capsys, tmp_path, " leicestershire ")
    assert ran.code == 0
    with BUNDLED.open(encoding="utf-8", newline="") as stream:
        assert rows == [{key: row[key] for key in HEADERS} for row in csv.DictReader(stream)]
    assert ran.json["findings"] == []
    assert ran.json["force"] == "Leicestershire"
    assert ran.json["unassigned"] == [
        {
            "name": "Unassigned Leicestershire",
            "crime": 4481,
            "harm_low": "335771.5",
            "harm_high": "1056286.25",
        }
    ]
    assert ran.json["total"]["crime"] == 94194
    assert ran.json["areas"][2] == {
        "code": "E07000129",
        "csp_code": "E22000164",
        "area": "Blaby",
        "population": "102924",
        "crime": 6558,
        "harm_low": "453093.75",
        "harm_high": "1257933",
    }


def test_allocate_takes_the_file(capsys: Capture, tmp_path: Path) -> None:
    make(capsys, tmp_path, "Leicestershire")
    words = ("--formula", "2024-25-illustration", "--json")
    made = run(capsys, "allocate", "--areas", tmp_path / "made.csv", *words)
    bundled = run(capsys, "allocate", "--areas", "leicestershire", *words)
    assert made.code == 0
    assert [each["award"] for each in made.json["areas"]] == [
        each["award"] for each in bundled.json["areas"]
    ]


def test_a_person_reads_what_is_assigned_to_no_area(capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "made.csv"
    ran = run(capsys, "areas", TABLE, "--force", "Leicestershire", "--out", out)
    assert ran.code == 0
    assert (
        "Assigned to no area, and in no row of the file: 4,481 of 94,194 (4.8%) recorded crimes."
        in ran.out
    )
    assert "Unassigned Leicestershire" in ran.out
    assert f"Population: Census 2021 of {areas_folder() / 'population.csv'}." in ran.out
    assert f"{out}: written (9 areas)." in ran.out
    assert f"xlframework allocate --areas {out} --formula TOML" in ran.out


def test_a_column_that_does_not_add_up_is_an_error(capsys: Capture, tmp_path: Path) -> None:
    table = edited(tmp_path, ('"6,558 "', '"6,559 "'))
    ran, _ = make(capsys, tmp_path, "Leicestershire", table)
    assert ran.code == 1
    (found,) = ran.json["findings"]
    assert (found["rule"], found["difference"]) == ("crime-total-differs", "1")
    (tmp_path / "made.csv").unlink()
    said = run(
        capsys, "areas", table, "--force", "leicestershire", "--out", tmp_path / "made.csv"
    ).out
    assert "written (9 areas), but put the errors above right first." in said


def test_an_unassigned_row_without_figures_is_one_warning(capsys: Capture, tmp_path: Path) -> None:
    ran, rows = make(capsys, tmp_path, "Surrey")
    assert ran.code == 0
    assert ran.rules() == {"crime-count-missing", "areas-population-unknown"}
    found = finding(ran, "crime-count-missing")
    assert found["severity"] == "warning"
    assert found["message"] == (
        "unassigned Surrey is not available in any column; the others do not fall short of the "
        "force total in any column"
    )
    assert (found["expected"], found["found"], found["difference"]) == ("74,528", "74,528", "0")
    assert ran.json["unassigned"][0]["crime"] is None
    assert {row["Population"] for row in rows} == {""}
    message = finding(ran, "areas-population-unknown")["message"]
    assert "for 11 of 11 areas" in message
    assert "Elmbridge (E07000207)" in message


def test_what_an_unassigned_row_without_figures_leaves_open(
    capsys: Capture, tmp_path: Path
) -> None:
    table = edited(tmp_path, ('"74,528 "', '"75,000 "'), ('"28,412 "', '"28,400 "'))
    ran, _ = make(capsys, tmp_path, "Surrey", table)
    found = finding(ran, "crime-count-missing")
    assert f"in 1 columns; compared is {TOTAL}" in found["message"]
    assert found["difference"] == "-472"
    # More than the force has cannot be put down to what is unassigned.
    over = finding(ran, "crime-total-differs")
    assert over["message"].startswith("Violence against the person")
    assert over["difference"] == "12"


def test_a_force_without_a_row_of_its_own(capsys: Capture, tmp_path: Path) -> None:
    ran, rows = make(capsys, tmp_path, "City of London")
    assert (ran.code, ran.json["total"], ran.json["unassigned"]) == (0, None, [])
    assert [(row["Area code"], row["Crime"]) for row in rows] == [("E09000001", "8801")]
    words = ("--force", "City of London", "--out", tmp_path / "again.csv")
    said = run(capsys, "areas", TABLE, *words).out
    assert "The table has no recorded crime that is assigned to no area." in said


def test_a_partnership_without_an_authority_of_its_own_keeps_its_code(
    capsys: Capture, tmp_path: Path
) -> None:
    # As published: Combined Local Authorities for several, and one authority for two partnerships.
    table = edited(
        tmp_path,
        ("E07000129", "Combined Local Authorities"),
        ("E07000131", "E07000130"),
    )
    ran, rows = make(capsys, tmp_path, "Leicestershire", table)
    assert [row["Area"] for row in rows][-3:] == ["Blaby", "Charnwood", "Harborough"]
    assert [row["Area code"] for row in rows][-3:] == ["E22000164", "E22000165", "E22000166"]
    # The whole authority's population would be counted for each.
    assert [row["Population"] for row in rows][-3:] == ["", "", ""]
    found = finding(ran, "areas-partnership-code")
    assert found["severity"] == "info"
    assert "Blaby (E22000164), Charnwood (E22000165), Harborough (E22000166)" in found["message"]


def test_population_of_ones_own_by_either_code(capsys: Capture, tmp_path: Path) -> None:
    file = people(
        tmp_path,
        'CSP code,AREA CODE,Population\nE22000279,,"140,000"\n,e07000208,81000\n,E07000209,\n',
    )
    ran, rows = make(capsys, tmp_path, "Surrey", TABLE, "--population", file)
    assert [row["Population"] for row in rows][:4] == ["140000", "81000", "", ""]
    found = finding(ran, "areas-population-unknown")
    assert "under Population for 9 of 11 areas" in found["message"]
    assert found["file"] == str(file)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Area,Population\nWoking,1\n", "line 1: there is no column 'Area code' or 'CSP code'"),
        ("Area code,People\nE07000217,1\n", "line 1: there is no column 'Population'"),
        ("Area code,Population\nE07000217,many\n", "line 2: Population: 'many' is not a number"),
        ("Area code,Population\nE07000217,-1\n", "line 2: Population is negative"),
        ("Area code,Population\nA,1\na,2\n", "line 3: the code A stands on line 2 already"),
        ("Area code,Population\nA\n", "line 2: 1 values"),
    ],
)
def test_a_population_file_that_cannot_be_used(
    capsys: Capture, tmp_path: Path, text: str, words: str
) -> None:
    out = tmp_path / "made.csv"
    file = people(tmp_path, text)
    ran = run(capsys, "areas", TABLE, "--force", "Surrey", "--out", out, "--population", file)
    assert_refused(ran, words)
    assert not out.exists()


def test_a_count_that_is_not_available_leaves_blanks(capsys: Capture, tmp_path: Path) -> None:
    # Blaby's total, and its homicides.
    table = edited(tmp_path, ('Blaby,"6,558 ","2,232 ",3 ', 'Blaby,[x],"2,232 ",[x]'))
    ran, rows = make(capsys, tmp_path, "Leicestershire", table)
    assert list(rows[2].values())[3:] == ["", "", ""]
    assert finding(ran, "areas-count-blank")["message"] == (
        "Crime and Crime harm of Blaby (E07000129): left blank, since the published table has no "
        f"figure for {TOTAL}, Homicide"
    )
    words = ("--formula", "2024-25-illustration")
    assert_refused(
        run(capsys, "allocate", "--areas", tmp_path / "made.csv", *words), "Crime of Blaby is blank"
    )


def test_an_offence_without_a_weight_is_found(capsys: Capture, tmp_path: Path) -> None:
    table = edited(tmp_path, ('City of London,"8,801 "', 'City of London,"8,901 "'))
    ran, _ = make(capsys, tmp_path, "City of London", table)
    assert finding(ran, "areas-harm-incomplete")["difference"] == "-100"


@pytest.mark.parametrize(
    ("force", "words"),
    [
        ("Leicester", "did you mean Leicestershire?"),
        ("Leicestershire Police", "did you mean Leicestershire?"),
        ("Surry", "did you mean Surrey?"),
        ("Atlantis", "it has Leicestershire, City of London, Surrey."),
        ("", "it has Leicestershire, City of London, Surrey."),
    ],
)
def test_an_unknown_force_is_told_the_near_names(
    capsys: Capture, tmp_path: Path, force: str, words: str
) -> None:
    ran = run(capsys, "areas", TABLE, "--force", force, "--out", tmp_path / "made.csv")
    assert_refused(ran, "--force", repr(force), words)
    assert list(tmp_path.iterdir()) == []


def test_a_table_without_a_column_that_is_needed_is_refused(
    capsys: Capture, tmp_path: Path
) -> None:
    table = edited(tmp_path, ("Homicide", "Murder"))
    ran = run(capsys, "areas", table, "--force", "Surrey", "--out", tmp_path / "made.csv")
    assert_refused(ran, "has no column 'Homicide'")


def test_two_partnerships_with_one_code_are_refused(capsys: Capture, tmp_path: Path) -> None:
    table = edited(
        tmp_path, ("E22000280,Epsom and Ewell,E07000208", "E22000279,Epsom and Ewell,E07000207")
    )
    out = tmp_path / "made.csv"
    ran = run(capsys, "areas", table, "--force", "Surrey", "--out", out)
    assert_refused(ran, "the code E22000279 of Epsom and Ewell", "for Elmbridge")


def test_a_force_of_nothing_but_unassigned_is_refused(capsys: Capture, tmp_path: Path) -> None:
    table = edited(tmp_path, ("E22000180,City of London,", ",City of London,"))
    out = tmp_path / "made.csv"
    ran = run(capsys, "areas", table, "--force", "City of London", "--out", out)
    assert_refused(ran, "no Community Safety Partnership of City of London")


def test_a_file_that_is_there_is_never_overwritten(capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "made.csv"
    out.write_text("mine", encoding="utf-8")
    ran = run(capsys, "areas", TABLE, "--force", "Surrey", "--out", out)
    assert_refused(ran, "made.csv is already there")
    assert out.read_text(encoding="utf-8") == "mine"


def test_the_file_is_a_csv_file(capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "made.xlsx"
    ran = run(capsys, "areas", TABLE, "--force", "Surrey", "--out", out)
    assert_refused(ran, "end it in .csv")
    assert not out.exists()


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (ROOT / "workbook" / "commissioning.xlsx", "is no CSV file in UTF-8"),
        (ROOT / "absent.csv", "cannot be read: No such file"),
        (BUNDLED, "is not Table C2"),
    ],
)
def test_something_else_is_not_the_table(
    capsys: Capture, tmp_path: Path, table: Path, words: str
) -> None:
    ran = run(capsys, "areas", table, "--force", "Surrey", "--out", tmp_path / "made.csv")
    assert_refused(ran, table.name, words)
