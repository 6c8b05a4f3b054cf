"""Rules about the file of a return as a whole."""

from collections.abc import Iterator, Sequence

from xlframework.ground.folding import folded
from xlframework.ground.place import Area
from xlframework.model.returns import Entry
from xlframework.rules.returns.case import Case
from xlframework.rules.returns.fault import Fault, fault_at, spans
from xlframework.rules.returns.wording import brief

# Of more places than this only the first are named.
_MOST_NAMED = 20


def form_version(case: Case) -> Iterator[Fault]:
    """Rule `return-form-version`: the form is the one that is taken now."""
    form, version = case.form, case.field("version")
    stated = case.field("form")
    if stated is not None and folded(stated.text) != folded(form.name):
        says = f"says {brief(stated.text)!r}" if not stated.is_blank else "is blank"
        message = f"the hidden cell that names the form {says}, but this is {form.title!r}"
        yield fault_at(stated, message, expected=form.name, found=brief(stated.text) or None)
    if version is None or case.given.version == form.version:
        return
    which = "an earlier" if case.given.version in form.earlier else "an unknown"
    yield fault_at(
        version,
        f"this is {which} version of the form {form.title!r}, which may ask for other figures",
        expected=form.version,
        found=brief(case.given.version) or None,
    )


def macros(case: Case) -> Iterator[Fault]:
    """Rule `return-macros`: the file holds no macros."""
    if case.given.structure.macros:
        yield Fault("the workbook holds macros, which the form does not have; they were not run")


def links(case: Case) -> Iterator[Fault]:
    """Rule `return-links`: no figure comes from another workbook."""
    others = case.given.structure.links
    if others:
        named = ", ".join(brief(other) for other in others[:3])
        yield Fault(
            f"the workbook takes figures from another file ({named}), which nobody here can check",
            found=named,
        )


def hidden(case: Case) -> Iterator[Fault]:
    """Rule `return-hidden`: nothing is hidden that the form does not hide."""
    built = case.given.structure
    for sheet in built.hidden_sheets:
        yield Fault(f"the sheet {sheet} is hidden", sheet)
    area = built.area
    rows = [
        area._replace(first_row=first, last_row=last) for first, last in spans(built.hidden_rows)
    ]
    columns = [
        area._replace(first_column=first, last_column=last)
        for first, last in spans(built.hidden_columns)
    ]
    yield from _hidden(case, rows, len(built.hidden_rows), "row")
    yield from _hidden(case, columns, len(built.hidden_columns), "column")


def _hidden(case: Case, areas: Sequence[Area], count: int, what: str) -> Iterator[Fault]:
    if areas:
        said = f"a {what} is hidden" if count == 1 else f"{count} {what}s are hidden"
        cells = ",".join(str(area) for area in areas[:_MOST_NAMED])
        message = f"{said}, though what stands there counts"
        yield Fault(message, case.given.structure.sheet, cells=cells)


def is_untouched(case: Case) -> bool:
    """Tell whether the partner has filled in nothing of the table."""
    return all(entry.is_blank for _, spec, entry in case.cells() if spec.is_input)


def empty(case: Case) -> Iterator[Fault]:
    """Rule `return-empty`: something of the table is filled in."""
    if not is_untouched(case):
        return
    message = f"nothing is filled in under the headers of the table {case.form.table.name}"
    first = _first_input(case)
    yield Fault(message, case.given.structure.sheet) if first is None else fault_at(first, message)


def _first_input(case: Case) -> Entry | None:
    entries = case.given.rows[0].entries if case.given.rows else {}
    inputs = (entries.get(spec.header) for spec in case.form.table.column if spec.is_input)
    return next((entry for entry in inputs if entry is not None), None)


def not_compared(case: Case) -> Iterator[Fault]:
    """Rule `return-not-compared`: it was compared with a commissioning workbook."""
    if case.against is None:
        yield Fault(
            "the return was not compared with a commissioning workbook, so its organisation, area, "
            "year, award and budgets are taken as they stand"
        )
