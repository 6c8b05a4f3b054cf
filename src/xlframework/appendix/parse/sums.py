"""Checks the printed subtotals and totals of a table against the lines as they were read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xlframework.appendix.parse.kinds import KindRow
from xlframework.appendix.parse.labels import SumLabel
from xlframework.appendix.parse.lines import Draft, Reader, unread_amount
from xlframework.appendix.parse.text import without_continued
from xlframework.ground.finding import Finding
from xlframework.ground.folding import folded
from xlframework.ground.money import pounds_text, spoken_pounds
from xlframework.model.budget import Section, Unread


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table, with the line that it holds, if it is one."""

    row: KindRow
    draft: Draft | None = None


Sums = Mapping[str, int]


def sums_of(drafts: Sequence[Draft]) -> Sums:
    """Add lines up by amount column, in pence; blank counts as nothing."""
    sums: dict[str, int] = {}
    for draft in drafts:
        for header, pence in draft.amounts.items():
            sums[header] = sums.get(header, 0) + (pence or 0)
    return sums


def _running(entries: Sequence[Entry]) -> Iterator[tuple[Entry, list[Draft], list[Draft]]]:
    """Go through the rows with the lines since the last subtotal or heading, and all so far."""
    since: list[Draft] = []
    every: list[Draft] = []
    headed = ""
    for entry in entries:
        yield entry, since, every
        if entry.draft is not None and entry.row.kind == "line":
            since.append(entry.draft)
            every.append(entry.draft)
        elif entry.row.kind == "subtotal":
            since.clear()
        elif entry.row.kind == "heading" and entry.row.row.label is not None:
            # A heading that is said again on the next page begins nothing new.
            name = folded(without_continued(entry.row.row.label.text))
            if name != headed:
                since.clear()
            headed = name


def with_bare_sums(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Decide on rows of amounts without words: a sum of what stands above, or a line."""
    settled = list(entries)
    for number, entry in enumerate(entries):
        if entry.row.kind != "bare":
            continue
        before = list(_running([*settled[:number], entry]))
        _, since, every = before[-1]
        lines_follow = any(each.row.kind == "line" for each in entries[number + 1 :])
        if since and _agrees(entry.draft, sums_of(since)):
            sums = SumLabel(subtotal=True, total=False, section="", declared=False)
            settled[number] = Entry(replace(entry.row, kind="subtotal", sums=sums))
        elif every and not lines_follow and _agrees(entry.draft, sums_of(every)):
            sums = SumLabel(subtotal=False, total=True, section="", declared=False)
            settled[number] = Entry(replace(entry.row, kind="total", sums=sums))
        else:
            settled[number] = Entry(replace(entry.row, kind="line"), entry.draft)
    return tuple(settled)


def _agrees(draft: Draft | None, sums: Sums) -> bool:
    found = {} if draft is None else {key: each for key, each in draft.amounts.items() if each}
    return bool(found) and all(sums.get(header) == pence for header, pence in found.items())


def sum_findings(
    reader: Reader, entries: Sequence[Entry], entered: Sequence[Section]
) -> Iterator[Finding]:
    """Say which printed sums differ from their lines, and which rows were taken for sums.

    Args:
        reader: what is known of the table.
        entries: its rows.
        entered: sections without lines, whose subtotals are amounts of their own.
    """
    alone = {section.origin.row: section for section in entered}
    for entry, since, every in _running(entries):
        if entry.row.kind not in {"subtotal", "total"}:
            continue
        if entry.row.sums is not None and not entry.row.sums.declared:
            yield _guessed(reader, entry.row)
        section = alone.get(entry.row.row.number)
        if section is not None:
            yield _entered(reader, entry.row, section)
            yield from _unread(reader, entry.row)
        elif entry.row.kind == "total":
            yield from _differences(reader, entry.row, _with_entered(sums_of(every), entered))
        else:
            yield from _differences(reader, entry.row, sums_of(since))


def _with_entered(sums: Sums, entered: Sequence[Section]) -> Sums:
    whole = dict(sums)
    for section in entered:
        for header, pence in section.entered.items():
            whole[header] = whole.get(header, 0) + (pence if isinstance(pence, int) else 0)
    return whole


def _unread(reader: Reader, row: KindRow) -> Iterator[Finding]:
    for column in reader.layout.column:
        cell = row.row.amounts.get(column.header)
        if cell is not None and column.amount is not None and isinstance(cell.amount, Unread):
            yield unread_amount(reader, row.row.number, column.header, cell.amount)


def _entered(reader: Reader, row: KindRow, section: Section) -> Finding:
    label = row.row.label
    said = repr(label.text) if label is not None else f"the subtotal of {section.name}"
    return reader.catalogue.finding(
        "import-section-entered",
        reader.place(row.row.number, label.header if label else None),
        f"no line stands above {said}, so its amounts were entered for the section {section.name}",
    )


def _guessed(reader: Reader, row: KindRow) -> Finding:
    label = row.row.label
    said = repr(label.text) if label is not None else "a row of amounts without words"
    return reader.catalogue.finding(
        "import-sum-guessed",
        reader.place(row.row.number, label.header if label else None),
        f"{said} was read as a {row.kind}, though the layout {reader.layout.name} does not say so",
        found=label.text if label else None,
    )


def _differences(reader: Reader, row: KindRow, sums: Sums) -> Iterator[Finding]:
    yield from _unread(reader, row)
    label = row.row.label.text if row.row.label is not None else f"the {row.kind}"
    what = "of the lines above it" if row.kind == "subtotal" else "of all lines"
    for column in reader.layout.column:
        cell = row.row.amounts.get(column.header)
        if cell is None or column.amount is None:
            continue
        expected = sums.get(column.amount, 0)
        if isinstance(cell.amount, int) and cell.amount != expected:
            difference = cell.amount - expected
            less = "less" if difference < 0 else "more"
            message = (
                f"{label!r} under {column.header!r} says {spoken_pounds(cell.amount)}, "
                f"{spoken_pounds(abs(difference))} {less} than the sum {what}"
            )
            place = reader.place(row.row.number, column.header)
            found = pounds_text(cell.amount)
            compared = {
                "expected": pounds_text(expected),
                "found": found,
                "difference": pounds_text(difference),
            }
            if row.kind == "total":
                yield reader.catalogue.finding("import-total-differs", place, message, **compared)
            else:
                yield reader.catalogue.finding(
                    "import-subtotal-differs", place, message, **compared
                )
