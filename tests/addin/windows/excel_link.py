"""The wire between a Python process and the Excel that it works for, in place of Windows' COM.

Stands in for: the operating system's part of COM, and nothing above it. In a process of its
own the wire is a socket; in the process that also holds the emulated Excel it is a call.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Client, Connection

SOCKET = "XLFRAMEWORK_TEST_EXCEL"


@dataclass(frozen=True, slots=True)
class Handle:
    """An object that lives in Excel."""

    number: int
    type_name: str


@dataclass(frozen=True, slots=True)
class Method:
    """A member that has to be called: a method, or a property that needs arguments."""

    name: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An error that Excel raised: the number that VBA's Err would hold, and its text."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Busy:
    """A call that Excel turned away, as it does while somebody is typing in a cell."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A member of Excel that the emulation does not have; never taken for an error of Excel's."""

    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """One call over the wire.

    Attributes:
        what: get, call, put, iterate, application or message.
        number: the object's handle.
        name: the member's name; empty for the default member.
        arguments: by position.
        named: by name.
    """

    what: str
    number: int = 0
    name: str = ""
    arguments: tuple[object, ...] = ()
    named: tuple[tuple[str, object], ...] = ()


class NotEmulatedError(Exception):
    """Raised where the emulation has a gap, so that no test takes the gap for an answer."""


Send = Callable[[Request], object]

_send: list[Send] = []
_socket: list[Connection] = []


def use(send: Send) -> None:
    """Answer requests in this process."""
    _send[:] = [send]


def use_nothing() -> None:
    """Forget the Excel of this process."""
    _send.clear()


def request(call: Request) -> object:
    """Send a request and give the answer, which may be a `Failure` or a `Gap`."""
    if _send:
        return _send[0](call)
    if not _socket:
        _socket.append(Client(os.environ[SOCKET]))
    _socket[0].send(call)
    answer: object = _socket[0].recv()
    return answer
