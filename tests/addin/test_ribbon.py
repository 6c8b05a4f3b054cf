"""What Office would refuse in a ribbon, one slip at a time."""

from collections.abc import Callable

import pytest
from lxml import etree

from addin.making import TEXTS
from xlframework.addin.check import button_problems
from xlframework.addin.ribbon import NAMESPACE, read_ribbon, ribbon_problems
from xlframework.ground.errors import UnreadableFileError
from xlframework.sheets.package.xml import Element

TEXT = (TEXTS / "customUI14.xml").read_bytes()


def ribbon() -> Element:
    return read_ribbon(TEXT, "a.xlam")


def named(root: Element, name: str) -> Element:
    return next(each for each in root.iter() if each.get("id") == name)


def setting(name: str, attribute: str, value: str) -> Callable[[Element], None]:
    def change(root: Element) -> None:
        named(root, name).set(attribute, value)

    return change


def dropping(name: str, attribute: str) -> Callable[[Element], None]:
    def change(root: Element) -> None:
        del named(root, name).attrib[attribute]

    return change


def adding(parent: str, tag: str) -> Callable[[Element], None]:
    def change(root: Element) -> None:
        etree.SubElement(named(root, parent), f"{{{NAMESPACE}}}{tag}", {"id": "XlfMore"})

    return change


SLIPS: list[tuple[str, Callable[[Element], None], str]] = [
    ("long label", setting("XlfRefresh", "label", "x" * 1025), "label has 1025 characters"),
    ("long screen tip", setting("XlfRefresh", "screentip", "x" * 1025), "screentip has 1025"),
    ("long super tip", setting("XlfRefresh", "supertip", "x" * 1025), "supertip has 1025"),
    ("long key tip", setting("XlfRefresh", "keytip", "ABCD"), "keytip has 4 characters"),
    ("odd key tip", setting("XlfRefresh", "keytip", "ä"), "not made of letters and digits"),
    ("same key tip", setting("XlfRefresh", "keytip", "p"), "the key tips P and P clash"),
    ("hidden key tip", setting("XlfRefresh", "keytip", "PX"), "the key tips PX and P clash"),
    ("same id", setting("XlfRefresh", "id", "XlfPreview"), "the id stands 2 times"),
    ("odd id", setting("XlfRefresh", "id", "1 Refresh"), "an id is a letter followed by"),
    ("odd size", setting("XlfRefresh", "size", "huge"), "size is normal or large, not huge"),
    ("switched off", setting("XlfRefresh", "getEnabled", "F"), "takes no attribute getEnabled"),
    ("unknown attribute", setting("XlfBudget", "colour", "red"), "takes no attribute colour"),
    ("no icon", dropping("XlfRefresh", "imageMso"), "imageMso is missing or empty"),
    ("no screen tip", dropping("XlfRefresh", "screentip"), "screentip is missing or empty"),
    ("no super tip", dropping("XlfRefresh", "supertip"), "supertip is missing or empty"),
    ("no key tip", dropping("XlfRefresh", "keytip"), "keytip is missing or empty"),
    ("no label", setting("XlfBudget", "label", " "), "label is missing or empty"),
    ("no callback", dropping("XlfRefresh", "onAction"), "onAction is missing or empty"),
    ("foreign element", adding("XlfBudget", "gallery"), "an element gallery has no place"),
    ("misplaced element", adding("XlfRefresh", "button"), "a button may not stand in a button"),
]


@pytest.mark.parametrize(
    ("change", "said"), [slip[1:] for slip in SLIPS], ids=[s[0] for s in SLIPS]
)
def test_each_slip_is_named(change: Callable[[Element], None], said: str) -> None:
    root = ribbon()
    assert list(ribbon_problems(root)) == []
    change(root)
    problems = list(ribbon_problems(root))
    assert any(said in problem for problem in problems), problems


def test_a_ribbon_of_office_2007_is_named() -> None:
    old = TEXT.replace(b"2009/07/customui", b"2006/01/customui")
    (problem,) = ribbon_problems(read_ribbon(old, "a.xlam"))
    assert "not of the kind that Excel 2010" in problem


def test_a_ribbon_that_is_no_xml_cannot_be_read() -> None:
    with pytest.raises(UnreadableFileError, match="not well-formed"):
        read_ribbon(TEXT[:-20], "a.xlam")


DIFFERENCES: list[tuple[str, Callable[[Element], None], str]] = [
    ("label", setting("XlfRefresh", "label", "Renew"), "label is 'Renew' in the ribbon"),
    ("icon", setting("XlfRefresh", "imageMso", "HappyFace"), "imageMso is 'HappyFace'"),
    ("callback", setting("XlfRefresh", "onAction", "XlfPreview"), "onAction is 'XlfPreview'"),
    ("group", setting("XlfBudget", "label", "Money"), "group is 'Money' in the ribbon"),
    ("tab", setting("XlfCommissioning", "label", "Money"), "has the tabs Money, not Commissioning"),
    ("more", adding("XlfBudget", "button"), "a button XlfMore that the registry lacks"),
    (
        "less",
        lambda root: named(root, "XlfBudget").remove(named(root, "XlfRefresh")),
        "lacks the button XlfRefresh (Refresh)",
    ),
    (
        "order",
        lambda root: named(root, "XlfBudget").append(named(root, "XlfRefresh")),
        "in another order",
    ),
]


@pytest.mark.parametrize(
    ("change", "said"), [each[1:] for each in DIFFERENCES], ids=[each[0] for each in DIFFERENCES]
)
def test_each_difference_from_the_registry_is_named(
    change: Callable[[Element], None], said: str
) -> None:
    root = ribbon()
    assert list(button_problems(root)) == []
    change(root)
    problems = list(button_problems(root))
    assert any(said in problem for problem in problems), problems
