"""The header row: found wherever it stands, and forgiving of how it is spelt."""

import pytest

from appendix.parsing import Row, grid_of, pounds, read, rules
from builders import layout
from xlframework.appendix.layout import Column
from xlframework.appendix.parse.headers import find_header
from xlframework.appendix.parse.table import Parsed
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


PAGES: list[Row] = [
    ["Lines of the year"],
    [],
    HEADERS,
    ["A", "B", pounds(1), pounds(2)],
    [],
    HEADERS,
    ["C", "D", pounds(3), pounds(4)],
]


def pages(*first: str) -> list[Row]:
    """Give two pages of lines, the first of them with other headers."""
    return [*PAGES[:2], list(first), *PAGES[3:]]


def header_rules(parsed: Parsed) -> set[tuple[str, str | None]]:
    return {each for each in rules(parsed) if "header" in each[0]}


@pytest.mark.parametrize(
    "service", ["Scheme", "Service / project", "Service  Name:", "Srvice name"]
)
@pytest.mark.parametrize("provider", [HEADERS[1], HEADERS[1].upper()])
def test_no_line_is_lost_where_the_headers_of_a_later_page_fit_better(
    service: str, provider: str
) -> None:
    parsed = read(LAYOUT, grid_of(*pages(service, provider, *HEADERS[2:])))
    assert [line.words["Service"] for line in parsed.lines] == ["A", "C"]
    errors = [each.rule for each in parsed.findings if each.severity == "error"]
    assert errors == []
    assert header_rules(parsed) & {("import-header-guessed", "A3"), ("import-header-differs", "A3")}


def test_a_first_header_row_that_lacks_a_column_is_still_the_first() -> None:
    parsed = read(LAYOUT, grid_of(*pages(HEADERS[0], "Who", *HEADERS[2:])))
    assert [line.words["Service"] for line in parsed.lines] == ["A", "C"]
    assert ("import-header-missing", "A3") in rules(parsed)


def test_where_no_amount_stands_between_the_row_that_fits_best_is_taken() -> None:
    header = find_header(grid_of(*pages("Scheme", "Who", *HEADERS[2:])[:3], HEADERS), LAYOUT)
    assert header is not None
    assert header.row == 4


def test_amounts_above_the_header_row_are_an_error_once_a_row() -> None:
    parsed = read(LAYOUT, grid_of(*pages("Scheme", "Who", *HEADERS[2:])))
    assert [line.words["Service"] for line in parsed.lines] == ["C"]
    assert header_rules(parsed) == {("import-above-header", "C4")}
    finding = next(each for each in parsed.findings if each.rule == "import-above-header")
    assert (finding.severity, finding.found) == ("error", "1")
    assert "row 6" in finding.message


def test_a_figure_above_another_column_is_no_finding() -> None:
    parsed = read(LAYOUT, grid_of([pounds(7), "Page", "Page 1"], HEADERS, PAGES[3]))
    assert header_rules(parsed) == set()


@pytest.mark.parametrize(
    ("found", "how"),
    [
        ([HEADERS[0], "Delivery", *HEADERS[2:]], "guessed"),
        ([HEADERS[0], "Who", *HEADERS[2:]], None),
        ([HEADERS[0], "Delivery 2", *HEADERS[2:]], None),
        ([HEADERS[0], "Delivery", *HEADERS[2:], "Remarks"], None),
        ([HEADERS[0], "Delivery", *HEADERS[2:], "Difference"], "guessed"),
    ],
)
def test_the_one_column_of_words_that_is_left_over_is_guessed(
    found: list[str], how: str | None
) -> None:
    last = pounds(3) if found[-1] == "Difference" else "As before"
    header = find_header(grid_of(found, ["A", "B", pounds(1), pounds(2), last]), LAYOUT)
    assert header is not None
    match = header.matches.get(HEADERS[1])
    assert (match and match.closeness) == how
    assert (match is None) == (2 in header.others)


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
