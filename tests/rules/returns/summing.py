"""Checks returns against the 2024-25 workbook and sums them up."""

from collections.abc import Sequence
from functools import cache

from builders import ROOT
from returns_forms import against, forms
from xlframework.commands.check_return import Known, check_file
from xlframework.model.catalogue import read_catalogue
from xlframework.rules.returns.checked import Checked
from xlframework.rules.returns.summary import Summary, summarise


@cache
def known(*, compared: bool = True) -> Known:
    catalogue = read_catalogue(ROOT / "templates")
    return Known(tuple(forms().values()), catalogue, against() if compared else None)


def checked(data: bytes, file: str, *, compared: bool = True) -> Checked:
    return check_file(data, file, known(compared=compared))[0]


def summed(*batch: Checked, compared: bool = True, counted: Sequence[str] | None = None) -> Summary:
    files = [each.file for each in batch] if counted is None else counted
    with_what = known(compared=compared)
    return summarise(batch, with_what.forms, with_what.catalogue, with_what.against, files)
