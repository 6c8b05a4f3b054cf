"""Any two budgets compared: a budget is itself, there and back is the reverse, sums are sums."""

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from builders import NEXT_YEAR, YEAR, budget, line, section, unread
from xlframework.model.budget import Amount, Budget, Line
from xlframework.rules.compare.columns import choose_columns
from xlframework.rules.compare.compare import compare_budgets
from xlframework.rules.compare.records import Comparison, LineChange

HEADERS = (YEAR, NEXT_YEAR)

# Few names and IDs, so that lines of one name, and IDs of two lines, come up all the time.
SERVICES = ("Grant", "grants", "Safer Streets", "Safer Streets 5", "Hub", "The Hub in Melton", "")
PROVIDERS = ("City Council", "County Council", "Various", "")
AMOUNTS: st.SearchStrategy[Amount] = st.one_of(
    st.none(), st.just(unread()), st.sampled_from((0, 0, 48_200_00, 50_000_00)), st.integers(-9, 9)
)
IDS = st.sampled_from(("", "L1", "L2", "L3", "L4", "X1"))


def made(row: tuple[str, str, str, str, str, dict[str, Amount]], order: int) -> Line:
    line_id, name, provider, within, shared, amounts = row
    words = {"Service": name, "Provider": provider, "Shared with": shared}
    return line(
        line_id, amounts, order=order, section=within, shared_with=shared, words=words, row=order
    )


ROWS = st.tuples(
    IDS,
    st.sampled_from(SERVICES),
    st.sampled_from(PROVIDERS),
    st.sampled_from(("Victims", "Young", "young", "")),
    st.sampled_from(("", "", "L1")),
    st.fixed_dictionaries(dict.fromkeys(HEADERS, AMOUNTS)),
)
SECTIONS = st.lists(
    st.builds(
        lambda name, amount: section(name, {} if amount is None else {YEAR: amount}),
        st.sampled_from(("Victims", "Young", "Entered")),
        st.one_of(st.none(), st.none(), st.integers(0, 9)),
    ),
    max_size=3,
    unique_by=lambda each: each.name,
)
BUDGETS = st.builds(
    lambda rows, sections: budget(
        [made(row, order) for order, row in enumerate(rows)], sections, headers=HEADERS
    ),
    st.lists(ROWS, max_size=9),
    SECTIONS,
)


def compared(old: Budget, new: Budget) -> Comparison:
    return compare_budgets(old, new, choose_columns(old, new))


def place(one: Line | None) -> Decimal | None:
    """Tell a line by its order, which here is its own."""
    return None if one is None else one.order


def ends(change: LineChange) -> tuple[Decimal | None, Decimal | None]:
    return place(change.old), place(change.new)


@given(BUDGETS)
def test_a_budget_compared_with_itself_is_unchanged(one: Budget) -> None:
    comparison = compared(one, one)
    assert {each.status for each in comparison.lines} <= {"unchanged"}
    assert all(before == after for before, after in map(ends, comparison.lines))
    assert len(comparison.lines) == len(one.lines)
    sums = [movement for each in comparison.sections for movement in each.movements]
    assert all(each.change == 0 for each in (*sums, *comparison.totals))
    assert comparison.reused == ()


@given(BUDGETS, BUDGETS)
def test_every_line_of_both_stands_in_it_once(old: Budget, new: Budget) -> None:
    comparison = compared(old, new)
    befores = [each.old for each in comparison.lines if each.old is not None]
    afters = [each.new for each in comparison.lines if each.new is not None]
    for listed, unlisted, one in (
        (befores, comparison.unlisted_old, old),
        (afters, comparison.unlisted_new, new),
    ):
        orders = Counter(place(each) for each in (*listed, *unlisted))
        assert orders == Counter(place(each) for each in one.lines)


@given(BUDGETS, BUDGETS)
def test_the_other_way_round_lines_are_matched_the_same(old: Budget, new: Budget) -> None:
    there, back = compared(old, new), compared(new, old)
    assert Counter(map(ends, there.lines)) == Counter(
        (before, after) for after, before in map(ends, back.lines)
    )
    for status, reverse in (
        ("added", "removed"),
        ("removed", "added"),
        ("unchanged", "unchanged"),
        ("renamed (proposed)", "renamed (proposed)"),
    ):
        assert there.count(status) == back.count(reverse)  # type: ignore[arg-type]
    assert Counter(each.change for each in there.totals) == Counter(
        -each.change for each in back.totals
    )


@given(BUDGETS, BUDGETS)
def test_sections_come_to_the_totals_and_lines_to_the_sections(old: Budget, new: Budget) -> None:
    comparison = compared(old, new)
    for number, total in enumerate(comparison.totals):
        movements = [each.movements[number] for each in comparison.sections]
        assert sum(each.before or 0 for each in movements) == total.before
        assert sum(each.after or 0 for each in movements) == total.after
        assert sum(each.change for each in movements) == total.change
        if not any(each.entered for each in new.sections):
            counted = [each for each in new.lines if each.block and each.section]
            assert sum(each.pence(total.pair.new) for each in counted) == total.after


@given(BUDGETS, BUDGETS)
def test_only_a_proposal_has_reasons_and_only_it_is_called_so(old: Budget, new: Budget) -> None:
    for change in compared(old, new).lines:
        is_proposal = change.status == "renamed (proposed)"
        assert is_proposal == bool(change.why) == (change.matched_by == "proposal")
        assert is_proposal == (change.if_right is not None)
        if change.status == "unchanged":
            assert change.old is not None
            assert change.new is not None
            assert dict(change.old.amounts) == dict(change.new.amounts)


@given(BUDGETS, BUDGETS)
def test_a_line_reduced_to_zero_had_money_and_has_none_of_its_own(old: Budget, new: Budget) -> None:
    for change in compared(old, new).lines:
        if change.status == "reduced to zero":
            assert change.old is not None
            assert change.new is not None
            befores = [change.old.pence(header) for header in HEADERS]
            last = max(number for number, pence in enumerate(befores) if pence > 0)
            header = HEADERS[last]
            assert change.new.amounts[header] in {0, None}
            assert header not in change.covered_after
