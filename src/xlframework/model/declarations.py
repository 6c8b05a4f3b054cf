"""Reads a TOML declaration into a typed record; a slip is an error that names file and key."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from xlframework.ground.errors import DeclarationError

_AT = re.compile(r" - at `(?:key in )?\$\.?(?P<key>[^`]*)`\Z")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>[^`]*)`")
_MISSING = re.compile(r"Object missing required field `(?P<key>[^`]*)`")
_ANY_KEY = re.compile(r" - at `\$\.?(?P<path>[^`]*?)\[\.\.\.\]")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_TYPE = re.compile(r"`(\w+)(?: \| null)?`")
_TYPES: Mapping[str, str] = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list in square brackets",
    "object": "a table",
}
_INDEX = re.compile(r"\[(\d+)\]")


class Declaration(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The base of every declared record: immutable, and strict about unknown keys."""


D = TypeVar("D", bound=Declaration)


def read_declaration(path: Path, kind: type[D]) -> D:
    """Read one TOML file as a declared record.

    Args:
        path: the file.
        kind: the record it declares.

    Raises:
        DeclarationError: if it cannot be read, is not TOML, lacks a key, has an
            unknown one or a value of the wrong sort; the message names file and key.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DeclarationError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise DeclarationError(f"{path} is not UTF-8 text; save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise DeclarationError(f"{path} is not valid TOML: {error}.") from error
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        message = _with_key(str(error), data, kind)
        raise DeclarationError(f"{path}: {_explained(message)}") from error


def _with_key(message: str, data: dict[str, Any], kind: type[D]) -> str:
    """Name the key of a table with free keys, which msgspec only gives as dots."""
    match = _ANY_KEY.search(message)
    if match is None:
        return message
    table: Any = data
    for name, index in _STEP.findall(match["path"]):
        table = table[int(index)] if index else table[name]
    for key, value in tuple(table.items()):
        # The first entry that is no better off alone is the one that is meant.
        table.clear()
        table[key] = value
        try:
            msgspec.convert(data, kind)
        except msgspec.ValidationError:
            return message.replace("[...]", f".{key}", 1)
    return message


def _explained(message: str) -> str:
    """Turn msgspec's message into one that names the key as it stands in the file."""
    match = _AT.search(message)
    inside = match["key"] if match else ""
    # People count from one: the first [[column]] is column 1.
    inside = _INDEX.sub(lambda index: f" {int(index[1]) + 1}", inside)
    what = _AT.sub("", message)
    if unknown := _UNKNOWN.match(what):
        return f"key {_joined(inside, unknown['key'])} is not known; check its spelling."
    if missing := _MISSING.match(what):
        return f"key {_joined(inside, missing['key'])} is missing; add it."
    return f"key {inside or '(the whole file)'}: {_in_words(what)}."


def _in_words(what: str) -> str:
    """Say what msgspec found without the names of Python's types."""
    if what.startswith("Invalid enum value"):
        return (
            f"{what.removeprefix('Invalid enum value ')} is none of the words that may stand here"
        )
    worded = _TYPE.sub(lambda name: _TYPES.get(name[1], name[1]), what)
    return worded[:1].lower() + worded[1:]


def _joined(inside: str, key: str) -> str:
    return f"{inside}.{key}" if inside else key
