"""Formula files: what they may say, exactly read, and each fault by file and key."""

from fractions import Fraction
from pathlib import Path

import pytest

from builders import ROOT
from xlframework.ground.errors import AllocationError, DeclarationError
from xlframework.model.formula import Formula, Quantity
from xlframework.model.formula_file import read_formula

ALLOCATION = ROOT / "templates" / "allocation"
SMALLEST = 'pot = "10.00"\n[[indicator]]\nname = "Crime"\n'


def read(folder: Path, text: str) -> Formula:
    path = folder / "split.toml"
    path.write_text(text, encoding="utf-8")
    return read_formula(path)


def with_key(said: str) -> str:
    return f"{said}\n{SMALLEST}"


def test_pot_and_one_indicator_are_enough(tmp_path: Path) -> None:
    formula = read(tmp_path, SMALLEST)
    (indicator,) = formula.indicators
    assert [indicator.name, indicator.basis, indicator.weight] == ["Crime", "count", 1]
    assert (formula.pot, formula.unit, formula.combine) == (1000, 100, "sum")
    unused = (formula.top_slice, formula.floor, formula.ceiling, formula.damping, formula.phase)
    assert set(unused) == {None}


def test_an_empty_key_is_a_key_left_out(tmp_path: Path) -> None:
    keys = ("name", "source", "unit", "combine", "top_slice", "base_amount", "floor", "ceiling")
    empty = "".join(f'{key} = ""\n' for key in (*keys, "damping", "phase"))
    blank = 'basis = ""\nweight = ""\nper_head = false\n'
    first, second = read(tmp_path, empty + SMALLEST + blank), read(tmp_path, SMALLEST)
    assert first == second


def test_every_key_is_read_exactly(tmp_path: Path) -> None:
    formula = read(
        tmp_path,
        'name = "N"\nsource = "S"\npot = "1,000.50"\nunit = "0.01"\ncombine = "product"\n'
        'top_slice = "20%"\nbase_amount = "1.25"\nfloor = "95% of previous"\nceiling = "£5000"\n'
        '[[indicator]]\nname = "A"\nbasis = "rate"\nweight = "2"\n'
        '[[indicator]]\nname = "B"\nper_head = true\n',
    )
    assert (formula.name, formula.source, formula.pot, formula.unit) == ("N", "S", 100050, 1)
    assert formula.top_slice == Quantity(Fraction(1, 5), "per cent")
    assert formula.base_amount == 125
    assert formula.floor == Quantity(Fraction(19, 20), "per cent of previous")
    assert formula.ceiling == Quantity(Fraction(500000), "pounds")
    assert [each.weight for each in formula.indicators] == [2, 1]
    assert [each.per_head for each in formula.indicators] == [False, True]


@pytest.mark.parametrize(
    ("key", "text", "number"),
    [
        ("damping", "0%", Fraction(0)),
        ("damping", "-10%", Fraction(-1, 10)),
        ("phase", "25%", Fraction(1, 4)),
        ("phase", "33.5 %", Fraction(67, 200)),
    ],
)
def test_percentages(tmp_path: Path, key: str, text: str, number: Fraction) -> None:
    assert getattr(read(tmp_path, with_key(f'{key} = "{text}"')), key) == number


@pytest.mark.parametrize(
    ("text", "weight"),
    [('"0.40"', "2/5"), ('"1/3"', "1/3"), ("0.1", "1/10"), ("1", "1"), ('"40%"', "2/5")],
)
def test_weights(tmp_path: Path, text: str, weight: str) -> None:
    (indicator,) = read(tmp_path, f"{SMALLEST}weight = {text}\n").indicators
    assert indicator.weight == Fraction(weight)


def test_amounts_may_be_typed_without_quotes(tmp_path: Path) -> None:
    assert read(tmp_path, 'pot = 639675.10\n[[indicator]]\nname = "Crime"\n').pot == 63967510


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('floot = "1"', "key floot is not known"),
        ('unit = "a pound"', "key unit: 'a pound' is not an amount"),
        ('base_amount = "1.005"', "key base_amount: 1.005 has a fraction of a penny"),
        ('top_slice = "lots"', "key top_slice: 'lots' is not an amount"),
        ('top_slice = "x%"', "key top_slice: 'x' is not a number"),
        ('floor = "95%"', "key floor: '95%' does not say of what; write 95% of previous"),
        ('floor = "95 of previous"', "key floor: '95' is not a percentage"),
        ('floor = "of previous"', "key floor: 'of previous' names no percentage"),
        ('ceiling = "TBC"', "key ceiling: 'TBC' is not an amount"),
        ('damping = "0.1"', "key damping: '0.1' is not a percentage; write it as 25%"),
        ('phase = "a quarter"', "key phase: 'a quarter' is not a percentage"),
        ('combine = "mean"', "key combine: 'mean' is none of sum, product"),
        ("unit = true", "key unit: expected"),
        ("unit = inf", "key unit: 'inf' is not an amount"),
    ],
)
def test_a_slip_names_file_and_key(tmp_path: Path, said: str, words: str) -> None:
    with pytest.raises((AllocationError, DeclarationError)) as caught:
        read(tmp_path, with_key(said))
    assert "split.toml" in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[indicator]]\nname = "Crime"\n', "key pot is missing"),
        ('pot = "1"\n', "key indicator is missing"),
        ('pot = ""\n[[indicator]]\nname = "Crime"\n', "key pot: the pot is empty"),
        ('pot = "1"\n[[indicator]]\nweight = "1"\n', "key indicator 1.name is missing"),
        ('pot = "1"\n[[indicator]]\nname = " "\n', "key indicator 1.name: the indicator has no"),
        (SMALLEST + 'wieght = "1"\n', "key indicator 1.wieght is not known"),
        (SMALLEST + 'weight = "a third"\n', "key indicator 1.weight: 'a third' is not a number"),
        (SMALLEST + 'weight = "1/0"\n', "key indicator 1.weight: '1/0' divides by nought"),
        (SMALLEST + 'basis = "counts"\n', "key indicator 1.basis: 'counts' is none of count"),
        (
            SMALLEST + 'weight = "1"\n[[indicator]]\nname = "B"\n',
            "key indicator 2.weight: B has no weight",
        ),
    ],
)
def test_what_is_needed_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises((AllocationError, DeclarationError)) as caught:
        read(tmp_path, text)
    assert words in str(caught.value)


@pytest.mark.parametrize("path", sorted(ALLOCATION.glob("*.toml")), ids=lambda path: path.stem)
def test_every_template_is_read_and_says_its_source(path: Path) -> None:
    formula = read_formula(path)
    assert formula.name
    assert formula.source


def test_the_illustration_never_passes_for_the_commissioners() -> None:
    formula = read_formula(ALLOCATION / "2024-25-illustration.toml")
    assert "illustration, ours" in formula.name
    assert "never published" in formula.source
