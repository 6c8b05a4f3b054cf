"""A form that a team declares itself is read and checked with no Python of its own."""

import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from agreement.test_third_form import GRANT
from builders import catalogue
from returns_forms import COMMISSIONING
from xlframework.commands.against import open_against
from xlframework.commands.check_return import Known, check_file
from xlframework.commands.returns_issue import returns_issue
from xlframework.model.form_file import read_forms
from xlframework.rules.returns.checked import Checked


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    (folder / "returns").mkdir()
    (folder / "returns" / "grant-claim.toml").write_text(GRANT, encoding="utf-8")
    returns_issue(COMMISSIONING, "grant-claim", folder / "out", templates=folder)
    return folder


def check(templates: Path, cells: Mapping[str, str | int]) -> Checked:
    form = templates / "out" / "grant-claim_2024-25_Womens-Aid-Leicestershire.xlsx"
    book = openpyxl.load_workbook(form)
    for cell, value in cells.items():
        book["Return"][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    known = Known(read_forms(templates), catalogue(), open_against(COMMISSIONING, templates))
    return check_file(stream.getvalue(), form.name, known)[0]


def table(templates: Path) -> int:
    """Give the row of the table's headers."""
    form = templates / "out" / "grant-claim_2024-25_Womens-Aid-Leicestershire.xlsx"
    (found,) = openpyxl.load_workbook(form)["Return"].tables.values()
    return int("".join(filter(str.isdigit, found.ref.partition(":")[0])))


def test_it_is_read_and_checked(templates: Path) -> None:
    row = table(templates) + 1
    healthy = check(templates, {f"E{row}": 100, f"D{row}": 0})
    assert (healthy.form, healthy.findings) == ("grant-claim", ())
    assert healthy.issued is not None
    assert healthy.issued.organisation == "Women's Aid Leicestershire"


def test_its_rules_are_those_of_its_declaration(templates: Path) -> None:
    row = table(templates) + 1
    cells: dict[str, str | int] = {
        f"E{row}": "£100",
        f"E{row + 1}": 1001,
        f"F{row + 1}": 5,
        f"C{row + 1}": 1,
    }
    found = check(templates, cells).findings
    assert [(each.rule, each.place.cell) for each in found] == [
        ("return-amount-text", f"E{row}"),
        ("return-amount-large", f"E{row + 1}"),
        ("return-formula-replaced", f"F{row + 1}"),
        ("return-prefilled-changed", f"C{row + 1}"),
    ]


def test_an_empty_one_is_empty(templates: Path) -> None:
    assert [each.rule for each in check(templates, {}).findings] == ["return-empty"]
