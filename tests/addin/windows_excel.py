"""An Excel for Windows in memory: pyOpenVBA's, with the few members that it leaves out.

Emulated here: the window's number, where Excel is installed, and the dialogs, which take their
answers from a list that the test fills and keep what they showed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.apps.excel._model import Application, Workbook
from pyopenvba.interpreter import (
    MISSING,
    Interpreter,
    VBACollection,
    VBAInt,
    VBAObject,
    member,
    method,
    setter,
)
from windows_calls import HWND

from addin import extras, vba_comparison
from addin.windows_machine import Machine, WindowsBridge

INSTALLED = "C:\\Program Files\\Microsoft Office\\root\\Office16"

OK_PRESSED, CANCEL_PRESSED = 1, 2


@dataclass(frozen=True, slots=True)
class Box:
    """A message box that was shown."""

    text: str
    title: str
    style: int


@dataclass(slots=True)
class Person:
    """Whoever sits at the screen: what they were shown, and what they do next.

    Attributes:
        boxes: the message boxes that they saw.
        presses: the buttons that they press in the next ones; OK when there is none.
        chooses: what they choose in the next dialogs for a file or folder; None is Cancel,
            and so is an empty list.
        dialogs: the titles of the dialogs that they saw.
    """

    boxes: list[Box]
    presses: list[int]
    chooses: list[Path | str | None]
    dialogs: list[str]

    def sees(self, text: str, title: str, style: int) -> int:
        """Take note of a box and press a button of it."""
        self.boxes.append(Box(text, title, style))
        return self.presses.pop(0) if self.presses else OK_PRESSED


class _Chosen(VBACollection):
    """What was chosen in a dialog."""

    vba_type_name = "FileDialogSelectedItems"

    def __init__(self, paths: list[str]) -> None:
        self.paths = paths

    def vba_items(self) -> list[object]:
        """Give the paths."""
        return list(self.paths)


class FileDialog(VBAObject):
    """`Application.FileDialog`, for a file or a folder."""

    vba_type_name = "FileDialog"

    def __init__(self, person: Person) -> None:
        self.person = person
        self.values: dict[str, object] = {"title": "", "initialfilename": "", "allow": False}
        self.paths: list[str] = []

    @member
    def Title(self) -> object:  # noqa: N802 - Excel's own name
        return self.values["title"]

    @setter("Title")
    def _set_title(self, value: object) -> None:
        self.values["title"] = value

    @member
    def InitialFileName(self) -> object:  # noqa: N802 - Excel's own name
        return self.values["initialfilename"]

    @setter("InitialFileName")
    def _set_initial(self, value: object) -> None:
        self.values["initialfilename"] = value

    @member
    def AllowMultiSelect(self) -> object:  # noqa: N802 - Excel's own name
        return self.values["allow"]

    @setter("AllowMultiSelect")
    def _set_allow(self, value: object) -> None:
        self.values["allow"] = value

    @method
    def Show(self) -> object:  # noqa: N802 - Excel's own name
        self.person.dialogs.append(str(self.values["title"]))
        chosen = self.person.chooses.pop(0) if self.person.chooses else None
        self.paths = [] if chosen is None else [str(chosen)]
        return VBAInt(0 if chosen is None else -1, "Long")

    @member
    def SelectedItems(self, Index: object = MISSING) -> object:  # noqa: N802, N803 - Excel's own names
        chosen = _Chosen(self.paths)
        return chosen if Index is MISSING else chosen.vba_get("Item", [Index])


class WindowsApplication(Application):
    """Excel's Application with what xlwings and the add-in ask of it beyond pyOpenVBA's."""

    vba_type_name = "Application"

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person = person
        self.interactive = True

    @member
    def Hwnd(self) -> object:  # noqa: N802 - Excel's own name
        return VBAInt(HWND, "Long")

    @member
    def Path(self) -> object:  # noqa: N802 - Excel's own name
        return INSTALLED

    @member
    def Interactive(self) -> object:  # noqa: N802 - Excel's own name
        return self.interactive

    @setter("Interactive")
    def _set_interactive(self, value: object) -> None:
        self.interactive = bool(value)

    @member
    def FileDialog(self, fileDialogType: object = MISSING) -> object:  # noqa: N802, N803 - Excel's own names
        assert fileDialogType is not MISSING
        return FileDialog(self.person)

    def set_this_workbook(self, book: Workbook) -> None:
        """Say which open workbook holds the macros that run."""
        self._this_workbook = book


def _intrinsic(answer: Callable[..., object]) -> Callable[..., object]:
    """Make a function of the machine's one of VBA's own."""
    return lambda _interpreter, arguments, _named: answer(*arguments)


class WindowsExcel(ExcelApplication):
    """An Excel for Windows with a person before it."""

    def __init__(self, machine: Machine | None = None) -> None:
        extras.install()
        vba_comparison.install()
        self.person = Person([], [], [], [])
        self.application: WindowsApplication = WindowsApplication(self.person)
        bridge = ExcelBridge(self.application)
        if machine is not None:
            bridge = WindowsBridge(self.application, machine)
        self.interpreter = Interpreter(bridge)
        self.application.interpreter = self.interpreter
        self.interpreter.show_message = self._show  # type: ignore[method-assign]
        if machine is not None:
            own = {name: _intrinsic(answer) for name, answer in machine.functions().items()}
            self.interpreter._intrinsics = {**self.interpreter._intrinsics, **own}

    def _show(self, prompt: str, style: int, title: str) -> object:
        return VBAInt(self.person.sees(prompt, title, style), "Long")
