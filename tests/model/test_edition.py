"""Edition folders: what is read from the CSV files, and which slips are named."""

from pathlib import Path

import pytest

from builders import ROOT, YEAR
from xlframework.ground.errors import DeclarationError, MisuseError
from xlframework.model.edition import Edition, read_bundled_edition, read_csv, read_edition

DECLARED = f'name = "x"\ntitle = "X"\nyears = ["{YEAR}"]\nsource = "Nowhere."\n'
LINES = f"Line ID,Service,Note,{YEAR}\nL1,Refuge,,100\nL2,Mediation,as it was,\n"
TERMS = "Line ID,Starts,Ends,Extension,Extended to,Funding,Note\n"


def edition(folder: Path, **files: str) -> Edition:
    """Read an edition folder with these files, named with an underscore for the dot."""
    for name, text in {"edition_toml": DECLARED, **files}.items():
        stem, _, ending = name.rpartition("_")
        (folder / f"{stem}.{ending}").write_bytes(text.encode())
    return read_edition(folder)


def slip_of(folder: Path, **files: str) -> str:
    with pytest.raises(DeclarationError) as slip:
        edition(folder, **files)
    return str(slip.value)


def test_only_the_files_that_are_there_fill_a_table(tmp_path: Path) -> None:
    read = edition(tmp_path, lines_csv=LINES, other_csv="a\n1\n")
    assert set(read.tables) == {"Lines"}
    assert [str(column) for column in read.columns] == [YEAR]


def test_a_row_is_read_by_its_headers_and_blank_is_the_empty_text(tmp_path: Path) -> None:
    rows = edition(tmp_path, lines_csv=LINES).tables["Lines"].rows
    assert rows[0] == {"Line ID": "L1", "Service": "Refuge", "Note": "", YEAR: "100"}


def test_the_committed_edition_has_its_lines_and_terms() -> None:
    lines = read_bundled_edition("2024-25").tables["Lines"].rows
    assert len(lines) == 64
    assert lines[0]["Starts"] == "2024-04-01"


def test_an_edition_that_is_not_bundled_is_named_with_those_that_are() -> None:
    with pytest.raises(MisuseError, match=r"no edition '1999-00'; the bundled ones are .*2024-25"):
        read_bundled_edition("1999-00")


def test_an_edition_cannot_be_named_by_a_path() -> None:
    with pytest.raises(MisuseError):
        read_bundled_edition("../editions/2024-25")


def test_a_folder_without_its_declaration_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"edition\.toml cannot be read"):
        read_edition(tmp_path)


@pytest.mark.parametrize("year", ["2024/26 Budget", "2024/25", "Budget", "2024/25 Guess"])
def test_a_year_that_cannot_be_read_is_named(tmp_path: Path, year: str) -> None:
    said = slip_of(tmp_path, edition_toml=DECLARED.replace(YEAR, year))
    assert said.startswith(f"{tmp_path / 'edition.toml'}: key years: ")
    assert year.split(maxsplit=1)[0] in said


def test_one_amount_column_under_two_spellings_is_named(tmp_path: Path) -> None:
    twice = DECLARED.replace(f'"{YEAR}"', '"2024/25 Budget", "2024-25 budget"')
    assert "key years: 2024/25 Budget stands twice" in slip_of(tmp_path, edition_toml=twice)


@pytest.mark.parametrize("row", ["L2,too short", "L2,Mediation,,5,6"])
def test_a_row_of_another_length_is_named_by_its_line(tmp_path: Path, row: str) -> None:
    said = slip_of(tmp_path, lines_csv=LINES + row + "\n")
    assert said.startswith(f"{tmp_path / 'lines.csv'}, line 4: ")
    assert f"{row.count(',') + 1} values, but line 1 has 4 headers" in said


def test_the_line_of_a_slip_counts_lines_inside_quotes(tmp_path: Path) -> None:
    said = slip_of(tmp_path, lines_csv=LINES + 'L3,"two\nlines",,\nL4\n')
    assert "lines.csv, line 6: " in said


def test_a_header_that_stands_twice_is_named(tmp_path: Path) -> None:
    said = slip_of(tmp_path, lines_csv="Line ID,Service,Service\nL1,a,b\n")
    assert said.endswith("lines.csv, line 1: the header 'Service' stands twice.")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Line ID\n\xa3100\n", 'is not in UTF-8; open it in Excel and save it as "CSV UTF-8"'),
        (b'Line ID\n"L1" x\n', "cannot be read as CSV: "),
        (b'Line ID\n"L1\n', "cannot be read as CSV: "),
    ],
)
def test_a_csv_file_that_cannot_be_read_is_named(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "lines.csv"
    path.write_bytes(data)
    with pytest.raises(DeclarationError, match=rf"lines\.csv {said}"):
        read_csv(path)


def test_a_csv_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"nope\.csv was not found"):
        read_csv(tmp_path / "nope.csv")


def test_a_folder_is_no_csv_file(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"cannot be read: [A-Z][^\[]*\.$"):
        read_csv(tmp_path)


def test_blank_lines_and_a_byte_order_mark_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    path.write_bytes(b"\xef\xbb\xbfLine ID\r\nL1\r\n\r\nL2\r\n")
    assert [row["Line ID"] for row in read_csv(path).rows] == ["L1", "L2"]


def test_terms_join_their_line_and_leave_the_others(tmp_path: Path) -> None:
    terms = TERMS + "L2,2024-04-01,,two years,2028-03-31,Core,with a break\n"
    first, second = (
        edition(tmp_path, lines_csv=LINES, contract_terms_csv=terms).tables["Lines"].rows
    )
    assert first["Note"] == ""
    assert "Starts" not in first
    assert (second["Starts"], second["Extended to"]) == ("2024-04-01", "2028-03-31")
    assert "Ends" not in second
    assert second["Note"] == "As it was; Extension: two years; with a break"


@pytest.mark.parametrize(("line_id", "times"), [("L9", 0), ("", 0), ("L1", 2)])
def test_terms_of_no_line_or_of_two_are_named(tmp_path: Path, line_id: str, times: int) -> None:
    lines = LINES + ("L1,Again,,\n" if times else "")
    said = slip_of(tmp_path, lines_csv=lines, contract_terms_csv=f"{TERMS}{line_id},,,,,,\n")
    assert "contract_terms.csv: key Line ID: " in said
    assert f"{line_id!r} is the ID of {times} lines" in said


@pytest.mark.parametrize("wrong", ["lines", "contract_terms"])
def test_a_table_without_line_ids_is_named_itself(tmp_path: Path, wrong: str) -> None:
    files = {"lines": LINES, "contract_terms": TERMS + "L1,2024-04-01,,,,,\n"}
    files[wrong] = files[wrong].replace("Line ID", "LineID")
    said = slip_of(tmp_path, **{f"{name}_csv": text for name, text in files.items()})
    assert said.startswith(f"{tmp_path / wrong}.csv, line 1: there is no header 'Line ID'")


def test_two_terms_of_one_line_are_named(tmp_path: Path) -> None:
    terms = TERMS + "L1,2024-04-01,,,,,\nL1,2025-04-01,,,,,\n"
    said = slip_of(tmp_path, lines_csv=LINES, contract_terms_csv=terms)
    assert said.endswith("contract_terms.csv: key Line ID: 'L1' stands twice.")


def test_terms_need_no_column_but_the_line_id(tmp_path: Path) -> None:
    read = edition(tmp_path, lines_csv=LINES, contract_terms_csv="Line ID,Ends\nL1,2026-03-31\n")
    assert read.tables["Lines"].rows[0]["Ends"] == "2026-03-31"


def test_the_bundled_editions_are_those_of_the_repository() -> None:
    folders = {path.parent.name for path in (ROOT / "workbook/editions").glob("*/edition.toml")}
    for name in folders:
        assert read_bundled_edition(name).spec.name == name
