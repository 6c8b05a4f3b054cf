"""The rules about names that almost agree, in one workbook and between two."""

from dataclasses import replace

import msgspec
import pytest

from builders import catalogue
from rules.checks.finding_shape import brief, figures
from rules.checks.wordings import LEICESTER, councils, names, printed, used, wording
from xlframework.ground.finding import Finding
from xlframework.ground.place import Place
from xlframework.rules.checks.names import names_between, near_names
from xlframework.rules.checks.words import UsedWord, Wording, cells_said, together


def near(*words: UsedWord) -> list[Finding]:
    return list(near_names(wording(*words), names(), councils(), catalogue()))


def between(one: Wording, other: Wording) -> list[Finding]:
    return list(names_between(one, other, names(), councils(), catalogue()))


def test_one_name_in_many_cells_passes() -> None:
    assert not near(*(used("Catch 22", row=row) for row in (5, 6, 9)))


def test_the_rarer_of_two_names_is_found_with_its_cells_and_those_of_the_other() -> None:
    words = [used("Freeva", row=row) for row in (5, 7, 8)] + [used("FreeVA", row=6)]
    (finding,) = near(*words)
    assert brief(finding) == ("name-near", "warning", "Lines", "G6")
    assert figures(finding) == ("Freeva", "FreeVA", None)
    assert finding.message == (
        "the provider 'FreeVA' differs only in capitals from 'Freeva' in Lines G5,G7:G8"
    )


def test_of_two_names_that_stand_as_often_the_later_is_found() -> None:
    (finding,) = near(used("24/7 Locks", row=5), used("24-7 Locks", row=6))
    assert (finding.place.cell, finding.found) == ("G6", "24-7 Locks")
    assert "differs only in spaces or signs from '24/7 Locks' in Lines G5" in finding.message


def test_all_cells_of_a_name_are_one_finding_on_their_first_sheet() -> None:
    words = [used("Hope CIC", row=row) for row in (5, 6, 7)]
    words += [used("Hoppe CIC", row=10), used("Hoppe CIC", row=12)]
    words += [used("Hoppe CIC", row=30, sheet="Areas")]
    words += [used("Hope CIC", row=31, sheet="Areas")]
    (finding,) = near(*words)
    assert brief(finding)[2:] == ("Lines", "G10,G12")
    assert "(also in Areas G30)" in finding.message
    assert "'Hope CIC' in Lines G5:G7 and Areas G31" in finding.message


def test_three_spellings_are_two_findings_against_the_commonest() -> None:
    words = [used("Turning Point", row=row) for row in (5, 6)]
    words += [used("Turnign Point", row=7), used("Turning-Point", row=8)]
    assert [(each.place.cell, each.expected) for each in near(*words)] == [
        ("G7", "Turning Point"),
        ("G8", "Turning Point"),
    ]


def test_names_of_different_kinds_are_not_compared() -> None:
    assert not near(used("New Dawn New Day"), used("New Dawn, New Day", "service"))


@pytest.mark.parametrize("word", ["Various", "TBC", "tbc", "-", "Not Applicable"])
def test_what_stands_where_there_is_no_name_yet_is_no_name(word: str) -> None:
    assert not near(used(word), used(f"{word}.", row=6), used(f"{word} ", row=7))


def test_a_name_that_another_rule_has_found_is_left_to_it() -> None:
    words = [used("Melton Borough Council"), used("Melton Burough Council", row=6)]
    found = near_names(
        wording(*words),
        names(),
        councils(),
        catalogue(),
        known=frozenset({"Melton Burough Council"}),
    )
    assert len(near(*words)) == 1
    assert not list(found)


def test_a_pair_that_is_declared_different_passes() -> None:
    declared = msgspec.structs.replace(
        names(), different=(("leicester  CARES", "Leicester Carers"),)
    )
    words = wording(used("Leicester Cares"), used("Leicester Carers", row=6))
    assert list(near_names(words, names(), councils(), catalogue()))
    assert not list(near_names(words, declared, councils(), catalogue()))


def test_beside_a_pair_that_is_declared_different_another_one_is_found() -> None:
    declared = msgspec.structs.replace(
        names(), different=(("Leicester Cares", "Leicester Carers"),)
    )
    texts = ("Leicester Cares", "Leicester-Carers", "Leicester Carers")
    words = [used(text, row=row) for row, text in enumerate(texts, start=5)]
    first, second = near_names(wording(*words), declared, councils(), catalogue())
    assert (first.place.cell, first.expected) == ("G6", "Leicester Cares")
    assert (second.place.cell, second.expected) == ("G7", "Leicester-Carers")


def test_what_a_table_prints_for_a_line_need_agree_less_to_be_the_same_name() -> None:
    own, other = used("Twenty-Two", row=5), used("Twenty-Two", row=6)
    for_it, for_none = (printed("Twenty-Twenty", "provider", 12, line=line) for line in (5, 9))
    (finding,) = near(own, other, for_it)
    assert brief(finding) == ("name-near", "warning", "Printed", "D12")
    assert "is nearly 'Twenty-Two' in Lines G5:G6" in finding.message
    assert not near(own, other, for_none)


def test_a_table_may_print_less_of_a_name() -> None:
    own = used("SPDF - Braunstone Blues", "service")
    assert not near(own, printed("Braunstone Blues", "service", 12, line=5))


def test_a_printed_name_and_the_lines_own_are_one_finding_though_both_are_rare() -> None:
    own = used("Missing co-ordinator", "service")
    prints = [printed("Missing coordinator", "service", row, line=5) for row in (12, 13)]
    (finding,) = near(own, *prints)
    assert (finding.place.cell, finding.found) == ("D12:D13", "Missing coordinator")


def test_a_coded_word_is_compared_with_what_tables_print_only_where_they_print() -> None:
    own = used("Grant, funded", "mechanism")
    grant, grand = (
        printed(word, "mechanism", row, line=row)
        for row, word in ((12, "Grant funded"), (13, "Grand funded"))
    )
    (finding,) = near(own, grant, grand)
    assert (finding.place.cell, finding.expected) == ("D13", "Grant funded")


def test_a_place_under_two_names_is_found() -> None:
    (finding,) = near(used("Leicester City", "place"), used("City", "place", row=6))
    assert brief(finding)[2:] == ("Lines", "L6")


def test_a_slip_in_the_table_of_areas_is_no_place_of_its_own() -> None:
    area = replace(used("Oakby and Wigston", "place", sheet="Areas"), column="Area")
    (finding,) = near(used("Oadby and Wigston", "place"), area)
    assert finding.found == "Oakby and Wigston"


def test_the_areas_of_another_force_tell_its_services_apart() -> None:
    areas = [
        replace(used(word, "place", row=row, sheet="Areas"), column="Area")
        for row, word in ((5, "Wyreley"), (6, "Wyrely"))
    ]
    services = [used("PLF Wyreley", "service"), used("PLF Wyrely", "service", row=6)]
    here, elsewhere = (
        wording(*areas, *services, area_codes=frozenset({code})) for code in (LEICESTER, "e1")
    )
    kinds = names().kind
    only = msgspec.structs.replace(names(), kind={"service": kinds["service"]})
    assert len(list(near_names(here, only, councils(), catalogue()))) == 1
    assert not list(near_names(elsewhere, only, councils(), catalogue()))


def test_a_long_name_is_cut_in_the_sentence_and_whole_beside_it() -> None:
    long = "Sexual and domestic violence " * 5
    (finding,) = near(used(f"{long}A", "service"), used(f"{long}A.", "service", row=6))
    assert len(finding.message) < 250
    assert figures(finding) == (f"{long}A", f"{long}A.", None)


# --- between two workbooks -------------------------------------------------------------


def test_between_two_workbooks_the_other_one_is_named() -> None:
    one = wording(used("Hampton Trust", row=7))
    word = replace(used("The Hampton Trust"), place=Place("old.xlsx", "Lines", "G5"))
    (finding,) = between(one, wording(word, file="old.xlsx"))
    assert brief(finding) == ("name-near-elsewhere", "warning", "Lines", "G7")
    assert finding.place.file == "budget.xlsx"
    assert "'The Hampton Trust' in old.xlsx, Lines G5" in finding.message


def test_what_is_found_within_one_workbook_is_not_repeated() -> None:
    both = [used("FreeVA"), used("Freeva", row=6)]
    assert not between(wording(*both), wording(used("FreeVA")))
    assert not between(wording(used("FreeVA")), wording(*both))
    assert not between(wording(*both), wording(*both))


def test_between_two_workbooks_coded_words_are_not_compared() -> None:
    one, other = used("Grant Funded", "mechanism"), used("Grand Funded", "mechanism")
    assert not between(wording(one), wording(other))


def test_a_short_form_and_what_it_stands_for_are_one_name() -> None:
    whole = "Integrated Offender Management (IOM)"
    (finding,) = between(wording(used("IOM", "service")), wording(used(whole, "service")))
    assert f"'IOM' is short for {whole!r}" in finding.message
    (finding,) = between(wording(used(whole, "service")), wording(used("IOM", "service")))
    assert "is written in short as 'IOM'" in finding.message


# --- cells -----------------------------------------------------------------------------


def test_cells_are_put_together_sheet_by_sheet_as_ranges() -> None:
    places = [
        Place("b.xlsx", sheet, cell)
        for sheet, cell in (
            ("Lines", "G7"),
            ("Areas", "D5"),
            ("Lines", "G5"),
            ("Lines", "G6"),
            ("Lines", "H6"),
            ("Lines", "G9"),
            ("Lines", "G6"),
        )
    ]
    assert together(places) == (
        Place("b.xlsx", "Lines", "G5:G7,G9,H6"),
        Place("b.xlsx", "Areas", "D5"),
    )


def test_of_many_cells_a_sentence_names_the_first_ones() -> None:
    place = Place("b.xlsx", "Lines", "G5:G7,G9,G11,G13,G15:G16")
    assert cells_said([place]) == "Lines G5:G7,G9,G11 and 3 more"
    assert cells_said([place], "other.xlsx").startswith("b.xlsx, Lines G5:G7")
