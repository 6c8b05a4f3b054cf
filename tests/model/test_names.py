"""The declarations of names and councils: what they say, and what a slip in them says."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import ROOT, workbook_spec
from xlframework.ground.errors import DeclarationError
from xlframework.model.councils import read_councils
from xlframework.model.names import read_names

TEMPLATES = ROOT / "templates"
AREAS = ROOT / "workbook" / "areas" / "codes_and_names.csv"


@pytest.mark.parametrize("read", [read_names, read_councils])
def test_what_ships_can_be_read(read: Callable[[Path], object]) -> None:
    assert read(TEMPLATES) is not None


def test_every_declared_column_is_one_of_the_workbook() -> None:
    names = read_names(TEMPLATES)
    columns = list(names.columns())
    assert len(columns) > 10
    for table, header, kind in columns:
        assert header in workbook_spec().table(table).headers
        assert kind in names.kind
    assert names.themes is not None
    assert {names.themes.priority, names.themes.theme} <= set(
        workbook_spec().table("Lines").headers
    )


def test_kinds_are_given_by_table_and_header() -> None:
    kinds = read_names(TEMPLATES).kinds_of("Areas")
    assert kinds == {"Lead authority": "provider", "Area": "place", "CSP": "place"}


def test_the_councils_are_those_of_the_areas_by_code_and_name() -> None:
    by_code = {code: each.name for each in read_councils(TEMPLATES).council for code in each.codes}
    with AREAS.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 9
    for row in rows:
        assert by_code[row["Area code"]] == by_code[row["CSP code"]]
        assert by_code[row["Area code"]].startswith(row["Area"])
    assert len(by_code) == 2 * len(rows) + 1  # and the county's own code


@pytest.mark.parametrize("word", ["TBC", " various ", "n/a"])
def test_a_placeholder_is_told_whatever_its_case(word: str) -> None:
    names = read_names(TEMPLATES)
    assert names.is_placeholder(word)
    assert not names.is_placeholder("Catch 22")


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (
            "names.toml",
            '[kind.x]\ncalled = "x"\ncolumns = ["Provider"]',
            "kind.x.columns: 'Provider'",
        ),
        (
            "names.toml",
            """
            kind.x = { called = "x", columns = ["Lines[P]"] }
            kind.y = { called = "y", columns = ["Lines[P]"] }
            """,
            r"kind.y.columns: 'Lines\[P\]' already stands under kind.x",
        ),
        ("names.toml", "kinds = 1", "key kinds is not known"),
        ("names.toml", "", "key kind is missing"),
        ("councils.toml", 'source = "s"', "key council is missing"),
        ("councils.toml", 'source = "s"\n[[council]]\nname = 1', "council 1.name"),
        ("councils.toml", 'source = "s"\n[[council]]\nname = "A"\ncode = "b"', "council 1.code"),
        ("councils.toml", "source = ", "not valid TOML"),
    ],
)
def test_a_slip_names_the_file_and_the_key(tmp_path: Path, file: str, text: str, said: str) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    read = read_names if file == "names.toml" else read_councils
    with pytest.raises(DeclarationError, match=said) as raised:
        read(tmp_path)
    assert file in str(raised.value)


def test_a_team_may_replace_one_file_and_keep_the_other(tmp_path: Path) -> None:
    (tmp_path / "councils.toml").write_text(
        'source = "ours"\n[[council]]\nname = "Derby City Council"\n', encoding="utf-8"
    )
    assert [each.name for each in read_councils(tmp_path).council] == ["Derby City Council"]
    assert read_names(tmp_path) == read_names(TEMPLATES)
