"""Reads an appendix sheet backwards through its layout: from a grid of cells to lines."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import msgspec

from xlframework.appendix.layout import Layout
from xlframework.appendix.parse.entered import entered_sections
from xlframework.appendix.parse.findings import (
    UNKNOWN_SECTION,
    USUAL_BLOCK,
    belonging_findings,
    new_line_findings,
    row_findings,
)
from xlframework.appendix.parse.grid import Grid
from xlframework.appendix.parse.headers import HeaderRow, header_findings, is_usable
from xlframework.appendix.parse.ids import id_prefix, match_lines, new_ids
from xlframework.appendix.parse.kinds import KindRow, tell_apart
from xlframework.appendix.parse.lines import Draft, Reader, read_draft
from xlframework.appendix.parse.rows import sheet_rows
from xlframework.appendix.parse.sections import Belonging, Spelling, belongings, text_of
from xlframework.appendix.parse.shares import share_findings, shared_rows
from xlframework.appendix.parse.sums import Entry, sum_findings, with_bare_sums
from xlframework.ground.finding import Finding
from xlframework.model.budget import Line, Origin, Section
from xlframework.model.catalogue import Catalogue

_STEP = 10


@dataclass(frozen=True, slots=True)
class Parsed:
    """A table, read back.

    Attributes:
        lines: the lines in printed order; none where no line could be read.
        sections: their sections in printed order, block by block, and those without lines
            whose printed subtotals were entered.
        findings: what was found on the way.
        printed: words that only this layout prints: Line ID, printed header, text.
    """

    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    printed: tuple[tuple[str, str, str], ...] = ()


def parse(  # noqa: PLR0913 - the table, and what is known beside it
    layout: Layout,
    grid: Grid,
    header: HeaderRow,
    catalogue: Catalogue,
    *,
    known: Sequence[Line] | None = None,
    dates: Collection[str] = (),
) -> Parsed:
    """Read a table back into lines.

    Args:
        layout: how it prints.
        grid: the sheet.
        header: where its headers are; see `find_header`.
        catalogue: for the findings.
        known: the lines of a workbook whose identifiers are to be kept.
        dates: the columns of `Lines` that hold dates.

    Returns:
        The lines with everything that the table says of them, and the sections. What
        could not be read is blank, and a finding.
    """
    findings = list(header_findings(grid, layout, header, catalogue))
    layout, header = _without_computed(layout, header)
    if not is_usable(layout, header):
        return Parsed((), (), tuple(findings))
    reader = Reader(grid, layout, header, catalogue, dates)
    kinds = tell_apart(sheet_rows(grid, layout, header), layout, header)
    entries = with_bare_sums([_entry(reader, each, findings) for each in kinds])
    findings.extend(row_findings(reader, entries))
    drafts = [each.draft for each in entries if each.row.kind == "line" and each.draft]
    places = _places(reader, entries, known or ())
    entered = entered_sections(reader, entries, places)
    findings.extend(sum_findings(reader, entries, entered))
    if not drafts and not entered:
        findings.append(_no_lines(reader))
        return Parsed((), (), tuple(findings))
    lines = _lines(reader, places, drafts, known, findings)
    printed = tuple(
        (line.line_id, column, text)
        for line, draft in zip(lines, drafts, strict=True)
        for column, text in draft.printed.items()
    )
    return Parsed(lines, sections_of(lines, entered), tuple(findings), printed)


def _without_computed(layout: Layout, header: HeaderRow) -> tuple[Layout, HeaderRow]:
    """Leave aside the columns that are worked out from others, for nothing is read from them."""
    read = tuple(column for column in layout.column if column.compute is None)
    names = {column.header for column in read}
    computed = {name: match for name, match in header.matches.items() if name not in names}
    others = {match.column: match.found for match in computed.values()}
    matches = {name: match for name, match in header.matches.items() if name in names}
    return (
        msgspec.structs.replace(layout, column=read),
        replace(header, matches=matches, others={**header.others, **others}),
    )


def _entry(reader: Reader, row: KindRow, findings: list[Finding]) -> Entry:
    if row.kind in {"line", "bare"}:
        return Entry(row, read_draft(reader, row.row, findings.append))
    return Entry(row)


def _no_lines(reader: Reader) -> Finding:
    return reader.catalogue.finding(
        "import-no-lines",
        reader.place(reader.header.row, None),
        "there is no line below the header row",
    )


def _places(
    reader: Reader, entries: Sequence[Entry], known: Sequence[Line]
) -> Mapping[int, Belonging]:
    blocks, sections = Spelling(), Spelling()
    for line in known:
        blocks.of(line.block)
        sections.of(line.section)
    return belongings(reader.layout, entries, blocks, sections)


def _lines(
    reader: Reader,
    places: Mapping[int, Belonging],
    drafts: Sequence[Draft],
    known: Sequence[Line] | None,
    findings: list[Finding],
) -> tuple[Line, ...]:
    lines = [
        _line(reader, draft, places[draft.row], number)
        for number, draft in enumerate(drafts, start=1)
    ]
    matched = match_lines(reader.layout, lines, known or ())
    lines = [_placed(line, matched.get(number)) for number, line in enumerate(lines)]
    findings.extend(belonging_findings(reader, lines))
    lines = [
        replace(line, block=line.block or USUAL_BLOCK, section=line.section or UNKNOWN_SECTION)
        for line in lines
    ]
    lines = _identified(reader, lines, matched, known or ())
    if known is not None:
        findings.extend(new_line_findings(reader, lines, matched))
    carriers = shared_rows(drafts, lines, known or ())
    findings.extend(share_findings(reader, drafts, carriers))
    return tuple(
        replace(line, shared_with=line.shared_with or carriers[line.origin.row].line_id)
        for line in lines
    )


def _line(reader: Reader, draft: Draft, belonging: Belonging, number: int) -> Line:
    columns = {
        each: reader.header.matches[column.header].column
        for column in reader.layout.column
        if column.header in reader.header.matches
        for each in (*column.sources, *((column.amount,) if column.amount else ()))
    }
    return Line(
        line_id=text_of(draft.words, "Line ID"),
        order=_order(text_of(draft.words, "Order")) or Decimal(_STEP * number),
        block=belonging.block,
        section=belonging.section,
        area_code=text_of(draft.words, "Area code"),
        shared_with=text_of(draft.words, "Shared with"),
        words=draft.words,
        amounts=dict(draft.amounts),
        origin=Origin(reader.grid.file, reader.grid.sheet, draft.row, columns),
    )


def _order(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _placed(line: Line, matched: Line | None) -> Line:
    """Take from the workbook's line what the table does not say."""
    if matched is None:
        return line
    return replace(line, block=line.block or matched.block, section=line.section or matched.section)


def _identified(
    reader: Reader, lines: Sequence[Line], matched: Mapping[int, Line], known: Sequence[Line]
) -> list[Line]:
    printed = {line.line_id for line in lines if line.line_id}
    fresh = new_ids(id_prefix(reader.layout), {*printed, *(line.line_id for line in known)})
    theirs = {
        number: line.line_id for number, line in matched.items() if line.line_id not in printed
    }
    return [
        replace(line, line_id=line.line_id or theirs.get(number) or next(fresh))
        for number, line in enumerate(lines)
    ]


def sections_of(lines: Sequence[Line], entered: Sequence[Section] = ()) -> tuple[Section, ...]:
    """List the sections, block by block, as they first appear.

    Args:
        lines: the lines.
        entered: the sections without lines.
    """
    of_lines = (Section(None, each.block, each.section, {}, each.origin) for each in lines)
    blocks: dict[str, dict[str, Section]] = {}
    for each in sorted((*of_lines, *entered), key=lambda section: section.origin.row):
        blocks.setdefault(each.block, {}).setdefault(each.name, each)
    firsts = [section for sections in blocks.values() for section in sections.values()]
    return tuple(
        replace(section, order=Decimal(_STEP * number))
        for number, section in enumerate(firsts, start=1)
    )
