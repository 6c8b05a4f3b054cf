"""A form that a team declares itself is issued with no Python, and its formulas agree too."""

from pathlib import Path

import openpyxl

from agreement.recalculation import assert_agrees
from returns_forms import COMMISSIONING
from xlframework.commands.returns_issue import returns_issue
from xlframework.model.form_file import read_form
from xlframework.sheets.returns.formula_text import field_formula, row_formula

GRANT = """
name = "grant-claim"
version = "3"
title = "Grant claim"
intro = "Fill in the white cells."
about = ["Claim what was spent."]
partners = "providers"
leave_out = ["OPCC"]

[limits]
largest = 1000

[[field]]
name = "Form"
label = "Form"
role = "form"
filled = true
hidden = true
[[field]]
name = "Version"
label = "Version"
role = "version"
filled = true
hidden = true
[[field]]
name = "Who"
label = "Organisation"
role = "organisation"
filled = true
[[field]]
name = "When"
label = "Year"
role = "year"
filled = true
[[field]]
name = "Sum_of_two"
label = "Together"
kind = "money"
above = "Claim [£]"
formula = { sum = ["Grant", "Claim [£]"], less = ["Kept back"] }
[[field]]
name = "Twice"
label = "And the claim again"
kind = "money"
above = "Claim [£]"
formula = { sum = ["Sum_of_two", "Claim [£]"] }

[table]
name = "Claims"
[[table.column]]
header = "Line"
role = "line id"
filled = true
[[table.column]]
header = "What for"
role = "service"
filled = true
[[table.column]]
header = "Grant"
role = "budget"
kind = "money"
filled = true
[[table.column]]
header = "Kept back"
kind = "money"
help = "Pounds kept back."
[[table.column]]
header = "Fees # 1"
kind = "money"
help = "Pounds of fees."
[[table.column]]
header = "Claim [£]"
kind = "money"
formula = { sum = ["Grant", "Fees # 1"], less = ["Kept back"], at_least = 500 }
[[table.column]]
header = "The same"
kind = "money"
formula = { sum = ["Claim [£]"] }
"""


def test_a_new_form_needs_only_its_declaration(tmp_path: Path) -> None:
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / "grant-claim.toml").write_text(GRANT, encoding="utf-8")
    outcome = returns_issue(COMMISSIONING, "grant-claim", tmp_path / "out", templates=tmp_path)
    assert outcome.exit_code == 0
    path = tmp_path / "out" / "grant-claim_2024-25_Catch-22.xlsx"
    sheet = openpyxl.load_workbook(path)["Return"]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas[:2] == [
        "=SUM(SUM(Claims[Grant]),SUM(Claims[Claim '[£']]))-SUM(Claims[Kept back])",
        "=SUM(Sum_of_two,SUM(Claims[Claim '[£']]))",
    ]
    assert formulas[2] == (
        "=MAX(500,SUM(Claims[[#This Row],[Grant]],Claims[[#This Row],[Fees '# 1]])"
        "-Claims[[#This Row],[Kept back]])"
    )
    assert formulas[3] == "=Claims[[#This Row],[Claim '[£']]]"
    assert assert_agrees(path, tmp_path) == 8


def test_the_formulas_are_written_from_the_declaration(tmp_path: Path) -> None:
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / "grant-claim.toml").write_text(GRANT, encoding="utf-8")
    form = read_form("grant-claim", tmp_path)
    assert row_formula(form, form.table.column[-1]) == "Claims[[#This Row],[Claim '[£']]]"
    assert field_formula(form, form.field[-1]) == "SUM(Sum_of_two,SUM(Claims[Claim '[£']]))"
