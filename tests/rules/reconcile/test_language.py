"""The claim language: what a line means, and what is said of one that is not in it."""

from fractions import Fraction

import pytest

from xlframework.rules.reconcile.language import read_claim
from xlframework.rules.reconcile.reader import DEEPEST, MOST_PARTS
from xlframework.rules.reconcile.tree import (
    Cannot,
    ClaimError,
    Condition,
    Count,
    Expression,
    Fact,
    InEdition,
    Negative,
    Number,
    Pair,
    Percent,
    Stated,
    Total,
    editions_of,
)
from xlframework.rules.reconcile.words import LONGEST


def read(line: str) -> Expression:
    (part,) = read_claim(line).parts
    return part.expression


def problem(line: str) -> ClaimError:
    with pytest.raises(ClaimError) as raised:
        read_claim(line)
    return raised.value


def condition(line: str) -> Condition:
    expression = read(f"lines({line})")
    assert isinstance(expression, Count)
    (found,) = expression.conditions
    return found


def test_a_total_has_a_column_and_conditions() -> None:
    expression = read('total([2024/25 Budget], [Block] = "Commissioning", [Area code] filled)')
    assert expression == Total(
        "2024/25 Budget",
        (
            Condition("Block", "is", ("Commissioning",), 25),
            Condition("Area code", "filled", (), 52),
        ),
        1,
    )


@pytest.mark.parametrize(
    ("line", "test", "words"),
    [
        ('[Section] = "Victims"', "is", ("Victims",)),
        ('[Section] = "Victims" or "Prevention" OR "C"', "is", ("Victims", "Prevention", "C")),
        ('[Service] begins "DA Perp"', "begins", ("DA Perp",)),
        ("[Area code] filled", "filled", ()),
        ("[Area code] BLANK", "blank", ()),
        ("[2019/20 Budget] > 0", "above zero", ()),
        ("[2019/20 Budget] = 0.00", "zero", ()),
        ('[Service] = "  a ""quoted"" word "', "is", ('a "quoted" word',)),
        (
            '[Service] = \u201cChildren\u2019s "big" board\u201d',
            "is",
            ('Children\u2019s "big" board',),
        ),
    ],
)
def test_a_condition_compares_a_column(line: str, test: str, words: tuple[str, ...]) -> None:
    found = condition(line)
    assert (found.test, found.words) == (test, words)


def test_an_expression_reads_as_arithmetic_does() -> None:
    assert read("1 + 2 * -(3 - 4) / 5") == Pair(
        "+",
        Number(Fraction(1), "1", 1),
        Pair(
            "/",
            Pair(
                "*",
                Number(Fraction(2), "2", 5),
                Negative(
                    Pair("-", Number(Fraction(3), "3", 11), Number(Fraction(4), "4", 15), 13), 9
                ),
                7,
            ),
            Number(Fraction(5), "5", 20),
            18,
        ),
        3,
    )


def test_subtraction_goes_from_left_to_right() -> None:
    expression = read("9 - 5 - 1")
    assert isinstance(expression, Pair)
    assert isinstance(expression.left, Pair)
    assert isinstance(expression.right, Number)


@pytest.mark.parametrize(
    ("line", "expression"),
    [
        ("areas()", Fact("areas", 1)),
        ("pot()", Fact("pot", 1)),
        ("Awards ( )", Fact("awards", 1)),
        ("lines()", Count((), 1)),
        ("0.25", Number(Fraction(1, 4), "0.25", 1)),
        ('stated("3.4")', Stated("3.4", "", 1)),
        ('stated("3.5", "Available")', Stated("3.5", "Available", 1)),
        ('cannot("it is  not printed")', Cannot("it is not printed", 1)),
        ('edition("2018-21", pot())', InEdition("2018-21", Fact("pot", 20), 1)),
        ("percent(1, 2)", Percent(Number(Fraction(1), "1", 9), Number(Fraction(2), "2", 12), 1)),
    ],
)
def test_every_function_is_read(line: str, expression: Expression) -> None:
    assert read(line) == expression


def test_each_claims_several_figures_in_their_own_words() -> None:
    claim = read_claim("each( total([2024/25 Budget]),\n  2  +  3 , lines() )")
    assert [part.text for part in claim.parts] == ["total([2024/25 Budget])", "2 + 3", "lines()"]


def test_the_editions_of_a_claim_are_those_it_names() -> None:
    claim = read_claim('each(1, percent(edition("2018-21", pot()), edition("a", lines())))')
    assert editions_of(claim) == ("2018-21", "a")


def test_an_equals_sign_before_the_line_is_passed_over() -> None:
    assert read("= lines()") == Count((), 3)


@pytest.mark.parametrize(
    ("line", "at", "said"),
    [
        ("", 1, "here stands the end of the line, but a figure is needed"),
        ("=", 2, "here stands the end of the line, but a figure is needed"),
        ("1 +", 4, "here stands the end of the line, but a figure is needed"),
        ("totl([2024/25 Budget])", 1, "there is no function totl; did you mean total?"),
        ("SUMIFS(1)", 1, "there is no function sumifs; did you mean total?"),
        ("countif(1)", 1, "there is no function countif; did you mean lines?"),
        ("frobnicate()", 1, "there is no function frobnicate; the functions are total, lines,"),
        ("total", 6, "'(' is missing before the end of the line, after total"),
        ("total()", 7, "the amount column in square brackets, [2024/25 Budget] say, is needed"),
        ('total("2024/25 Budget")', 7, 'here stands "2024/25 Budget", but the amount column'),
        ("total([A]", 10, "the bracket after total is never closed"),
        (
            "total([A] [B])",
            11,
            "a closing bracket is needed: total([column], condition, condition)",
        ),
        ("total([A],)", 11, 'but a condition such as [Section] = "Victims" is needed'),
        (
            "total([A], [B])",
            15,
            'a condition goes on with = "text", begins "text", filled or blank',
        ),
        ("lines([B] <> 0)", 11, "or, for an amount, with > 0 or = 0"),
        ("lines([B] > 5)", 13, "an amount is compared with 0 only"),
        ("lines([B] = 5)", 13, "an amount is compared with 0 only"),
        ('lines([B] > "x")', 13, 'here stands "x", but 0 is needed'),
        ("lines([B] = Victims)", 13, 'but a text in double quotes, "Victims" say, is needed'),
        ('lines([B] = "")', 13, "there is no text; write [Column] blank for cells without any"),
        ('lines([B] begins " ")', 18, "there is no text"),
        ('lines([B] = "a" or)', 19, "but a text in double quotes"),
        ('lines([B] = "a" and [C] filled)', 17, "here stands and, but a closing bracket is needed"),
        ("[2024/25 Budget]", 1, "write total([2024/25 Budget]) for what the lines come to"),
        ('"Victims"', 1, "a text stands only in a condition, and in stated, edition and cannot"),
        ("1 2", 3, "2 is not expected here; join figures with + - * /"),
        ("1,000", 2, "write numbers without commas"),
        ("lines())", 8, "there is a closing bracket without an opening one"),
        ("(1", 3, "')' is missing before the end of the line, to close the bracket"),
        ("areas(1)", 7, "here stands 1, but a closing bracket is needed: areas()"),
        ("pot(,)", 5, "pot takes no more than stands before this comma: pot()"),
        ("percent(1)", 10, "',' is missing before ')', between the part and the whole"),
        ("percent(1, 2, 3)", 13, "percent takes no more than stands before this comma"),
        (
            "stated(3.4)",
            8,
            'here stands 3.4, but the Ref of a figure, stated("3.4") say, is needed',
        ),
        ('stated("a", b)', 13, "here stands b, but the beginning of its Claim is needed"),
        ('edition("2018-21")', 18, "',' is missing before ')', after the name of the edition"),
        (
            'edition("a", edition("b", 1))',
            14,
            "edition(...) cannot stand inside edition(...)",
        ),
        ("cannot()", 8, "here stands ')', but the reason is needed"),
        ('cannot("  ")', 8, "say in the quotation marks why it cannot be checked"),
        ("1 + each(1, 2)", 5, "each(...) must be the whole line"),
        ("each(1, 2) + 1", 12, "'+' is not expected here"),
        ("each()", 6, "here stands ')', but a figure is needed"),
        ("each(1, 2", 10, "')' is missing before the end of the line"),
        ("total([A)", 7, "the square bracket is never closed; write a column as [2024/25 Budget]"),
        ("A]", 2, "there is a closing square bracket without an opening one"),
        ('stated("a', 8, "the quotation mark is never closed"),
        ("stated(\u201ca", 8, "the quotation mark is never closed"),
        ("lines([B] = 'x')", 13, 'texts stand in double quotes, such as "Victims"'),
        ("lines([B] = \u2018x\u2019)", 13, 'texts stand in double quotes, such as "Victims"'),
        ("\u00a35", 1, "without a pound sign"),
        ("5%", 2, "write percent(part, whole) for a percentage"),
        ("2^3", 2, "'^' has no meaning here"),
        ("1234567890.123456", 1, "a number has at most 15 digits"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(line: str, at: int, said: str) -> None:
    error = problem(line)
    assert said in error.problem, error.problem
    assert error.at == at
    assert str(error) == f"character {at}: {error.problem}"


def test_a_claim_is_no_longer_than_anybody_follows() -> None:
    assert len(read_claim("+".join(["1"] * MOST_PARTS)).parts) == 1
    assert "at most 100 parts" in problem("+".join(["1"] * (MOST_PARTS + 1))).problem
    words = " or ".join(['"a"'] * (MOST_PARTS + 1))
    assert "at most 100 parts" in problem(f"lines([B] = {words})").problem
    assert f"at most {LONGEST}" in problem("1" + " " * LONGEST).problem


def test_brackets_do_not_lie_deeper_than_anybody_follows() -> None:
    deep = DEEPEST - 1
    assert read("(" * deep + "1" + ")" * deep) == Number(Fraction(1), "1", deep + 1)
    assert "20 deep" in problem("(" * DEEPEST + "1" + ")" * DEEPEST).problem
    assert "20 deep" in problem("-" * DEEPEST + "1").problem
