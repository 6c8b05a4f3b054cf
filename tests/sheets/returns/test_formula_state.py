"""A formula that another program wrote in its own way is the form's formula still."""

import pytest

from xlframework.sheets.returns.formula_state import Surroundings, same_formula

AROUND = Surroundings(
    sheets=frozenset({"our return", "return"}),
    tables=frozenset({"", "spend"}),
    columns={"budget": 3, "spent q1": 4, "spent q2": 5, "it's": 6, "forecast outturn": 10},
    rows=(13, 20),
    names={"award": (5, 9), "planned": (6, 9)},
)
ROW = 14
SPAN = "SUM(Spend[[#This Row],[Spent Q1]:[Spent Q2]])"
LESS = "Spend[[#This Row],[Forecast outturn]]-Spend[[#This Row],[Budget]]"


@pytest.mark.parametrize(
    ("found", "issued"),
    [
        ("SUM(D14:E14)", SPAN),
        ("sum( $D$14 : $E$14 )", SPAN),
        ("SUM('Our return'!D14:E14)", SPAN),
        ("SUM(Return!$D14:Return!$E14)", SPAN),
        ("SUM(Spend[@[Spent Q1]:[Spent Q2]])", SPAN),
        ("SUM([@[Spent Q1]:[Spent Q2]])", SPAN),
        ("J14-C14", LESS),
        ("[@[Forecast outturn]]-[@Budget]", LESS),
        ("Spend[[#This Row],[forecast  outturn]] - $C14", LESS),
        ("SUM(C13:C20)", "SUM(Spend[Budget])"),
        ("SUM(C12:C1048576)", "SUM(Spend[Budget])"),
        ("SUM(SPEND[[#Data],[Budget]])", "SUM(Spend[Budget])"),
        ("I5-I6", "Award-Planned"),
        ("AWARD - planned", "Award-Planned"),
        ("F14", "Spend[[#This Row],[It''s]]"),
        (
            "MAX(0,C14-J14)",
            "MAX(0,Spend[[#This Row],[Budget]]-Spend[[#This Row],[Forecast outturn]])",
        ),
    ],
)
def test_the_same_said_in_another_way(found: str, issued: str) -> None:
    assert same_formula(found, issued, ROW, AROUND)


@pytest.mark.parametrize(
    ("found", "issued"),
    [
        ("SUM(D15:E15)", SPAN),
        ("SUM(D14:F14)", SPAN),
        ("D14+E14", SPAN),
        ("SUM(Lists!D14:E14)", SPAN),
        ("SUM([1]Return!D14:E14)", SPAN),
        ("SUM(Other[[#This Row],[Spent Q1]:[Spent Q2]])", SPAN),
        ("C14-J14", LESS),
        ("SUM(C14:C20)", "SUM(Spend[Budget])"),
        ("SUM(C13:C19)", "SUM(Spend[Budget])"),
        ("SUM(D13:D20)", "SUM(Spend[Budget])"),
        ("Award", "Award-Planned"),
        ("SUM(" + "'" * 600 + ")", SPAN),
        ('"D14"', SPAN),
    ],
)
def test_something_else(found: str, issued: str) -> None:
    assert not same_formula(found, issued, ROW, AROUND)
