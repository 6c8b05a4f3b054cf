"""A chart draws the series that it is given and keeps its looks."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl.chart.chartspace import ChartSpace
from openpyxl.chart.reader import read_chart
from openpyxl.xml.functions import fromstring

from office import resave
from sheets.package.samples import by_openpyxl_again, by_xlsxwriter
from xlframework.ground.errors import UnreadableFileError, UnsafeFileError
from xlframework.sheets.package.chart_frames import find_chart
from xlframework.sheets.package.charts import chart_series, set_chart
from xlframework.sheets.package.container import open_package, package_bytes
from xlframework.sheets.package.records import Package, Series

PART = "xl/charts/chart1.xml"
NAME = "Summary chart"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return open_package(by_xlsxwriter(tmp_path_factory.mktemp("chart") / "budget.xlsx"))


def series(title: str, *, two_levels: bool = False) -> Series:
    return Series(
        title=title,
        title_cell="'Lines'!$B$1",
        categories=(("Victims", "2024/25"), ("Victims", "2025/26"), ("Grants", ""))
        if two_levels
        else (("Victims",), ("Prevention",), ("Grants",)),
        categories_range="'Lines'!$A$2:$B$4" if two_levels else "'Lines'!$A$2:$A$4",
        values=(Decimal("639675.5"), None, Decimal(-3)),
        values_range="'Lines'!$C$2:$C$4",
        number_format="£#,##0",
    )


def charted(package: Package, *wanted: Series) -> Package:
    changed = set_chart(package, NAME, wanted)
    assert {name for name in package.parts if changed.parts[name] is not package.parts[name]} == {
        PART
    }
    assert set(changed.parts) == set(package.parts)
    return changed


def test_a_chart_is_found_by_its_name(package: Package) -> None:
    assert find_chart(package, NAME) == PART
    assert find_chart(package, "Chart 99") is None


def test_series_are_read_as_they_stand(package: Package) -> None:
    first, second = chart_series(package, PART)
    assert (first.title_cell, first.categories_range) == ("Lines!$B$1", "Lines!$A$2:$A$4")
    assert first.categories == (("Refuge",), ("Mediation",), ("Advice",))
    assert first.values == (Decimal("100.5"), Decimal("250.25"), Decimal("1E-7"))
    assert (second.title, second.categories) == ("Second", ())


@pytest.mark.parametrize("two_levels", [False, True])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_chart_draws_what_it_is_given(package: Package, count: int, two_levels: bool) -> None:
    wanted = tuple(series(f"Year {n}", two_levels=two_levels) for n in range(count))
    changed = charted(package, *wanted)
    assert chart_series(changed, PART) == wanted
    assert set_chart(changed, NAME, wanted) is changed
    again = set_chart(charted(changed, series("x")), NAME, wanted)
    assert set_chart(again, NAME, wanted).parts[PART] == again.parts[PART]


def test_openpyxl_reads_the_series_with_their_figures(package: Package) -> None:
    changed = charted(package, series("One", two_levels=True), series("Two"), series("Three"))
    tree: Any = fromstring(changed.parts[PART])
    chart: Any = read_chart(ChartSpace.from_tree(tree))  # type: ignore[no-untyped-call]
    assert [one.tx.strRef.strCache.pt[0].v for one in chart.series] == ["One", "Two", "Three"]
    assert [(one.idx, one.order) for one in chart.series] == [(0, 0), (1, 1), (2, 2)]
    assert {one.val.numRef.f for one in chart.series} == {"'Lines'!$C$2:$C$4"}
    cache = chart.series[0].val.numRef.numCache
    assert (cache.formatCode, cache.ptCount) == ("£#,##0", 3)
    assert [(point.idx, point.v) for point in cache.pt] == [(0, 639675.5), (2, -3)]
    outer = chart.series[0].cat.multiLvlStrRef.multiLvlStrCache
    # The innermost level comes first in the part.
    assert [[point.v for point in level.pt] for level in outer.lvl] == [
        ["2024/25", "2025/26"],
        ["Victims", "Victims", "Grants"],
    ]
    assert [point.v for point in chart.series[1].cat.strRef.strCache.pt] == [
        "Victims",
        "Prevention",
        "Grants",
    ]


def without_series(xml: bytes) -> str:
    return (
        re.sub(r"<c:ser>.*</c:ser>", "", xml.decode(), flags=re.DOTALL).partition("?>")[2].strip()
    )


def test_nothing_else_of_the_chart_changes(package: Package) -> None:
    changed = charted(package, *(series(str(n)) for n in range(4)))
    assert "Spending" in without_series(changed.parts[PART])
    assert without_series(changed.parts[PART]) == without_series(package.parts[PART])


def test_series_that_stay_keep_their_looks_and_copies_take_the_next_colours(
    package: Package,
) -> None:
    changed = charted(package, *(series(str(n)) for n in range(9)))
    drawn = re.findall(r"<c:ser>.*?</c:ser>", changed.parts[PART].decode(), re.DOTALL)
    looks = [re.findall(r'<a:solidFill><a:(\w+) val="(\w+)"/>', one) for one in drawn]
    assert looks[0] == [("srgbClr", "336699")]
    assert looks[1] == []
    assert looks[2:] == [[("schemeClr", f"accent{n}")] for n in (3, 4, 5, 6, 1, 2, 3)]


def themed(package: Package) -> Package:
    """Give the chart's first series a theme colour, a marked point, and an id of its own."""
    xml = package.parts[PART].decode()
    xml = xml.replace('<a:srgbClr val="336699"/>', '<a:schemeClr val="accent6"/>', 1)
    xml = xml.replace("<c:cat>", '<c:dPt><c:idx val="0"/></c:dPt><c:cat>', 1)
    xml = xml.replace("</c:ser>", '<c:extLst><c:ext uri="{id}"/></c:extLst></c:ser>', 1)
    return package.replacing({PART: xml.encode()})


def test_copies_move_theme_colours_on_and_leave_single_points_behind(package: Package) -> None:
    changed = charted(themed(package), *(series(str(n)) for n in range(3)))
    drawn = re.findall(r"<c:ser>.*?</c:ser>", changed.parts[PART].decode(), re.DOTALL)
    assert 'schemeClr val="accent6"' in drawn[0]
    assert 'schemeClr val="accent2"' in drawn[2]
    assert drawn[0].index("<c:tx>") < drawn[0].index("<c:spPr>") < drawn[0].index("<c:dPt>")
    assert drawn[0].index("<c:dPt>") < drawn[0].index("<c:cat>") < drawn[0].index("<c:val>")
    assert drawn[0].endswith('</c:val><c:extLst><c:ext uri="{id}"/></c:extLst></c:ser>')
    assert not any(word in drawn[2] for word in ("dPt", "extLst"))


def test_a_rewritten_chart_opens_in_libreoffice(package: Package, tmp_path: Path) -> None:
    path = tmp_path / "charted.xlsx"
    path.write_bytes(package_bytes(charted(package, *(series(f"Year {n}") for n in range(3)))))
    (saved,) = resave([path], tmp_path / "resaved")
    sheet: Any = by_openpyxl_again(saved.read_bytes())["Lines"]
    (chart,) = sheet._charts
    assert [one.val.numRef.f.replace("'", "") for one in chart.series] == ["Lines!$C$2:$C$4"] * 3


def test_what_cannot_be_charted_is_said(package: Package) -> None:
    with pytest.raises(UnreadableFileError, match=r"budget\.xlsx has no chart called Nothing"):
        set_chart(package, "Nothing", [series("x")])
    with pytest.raises(ValueError, match="at least one series"):
        set_chart(package, NAME, [])
    empty = re.sub(rb"<c:ser>.*</c:ser>", b"", package.parts[PART], flags=re.DOTALL)
    with pytest.raises(UnreadableFileError, match="draws no series"):
        set_chart(package.replacing({PART: empty}), NAME, [series("x")])
    broken = package.parts[PART].replace(b"<c:v>250.25</c:v>", b"<c:v>lots</c:v>")
    with pytest.raises(UnreadableFileError, match="a series that makes no sense"):
        set_chart(package.replacing({PART: broken}), NAME, [series("x")])
    with pytest.raises(UnsafeFileError):
        set_chart(package.replacing({"_xmlsignatures/s.xml": b"<x/>"}), NAME, [series("x")])
