"""Answers the requests of a Python process from pyOpenVBA's object model: Excel's end of COM.

Emulated here: how values travel (numbers as doubles, errors as numbers, dates with a zone) and
which members need a call. What the members do is pyOpenVBA's; a member that it lacks is a gap
and never an answer.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from excel_link import Busy, Failure, Gap, Handle, Method, Request
from pyopenvba.exceptions import VBARuntimeError, VBAUnsupportedError
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    NOTHING,
    NULL,
    VBAArray,
    VBACurrency,
    VBADate,
    VBAErrorValue,
    VBAInt,
    VBAObject,
)
from pyopenvba.interpreter._objects import MemberSpec

# Properties whose first argument cannot be left out, by the type library; pywin32 makes
# methods of them. Every other property is read at once.
_NEED_ARGUMENTS = {"range", "item", "_default", "filedialog"}

_FIRST_SCODE = -2146828288

MessageBox = Callable[[str, str, int], int]


class ComServer:
    """Excel's end of COM.

    Attributes:
        application: the root of everything.
        message_box: shows a message and gives the button that was pressed.
        requests: how many requests there were.
        busy: how many of the next requests Excel turns away.
    """

    def __init__(self, application: VBAObject, message_box: MessageBox) -> None:
        self.application = application
        self.message_box = message_box
        self.requests = 0
        self.busy = 0
        self._objects: dict[int, VBAObject] = {}

    def answer(self, call: Request) -> object:
        """Carry out one request."""
        self.requests += 1
        if self.busy:
            self.busy -= 1
            return Busy()
        try:
            return self._carried_out(call)
        except VBAUnsupportedError as gap:
            return Gap(f"{call.what} {call.name}: {gap}")
        except VBARuntimeError as error:
            return Failure(error.number, error.description)

    def _carried_out(self, call: Request) -> object:
        if call.what == "application":
            return self._out(self.application)
        if call.what == "message":
            text, title, style = call.arguments
            assert isinstance(style, int)
            return self.message_box(str(text), str(title), style)
        target = self._objects[call.number]
        if call.what == "iterate":
            return tuple(self._out(each) for each in target.vba_iterate())
        if call.what == "put":
            target.vba_set(call.name, self._in_as_value(call.arguments[0]))
            return None
        if call.what == "get":
            return self._read(target, call.name)
        return self._called(target, call)

    def _read(self, target: VBAObject, name: str) -> object:
        spec = target.vba_member(name)
        if spec is None and self._without_get(target, name) is not None:
            return Method(name)
        if spec is not None and _is_method(spec):
            return Method(name)
        return self._out(target.vba_get(name))

    def _called(self, target: VBAObject, call: Request) -> object:
        arguments = [self._in(each) for each in call.arguments]
        named = {name: self._in(each) for name, each in call.named}
        name = call.name or self._default(target)
        if target.vba_member(name) is None:
            name = self._without_get(target, name) or name
        # pywin32 leaves out what is not given; xlwings gives None for it.
        while arguments and arguments[-1] is MISSING:
            arguments.pop()
        given = {each: value for each, value in named.items() if value is not MISSING}
        return self._out(target.vba_get(name, arguments, given))

    @staticmethod
    def _default(target: VBAObject) -> str:
        spec = target.vba_default_member()
        # A range is called for its cells, as in xl.Cells(1, 2).
        return "Item" if spec is None or target.vba_type_name == "Range" else spec.name

    @staticmethod
    def _without_get(target: VBAObject, name: str) -> str | None:
        """Give the property that `GetAddress` stands for."""
        bare = name.removeprefix("Get")
        return bare if bare != name and target.vba_member(bare) is not None else None

    # -- values on their way

    def _out(self, value: object) -> object:
        if value is EMPTY or value is NOTHING or value is MISSING or value is NULL:
            return None
        if isinstance(value, VBAObject):
            number = id(value)
            self._objects[number] = value
            return Handle(number, value.vba_type_name)
        if isinstance(value, VBAArray):
            return self._rows_out(value)
        return _scalar_out(value)

    def _rows_out(self, array: VBAArray) -> tuple[object, ...]:
        if array.dimensions == 1:
            return tuple(self._out(each) for each in array.elements())
        (top, bottom), (left, right) = array.bounds
        return tuple(
            tuple(self._out(array.get([row, column])) for column in range(left, right + 1))
            for row in range(top, bottom + 1)
        )

    def _in(self, value: object) -> object:
        return MISSING if value is None else self._in_as_value(value)

    def _in_as_value(self, value: object) -> object:
        if isinstance(value, Handle):
            return self._objects[value.number]
        if isinstance(value, tuple):
            return self._rows_in(value)
        if value is None:
            return EMPTY
        if isinstance(value, dt.datetime):
            return VBADate.from_datetime(value.replace(tzinfo=None))
        if isinstance(value, int) and not isinstance(value, bool):
            return VBAInt(value, "Long") if abs(value) < 2**31 else float(value)
        return value

    def _rows_in(self, rows: tuple[object, ...]) -> VBAArray:
        if not rows or not isinstance(rows[0], tuple):
            return VBAArray([(1, len(rows))], items=[self._in_as_value(each) for each in rows])
        table = [row for row in rows if isinstance(row, tuple)]
        width = len(table[0])
        # VBA keeps a table column by column.
        items = [self._in_as_value(row[column]) for column in range(width) for row in table]
        return VBAArray([(1, len(table)), (1, width)], items=items)


def _scalar_out(value: object) -> object:
    if isinstance(value, VBAErrorValue):
        return _FIRST_SCODE + value.number
    if isinstance(value, VBADate):
        return value.to_datetime()
    if isinstance(value, VBACurrency):
        return Decimal(value)
    if isinstance(value, VBAInt):
        return int(value)
    if isinstance(value, float):
        return float(value)
    return value


def _is_method(spec: MemberSpec) -> bool:
    needs_arguments = bool(spec.parameters) and spec.name.casefold() in _NEED_ARGUMENTS
    return spec.kind == "method" or needs_arguments
