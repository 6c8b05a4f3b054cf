"""CSV: the table as it is printed, one line a row."""

import csv
import io
from datetime import date

import pytest

from appendix.layouts import MULTI_YEAR, two_year_budget
from builders import YEAR, budget, layout, line
from xlframework.appendix.compose.table import compose
from xlframework.appendix.layout import Column
from xlframework.appendix.to_csv import table_csv

PRINTED = """\
No.,Service,24/25,25/26
,Help for victims,,
V1,Safe houses,1339454.38,100
V2,Counselling,,50
,Victims in all,1339454.38,150
,Prevention,,
P1,Diversion,TBC,0
P2,Outreach,nil,
,Sum,0.00,0
,Grants,,
G1,Grant,1.00,2
,Grants in all,1.00,2
,TOTAL,1339455.38,152
"""


def printed(pence: int | None, **options: object) -> str:
    column = Column(header="Spend", amount=YEAR, **options)  # type: ignore[arg-type]
    data = table_csv(compose(layout(column), budget([line("L1", pence)])))
    return data.decode("utf-8-sig").split("\r\n")[1]


def test_the_file_is_the_printed_table_and_nothing_else() -> None:
    data = table_csv(compose(MULTI_YEAR, two_year_budget()))
    assert data == b"\xef\xbb\xbf" + PRINTED.replace("\n", "\r\n").encode()


def test_a_table_without_lines_is_its_headers() -> None:
    data = table_csv(compose(layout(Column(header="Spend", amount=YEAR)), budget()))
    assert data == b"\xef\xbb\xbfSpend\r\n"


@pytest.mark.parametrize(
    ("pence", "decimals", "text"),
    [
        (100, 0, "1"),
        (100, 2, "1.00"),
        (149, 0, "1"),
        (150, 0, "2"),
        (-150, 0, "-2"),
        (-49, 0, "0"),
        (133945438, 2, "1339454.38"),
        (133945438, 0, "1339454"),
        (99_999_999_999_999_900, 0, "999999999999999"),
        (0, 0, "0"),
        (0, 2, "0.00"),
    ],
)
def test_an_amount_is_a_plain_number_with_the_printed_decimals(
    pence: int, decimals: int, text: str
) -> None:
    assert printed(pence, decimals=decimals) == text


def test_blank_and_nought_print_as_the_layout_says() -> None:
    assert printed(None, blank="TBC", zero="nil") == "TBC"
    assert printed(0, blank="TBC", zero="nil") == "nil"
    assert printed(0, zero="") == '""'


def test_a_date_is_written_as_year_month_day() -> None:
    ends = layout(Column(header="Ends", field="Ends"))
    data = table_csv(compose(ends, budget([line(words={"Ends": date(2026, 3, 31)})])))
    assert data.decode("utf-8-sig") == "Ends\r\n2026-03-31\r\n"


@pytest.mark.parametrize("word", ['Refuge, "safe"', "two\nlines", "£ & é", "", "  spaces "])
def test_words_come_back_as_they_stand(word: str) -> None:
    columns = (Column(header="Service", field="Service"), Column(header="No.", field="Line ID"))
    words = {"Service": word, "Line ID": "L1"}
    data = table_csv(compose(layout(*columns), budget([line(words=words)])))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [["Service", "No."], [word, "L1"]]
