"""Writes the page of the documentation that lists every rule, from the catalogue."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import get_args

from xlframework.model.catalogue import Catalogue, Level, Rule

_ABOUT = """\
# The rules

Every problem that xlframework points out has a rule, under the id that a finding names. The rules
are declared in `templates/checks.toml`: severity, reason and advice are yours to change there, and
a rule can be brought in as a warning first. This page is made from that file by `make build`; a
change made here is lost.

An **error** has to be put right, a **warning** is to be looked at, an **info** is good to know.
"""

_STOPS = """\
What a finding *stops*: nothing; the *figures*, so that `refresh` writes only the sheet `Checks`; or
*everything*, so that the file is left as it was.
"""

_RETURNS = """\
`xlframework validate` runs all of these in one pass. The first rule to find fault with a cell is
the only one that reports it, and one fault in many cells is one finding. The *authority* is who
or what says that a rule must hold.
"""

_LEVELS: Mapping[Level, str] = {
    "file": "The file",
    "structure": "How the sheet is built",
    "cell": "What stands in a cell",
    "table": "What adds up",
    "award": "Against the award and the commissioning workbook",
    "monitoring": "What was spent",
}

# What a column of the page shows: its header, and the words for one rule.
_Column = tuple[str, Callable[[str, Rule], str]]

_FIRST: tuple[_Column, ...] = (
    ("Rule", lambda name, _: f"`{name}`"),
    ("What must hold", lambda _, rule: rule.title),
    ("Severity", lambda _, rule: rule.severity),
)
_LAST: tuple[_Column, ...] = (
    ("Why", lambda _, rule: rule.why),
    ("What to do", lambda _, rule: rule.fix),
)


def rules_page(catalogue: Catalogue) -> str:
    """Write the page.

    Args:
        catalogue: the rules, in the order that the page lists them.

    Returns:
        Markdown, the same for the same catalogue.
    """
    return "\n".join(_page(catalogue.rule)).rstrip() + "\n"


def _page(rules: Mapping[str, Rule]) -> Iterator[str]:
    yield _ABOUT
    yield "## The commissioning workbook, its tables and what is read into it\n"
    yield _STOPS
    stops: _Column = ("Stops", lambda _, rule: rule.stops)
    yield from _table(_of_level(rules, None), (*_FIRST, stops, *_LAST))
    yield "## Returns\n"
    yield _RETURNS
    authority: _Column = ("Authority", lambda _, rule: rule.authority)
    for level in get_args(Level):
        found = _of_level(rules, level)
        if found:
            yield f"### {_LEVELS[level]} (level {level})\n"
            yield from _table(found, (*_FIRST, *_LAST, authority))


def _of_level(rules: Mapping[str, Rule], level: Level | None) -> Mapping[str, Rule]:
    return {name: rule for name, rule in rules.items() if rule.level == level}


def _table(rules: Mapping[str, Rule], columns: tuple[_Column, ...]) -> Iterator[str]:
    yield _row(header for header, _ in columns)
    yield _row("---" for _ in columns)
    for name, rule in rules.items():
        yield _row(words(name, rule) for _, words in columns)
    yield ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_escaped(cell) for cell in cells)} |"


def _escaped(text: str) -> str:
    """Keep a word's own signs from being taken for markup."""
    kept = text if text.startswith("`") else text.replace("*", "\\*").replace("<", "&lt;")
    return kept.replace("|", "\\|")
