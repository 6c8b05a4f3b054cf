"""Says of a file that could not be taken for a return what is wrong with it."""

from collections.abc import Mapping

from xlframework.ground.finding import Finding
from xlframework.ground.place import Place
from xlframework.model.catalogue import Catalogue
from xlframework.model.returns import Refused, Trouble

RULES: Mapping[Trouble, str] = {
    "missing": "return-file-missing",
    "empty file": "return-file-damaged",
    "old format": "return-file-format",
    "other format": "return-file-format",
    "not a workbook": "return-file-format",
    "encrypted": "return-file-encrypted",
    "damaged": "return-file-damaged",
    "too large": "return-file-large",
    "unsafe": "return-file-unsafe",
    "no form": "return-form-unknown",
}


def check_refused(refused: Refused, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Say why a file is no return: one finding, about the whole file."""
    rule = RULES[refused.trouble]
    fix = refused.fix or None
    return (catalogue.finding(rule, Place(refused.file), refused.message, fix=fix),)
