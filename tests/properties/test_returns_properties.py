"""However a return is changed, by hand or by accident, `validate` gives a result and no more."""

import tempfile
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from builders import ROOT
from loss.surgery import packed
from returns_forms import (
    BLABY,
    FREEVA,
    MONITORING,
    PLAN,
    against,
    layout,
    monitoring,
    package_of,
    plan,
    typed,
)
from sheets.returns.marking import looks
from xlframework.commands.check_return import read_known
from xlframework.commands.examine import Desk, examine_all
from xlframework.commands.report_html import report_html
from xlframework.commands.validate_text import batch_text
from xlframework.ground.place import cell_name
from xlframework.rules.returns.summary import summarise
from xlframework.sheets.package.container import read_package
from xlframework.sheets.package.read import read_book
from xlframework.sheets.returns.report_book import report_book

STATUSES = {"accepted", "accepted with warnings", "rejected", "unreadable"}
SENT = {"plan": plan(), "monitoring": monitoring()}
PLACES = {"plan": layout(PLAN, BLABY), "monitoring": layout(MONITORING, FREEVA)}
PARTS = {name: dict(package_of(data).parts) for name, data in SENT.items()}

FORMS = st.sampled_from(sorted(SENT))
NASTY = st.sampled_from(
    [
        *(
            "",
            " ",
            "0",
            "-1",
            "£1,200",
            "1.2k",
            "TBC",
            "1,200.00\u00a0",
            "=1+1",
            "@SUM(A1)",
            "+",
            "#REF!",
        ),
        *(
            "<script>",
            "]]>",
            "&amp;",
            "\u202e\u0000",
            "x" * 40_000,
            "1e999",
            "99999999999999999999",
        ),
        *("A1:XFD1048576", "'Return'!$B$7", "2024/25", "31/02/2024", "\ud83d\ude00", "_x000D_"),
    ]
)
VALUES = st.one_of(
    NASTY,
    st.none(),
    st.text(max_size=30),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
)

often = settings(
    max_examples=25,
    deadline=timedelta(seconds=20),
    suppress_health_check=[HealthCheck.too_slow],
)


@cache
def desk() -> Desk:
    return Desk(read_known(ROOT / "templates", against()), looks())


def assert_judged(data: bytes) -> None:
    """Check a file, mark it and report it: there is a result, and whatever is made can be read."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "return.xlsx"
        path.write_bytes(data)
        (examined,) = examine_all([path], desk())
        assert path.read_bytes() == data
        assert [each.name for each in Path(name).iterdir()] == ["return.xlsx"]
    checked = examined.checked
    assert checked.status in STATUSES
    # What nobody has foreseen is caught, and is a fault of ours all the same.
    said = [*(finding.message for finding in checked.findings), examined.unmarked or ""]
    assert not any("nobody has foreseen" in each for each in said), said
    if examined.marked is not None:
        book = read_book(read_package(examined.marked, "return.checked.xlsx"))
        assert any(sheet.name.startswith("Findings") for sheet in book.sheets)
    known = desk().known
    summary = summarise([checked], known.forms, known.catalogue, known.against, [checked.file])
    assert read_book(report_book(summary, looks())).sheets
    assert "</html>" in report_html(summary)
    assert checked.file in batch_text([checked], summary)


@given(
    FORMS, st.dictionaries(st.tuples(st.integers(1, 60), st.integers(1, 16)), VALUES, max_size=12)
)
@often
def test_whatever_is_typed_into_cells(form: str, cells: Mapping[tuple[int, int], object]) -> None:
    assert_judged(typed(SENT[form], {cell_name(*at): value for at, value in cells.items()}))  # type: ignore[misc]


@given(FORMS, st.data())
@often
def test_whatever_is_typed_into_the_forms_own_cells(form: str, data: st.DataObject) -> None:
    places = PLACES[form]
    inside = [
        (row, column) for row in places.rows for column in range(1, places.table.last_column + 1)
    ]
    cells = data.draw(
        st.dictionaries(st.sampled_from([*places.fields.values(), *inside]), VALUES, max_size=8)
    )
    assert_judged(typed(SENT[form], {cell_name(*at): value for at, value in cells.items()}))


@given(FORMS, st.integers(0, 2**32), st.integers(1, 4), NASTY)
@often
def test_whatever_becomes_of_its_xml(form: str, seed: int, cuts: int, words: str) -> None:
    assert_judged(packed(cut(PARTS[form], Random(seed), cuts, words)))  # noqa: S311 - a repeatable choice


def cut(parts: Mapping[str, bytes], chance: Random, cuts: int, words: str) -> dict[str, bytes]:
    """Take elements out, double or empty them, or write other words into them."""
    changed = dict(parts)
    for _ in range(cuts):
        name = chance.choice(sorted(changed))
        try:
            root = etree.fromstring(changed[name])
        except etree.XMLSyntaxError:
            continue
        element = chance.choice(list(root.iter("*")))
        parent = element.getparent()
        kind = chance.randrange(6)
        if kind == 0 and parent is not None:
            parent.remove(element)
        elif kind == 1 and parent is not None:
            parent.append(etree.fromstring(etree.tostring(element)))
        elif kind == 2 and element.attrib:
            del element.attrib[chance.choice(sorted(element.attrib))]
        elif kind == 3 and element.attrib:
            element.set(chance.choice(sorted(element.attrib)), legal(words))
        elif kind == 4:
            element.text = legal(words)
        else:
            element.clear()
        changed[name] = etree.tostring(root)
        if chance.randrange(20) == 0:
            del changed[name]
    return changed


def legal(words: str) -> str:
    return "".join(letter for letter in words if letter.isprintable())


@given(FORMS, st.integers(0, 2**32), st.integers(1, 6))
@example("monitoring", 145945, 1)
@often
def test_whatever_becomes_of_its_bytes(form: str, seed: int, slips: int) -> None:
    chance = Random(seed)  # noqa: S311 - a repeatable choice
    data = bytearray(SENT[form])
    for _ in range(slips):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
    assert_judged(bytes(data))


@given(FORMS, st.integers(0, 2**32))
@often
def test_whatever_becomes_of_the_bytes_of_a_part(form: str, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - a repeatable choice
    parts = dict(PARTS[form])
    name = chance.choice(sorted(parts))
    data = bytearray(parts[name])
    at = chance.randrange(max(1, len(data)))
    data[at : at + chance.randrange(40)] = chance.randbytes(chance.randrange(40))
    assert_judged(packed({**parts, name: bytes(data)}))


@given(st.binary(max_size=300))
@example(b"PK\x03\x04")
@often
def test_whatever_the_file_is(data: bytes) -> None:
    assert_judged(data)
