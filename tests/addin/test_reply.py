"""A reply reaches VBA sign by sign, and fits a message box."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlframework.addin import reply as module
from xlframework.addin.places import places
from xlframework.addin.reply import LONGEST, Reply, reply_bytes, reply_file, send, shortened
from xlframework.ground.errors import MisuseError


def not_wanted(_reply: Reply) -> None:
    raise AssertionError


def test_a_reply_is_its_icon_then_its_text_in_utf_16() -> None:
    data = reply_bytes(Reply("information", "£639,675\n½ done"))
    assert data.decode("utf-16-le") == "information\r\n£639,675\r\n½ done"
    assert not data.startswith(b"\xff\xfe")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=3000))
def test_any_text_fits_a_message_box(text: str) -> None:
    icon, _, shown = reply_bytes(Reply("critical", text)).decode("utf-16-le").partition("\r\n")
    assert icon == "critical"
    assert len(shown) <= LONGEST
    assert shown.count("\r\n") < 30


@given(st.lists(st.text("abc ", min_size=1, max_size=60), min_size=1, max_size=80))
def test_a_text_is_cut_at_the_end_of_a_line_and_says_so(lines: list[str]) -> None:
    text = "\n".join(lines)
    shown = shortened(text, "The rest is in Checks.")
    if shown != text:
        kept, _, tail = shown.partition("\n...\n")
        assert tail == "The rest is in Checks."
        assert [line.rstrip() for line in kept.split("\n")] == [
            line.rstrip() for line in lines[: kept.count("\n") + 1]
        ]


def test_one_very_long_line_is_cut_too() -> None:
    shown = shortened("x" * 5000, "More below.")
    assert shown.endswith("x\n...\nMore below.")
    assert len(shown) < LONGEST


def test_on_windows_a_reply_lies_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"TEMP": str(tmp_path)}
    monkeypatch.setattr(module, "places", lambda: places("windows", tmp_path, known))
    send(Reply("silent"), "0A-1", not_wanted)
    (file,) = tmp_path.iterdir()
    assert file.name == "xlframework-0A-1.txt"
    assert file.read_bytes().decode("utf-16-le") == "silent\r\n"


def test_on_a_mac_python_shows_the_reply(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        module, "places", lambda: places("mac", tmp_path, {"TMPDIR": str(tmp_path)})
    )
    shown: list[Reply] = []
    send(Reply("information", "Done."), "0A-1", shown.append)
    send(Reply("silent"), "0A-1", shown.append)
    assert shown == [Reply("information", "Done.")]
    assert list(tmp_path.iterdir()) == []


def test_by_hand_a_reply_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    send(Reply("information", "Done."), "", not_wanted)
    assert capsys.readouterr().out == "Done.\n"


@pytest.mark.parametrize("token", ["../x", "a b", "x" * 65, "a/b", "a\\b", "é"])
def test_a_token_is_no_path(token: str) -> None:
    with pytest.raises(MisuseError, match="no token of the add-in"):
        reply_file(token)
