"""A shared formula written out for another cell is what Excel would show there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from xlframework.ground.place import cell_name
from xlframework.sheets.package.shared_formulas import FormulaError, translate


@pytest.mark.parametrize(
    ("formula", "shifted"),
    [
        ("A1+$A1+A$1+$A$1", "B3+$A3+B$1+$A$1"),
        ("SUM(A1:B2,$C:$D,E:E,3:4,$5:$5)", "SUM(B3:C4,$C:$D,F:F,5:6,$5:$5)"),
        ("Lines!A1*'It''s A1'!A1", "Lines!B3*'It''s A1'!B3"),
        ("'A1:B2!'!A1", "'A1:B2!'!B3"),
        ("Lines!A1:Lines!B2", "Lines!B3:Lines!C4"),
        ("SUM(Jan:Dec!A1)", "SUM(Jan:Dec!B3)"),
        ("[1]Lines!A1+[1]Lines!Pot", "[1]Lines!B3+[1]Lines!Pot"),
        ("Lines!Pot+Pot_1+TRUE", "Lines!Pot+Pot_1+TRUE"),
        ("Lines[[#This Row],[A1:B1]]+Lines[A1]", "Lines[[#This Row],[A1:B1]]+Lines[A1]"),
        ('IF(A1="A1","see A1",LOG10(A1))', 'IF(B3="A1","see A1",LOG10(B3))'),
        ("-A1%+A1^2", "-B3%+B3^2"),
        ("Lines!A1048576", "#REF!"),
        ("XFD1", "#REF!"),
        ("$XFD$1048576", "$XFD$1048576"),
        ("#REF!+A1", "#REF!+B3"),
        ("ABCD1+A0", "ABCD1+A0"),
    ],
)
def test_relative_references_move_and_nothing_else(formula: str, shifted: str) -> None:
    assert translate(formula, (1, 1), (3, 2)) == shifted


def test_a_reference_that_leaves_the_sheet_upwards_is_lost() -> None:
    assert translate("A1+A2", (2, 2), (1, 2)) == "#REF!+A1"
    assert translate("A1+B1", (2, 2), (2, 1)) == "#REF!+A1"


def test_a_text_that_is_no_formula_is_refused() -> None:
    with pytest.raises(FormulaError, match="is not a formula"):
        translate('IF("', (1, 1), (2, 1))


corners = st.builds(
    lambda fixed, row, column, also: f"{'$' * fixed}{cell_name(1, column)[:-1]}{'$' * also}{row}",
    st.booleans(),
    st.integers(20, 2000),
    st.integers(20, 500),
    st.booleans(),
)
formulas = st.lists(
    st.one_of(corners, st.builds("{}:{}".format, corners, corners), st.just("7"), st.just('"A9"')),
    min_size=1,
    max_size=5,
).map("+".join)


@given(formulas, st.integers(1, 40), st.integers(1, 40))
def test_plain_references_move_as_openpyxl_moves_them(formula: str, row: int, column: int) -> None:
    theirs = Translator("=" + formula, "T20").translate_formula(cell_name(row, column))
    assert "=" + translate(formula, (20, 20), (row, column)) == theirs
