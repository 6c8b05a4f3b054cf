"""What a person reads when returns have been checked: file by file, then the batch."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from textwrap import fill

from xlframework.commands.wording import plural, readable, table_text
from xlframework.ground.finding import Finding, worst_first
from xlframework.ground.money import spoken_pounds
from xlframework.rules.returns.checked import Checked
from xlframework.rules.returns.summary import Group, Received, Standing, Summary
from xlframework.rules.returns.wording import brief
from xlframework.sheets.returns.finding_words import as_pence, sentence
from xlframework.sheets.returns.report_money import totals
from xlframework.sheets.returns.report_words import NOT_KNOWN, STATUSES, group_title

_WIDTH = 96
_MOST_NAMED = 12


def batch_text(batch: Sequence[Checked], summary: Summary) -> str:
    """Set out every file with its findings, the worst first, then the batch as a whole.

    Args:
        batch: what was checked.
        summary: the same summed up.
    """
    everywhere = _said_of_all(batch)
    blocks = [
        "\n".join(_file_text(each, received, everywhere))
        for each, received in zip(batch, summary.received, strict=True)
    ]
    # Files of which there is nothing to say stand close together.
    runs = groupby(blocks, key=lambda block: "\n" in block)
    parts = [("\n\n" if has_findings else "\n").join(run) for has_findings, run in runs]
    return "\n\n".join([*parts, "\n".join(_batch_lines(summary, everywhere))])


def on_one_line(text: str) -> str:
    """Write a name or message without signs that would move a terminal's cursor."""
    return "".join(
        letter if letter.isprintable() else (" " if letter.isspace() else "?") for letter in text
    )


def _said_of_all(batch: Sequence[Checked]) -> dict[str, Finding]:
    """Find what is said, for information, of every return alike; it is shown once."""
    if len(batch) == 1:
        return {}
    files = [
        {each.message: each for each in checked.findings if each.severity == "info"}
        for checked in batch
        if checked.form is not None
    ]
    shared = set(files[0]).intersection(*files[1:]) if len(files) > 1 else set()
    return {message: files[0][message] for message in sorted(shared)}


def _file_text(checked: Checked, received: Received, everywhere: Iterable[str]) -> Iterator[str]:
    form = f" ({checked.form})" if checked.form is not None else ""
    known = (received.organisation, received.key.year, received.key.period)
    whose = ", ".join(brief(text) for text in known if text)
    yield on_one_line(f"{checked.file}: {checked.status}{form}{f', {whose}' if whose else ''}")
    hidden = set(everywhere)
    for finding in worst_first(checked.findings):
        if finding.message not in hidden:
            yield from _finding_lines(finding)


def _finding_lines(finding: Finding) -> Iterator[str]:
    place = finding.place
    where = ", ".join(
        part
        for part in (
            f"sheet {place.sheet}" if place.sheet is not None else "",
            f"cell {place.cell}" if place.cell is not None else "",
        )
        if part
    )
    yield on_one_line(f"  {finding.severity.upper()} {where or 'the file'}")
    compared = "; ".join(
        f"{word}: {_figure(text)}"
        for word, text in (
            ("expected", finding.expected),
            ("found", finding.found),
            ("difference", finding.difference),
        )
        if text is not None
    )
    yield _indented(sentence(finding.message))
    if compared:
        yield _indented(sentence(compared))
    if finding.fix:
        yield _indented(f"What to do: {finding.fix}")


def _figure(text: str) -> str:
    return readable(text) if as_pence(text) is not None else text


def _indented(text: str) -> str:
    return fill(on_one_line(text), _WIDTH, initial_indent="      ", subsequent_indent="      ")


def _batch_lines(summary: Summary, everywhere: dict[str, Finding]) -> Iterator[str]:
    counted = [f"{number} {status}" for status in STATUSES if (number := summary.number(status))]
    yield f"{plural(len(summary.received), 'file')} checked: {', '.join(counted)}."
    for finding in everywhere.values():
        yield on_one_line(f"Every return: {finding.message}. {finding.fix}")
    if summary.rules and len(summary.received) > 1:
        yield ""
        rows = [
            (f"{rule.rule} ({rule.severity})", str(rule.findings), str(rule.returns))
            for rule in summary.rules
        ]
        yield table_text(("Rule", "findings", "files"), rows)
    for group in summary.groups:
        yield ""
        yield from _group_lines(group)


def _group_lines(group: Group) -> Iterator[str]:
    returned, missing = group.returned, group.missing
    of = f" of {len(group.standings)}" if missing else ""
    yield on_one_line(
        f"{group_title(group)}: returned by {len(returned)}{of} "
        f"{'partner' if len(group.standings) == 1 else 'partners'}"
    )
    if group.has_money:
        known = [each for each in returned if each.money.left is not None]
        yield from _plan_lines(group, known) if group.is_plan else _spending_lines(group, known)
        rejected = [each for each in known if each.status == "rejected"]
        if rejected:
            yield _hanging(f"rejected, so these figures may change: {_partners(rejected)}")
        unknown = [each for each in returned if each.money.left is None]
        if unknown:
            yield _hanging(
                f"not known, because figures are blank or could not be read: {_partners(unknown)}"
            )
    if missing:
        yield _hanging(f"not returned: {_partners(missing)}")


def _plan_lines(group: Group, known: Sequence[Standing]) -> Iterator[str]:
    are_all = len(known) == len(group.returned)
    whom = "them" if are_all else f"the {len(known)} whose plans are known"
    if known:
        given, used, _ = map(_spoken, totals(known, group))
        yield f"  planned {used} of {given} awarded to {whom}"
    if group.missing or not are_all:
        yield f"  awarded in all {_spoken(totals(group.standings, group)[0])}"


def _spending_lines(group: Group, known: Sequence[Standing]) -> Iterator[str]:
    if not known:
        return
    given, _, _, used, under, over = map(_spoken, totals(known, group))
    of = "" if len(known) == len(group.returned) else f", for the {len(known)} that are known"
    yield f"  forecast outturn {used} of a budget of {given}{of}"
    for each in known:
        left = each.money.left
        if left:
            kind = "underspend" if left > 0 else "overspend"
            yield on_one_line(f"  {_partners([each])}: {kind} {spoken_pounds(abs(left))}")
    yield f"  underspends {under}, overspends {over}"


def _partners(standings: Iterable[Standing]) -> str:
    """Name partners; one that does not say who it is goes by its file."""
    return _named([brief(each.organisation) or str(each.file) for each in standings])


def _spoken(pence: int | None) -> str:
    return NOT_KNOWN if pence is None else spoken_pounds(pence)


def _hanging(text: str) -> str:
    return fill(on_one_line(text), _WIDTH, initial_indent="  ", subsequent_indent="    ")


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def names_text(paths: Sequence[Path]) -> str:
    """Name files, the first few of many."""
    return on_one_line(_named([path.name for path in paths]))
