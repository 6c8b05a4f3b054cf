"""The rules about a line's priority and its theme."""

import msgspec
import pytest

from builders import catalogue
from rules.checks.finding_shape import brief, figures
from rules.checks.wordings import names, wording
from xlframework.ground.finding import Finding
from xlframework.rules.checks.priorities import codes_in, priorities

OFFENDING, VICTIMS = "Reducing Offending and Reoffending", "Supporting Victims & Witnesses"
GLOSSARY = (
    ("SP", ""),
    ("SP1", OFFENDING),
    ("SP2", OFFENDING),
    ("SP5", VICTIMS),
    ("SP6", VICTIMS),
    ("YOS", ""),
)


def found(
    *lines: tuple[str, str], glossary: tuple[tuple[str, str], ...] = GLOSSARY
) -> list[Finding]:
    return list(priorities(wording(lines=lines, glossary=glossary), names(), catalogue()))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("SP5", ("SP5",)),
        (" SP 5 ", ("SP5",)),
        ("SP5/6", ("SP5", "SP6")),
        ("SP5, SP6 and SP9", ("SP5", "SP6", "SP9")),
        ("SP5-7", ("SP5", "SP6", "SP7")),
        ("SP5 \N{EN DASH} SP7", ("SP5", "SP6", "SP7")),
        ("SP5 to 7", ("SP5", "SP6", "SP7")),
        ("SP7-5", ("SP7", "SP5")),
        ("SP1-9999", ("SP1", "SP9999")),
        ("Various", ()),
        ("LLR", ()),
        ("Safer Streets 5", ()),
        ("5", ()),
        ("", ()),
    ],
)
def test_codes_are_read_with_ranges_and_further_ones(text: str, codes: tuple[str, ...]) -> None:
    assert codes_in(text) == codes


@pytest.mark.parametrize(
    ("priority", "theme"),
    [
        ("SP1", OFFENDING),
        ("sp2", "Reducing offending and Re-offending"),
        ("SP5/6", "Supporting Victims and Witnesses"),
        ("Various", OFFENDING),
        ("", OFFENDING),
        # A section that is no theme of the glossary's is not compared.
        ("SP1", "Various (PLF)"),
    ],
)
def test_a_priority_of_its_own_theme_passes(priority: str, theme: str) -> None:
    assert not found((priority, theme))


def test_a_priority_of_another_theme_is_found_at_its_cell() -> None:
    (finding,) = found(("SP1", OFFENDING), ("SP5", OFFENDING))
    assert brief(finding) == ("priority-outside-theme", "warning", "Lines", "J6")
    assert figures(finding) == ("SP1, SP2", "SP5", None)
    assert finding.message == (
        f"L6 (A service): SP5 belongs to {VICTIMS!r} in Glossary A8, but stands under {OFFENDING!r}"
    )


def test_lines_with_one_slip_are_one_finding() -> None:
    (finding,) = found(("SP5", OFFENDING), ("SP6", VICTIMS), ("SP5", OFFENDING))
    assert finding.place.cell == "J5,J7"
    assert finding.message.startswith("L5 (A service) and 1 more: SP5 belongs")


def test_each_code_of_a_cell_is_looked_at() -> None:
    (finding,) = found(
        ("SP2-5", OFFENDING), glossary=(*GLOSSARY, ("SP3", OFFENDING), ("SP4", OFFENDING))
    )
    assert "SP5 belongs" in finding.message


def test_a_code_that_the_glossary_lacks_is_found() -> None:
    (finding,) = found(("SP18", OFFENDING))
    assert brief(finding) == ("priority-unknown", "warning", "Lines", "J5")
    assert finding.found == "SP18"


def test_a_glossary_without_themes_says_nothing_about_priorities() -> None:
    assert not found(("SP18", OFFENDING), glossary=(("SP1", ""), ("YOS", "")))


def test_a_team_may_leave_themes_unchecked() -> None:
    unchecked = msgspec.structs.replace(names(), themes=None)
    words = wording(lines=[("SP5", OFFENDING)], glossary=GLOSSARY)
    assert not list(priorities(words, unchecked, catalogue()))
