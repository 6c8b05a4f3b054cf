"""Settles shared amounts: which line carries the amount that another one's cell refers to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlframework.appendix.parse.lines import ABOVE, Draft, Reader
from xlframework.appendix.parse.sections import text_of
from xlframework.appendix.parse.text import same_label
from xlframework.ground.finding import Finding
from xlframework.model.budget import Line


@dataclass(frozen=True, slots=True)
class Sharing:
    """Whose amount covers a line.

    Attributes:
        line_id: the line that carries the amount; blank for none.
        unknown: the amount columns whose carrier could not be found.
        second: the amount columns whose carrier is another line still.
    """

    line_id: str = ""
    unknown: tuple[str, ...] = ()
    second: tuple[str, ...] = ()


def shared_rows(
    drafts: Sequence[Draft], lines: Sequence[Line], known: Sequence[Line]
) -> Mapping[int, Sharing]:
    """Find the carrier of every line's shared amounts, by the line's row.

    Args:
        drafts: the rows as read.
        lines: the same with their identifiers.
        known: lines that are not in the table, but may carry an amount.
    """
    by_row = {line.origin.row: number for number, line in enumerate(lines)}
    found: dict[int, Sharing] = {}
    for number, draft in enumerate(drafts):
        carriers = {
            header: _carrier(drafts, lines, known, by_row, (number, header))
            for header in draft.carriers
        }
        ids = [line_id for line_id in carriers.values() if line_id]
        first = ids[0] if ids else ""
        found[draft.row] = Sharing(
            first,
            tuple(header for header, line_id in carriers.items() if not line_id),
            tuple(header for header, line_id in carriers.items() if line_id not in {first, ""}),
        )
    return found


def _carrier(
    drafts: Sequence[Draft],
    lines: Sequence[Line],
    known: Sequence[Line],
    by_row: Mapping[int, int],
    cell: tuple[int, str],
) -> str:
    number, header = cell
    carrier = drafts[number].carriers[header]
    if isinstance(carrier, str):
        return _by_service(lines, known, carrier, cell)
    above = number - 1 if carrier == ABOVE else by_row.get(carrier, -1)
    # A third row that is included above belongs to the first, which has the amount.
    while above >= 0 and drafts[above].carriers.get(header) == ABOVE:
        above -= 1
    if above < 0:
        return ""
    beyond = drafts[above].carriers.get(header)
    return _by_service(lines, known, beyond, cell) if isinstance(beyond, str) else _id(lines, above)


def _id(lines: Sequence[Line], number: int) -> str:
    return lines[number].line_id


def _by_service(
    lines: Sequence[Line], known: Sequence[Line], service: str, cell: tuple[int, str]
) -> str:
    """Find a line by its service: of several, the nearest above that has an amount."""
    number, header = cell
    named = [
        at
        for at, line in enumerate(lines)
        if at != number and (same_label(_service(line), service) or line.line_id == service)
    ]
    paid = [at for at in named if isinstance(lines[at].amounts.get(header), int)] or named
    if paid:
        return _id(lines, min(paid, key=lambda at: (at > number, abs(at - number))))
    theirs = [line.line_id for line in known if same_label(_service(line), service)]
    return theirs[0] if len(theirs) == 1 else ""


def _service(line: Line) -> str:
    return text_of(line.words, "Service")


def share_findings(
    reader: Reader, drafts: Sequence[Draft], sharings: Mapping[int, Sharing]
) -> Iterator[Finding]:
    """Say which shared amounts could not be put on a line."""
    printed = {
        column.amount: column.header
        for column in reversed(reader.layout.column)
        if column.amount is not None
    }
    for draft in drafts:
        sharing = sharings[draft.row]
        for header in (*sharing.unknown, *sharing.second):
            carrier = draft.carriers[header]
            said = repr(carrier) if isinstance(carrier, str) else "the line above"
            why = (
                f"the line that carries it, {said}, was not found"
                if header in sharing.unknown
                else f"in another year it stands on {sharing.line_id}, and a line can name only one"
            )
            yield reader.catalogue.finding(
                "import-shared-unknown",
                reader.place(draft.row, printed[header]),
                f"the amount of {draft.service or 'this line'} is included elsewhere, but {why}",
            )
