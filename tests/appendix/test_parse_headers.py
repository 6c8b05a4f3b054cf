"""The header row: found wherever it stands, and forgiving of how it is spelt."""

import pytest

from appendix.parsing import Row, grid_of, pounds, read, rules
from builders import layout
from xlframework.appendix.layout import Column
from xlframework.appendix.parse.headers import find_header
from xlframework.appendix.parse.text import are_alike, backwards, pattern_value, plain

LAYOUT = layout(
    Column(header="Service Name", field="Service"),
    Column(header="Current delivery organisation", field="Provider"),
    Column(header="2018/19 budget (£)", amount="2018/19 Budget"),
    Column(header="2019/20 budget (£)", amount="2019/20 Budget"),
)
HEADERS = list(LAYOUT.headers)


def closeness(*found: str) -> list[tuple[str, str]]:
    header = find_header(grid_of(list(found)), LAYOUT)
    assert header is not None
    return [(match.found, match.closeness) for match in header.matches.values()]


@pytest.mark.parametrize(
    ("found", "how"),
    [
        ("2018/19 budget (£)", "exact"),
        ("2018/19  Budget", "near"),
        ("18/19\nBUDGET £", "near"),
        ("2018-19 budget", "near"),
        ("Budget 2018/19", "guessed"),
        ("2018/19 budgte", "guessed"),
    ],
)
def test_a_header_can_be_spelt_otherwise(found: str, how: str) -> None:
    assert (found, how) in closeness(*HEADERS[:2], found, HEADERS[3])


def test_a_header_of_another_year_is_another_header() -> None:
    header = find_header(grid_of([*HEADERS[:2], "2020/21 budget (£)"]), LAYOUT)
    assert header is not None
    assert list(header.matches) == HEADERS[:2]
    assert header.others == {3: "2020/21 budget (£)"}


def test_columns_can_stand_in_any_order_below_anything() -> None:
    rows: list[Row] = [
        ["Appendix A"],
        [],
        ["for the Service Name and more"],
        [None, *reversed(HEADERS)],
    ]
    header = find_header(grid_of(*rows), LAYOUT)
    assert header is not None
    assert header.row == 4
    assert [match.column for match in header.matches.values()] == [5, 4, 3, 2]


def test_of_repeated_headers_the_first_counts_even_where_a_later_one_is_closer() -> None:
    rows: list[Row] = [
        [each.upper() for each in HEADERS],
        ["A", "B", pounds(1), pounds(2)],
        HEADERS,
    ]
    header = find_header(grid_of(*rows), LAYOUT)
    assert header is not None
    assert header.row == 1


def test_a_sheet_with_less_than_half_of_the_headers_does_not_fit() -> None:
    assert find_header(grid_of(["Service Name", "Cost"]), LAYOUT) is None
    assert find_header(grid_of(), LAYOUT) is None


def test_findings_name_the_cell_and_both_headers() -> None:
    grid = grid_of(
        ["Service name", "Curent delivery organisation", "Budget", "2019/20 budget (£)"],
        ["A", "B", pounds(1), pounds(2)],
    )
    parsed = read(LAYOUT, grid)
    assert rules(parsed)[:4] == [
        ("import-header-differs", "A1"),
        ("import-header-guessed", "B1"),
        ("import-header-missing", "A1"),
        ("import-column-extra", "C1"),
    ]
    guessed = parsed.findings[1]
    assert (guessed.expected, guessed.found) == (
        "Current delivery organisation",
        "Curent delivery organisation",
    )
    assert [line.amounts for line in parsed.lines] == [
        {"2018/19 Budget": None, "2019/20 Budget": 200}
    ]


@pytest.mark.parametrize("missing", ["Service Name", "budget"])
def test_without_the_service_or_any_amount_no_line_is_read(missing: str) -> None:
    headers = [each for each in HEADERS if missing not in each]
    parsed = read(LAYOUT, grid_of(headers, ["A", "B", "C"][: len(headers)]))
    assert parsed.lines == ()
    errors = [each for each in parsed.findings if each.severity == "error"]
    assert {each.rule for each in errors} == {"import-header-missing"}
    assert all("no line can be read" in each.message for each in errors)


# --- texts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Children\N{RIGHT SINGLE QUOTATION MARK}s  Board", "childrens board"),
        ("P&CP", "P and CP"),
        ("24/25 Spend", "2024-25 spend"),
        ("2024 to 2025", "24/25"),
        ("Café", "CAFE"),
    ],
)
def test_texts_that_say_the_same(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_two_figures_are_a_year_only_if_they_follow_each_other() -> None:
    assert plain("24/26") == "24 26"
    assert plain("99/00") == "y9900"


def test_short_texts_and_other_figures_are_never_alike() -> None:
    assert not are_alike("pla", "plb")
    assert not are_alike("priority 1", "priority 2")
    assert are_alike("service provider", "servise provider")


def test_words_are_mapped_back_by_the_closest_spelling() -> None:
    words = {"Small": "s", "Large": "S"}
    assert backwards(words, "S") == "Large"
    assert backwards(words, "s ") is None
    assert backwards(None, "S") is None


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Victims subtotal", "Victims"),
        ("VICTIMS SUB-TOTAL:", "VICTIMS"),
        ("Victims", None),
        ("subtotal", None),
    ],
)
def test_a_name_is_read_out_of_a_label(printed: str, value: str | None) -> None:
    assert pattern_value("{section} subtotal", "section", printed) == value


def test_a_label_without_a_place_for_the_name_tells_none() -> None:
    assert pattern_value("Subtotal", "section", "SUBTOTAL") == ""
    assert pattern_value("Subtotal", "section", "Total") is None
