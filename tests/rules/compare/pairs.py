"""Two small budgets to compare, and how a test looks at what came of it."""

from collections.abc import Mapping, Sequence

from builders import YEAR, budget, line, section
from xlframework.model.budget import Amount, Budget, Line, Section
from xlframework.rules.compare.columns import choose_columns
from xlframework.rules.compare.compare import compare_budgets
from xlframework.rules.compare.records import Comparison, LineChange


def service(
    name: str,
    provider: str = "Somebody",
    amounts: Mapping[str, Amount] | Amount = 100_00,
    *,
    line_id: str = "",
    in_section: str = "Victims",
    block: str = "Commissioning",
    shared_with: str = "",
    order: int = 10,
    **words: str,
) -> Line:
    """Give a line as a person thinks of it: a service, a provider and an amount."""
    return line(
        line_id,
        amounts,
        order=order,
        block=block,
        section=in_section,
        shared_with=shared_with,
        words={
            "Block": block,
            "Service": name,
            "Provider": provider,
            "Shared with": shared_with,
            **words,
        },
    )


def holding(
    *lines: Line, headers: Sequence[str] = (YEAR,), sections: Sequence[Section] | None = None
) -> Budget:
    return budget(lines, [section()] if sections is None else sections, headers=headers)


def compared(old: Sequence[Line] | Budget, new: Sequence[Line] | Budget) -> Comparison:
    before, after = (each if isinstance(each, Budget) else holding(*each) for each in (old, new))
    return compare_budgets(before, after, choose_columns(before, after))


def statuses(comparison: Comparison) -> list[tuple[str, str]]:
    """Give each line's service and status, in the order of the comparison."""
    return [(str(each.line.words["Service"]), each.status) for each in comparison.lines]


def only(comparison: Comparison) -> LineChange:
    (change,) = comparison.lines
    return change
