"""The published frameworks as they were transcribed: which table is which, and its rows."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

PUBLISHED = Path(__file__).parent
EDITIONS = PUBLISHED.parents[1] / "workbook" / "editions"

Row = dict[str, str]

# What the transcription adds to a printed table.
_OUR_COLUMNS = frozenset({"row", "section", "row_kind", "note"})

# The layouts of each edition, in the order of its paper, and the transcription of each table.
TABLES: Mapping[str, Mapping[str, str]] = {
    "2016-17": {
        "2016-17-table-1-plf": "2016-17_table1_plf",
        "2016-17-appendix-b": "2016-17_appendix_b",
        "2016-17-appendix-c": "2016-17_appendix_c",
        "2016-17-decision-record": "2016-17_decision_table1",
    },
    "2018-21": {
        "2018-21-table-1": "2018-21_table1",
        "2018-21-table-2-spdf": "2018-21_table2_spdf",
        "2018-21-appendix-a": "2018-21_appendix_a",
    },
    "2020-21": {
        "2020-21-table-1": "2020-21_table1",
        "2020-21-table-2": "2020-21_table2",
        "2020-21-table-3": "2020-21_table3",
        "2020-21-appendix-a": "2020-21_appendix_a",
    },
    "2024-25": {
        "2024-25-table-1": "2024-25_table1",
        "2024-25-grants": "2024-25_grants",
    },
    "2025-28": {
        "2025-28-mtfp": "2025-28_mtfp",
        "2025-28-forward-plan": "2025-28_forward_plan",
    },
}
LAYOUTS = tuple((edition, layout) for edition, tables in TABLES.items() for layout in tables)


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table of a paper: its headers, its rows, and what kind of row each is."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]

    def of_kind(self, kind: str) -> list[tuple[str, ...]]:
        return [row for row, is_of in zip(self.rows, self.kinds, strict=True) if is_of == kind]


def records(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def edition_rows(edition: str, name: str) -> list[Row]:
    return records(EDITIONS / edition / name)


def printed_table(edition: str, layout: str) -> PrintedTable:
    """Read a transcribed table without what the transcription adds."""
    rows = records(PUBLISHED / "tables" / f"{TABLES[edition][layout]}.csv")
    headers = tuple(header for header in rows[0] if header not in _OUR_COLUMNS)
    cells = tuple(tuple(row[header] for header in headers) for row in rows)
    return PrintedTable(headers, cells, tuple(row["row_kind"] for row in rows))


def stated_figures(edition: str) -> list[Row]:
    rows = records(PUBLISHED / "stated_figures.csv")
    return [row for row in rows if row["edition"] == edition]


def number(text: str) -> Decimal | None:
    """Read a printed amount or percentage; None for words and for nothing."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def is_same(one: str, other: str) -> bool:
    """Tell whether two cells say the same: the same words, or the same number."""
    return one == other or (number(one) is not None and number(one) == number(other))
