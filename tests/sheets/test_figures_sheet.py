"""The last three columns of `Figures`: live formulas where Excel can be trusted, in our looks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from builders import NEXT_YEAR, YEAR, section, view
from rules.reconcile.stated import check, facts, figure, named_line
from xlframework.model.figures import StatedFigure
from xlframework.rules.reconcile.evaluate import Setting
from xlframework.rules.reconcile.facts import Facts
from xlframework.sheets.change import BLANK, Wanted
from xlframework.sheets.claim_formulas import computed_formula, rounding
from xlframework.sheets.figures_sheet import wanted_figures
from xlframework.sheets.palette import Look

NAMES = frozenset({"Pot", "Awarded"})
LINES = (
    named_line("L1", {YEAR: 100_00, NEXT_YEAR: 5_00}, Service="Helpline", area_code="E1"),
    named_line("L2", {YEAR: 200_00, NEXT_YEAR: None}, Service='The "other"', Provider="10"),
    named_line("L3", {YEAR: 7_00, NEXT_YEAR: 0}, section_name="Prevention & care", Service="C"),
)
OWN = facts(LINES, areas=2, pot=9_00, awards=9_00)
HEADERS = (
    "Ref",
    "Claim",
    "Stated",
    "Unit",
    "Precision",
    "Computed by",
    "Computed",
    "Difference",
    "Status",
)
STATUS = (
    "IF(AND(ISNUMBER(Figures[[#This Row],[Stated]]),ISNUMBER(Figures[[#This Row],[Difference]])),"
    'IF(Figures[[#This Row],[Difference]]=0,"agrees","differs"),"cannot be checked")'
)


def formula(
    line: str,
    unit: str = "GBP",
    precision: str = "1",
    *,
    own: Facts = OWN,
    names: frozenset[str] = NAMES,
    figures: tuple[StatedFigure, ...] = (),
    **editions: Facts,
) -> str | None:
    """Give the formula of a figure that is worked out, without the equals sign."""
    first = figure(line, Fraction(0), unit=unit, precision=precision, row=50)
    full = replace(own, figures=(first, *figures))
    checked, *_ = check(full, **editions)
    assert checked.status != "cannot be checked", checked.message
    return computed_formula(checked, Setting(full, editions), names)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("total([2024/25 Budget])", "ROUND(SUM(Sections[2024/25 Budget]),0)"),
        (
            'total([2024-25 budget], [section] = "victims", [Block] begins "Comm")',
            (
                'ROUND(SUMIFS(Sections[2024/25 Budget],Sections[Section],"victims",'
                'Sections[Block],"Comm*"),0)'
            ),
        ),
        (
            'total([2024/25 Budget], [Section] = "Victims" or "Prevention & care") * 2',
            (
                'ROUND((SUMIFS(Sections[2024/25 Budget],Sections[Section],"Victims")+'
                'SUMIFS(Sections[2024/25 Budget],Sections[Section],"Prevention & care"))*2,0)'
            ),
        ),
        (
            'total([2024/25 Budget], [Service] = "The ""other""" or "helpline")',
            (
                'ROUND(SUMPRODUCT(--((Lines[Service]="The ""other""")+'
                '(Lines[Service]="helpline")>0),Lines[2024/25 Budget]),0)'
            ),
        ),
        (
            'total([2024/25 Budget], [Service] begins "He", [Provider] blank)',
            (
                'ROUND(SUMPRODUCT(--(LEFT(Lines[Service],2)="He"),--(LEN(Lines[Provider])=0),'
                "Lines[2024/25 Budget]),0)"
            ),
        ),
        (
            'total([2024/25 Budget], [Provider] = "10")',
            'ROUND(SUMPRODUCT(--(Lines[Provider]&""="10"),Lines[2024/25 Budget]),0)',
        ),
        (
            "total([2024/25 Budget], [2025/26 Budget] > 0)",
            (
                "ROUND(SUMPRODUCT(ISNUMBER(Lines[2025/26 Budget])*(Lines[2025/26 Budget]>0),"
                "Lines[2024/25 Budget]),0)"
            ),
        ),
        ("pot() - awards()", "ROUND(Pot-Awarded,0)"),
        ("-(pot() + 1) * 2", "ROUND((-(Pot+1))*2,0)"),
        ("10 - (pot() - 1)", "ROUND(10-(Pot-1),0)"),
        ("pot() / (2 * 3)", "ROUND(ROUND(Pot/(2*3),6),0)"),
        (
            "each(pot(), 7)",
            (
                "IF(ROUND(MAX(Pot,7),0)+ROUND(MIN(Pot,7),0)>=2*Figures[[#This Row],[Stated]],"
                "ROUND(MAX(Pot,7),0),ROUND(MIN(Pot,7),0))"
            ),
        ),
    ],
)
def test_pounds_are_worked_out_live(line: str, expected: str) -> None:
    assert formula(line) == expected


@pytest.mark.parametrize(
    ("line", "unit", "precision", "expected"),
    [
        ("pot()", "GBP million", "0.001", "ROUND(Pot/1000000,3)"),
        ("pot() + 1", "GBP thousand", "1", "ROUND((Pot+1)/1000,0)"),
        ("pot()", "GBP", "1000", "ROUND(Pot,-3)"),
        ("pot()", "GBP", "50", "ROUND((Pot)/50,0)*50"),
        ("pot()", "GBP", "0.05", "ROUND((Pot)/0.05,0)*0.05"),
        (
            "percent(pot() - 1, pot())",
            "per cent",
            "0.1",
            "ROUND(100*(Pot-1)/Pot,1)",
        ),
        ("areas()", "count", "1", "COUNTA(Areas[Area code])"),
        (
            "lines([Area code] filled)",
            "count",
            "1",
            "SUMPRODUCT(--(LEN(Lines[Line ID])>0),--(LEN(Lines[Area code])>0))",
        ),
    ],
)
def test_other_units_are_worked_out_live(
    line: str, unit: str, precision: str, expected: str
) -> None:
    assert formula(line, unit, precision) == expected


def test_another_stated_figure_is_looked_up_whatever_its_row() -> None:
    others = (
        figure("", "4.5", unit="GBP million", ref="3.2", claim="The budget", row=6),
        figure("", "5", ref="3.5", claim="Available", row=7),
        figure("", "6", ref="3.5", claim="Additional", row=8),
    )
    assert formula('stated("3.2")', figures=others) == (
        'ROUND(SUMPRODUCT((Figures[Ref]&""="3.2")*1,Figures[Stated])*1000000,0)'
    )
    assert formula('stated("3.5", "Avail")', figures=others) == (
        'ROUND(SUMPRODUCT((Figures[Ref]&""="3.5")*(LEFT(Figures[Claim],5)="Avail")*1,'
        "Figures[Stated]),0)"
    )
    odd = (figure("", "5", ref=" 3.5", row=7),)
    assert formula('stated("3.5")', figures=odd) is None


def test_a_shared_amount_is_followed_to_the_line_that_carries_it() -> None:
    own = facts([*LINES, named_line("L4", {YEAR: None}, shared_with="L1", Service="D")])
    found = formula("lines([2024/25 Budget] = 0)", "count", own=own)
    assert found == (
        "SUMPRODUCT(--(LEN(Lines[Line ID])>0),1-(ISNUMBER(Lines[2024/25 Budget])*"
        "(Lines[2024/25 Budget]<>0)+(1-ISNUMBER(Lines[2024/25 Budget]))*"
        "(LEN(Lines[Shared with])>0)*"
        "(SUMIF(Lines[Line ID],Lines[Shared with],Lines[2024/25 Budget])<>0)))"
    )


def test_another_editions_figure_stands_in_the_formula_as_a_number() -> None:
    other = facts([named_line("X", {YEAR: 40_00})], edition="a")
    line = 'pot() - edition("a", total([2024/25 Budget]))'
    assert formula(line, a=other) == "ROUND(Pot-40,0)"
    less = formula('pot() - edition("a", -total([2024/25 Budget]))', a=other)
    assert less == "ROUND(Pot-(-40),0)"
    assert formula('pot() + edition("a", total([2024/25 Budget]) / 3)', a=other) is None


@pytest.mark.parametrize(
    "line",
    [
        'edition("a", lines()) * 2',
        "lines([2025/26 Budget] filled)",
        'lines([Ends] begins "2025")',
        'lines([Odd] = "spaced")',
        'lines([Service] = "stra\u00dfe")',
        f'lines([Service] begins "{"x" * 256}")',
    ],
)
def test_what_excel_could_take_otherwise_is_a_constant(line: str) -> None:
    long = named_line("L9", 1_00, Service="x" * 300, Odd=" spaced ", Ends=date(2025, 3, 31))
    street = named_line("L8", 1_00, Service="Stra\u00dfe")
    own = facts([*LINES, long, street])
    own = replace(own, headers=(*own.headers, "Ends", "Odd"))
    assert formula(line, "count", own=own, a=facts(LINES, edition="a")) is None


def test_names_that_sumifs_takes_for_numbers_or_patterns_are_seen_to() -> None:
    own = facts(
        [named_line("L1", 5_00, section_name=name) for name in ("2024", "Help*", "<5 and more")]
    )
    total = 'total([2024/25 Budget], [Section] = "{}")'
    assert formula(total.format("2024"), own=own) is None
    assert 'Sections[Section],"Help~*")' in str(formula(total.format("Help*"), own=own))
    assert 'Sections[Section],"=<5 and more")' in str(formula(total.format("<5 and more"), own=own))


def test_a_name_that_the_workbook_lacks_is_no_formula() -> None:
    assert formula("awards()", names=frozenset({"Pot"})) is None


def test_a_line_without_an_id_is_counted_by_us_alone() -> None:
    assert formula("lines()", "count", own=facts([*LINES, named_line("", 1_00)])) is None


def test_close_to_a_half_the_hair_of_binary_noise_is_rounded_away_first() -> None:
    assert formula("percent(47 * pot(), 2000 * pot())", "per cent", "0.1") == (
        "ROUND(ROUND(100*(47*Pot)/(2000*Pot),10),1)"
    )
    assert formula("pot() * 0.5") == "ROUND(ROUND(Pot*0.5,6),0)"
    # So close that rounding twice would come to another figure.
    assert formula("pot() / pot() * 0.4999999999") is None


@pytest.mark.parametrize(
    ("step", "expected"),
    [("1", "ROUND(A1,0)"), ("100", "ROUND(A1,-2)"), ("0.01", "ROUND(A1,2)")],
)
def test_a_step_of_ten_is_excels_own_rounding(step: str, expected: str) -> None:
    assert rounding("A1", Fraction(step)) == expected


def test_the_cells_hold_formulas_with_our_values_in_our_looks() -> None:
    agrees = figure("pot()", "9", row=2)
    differs = figure("pot()", "8.50", unit="GBP", row=3)
    silent = figure('cannot("x")', "5", row=4)
    broken = figure("pott()", "5", row=5)
    own = replace(OWN, figures=(agrees, differs, silent, broken))
    table = view(HEADERS, *(("x",) * 9 for _ in range(4)), name="Figures")
    cells = list(wanted_figures(table, check(own), Setting(own, {}), NAMES))
    assert [(each.row, each.column) for each in cells[:3]] == [(2, 7), (2, 8), (2, 9)]
    wanted = [each.wanted for each in cells]
    assert wanted[:3] == [
        Wanted(Decimal(9), "ROUND(Pot,0)", Look("line", "money")),
        Wanted(
            Decimal(0),
            "ROUND(Figures[[#This Row],[Stated]]-Figures[[#This Row],[Computed]],3)",
            Look("line", "money"),
        ),
        Wanted("agrees", STATUS, Look("good", "text")),
    ]
    assert (wanted[3].value, wanted[3].look) == (Decimal(9), Look("line", "pence"))
    assert (wanted[4].value, wanted[5].value) == (Decimal("-0.5"), "differs")
    assert wanted[5].look == Look("bad", "text")
    nothing = Wanted(None, None, Look("line", "number"))
    unknown = Wanted("cannot be checked", None, Look("line", "text"))
    assert wanted[6:9] == [nothing, nothing, unknown]
    assert wanted[11] == Wanted("cannot be checked", None, Look("warning", "text"))


def test_a_row_that_nobody_has_filled_in_keeps_nothing_of_ours() -> None:
    table = view(HEADERS, (*(None,) * 6, Decimal(5), None, "agrees"), name="Figures")
    cells = list(wanted_figures(table, (), Setting(OWN, {}), NAMES))
    assert [each.wanted for each in cells] == [BLANK] * 3


def test_entered_amounts_are_summed_as_the_subtotals_are() -> None:
    own = facts((), [section("Victims", {YEAR: 5_00})])
    assert formula('total([2024/25 Budget], [Section] = "Victims")', own=own) == (
        'ROUND(SUMIFS(Sections[2024/25 Budget],Sections[Section],"Victims"),0)'
    )
