"""An emulated Excel for Windows that has loaded the add-in, with a person who presses buttons."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from pyopenvba import ExcelFile
from pyopenvba.apps.excel import _io
from pyopenvba.interpreter import VBAObject, member
from pyopenvba.vba import VBAModuleKind

from addin.com_server import ComServer
from addin.vba_files import for_emulation
from addin.windows_excel import WindowsExcel
from addin.windows_machine import Machine
from xlframework.addin.ribbon import RibbonButton, buttons, read_ribbon
from xlframework.addin.source import RIBBON_PART


class RibbonControl(VBAObject):
    """What Office hands to a callback."""

    vba_type_name = "IRibbonControl"

    def __init__(self, name: str) -> None:
        self.name = name

    @member
    def Id(self) -> object:  # noqa: N802 - Office's own name
        return self.name


@dataclass(frozen=True, slots=True)
class Office:
    """Excel with the add-in.

    Attributes:
        excel: the emulation.
        machine: the PC that it runs on.
        ribbon: the buttons, from the ribbon part inside the add-in.
    """

    excel: WindowsExcel
    machine: Machine
    ribbon: dict[str, RibbonButton]

    def press(self, label: str) -> None:
        """Press a button, as Office does: by the callback that the ribbon names."""
        button = self.ribbon[label]
        self.excel.run(button.callback, RibbonControl(button.attributes["id"]))

    def open(self, path: Path) -> None:
        """Open a workbook."""
        self.excel.open_workbook(path)

    def copy_to(self, path: Path) -> Path:
        """Save a copy of the workbook in front, calculated, as Excel's SaveCopyAs does.

        pyOpenVBA keeps the bytes of a sheet that nobody wrote to, with the values that its
        formulas had when it was opened; Excel saves what they come to now.
        """
        book = self.excel.workbook
        self.excel.application.vba_get("Calculate")
        was_saved = book.saved
        for sheet in book.sheets_:
            sheet.touched()
        _io.save_workbook(book, path)
        book.saved = was_saved
        return path

    @property
    def shown(self) -> list[str]:
        """The texts of the message boxes so far."""
        return [box.text for box in self.excel.person.boxes]


def start(machine: Machine, addin: Path) -> Office:
    """Start Excel: it loads the add-in, and no workbook is open."""
    excel = WindowsExcel(machine)
    book = _io.load_workbook(excel.application, addin)
    excel.application.set_this_workbook(book)
    with ExcelFile(addin) as file:
        for module in file.vba_project().modules:
            kind = "standard" if module.kind is VBAModuleKind.standard else "class"
            if module.name in {"ThisWorkbook", "Sheet1"}:
                kind = "document"
            excel.add_module(for_emulation(module.source), name=module.name, kind=kind)
    machine.server = ComServer(excel.application, excel.person.sees)
    with zipfile.ZipFile(addin) as archive:
        root = read_ribbon(archive.read(RIBBON_PART), addin.name)
    return Office(excel, machine, {each.attributes["label"]: each for each in buttons(root)})
