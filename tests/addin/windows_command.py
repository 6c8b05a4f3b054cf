"""How Windows takes a command line apart: first cmd.exe, then the C library of the program.

cmd.exe puts variables between per cent signs in, keeps what stands between quotes whole, takes
^ for "the next sign as it is" outside them, and splits at & and redirections. The program then
splits its own line: a backslash counts as itself except before a quote.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_VARIABLE = re.compile(r"%([^%=]+)%")
CMD = r"C:\WINDOWS\system32\cmd.exe"


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a line.

    Attributes:
        line: as the program gets it.
        errors: the file that takes its standard error; None where it is not redirected.
    """

    line: str
    errors: str | None = None

    @property
    def words(self) -> list[str]:
        """The line as the program itself splits it."""
        return split_words(self.line)


def commands(text: str, environment: Mapping[str, str]) -> list[Command]:
    """Take what follows `cmd.exe /C` apart as cmd.exe does.

    Raises:
        ValueError: if it is no such line, or one that this does not know how to read.
    """
    start = f"{CMD} /C "
    if not text.startswith(start):
        raise ValueError(f"{text!r} does not start with {start!r}")
    line = text.removeprefix(start)
    if line.lstrip().startswith('"'):
        raise ValueError("cmd.exe would strip the outer quotes of this line")
    return [_redirected(part) for part in _parts(_with_variables(line, environment))]


def _with_variables(line: str, environment: Mapping[str, str]) -> str:
    """Put variables in; at a prompt, and so after /C, one that is not set stays as it stands."""
    known = {name.casefold(): value for name, value in environment.items()}
    return _VARIABLE.sub(lambda found: known.get(found[1].casefold(), found[0]), line)


def _marked(line: str) -> list[tuple[str, bool]]:
    """Give each sign with whether it is only itself: quoted, or after ^."""
    signs: list[tuple[str, bool]] = []
    quoted = escaped = False
    for sign in line:
        if escaped:
            signs.append((sign, True))
            escaped = False
        elif sign == "^" and not quoted:
            escaped = True
        else:
            quoted ^= sign == '"'
            signs.append((sign, quoted or sign == '"'))
    return signs


def _parts(line: str) -> list[list[tuple[str, bool]]]:
    parts: list[list[tuple[str, bool]]] = [[]]
    for sign, literal in _marked(line):
        if literal or sign not in "&|<":
            parts[-1].append((sign, literal))
        elif sign == "&":
            parts.append([])
        else:
            raise ValueError(f"an unquoted {sign}")
    return parts


def _redirected(part: list[tuple[str, bool]]) -> Command:
    at = next(
        (place for place, (sign, literal) in enumerate(part) if sign == ">" and not literal), None
    )
    if at is None:
        return Command(_text(part).strip())
    if _text(part[at - 1 : at]) != "2":
        raise ValueError("only standard error is redirected")
    target = _text(part[at + 1 :]).strip()
    return Command(_text(part[: at - 1]).strip(), target.strip('"'))


def _text(part: list[tuple[str, bool]]) -> str:
    return "".join(sign for sign, _ in part)


def split_words(line: str) -> list[str]:
    """Split a program's line into its words, as Microsoft's C library documents it."""
    words: list[str] = []
    place = 0
    while place < len(line):
        if line[place] in " \t":
            place += 1
            continue
        word, place = _word(line, place, is_program=not words)
        words.append(word)
    return words


def _word(line: str, place: int, *, is_program: bool) -> tuple[str, int]:
    word, quoted = "", False
    while place < len(line) and (quoted or line[place] not in " \t"):
        slashes = len(line[place:]) - len(line[place:].lstrip("\\"))
        after = line[place + slashes : place + slashes + 1]
        if slashes and after == '"' and not is_program:
            word += "\\" * (slashes // 2)
            place += slashes
            if slashes % 2:
                word += '"'
                place += 1
            continue
        if slashes:
            word += "\\" * slashes
            place += slashes
            continue
        if line[place] == '"':
            # Two in a row inside quotes stand for one.
            if quoted and not is_program and line[place + 1 : place + 2] == '"':
                word += '"'
                place += 1
            else:
                quoted = not quoted
        else:
            word += line[place]
        place += 1
    return word, place
