"""Reads and sets what a chart of an open workbook draws, by the formulas of its series."""

import re
from collections.abc import Iterable, Iterator, Sequence

from xlframework.sheets.live.excel import ExcelSheet, Native
from xlframework.sheets.package.records import Series

_QUOTED = re.compile(r"\A'((?:[^']|'')*)'!")
_RANGES = 3


def draws(sheet: ExcelSheet, chart: str, series: Sequence[Series]) -> bool:
    """Tell whether a chart draws just these series already.

    Args:
        sheet: the sheet that it stands on.
        chart: its name.
        series: what it is to draw.
    """
    collection = _series(sheet, chart)
    drawn = [_ranges(str(collection.Item(n).Formula)) for n in _numbers(collection)]
    return drawn == [_ranges(formula) for formula in _formulas(series)]


def drawn_formulas(sheet: ExcelSheet, chart: str) -> tuple[str, ...]:
    """Give the formulas of a chart's series."""
    collection = _series(sheet, chart)
    return tuple(str(collection.Item(n).Formula) for n in _numbers(collection))


def set_series(sheet: ExcelSheet, chart: str, series: Sequence[Series]) -> None:
    """Have a chart draw these series and no others; those that stay keep their looks."""
    set_formulas(sheet, chart, tuple(_formulas(series)))


def set_formulas(sheet: ExcelSheet, chart: str, formulas: Sequence[str]) -> None:
    """Have a chart draw series by their formulas."""
    collection = _series(sheet, chart)
    for number in range(int(collection.Count), len(formulas), -1):
        collection.Item(number).Delete()
    for _ in range(int(collection.Count), len(formulas)):
        collection.NewSeries()
    for number, formula in enumerate(formulas, start=1):
        collection.Item(number).Formula = formula


def _series(sheet: ExcelSheet, chart: str) -> Native:
    return sheet.api.ChartObjects(chart).Chart.SeriesCollection()


def _numbers(collection: Native) -> Iterable[int]:
    return range(1, int(collection.Count) + 1)


def _formulas(series: Sequence[Series]) -> Iterator[str]:
    for number, each in enumerate(series, start=1):
        ranges = (each.title_cell, each.categories_range, each.values_range)
        yield f"=SERIES({','.join(ranges)},{number})"


def _ranges(formula: str) -> tuple[str, ...]:
    """Take the ranges out of a series' formula, each without needless quotes."""
    inside = formula.partition("(")[2].removesuffix(")")
    return tuple(
        _QUOTED.sub(lambda match: match[1].replace("''", "'") + "!", argument)
        for argument in list(_arguments(inside))[:_RANGES]
    )


def _arguments(inside: str) -> Iterator[str]:
    """Part arguments at their commas, but not within quotes, brackets or braces."""
    depth, quote, begun = 0, "", 0
    for at, letter in enumerate(inside):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in "({":
            depth += 1
        elif letter in ")}":
            depth -= 1
        elif letter == "," and not depth:
            yield inside[begun:at]
            begun = at + 1
    yield inside[begun:]
