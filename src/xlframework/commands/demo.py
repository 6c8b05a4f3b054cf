"""`demo`: every bundled edition through new, refresh, appendix and reconcile, summed up."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from tqdm import tqdm

from xlframework.commands.appendix import Published, publish
from xlframework.commands.new import new
from xlframework.commands.outcome import Outcome
from xlframework.commands.reconcile import reconcile
from xlframework.commands.refresh import refresh
from xlframework.commands.wording import findings_text, plain_number, plural, table_text
from xlframework.ground.finding import Finding, count, errors_of
from xlframework.ground.money import pounds_text
from xlframework.ground.shipped import edition_names

COMMAND = "demo"
_STEPS = 4


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the demo made of one edition; the mappings are what `--json` prints of a command."""

    edition: str
    workbook: Path
    made: Mapping[str, Any]
    refreshed: Mapping[str, Any]
    reconciled: Mapping[str, Any]
    published: Published
    files: tuple[Path, ...]
    findings: tuple[Finding, ...]

    @property
    def totals(self) -> tuple[Mapping[str, str], ...]:
        """The grand total of every amount column."""
        return tuple(each for each in self.refreshed["totals"] if each["block"] is None)

    @property
    def differing(self) -> tuple[Mapping[str, str], ...]:
        """The stated figures that are not what the lines come to."""
        return tuple(each for each in self.reconciled["figures"] if each["status"] == "differs")


def demo(out: Path, *, templates: Path | None = None) -> Outcome:
    """Run the main job on the bundled editions.

    A figure that a published paper states wrongly is shown, and is no error of the demo's.

    Args:
        out: the folder to write to; what an earlier demo left there is replaced.
        templates: a folder of templates that comes first.

    Raises:
        XlframeworkError: if the folder cannot be written to.
    """
    editions = edition_names()
    # disable=None: no bar unless a person looks on.
    with tqdm(total=len(editions) * _STEPS, file=sys.stderr, disable=None, leave=False) as progress:
        shown = [_show(edition, out, templates, progress) for edition in editions]
    return _outcome(shown, out)


def _show(edition: str, out: Path, templates: Path | None, progress: "tqdm[NoReturn]") -> _Shown:
    workbook = out / f"commissioning-{edition}.xlsx"

    def step(name: str) -> None:
        progress.set_description(f"{edition}: {name}")

    step("new")
    made = new(workbook, edition=edition, templates=templates, replace=True)
    progress.update()
    step("refresh")
    refreshed = refresh(workbook, templates=templates)
    progress.update()
    step("appendix")
    (published,), files = publish([workbook], out / "appendix", templates=templates)
    progress.update()
    step("reconcile")
    reconciled = reconcile(workbook, templates=templates)
    progress.update()
    return _Shown(
        edition,
        workbook,
        made.data,
        refreshed.data,
        reconciled.data,
        published,
        files,
        refreshed.findings,
    )


def _outcome(shown: Sequence[_Shown], out: Path) -> Outcome:
    findings = tuple(finding for each in shown for finding in each.findings)
    errors = errors_of(findings)
    files = [str(path) for each in shown for path in each.files]
    made = f"{plural(len(shown), 'workbook')} and {plural(len(files), 'published file')} in {out}."
    fullest = max(shown, key=lambda each: int(each.made["lines"]))
    first = f"Open {fullest.workbook} first: its Cover says where everything is."
    parts = [
        table_text(_HEADERS, (row for each in shown for row in _rows(each)), words=2),
        _differing_text(shown),
        *([findings_text(errors)] if errors else []),
        *([_warnings_text(findings)] if len(findings) > len(errors) else []),
        f"{made}\n{first}",
    ]
    return Outcome(COMMAND, "\n\n".join(parts), findings, _data(shown, files))


_HEADERS = ("Edition", "Amounts", "Total (£)", "Lines", "Tables", "Figures", "Differ", "Unchecked")


def _rows(shown: _Shown) -> Iterator[tuple[str, ...]]:
    """Give a row for each amount column; what is said of the whole edition stands in the first."""
    figures = shown.reconciled["counts"]
    whole = (
        f"{shown.made['lines']}",
        f"{len(shown.published.tables)}",
        f"{len(shown.reconciled['figures'])}",
        f"{figures['differs']}",
        f"{figures['cannot be checked']}",
    )
    for number, each in enumerate(shown.totals):
        total = plain_number(each["amount"])
        first = number == 0
        rest = whole if first else ("",) * len(whole)
        yield (shown.edition if first else "", each["year"], total, *rest)


def _differing_text(shown: Sequence[_Shown]) -> str:
    rows = [
        (
            each.edition,
            figure["claim"],
            *(plain_number(figure[key]) for key in ("stated", "computed", "difference")),
            figure["unit"],
        )
        for each in shown
        for figure in each.differing
    ]
    if not rows:
        return "Every stated figure that can be checked is what the lines come to."
    headers = ("Edition", "Stated in the paper", "Stated", "Computed", "Difference", "Unit")
    return f"Figures that differ\n{table_text(headers, rows, words=2)}"


def _warnings_text(findings: Sequence[Finding]) -> str:
    warnings = plural(count(findings, "warning"), "warning")
    return (
        f"{warnings}, mostly about names that the papers spell in two ways: each workbook lists "
        "its own on the sheet Checks."
    )


def _data(shown: Sequence[_Shown], files: Sequence[str]) -> Mapping[str, object]:
    return {
        "workbooks": [str(each.workbook) for each in shown],
        "files": list(files),
        "editions": [
            {
                "edition": each.edition,
                "lines": each.made["lines"],
                "totals": {total["year"]: total["amount"] for total in each.totals},
                "tables": len(each.published.tables),
                "figures": each.reconciled["counts"],
                "differ": list(each.differing),
            }
            for each in shown
        ],
        "tables": [
            {
                "edition": each.edition,
                "layout": table.layout.name,
                "rows": len(table.rows),
                "totals": {header: pounds_text(pence) for header, pence in table.totals().items()},
            }
            for each in shown
            for table in each.published.tables
        ],
    }
