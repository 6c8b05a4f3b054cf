"""`demo`: every bundled edition through new, refresh and appendix, with a short summary."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from xlframework.commands.appendix import Published, publish
from xlframework.commands.new import new
from xlframework.commands.outcome import Outcome
from xlframework.commands.refresh import refresh
from xlframework.commands.wording import findings_text, plural, table_text
from xlframework.ground.finding import Finding
from xlframework.ground.money import pounds_text, spoken_pounds
from xlframework.ground.shipped import edition_names

COMMAND = "demo"
_STEPS = 3


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the demo made of one edition."""

    edition: str
    workbook: Path
    findings: tuple[Finding, ...]
    published: Published
    files: tuple[Path, ...]


def demo(out: Path, *, templates: Path | None = None) -> Outcome:
    """Run the main job on the bundled editions.

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
        progress.update()
        progress.set_description(f"{edition}: {name}")

    progress.set_description(f"{edition}: new")
    new(workbook, edition=edition, templates=templates, replace=True)
    step("refresh")
    refreshed = refresh(workbook, templates=templates)
    step("appendix")
    (published,), files = publish([workbook], out / "appendix", templates=templates)
    progress.update()
    return _Shown(edition, workbook, refreshed.findings, published, files)


def _tables(shown: _Shown) -> Iterator[tuple[str, str, str]]:
    for table in shown.published.tables:
        totals = ", ".join(spoken_pounds(pence) for pence in table.totals().values())
        yield f"{shown.edition}: {table.layout.title}", str(len(table.rows)), totals


def _outcome(shown: list[_Shown], out: Path) -> Outcome:
    findings = tuple(finding for each in shown for finding in each.findings)
    files = [str(path) for each in shown for path in each.files]
    rows = [row for each in shown for row in _tables(each)]
    made = f"{plural(len(shown), 'workbook')} and {plural(len(files), 'published file')} in {out}."
    first = f"Open {shown[0].workbook} first: its Cover says where everything is."
    text = "\n\n".join(
        (table_text(("Table", "rows", "total"), rows), findings_text(findings), f"{made}\n{first}")
    )
    tables = [
        {
            "edition": each.edition,
            "layout": table.layout.name,
            "rows": len(table.rows),
            "totals": {header: pounds_text(pence) for header, pence in table.totals().items()},
        }
        for each in shown
        for table in each.published.tables
    ]
    data = {
        "workbooks": [str(each.workbook) for each in shown],
        "files": files,
        "tables": tables,
    }
    return Outcome(COMMAND, text, findings, data)
