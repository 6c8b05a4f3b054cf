"""Points an existing chart at new ranges, with the figures that stand in them now."""

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

from lxml import etree

from xlframework.ground.errors import UnreadableFileError
from xlframework.sheets.package.cell_values import CellError, number
from xlframework.sheets.package.chart_frames import find_chart
from xlframework.sheets.package.container import damaged, refuse_signed
from xlframework.sheets.package.escapes import decode, encode
from xlframework.sheets.package.patch_cells import number_text
from xlframework.sheets.package.records import Package, Series
from xlframework.sheets.package.xml import (
    CHART,
    DRAWING,
    Element,
    edited,
    insert_in_order,
    parse_part,
    sub_element,
)

# The children of a series of any kind of chart, in schema order.
_SERIES_ORDER = (
    "idx",
    "order",
    "tx",
    "spPr",
    "invertIfNegative",
    "pictureOptions",
    "marker",
    "explosion",
    "dPt",
    "dLbls",
    "trendline",
    "errBars",
    "cat",
    "val",
    "shape",
    "smooth",
    "bubble3D",
    "extLst",
)
_ACCENTS = 6
_NEEDLESS_QUOTES = re.compile(r"\A'([A-Za-z_][A-Za-z0-9_.]*)'!")
_ACCENT = re.compile(r"accent([1-6])\Z")


def _c(name: str) -> str:
    return f"{{{CHART}}}{name}"


def chart_series(package: Package, part: str) -> tuple[Series, ...]:
    """Read what a chart part draws: its ranges and the figures stored for them.

    Raises:
        UnreadableFileError: if the part is damaged.
    """
    try:
        return tuple(_read_series(one) for one in parse_part(package, part).iter(_c("ser")))
    except (CellError, ValueError) as error:
        raise damaged(package.file, f"part {part} has a series that makes no sense") from error


def _read_series(stored: Element) -> Series:
    return Series(
        title=decode(stored.findtext(f"{_c('tx')}//{_c('v')}", "")),
        title_cell=stored.findtext(f"{_c('tx')}//{_c('f')}", ""),
        categories=_read_categories(stored.find(_c("cat"))),
        categories_range=stored.findtext(f"{_c('cat')}//{_c('f')}", ""),
        values=_read_values(stored.find(_c("val"))),
        values_range=stored.findtext(f"{_c('val')}//{_c('f')}", ""),
        number_format=stored.findtext(f"{_c('val')}//{_c('formatCode')}", ""),
    )


def _points(cache: Element) -> dict[int, str]:
    points = cache.iterchildren(_c("pt"))
    return {int(point.get("idx", "")): decode(point.findtext(_c("v"), "")) for point in points}


def _count(cache: Element) -> int:
    holder = cache.find(f".//{_c('ptCount')}")
    return 0 if holder is None else int(holder.get("val", "0"))


def _read_categories(stored: Element | None) -> tuple[tuple[str, ...], ...]:
    if stored is None:
        return ()
    levels = [_points(level) for level in stored.iter(_c("lvl"))]
    levels = levels or [_points(cache) for cache in stored.iter(_c("strCache"))]
    # The part lists the innermost level first.
    return tuple(
        tuple(level.get(index, "") for level in reversed(levels)) for index in range(_count(stored))
    )


def _read_values(stored: Element | None) -> tuple[Decimal | None, ...]:
    cache = None if stored is None else stored.find(f".//{_c('numCache')}")
    if cache is None:
        return ()
    points = _points(cache)
    return tuple(
        number(points[index]) if index in points else None for index in range(_count(cache))
    )


def set_chart(package: Package, name: str, series: Sequence[Series]) -> Package:
    """Have a chart draw these series and no others; its looks stay.

    A series that is already there keeps its formatting; further ones look like the
    first, in the theme's next colours. Nothing else of the chart changes.

    Args:
        package: the workbook.
        name: the chart's name.
        series: what it is to draw; at least one.

    Returns:
        The workbook; the same object where the chart draws just this already.

    Raises:
        ValueError: if no series is given.
        UnreadableFileError: if there is no such chart, or it has no series to go by.
        UnsafeFileError: if the workbook carries a digital signature.
    """
    refuse_signed(package)
    if not series:
        raise ValueError(f"chart {name} needs at least one series")
    part = find_chart(package, name)
    if part is None:
        raise UnreadableFileError(
            f"{package.file} has no chart called {name}; "
            "give the chart that name in Excel (Home, Find & Select, Selection Pane)."
        )
    drawn = chart_series(package, part)
    if not drawn:
        raise UnreadableFileError(
            f"{package.file}: chart {name} draws no series; "
            "select some figures for it in Excel, so that its colours are known, and try again."
        )
    if _without_formats(drawn) == _without_formats(series):
        return package
    return edited(package, part, lambda root: _rewrite(root, series))


def _without_formats(series: Iterable[Series]) -> tuple[Series, ...]:
    """Leave out what other programs write their own way: formats, and needless quotes."""
    return tuple(
        replace(
            each,
            number_format="",
            title_cell=_unquoted(each.title_cell),
            categories_range=_unquoted(each.categories_range),
            values_range=_unquoted(each.values_range),
        )
        for each in series
    )


def _unquoted(reference: str) -> str:
    return _NEEDLESS_QUOTES.sub(r"\1!", reference)


def _rewrite(root: Element, series: Sequence[Series]) -> None:
    kept = list(root.iter(_c("ser")))
    for surplus in kept[len(series) :]:
        _parent(surplus).remove(surplus)
    shown = kept[: len(series)]
    for place in range(len(kept), len(series)):
        # Copies stand with the first series, in the same plot and on the same axes.
        made = _copy(kept[0], place)
        beside = [one for one in shown if _parent(one) is _parent(kept[0])]
        beside[-1].addnext(made)
        shown.append(made)
    for place, (stored, wanted) in enumerate(zip(shown, series, strict=True)):
        _write_series(stored, wanted, place)


def _parent(child: Element) -> Element:
    parent = child.getparent()
    if parent is None:  # pragma: no cover - a series always stands in a plot
        raise ValueError("a series outside a chart")
    return parent


def _copy(first: Element, place: int) -> Element:
    made = deepcopy(first)
    made.tail = None
    # Single points' own looks, trend lines and unique ids belong to the first series alone.
    for name in ("dPt", "trendline", "errBars", "extLst"):
        for child in made.findall(_c(name)):
            made.remove(child)
    for looks in (made.find(_c("spPr")), made.find(f"{_c('marker')}/{_c('spPr')}")):
        if looks is not None:
            _recolour(looks, place)
    return made


def _recolour(looks: Element, by: int) -> None:
    """Move solid colours on by so many accents of the theme."""
    for fill in looks.iter(f"{{{DRAWING}}}solidFill"):
        for colour in list(fill):
            accent = _ACCENT.match(colour.get("val", ""))
            if accent is not None:
                colour.set("val", _accent(int(accent[1]) + by))
            else:
                fill.remove(colour)
                sub_element(fill, f"{{{DRAWING}}}schemeClr", val=_accent(1 + by))


def _accent(number_from_1: int) -> str:
    return f"accent{(number_from_1 - 1) % _ACCENTS + 1}"


def _write_series(stored: Element, wanted: Series, place: int) -> None:
    for name in ("idx", "order"):
        _replace(stored, etree.Element(_c(name), {"val": str(place)}))
    _replace(stored, _title(wanted))
    _replace(stored, _categories(wanted))
    _replace(stored, _values(wanted))


def _replace(stored: Element, child: Element) -> None:
    """Put a child in, in its place, for the one of its name that is there."""
    for old in stored.findall(str(child.tag)):
        stored.remove(old)
    insert_in_order(stored, child, _SERIES_ORDER)


def _title(wanted: Series) -> Element:
    holder = etree.Element(_c("tx"))
    reference = sub_element(holder, _c("strRef"))
    sub_element(reference, _c("f"), wanted.title_cell)
    _cache(sub_element(reference, _c("strCache")), [wanted.title])
    return holder


def _cache(holder: Element, texts: Sequence[str | None]) -> None:
    sub_element(holder, _c("ptCount"), val=str(len(texts)))
    _write_points(holder, texts)


def _write_points(holder: Element, texts: Sequence[str | None]) -> None:
    for index, text in enumerate(texts):
        if text is not None:
            sub_element(sub_element(holder, _c("pt"), idx=str(index)), _c("v"), encode(text))


def _categories(wanted: Series) -> Element:
    holder = etree.Element(_c("cat"))
    levels = list(zip(*wanted.categories, strict=True))
    several = len(levels) > 1
    reference = sub_element(holder, _c("multiLvlStrRef" if several else "strRef"))
    sub_element(reference, _c("f"), wanted.categories_range)
    if not several:
        _cache(sub_element(reference, _c("strCache")), levels[0] if levels else [])
        return holder
    cache = sub_element(reference, _c("multiLvlStrCache"))
    sub_element(cache, _c("ptCount"), val=str(len(wanted.categories)))
    for level in reversed(levels):
        _write_points(sub_element(cache, _c("lvl")), [text or None for text in level])
    return holder


def _values(wanted: Series) -> Element:
    holder = etree.Element(_c("val"))
    reference = sub_element(holder, _c("numRef"))
    sub_element(reference, _c("f"), wanted.values_range)
    cache = sub_element(reference, _c("numCache"))
    sub_element(cache, _c("formatCode"), wanted.number_format)
    _cache(cache, [None if value is None else number_text(value) for value in wanted.values])
    return holder
