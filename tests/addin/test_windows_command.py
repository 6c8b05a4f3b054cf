"""The emulated cmd.exe and C library against the rules and examples that Microsoft publishes."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.windows_command import CMD, commands, split_words

# Microsoft's own table ("Parsing C command-line arguments"), a program's name put before.
MICROSOFT = [
    (r'"a b c" d e', ["a b c", "d", "e"]),
    (r'"ab\"c" "\\" d', ['ab"c', "\\", "d"]),
    (r'a\\\b d"e f"g h', [r"a\\\b", "de fg", "h"]),
    (r"a\\\"b c d", [r"a\"b", "c", "d"]),
    (r'a\\\\"b c" d e', [r"a\\b c", "d", "e"]),
    (r'a"b"" c d', ['ab" c d']),
]


@pytest.mark.parametrize(("line", "words"), MICROSOFT)
def test_words_are_split_as_microsofts_table_has_it(line: str, words: list[str]) -> None:
    assert split_words(f"program.exe {line}") == ["program.exe", *words]


@given(st.lists(st.text(alphabet='ab "\\\t&%', max_size=12), max_size=6))
def test_what_python_writes_for_windows_is_read_back(words: list[str]) -> None:
    assert split_words(subprocess.list2cmdline(["program.exe", *words])) == ["program.exe", *words]


def one(line: str, environment: dict[str, str] | None = None) -> list[str]:
    return [each.line for each in commands(f"{CMD} /C {line}", environment or {})]


def test_ampersands_part_commands_outside_quotes_only() -> None:
    assert one('a & b "c & d" ^& e&f') == ["a", 'b "c & d" & e', "f"]


def test_a_caret_counts_as_itself_inside_quotes() -> None:
    assert one('a "b^c" d^^e') == ['a "b^c" d^e']


def test_a_quote_after_a_backslash_is_a_quote_to_cmd() -> None:
    assert one(r'p -c "f(\"a & b\"); g"') == [r'p -c "f(\"a', r'b\"); g"']


def test_variables_are_put_in_even_inside_quotes_and_unknown_ones_stay() -> None:
    assert one('a "%Temp%" %no% 50%', {"TEMP": r"C:\T"}) == [r'a "C:\T" %no% 50%']


def test_standard_error_is_led_to_a_file() -> None:
    (command,) = commands(f'{CMD} /C p x 2> "C:\\a b\\c.log" ', {})
    assert (command.line, command.errors) == ("p x", r"C:\a b\c.log")


@pytest.mark.parametrize("line", ["a | b", "a > b", "a < b", '"a" b'])
def test_what_it_does_not_know_it_does_not_guess(line: str) -> None:
    with pytest.raises(ValueError, match=r"unquoted|redirected|outer quotes"):
        one(line)
