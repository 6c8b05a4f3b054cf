"""`compare`: two editions or two versions of a workbook, line by line and sum by sum."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from xlframework.commands.compare_data import comparison_data
from xlframework.commands.compare_report import refuse_report, report_package
from xlframework.commands.compare_source import Side, read_side
from xlframework.commands.compare_text import comparison_text
from xlframework.commands.outcome import Outcome
from xlframework.commands.wording import findings_text
from xlframework.commands.workbook import read_declared
from xlframework.ground.errors import MisuseError
from xlframework.ground.financial_year import AmountColumn
from xlframework.rules.compare.columns import choose_columns
from xlframework.rules.compare.compare import compare_budgets
from xlframework.rules.compare.findings import comparison_findings
from xlframework.rules.compare.records import ColumnPair
from xlframework.sheets.file_book import write_package

COMMAND = "compare"


def compare(
    old: str | Path,
    new: str | Path,
    *,
    columns: Sequence[str] = (),
    report: Path | None = None,
    templates: Path | None = None,
) -> Outcome:
    """Compare two budgets; neither is changed.

    Args:
        old: a workbook file, an edition folder or a bundled edition's name,
        new: and what is compared with it.
        columns: the amount columns to compare, `2024/25 Budget` or, where the two call
            them otherwise, `2024/25 Budget=2025/26 Budget`; none for those that both have.
        report: an Excel workbook to write the comparison to.
        templates: a folder of templates that comes first.

    Raises:
        XlframeworkError: if one of them cannot be read or compared, or the report cannot
            be written.
    """
    if report is not None:
        refuse_report(report, (Path(old), Path(new)))
    declared = read_declared(templates)
    before, after = _told_apart(read_side(str(old), declared), read_side(str(new), declared))
    chosen = choose_columns(before.budget, after.budget, [column_pair(text) for text in columns])
    comparison = compare_budgets(before.budget, after.budget, chosen)
    findings = (
        *before.findings,
        *after.findings,
        *comparison_findings(comparison, declared.catalogue, before.name, after.name),
    )
    parts = [comparison_text(comparison, before, after), findings_text(findings)]
    if report is not None:
        write_package(report_package(comparison, before, after, declared, str(report)), report)
        parts.append(f"{report}: written.")
    data = {
        **comparison_data(comparison, before, after),
        "report": None if report is None else str(report),
    }
    return Outcome(COMMAND, "\n\n".join(parts), findings, data)


def _told_apart(old: Side, new: Side) -> tuple[Side, Side]:
    """Call two of one name, such as two copies of a workbook, by where they lie."""
    if old.name != new.name or old.source == new.source:
        return old, new
    return replace(old, name=old.place), replace(new, name=new.place)


def column_pair(text: str) -> ColumnPair:
    """Read which columns to compare: `2024/25 Budget`, or `OLD=NEW` for two of them.

    Raises:
        MisuseError: if it names no amount column.
    """
    old, equals, new = text.partition("=")
    try:
        before = str(AmountColumn.parse(old))
        return ColumnPair(before, str(AmountColumn.parse(new)) if equals else before)
    except ValueError as error:
        raise MisuseError(
            f'--column: {error}; write it as "2024/25 Budget", or as '
            '"2024/25 Budget=2025/26 Budget".'
        ) from error
