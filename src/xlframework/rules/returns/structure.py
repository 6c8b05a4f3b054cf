"""Rules about how the sheet of a return is built."""

from collections.abc import Iterator
from dataclasses import replace

from xlframework.ground.folding import folded
from xlframework.ground.place import cell_name
from xlframework.model.returns import Header
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.fault import Fault, fault_at
from xlframework.rules.returns.wording import brief, label_of

# Of more places than this only the first are named.
_MOST_NAMED = 20


def sheet_renamed(case: Case) -> Iterator[Fault]:
    """Rule `return-sheet-renamed`: the form's sheet has its name."""
    name = case.given.structure.sheet
    if folded(name) != folded(case.form.sheet):
        message = f"the sheet {case.form.sheet} is now called {name}"
        yield Fault(message, name, expected=case.form.sheet, found=name)


def sheet_moved(case: Case) -> Iterator[Fault]:
    """Rule `return-sheet-moved`: the form's sheet comes first."""
    built = case.given.structure
    if built.sheet_position:
        yield Fault(
            f"the sheet {built.sheet} is no longer the first one",
            built.sheet,
            expected="1",
            found=str(built.sheet_position + 1),
        )


def sheet_copied(case: Case) -> Iterator[Fault]:
    """Rule `return-sheet-copied`: the form's sheet is there once."""
    built = case.given.structure
    for name in built.copies:
        message = f"the sheet {name} is a copy of the form; only the sheet {built.sheet} was read"
        yield Fault(message, name)


def name_missing(case: Case) -> Iterator[Fault]:
    """Rule `return-name-missing`: every cell that the form names is there."""
    gone = [
        spec
        for spec in case.form.field
        if spec.name not in case.given.fields and spec.formula is None
    ]
    if gone:
        labels = ", ".join(repr(label_of(spec)) for spec in gone)
        yield Fault(
            f"the cell {labels} is gone, so what it said is not known"
            if len(gone) == 1
            else f"the cells {labels} are gone, so what they said is not known",
            case.given.structure.sheet,
            expected=", ".join(spec.name for spec in gone),
        )


def name_lost(case: Case) -> Iterator[Fault]:
    """Rule `return-name-lost`: every named cell still has its name."""
    moved = _first_change(case)
    for spec, entry in case.fields():
        # Some programs take a column out, or put one in, and leave the names where they were.
        is_moved = moved is not None and entry.column >= moved
        if spec.name in case.given.structure.missing_names and not is_moved:
            yield fault_at(
                entry,
                f"the cell beside {label_of(spec)!r} no longer has the name {spec.name}; it was "
                "found by its label",
                together="{cells} cells have lost their names; they were found by their labels",
                expected=spec.name,
            )


def _first_change(case: Case) -> int | None:
    """Give the column where one was taken out or put in; None where none was."""
    built = case.given.structure
    if not built.missing and all(each.declared is not None for each in built.headers):
        return None
    first = built.area.first_column
    for place, header in enumerate(case.form.table.headers):
        found = next((each for each in built.headers if each.declared == header), None)
        if found is None or found.column != first + place:
            return first + place
    return None


def table_missing(case: Case) -> Iterator[Fault]:
    """Rule `return-table-missing`: the rows stand in the form's Excel table."""
    built = case.given.structure
    if built.table is None:
        yield Fault(
            f"the Excel table {case.form.table.name} is gone; its rows were found by their headers",
            built.sheet,
            expected=case.form.table.name,
            cells=str(built.area),
        )


def table_short(case: Case) -> Iterator[Fault]:
    """Rule `return-table-short`: the Excel table covers all of its rows."""
    table, area = case.given.structure.table, case.given.structure.area
    if table is None:
        return
    filled = [row.number for row in case.given.rows if row.filled]
    is_short = max(filled, default=0) > table.last_row or (
        len(case.given.rows) < case.form.table.rows or table.last_row < area.last_row
    )
    if is_short or table.first_row > area.first_row or table.first_column != area.first_column:
        yield Fault(
            f"the table {case.form.table.name} no longer covers all of its rows, so the sheet's "
            "own totals leave some out; they were read all the same",
            case.given.structure.sheet,
            expected=str(area),
            found=str(table),
            cells=str(area),
        )


def column_missing(case: Case) -> Iterator[Fault]:
    """Rule `return-column-missing`: every column of the form is there."""
    built = case.given.structure
    top = built.area._replace(last_row=built.area.first_row)
    # A header that was typed over by another one is said once, where it stood.
    typed_over = {covered for _, covered in _doubled(case)}
    for header in built.missing:
        if header in typed_over:
            continue
        yield Fault(
            f"the column {header!r} is missing, so no sum that needs it was checked",
            built.sheet,
            expected=header,
            cells=str(top),
        )


def column_duplicate(case: Case) -> Iterator[Fault]:
    """Rule `return-column-duplicate`: no header stands twice."""
    for header, covered in _doubled(case):
        text = brief(header.text)
        message = f"the header {text!r} stands twice; only the first column was read"
        if covered is None:
            yield _at(case, header, message, found=text)
        else:
            message = (
                f"the header {text!r} stands twice, here in place of {covered!r}, so no sum that "
                "needs that column was checked"
            )
            fix = f"Type {covered} as the header of this column, if it is that one."
            yield replace(_at(case, header, message, expected=covered, found=text), fix=fix)


def _doubled(case: Case) -> Iterator[tuple[Header, str | None]]:
    """Give the headers that stand a second time, each with the missing one that stood there."""
    built = case.given.structure
    declared = case.form.table.headers
    spelling = {folded(header) for header in declared}
    for place, header in enumerate(built.headers):
        if header.declared is not None or folded(header.text) not in spelling:
            continue
        beside = [
            declared.index(known) - step
            for step in (-1, 1)
            if 0 <= place + step < len(built.headers)
            and (known := built.headers[place + step].declared) is not None
        ]
        same = {declared[at] for at in beside if 0 <= at < len(declared)}
        covered = same & set(built.missing)
        yield header, covered.pop() if len(covered) == 1 else None


def column_renamed(case: Case) -> Iterator[Fault]:
    """Rule `return-column-renamed`: every header is as the form has it."""
    for header in case.given.structure.headers:
        if header.declared is not None and folded(header.text) != folded(header.declared):
            now = f"is now called {brief(header.text)!r}" if header.text.strip() else "is blank"
            message = f"the header {header.declared!r} {now}; the column was read all the same"
            yield _at(case, header, message, expected=header.declared, found=brief(header.text))


def column_extra(case: Case) -> Iterator[Fault]:
    """Rule `return-column-extra`: the table has no columns but the form's."""
    declared = {folded(header) for header in case.form.table.headers}
    for header in case.given.structure.headers:
        text = header.text.strip()
        if header.declared is None and text and folded(text) not in declared:
            message = f"the form has no column {brief(text)!r}; what stands in it was not read"
            yield _at(case, header, message, found=brief(text))


def _at(
    case: Case, header: Header, message: str, *, found: str, expected: str | None = None
) -> Fault:
    sheet = case.given.structure.sheet
    return Fault(
        message, sheet, max(header.row, 1), header.column, expected=expected, found=found or None
    )


def rows_below(case: Case) -> Iterator[Fault]:
    """Rule `return-rows-below`: nothing stands under the table."""
    for row, column in case.given.structure.below:
        yield Fault(
            f"row {row} stands under the table, where no total counts it; it was not read",
            case.given.structure.sheet,
            row,
            column,
            together="{cells} rows stand under the table, where no total counts them; they were "
            "not read",
        )


def row_blank(case: Case) -> Iterator[Fault]:
    """Rule `return-row-blank`: there is no empty row between filled ones."""
    filled = [row.number for row in case.given.filled]
    for row in case.given.rows:
        if not row.filled and filled and row.number < filled[-1]:
            yield Fault(
                f"row {row.number} is empty, though rows below it are filled in",
                case.given.structure.sheet,
                row.number,
                case.given.structure.area.first_column,
                together="{cells} rows are empty, though rows below them are filled in",
            )


def merged(case: Case) -> Iterator[Fault]:
    """Rule `return-merged`: no cells of the form are merged."""
    areas = case.given.structure.merged
    if areas:
        first = cell_name(areas[0].first_row, areas[0].first_column)
        cells = ",".join(str(area) for area in areas[:_MOST_NAMED])
        yield Fault(
            f"the cells {areas[0]} are merged, so only {first} can hold anything"
            if len(areas) == 1
            else f"cells are merged in {len(areas)} places, where only the first can hold anything",
            case.given.structure.sheet,
            found=cells,
            cells=cells,
        )
