"""Reads the ribbon's XML: the tab, its groups and its buttons, and what Office would refuse."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from xlframework.addin.source import RIBBON_PART
from xlframework.sheets.package.xml import Element, parse

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"

# What each element of ours may hold, by the schema of Office 2010 and later, less what we do
# not use: no button is ever hidden or switched off, so nothing has a callback but onAction.
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "customUI": frozenset(),
    "ribbon": frozenset(),
    "tabs": frozenset(),
    "tab": frozenset({"id", "label", "keytip", "insertAfterMso", "insertBeforeMso"}),
    "group": frozenset({"id", "label", "keytip", "screentip", "supertip"}),
    "button": frozenset(
        {"id", "label", "size", "imageMso", "keytip", "onAction", "screentip", "supertip"}
    ),
}
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "tab": ("id", "label", "keytip"),
    "group": ("id", "label"),
    "button": ("id", "label", "imageMso", "keytip", "onAction", "screentip", "supertip"),
}
_CHILDREN: Mapping[str, str] = {
    "customUI": "ribbon",
    "ribbon": "tabs",
    "tabs": "tab",
    "tab": "group",
    "group": "button",
}
LONGEST: Mapping[str, int] = {
    "id": 1024,
    "label": 1024,
    "screentip": 1024,
    "supertip": 1024,
    "imageMso": 1024,
    "onAction": 4096,
    "keytip": 3,
}
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_KEYTIP = re.compile(r"[A-Za-z0-9]{1,3}\Z")


@dataclass(frozen=True, slots=True)
class RibbonButton:
    """One button as the ribbon's XML has it.

    Attributes:
        group: the label of the group it stands in.
        attributes: by name.
    """

    group: str
    attributes: Mapping[str, str]

    @property
    def callback(self) -> str:
        """The VBA procedure that it calls."""
        return self.attributes.get("onAction", "")


def read_ribbon(data: bytes, file: str) -> Element:
    """Parse the ribbon's part.

    Raises:
        UnreadableFileError: if it is not well-formed.
    """
    return parse(data, RIBBON_PART, file)


def tab_labels(root: Element) -> tuple[str, ...]:
    """List the labels of the tabs."""
    return tuple(tab.get("label", "") for tab in root.iter(f"{{{NAMESPACE}}}tab"))


def buttons(root: Element) -> tuple[RibbonButton, ...]:
    """List the buttons in the order in which they stand."""
    return tuple(
        RibbonButton(group.get("label", ""), {str(k): str(v) for k, v in button.attrib.items()})
        for group in root.iter(f"{{{NAMESPACE}}}group")
        for button in group.iter(f"{{{NAMESPACE}}}button")
    )


def ribbon_problems(root: Element) -> Iterator[str]:
    """Say what Office would refuse or what would not work, one sentence each."""
    if root.tag != f"{{{NAMESPACE}}}customUI":
        yield f"the ribbon is not of the kind that Excel 2010 and later read ({NAMESPACE})"
        return
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    for element in elements:
        yield from _element_problems(element)
    yield from _repeated_ids(elements)
    for tab in root.iter(f"{{{NAMESPACE}}}tab"):
        yield from _keytip_problems(tab)


def _element_problems(element: Element) -> Iterator[str]:
    kind = etree.QName(element).localname
    name = element.get("id") or kind
    if kind not in _ATTRIBUTES:
        yield f"{name}: an element {kind} has no place in this ribbon"
        return
    parent = element.getparent()
    if parent is not None and _CHILDREN.get(etree.QName(parent).localname) != kind:
        yield f"{name}: a {kind} may not stand in a {etree.QName(parent).localname}"
    for attribute in sorted(set(map(str, element.attrib)) - _ATTRIBUTES[kind]):
        yield f"{name}: a {kind} takes no attribute {attribute}"
    for attribute in _NEEDED.get(kind, ()):
        if not element.get(attribute, "").strip():
            yield f"{name}: the attribute {attribute} is missing or empty"
    yield from _value_problems(element, name)


def _value_problems(element: Element, name: str) -> Iterator[str]:
    for attribute, most in LONGEST.items():
        length = len(element.get(attribute, ""))
        if length > most:
            yield f"{name}: {attribute} has {length} characters, and Office takes at most {most}"
    given = element.get("id")
    if given and not _ID.match(given):
        yield f"{name}: an id is a letter followed by letters, digits, hyphens and full stops"
    keytip = element.get("keytip")
    if keytip and len(keytip) <= LONGEST["keytip"] and not _KEYTIP.match(keytip):
        yield f"{name}: the key tip {keytip} is not made of letters and digits"
    if element.get("size", "normal") not in {"normal", "large"}:
        yield f"{name}: size is normal or large, not {element.get('size')}"


def _repeated_ids(elements: list[Element]) -> Iterator[str]:
    ids = [each.get("id", "") for each in elements if each.get("id")]
    for each in sorted({each for each in ids if ids.count(each) > 1}):
        yield f"{each}: the id stands {ids.count(each)} times"


def _keytip_problems(tab: Element) -> Iterator[str]:
    """Name key tips that cannot be reached: one that is another's beginning, or the same."""
    tips = [
        (button.get("keytip", "").upper(), button.get("id", ""))
        for button in tab.iter(f"{{{NAMESPACE}}}button")
    ]
    for place, (tip, owner) in enumerate(tips):
        for other, other_owner in tips[place + 1 :]:
            if tip and other and (tip.startswith(other) or other.startswith(tip)):
                yield f"{owner} and {other_owner}: the key tips {tip} and {other} clash"
