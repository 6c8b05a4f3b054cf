"""Writes lines that were read from a table as the files of an edition folder."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from xlframework.appendix.layout import Layout
from xlframework.appendix.parse.grid import word_text
from xlframework.appendix.parse.ids import edition_name
from xlframework.appendix.parse.table import Parsed
from xlframework.ground.money import pounds_decimal
from xlframework.model.budget import Amount, Line, Word
from xlframework.model.edition import FILE_NAME
from xlframework.sheets.cells import number_text


def amount_headers(layout: Layout) -> tuple[str, ...]:
    """List the amount columns that a layout prints, each once."""
    amounts = (column.amount for column in layout.column if column.amount is not None)
    return tuple(dict.fromkeys(amounts))


def edition_files(
    parsed: Parsed, layout: Layout, headers: Sequence[str], source: str
) -> Mapping[str, bytes]:
    """Give the files of an edition folder.

    Args:
        parsed: the lines and sections.
        layout: the layout that they were read through.
        headers: the columns of `Lines`, amount columns left out.
        source: where the table was read, in one sentence.
    """
    years = amount_headers(layout)
    known = {header.casefold() for header in headers}
    fields = dict.fromkeys(field for column in layout.column for field in column.sources)
    own = [field for field in fields if field.casefold() not in known]
    columns = (*headers, *own)
    lines = [
        dict(_line_words(line, columns)) | _amounts(line.amounts, years) for line in parsed.lines
    ]
    entered = years if any(each.entered for each in parsed.sections) else ()
    sections = [
        {"Order": number_text(each.order or Decimal(0)), "Block": each.block, "Section": each.name}
        | _amounts(each.entered, entered)
        for each in parsed.sections
    ]
    return {
        FILE_NAME: _toml(layout, years, source).encode(),
        "lines.csv": _csv((*columns, *years), lines),
        "sections.csv": _csv(("Order", "Block", "Section", *entered), sections),
    } | _printed_file(parsed, layout)


def _printed_file(parsed: Parsed, layout: Layout) -> dict[str, bytes]:
    """Give the words that only this layout prints; no file where there are none."""
    headers = ("Layout", "Line ID", "Column", "Text")
    rows = [dict(zip(headers, (layout.name, *each), strict=True)) for each in parsed.printed]
    return {"printed.csv": _csv(headers, rows)} if rows else {}


def _line_words(line: Line, headers: Sequence[str]) -> Iterator[tuple[str, str]]:
    settled: Mapping[str, Word] = {
        "line id": line.line_id,
        "order": number_text(line.order) if line.order is not None else "",
        "block": line.block,
        "section": line.section,
        "shared with": line.shared_with,
    }
    words = {header.casefold(): word for header, word in line.words.items()} | dict(settled)
    for header in headers:
        yield header, word_text(words.get(header.casefold(), ""))


def _amounts(amounts: Mapping[str, Amount], years: Sequence[str]) -> dict[str, str]:
    found = {year: amounts.get(year) for year in years}
    return {
        year: number_text(pounds_decimal(amount)) if isinstance(amount, int) else ""
        for year, amount in found.items()
    }


def _csv(headers: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, headers, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def _toml(layout: Layout, years: Sequence[str], source: str) -> str:
    pairs = (
        ("name", _quoted(edition_name(layout))),
        ("title", _quoted(layout.title)),
        ("status", _quoted("draft")),
        ("years", f"[{', '.join(_quoted(year) for year in years)}]"),
        ("layouts", f"[{_quoted(layout.name)}]"),
        ("source", _quoted(source)),
    )
    lines = "\n".join(f"{key} = {value}" for key, value in pairs)
    return f"# Read from a published table; check it before you build on it.\n\n{lines}\n"


def _quoted(text: str) -> str:
    """Write a text as TOML does, on one line whatever it holds."""
    escaped = "".join(
        f"\\U{ord(sign):08x}" if sign in '"\\' or not sign.isprintable() else sign for sign in text
    )
    return f'"{escaped}"'
