"""What a comparison has to tell beside its figures: where the two cannot be held together well."""

from collections.abc import Iterator

from xlframework.ground.finding import Finding
from xlframework.ground.place import Place
from xlframework.model.budget import Line
from xlframework.model.catalogue import Catalogue
from xlframework.rules.compare.records import Comparison, ReusedId
from xlframework.rules.compare.said import name_of


def comparison_findings(
    comparison: Comparison, catalogue: Catalogue, old: str, new: str
) -> tuple[Finding, ...]:
    """Give the findings about a comparison.

    Args:
        comparison: of two budgets.
        catalogue: for the findings.
        old: what the old budget is called,
        new: and the new one.
    """
    return (
        *_columns(comparison, catalogue, old, new),
        *_reused(comparison, catalogue),
        *_unlisted(comparison.unlisted_old, catalogue, old, new),
        *_unlisted(comparison.unlisted_new, catalogue, new, old),
    )


def _columns(comparison: Comparison, catalogue: Catalogue, old: str, new: str) -> Iterator[Finding]:
    """Rule `compare-columns-assumed`: somebody said which columns to compare."""
    columns = comparison.columns
    if columns.assumed:
        yield catalogue.finding(
            "compare-columns-assumed",
            Place(new),
            f"{old} and {new} have no amount column in common, so {columns.pairs[0].new} is held "
            f"against {columns.pairs[0].old}",
        )


def _reused(comparison: Comparison, catalogue: Catalogue) -> Iterator[Finding]:
    """Rules `compare-id-reused` and `compare-ids-apart`: a Line ID stays with its line."""
    reused = comparison.reused
    if comparison.by_ids:
        for each in reused:
            yield catalogue.finding(
                "compare-id-reused",
                each.new.origin.place("Line ID"),
                f"the Line ID {each.new.line_id} is now {name_of(each.new)}, but was "
                f"{name_of(each.old)}, so the two are not taken for one line",
                expected=name_of(each.old),
                found=name_of(each.new),
            )
    elif reused:
        yield _ids_apart(reused, catalogue)


def _ids_apart(reused: tuple[ReusedId, ...], catalogue: Catalogue) -> Finding:
    first = reused[0]
    others = f", and so with {len(reused) - 1} more" if len(reused) > 1 else ""
    return catalogue.finding(
        "compare-ids-apart",
        first.new.origin.place("Line ID"),
        f"the Line ID {first.new.line_id} is now {name_of(first.new)}, but was "
        f"{name_of(first.old)}{others}, so lines are matched by service and provider",
        expected=name_of(first.old),
        found=name_of(first.new),
    )


def _unlisted(
    lines: tuple[Line, ...], catalogue: Catalogue, one: str, other: str
) -> Iterator[Finding]:
    """Rule `compare-lines-unlisted`: what has lines in one budget has lines in the other."""
    if lines:
        number = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
        yield catalogue.finding(
            "compare-lines-unlisted",
            lines[0].origin.place(),
            f"{other} gives subtotals without lines where {one} has {number}, so what became of "
            "these cannot be told; only the sums are compared",
        )
