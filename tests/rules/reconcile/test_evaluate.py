"""What a claim comes to: over lines, sections, areas, other figures and other editions."""

from datetime import date
from fractions import Fraction

import pytest

from builders import unread
from rules.reconcile.stated import (
    NEXT_YEAR,
    YEAR,
    facts,
    figure,
    named_line,
    section,
    worked_out,
)
from xlframework.rules.reconcile.evaluate import Quantity
from xlframework.rules.reconcile.facts import Facts
from xlframework.rules.reconcile.tree import ClaimError, UncheckableError

LINES = (
    named_line("L1", {YEAR: 100_00, NEXT_YEAR: 110_00}, Service="Helpline", Provider="Catch 22"),
    named_line("L2", {YEAR: 50_50, NEXT_YEAR: 0}, Service="Help at home", Provider="Freeva"),
    named_line("L3", {YEAR: 30_00}, section_name="Prevention", area_code="E1", Service="Sport"),
    named_line(
        "L4", {YEAR: 7_00, NEXT_YEAR: 5_00}, section_name="Victims", block="Grants", Term="Short"
    ),
)
# S2 has its amount of the first year in S1; in the second each has its own.
SHARED = (
    named_line("S1", {YEAR: 90_00, NEXT_YEAR: 40_00}, Service="Adults board"),
    named_line("S2", {YEAR: None, NEXT_YEAR: 50_00}, Service="Children board", shared_with="S1"),
    named_line("S3", {YEAR: 0, NEXT_YEAR: None}, Service="Other", section_name="Prevention"),
)


def pounds(claim: str, own: Facts | None = None, **editions: Facts) -> Fraction:
    found = worked_out(claim, own or facts(LINES), **editions)
    assert found.kind == "pounds"
    return found.number


def reason(claim: str, own: Facts, **editions: Facts) -> str:
    with pytest.raises(UncheckableError) as raised:
        worked_out(claim, own, **editions)
    return str(raised.value)


def problem(claim: str, own: Facts | None = None, **editions: Facts) -> ClaimError:
    with pytest.raises(ClaimError) as raised:
        worked_out(claim, own or facts(LINES), **editions)
    return raised.value


# --- lines ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("conditions", "amount"),
    [
        ("", "187.50"),
        (', [Block] = "Commissioning"', "180.50"),
        (', [Section] = "VICTIMS"', "157.50"),
        (', [Section] = "Victims", [Block] = "grants"', "7"),
        (', [Section] = "Victims" or "Prevention"', "187.50"),
        (', [Section] begins "prev"', "30"),
        (', [Line ID] = "L1" or "L3"', "130"),
        (', [ line  id ] = "L1"', "100"),
        (', [Service] begins "help"', "150.50"),
        (', [Provider] = "Freeva"', "50.50"),
        (", [Area code] filled", "30"),
        (", [Area code] blank", "157.50"),
        (', [Area code] blank, [Section] = "Victims", [Term] blank', "150.50"),
        (", [2025/26 Budget] = 0", "80.50"),
        (", [2025/26 Budget] > 0", "107"),
        (", [2025/26 Budget] filled", "157.50"),
        (", [2025/26 Budget] blank", "30"),
    ],
)
def test_a_total_adds_up_the_lines_that_meet_every_condition(conditions: str, amount: str) -> None:
    assert pounds(f"total([{YEAR}]{conditions})") == Fraction(amount)


@pytest.mark.parametrize("column", ["2024-25 budget", "2024/25  BUDGET", " 2024/25 Budget "])
def test_an_amount_column_is_found_however_it_is_written(column: str) -> None:
    assert pounds(f"total([{column}])") == Fraction("187.50")


@pytest.mark.parametrize(
    ("conditions", "count"),
    [
        ("", 4),
        ('[Section] = "Victims"', 3),
        ("[2024/25 Budget] > 0, [2025/26 Budget] = 0", 2),
        ('[Provider] = "Freeva", [2025/26 Budget] > 0', 0),
    ],
)
def test_lines_are_counted(conditions: str, count: int) -> None:
    assert worked_out(f"lines({conditions})", facts(LINES)) == Quantity(Fraction(count), "count")


def test_a_date_is_compared_as_it_is_written_in_full() -> None:
    own = facts([named_line("L1", 5_00, Term=date(2025, 3, 31))])
    assert pounds('total([2024/25 Budget], [Term] = "2025-03-31")', own) == 5
    assert pounds('total([2024/25 Budget], [Term] begins "2025-03")', own) == 5


# --- entered amounts and shared ones -----------------------------------------------------


ENTERED = (
    section("Victims", {YEAR: 1000_00}),
    section("Prevention", {YEAR: 0}, order=20),
    section("Grants", {YEAR: 25_50}, block="Grants", order=30),
)


def test_entered_amounts_of_sections_count() -> None:
    own = facts((), ENTERED)
    assert pounds("total([2024/25 Budget])", own) == Fraction("1025.50")
    assert pounds('total([2024/25 Budget], [Block] = "Grants")', own) == Fraction("25.50")
    assert pounds('total([2024/25 Budget], [Section] = "Prevention")', own) == 0


def test_entered_amounts_and_lines_of_other_sections_add_up() -> None:
    own = facts(LINES, [section("Housing", {YEAR: 5_00}, order=90)])
    assert pounds("total([2024/25 Budget])", own) == Fraction("192.50")
    assert (
        pounds('total([2024/25 Budget], [Service] = "Sport", [Section] = "Prevention")', own) == 30
    )


def test_nothing_tells_what_an_entered_amount_is_made_of() -> None:
    own = facts(LINES, [section("Housing", {YEAR: 5_00}, order=90)])
    said = reason('total([2024/25 Budget], [Service] = "Sport")', own)
    assert said == (
        "the section Housing has an entered amount in 2024/25 Budget, and no lines that tell "
        "what it is made of"
    )
    assert "Housing has an entered amount, and no lines" in reason("lines()", own)
    assert worked_out('lines([Section] = "Victims")', own).number == 3
    assert "has no lines, only the amounts of its sections" in reason(
        'total([2024/25 Budget], [Service] = "Sport")', facts((), ENTERED)
    )


def test_a_shared_amount_counts_once() -> None:
    assert pounds("total([2024/25 Budget])", facts(SHARED)) == 90
    assert pounds('total([2024/25 Budget], [Service] begins "Adults" )', facts(SHARED[:1])) == 90
    assert pounds('total([2024/25 Budget], [Line ID] = "S1" or "S2")', facts(SHARED)) == 90


@pytest.mark.parametrize("line_id", ["S1", "S2"])
def test_a_part_of_a_shared_amount_is_not_known(line_id: str) -> None:
    said = reason(f'total([2024/25 Budget], [Line ID] = "{line_id}")', facts(SHARED))
    assert "S2 and S1 have one amount between them in 2024/25 Budget" in said
    own = pounds(f'total([2025/26 Budget], [Line ID] = "{line_id}")', facts(SHARED))
    assert own == (40 if line_id == "S1" else 50)


def test_a_blank_that_another_amount_covers_is_not_nought() -> None:
    own = facts(SHARED)
    assert worked_out("lines([2024/25 Budget] = 0)", own).number == 1
    assert worked_out("lines([2024/25 Budget] > 0)", own).number == 2
    assert worked_out("lines([2024/25 Budget] filled)", own).number == 3
    assert worked_out("lines([2025/26 Budget] blank)", own).number == 1
    assert worked_out("lines([2025/26 Budget] = 0)", own).number == 1


# --- what cannot be known ----------------------------------------------------------------


def test_an_amount_that_cannot_be_read_silences_the_claim() -> None:
    own = facts(
        [*LINES, named_line("L5", {YEAR: unread("text", "TBC")}, section_name="Prevention")]
    )
    said = "the amount 'TBC' in Lines I5 could not be read"
    assert reason("total([2024/25 Budget])", own) == said
    assert reason('total([2024/25 Budget], [Section] = "Prevention")', own) == said
    assert reason('total([2024/25 Budget], [Line ID] begins "L")', own) == said
    assert reason("lines([2024/25 Budget] > 0)", own) == said
    assert pounds('total([2024/25 Budget], [Section] = "Victims")', own) == Fraction("157.50")
    assert worked_out('lines([2024/25 Budget] > 0, [Section] = "Victims")', own).number == 3
    assert pounds("total([2025/26 Budget])", own) == 115


def test_an_entered_amount_that_cannot_be_read_silences_the_claim() -> None:
    own = facts((), [section("Victims", {YEAR: unread("error", "#REF!")})])
    assert reason("total([2024/25 Budget])", own) == (
        "the amount '#REF!' in Sections D5 could not be read"
    )


def test_a_sum_of_nothing_is_not_nought() -> None:
    own = facts(LINES)
    assert "no amount stands in 2025/26 Budget" in reason(
        'total([2025/26 Budget], [Line ID] = "L3")', own
    )
    assert "no line meets these conditions" in reason(
        'total([2024/25 Budget], [Line ID] = "L1", [Provider] = "Freeva")', own
    )
    assert "no section meets these conditions" in reason(
        'total([2024/25 Budget], [Block] = "Grants", [Section] = "Prevention")', own
    )


def test_a_budget_that_does_not_hold_together_is_not_added_up() -> None:
    twice = facts(LINES, [section("Victims"), section("victims", row=6)])
    assert "stands twice in Sections" in reason("total([2024/25 Budget])", twice)
    both = facts(LINES, [section("Victims", {YEAR: 5_00})])
    assert "has both lines and an entered amount" in reason("total([2024/25 Budget])", both)
    outside = facts([*LINES, named_line("L9", 1_00, section_name="")])
    assert "names no block or no section" in reason("total([2024/25 Budget])", outside)


def test_nothing_is_divided_by_nought() -> None:
    assert "divides by nought" in reason("1 / (2 - 2)", facts(LINES))
    assert "there is no percentage of it" in reason("percent(1, 0)", facts(LINES))


def test_a_reason_is_passed_on() -> None:
    assert reason('1 + cannot("the 2017/18 budget is not printed")', facts(LINES)) == (
        "the 2017/18 budget is not printed"
    )


# --- names that are not there -------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "at", "said"),
    [
        ("total([2024/25 Bugdet])", 1, "did you mean '2024/25 Budget'?"),
        ("total([2017/18 Budget])", 1, "the columns of amounts are 2024/25 Budget, 2025/26 Budget"),
        ("total([Service])", 1, "the column [Service] holds no amounts in the edition 2024-25"),
        ('lines([Servcie] = "x")', 7, "did you mean 'Service'?"),
        ('lines([2024/25 Budget] = "x")', 7, "holds amounts; compare it as > 0 or = 0"),
        ("lines([Service] > 0)", 7, "the column [Service] holds no amounts"),
        ("lines([Wards] filled)", 7, "the columns are Line ID, Block, Section, Service, Provider,"),
        (
            'lines([Section] = "Victim")',
            7,
            "no Section is 'Victim' in the edition 2024-25; did you",
        ),
        ('lines([Service] begins "helplines")', 7, "did you mean 'Helpline'?"),
        ('lines([Provider] = "xyz")', 7, "the words there are Catch 22, Freeva"),
    ],
)
def test_what_is_not_there_is_named_with_what_was_meant(claim: str, at: int, said: str) -> None:
    error = problem(claim)
    assert said in error.problem
    assert error.at == at


# --- facts, other figures and other editions ---------------------------------------------


def test_areas_pot_and_awards_are_those_of_the_workbook() -> None:
    own = facts(LINES, areas=9, pot=639_675_00, awards=600_000_00)
    assert worked_out("areas()", own) == Quantity(Fraction(9), "count")
    assert pounds("pot()", own) == 639_675
    assert pounds("awards()", own) == 600_000


def test_a_pot_or_split_that_is_not_there_is_no_nought() -> None:
    assert "the pot of the edition 2024-25 is blank" in reason("pot()", facts())
    assert "could not be read" in reason("pot()", facts(pot=unread()))
    assert "Indicators is empty" in reason("awards()", facts())


FIGURES = (
    figure("", "4.611", unit="GBP million", ref="3.2", claim="The budget", row=5),
    figure("", "0.691", unit="GBP million", ref="3.5", claim="Available funding", row=6),
    figure("", "332", unit="GBP thousand", ref="3.5", claim="Additional allocations", row=7),
    figure("", "n/a", ref="3.6", claim="Not known", row=8),
    figure("", "2.3", unit="per cent", ref="3.7", claim="The increase", row=9),
)


def test_another_stated_figure_is_found_by_its_ref_and_claim() -> None:
    own = facts(LINES, figures=FIGURES)
    assert pounds('stated("3.2")', own) == 4_611_000
    assert pounds('stated("3.5", "AVAILABLE")', own) == 691_000
    assert pounds('stated("3.5", "additional  alloc")', own) == 332_000
    assert worked_out('stated("3.7")', own) == Quantity(Fraction("2.3"), "per cent")


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ('stated("3.3")', "no stated figure has the Ref '3.3'; the Refs are 3.2, 3.5, 3.6, 3.7"),
        (
            'stated("3.5")',
            "2 stated figures answer to this: say how the Claim begins, as in stated",
        ),
        ('stated("3.5", "A")', 'stated("3.5", "Available funding")'),
        ('stated("3.5", "Avialable")', "no Claim of '3.5' begins with 'Avialable'; did you mean"),
    ],
)
def test_a_reference_that_finds_no_figure_or_several_says_so(claim: str, said: str) -> None:
    assert said in problem(claim, facts(LINES, figures=FIGURES)).problem


def test_a_stated_figure_that_cannot_be_read_silences_the_claim() -> None:
    said = reason('stated("3.6")', facts(LINES, figures=FIGURES))
    assert said == "the stated figure 'Not known' that it needs cannot be read"


def test_another_edition_is_worked_out_with_its_own_lines_and_figures() -> None:
    other = facts([named_line("X", 1_000_00)], edition="2018-21", figures=FIGURES[:1])
    claim = 'total([2024/25 Budget]) - edition("2018-21", total([2024/25 Budget]))'
    assert pounds(claim, e2018_21=other) == Fraction("187.50") - 1000
    assert pounds('edition("2018-21", stated("3.2"))', e2018_21=other) == 4_611_000
    error = problem('edition("2018-21", total([2099/00 Budget]))', e2018_21=other)
    assert "is not there in the edition 2018-21" in error.problem


def test_an_edition_that_is_not_to_be_had_is_asked_for() -> None:
    said = reason('edition("2019-20", pot())', facts(LINES), e2018_21=facts())
    assert said == (
        "the edition '2019-20' is not to be had (there are 2018-21); give its workbook with --with"
    )


# --- arithmetic and kinds ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "number", "kind"),
    [
        ("1 / 3 * 3", "1", "plain number"),
        ("total([2024/25 Budget]) / 3", "62.5", "pounds"),
        ("2 * total([2024/25 Budget]) - 5", "370", "pounds"),
        ("-total([2024/25 Budget]) + 200", "12.5", "pounds"),
        ("total([2024/25 Budget]) / total([2024/25 Budget])", "1", "plain number"),
        ("percent(total([2025/26 Budget]), total([2024/25 Budget]))", "184/3", "per cent"),
        ("lines() + 1", "5", "count"),
        ("percent(lines([Area code] filled), lines())", "25", "per cent"),
        ("total([2024/25 Budget]) / lines()", "46.875", "plain number"),
    ],
)
def test_arithmetic_is_exact(claim: str, number: str, kind: str) -> None:
    assert worked_out(claim, facts(LINES)) == Quantity(Fraction(number), kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("claim", "at", "said"),
    [
        ("total([2024/25 Budget]) + lines()", 25, "count cannot be added to pounds"),
        ("lines() - percent(1, 2)", 9, "per cent cannot be taken from count"),
        ("lines() * total([2024/25 Budget])", 9, "count are multiplied by pounds"),
        ("percent(lines(), total([2024/25 Budget]))", 1, "the part is in count and the whole in"),
    ],
)
def test_pounds_counts_and_percentages_do_not_mix(claim: str, at: int, said: str) -> None:
    error = problem(claim)
    assert said in error.problem
    assert error.at == at
