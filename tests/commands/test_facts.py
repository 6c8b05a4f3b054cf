"""What claims are worked out from is the same from an edition's folder and from its workbook."""

from dataclasses import replace
from pathlib import Path

import pytest

from builders import ROOT, declared, snapshot, workbook_spec
from xlframework.commands.new import make_workbook
from xlframework.commands.reconciliation import facts_of
from xlframework.ground.shipped import edition_names
from xlframework.model.areas import NotANumber
from xlframework.model.budget import Origin, Unread
from xlframework.model.edition import read_bundled_edition, read_edition
from xlframework.rules.reconcile.facts import Facts
from xlframework.sheets.package.container import open_package
from xlframework.sheets.package.read import read_book
from xlframework.sheets.read_facts import edition_facts

NOWHERE = Origin("", None, 0, {})


def of_workbook(edition: str) -> Facts:
    skeleton = open_package(ROOT / "templates" / "commissioning.xlsx")
    package, _ = make_workbook(skeleton, declared(), read_bundled_edition(edition), "a.xlsx")
    return facts_of(snapshot(read_book(package)), declared())


def without_places(facts: Facts) -> tuple[object, ...]:
    """Give what does not depend on where the edition was read from; budgets have their own test."""
    figures = tuple(replace(figure, origin=NOWHERE) for figure in facts.figures)
    lines = [(line.line_id, line.amounts) for line in facts.budget.lines]
    return facts.edition, set(facts.headers), facts.areas, facts.pot, figures, lines


@pytest.mark.parametrize("edition", edition_names())
def test_the_facts_of_a_folder_are_those_of_its_workbook(edition: str) -> None:
    of_folder = edition_facts(read_bundled_edition(edition), workbook_spec())
    assert of_folder.figures
    assert without_places(of_folder) == without_places(of_workbook(edition))


def test_the_awards_are_those_of_the_workbook() -> None:
    assert of_workbook("2016-17").awards == 450_000_00
    none = of_workbook("2018-21")
    assert (none.awards, none.pot) == (None, None)
    assert "nothing is split" in none.no_awards


def test_odd_values_of_a_folder_are_read_for_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text(
        'name = "a"\ntitle = "A"\nsource = "Nowhere."\nyears = ["2024/25 Budget"]\n'
        '[cells]\nPot = "much"\n',
        encoding="utf-8",
    )
    (tmp_path / "figures.csv").write_text(
        "Ref,Claim,Stated,Unit\n1.1,A claim,n/a,GBP\n,,,\n1.2,,-2.5,per cent\n", encoding="utf-8"
    )
    facts = edition_facts(read_edition(tmp_path), workbook_spec())
    assert facts.pot == Unread("text", "much")
    assert (facts.areas, facts.budget.lines) == (0, ())
    assert [figure.stated for figure in facts.figures] == [NotANumber("n/a"), -2.5]
    assert [figure.precision for figure in facts.figures] == [None, None]
    assert str(facts.figures[1].origin.place("Stated")).endswith("figures.csv, line 4")
