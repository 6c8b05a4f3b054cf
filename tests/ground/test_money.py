"""Money: what is read and what is refused, and that nothing is lost on the way."""

import decimal
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlframework.ground.money import (
    LARGEST,
    MoneyError,
    excel_decimal,
    is_whole_pounds,
    parse_pounds,
    pence_of,
    pounds_decimal,
    pounds_text,
    round_pounds,
    spoken_pounds,
)

NBSP = "\N{NO-BREAK SPACE}"
NARROW_NBSP = "\N{NARROW NO-BREAK SPACE}"
THIN_SPACE = "\N{THIN SPACE}"
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"
EM_DASH = "\N{EM DASH}"

READ = {
    # as a person types it
    "0": 0,
    "0.00": 0,
    "-0": 0,
    "(0)": 0,
    "5": 500,
    "0.1": 10,
    "0.01": 1,
    "500.": 50000,
    "007": 700,
    "1339454.38": 133945438,
    # with a pound sign and thousands
    "£1114": 111400,
    "£1,114": 111400,
    "1,339,454.38": 133945438,
    "£1,200.5": 120050,
    "1,200.00": 120000,
    "12,345.": 1234500,
    "999,999,999,999,999": 99_999_999_999_999_900,
    # as another program exports it: no fraction of a penny in the end
    "1234.5000": 123450,
    "1.000": 100,
    # below nought, and said to be above
    "-500": -50000,
    f"{MINUS}500": -50000,
    "-£500": -50000,
    "£-500": -50000,
    f"£{MINUS}500.25": -50025,
    "(500)": -50000,
    "(£500)": -50000,
    "(1,200.50)": -120050,
    "+5": 500,
    "+£5": 500,
    "£+5": 500,
    # with spaces around, and between the signs and the digits
    "  5  ": 500,
    "\t\n 5\r\n": 500,
    "£ 500": 50000,
    f"£{NBSP}500": 50000,
    f"1,200.00{NBSP}": 120000,
    f"{NBSP}{NARROW_NBSP}1,200.00 {THIN_SPACE}": 120000,
    "- 500": -50000,
    "- £ 500": -50000,
    "£ - 500": -50000,
    "( 500 )": -50000,
    "(500 )": -50000,
    "( £ 500.10 )": -50010,
    # the spaces that ONS leaves behind its figures
    "170,002 ": 17_000_200,
}

BLANK = ["", " ", "\t", "\n", NBSP, f" {NBSP} ", "-", " - ", EN_DASH, EM_DASH, f"{NBSP}{EN_DASH} "]

NOT_AN_AMOUNT = [
    # words
    *("n/a", "N/A", "TBC", "nil", "none", "x", "[x]", "see note", "#REF!", "#N/A", "TRUE"),
    # numbers that are not pounds
    *("5%", "1.2k", "1.2m", "£1.2m", "500p", "500 GBP", "GBP 500", "$5", "€5", "1e3", "1E+05"),
    *("0x10", "1_000", "1/2", "12:30", "01/04/2024", "NaN", "inf", "-Infinity"),
    # spaces inside a number: two figures in one cell, or a figure cut short
    *("1 200", "1 200.00", "1 ,200", "1, 200", "1. 20", "1 .20", "1.2 0", "5 5", "5\n5", "5\t5"),
    *(f"1{NBSP}200", f"1{NARROW_NBSP}200", f"1{THIN_SPACE}200"),
    # what cannot be seen is not passed over
    *(f"1{ZERO_WIDTH_SPACE}200", f"{ZERO_WIDTH_SPACE}5", f"5{BYTE_ORDER_MARK}"),
    # thousands in the wrong place; a decimal comma
    *("1,20", "1,2", "1,2345", "1234,567", "1,234,56", "1,,200", ",200", "1,200,", "0001,200"),
    *("0,500", "0,50", "1.200,50", "1,200.5,0", "12,34,567", "1.2.3", "1..2", "1,200..5"),
    # halves of an amount
    *("£", "-£", "£-", "+", "()", "( )", "(-)", "(£)", ".", ".50", "-.5", "£.50", ","),
    # a lone sign that is not a printed dash, or two of them
    *(MINUS, "--", "- -", EN_DASH * 2, "-" * 3),
    # signs in the wrong place, twice, or not signs
    *("500-", "500+", "--500", "+-500", "£(500)", "-(500)", "(500)-", "500£", "££5", "£5£"),
    *(f"{EN_DASH}500", f"{EM_DASH}500", "'500", "=500", "=1+1", "5+5", "((500))", "[500]", "500)("),
    # digits that are not 0 to 9
    *("\uff15\uff10\uff10", "\u0661\u0662", "\u00b2", "\u00bd", "5\u0660", "\u2163"),
    "\N{FULLWIDTH POUND SIGN}500",
]

# Whole amounts in pence, up to what Excel keeps to the penny (fifteen digits).
PENCE = st.integers(min_value=-LARGEST * 100, max_value=LARGEST * 100)
EXCEL_PENCE = st.integers(min_value=-(10**13) + 1, max_value=10**13 - 1)


@pytest.mark.parametrize(("text", "pence"), READ.items())
def test_an_amount_is_read(text: str, pence: int) -> None:
    assert parse_pounds(text) == pence


@pytest.mark.parametrize("text", BLANK)
def test_blank_is_no_amount_and_not_nought(text: str) -> None:
    assert parse_pounds(text) is None


@pytest.mark.parametrize("text", NOT_AN_AMOUNT)
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    with pytest.raises(MoneyError):
        parse_pounds(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("n/a", "'n/a' is not an amount in pounds"),
        ("(500", "one bracket without the other"),
        ("500)", "one bracket without the other"),
        ("500 )", "one bracket without the other"),
        ("-500)", "one bracket without the other"),
        ("(-500)", "more than one sign"),
        ("(+500)", "more than one sign"),
        ("-£-500", "more than one sign"),
        ("+£-500", "more than one sign"),
        ("(£-500)", "more than one sign"),
        ("1.234", "fraction of a penny"),
        ("0.001", "fraction of a penny"),
        ("-1,200.005", "fraction of a penny"),
        ("1000000000000000", "too large"),
        ("-1,000,000,000,000,000", "too large"),
        ("9" * 5000, "too large"),
    ],
)
def test_a_refusal_says_why(text: str, reason: str) -> None:
    with pytest.raises(MoneyError, match=r".") as refusal:
        parse_pounds(text)
    assert reason in str(refusal.value)


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("zeros", [3, 26, 27, 28, 29, 60])
def test_a_fraction_of_a_penny_is_seen_however_far_down_it_stands(sign: str, zeros: int) -> None:
    with pytest.raises(MoneyError, match="fraction of a penny"):
        parse_pounds(f"{sign}1.{'0' * zeros}1")


def test_amounts_do_not_depend_on_the_decimal_context_of_the_caller() -> None:
    with decimal.localcontext(prec=3):
        assert parse_pounds("-1,339,454.38") == -133945438


@given(PENCE)
def test_the_text_of_an_amount_reads_back_as_the_amount(pence: int) -> None:
    assert parse_pounds(pounds_text(pence)) == pence


@given(PENCE)
def test_an_amount_said_in_a_sentence_reads_back_as_the_amount(pence: int) -> None:
    assert parse_pounds(spoken_pounds(pence)) == pence


@given(PENCE)
def test_the_decimal_of_an_amount_is_exact(pence: int) -> None:
    assert pence_of(pounds_decimal(pence)) == pence


@given(
    st.text(alphabet="0123456789.,£()-+ \N{MINUS SIGN}\N{EN DASH}\N{NO-BREAK SPACE}", max_size=12)
)
def test_any_text_is_an_amount_or_blank_or_refused_and_never_another_error(text: str) -> None:
    try:
        pence = parse_pounds(text)
    except MoneyError:
        return
    digits = "".join(character for character in text if character in "0123456789.")
    assert (pence is None) == (digits == "")
    if pence is not None:
        assert abs(pence) == Decimal(digits) * 100


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_pence_of_refuses_what_is_not_a_number(text: str) -> None:
    with pytest.raises(MoneyError):
        pence_of(Decimal(text))


@pytest.mark.parametrize(
    ("pounds", "pence"),
    [
        ("0", 0),
        ("-0", 0),
        ("1E+3", 100000),
        ("0.10", 10),
        ("-2.50", -250),
        (str(LARGEST), 10**17 - 100),
    ],
)
def test_pence_of_is_exact(pounds: str, pence: int) -> None:
    assert pence_of(Decimal(pounds)) == pence


@given(EXCEL_PENCE)
def test_the_binary_number_of_an_amount_gives_its_pence_back(pence: int) -> None:
    assert pence_of(excel_decimal(pence / 100)) == pence


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (1.1 + 2.2, "3.3"),
        (4.35 * 100, "435"),
        (1 / 3, "0.333333333333333"),
        (1339454.38, "1339454.38"),
        (1e15, "1E+15"),
        (123456789012345.67, "123456789012346"),
        (-2.5, "-2.5"),
        (7, "7"),
    ],
)
def test_an_excel_number_is_read_as_excel_shows_it(number: float, shown: str) -> None:
    assert excel_decimal(number) == Decimal(shown)


def test_a_tenth_and_two_tenths_are_thirty_pence() -> None:
    assert pence_of(excel_decimal(0.1 + 0.2)) == 30


def test_a_negative_nought_is_nought() -> None:
    assert pounds_text(pence_of(excel_decimal(-0.0))) == "0.00"


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_is_refused(number: float) -> None:
    with pytest.raises(MoneyError, match="is not a number"):
        excel_decimal(number)


@pytest.mark.parametrize("number", [1.234, 0.001, 1 / 3])
def test_an_excel_number_with_a_fraction_of_a_penny_is_no_amount(number: float) -> None:
    with pytest.raises(MoneyError, match="fraction of a penny"):
        pence_of(excel_decimal(number))


@pytest.mark.parametrize(
    ("pence", "text", "spoken"),
    [
        (0, "0.00", "£0"),
        (1, "0.01", "£0.01"),
        (-1, "-0.01", "-£0.01"),
        (100, "1.00", "£1"),
        (111400, "1114.00", "£1,114"),
        (-50050, "-500.50", "-£500.50"),
        (50005, "500.05", "£500.05"),
        (63967500, "639675.00", "£639,675"),
        (133945438, "1339454.38", "£1,339,454.38"),
    ],
)
def test_an_amount_is_written_in_figures_and_in_a_sentence(
    pence: int, text: str, spoken: str
) -> None:
    assert pounds_text(pence) == text
    assert spoken_pounds(pence) == spoken


@pytest.mark.parametrize(
    ("pence", "text"),
    [(0, "0"), (100, "1"), (100000, "1000"), (110, "1.1"), (101, "1.01"), (-250, "-2.5")],
)
def test_an_exact_number_of_pounds_has_no_more_decimals_than_it_needs(
    pence: int, text: str
) -> None:
    assert str(pounds_decimal(pence)) == text


@pytest.mark.parametrize(
    ("pence", "decimals", "text"),
    [
        (149, 0, "1"),
        (150, 0, "2"),
        (250, 0, "3"),
        (-149, 0, "-1"),
        (-150, 0, "-2"),
        (-250, 0, "-3"),
        (49, 0, "0"),
        (-49, 0, "0"),
        (0, 0, "0"),
        (-4, 1, "0.0"),
        (5, 1, "0.1"),
        (-5, 1, "-0.1"),
        (150050, 2, "1500.50"),
        (-1, 2, "-0.01"),
        (0, 2, "0.00"),
        (43534300, -3, "435000"),
        (49999, -3, "0"),
        (50000, -3, "1000"),
        (-50000, -3, "-1000"),
        (-49999, -3, "0"),
        (150000, -3, "2000"),
        (250000, -3, "3000"),
    ],
)
def test_an_amount_is_rounded_half_up_to_what_a_table_prints(
    pence: int, decimals: int, text: str
) -> None:
    assert str(round_pounds(pence, decimals)) == text


@given(PENCE)
def test_two_decimals_round_nothing_away(pence: int) -> None:
    assert round_pounds(pence, 2) == Decimal(pounds_text(pence))


@given(PENCE, st.integers(min_value=-6, max_value=2))
def test_rounding_is_out_by_at_most_half_a_unit_and_alike_on_both_sides_of_nought(
    pence: int, decimals: int
) -> None:
    rounded = round_pounds(pence, decimals)
    assert abs(rounded - pounds_decimal(pence)) * 2 <= Decimal(10) ** -decimals
    assert round_pounds(-pence, decimals) == -rounded


@pytest.mark.parametrize(("pence", "whole"), [(0, True), (100, True), (-100, True), (101, False)])
def test_whole_pounds_have_no_pence_beside_them(pence: int, whole: bool) -> None:
    assert is_whole_pounds(pence) is whole
