"""`import` through layouts with joined columns, words of their own, and rows that are no lines."""

import csv
from pathlib import Path

import pytest

from published.oracle import EDITIONS, is_same
from xlframework.commands.appendix import appendix
from xlframework.commands.import_appendix import import_appendix
from xlframework.commands.new import new
from xlframework.ground.errors import MisuseError

TABLES = Path(__file__).parents[1] / "published" / "tables"
OF_SUBTOTALS = TABLES / "2025-28_mtfp.csv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the 2016-17 edition as `appendix` publishes them."""
    workbook = tmp_path_factory.mktemp("import") / "2016.xlsx"
    new(workbook, edition="2016-17")
    appendix([workbook], workbook.parent / "published")
    return workbook.parent / "published"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("layout", ["2016-17-appendix-b", "2016-17-appendix-c"])
def test_what_is_published_is_read_back_and_published_again(
    published: Path, layout: str, form: str, tmp_path: Path
) -> None:
    table = published / f"2016_{layout}.{form}"
    outcome = import_appendix(table, tmp_path / "edition", layout=layout)
    assert [each.rule for each in outcome.findings if each.severity == "error"] == []
    workbook = tmp_path / "2016.xlsx"
    new(workbook, folder=tmp_path / "edition")
    appendix([workbook], tmp_path / "again", formats=["csv"])
    again = tmp_path / "again" / f"2016_{layout}.csv"
    assert again.read_bytes() == (published / again.name).read_bytes()


def test_joined_columns_come_apart_at_the_first_join(published: Path, tmp_path: Path) -> None:
    table = published / "2016_2016-17-appendix-b.csv"
    import_appendix(table, tmp_path / "edition", layout="2016-17-appendix-b")
    lines = rows(tmp_path / "edition" / "lines.csv")
    parts: dict[str, list[str]] = {}
    for row in lines:
        parts.setdefault(row["Service"], []).append(row["Provision"].partition(" A ")[0])
    assert parts["Domestic Homicide Reviews"] == ["City \N{EN DASH}", "County/Rutland -"]
    assert parts["Police Officer Support to city and county YOS"] == [""]
    assert not (tmp_path / "edition" / "printed.csv").exists()


def test_words_that_only_one_table_prints_are_read_into_printed(tmp_path: Path) -> None:
    oracle = rows(TABLES / "2016-17_appendix_c.csv")[:2]
    import_appendix(
        TABLES / "2016-17_appendix_c.csv", tmp_path / "edition", layout="2016-17-appendix-c"
    )
    read = rows(tmp_path / "edition" / "printed.csv")
    lines = [row["Line ID"] for row in rows(tmp_path / "edition" / "lines.csv")]
    assert read == [
        {"Layout": "2016-17-appendix-c", "Line ID": line, "Column": column, "Text": row[column]}
        for line, row in zip(lines, oracle, strict=True)
        for column in ("Need for service identified via...", "Linkages to PCP")
    ]


@pytest.mark.parametrize(
    ("layout", "what"),
    [
        ("2018-21-table-1", "years"),
        ("2020-21-table-3", "sections"),
        ("2016-17-table-1-plf", "areas"),
        ("2025-28-forward-plan", "entries of the forward plan"),
    ],
)
def test_a_layout_whose_rows_are_no_lines_is_refused_in_one_sentence(
    layout: str, what: str, tmp_path: Path
) -> None:
    with pytest.raises(MisuseError) as refused:
        import_appendix(tmp_path / "any.csv", tmp_path / "edition", layout=layout)
    assert str(refused.value) == (
        f"--layout: the rows of {layout} are not lines but {what}, so no lines can be read back "
        "from them; choose a layout that prints lines."
    )
    assert not (tmp_path / "edition").exists()


def test_a_table_of_subtotals_alone_becomes_entered_amounts(tmp_path: Path) -> None:
    outcome = import_appendix(OF_SUBTOTALS, tmp_path / "edition", layout="2025-28-mtfp")
    assert outcome.data["lines"] == 0
    assert outcome.data["totals"] == {
        "2024/25 Actuals": "6070096.35",
        "2025/26 Budget": "5336479.00",
        "2026/27 forecast": "4261901.00",
        "2027/28 forecast": "4247322.58",
    }
    bundled = rows(EDITIONS / "2025-28" / "sections.csv")
    read = rows(tmp_path / "edition" / "sections.csv")
    assert len(read) == len(bundled)
    for row, published_row in zip(read, bundled, strict=True):
        assert all(is_same(row[header], text) for header, text in published_row.items())
    workbook = tmp_path / "again.xlsx"
    new(workbook, folder=tmp_path / "edition")
    appendix([workbook], tmp_path, formats=["csv"])
    again = rows(tmp_path / "again_2025-28-mtfp.csv")
    oracle = [{header: row[header] for header in again[0]} for row in rows(OF_SUBTOTALS)]
    assert len(again) == len(oracle)
    for row, printed_row in zip(again, oracle, strict=True):
        assert all(is_same(row[header], text) for header, text in printed_row.items())
