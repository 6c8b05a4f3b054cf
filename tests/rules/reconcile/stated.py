"""Small facts and figures for the tests of claims."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from builders import NEXT_YEAR, YEAR, budget, line, section
from xlframework.model.areas import NotANumber, Number
from xlframework.model.budget import Amount, Line, Origin, Section, Word
from xlframework.model.figures import StatedFigure
from xlframework.rules.reconcile.evaluate import Quantity, Setting, evaluate
from xlframework.rules.reconcile.facts import Facts
from xlframework.rules.reconcile.figures import Checked, check_figures, read_claims
from xlframework.rules.reconcile.language import read_claim
from xlframework.rules.subtotals import with_missing_sections

WORDS = ("Line ID", "Block", "Section", "Service", "Provider", "Term", "Area code", "Shared with")
FIGURE_COLUMNS = {
    header: number
    for number, header in enumerate(
        ("Ref", "Claim", "Stated", "Unit", "Precision", "Computed by"), start=1
    )
}


def named_line(
    line_id: str,
    amounts: Mapping[str, Amount] | Amount = None,
    *,
    shared_with: str = "",
    area_code: str = "",
    section_name: str = "Victims",
    block: str = "Commissioning",
    **words: Word,
) -> Line:
    """Give a line whose words are also found as the columns that they stand in."""
    columns: dict[str, Word] = {
        "Line ID": line_id,
        "Block": block,
        "Section": section_name,
        "Shared with": shared_with,
        "Area code": area_code,
        **words,
    }
    return line(
        line_id,
        amounts,
        block=block,
        section=section_name,
        shared_with=shared_with,
        area_code=area_code,
        words=columns,
    )


def facts(
    lines: Sequence[Line] = (),
    sections: Sequence[Section] = (),
    *,
    headers: Sequence[str] = (YEAR, NEXT_YEAR),
    edition: str = "2024-25",
    areas: int = 0,
    pot: Amount = None,
    awards: int | None = None,
    figures: Sequence[StatedFigure] = (),
) -> Facts:
    return Facts(
        edition=edition,
        budget=with_missing_sections(budget(lines, sections, headers=headers)),
        headers=WORDS,
        areas=areas,
        pot=pot,
        awards=awards,
        figures=tuple(figures),
    )


def figure(
    computed_by: str = "",
    stated: Number | str = Fraction(1),
    *,
    unit: str = "GBP",
    precision: Number | str = None,
    ref: str = "1.1",
    claim: str = "A claim",
    row: int = 5,
) -> StatedFigure:
    return StatedFigure(
        ref,
        claim,
        number(stated),
        unit,
        number(precision),
        computed_by,
        Origin("budget.xlsx", "Figures", row, FIGURE_COLUMNS),
    )


def number(given: Number | str) -> Number:
    """Read a number as typed: `2.3`; a word is none."""
    if not isinstance(given, str):
        return given
    try:
        return Fraction(given)
    except ValueError:
        return NotANumber(given)


def worked_out(claim: str, own: Facts, **editions: Facts) -> Quantity:
    """Work out a claim of one part; other editions go by `e2018_21` for 2018-21."""
    (part,) = read_claim(claim).parts
    others = {name.removeprefix("e").replace("_", "-"): each for name, each in editions.items()}
    return evaluate(part.expression, Setting(own, others, tuple(others)))


def check(own: Facts, **editions: Facts) -> tuple[Checked, ...]:
    others = {name.removeprefix("e").replace("_", "-"): each for name, each in editions.items()}
    setting = Setting(own, others, tuple(others))
    return check_figures(setting, read_claims(own.figures))


def check_one(claim: str, stated: str, own: Facts, **told: str) -> Checked:
    """Check one figure that is stated about some facts."""
    one = figure(claim, stated, unit=told.get("unit", "GBP"), precision=told.get("precision"))
    (checked,) = check(
        Facts(own.edition, own.budget, own.headers, own.areas, own.pot, own.awards, figures=(one,))
    )
    return checked


__all__ = ["NEXT_YEAR", "YEAR", "section"]
