"""docs/figures.md shows the language as it is: every example is read, no function is missing."""

import re

import pytest

from builders import ROOT
from xlframework.model.figures import UNITS
from xlframework.rules.reconcile.compare import STATUSES
from xlframework.rules.reconcile.language import read_claim

PAGE = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
CODES = re.findall(r"`([^`\n]+)`", PAGE)
CLAIMS = sorted({code for code in CODES if re.fullmatch(r"[a-z]+\(.*\)", code)} - {"stated(...)"})
CONDITIONS = sorted({code for code in CODES if re.match(r"\[.+\] ", code)})
WHOLE = [code for code in CLAIMS if "..." not in code]


@pytest.mark.parametrize("line", WHOLE)
def test_every_example_is_in_the_language(line: str) -> None:
    # part, whole, a, b and c stand for figures there.
    assert read_claim(re.sub(r"\b(part|whole|a|b|c)\b(?=[,)])", "1", line)).parts


@pytest.mark.parametrize("line", CONDITIONS)
def test_every_condition_is_in_the_language(line: str) -> None:
    assert read_claim(f"lines({line})").parts


def test_every_function_unit_and_status_is_described() -> None:
    functions = {code.partition("(")[0] for code in CLAIMS}
    assert functions >= {
        "total",
        "lines",
        "areas",
        "pot",
        "awards",
        "stated",
        "edition",
        "percent",
        "each",
        "cannot",
    }
    assert set(UNITS) <= set(CODES)
    assert all(f"**{status}**" in PAGE for status in STATUSES)
    assert len(WHOLE) > 12
    assert len(CONDITIONS) >= 6
