"""One submitted file is read once and checked at every level in one pass."""

import pickle
from typing import Any

import pytest

from builders import ROOT
from returns_forms import MONITORING, PLAN, Typed, against
from rules.returns.returned import healthy, known, with_cells
from xlframework.commands.check_return import check_file, read_known
from xlframework.model.returns import Refused


@pytest.mark.parametrize("form", [PLAN, MONITORING])
def test_a_healthy_return_is_accepted(form: str) -> None:
    checked, submission = check_file(healthy(form), "in/r.xlsx", known())
    assert (checked.status, checked.form, checked.findings) == ("accepted", form, ())
    assert checked.issued is not None
    assert submission.book is not None
    assert submission.package is not None


def test_every_level_is_looked_at_in_one_pass_and_the_findings_come_level_by_level() -> None:
    cells: dict[Any, Typed] = {"Form_version": "0", ("Match funding", 1): "lots", ("Total", 2): 1}
    data = with_cells({**cells, "Area": "Charnwood", ("Q1", 3): 9000})
    checked, _ = check_file(data, "r.xlsx", known())
    assert [(each.rule, each.place.cell) for each in checked.findings] == [
        ("return-form-version", "B3"),
        ("return-amount-text", "J13"),
        ("return-quarters-sum", "I14"),
        ("return-area-other", "B6"),
        ("return-plan-above-award", "I6"),
    ]
    assert checked.status == "rejected"


def test_warnings_are_accepted_with_warnings() -> None:
    checked, _ = check_file(with_cells({("Q1", 3): None}), "r.xlsx", known())
    assert checked.status == "accepted with warnings"


def test_a_file_that_is_no_workbook_is_unreadable() -> None:
    checked, submission = check_file(b"", "r.xlsx", known())
    assert (checked.status, checked.form) == ("unreadable", None)
    assert isinstance(submission.given, Refused)
    assert submission.package is None


def test_what_is_known_and_what_was_found_can_be_handed_to_another_process() -> None:
    for given in (known(), check_file(healthy(), "r.xlsx", known())[0]):
        assert pickle.loads(pickle.dumps(given)) == given  # noqa: S301 - our own bytes


def test_what_is_known_is_read_from_the_templates() -> None:
    given = read_known(ROOT / "templates", against())
    assert {form.name for form in given.forms} == {PLAN, MONITORING}
    assert "return-empty" in given.catalogue.rule
    assert given.against is against()
