"""The formula of a chart's series is taken apart at the right commas."""

import pytest

from xlframework.sheets.live.charts import _ranges


@pytest.mark.parametrize(
    ("formula", "ranges"),
    [
        (
            "=SERIES(Summary!$D$22,Summary!$A$23:$B$30,Summary!$D$23:$D$30,1)",
            ("Summary!$D$22", "Summary!$A$23:$B$30", "Summary!$D$23:$D$30"),
        ),
        (
            "=SERIES('Summary'!$D$22,'Our, sums'!$A$2,'It''s'!$B$2,1)",
            ("Summary!$D$22", "Our, sums!$A$2", "It's!$B$2"),
        ),
        (
            '=SERIES("a, b",(Sheet1!$A$1,Sheet1!$A$3),{1,2},2)',
            ('"a, b"', "(Sheet1!$A$1,Sheet1!$A$3)", "{1,2}"),
        ),
        ("=SERIES(,,Sheet1!$A$1:$A$3,1)", ("", "", "Sheet1!$A$1:$A$3")),
    ],
)
def test_a_series_names_three_ranges(formula: str, ranges: tuple[str, ...]) -> None:
    assert _ranges(formula) == ranges
