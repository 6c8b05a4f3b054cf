"""Members of Excel's objects that pyOpenVBA lacks and the add-in asks for.

`install` puts them on pyOpenVBA's own classes. What Excel is known to do beside the call is
done here too: pasting formats takes conditional formats along, and a table grows and fills by
itself unless AutoCorrect is told not to.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pyopenvba._a1 import Area
from pyopenvba.apps.excel import _io, _table_edits, _tables, _validation
from pyopenvba.apps.excel._clipboard import _clip
from pyopenvba.apps.excel._model import Application, Range, Workbook, Worksheet
from pyopenvba.apps.excel._tables import ListObject
from pyopenvba.interpreter import MISSING, VBAInt, VBAObject, member, setter
from pyopenvba.interpreter._objects import MemberSpec
from pyopenvba.interpreter._values import to_integer

from addin.rules_and_charts import ChartObjects, FormatConditions, take_out
from addin.xml_spreadsheet import xml_spreadsheet

_XML_SPREADSHEET = 11
_FORMATS, _VALIDATION = -4122, 6


class AutoCorrect(VBAObject):
    """`Application.AutoCorrect`: what Excel does to a table by itself."""

    vba_type_name = "AutoCorrect"

    def __init__(self) -> None:
        self.expands, self.fills = True, True

    @member
    def AutoExpandListRange(self) -> object:  # noqa: N802 - Excel's own name
        return self.expands

    @setter("AutoExpandListRange")
    def _set_expands(self, value: object) -> None:
        self.expands = bool(value)

    @member
    def AutoFillFormulasInLists(self) -> object:  # noqa: N802 - Excel's own name
        return self.fills

    @setter("AutoFillFormulasInLists")
    def _set_fills(self, value: object) -> None:
        self.fills = bool(value)


class Settings(VBAObject):
    """An object that keeps what it is told and does nothing else: `Worksheet.PageSetup`."""

    vba_type_name = "PageSetup"

    def __init__(self) -> None:
        self.told: dict[str, object] = {}

    def vba_member(self, name: str) -> MemberSpec:
        """Answer to any name."""
        return MemberSpec(name, "property", getter=lambda own: own.told.get(name.casefold()))

    def vba_set(self, name: str, value: object, *_: Any, **__: Any) -> None:
        """Take note of a setting."""
        self.told[name.casefold()] = value


class TableFilter(VBAObject):
    """`ListObject.AutoFilter`, of which only whether it hides rows is asked."""

    vba_type_name = "AutoFilter"

    def __init__(self, *, is_on: bool) -> None:
        self.is_on = is_on

    @member
    def FilterMode(self) -> object:  # noqa: N802 - Excel's own name
        return self.is_on


# What a test may set on a workbook or a table, by the object's identity.
read_only: set[int] = set()
shared: set[int] = set()
filtered: set[str] = set()


def _property(name: str, give: Callable[[Any], object]) -> MemberSpec:
    return MemberSpec(name, "property", getter=give)


def _is_marked(marked: set[int]) -> Callable[[Workbook], object]:
    return lambda book: id(book) in marked


def _range_value(original: MemberSpec) -> MemberSpec:
    def value(cells: Range, kind: object = MISSING) -> object:
        if kind is not MISSING and int(to_integer(kind, "Long")) == _XML_SPREADSHEET:
            return xml_spreadsheet(cells.sheet, cells.first)
        assert original.getter is not None
        return original.getter(cells, kind)

    return MemberSpec(
        original.name,
        original.kind,
        getter=value,
        setter=original.setter,
        default=original.default,
        parameters=original.parameters,
    )


def _paste_special(original: MemberSpec) -> MemberSpec:
    def paste(cells: Range, kind: object = MISSING, *rest: object) -> object:
        number = 0 if kind is MISSING else int(to_integer(kind, "Long"))
        if number == _VALIDATION:
            source = _clip(cells, "PasteSpecial method of Range class failed").source
            for row in range(cells.first.top, cells.first.bottom + 1):
                target = Area(row, cells.first.left, row, cells.first.right)
                _validation.copied(source.sheet, source.first, cells.sheet, target)
            return True
        if number == _FORMATS:
            take_out(cells.sheet, cells.first)
        assert original.getter is not None
        return original.getter(cells, kind, *rest)

    return MemberSpec(original.name, original.kind, getter=paste, parameters=original.parameters)


def _clear_formats(original: MemberSpec) -> MemberSpec:
    def clear(cells: Range) -> object:
        for area in cells.areas:
            take_out(cells.sheet, area)
        assert original.getter is not None
        return original.getter(cells)

    return MemberSpec(original.name, original.kind, getter=clear)


def _auto_correct(application: Application) -> AutoCorrect:
    if "auto_correct" not in vars(application):
        vars(application)["auto_correct"] = AutoCorrect()
    found = vars(application)["auto_correct"]
    assert isinstance(found, AutoCorrect)
    return found


def _chart_objects(sheet: Worksheet, index: object = MISSING) -> object:
    found = ChartObjects(sheet)
    return found if index is MISSING else found.vba_get("Item", [index])


def _page_setup(sheet: Worksheet) -> Settings:
    if "page_setup" not in vars(sheet):
        vars(sheet)["page_setup"] = Settings()
    found = vars(sheet)["page_setup"]
    assert isinstance(found, Settings)
    return found


_SHEET = re.compile(r"<sheet\b[^>]*>")
_STATES = {"hidden": 0, "veryHidden": 2}


def _visible(original: MemberSpec) -> MemberSpec:
    """Have a sheet hidden that is hidden in its file, which pyOpenVBA does not read."""

    def visible(sheet: Worksheet) -> object:
        package = sheet.book.package
        xml = package.read("xl/workbook.xml").decode("utf-8") if package is not None else ""
        for element in _SHEET.findall(xml):
            attributes = dict(re.findall(r'([\w:]+)="([^"]*)"', element))
            if attributes.get("name") == escape(sheet.name) and "state" in attributes:
                return VBAInt(_STATES.get(attributes["state"], -1), "Long")
        return VBAInt(sheet.visible, "Long")

    return MemberSpec(original.name, original.kind, getter=visible, setter=original.setter)


def _patched_table(patched: Callable[[_tables.Table], str]) -> Callable[[_tables.Table], str]:
    """Have a table that has more or fewer columns than in its file saved with those it has."""

    def xml(table: _tables.Table) -> str:
        is_same = table.xml.count("<tableColumn ") == len(table.columns)
        return patched(table) if is_same else _tables.table_xml(table)

    return xml


_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _saved(save: Callable[[Workbook, Path], None]) -> Callable[[Workbook, Path], None]:
    """Have the prefix that pyOpenVBA writes for a new sheet declared, as Excel declares it."""

    def saved(book: Workbook, target: Path) -> None:
        if book.package is not None:
            xml = book.package.read("xl/workbook.xml").decode("utf-8")
            if "xmlns:r=" not in xml.partition("<sheets")[0]:
                xml = xml.replace("<workbook ", f'<workbook xmlns:r="{_RELATIONSHIPS}" ', 1)
                book.package.write("xl/workbook.xml", xml.encode())
        save(book, target)

    return saved


def _heed(edit: Callable[..., None], wanted: Callable[[AutoCorrect], bool]) -> Callable[..., None]:
    """Have pyOpenVBA's own doing heed AutoCorrect."""

    def edited(sheet: Worksheet, written: list[Area]) -> None:
        if wanted(_auto_correct(sheet.book.application)):
            edit(sheet, written)

    return edited


def install() -> None:
    """Put the members on pyOpenVBA's classes, once."""
    if "chartobjects" in Worksheet._vba_members:
        return
    Worksheet._vba_members["chartobjects"] = MemberSpec(
        "ChartObjects", "method", getter=_chart_objects, parameters=("Index",)
    )
    Worksheet._vba_members["visible"] = _visible(Worksheet._vba_members["visible"])
    Worksheet._vba_members["pagesetup"] = _property("PageSetup", _page_setup)
    members = Range._vba_members
    members["value"] = _range_value(members["value"])
    members["pastespecial"] = _paste_special(members["pastespecial"])
    members["clearformats"] = _clear_formats(members["clearformats"])
    members["formatconditions"] = _property(
        "FormatConditions", lambda cells: FormatConditions(cells.sheet)
    )
    for name, marked in (("ReadOnly", read_only), ("MultiUserEditing", shared)):
        Workbook._vba_members[name.casefold()] = _property(name, _is_marked(marked))
    Workbook._vba_members["date1904"] = _property("Date1904", lambda _: False)
    ListObject._vba_members["autofilter"] = _property(
        "AutoFilter", lambda found: TableFilter(is_on=found.table.name in filtered)
    )
    applications: list[type[Application]] = [Application, *Application.__subclasses__()]
    for each in applications:
        each._vba_members["autocorrect"] = _property("AutoCorrect", _auto_correct)
    _io.save_workbook = _saved(_io.save_workbook)  # type: ignore[assignment]
    _tables.patched_xml = _patched_table(_tables.patched_xml)  # type: ignore[assignment]
    _table_edits.calculated = _heed(_table_edits.calculated, lambda auto: auto.fills)
    _table_edits.grow = _heed(_table_edits.grow, lambda auto: auto.expands)
