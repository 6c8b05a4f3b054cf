"""Declarations: a slip in a text file is an error that names the file and the key."""

from pathlib import Path

import pytest

from xlframework.ground.errors import DeclarationError
from xlframework.model.declarations import Declaration, read_declaration


class Part(Declaration, frozen=True):
    header: str
    width: float = 10
    words: dict[str, str] | None = None


class Whole(Declaration, frozen=True):
    name: str
    column: tuple[Part, ...] = ()
    rule: dict[str, Part] | None = None


def read(folder: Path, text: str | bytes) -> Whole:
    path = folder / "declared.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_declaration(path, Whole)


def test_what_is_declared_is_read(tmp_path: Path) -> None:
    text = 'name = "A"\n[[column]]\nheader = "B"\nwidth = 12\n[rule.a]\nheader = "C"\n'
    read_whole = read(tmp_path, text)
    assert read_whole == Whole(
        name="A", column=(Part(header="B", width=12.0),), rule={"a": Part(header="C")}
    )


def test_a_byte_order_mark_and_windows_line_ends_are_no_slip(tmp_path: Path) -> None:
    assert read(tmp_path, b'\xef\xbb\xbfname = "A"\r\n') == Whole(name="A")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "A"\nnane = "B"', "key nane is not known"),
        ("", "key name is missing"),
        ("name = 1", "key name: expected text in quotes, got a whole number"),
        (
            'name = "A"\n[column]\nheader = "B"',
            "key column: expected a list in square brackets, got a table",
        ),
        (
            'name = "A"\n[[column]]\nheader = "B"\n[[column]]\nheader = "C"\nwith = 1',
            "key column 2.with is not known",
        ),
        ('name = "A"\n[[column]]\nwidth = 1', "key column 1.header is missing"),
        ('name = "A"\n[[column]]\nheader = "B"\nwidth = "wide"', "key column 1.width: expected"),
        (
            'name = "A"\n[rule.a]\nheader = "B"\n[rule.b]\nhead = "C"',
            "key rule.b.head is not known",
        ),
        ('name = "A"\n[rule.a]\nheader = "B"\n[rule.b]', "key rule.b.header is missing"),
        (
            'name = "A"\n[[column]]\nheader = "B"\nwords = { x = "y", Medium = 3 }',
            "key column 1.words.Medium: expected text in quotes",
        ),
    ],
)
def test_the_key_is_named_as_it_stands_in_the_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DeclarationError) as slip:
        read(tmp_path, text)
    assert str(slip.value).startswith(f"{tmp_path / 'declared.toml'}: {said}")
    assert str(slip.value).endswith(".")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"name = ", "is not valid TOML"),
        (b'name = "A"\nname = "B"', "is not valid TOML"),
        ('name = "£"'.encode("cp1252"), "is not UTF-8 text"),
    ],
)
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(DeclarationError, match=said) as slip:
        read(tmp_path, data)
    assert str(tmp_path / "declared.toml") in str(slip.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"absent\.toml cannot be read: No such file"):
        read_declaration(tmp_path / "absent.toml", Whole)


def test_a_declared_record_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Whole(name="A").name = "B"  # type: ignore[misc]
