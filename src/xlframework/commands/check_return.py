"""Checks one submitted file: reads it once, finds whom it is from, and runs every rule."""

from dataclasses import dataclass
from pathlib import Path

from xlframework.model.catalogue import Catalogue, read_catalogue
from xlframework.model.form import Form
from xlframework.model.form_file import read_forms
from xlframework.model.returns import Against, Refused
from xlframework.rules.returns.batch import about, declared_on
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.checked import Checked
from xlframework.rules.returns.checks import check_return
from xlframework.rules.returns.recipient import recipient
from xlframework.rules.returns.refused import check_refused
from xlframework.sheets.returns.read_return import Submission, read_submission


@dataclass(frozen=True, slots=True)
class Known:
    """What every return of a batch is checked against; read once, and handed to each process.

    Attributes:
        forms: the declared forms.
        catalogue: the rules.
        against: the commissioning workbook; None without `--against`.
    """

    forms: tuple[Form, ...]
    catalogue: Catalogue
    against: Against | None = None


def read_known(templates: Path | None = None, against: Against | None = None) -> Known:
    """Read the forms and the rules.

    Args:
        templates: the folder given with `--templates`.
        against: what returns are compared with.

    Raises:
        DeclarationError: if one of them says something that cannot be followed.
    """
    return Known(read_forms(templates), read_catalogue(templates), against)


def check_file(data: bytes, file: str, known: Known) -> tuple[Checked, Submission]:
    """Check one submitted file.

    Args:
        data: its contents.
        file: its name as the person gave it.
        known: what it is checked against.

    Returns:
        What was found, and the file as read, to mark it. Nothing is raised for a bad file.
    """
    submission = read_submission(data, file, known.forms)
    given = submission.given
    if isinstance(given, Refused):
        return Checked(file, None, check_refused(given, known.catalogue), given), submission
    form = next(form for form in known.forms if form.name == given.form)
    issued = None if known.against is None else recipient(given, form, known.against)
    findings = check_return(Case(given, form, known.against, issued), known.catalogue)
    checked = Checked(
        file,
        form.name,
        findings,
        given,
        issued,
        about(given, form, issued),
        declared_on(given, form),
    )
    return checked, submission
