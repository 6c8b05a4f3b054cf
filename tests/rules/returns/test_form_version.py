"""Rule `return-form-version`: the form is the one that is taken now."""

import msgspec
import pytest

from returns_forms import forms
from rules.returns.returned import (
    MONITORING,
    PLAN,
    at_rule,
    cell,
    figures,
    healthy,
    known,
    only,
    shape,
    with_cells,
)
from xlframework.commands.check_return import Known, check_file

RULE = "return-form-version"


@pytest.mark.parametrize("form", [PLAN, MONITORING])
def test_the_version_of_now_passes(form: str) -> None:
    assert at_rule(RULE, healthy(form)) == ()


@pytest.mark.parametrize("version", ["0", "2", None, "one"])
def test_another_version_is_found_at_its_cell(version: str | None) -> None:
    (finding,) = only(RULE, with_cells({"Form_version": version}))
    assert shape(finding) == ("error", cell("Form_version"))
    assert figures(finding) == ("1", version, None)
    assert "an unknown version of the form 'Community Safety" in finding.message


def test_an_earlier_version_is_said_to_be_earlier() -> None:
    newer = msgspec.structs.replace(forms()[PLAN], version="2", earlier=("1",))
    checked, _ = check_file(healthy(), "r.xlsx", Known((newer,), known().catalogue))
    (finding,) = (each for each in checked.findings if each.rule == RULE)
    assert "an earlier version" in finding.message
    assert figures(finding) == ("2", "1", None)


def test_a_form_that_is_known_by_its_table_alone_is_found_out() -> None:
    (finding,) = only(RULE, with_cells({"Form": "our-own-form"}))
    assert shape(finding) == ("error", cell("Form"))
    assert figures(finding) == (PLAN, "our-own-form", None)


def test_a_version_that_is_a_number_is_the_same_version() -> None:
    assert only(RULE, with_cells({"Form_version": 1})) == ()


def test_other_cells_do_not_disturb_it() -> None:
    assert at_rule(RULE, with_cells({"Declared_by": "2"})) == ()
