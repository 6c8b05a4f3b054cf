"""`addin check`: looks an add-in over, from its parts to the macros that it really holds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from xlframework.addin.check_package import (
    WORKBOOK_PART,
    code_name_problems,
    link_problems,
    part_problems,
)
from xlframework.addin.macros import Procedure, procedures
from xlframework.addin.places import ADDIN
from xlframework.addin.project import PART as PROJECT_PART
from xlframework.addin.read_back import can_read_back, read_back
from xlframework.addin.ribbon import buttons, read_ribbon, ribbon_problems, tab_labels
from xlframework.addin.source import (
    RIBBON,
    RIBBON_PART,
    Module,
    Sources,
    read_borrowed,
    read_sources,
)
from xlframework.commands.outcome import Outcome
from xlframework.commands.registry import BUTTONS, TAB
from xlframework.commands.wording import findings_text, plural
from xlframework.ground.errors import MisuseError, UnreadableFileError
from xlframework.ground.finding import Finding
from xlframework.ground.place import Place
from xlframework.ground.shipped import addin_file
from xlframework.model.catalogue import Catalogue, read_catalogue
from xlframework.sheets.package.container import file_bytes, read_package
from xlframework.sheets.package.records import Package
from xlframework.sheets.package.xml import Element

COMMAND = "addin check"

_PARAMETERS = "control as iribboncontrol"


def check(file: Path | None = None, *, templates: Path | None = None) -> Outcome:
    """Look an add-in over.

    Args:
        file: the add-in; by default `workbook/xlframework.xlam` under the current folder,
            else the one that is shipped.
        templates: a folder of templates that comes first.

    Raises:
        XlframeworkError: if the file cannot be opened at all.
    """
    here = Path("workbook") / ADDIN
    path = file or (here if here.is_file() else addin_file())
    data = file_bytes(path)
    catalogue = read_catalogue(templates)
    try:
        package = read_package(data, path.name)
        findings = tuple(_findings(package, data, _texts_beside(path), catalogue))
    except UnreadableFileError as error:
        # What would put a workbook right does not put an add-in right.
        problem = str(error).partition("; ")[0]
        raise UnreadableFileError(
            f"{problem}; take the add-in from the package again, or build it anew with xlframework "
            "addin build."
        ) from error
    number = _count_buttons(package)
    return Outcome(
        COMMAND,
        _text(path, package, number, findings),
        findings,
        {"file": str(path), "parts": list(package.parts), "buttons": number},
    )


def _count_buttons(package: Package) -> int:
    part = package.parts.get(RIBBON_PART)
    return 0 if part is None else len(buttons(read_ribbon(part, package.file)))


def _texts_beside(path: Path) -> Path | None:
    """Give the texts of the checkout that an add-in lies in; None for the shipped ones."""
    folder = path.parent / "addin"
    return folder if (folder / RIBBON).is_file() else None


def _text(path: Path, package: Package, number: int, findings: tuple[Finding, ...]) -> str:
    looked_at = (
        f"{path}: {plural(len(package.parts), 'part')} and {plural(number, 'button')} looked over."
    )
    return f"{looked_at}\n\n{findings_text(findings)}"


def _findings(
    package: Package, data: bytes, texts: Path | None, catalogue: Catalogue
) -> Iterator[Finding]:
    place = Place(package.file)

    def found(rule: str, messages: Iterable[str]) -> Iterator[Finding]:
        for message in messages:
            yield catalogue.finding(rule, place, message)

    yield from found("addin-part", part_problems(package))
    yield from found("addin-link", link_problems(package))
    sources, unread = _sources(texts)
    yield from found("addin-unread", unread)
    if PROJECT_PART in package.parts:
        held = read_back(data, package.file) if can_read_back() else None
        if held is not None:
            names = {module.name for module in read_borrowed(texts).module} if unread else set()
            yield from found("addin-vba", text_problems(held, sources.modules, names))
        else:
            message = "the macros in the file were not read back, for oletools is not installed"
            yield from found("addin-unread", [message])
            held = {module.name: module.text for module in sources.modules}
        yield from found("addin-callback", callback_problems(held))
    if WORKBOOK_PART in package.parts:
        yield from found("addin-code-name", code_name_problems(package, sources.modules))
    if RIBBON_PART in package.parts:
        root = read_ribbon(package.parts[RIBBON_PART], package.file)
        yield from found("addin-ribbon", ribbon_problems(root))
        yield from found("addin-button", button_problems(root))


def _sources(texts: Path | None) -> tuple[Sources, tuple[str, ...]]:
    """Read what the add-in should be made of, and say what of it cannot be had here."""
    try:
        return read_sources(texts), ()
    except MisuseError as error:
        reason = str(error).partition(";")[0]
        message = (
            f"what the add-in holds of xlwings was not compared: {reason[:1].lower()}{reason[1:]}"
        )
        return read_sources(texts, borrowed=False), (message,)


def text_problems(
    texts: Mapping[str, str], modules: tuple[Module, ...], but: Iterable[str] = ()
) -> Iterator[str]:
    """Compare the macros of an add-in with the texts that it should be built from.

    Args:
        texts: of every module in the add-in.
        modules: what they should be.
        but: the names of modules that are not compared.
    """
    wanted = {module.name: module for module in modules}
    for name in sorted(set(texts) - set(wanted) - set(but)):
        yield f"the file has a module {name} that belongs to none of the texts"
    for name, module in wanted.items():
        if name not in texts:
            yield f"the module {name} is missing from the file"
        elif texts[name] != module.text:
            yield f"the module {name} differs from its text in {_first_difference(texts, module)}"


def _first_difference(texts: Mapping[str, str], module: Module) -> str:
    held, wanted = texts[module.name].split("\n"), module.text.split("\n")
    pairs = zip(held, wanted, strict=False)
    number = next(
        (place for place, (one, other) in enumerate(pairs, start=1) if one != other),
        min(len(held), len(wanted)) + 1,
    )
    return f"line {number}"


def button_problems(root: Element) -> Iterator[str]:
    """Compare the ribbon with the registry, both ways."""
    tabs = tab_labels(root)
    if tabs != (TAB,):
        yield f"the ribbon has the tabs {', '.join(tabs) or 'none'}, not {TAB} alone"
    shown = {button.attributes.get("id", ""): button for button in buttons(root)}
    wanted = {button.id: button for button in BUTTONS}
    for name in shown:
        if name not in wanted:
            yield f"the ribbon has a button {name} that the registry lacks"
    for name, button in wanted.items():
        if name not in shown:
            yield f"the ribbon lacks the button {name} ({button.label})"
            continue
        there = shown[name]
        said: Mapping[str, tuple[str, str]] = {
            "group": (there.group, button.group),
            "label": (there.attributes.get("label", ""), button.label),
            "screentip": (there.attributes.get("screentip", ""), button.screentip),
            "supertip": (there.attributes.get("supertip", ""), button.supertip),
            "imageMso": (there.attributes.get("imageMso", ""), button.image),
            "keytip": (there.attributes.get("keytip", ""), button.keytip),
            "onAction": (there.callback, button.id),
        }
        for what, (found, expected) in said.items():
            if found != expected:
                yield f"{name}: {what} is {found!r} in the ribbon and {expected!r} in the registry"
    if set(shown) == set(wanted) and list(shown) != list(wanted):
        yield "the ribbon has its buttons in another order than the registry"


def callback_problems(texts: Mapping[str, str]) -> Iterator[str]:
    """Look for the callback of every button: there once, public, and handing its command on."""
    found = [
        (module, procedure) for module, text in texts.items() for procedure in procedures(text)
    ]
    for button in BUTTONS:
        named = [each for _, each in found if each.name.casefold() == button.id.casefold()]
        if len(named) != 1:
            times = "is missing" if not named else f"stands {len(named)} times"
            yield f"the callback {button.id} {times}"
            continue
        yield from _callback_problems(named[0], button.command)
    wanted = {button.id.casefold() for button in BUTTONS}
    for module, procedure in found:
        looks_like_one = procedure.is_sub and _PARAMETERS in procedure.parameters.casefold()
        if looks_like_one and procedure.name.casefold() not in wanted:
            yield f"the callback {procedure.name} in {module} belongs to no button"


def _callback_problems(procedure: Procedure, command: str) -> Iterator[str]:
    rules: tuple[tuple[Callable[[Procedure], bool], str], ...] = (
        (lambda each: each.is_sub and each.is_public, "is no Public Sub"),
        (
            lambda each: each.parameters.casefold() == _PARAMETERS,
            "does not take (control As IRibbonControl)",
        ),
        (
            lambda each: each.body == (f'ShowReply Press(control, "{command}")',),
            f"does not hand on {command} and show the reply, and nothing else",
        ),
    )
    for holds, problem in rules:
        if not holds(procedure):
            yield f"the callback {procedure.name} {problem}"
