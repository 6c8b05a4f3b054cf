"""Single cells read back: amounts, words, dates, and cells that hold nothing of use."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from appendix.parsing import DATE_STYLE, Row, grid_of, read, rules
from builders import YEAR, layout
from xlframework.appendix.layout import Column, Layout
from xlframework.appendix.parse.dates import read_date
from xlframework.appendix.parse.grid import grid_of_csv
from xlframework.ground.errors import UnreadableFileError
from xlframework.model.budget import Amount
from xlframework.sheets.package.records import Cell, ErrorValue, Value

SERVICE = Column(header="Service", field="Service")


def spend(blank: str = "", zero: str | None = None) -> Layout:
    made = layout(SERVICE, Column(header="Spend", amount=YEAR, blank=blank, zero=zero))
    return msgspec.structs.replace(made, blocks=("Commissioning",))


def amount_of(value: Value | Cell, one: Layout | None = None) -> tuple[Amount, list[str]]:
    parsed = read(one or spend(), grid_of(["Service", "Spend"], ["A", value], ["B", Decimal(1)]))
    found = [rule for rule, cell in rules(parsed) if cell == "B2"]
    return parsed.lines[0].amounts[YEAR], found


@pytest.mark.parametrize(
    ("value", "pence"),
    [
        (Decimal(500), 500_00),
        ("£1,234.50", 1234_50),
        (" £ 20,000 ", 20000_00),
        ("(500)", -500_00),
        ("-", None),
        ("\N{EN DASH}", None),
        (None, None),
        ("0", 0),
        (Decimal(0), 0),
    ],
)
def test_an_amount_is_read_as_people_print_it(value: Value, pence: int | None) -> None:
    assert amount_of(value) == (pence, [])


@pytest.mark.parametrize(
    "value",
    [
        "tbc",
        "12k",
        ErrorValue("#REF!"),
        True,
        Decimal("0.005"),
        Cell(None, "SUM(B3:B9)"),
        Cell(Decimal(45000), None, DATE_STYLE),
    ],
)
def test_what_is_no_amount_is_blank_and_said_at_its_cell(value: Value | Cell) -> None:
    assert amount_of(value) == (None, ["import-amount-unread"])


@pytest.mark.parametrize(
    ("blank", "zero", "value", "pence"),
    [
        ("TBC", None, "tbc", None),
        ("", "nil", "Nil", 0),
        ("", "-", "\N{EN DASH}", 0),
        ("TBC", "", None, 0),
        # Blank and nought print alike: blank is chosen.
        ("-", "-", "-", None),
        ("", "", None, None),
        ("0", None, Decimal(0), None),
    ],
)
def test_what_a_layout_prints_for_blank_and_nought_is_read_back(
    blank: str, zero: str | None, value: Value, pence: int | None
) -> None:
    assert amount_of(value, spend(blank, zero)) == (pence, [])


@pytest.mark.parametrize(
    ("printed", "word"),
    [("Med", "Medium"), ("MED", "Medium"), ("S", "S"), ("Long", "Long"), (" Med ", "Medium")],
)
def test_words_are_mapped_back_unless_two_print_alike(printed: str, word: str) -> None:
    words = {"Medium": "Med", "Short": "S", "Statutory": "S"}
    one = layout(SERVICE, Column(header="Term", field="Term", words=words))
    parsed = read(one, grid_of(["Service", "Term"], ["A", printed]))
    assert parsed.lines[0].words["Term"] == word


def test_of_two_columns_with_one_field_the_plain_one_is_read() -> None:
    short = Column(header="T", field="Term", words={"Short": "S", "Statutory": "S"})
    one = layout(SERVICE, short, Column(header="Term", field="Term"))
    parsed = read(one, grid_of(["Service", "T", "Term"], ["A", "S", "Statutory"]))
    assert parsed.lines[0].words["Term"] == "Statutory"


def test_a_word_that_is_an_error_is_blank_and_said() -> None:
    one = layout(SERVICE, Column(header="Provider", field="Provider"))
    rows: list[Row] = [["Service", "Provider"], ["A", ErrorValue("#N/A")], ["B", Cell(None, "X1")]]
    parsed = read(one, grid_of(*rows))
    assert [line.words["Provider"] for line in parsed.lines] == ["", ""]
    unread = [cell for rule, cell in rules(parsed) if rule == "import-word-unread"]
    assert unread == ["B2", "B3"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-31", date(2025, 3, 31)),
        ("31/03/2025", date(2025, 3, 31)),
        ("31.3.25", date(2025, 3, 31)),
        ("31 March 2025", date(2025, 3, 31)),
        ("31st Mar 2025", date(2025, 3, 31)),
        ("Monday 31st of March, 2025", date(2025, 3, 31)),
        ("31-Mar-25", date(2025, 3, 31)),
        ("March 2025", None),
        ("31 Foo 2025", None),
        ("31/02/2025", None),
        ("3/31/2025", None),
    ],
)
def test_a_date_is_read_the_day_before_the_month(text: str, day: date | None) -> None:
    assert read_date(text) == day


def test_a_date_column_holds_dates_and_says_what_is_none() -> None:
    one = layout(SERVICE, Column(header="Ends", field="Ends"))
    rows = (["Service", "Ends"], ["A", "31 March 2025"], ["B", "when it ends"])
    parsed = read(one, grid_of(*rows), dates=["Ends"])
    assert [line.words["Ends"] for line in parsed.lines] == [date(2025, 3, 31), ""]
    assert ("import-date-unread", "B3") in rules(parsed)


# --- CSV files -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "Service,Spend\nCafé,£5\n".encode(),
        "\N{ZERO WIDTH NO-BREAK SPACE}Service;Spend\r\nCafé;£5\r\n".encode(),
        "Service\tSpend\nCafé\t£5".encode("cp1252"),
    ],
)
def test_a_csv_file_is_read_as_it_was_saved(data: bytes) -> None:
    parsed = read(spend(), grid_of_csv(data, "t.csv"))
    assert [(line.words["Service"], line.amounts[YEAR]) for line in parsed.lines] == [("Café", 500)]


def test_a_csv_file_s_cells_are_those_that_excel_shows() -> None:
    parsed = read(spend(), grid_of_csv(b'Service,Spend\n"A\nb",1\nC,x\n', "t.csv"))
    (finding,) = (each for each in parsed.findings if each.rule == "import-amount-unread")
    assert (finding.place.file, finding.place.sheet, finding.place.cell) == ("t.csv", None, "B3")


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="not a CSV file"):
        grid_of_csv(b"PK\x03\x04\0\0", "t.csv")
