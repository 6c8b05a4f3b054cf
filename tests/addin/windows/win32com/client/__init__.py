"""Stands in for pywin32's `win32com.client`: objects of Excel as xlwings gets them on Windows.

A member is looked up as pywin32's generated classes do: a property that needs no argument is
read at once, anything else becomes a method; `GetAddress(...)` is the property `Address` with
arguments; a call of the object itself, and an index, reach its default member.
"""

import datetime as dt
import types
from collections.abc import Iterator
from typing import Any

import pythoncom
import pywintypes
from excel_link import Busy, Failure, Gap, Handle, Method, NotEmulatedError, Request, request

DISP_E_EXCEPTION = -2147352567
RPC_E_CALL_REJECTED = -2147418111
_FIRST_SCODE = -2146828288


class CDispatch:
    """An object that lives in Excel."""

    def __init__(self, handle: Handle) -> None:
        self.__dict__["_handle"] = handle

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = _ask(Request("get", self._handle.number, name))
        if isinstance(found, Method):
            return types.MethodType(_calling(found.name), self)
        return found

    @property
    def _oleobj_(self) -> "_Interface":
        return _Interface(self)

    def __setattr__(self, name: str, value: object) -> None:
        _ask(Request("put", self._handle.number, name, (_plain(value),)))

    def __call__(self, *arguments: object, **named: object) -> Any:
        return _calling("")(self, *arguments, **named)

    def __getitem__(self, index: object) -> Any:
        return self(index)

    def __iter__(self) -> Iterator[Any]:
        found = _ask(Request("iterate", self._handle.number))
        assert isinstance(found, tuple)
        return iter(found)

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        return int(self.Count)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CDispatch) and self._handle == other._handle

    def __hash__(self) -> int:
        return hash(self._handle)

    def __repr__(self) -> str:
        return f"<COMObject {self._handle.type_name}>"


class _Interface:
    """The bare interface of an object, for members that pywin32's classes hide."""

    def __init__(self, target: CDispatch) -> None:
        self.target = target

    def GetIDsOfNames(self, _locale: int, name: str) -> int:  # noqa: N802 - COM's own name
        """Give a number for a member, which `Invoke` takes."""
        if name not in _NUMBERED:
            _NUMBERED.append(name)
        return _NUMBERED.index(name)

    def Invoke(  # noqa: N802 - COM's own name
        self, number: int, _locale: int, kind: int, _wanted: bool, *arguments: object
    ) -> Any:
        """Read or set a member that takes arguments."""
        name = _NUMBERED[number]
        if kind == pythoncom.DISPATCH_PROPERTYPUT:
            return setattr(self.target, name, *arguments)
        return _calling(name)(self.target, *arguments)


_NUMBERED: list[str] = []


class CoClassBaseClass:
    """A class of pywin32's that xlwings replaces with its own."""


class DispatchBaseClass:
    """A class of pywin32's generated modules; none of ours is one."""


def _calling(name: str) -> Any:
    def call(self: CDispatch, *arguments: object, **named: object) -> Any:
        given = tuple(_plain(each) for each in arguments)
        by_name = tuple((each, _plain(value)) for each, value in named.items())
        return _ask(Request("call", self._handle.number, name, given, by_name))

    return call


def _plain(value: object) -> object:
    """Give a value as it goes over the wire."""
    inner = getattr(
        value, "_inner", value
    )  # xlwings wraps an object to try again when Excel is busy
    if isinstance(inner, CDispatch):
        return inner._handle
    if isinstance(inner, list | tuple):
        return tuple(_plain(each) for each in inner)
    return inner


def _ask(call: Request) -> Any:
    return _as_windows_has_it(request(call))


def _as_windows_has_it(answer: object) -> Any:
    if isinstance(answer, Gap):
        raise NotEmulatedError(answer.text)
    if isinstance(answer, Busy):
        raise pywintypes.com_error(RPC_E_CALL_REJECTED, "Call was rejected by callee.")
    if isinstance(answer, Failure):
        info = (0, "Microsoft Excel", answer.text, "xlmain11.chm", 0, _FIRST_SCODE + answer.number)
        raise pywintypes.com_error(DISP_E_EXCEPTION, "Exception occurred.", info, None)
    if isinstance(answer, Handle):
        return CDispatch(answer)
    if isinstance(answer, tuple):
        return tuple(_as_windows_has_it(each) for each in answer)
    if isinstance(answer, dt.datetime):
        when = answer.replace(tzinfo=None)
        return pywintypes.TimeType.fromisoformat(when.isoformat()).replace(tzinfo=dt.UTC)
    return answer


def Dispatch(found: object) -> CDispatch:  # noqa: N802 - pywin32's own name
    """Give the Excel whose window was found."""
    application = _ask(Request("application"))
    assert found is not None
    assert isinstance(application, CDispatch)
    return application


def DispatchEx(name: str) -> CDispatch:  # noqa: N802 - pywin32's own name
    """Refuse to start another Excel: a button works in the one that is open."""
    raise NotEmulatedError(f"starting another {name}")
