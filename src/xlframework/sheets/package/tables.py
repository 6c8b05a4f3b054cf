"""Gives a table a new range and new columns, and takes the sheet's rules along."""

from collections.abc import Sequence

from lxml import etree

from xlframework.ground.place import Area
from xlframework.sheets.package.container import damaged, refuse_signed
from xlframework.sheets.package.escapes import decode, encode_header
from xlframework.sheets.package.far_rows import edited_above
from xlframework.sheets.package.ranges import area_of, common, inside, rewrite
from xlframework.sheets.package.read import table_columns
from xlframework.sheets.package.records import Book, Package, Table, TableColumn
from xlframework.sheets.package.xml import (
    X14,
    XM,
    Element,
    edited,
    insert_in_order,
    main,
    whole_number,
)

_COLUMN_ORDER = ("calculatedColumnFormula", "totalsRowFormula", "xmlColumnPr", "extLst")
_RULES = (main("conditionalFormatting"), main("dataValidation"))
_NEW_RULES = (f"{{{X14}}}conditionalFormatting", f"{{{X14}}}dataValidation")
_SQREF = f"{{{XM}}}sqref"


def reshape_table(
    package: Package, book: Book, table: Table, area: Area, columns: Sequence[TableColumn]
) -> Package:
    """Give a table a new range and new columns.

    The filter follows; what is known of a column that stays (its formats, its totals,
    its filter) stays with it. Where the last row of data moves down, conditional
    formats and data validations that reach the old last row reach down to the new one.
    The header cells themselves are the caller's to write.

    Args:
        package: the workbook.
        book: the same, as read.
        table: the table as it is.
        area: header, data and totals row together, as they are to be.
        columns: the headers as they are to be, as many as the area is wide.

    Raises:
        ValueError: if there are more or fewer columns than the area is wide.
        UnsafeFileError: if the workbook carries a digital signature.
        UnreadableFileError: if a part is damaged.
    """
    refuse_signed(package)
    if len(columns) != area.last_column - area.first_column + 1:
        raise ValueError(f"table {table.name}: {len(columns)} columns do not fit {area}")
    try:
        reshaped = edited(package, table.part, lambda root: _reshape(root, table, area, columns))
        sheet = book.sheet(table.sheet)
        old_last, new_last = table.data.last_row, area.last_row - table.totals_rows
        if sheet is None or new_last <= old_last:
            return reshaped
        return edited_above(
            reshaped, sheet.part, 0, lambda root: _extend_rules(root, table.data, new_last)
        )
    except ValueError as error:
        raise damaged(
            package.file, f"table {table.name} on sheet {table.sheet}: {error}"
        ) from error


def _reshape(root: Element, table: Table, area: Area, columns: Sequence[TableColumn]) -> None:
    names = [column.name.casefold() for column in columns]
    before = [decode(column.get("name", "")).casefold() for column in table_columns(root)]
    root.set("ref", str(area))
    _reshape_filter(root, area._replace(last_row=area.last_row - table.totals_rows), before, names)
    data = area._replace(first_row=area.first_row + table.header_rows)
    for sort in root.findall(f".//{main('sortState')}"):
        _drop_unfit_sort(sort, data, same_columns=before == names[: len(before)])
    _reshape_columns(root, columns)


def _reshape_filter(root: Element, area: Area, before: Sequence[str], names: Sequence[str]) -> None:
    """Let the filter follow its table; criteria go where their column goes."""
    holder = root.find(main("autoFilter"))
    if holder is None:
        return
    holder.set("ref", str(area))
    for criteria in holder.findall(main("filterColumn")):
        old = whole_number(criteria, "colId")
        name = before[old] if 0 <= old < len(before) else None
        if name in names:
            criteria.set("colId", str(names.index(name)))
        else:
            holder.remove(criteria)


def _drop_unfit_sort(sort: Element, data: Area, *, same_columns: bool) -> None:
    """Forget how the table was last sorted, where that no longer describes it."""
    references = [sort, *sort.iterchildren(main("sortCondition"))]
    fits = all(inside(area_of(one.get("ref", "")), data) for one in references)
    parent = sort.getparent()
    if parent is not None and not (fits and same_columns):
        parent.remove(sort)


def _reshape_columns(root: Element, columns: Sequence[TableColumn]) -> None:
    holder = root.find(main("tableColumns"))
    if holder is None:
        raise ValueError("it does not list its columns")
    old = {decode(one.get("name", "")).casefold(): one for one in table_columns(root)}
    free_id = max((whole_number(one, "id") for one in old.values()), default=0) + 1
    for one in list(holder):
        holder.remove(one)
    for column in columns:
        kept = old.pop(column.name.casefold(), None)
        if kept is None:
            kept = etree.Element(main("tableColumn"), {"id": str(free_id)})
            free_id += 1
        if decode(kept.get("name", "")) != column.name:
            kept.set("name", encode_header(column.name))
        set_column_formula(kept, column.formula)
        holder.append(kept)
    holder.set("count", str(len(columns)))


def set_column_formula(column: Element, formula: str | None) -> None:
    """Set the formula that Excel fills into a column's new rows; None keeps what is there."""
    if formula is None:
        return
    holder = column.find(main("calculatedColumnFormula"))
    if holder is None:
        holder = etree.Element(main("calculatedColumnFormula"))
        insert_in_order(column, holder, _COLUMN_ORDER)
    if holder.text != formula:
        holder.attrib.pop("array", None)
        holder.text = formula


def _extend_rules(root: Element, data: Area, new_last: int) -> None:
    for rule in root.iter(*_RULES):
        text = rule.get("sqref")
        if text is not None:
            rule.set("sqref", extended(text, data, new_last))
    for rule in root.iter(*_NEW_RULES):
        for holder in rule.iterchildren(_SQREF):
            holder.text = extended(holder.text or "", data, new_last)


def extended(text: str, data: Area, new_last: int) -> str:
    """Take a rule's cells down with a table that grows, where they reach its last row.

    Args:
        text: the cells, as `B3:F12 H3`.
        data: the rows of the table as they were.
        new_last: its last row as it is to be.
    """
    changed = rewrite(text, lambda area: _extend(area, data, new_last))
    # Rewriting would tidy the spaces of a list that nothing else is done to.
    return text if changed.split() == text.split() else changed


def _extend(area: Area, data: Area, new_last: int) -> tuple[Area, ...]:
    """Take a rule's range down to the new last row, within the table's columns only."""
    last_row = data._replace(first_row=data.last_row)
    covered = common(area, last_row)
    if covered is None or area.last_row >= new_last:
        return (area,)
    if covered.first_column == area.first_column and covered.last_column == area.last_column:
        return (area._replace(last_row=new_last),)
    below = covered._replace(first_row=max(area.last_row, data.last_row) + 1, last_row=new_last)
    return (area, below)
