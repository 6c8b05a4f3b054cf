"""Figures that two editions print differently for the same year."""

from builders import NEXT_YEAR, YEAR, catalogue, section, unread
from rules.reconcile.stated import facts, named_line
from xlframework.ground.place import Place
from xlframework.rules.reconcile.editions import Printed, printed_differently
from xlframework.rules.reconcile.facts import Facts
from xlframework.rules.reconcile.findings import edition_findings

PLACES = {YEAR: Place("budget.xlsx", "Lines", "I4"), NEXT_YEAR: Place("budget.xlsx", "Lines", "J4")}


def edition(**amounts: int | None) -> Facts:
    """Give an edition with one line a service, all of one provider and section."""
    lines = [
        named_line(f"L{number}", amount, Service=service, Provider="Freeva")
        for number, (service, amount) in enumerate(amounts.items(), start=1)
    ]
    return facts(lines, headers=[YEAR], edition="a")


def found(own: Facts, other: Facts) -> list[Printed]:
    return list(printed_differently(own, other))


def test_editions_that_print_the_same_differ_in_nothing() -> None:
    assert found(edition(A=100, B=200), edition(B=200, A=100)) == []


def test_a_total_a_subtotal_and_a_line_that_differ_are_one_finding() -> None:
    (printed,) = found(edition(A=100_00, B=200_00), edition(a=100_00, b=250_00))
    assert (printed.own_total, printed.other_total) == (300_00, 350_00)
    assert printed.sections == ("Victims",)
    assert printed.lines == (("B", 200_00, 250_00),)
    assert printed.message == (
        "the edition a prints another total for 2024/25 Budget; the subtotals of Victims and the "
        "line B (£200 here, £250 there) differ too"
    )
    (finding,) = edition_findings([printed], PLACES, catalogue())
    assert (finding.rule, finding.severity) == ("figure-editions-differ", "info")
    assert str(finding.place) == "budget.xlsx, sheet Lines, cell I4"
    assert (finding.expected, finding.found, finding.difference) == ("350.00", "300.00", "-50.00")


def test_lines_that_differ_under_one_total_are_found_too() -> None:
    (printed,) = found(edition(A=1_00, B=2_00, C=3_00), edition(A=2_00, B=3_00, C=1_00))
    assert printed.message == (
        "the edition a prints the same total for 2024/25 Budget, but 3 lines, such as A (£1 here, "
        "£2 there), B (£2 here, £3 there), differ"
    )
    (finding,) = edition_findings([printed], PLACES, catalogue())
    assert (finding.expected, finding.found, finding.difference) == (None, None, None)


def test_a_line_that_only_one_edition_has_or_leaves_blank_is_not_compared() -> None:
    (printed,) = found(edition(A=1_00, B=2_00), edition(A=1_00, C=5_00, B=None))
    assert printed.lines == ()
    assert printed.sections == ("Victims",)


def test_years_that_only_one_edition_has_are_not_compared() -> None:
    own = facts([named_line("L1", {YEAR: 1_00, NEXT_YEAR: 5_00}, Service="A")])
    other = facts([named_line("L1", {NEXT_YEAR: 6_00}, Service="A")], headers=[NEXT_YEAR])
    assert [each.header for each in found(own, other)] == [NEXT_YEAR]


def test_an_amount_that_stands_for_several_lines_is_no_lines_own() -> None:
    def boards(first: int | None, second: int | None) -> Facts:
        return facts(
            [
                named_line("L1", first, Service="Adults"),
                named_line("L2", second, Service="Children", shared_with="L1"),
            ],
            headers=[YEAR],
        )

    assert found(boards(3_00, None), boards(1_00, 2_00)) == []


def test_lines_of_one_name_are_not_told_apart() -> None:
    def twins(first: int, second: int) -> Facts:
        return facts(
            [named_line("L1", first, Service="A"), named_line("L2", second, Service="A")],
            headers=[YEAR],
        )

    assert found(twins(1_00, 2_00), twins(2_00, 1_00)) == []


def test_entered_amounts_of_sections_are_compared() -> None:
    own = facts((), [section("Victims", {YEAR: 1_00})], headers=[YEAR])
    other = facts((), [section("victims", {YEAR: 2_00})], headers=[YEAR])
    assert [each.sections for each in found(own, other)] == [("Victims",)]


def test_a_year_with_an_amount_that_cannot_be_read_is_not_compared() -> None:
    other = facts([named_line("L1", unread(), Service="A")], headers=[YEAR])
    assert found(edition(A=1_00), other) == []
    assert found(other, edition(A=1_00)) == []
