"""The report on a batch of returns as one HTML file: no scripts, nothing fetched, all escaped."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from xlframework.ground.money import round_pounds
from xlframework.rules.returns.checked import Status
from xlframework.rules.returns.summary import Group, Received, Standing, Summary
from xlframework.sheets.returns.finding_words import sentence, spoken
from xlframework.sheets.returns.report_book import TITLE, about
from xlframework.sheets.returns.report_money import (
    blocks_of,
    figures,
    headers_of,
    totals,
    untold,
    words_before_figures,
)
from xlframework.sheets.returns.report_words import (
    NOT_KNOWN,
    ON_FIGURES,
    STATUS_KIND,
    STATUSES,
    group_title,
    key_text,
    status_text,
)

GENERATOR = '<meta name="generator" content="xlframework">'

# A browser that knows this rule fetches nothing, whatever stands below.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.45 Calibri, Carlito, "Segoe UI", Arial, sans-serif; color: #1b2733;
  margin: 2rem auto; max-width: 78rem; padding: 0 1.25rem; }
h1 { color: #1f3a5f; font-size: 1.7rem; margin: 0 0 .25rem; }
h2 { color: #1f3a5f; font-size: 1.2rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0 .75rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1.25rem; }
caption { text-align: left; font-weight: bold; padding: .35rem 0; }
th, td { padding: .3rem .6rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid #b8c2ce; overflow-wrap: anywhere; }
thead th { background: #1f3a5f; color: #fff; }
tbody th { font-weight: normal; }
tfoot th, tfoot td { font-weight: bold; background: #e6ecf3; border-top: 1px solid #1f3a5f; }
.figure { text-align: right; white-space: nowrap; overflow-wrap: normal; }
.short { white-space: nowrap; overflow-wrap: normal; }
.good, .warning, .bad { overflow-wrap: normal; }
.good { background: #ddf1e3; color: #0b5b2b; }
.warning { background: #fdefcf; color: #7a4b00; }
.bad { background: #f9dad7; color: #8c1313; }
.note { color: #5a6572; font-style: italic; }
@page { size: A4 landscape; margin: 14mm; }
@media print {
  body { font-size: 9.5pt; margin: 0; max-width: none; padding: 0; }
  .wide { overflow: visible; }
  thead { display: table-header-group; }
  tr, caption { break-inside: avoid; }
  h2 { break-after: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""

_SEVERITY_KIND = {"error": "bad", "warning": "warning", "info": "note"}

Cell = tuple[str, str]


def report_html(summary: Summary) -> str:
    """Write the report.

    Args:
        summary: the batch summed up.
    """
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        GENERATOR,
        f"<title>{_safe(TITLE)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{_safe(TITLE)}</h1>",
        f"<p>{_safe(about(summary))}</p>",
        *_statuses(summary),
        *_returned(summary),
        *_money(summary.groups),
        *_rules(summary),
        *_findings(summary),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _safe(text: str) -> str:
    """Write words so that no browser takes any of them for markup."""
    plain = "".join(
        letter
        if letter.isprintable()
        else (" " if letter.isspace() else "\N{REPLACEMENT CHARACTER}")
        for letter in text
    )
    return escape(plain, quote=True)


def _table(
    caption: str,
    headers: Sequence[Cell],
    rows: Iterable[Sequence[Cell]],
    foot: Iterable[Sequence[Cell]] = (),
) -> Iterator[str]:
    """Write a table; the first cell of a row is its header."""
    yield '<div class="wide">'
    yield f"<table>\n<caption>{_safe(caption)}</caption>"
    heads = "".join(f'<th scope="col"{_class(kind)}>{_safe(text)}</th>' for text, kind in headers)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    yield from map(_row, rows)
    yield "</tbody>"
    below = list(map(_row, foot))
    if below:
        yield from ("<tfoot>", *below, "</tfoot>")
    yield "</table>\n</div>"


def _row(cells: Sequence[Cell]) -> str:
    (first, kind), *rest = cells
    data = "".join(f"<td{_class(kind)}>{_safe(text)}</td>" for text, kind in rest)
    return f'<tr><th scope="row"{_class(kind)}>{_safe(first)}</th>{data}</tr>'


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _statuses(summary: Summary) -> Iterator[str]:
    rows: list[list[Cell]] = [
        [(status, STATUS_KIND[status]), (str(summary.number(status)), "figure")]
        for status in STATUSES
    ]
    missing = sum(len(group.missing) for group in summary.groups)
    if summary.against is not None:
        rows.append([(status_text(None), "note"), (str(missing), "figure")])
    yield "<h2>At a glance</h2>"
    yield from _table("Returns by status", [("Status", ""), ("Returns", "figure")], rows)


def _returned(summary: Summary) -> Iterator[str]:
    headers = ("File", "Form", "Organisation", "Year", "Period", "Status", "Errors", "Warnings")
    kinds = ("", "", "", "short", "short", "short", "figure", "figure")
    rows = [_received(each) for each in summary.received]
    rows += [_missing(group, each) for group in summary.groups for each in group.missing]
    yield "<h2>Who has returned what</h2>"
    yield from _table(
        "Every file, and who has not returned", list(zip(headers, kinds, strict=True)), rows
    )


def _received(received: Received) -> list[Cell]:
    form, year, period = key_text(received.key)
    status = received.status if received.counts else f"{received.status}; a later one counts"
    numbers = [(str(received.findings[each]), "figure") for each in ("error", "warning")]
    return [
        (received.file, ""),
        (form, ""),
        (received.organisation or NOT_KNOWN, ""),
        (year, "short"),
        (period, "short"),
        (status, STATUS_KIND[received.status]),
        *numbers,
    ]


def _missing(group: Group, standing: Standing) -> list[Cell]:
    form, year, period = key_text(group.key)
    about_it = [
        ("no file", "note"),
        (form, ""),
        (standing.organisation, ""),
        (year, "short"),
        (period, "short"),
    ]
    return [*about_it, (status_text(None), "note"), ("", ""), ("", "")]


def _money(groups: Sequence[Group]) -> Iterator[str]:
    for is_plan, title in (
        (True, "Planned against awarded"),
        (False, "Forecast underspend by partner"),
    ):
        chosen = [group for group in groups if group.has_money and group.is_plan == is_plan]
        if chosen:
            yield f"<h2>{_safe(title)}</h2>"
            yield f"<p>In pounds. {_safe(ON_FIGURES)}</p>"
        for group in chosen:
            yield from _group(group)


def _group(group: Group) -> Iterator[str]:
    first = words_before_figures(group)
    headers = [
        (text, "" if number < first else "figure") for number, text in enumerate(headers_of(group))
    ]
    rows = [_standing(each, group) for each in group.standings]
    foot = [
        _sums(f"{label}: {len(standings)}", standings, group)
        for label, standings in (*blocks_of(group), ("Total", group.standings))
    ]
    yield from _table(group_title(group), headers, rows, foot)


def _standing(standing: Standing, group: Group) -> list[Cell]:
    area = [(standing.area, "")] if group.is_plan else []
    unknown = NOT_KNOWN if standing.file is not None else ""
    return [
        (standing.organisation or NOT_KNOWN, ""),
        *area,
        (status_text(standing.status), _kind(standing.status)),
        *(
            (unknown if pence is None else _pounds(pence), "figure")
            for pence in figures(standing, group)
        ),
    ]


def _kind(status: Status | None) -> str:
    return "note" if status is None else STATUS_KIND[status]


def _sums(label: str, standings: Sequence[Standing], group: Group) -> list[Cell]:
    blank = [("", "")] * (words_before_figures(group) - 1)
    instead = untold(standings)
    sums = ((_pounds(pence) or instead, "figure") for pence in totals(standings, group))
    return [(label, ""), *blank, *sums]


def _pounds(pence: int | None) -> str:
    return "" if pence is None else f"{round_pounds(pence, 2):,}"


def _rules(summary: Summary) -> Iterator[str]:
    headers = [
        ("What must hold", ""),
        ("Severity", "short"),
        ("Findings", "figure"),
        ("Files", "figure"),
        ("Rule", ""),
    ]
    rows = [
        [
            (rule.title, ""),
            (rule.severity, _SEVERITY_KIND[rule.severity]),
            (str(rule.findings), "figure"),
            (str(rule.returns), "figure"),
            (rule.rule, ""),
        ]
        for rule in summary.rules
    ]
    yield "<h2>Findings by rule</h2>"
    if rows:
        yield from _table("How often each rule was broken", headers, rows)
    else:
        yield "<p>Nothing was found.</p>"


def _findings(summary: Summary) -> Iterator[str]:
    headers = ("Cell", "Severity", "What", "Expected", "Found", "Difference", "What to do")
    kinds = ("", "short", "", "figure", "figure", "figure", "")
    by_file: dict[str, list[list[Cell]]] = {}
    for finding in summary.findings:
        place = " ".join(part for part in (finding.place.sheet, finding.place.cell) if part)
        compared = (finding.expected, finding.found, finding.difference)
        by_file.setdefault(finding.place.file, []).append(
            [
                (place or "the file", ""),
                (finding.severity, _SEVERITY_KIND[finding.severity]),
                (sentence(finding.message), ""),
                *(
                    (spoken(text or ""), "figure" if len(text or "") < _SHORT else "")
                    for text in compared
                ),
                (finding.fix, ""),
            ]
        )
    if by_file:
        yield "<h2>Every finding</h2>"
    for file, rows in by_file.items():
        yield from _table(file, list(zip(headers, kinds, strict=True)), rows)


_SHORT = 20
