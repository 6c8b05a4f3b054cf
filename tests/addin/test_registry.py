"""Registry, ribbon, VBA and desktop name the same buttons, with words that Office can show."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from addin.making import TEXTS
from xlframework.addin.desktop import COMMANDS
from xlframework.addin.ribbon import buttons, read_ribbon, ribbon_problems, tab_labels
from xlframework.commands.registry import BUTTONS, TAB, Button, groups

RIBBON = read_ribbon((TEXTS / "customUI14.xml").read_bytes(), "customUI14.xml")
CALLBACK = re.compile(
    r"^Public Sub (\w+)\(control As IRibbonControl\)\n"
    r"    ShowReply Press\(control, \"([a-z-]+)\"\)\n"
    r"End Sub$",
    re.MULTILINE,
)


def test_the_ribbon_has_the_buttons_of_the_registry_in_its_order() -> None:
    shown = [(each.group, dict(each.attributes)) for each in buttons(RIBBON)]
    wanted = [
        (
            each.group,
            {
                "id": each.id,
                "label": each.label,
                "imageMso": each.image,
                "keytip": each.keytip,
                "onAction": each.id,
                "screentip": each.screentip,
                "supertip": each.supertip,
            },
        )
        for each in BUTTONS
    ]
    assert [(group, {**said, "size": ""}) for group, said in shown] == [
        (group, {**said, "size": ""}) for group, said in wanted
    ]
    assert tab_labels(RIBBON) == (TAB,) == ("Commissioning",)
    assert list(ribbon_problems(RIBBON)) == []


def test_the_groups_and_buttons_are_those_that_were_asked_for() -> None:
    labels = {group: [b.label for b in BUTTONS if b.group == group] for group in groups()}
    assert labels == {
        "Budget": ["Refresh", "Preview changes", "Reconcile"],
        "Allocation": ["Split the fund", "Scenarios"],
        "Appendices": ["Regenerate", "Publish..."],
        "Returns": ["Issue forms", "Check returns..."],
        "Help": ["About", "Open the guide"],
    }


def test_every_callback_is_three_lines_and_hands_its_own_command_on() -> None:
    text = (TEXTS / "XlfButtons.bas").read_text(encoding="ascii")
    assert CALLBACK.findall(text) == [(each.id, each.command) for each in BUTTONS]
    assert len(re.findall(r"^(?:Public |Private )?(?:Sub|Function) ", text, re.MULTILINE)) == 11


def test_the_desktop_runs_every_command_and_no_other() -> None:
    assert set(COMMANDS) == {each.command for each in BUTTONS}


@pytest.mark.parametrize("button", BUTTONS, ids=lambda each: each.command)
def test_the_words_fit_and_say_something(button: Button) -> None:
    for text in (button.label, button.screentip, button.supertip):
        assert 0 < len(text) <= 1024
        assert text == " ".join(text.split())
        assert text.isascii()
    assert button.supertip.endswith(".")
    assert not button.screentip.endswith(".")
    assert button.supertip != button.screentip
    assert re.fullmatch(r"[A-Z0-9]{1,3}", button.keytip)


def test_commands_ids_and_key_tips_are_unique() -> None:
    for values in (
        [each.command for each in BUTTONS],
        [each.id.casefold() for each in BUTTONS],
        [each.keytip for each in BUTTONS],
        [each.label for each in BUTTONS],
    ):
        assert Counter(values).most_common(1)[0][1] == 1


def test_every_icon_is_in_microsofts_lists_of_every_excel_since_2013() -> None:
    with (Path(__file__).parent / "office_icons.csv").open(encoding="utf-8", newline="") as file:
        rows = {row.pop("Name"): row for row in csv.DictReader(file)}
    assert set(rows) == {each.image for each in BUTTONS}
    for row in rows.values():
        assert row.pop("Control") in {"button", "gallery", "menu", "toggleButton"}
        assert set(row.values()) == {"yes"}


def test_the_id_of_a_button_comes_from_its_command() -> None:
    named = {button.command: button for button in BUTTONS}
    assert named["check-returns"].id == "XlfCheckReturns"
    assert "check_returns" not in named


def test_the_guide_names_every_button_under_its_group() -> None:
    guide = (TEXTS.parents[1] / "docs" / "guide.html").read_text(encoding="utf-8")
    found = re.findall(r"<h2>([^<]+)</h2>|<dt>([^<]+)</dt>", guide)
    named: dict[str, list[str]] = {}
    group = ""
    for heading, label in found:
        group = heading or group
        if label:
            named.setdefault(group, []).append(label)
    assert named == {each: [b.label for b in BUTTONS if b.group == each] for each in groups()}


def test_the_checklist_presses_every_button() -> None:
    page = (TEXTS.parents[1] / "docs" / "excel-checklist.md").read_text(encoding="utf-8")
    for button in BUTTONS:
        assert f"\n| {button.label} |" in page
