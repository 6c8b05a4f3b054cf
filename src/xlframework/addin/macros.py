"""Reads VBA as far as the checks need it: the procedures of a module, with their parameters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_START = re.compile(
    r"^(?:(?P<scope>Public|Private|Friend)\s+)?(?:Static\s+)?(?P<kind>Sub|Function)\s+"
    r"(?P<name>\w+)\s*(?:\((?P<parameters>.*)\))?",
    re.IGNORECASE,
)
_END = re.compile(r"^End\s+(?:Sub|Function)\b", re.IGNORECASE)
_CONTINUED = " _"


@dataclass(frozen=True, slots=True)
class Procedure:
    """A Sub or Function.

    Attributes:
        name: as written.
        is_public: whether others may call it.
        is_sub: a Sub, not a Function.
        parameters: as written between the brackets.
        body: the lines between the first and the last, without outer spaces.
    """

    name: str
    is_public: bool
    is_sub: bool
    parameters: str
    body: tuple[str, ...]


def procedures(text: str) -> Iterator[Procedure]:
    """List the procedures of a module in order; conditional compilation is not carried out."""
    start: re.Match[str] | None = None
    body: list[str] = []
    for line in _logical_lines(text):
        if start is None:
            start, body = _START.match(line), []
        elif _END.match(line):
            yield _procedure(start, body)
            start = None
        else:
            body.append(line)


def _logical_lines(text: str) -> Iterator[str]:
    """Give the lines without comments, a line that goes on joined to the next."""
    held = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        code = _without_comment(line)
        if code.endswith(_CONTINUED):
            held += code[: -len(_CONTINUED)].strip() + " "
            continue
        whole = (held + code).strip()
        held = ""
        if whole:
            yield whole


def _without_comment(line: str) -> str:
    quoted = False
    for place, sign in enumerate(line):
        quoted ^= sign == '"'
        if sign == "'" and not quoted:
            return line[:place]
    return line


def _procedure(start: re.Match[str], body: list[str]) -> Procedure:
    return Procedure(
        start["name"],
        (start["scope"] or "Public").casefold() != "private",
        start["kind"].casefold() == "sub",
        " ".join((start["parameters"] or "").split()),
        tuple(body),
    )
