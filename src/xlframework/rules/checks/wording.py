"""All rules about the words of a workbook: names, councils, short forms, priorities, columns."""

from xlframework.ground.finding import Finding
from xlframework.model.catalogue import Catalogue
from xlframework.model.councils import Councils
from xlframework.model.names import Names
from xlframework.rules.checks.councils import is_elsewhere, unknown_councils, wrong_councils
from xlframework.rules.checks.glossary import short_forms
from xlframework.rules.checks.misplaced import misplaced
from xlframework.rules.checks.names import near_names
from xlframework.rules.checks.priorities import priorities
from xlframework.rules.checks.words import Wording


def check_wording(
    wording: Wording, names: Names, councils: Councils, catalogue: Catalogue
) -> tuple[Finding, ...]:
    """Run every rule over the words of a workbook.

    Args:
        wording: the words.
        names: the declaration of names.
        councils: the councils and places.
        catalogue: for the findings.

    Returns:
        The findings, rule by rule.
    """
    wrong = wrong_councils(wording, names, councils)
    is_told = bool(wrong) and not is_elsewhere(wording, councils)
    known = frozenset(word.word for words in wrong.values() for word in words if is_told)
    near = tuple(near_names(wording, names, councils, catalogue, known=known))
    # A name that is found already is not found again for the short form in it.
    found = frozenset(finding.found for finding in near if finding.found is not None)
    return (
        *near,
        *unknown_councils(wording, wrong, councils, catalogue),
        *short_forms(wording, names, councils, catalogue, known=found),
        *priorities(wording, names, catalogue),
        *misplaced(wording, names, councils, catalogue),
    )


def without_repeats(
    findings: tuple[Finding, ...], of_words: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Leave out that a word is in no list where a rule about words says what is wrong with it.

    Args:
        findings: of any rules.
        of_words: of the rules about words.
    """
    explained = {
        (finding.place.sheet, finding.found)
        for finding in of_words
        if finding.rule in {"name-near", "word-misplaced"}
    }
    return tuple(
        finding
        for finding in findings
        if finding.rule != "line-code-unlisted"
        or (finding.place.sheet, finding.found) not in explained
    )
