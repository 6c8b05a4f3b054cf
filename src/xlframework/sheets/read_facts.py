"""Reads what claims are worked out from: out of a workbook, or out of an edition's folder."""

from collections.abc import Mapping

from xlframework.ground.money import MoneyError, parse_pounds
from xlframework.ground.place import Place, cell_name
from xlframework.model.area_file import number_from
from xlframework.model.budget import Amount, Budget, Origin, Unread
from xlframework.model.edition import CsvTable, Edition
from xlframework.model.figures import StatedFigure
from xlframework.model.workbook import WorkbookSpec
from xlframework.rules.reconcile.facts import Facts
from xlframework.rules.subtotals import with_missing_sections
from xlframework.sheets.cells import read_amount, shown
from xlframework.sheets.edition_budget import budget_of, filled_rows
from xlframework.sheets.package.records import Book, Cell
from xlframework.sheets.read_allocation import read_number
from xlframework.sheets.snapshot import Snapshot, TableView

TABLE = "Figures"

# What a person fills in; refresh fills the columns behind them.
INPUTS = ("Ref", "Claim", "Stated", "Unit", "Precision", "Computed by")

_NOT_FROM_FOLDER = (
    "the split of an edition is worked out from its workbook only; give that with --with"
)


def workbook_facts(snapshot: Snapshot, budget: Budget, awards: int | str) -> Facts:
    """Give the facts of a workbook.

    Args:
        snapshot: of the workbook.
        budget: read from it, with a section for every line.
        awards: pence that the split awards, or why there is no split.
    """
    lines, areas = snapshot.tables["Lines"], snapshot.tables["Areas"]
    named = snapshot.names.get("Pot")
    return Facts(
        edition=snapshot.setting("Edition"),
        budget=budget,
        headers=tuple(header for header in lines.columns if header not in budget.headers),
        areas=sum(bool(shown(areas.cell(row, "Area code").value).strip()) for row in areas.rows),
        pot=read_amount(snapshot.book, named.cell) if named is not None else None,
        awards=awards if isinstance(awards, int) else None,
        no_awards=awards if isinstance(awards, str) else "",
        figures=read_figures(snapshot.book, snapshot.tables[TABLE]),
    )


def read_figures(book: Book, view: TableView) -> tuple[StatedFigure, ...]:
    """Read the stated figures of a workbook: every row that a person has filled in."""
    return tuple(
        _figure(book, view, row)
        for row in view.rows
        if any(shown(view.cell(row, header).value).strip() for header in INPUTS)
    )


def _figure(book: Book, view: TableView, row: int) -> StatedFigure:
    def text(header: str) -> str:
        return shown(view.cell(row, header).value)

    return StatedFigure(
        ref=text("Ref"),
        claim=text("Claim"),
        stated=read_number(book, view.cell(row, "Stated")),
        unit=text("Unit"),
        precision=read_number(book, view.cell(row, "Precision")),
        computed_by=_line(view.cell(row, "Computed by")),
        origin=Origin(book.file, view.sheet.name, row, view.columns),
    )


def _line(cell: Cell) -> str:
    """Give a line of `Computed by`; one with an equals sign Excel may have taken for a formula."""
    return shown(cell.value) if cell.formula is None else f"={cell.formula}"


def amount_places(snapshot: Snapshot) -> Mapping[str, Place]:
    """Give the place of the header of every amount column in `Lines`."""
    view = snapshot.tables["Lines"]
    top = view.table.area.first_row
    return {
        str(column): Place(
            snapshot.book.file, view.sheet.name, cell_name(top, view.columns[str(column)])
        )
        for column in view.amounts
    }


def edition_facts(edition: Edition, spec: WorkbookSpec) -> Facts:
    """Give the facts of an edition's folder, without making its workbook.

    Raises:
        DeclarationError: if a value of the folder cannot be read.
    """
    areas = edition.tables.get("Areas")
    return Facts(
        edition=edition.spec.name,
        budget=with_missing_sections(budget_of(edition, spec)),
        headers=spec.table("Lines").headers,
        areas=sum(bool(row.get("Area code", "").strip()) for row in areas.rows) if areas else 0,
        pot=_pot(edition.spec.cells.get("Pot", "")),
        no_awards=_NOT_FROM_FOLDER,
        figures=_edition_figures(edition.tables.get(TABLE)),
    )


def _pot(text: str) -> Amount:
    try:
        return parse_pounds(text)
    except MoneyError:
        return Unread("text", text)


def _edition_figures(source: CsvTable | None) -> tuple[StatedFigure, ...]:
    if source is None:
        return ()
    columns = {header: number for number, header in enumerate(source.headers, start=1)}
    return tuple(
        StatedFigure(
            ref=row.get("Ref", ""),
            claim=row.get("Claim", ""),
            stated=number_from(row.get("Stated", "")),
            unit=row.get("Unit", ""),
            precision=number_from(row.get("Precision", "")),
            computed_by=row.get("Computed by", ""),
            origin=Origin(source.file, None, line, columns),
        )
        for line, row in filled_rows(source).items()
    )
