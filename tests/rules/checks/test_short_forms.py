"""The rules about short forms and the glossary."""

import pytest

from builders import catalogue
from rules.checks.finding_shape import brief, figures
from rules.checks.wordings import councils, names, used, wording
from xlframework.ground.finding import Finding
from xlframework.rules.checks.glossary import forms_in, short_forms
from xlframework.rules.checks.words import Wording

GLOSSARY = (("ASB", ""), ("ChISVA", ""), ("MAPP", ""), ("SV/DV", ""), ("SP (1-17)", ""))


def found(words: Wording, known: frozenset[str] = frozenset()) -> list[Finding]:
    return list(short_forms(words, names(), councils(), catalogue(), known=known))


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Contribution to YOS costs", ("YOS",)),
        (
            "SVDV - Sexual and Domestic Violence (including IDVA/ISVA provision)",
            ("SVDV", "IDVA", "ISVA"),
        ),
        ("Force/NHSE", ("NHSE",)),
        ("NHSE/EM OPCCs", ("NHSE", "EM", "OPCC")),
        ("DToA/ OOCR Turning Point", ("DToA", "OOCR")),
        ("Conditional Cautioning And Relationship Abuse (C2ARA)", ("C2ARA",)),
        ("Leicestershire County Council (L&R YOS)", ("L&R", "YOS")),
        ("FreeVA, Go-Getta and Catch 22", ()),
        ("Phase II of U17 Drivers", ()),
        ("CROSS CUTTING", ()),
        ("SARC", ("SARC",)),
        ("24/7 Locks", ()),
        ("", ()),
    ],
)
def test_short_forms_are_told_from_words(text: str, forms: tuple[str, ...]) -> None:
    assert forms_in(text) == forms


def test_a_joined_short_form_of_the_glossary_is_not_parted() -> None:
    assert forms_in("SV/DV support", ["svdv"]) == ("SV/DV",)


def test_what_is_in_the_glossary_passes() -> None:
    words = [used("ASB team", "service"), used("SV/DV, SV and DV; SP", "text"), used("ChISVAs")]
    assert not found(wording(*words, glossary=GLOSSARY))


def test_a_short_form_that_is_missing_is_found_in_all_its_cells() -> None:
    words = [used("SARC", "service", row=row) for row in (5, 6, 9)]
    (finding,) = found(wording(*words, used("SARC costs", "text", row=7), glossary=GLOSSARY))
    assert brief(finding) == ("short-form-missing", "warning", "Lines", "E5:E6,E9,F7")
    assert figures(finding) == (None, "SARC", None)


@pytest.mark.parametrize(
    ("form", "term", "cell"),
    [
        ("CHISVA", "ChISVA", "A6"),
        ("MAPPA", "MAPP", "A7"),
        ("SVDV", "SV/DV", "A8"),
        ("SVIDV", "SV/DV", "A8"),
    ],
)
def test_a_near_miss_is_found_with_the_term(form: str, term: str, cell: str) -> None:
    (finding,) = found(wording(used(f"{form} service", "service"), glossary=GLOSSARY))
    assert brief(finding) == ("short-form-near", "warning", "Lines", "E5")
    assert figures(finding) == (term, form, None)
    assert finding.message == (
        f"the short form {form!r} is not in the glossary, which has {term!r} in Glossary {cell}"
    )


@pytest.mark.parametrize(
    "text", ["Go-Getta CIC", "TBC", "Rutland CC", "NWLDC", "Victim Support UK"]
)
def test_what_everybody_knows_and_the_councils_own_short_names_pass(text: str) -> None:
    assert not found(wording(used(text), glossary=GLOSSARY))


def test_what_stands_in_brackets_behind_its_words_is_explained() -> None:
    words = [used("North West (NW) Leicestershire", "service"), used("NW Council", row=6)]
    assert not found(wording(*words, glossary=GLOSSARY))
    (finding,) = found(wording(used("The team (QX)", "service"), glossary=GLOSSARY))
    assert finding.rule == "short-form-missing"


def test_a_near_miss_is_one_though_it_is_explained() -> None:
    text = "Multi Agency Public Protection Arrangements (MAPPA)"
    (finding,) = found(wording(used(text, "service"), glossary=GLOSSARY))
    assert finding.rule == "short-form-near"


def test_without_a_glossary_nothing_is_missing() -> None:
    assert not found(wording(used("SARC and MAPPA", "service")))


def test_letters_that_are_swapped_or_small_are_found_without_a_glossary() -> None:
    words = [used("MoJ DASV funding", "text"), used("New DSAV offer", "text", row=9)]
    (finding,) = found(wording(*words))
    assert brief(finding) == ("short-form-near", "warning", "Lines", "F9")
    assert finding.message == "the short form 'DSAV' is nearly 'DASV' in Lines F5"
    (finding,) = found(wording(used("DTOA", "text"), used("DToA", "text", row=6)))
    assert (finding.place.cell, finding.expected) == ("F6", "DTOA")
    assert not found(wording(used("IDVA", "text"), used("ISVA", "text", row=6)))
    assert not found(wording(used("CSP", "text"), used("CPS", "text", row=6)))


def test_a_name_that_another_rule_has_found_is_not_found_again() -> None:
    words = wording(used("SVIDV line", "service"), glossary=GLOSSARY)
    assert not found(words, frozenset({"SVIDV line"}))
    assert found(words, frozenset({"another line"}))


def test_priorities_and_mechanisms_are_not_looked_through() -> None:
    words = [used("SP5/6", "priority"), used("PCC Grant", "mechanism")]
    assert not found(wording(*words, glossary=GLOSSARY))
