"""Forms: both are declared as the issue says, and a slip in a declaration is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from builders import ROOT
from returns_forms import MONITORING, PLAN, forms
from xlframework.ground.errors import DeclarationError, MisuseError
from xlframework.model.form import Sum
from xlframework.model.form_file import form_names, read_form

TEMPLATES = ROOT / "templates"


def test_both_forms_are_declared() -> None:
    assert form_names(TEMPLATES) == (PLAN, MONITORING)


def test_a_plan_has_its_columns_and_cells() -> None:
    form = forms()[PLAN]
    assert form.table.name == "Activities"
    assert form.table.rows == 40
    assert form.table.headers == (
        *("Activity", "Priority", "Provider", "Cost type", "Q1", "Q2", "Q3", "Q4"),
        *("Total", "Match funding", "Outcome measure"),
    )
    wanted = {"Form", "Form_version", "Organisation", "Area_code", "Year", "Award"}
    assert wanted | {"Declared_by", "Declared_on"} <= {field.name for field in form.field}
    assert form.items("Cost type") == ("Staffing", "Services", "Equipment", "Publicity", "Other")


def test_a_monitoring_return_has_its_columns_and_periods() -> None:
    form = forms()[MONITORING]
    assert form.table.name == "Spend"
    assert form.table.headers == (
        *("Line ID", "Service", "Budget", "Spent Q1", "Spent Q2", "Spent Q3", "Spent Q4"),
        *("Spent to date", "Forecast to year end", "Forecast outturn", "Variance"),
        *("Reason for variance", "Underspend to return"),
    )
    assert form.items("Period") == ("Q1", "Q2", "Q3", "Q4", "Mid-year", "Year-end")
    assert "Award" not in {field.name for field in form.field}
    assert {"OPCC", "Various"} <= set(form.leave_out)


@pytest.mark.parametrize(
    ("meaning", "pence"),
    [
        (Sum(sum=("a", "b")), 350),
        (Sum(sum=("a",), less=("b",)), -150),
        (Sum(sum=("a",), less=("b",), at_least=0), 0),
        (Sum(sum=("a",), less=("b",), at_least=-1), -100),
        (Sum(sum=("a", "not there")), 100),
    ],
)
def test_a_sum_is_worked_out_in_pence(meaning: Sum, pence: int) -> None:
    assert meaning.of({"a": 100, "b": 250}) == pence


def test_a_form_that_nobody_declared_is_named_with_those_there_are() -> None:
    with pytest.raises(MisuseError, match=r"no form '\.\./x'; .* csp-plan-budget, monitoring"):
        read_form("../x", TEMPLATES)


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (swap('name = "csp-plan-budget"', 'name = "other"'), "key name: 'other' must be"),
        (swap('header = "Q2"', 'header = "Q1"'), "key table.column: 'Q1' stands there twice"),
        (swap('header = "Q2"', 'header = "Q\'2"'), "holds a straight apostrophe"),
        (swap('name = "Award"', 'name = "Year"'), "key field: 'Year' stands there twice"),
        (swap('list = "Cost type"', 'list = "Cost"'), "key list: Cost type uses 'Cost'"),
        (swap('"Q3", "Q4"]', '"Q3", "Q5"]'), "key formula: Total uses 'Q5', which is not declared"),
        (swap('"Q3", "Q4"]', '"Q3", "Total"]'), "key formula: Total uses 'Total'"),
        (swap('sum = ["Total"] }', 'sum = ["Left_of_award"] }'), "Planned uses 'Left_of_award'"),
        (swap('role = "year"\n', ""), "key field: no named cell has the role 'year'"),
        (swap('above = "Total"', 'above = "Activity"'), "key above: Award stands above"),
        (swap("rows = 40", "rowz = 40"), "key table.rowz is not known"),
        (swap('partners = "areas"', 'partners = "all"'), "key partners"),
    ],
)
def test_a_slip_names_the_file_and_the_key(
    tmp_path: Path, change: Callable[[str], str], said: str
) -> None:
    shipped = (TEMPLATES / "returns" / f"{PLAN}.toml").read_text(encoding="utf-8")
    assert change(shipped) != shipped
    (tmp_path / "returns").mkdir()
    own = tmp_path / "returns" / f"{PLAN}.toml"
    own.write_text(change(shipped), encoding="utf-8")
    with pytest.raises(DeclarationError) as raised:
        read_form(PLAN, tmp_path)
    assert str(own) in str(raised.value)
    assert said in str(raised.value)
