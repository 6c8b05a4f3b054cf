"""Says what was found in the rows of an appendix sheet: what was not read, and what was assumed."""

from collections.abc import Collection, Iterator, Sequence

from xlframework.appendix.parse.headers import key_column, prints
from xlframework.appendix.parse.kinds import KindRow
from xlframework.appendix.parse.lines import Reader, outside_findings
from xlframework.appendix.parse.sections import text_of
from xlframework.appendix.parse.sums import Entry
from xlframework.ground.finding import Finding
from xlframework.ground.place import Area, Place
from xlframework.model.budget import Line

# What stands in for what a table does not say, so that every total counts the line.
UNKNOWN_SECTION = "Not stated"
USUAL_BLOCK = "Commissioning"


def row_findings(reader: Reader, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Say which rows or texts could not be read, and which lines are hidden."""
    for each in entries:
        if each.row.kind != "below":
            yield from outside_findings(reader, each.row.row)
        finding = _row_finding(reader, each.row)
        if finding is not None:
            yield finding
    hidden = [each.row.row.number for each in entries if _is_hidden(reader, each)]
    if hidden:
        yield reader.catalogue.finding(
            "import-row-hidden",
            Place(reader.grid.file, reader.grid.sheet, _rows_text(reader, hidden)),
            f"{len(hidden)} hidden rows of the table were read like the others"
            if len(hidden) > 1
            else f"row {hidden[0]} of the table is hidden and was read like the others",
        )


def _row_finding(reader: Reader, each: KindRow) -> Finding | None:
    row, key = each.row, key_column(reader.layout)
    if each.kind == "line" and key is not None and key.header not in row.words:
        return reader.catalogue.finding(
            "import-line-no-service",
            reader.place(row.number, key.header),
            f"row {row.number} looks like a line, but nothing stands under {key.header!r}",
        )
    if each.kind == "stray":
        texts = {header: cell.text for header, cell in row.words.items()}
        if row.label is not None and row.label.header is not None:
            texts[row.label.header] = row.label.text
        said = ", ".join(repr(text) for text in texts.values())
        return reader.catalogue.finding(
            "import-row-unread",
            reader.place(row.number, next(iter(texts))),
            f"row {row.number} says {said} and is no line, heading or sum, so it was not read",
            found=said,
        )
    if each.kind == "below" and row.amounts:
        return reader.catalogue.finding(
            "import-below-total",
            reader.place(row.number, next(iter(row.amounts))),
            f"row {row.number} holds an amount below the end of the table, so it was not read",
            found=next(iter(row.amounts.values())).text,
        )
    return None


def _is_hidden(reader: Reader, entry: Entry) -> bool:
    return entry.row.kind == "line" and entry.row.row.number in reader.grid.hidden_rows


def _rows_text(reader: Reader, rows: Sequence[int]) -> str:
    """Name the cells of the first column in some rows: `A12:A14,A20`."""
    column = min(match.column for match in reader.header.matches.values())
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return ",".join(str(Area(run[0], column, run[-1], column)) for run in runs)


def belonging_findings(reader: Reader, lines: Sequence[Line]) -> Iterator[Finding]:
    """Say of which lines the table does not tell the section or the block."""
    place = reader.place(reader.header.row, None)
    homeless = [line for line in lines if not line.section]
    if homeless:
        yield reader.catalogue.finding(
            "import-section-unknown",
            reader.place(homeless[0].origin.row, None),
            f"no column, heading or subtotal tells the section of {_lines_text(homeless)}, "
            f"so it was called {UNKNOWN_SECTION!r}",
        )
    if any(not line.block for line in lines):
        yield reader.catalogue.finding(
            "import-block-assumed",
            place,
            f"the table does not say which block its lines belong to, so {USUAL_BLOCK!r} "
            "was written",
        )


def _lines_text(lines: Sequence[Line]) -> str:
    first = text_of(lines[0].words, "Service") or f"the line in row {lines[0].origin.row}"
    return first if len(lines) == 1 else f"{first} and {len(lines) - 1} more"


def new_line_findings(
    reader: Reader, lines: Sequence[Line], matched: Collection[int]
) -> Iterator[Finding]:
    """Say which lines the workbook does not have."""
    printed = any(prints(column, "Line ID") for column in reader.layout.column)
    key = key_column(reader.layout)
    for number, line in enumerate(lines):
        if number not in matched and not printed:
            yield reader.catalogue.finding(
                "import-line-new",
                reader.place(line.origin.row, key.header if key else None),
                f"no one line of the workbook has the service and provider of {_lines_text([line])}"
                f", so it was given the new Line ID {line.line_id}",
                found=line.line_id,
            )
