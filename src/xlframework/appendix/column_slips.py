"""Finds columns of a layout that are well-formed but cannot be printed, and names their keys."""

from collections.abc import Iterator, Mapping

from xlframework.appendix.layout import Column, Layout, RowSource
from xlframework.sheets.snapshot import amount_column

# Excel opens no table with a longer header, and no sheet with a wider column.
_LONGEST_HEADER = 255
_WIDEST = 255

# What each source of rows can print.
_SAYS: Mapping[RowSource, frozenset[str]] = {
    "lines": frozenset({"field", "fields", "printed", "amount", "compute"}),
    "years": frozenset({"printed", "year", "compute"}),
    "sections": frozenset({"field", "fields", "printed", "amount", "compute"}),
    "areas": frozenset({"field", "fields", "printed", "compute"}),
    "forward plan": frozenset({"field", "fields", "printed"}),
}
_SECTION_FIELDS = frozenset({"section", "block"})
_USUAL = Column(header="", field="")


def column_slips(layout: Layout) -> Iterator[str]:
    """Find what no column can say, and name the key."""
    if not layout.column:
        yield "key column: a table needs at least one column"
    headers = [header.casefold() for header in layout.headers]
    for number, column in enumerate(layout.column, start=1):
        at = f"key column {number}"
        yield from (f"{at}{slip}" for slip in _source_slips(layout, column))
        if headers.index(column.header.casefold()) != number - 1:
            yield f"{at}.header: {column.header!r} stands twice"
        yield from (f"{at}{slip}" for slip in _shape_slips(layout, column))
        if column.amount is not None and str(amount_column(column.amount)) != column.amount:
            yield f"{at}.amount: {column.amount!r} is not such as 2024/25 Budget"
        if column.kind == "amount" and column.places == 1:
            yield f"{at}.decimals: amounts print with 0 or 2 decimals"
        yield from (f"{at}{slip}" for slip in _idle_keys(column))
        if column.compute is not None:
            yield from (f"{at}{slip}" for slip in _compute_slips(layout, column))
        elif column.of is not None or column.since is not None:
            yield f'{at}.of: only a column with compute = "difference" or "percent increase" has it'


def _source_slips(layout: Layout, column: Column) -> Iterator[str]:
    """Find a column that does not say, or says twice, what stands in it."""
    says = {
        "field": column.field is not None,
        "fields": bool(column.fields),
        "printed": column.printed,
        "amount": column.amount is not None,
        "year": column.year is not None,
        "compute": column.compute is not None,
    }
    said = [key for key, is_said in says.items() if is_said]
    may = [key for key in says if key in _SAYS[layout.rows]]
    if len(said) != 1 or said[0] not in may:
        choice = f"{', '.join(may[:-1])} or {may[-1]}"
        yield f': give exactly one of {choice}, which is what rows = "{layout.rows}" can print'
    if column.fields and (len(column.fields) < 2 or not all(column.fields)):  # noqa: PLR2004
        yield ".fields: name two columns or more"
    if layout.rows == "sections":
        for field in column.sources:
            if field.casefold() not in _SECTION_FIELDS:
                yield f": {field!r} is neither Section nor Block, and a section has no other words"


def _shape_slips(layout: Layout, column: Column) -> Iterator[str]:
    """Find a header or a width that the sheet cannot have."""
    if not column.header.strip():
        yield ".header: it is blank"
    if len(column.header) > _LONGEST_HEADER:
        yield f".header: it is longer than {_LONGEST_HEADER} characters"
    if column.header.casefold() == "order" and layout.rows == "lines":
        yield f".header: in Printed, {column.header!r} stands for the order of a line"
    if not 0 < column.width <= _WIDEST:
        yield f".width: a column is wider than 0 and at most {_WIDEST} characters wide"


def _idle_keys(column: Column) -> Iterator[str]:
    """Find keys that change nothing in a column of this kind."""
    is_words = column.kind == "words"
    idle = {
        "words": column.words is not None and (column.printed or not is_words),
        "join": column.join != _USUAL.join and not column.fields,
        "decimals": column.decimals is not None and is_words,
        "blank": column.blank != _USUAL.blank and is_words,
        "zero": column.zero is not None and is_words,
    }
    belongs = {
        "words": "a column with field, fields or year",
        "join": "a column with fields",
    }
    for key, is_idle in idle.items():
        if is_idle:
            yield f".{key}: it needs {belongs.get(key, 'a column of amounts or percentages')}"


def _compute_slips(layout: Layout, column: Column) -> Iterator[str]:
    needs: Mapping[str, RowSource] = {"total": "years", "award": "areas"}
    row_source = needs.get(column.compute or "")
    if row_source is not None:
        if layout.rows != row_source:
            yield f'.compute: {column.compute!r} needs rows = "{row_source}"'
        if column.of is not None or column.since is not None:
            yield f".of: {column.compute!r} is not measured from another column"
        return
    if column.of is None:
        yield f".of: it is missing; name the column that the {column.compute} is of"
    if column.since is None and layout.rows != "years":
        yield '.from: it is missing; only with rows = "years" is the row above measured from'
    measured = {
        each.header: each.amount is not None or each.compute in needs for each in layout.column
    }
    for key, header in (("of", column.of), ("from", column.since)):
        if header is not None and not measured.get(header, False):
            yield f".{key}: there is no column of amounts {header!r} to measure"
