"""The report on a batch of returns as a workbook: totals are formulas, with their values."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlframework.ground.finding import SEVERITIES, Finding
from xlframework.ground.money import pounds_decimal
from xlframework.ground.place import quoted_sheet
from xlframework.rules.returns.checked import Status
from xlframework.rules.returns.summary import Group, Received, Summary
from xlframework.sheets.change import Wanted, WantedSheet, WantedTable, header_cells
from xlframework.sheets.difference import new_sheet
from xlframework.sheets.package.bare import bare_package
from xlframework.sheets.package.new_sheet import add_sheet
from xlframework.sheets.package.records import NewSheet, Package, TableColumn
from xlframework.sheets.palette import ColumnKind, Look, Palette, RowKind
from xlframework.sheets.returns.finding_words import KIND, as_pence, sentence
from xlframework.sheets.returns.looks import Looks
from xlframework.sheets.returns.report_grid import Row, header, plain_sheet, words
from xlframework.sheets.returns.report_money import (
    PLAN_WIDTHS,
    SPEND_WIDTHS,
    Laid,
    headers_of,
    lay_out,
    totals,
    untold,
    words_before_figures,
)
from xlframework.sheets.returns.report_words import (
    NOT_RETURNED,
    ON_FIGURES,
    STATUS_KIND,
    STATUSES,
    group_title,
    key_text,
    status_text,
)

TITLE = "Returns: what came back"

_PLANS, _SPENDING = "Plans", "Spending"
_RETURNS, _FINDINGS = "Returns", "Findings"

_RETURN_HEADERS = (
    "File",
    "Form",
    "Organisation",
    "Year",
    "Period",
    "Status",
    "Errors",
    "Warnings",
    "Counts",
)
_RETURN_WIDTHS = (46.0, 20.0, 34.0, 11.0, 12.0, 24.0, 9.0, 11.0, 17.0)
_FINDING_HEADERS = (
    "File",
    "Sheet",
    "Cell",
    "Severity",
    "Rule",
    "What",
    "Expected",
    "Found",
    "Difference",
    "What to do",
)
_FINDING_WIDTHS = (30.0, 12.0, 13.0, 11.0, 28.0, 46.0, 15.0, 15.0, 14.0, 46.0)
_SUMMARY_WIDTHS = (46.0, 14.0, 52.0, 17.0, 17.0, 17.0)

_LONGEST_CELL = 32_000


def report_book(summary: Summary, looks: Looks) -> Package:
    """Make the report.

    Args:
        summary: the batch summed up.
        looks: the palette that it takes its looks from.
    """
    package = bare_package(
        looks.styles,
        looks.theme,
        "report.xlsx",
        {"title": TITLE, "creator": "xlframework", "description": about(summary)},
    )
    for sheet in _sheets(summary, looks.palette):
        package = add_sheet(package, sheet)
    return package


def about(summary: Summary) -> str:
    """Say what the report is about, in one sentence."""
    number = len(summary.received)
    files = f"{number:,} file was" if number == 1 else f"{number:,} files were"
    compared = (
        f"compared with {summary.against}" if summary.against else "not compared with a workbook"
    )
    return f"{files} checked and {compared}. Where a partner has sent several, the latest counts."


def _sheets(summary: Summary, palette: Palette) -> Iterator[NewSheet]:
    with_money = [group for group in summary.groups if group.has_money]
    plans = [group for group in with_money if group.is_plan]
    spending = [group for group in with_money if not group.is_plan]
    blocks: list[tuple[str, Group, Laid]] = []
    money = []
    for name, groups, widths, title in (
        (_PLANS, plans, PLAN_WIDTHS, "Planned against awarded"),
        (_SPENDING, spending, SPEND_WIDTHS, "Forecast underspend by partner"),
    ):
        if groups:
            rows, laid = _money_rows(groups, title)
            blocks += [(name, group, block) for group, block in zip(groups, laid, strict=True)]
            money.append((name, rows, widths))
    rows = _summary_rows(summary, blocks)
    yield plain_sheet("Summary", 0, rows, _SUMMARY_WIDTHS, palette)
    yield new_sheet(_returns_sheet(summary), palette, 1)
    for position, (name, money_rows, widths) in enumerate(money, start=2):
        yield plain_sheet(name, position, money_rows, widths, palette)
    yield new_sheet(_findings_sheet(summary), palette, 2 + len(money))


def _money_rows(groups: Sequence[Group], title: str) -> tuple[list[Row], list[Laid]]:
    rows: list[Row] = [words("title", title), words("note", ON_FIGURES), ()]
    laid = []
    for group in groups:
        block = lay_out(group, len(rows) + 1)
        rows += block.rows
        laid.append(block)
    return rows, laid


def _summary_rows(summary: Summary, blocks: Sequence[tuple[str, Group, Laid]]) -> list[Row]:
    rows: list[Row] = [words("title", TITLE), words("note", about(summary)), ()]
    rows.append(header(("Status", "Returns"), ("text", "count")))
    missing = sum(len(group.missing) for group in summary.groups)
    for status in (*STATUSES, None):
        number = missing if status is None else summary.number(status)
        rows.append(_status_row(status, number))
    rows.append(())
    for name, group, laid in blocks:
        rows += _money_summary(name, group, laid)
    rows.append(header(("Rule", "Findings", "What must hold", "Severity"), _RULE_KINDS))
    rows += [
        (
            Wanted(rule.rule, None, Look("line", "text")),
            Wanted(
                Decimal(rule.findings),
                f'COUNTIF({_FINDINGS}[Rule],"{rule.rule}")',
                Look("line", "count"),
            ),
            Wanted(rule.title, None, Look("line", "text")),
            Wanted(rule.severity, None, Look(KIND[rule.severity], "text")),
        )
        for rule in summary.rules
    ]
    if not summary.rules:
        rows.append(words("line", "No findings.", "", "", ""))
    return rows


_RULE_KINDS: tuple[ColumnKind, ...] = ("text", "count", "text", "text")


def _status_row(status: Status | None, number: int) -> Row:
    text = status_text(status)
    return (
        Wanted(text, None, Look(STATUS_KIND[status], "text")),
        Wanted(
            Decimal(number),
            f'COUNTIF({_RETURNS}[Status],"{text}")',
            Look("line", "count"),
        ),
    )


# What the summary shows of a block: the headers, and the columns of its total row.
_PLAN_SHOWN = (("Award", "D"), ("Planned", "E"), ("Left of the award", "F"))
_SPEND_SHOWN = (("Budget", "C"), ("Forecast outturn", "F"), ("Forecast underspend", "G"))


def _money_summary(name: str, group: Group, laid: Laid) -> Iterator[Row]:
    """Show a block's totals: of those who have returned the form, of the others, of all."""
    shown = _PLAN_SHOWN if group.is_plan else _SPEND_SHOWN
    texts = (group_title(group), "Partners", "", *(text for text, _ in shown))
    yield header(texts, ("text", "count", "text", "pence", "pence", "pence"))
    headers = headers_of(group)[words_before_figures(group) :]
    for label, standings, row in laid.sums:
        kind: RowKind = "total" if row == laid.sums[-1].row else "line"
        values = dict(zip(headers, totals(standings, group), strict=True))
        yield (
            Wanted(label, None, Look(kind, "text")),
            Wanted(Decimal(len(standings)), None, Look(kind, "count")),
            Wanted(None, None, Look(kind, "text")),
            *(
                _shown_total(name, values[text], f"{at}{row}", kind, untold(standings))
                for text, at in shown
            ),
        )
    yield ()


def _shown_total(name: str, value: int | None, cell: str, kind: RowKind, instead: str) -> Wanted:
    look = Look(kind, "pence")
    if value is None:
        return Wanted(instead or None, None, look)
    return Wanted(pounds_decimal(value), f"{quoted_sheet(name)}!{cell}", look)


def _returns_sheet(summary: Summary) -> WantedSheet:
    rows = [tuple(_received_cells(each)) for each in summary.received]
    rows += [
        words("line", "", form, standing.organisation, year, period)
        + words("line", NOT_RETURNED, "", "", "")
        for group in summary.groups
        for form, year, period in (key_text(group.key),)
        for standing in group.missing
    ]
    text = frozenset(_RETURN_HEADERS) - {"Errors", "Warnings"}
    return WantedSheet(
        name=_RETURNS,
        after="",
        above=(
            Wanted("Who has returned what", None, Look("title", "text")),
            Wanted(about(summary), None, Look("note", "text")),
            Wanted(None),
        ),
        widths=_RETURN_WIDTHS,
        table=WantedTable(
            _RETURNS,
            tuple(TableColumn(text) for text in _RETURN_HEADERS),
            header_cells(_RETURN_HEADERS, text),
            tuple(rows),
        ),
    )


def _received_cells(received: Received) -> Iterator[Wanted]:
    form, year, period = key_text(received.key)
    yield from words("line", received.file, form, received.organisation, year, period)
    yield Wanted(received.status, None, Look(STATUS_KIND[received.status], "text"))
    for severity in SEVERITIES[:2]:
        number = received.findings[severity]
        yield Wanted(Decimal(number), None, Look("line", "count"))
    yield from words("line", "yes" if received.counts else "a later one does")


def _findings_sheet(summary: Summary) -> WantedSheet:
    figures = frozenset({"Expected", "Found", "Difference"})
    return WantedSheet(
        name=_FINDINGS,
        after="",
        above=(
            Wanted("Every finding", None, Look("title", "text")),
            Wanted(about(summary), None, Look("note", "text")),
            Wanted(None),
        ),
        widths=_FINDING_WIDTHS,
        table=WantedTable(
            _FINDINGS,
            tuple(TableColumn(text) for text in _FINDING_HEADERS),
            header_cells(_FINDING_HEADERS, frozenset(_FINDING_HEADERS) - figures),
            tuple(tuple(_finding_cells(finding)) for finding in summary.findings),
        ),
    )


def _finding_cells(finding: Finding) -> Iterator[Wanted]:
    place = finding.place
    yield from words("line", place.file, place.sheet or "", place.cell or "")
    yield Wanted(finding.severity, None, Look(KIND[finding.severity], "text"))
    yield from words("line", finding.rule, _short(sentence(finding.message)))
    for text in (finding.expected, finding.found, finding.difference):
        pence = as_pence(text)
        if pence is None:
            yield from words("line", _short(text or ""))
        else:
            yield Wanted(pounds_decimal(pence), None, Look("line", "pence"))
    yield from words("line", _short(finding.fix))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]} ..."
