"""The rule about councils that do not exist."""

import msgspec
import pytest

from builders import catalogue
from rules.checks.finding_shape import brief, figures
from rules.checks.wordings import councils, names, used, wording
from xlframework.ground.finding import Finding
from xlframework.rules.checks.councils import mentions, unknown_councils, wrong_councils
from xlframework.rules.checks.words import Wording


def unknown(words: Wording) -> list[Finding]:
    found = wrong_councils(words, names(), councils())
    return list(unknown_councils(words, found, councils(), catalogue()))


def meant(text: str) -> str | None:
    (finding,) = unknown(wording(used(text)))
    return finding.expected


@pytest.mark.parametrize("council", [each for own in councils().council for each in own.names])
def test_every_declared_name_passes(council: str) -> None:
    assert not mentions(council, councils())
    assert not mentions(f"Partnership agreement with {council} (via its Register)", councils())


@pytest.mark.parametrize(
    "text",
    [
        "Catch 22",
        "Leicestershire County Council and Leicester City Council",
        "Leicester City Council/ Leicestershire County Council",
        "Leicestershire County Council (L&R YOS)",
        "Rutland County Council (via Rutland\N{RIGHT SINGLE QUOTATION MARK}s Register)",
        "Rutland CC Places Directorate",
        "Hinckley & Bosworth Borough Council",
        "Leicester CC",
        "Charnwood Borough",
        "Districts, Boroughs and Leicester City councils",
        "Districts, Boroughs, Rutland and City councils",
        "Leicester City Football Club Community Trust",
        "Youth Council",
        "National Council for Voluntary Youth Services",
        "Leicester Council of Faiths",
        "British Council",
        "Melton Mowbray Town Council",
        "Leicestershire Cares",
        "DC Theatre",
        "",
    ],
)
def test_what_is_no_council_or_one_that_exists_passes(text: str) -> None:
    assert not mentions(text, councils())


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("Charnwood District Council", None, "Charnwood Borough Council"),
        ("Melton District Council", None, "Melton Borough Council"),
        ("Melton Council", None, "Melton Borough Council"),
        ("Melton DC", None, "Melton Borough Council"),
        ("Melton Bourough Council", None, "Melton Borough Council"),
        ("Blaby Distict Council", None, "Blaby District Council"),
        ("Leicestershire Country Council", None, "Leicestershire County Council"),
        ("Melton District", None, "Melton Borough Council"),
        ("Hinckley and Bosworth District Council", None, "Hinckley and Bosworth Borough Council"),
        ("Hinkley & Bosworth Borough Council", None, "Hinckley and Bosworth Borough Council"),
        ("Oadby and Wigston District Council", None, "Oadby and Wigston Borough Council"),
        ("NW Leicester District Council", None, "North West Leicestershire District Council"),
        (
            "Leicester County Council Early Help Services",
            "Leicester County Council",
            "Leicester City Council or Leicestershire County Council",
        ),
        (
            "Leicestershire Police and Charnwood District Council",
            "Charnwood District Council",
            "Charnwood Borough Council",
        ),
        (
            "Blaby District Council, with Melton District Council",
            "Melton District Council",
            "Melton Borough Council",
        ),
        ("Nottinghamshire County Council", None, None),
    ],
)
def test_a_slip_is_found_with_the_council_that_may_be_meant(
    text: str, said: str | None, expected: str | None
) -> None:
    (finding,) = unknown(wording(used(text)))
    assert figures(finding) == (expected, said or text, None)


def test_all_cells_of_one_name_are_one_finding() -> None:
    words = wording(
        used("Melton District Council", row=5),
        used("Blaby District Council", row=6),
        used("Melton District Council", row=7),
        used("Melton District Council", row=8, sheet="Areas"),
    )
    (finding,) = unknown(words)
    assert brief(finding) == ("council-unknown", "warning", "Lines", "G5,G7")
    assert finding.message == (
        "'Melton District Council' (also in Areas G8) is no council of these areas, but Melton "
        "Borough Council is"
    )


def test_only_providers_are_looked_through() -> None:
    assert not unknown(wording(used("Melton District Council event", "service")))


def test_a_council_that_is_added_to_the_list_passes() -> None:
    notts = msgspec.convert({"name": "Nottinghamshire County Council"}, type(councils().council[0]))
    declared = msgspec.structs.replace(councils(), council=(*councils().council, notts))
    assert mentions("Nottinghamshire County Council", councils())
    assert not mentions("Nottinghamshire County Council", declared)


@pytest.mark.parametrize("codes", [frozenset({"e06000015"}), frozenset()])
def test_of_another_forces_councils_nothing_is_said_but_that(codes: frozenset[str]) -> None:
    words = [used("Derby City Council"), used("Amber Valley Borough Council", row=6)]
    (finding,) = unknown(wording(*words, area_codes=codes))
    assert brief(finding) == ("council-list-elsewhere", "info", "Lines", "G5")
    assert "templates/councils.toml" in finding.message


def test_without_areas_a_declared_council_shows_whose_councils_they_are() -> None:
    words = [used("Melton District Council"), used("Leicester City Council", row=6)]
    assert [each.rule for each in unknown(wording(*words, area_codes=frozenset()))] == [
        "council-unknown"
    ]


def test_another_force_without_councils_among_its_providers_is_left_alone() -> None:
    assert not unknown(wording(used("Catch 22"), area_codes=frozenset({"e06000015"})))
