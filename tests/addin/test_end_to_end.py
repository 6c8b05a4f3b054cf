"""From the button to the changed workbook: the built add-in, its VBA, a real Python, and back.

What is real and what is emulated stands in docs/decisions/0023. A press takes about a second,
most of it the start of Python, so one morning's work is done once and looked at by many tests.
"""

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyopenvba.interpreter import NOTHING

import returns_forms as forms
from addin import office
from addin.making import built, sources
from addin.office import Office
from addin.vba_files import rewritten_lines
from addin.windows_excel import Box
from addin.windows_machine import Machine, install_python, user
from builders import ROOT
from xlframework.addin.install import install
from xlframework.commands.refresh import refresh
from xlframework.commands.registry import BUTTONS

PYTHON_FOLDER = r"C:\Users\Alex Smith\AppData\Local\Programs\Python (x64) & more"
YES, NO = 6, 7
INFORMATION, EXCLAMATION, CRITICAL = 64, 48, 16


def installed(drive: Path) -> Machine:
    """Give a PC on which `addin install` was run, by the user's own Python."""
    machine = user(drive)
    python = install_python(machine, PYTHON_FOLDER)
    shipped = drive / "shipped.xlam"
    shipped.write_bytes(built())
    install(place=machine.places, python=python, addin=shipped)
    return machine


def started(machine: Machine) -> Office:
    """Start Excel, which loads what lies in its start-up folder."""
    assert machine.places.startup is not None
    (addin,) = machine.places.startup.iterdir()
    return office.start(machine, addin)


def workbook_on(machine: Machine, name: str) -> Path:
    path = machine.real(r"C:\Users\Alex Smith\OneDrive - Office of the PCC") / name
    path.parent.mkdir(exist_ok=True)
    shutil.copyfile(ROOT / "workbook" / "commissioning.xlsx", path)
    return path


def cell_of(workbook: Path, line_id: str, header: str) -> str:
    """Find an amount of Lines, reading the file with openpyxl."""
    sheet = load_workbook(workbook)["Lines"]
    headers = next(row for row in sheet.iter_rows() if row[0].value == "Line ID")
    column = next(cell.column_letter for cell in headers if cell.value == header)
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == line_id)
    return f"{column}{row}"


def values(workbook: Path, *, but: tuple[str, ...] = ()) -> dict[tuple[str, str], object]:
    """Give every value of a workbook, reading the file with openpyxl."""
    book = load_workbook(workbook, data_only=True)
    return {
        (sheet.title, cell.coordinate): round(cell.value, 6)
        if isinstance(cell.value, float)
        else cell.value
        for sheet in book
        if sheet.title not in but
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


@dataclass(slots=True)
class Morning:
    """What was pressed, what was shown, and what the workbook was like after each press."""

    office: Office
    folder: Path
    before: Path
    boxes: dict[str, list[Box]] = field(default_factory=dict)
    after: dict[str, Path] = field(default_factory=dict)
    errors: dict[str, object] = field(default_factory=dict)

    def press(self, label: str, name: str) -> None:
        seen = len(self.office.excel.person.boxes)
        self.office.press(label)
        self.boxes[name] = self.office.excel.person.boxes[seen:]
        self.after[name] = self.office.copy_to(self.folder / f"{name.replace('.', '')}.xlsx")


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Morning:
    """Change an amount, and press every button, those that write twice."""
    folder = tmp_path_factory.mktemp("morning")
    machine = installed(folder / "drive")
    found = started(machine)
    path = workbook_on(machine, "budget & plan.xlsx")
    found.open(path)
    found.excel.sheet("Lines").set_value(cell_of(path, "C24-02", "2024/25 Budget"), 30000)
    made = Morning(found, folder, found.copy_to(folder / "before.xlsx"))
    made.press("Preview changes", "Preview changes")
    made.press("Refresh", "Refresh")
    made.press("Refresh", "Refresh again")
    person = found.excel.person
    target = folder / "chosen"
    for button in BUTTONS:
        (target / button.label.rstrip(".")).mkdir(parents=True)
    (target / "Check returns" / "plan.xlsx").write_bytes(forms.plan())
    for label in found.ribbon:
        if label in {"Refresh", "Preview changes"}:
            continue
        for name in (label, f"{label} again"):
            person.presses[:] = {
                "Split the fund": [NO],
                "Publish...": [YES],
                # Saved by Publish before; so only which form is asked.
                "Issue forms": [YES],
            }.get(label, [])
            person.chooses[:] = [target / label.rstrip(".")]
            made.press(label, name)
    return made


def test_the_buttons_that_were_pressed_are_those_of_the_registry(morning: Morning) -> None:
    assert list(morning.office.ribbon) == [button.label for button in BUTTONS]
    assert {button.label for button in BUTTONS} <= set(morning.boxes)


def test_every_press_ran_the_users_python_with_the_right_words(morning: Morning) -> None:
    by_label = {button.label: button.command for button in BUTTONS}
    ran = [by_label[name.removesuffix(" again")] for name in morning.boxes]
    assert len(morning.office.machine.ran) == len(ran)
    for command, line in zip(ran, morning.office.machine.ran, strict=True):
        program, *words = line.words
        assert program == f"{PYTHON_FOLDER}\\python.exe"
        assert words[:3] == ["-B", "-P", "-c"]
        code = re.fullmatch(
            r'import xlwings\.utils;xlwings\.utils\.prepare_sys_path\("false;;;;;"\); '
            r"from xlframework\.addin\.desktop import press; "
            r"press\('([a-z-]+)', '([0-9A-F-]{36})'\)",
            words[3],
        )
        assert code is not None
        assert code[1] == command
        assert words[4:] == [
            "--wb=budget & plan.xlsx",
            "--from_xl=1",
            r"--app=C:\Program Files\Microsoft Office\root\Office16\Microsoft Excel",
            "--hwnd=197382",
        ]
        assert line.errors is not None
        assert re.fullmatch(
            r"C:\\Users\\Alex Smith\\AppData\\Local\\Temp\\xlwings-[0-9A-F-]+\.log", line.errors
        )


def test_nothing_is_left_in_the_temporary_folder_and_no_fault_was_logged(morning: Morning) -> None:
    machine = morning.office.machine
    left = {path.name for path in machine.real(machine.environment["TEMP"]).iterdir()}
    assert left <= {"opened.txt"}
    assert not machine.places.log.exists()


def test_no_press_ended_in_a_fault(morning: Morning) -> None:
    for name, boxes in morning.boxes.items():
        for box in boxes:
            assert box.style != CRITICAL, (name, box)
            assert "did not answer" not in box.text
            assert "Traceback" not in box.text


def test_preview_shows_the_changes_and_makes_none(morning: Morning) -> None:
    (box,) = morning.boxes["Preview changes"]
    assert "Nothing was written" in box.text
    assert "Table 1: E6 80,000 -> 30,000" in box.text
    assert values(morning.after["Preview changes"]) == values(morning.before)


def test_refresh_writes_what_the_command_line_writes(morning: Morning, tmp_path: Path) -> None:
    by_file = tmp_path / "by_file.xlsx"
    shutil.copyfile(morning.before, by_file)
    refresh(by_file)
    clocked = ("Change log", "Last refresh")
    assert values(morning.after["Refresh"], but=clocked) == values(by_file, but=clocked)
    assert values(morning.after["Refresh"]) != values(morning.before)


def test_refresh_logs_what_it_changed(morning: Morning) -> None:
    def rows(path: Path) -> int:
        return len({cell for sheet, cell in values(path) if sheet == "Change log"})

    assert rows(morning.after["Refresh"]) > rows(morning.before)


@pytest.mark.parametrize(
    "label", [button.label for button in BUTTONS if button.command != "preview"]
)
def test_pressing_twice_changes_nothing_the_second_time(label: str, morning: Morning) -> None:
    assert values(morning.after[f"{label} again"]) == values(morning.after[label])


def test_publish_writes_the_tables_into_the_chosen_folder(morning: Morning) -> None:
    names = {path.name for path in (morning.folder / "chosen" / "Publish").iterdir()}
    assert {name for name in names if name.endswith(".csv")}
    assert {name for name in names if name.endswith(".xlsx")}


def test_reconcile_says_what_differs(morning: Morning) -> None:
    (box,) = morning.boxes["Reconcile"]
    assert "stated figures" in box.text
    assert "Community Safety Partnership spend" in box.text


def test_forms_are_written_into_the_chosen_folder(morning: Morning) -> None:
    names = [path.name for path in (morning.folder / "chosen" / "Issue forms").iterdir()]
    assert len([name for name in names if name.startswith("csp-plan-budget_2024-25_")]) == 9
    assert "9 forms" in morning.boxes["Issue forms"][-1].text


def test_returns_are_checked_in_the_chosen_folder(morning: Morning) -> None:
    marked = morning.folder / "chosen" / "Check returns" / "checked"
    assert {path.name for path in marked.iterdir()} == {"plan.checked.xlsx", "returns-report.xlsx"}
    assert "1 return: 1 accepted" in morning.boxes["Check returns..."][-1].text


def test_the_guide_is_opened_in_the_users_browser(morning: Morning) -> None:
    machine = morning.office.machine
    opened = machine.real(machine.environment["TEMP"]) / "opened.txt"
    assert opened.read_text(encoding="utf-8").splitlines()[0].endswith("guide.html")


def test_only_file_statements_and_the_like_are_not_run_as_they_stand() -> None:
    lines = [line for module in sources().modules for line in rewritten_lines(module.stored)]
    words = re.compile(
        r"Open |Close #|Line Input #|Input #|Get #|Kill |#Const App|#If Mac|Attribute |.*\bVBA\.|"
        r".*CompareMethod"
    )
    assert [line for line in lines if not words.match(line)] == []
    assert 40 < len(lines) < 120


# -- one thing wrong at a time


@pytest.fixture
def pc(tmp_path: Path) -> Machine:
    return installed(tmp_path / "drive")


@pytest.fixture
def excel(pc: Machine) -> Office:
    return started(pc)


def test_a_finding_is_shown_and_kept_in_checks(excel: Office, pc: Machine, tmp_path: Path) -> None:
    path = workbook_on(pc, "budget.xlsx")
    excel.open(path)
    excel.excel.sheet("Lines").set_value(cell_of(path, "C24-03", "Line ID"), "C24-02")
    excel.press("Refresh")
    (box,) = excel.excel.person.boxes
    assert box.style == EXCLAMATION
    assert "C24-02" in box.text
    checks = values(excel.copy_to(tmp_path / "after.xlsx"))
    assert any(sheet == "Checks" and "C24-02" in str(value) for (sheet, _), value in checks.items())


def test_a_workbook_that_came_by_mail_chooses_nothing(excel: Office, pc: Machine) -> None:
    path = workbook_on(pc, "budget.xlsx")
    for name in ("xlwings", "xlframework", "json", "sitecustomize"):
        (path.parent / f"{name}.py").write_text(
            "raise SystemExit('taken over')\n", encoding="utf-8"
        )
    own = '"INTERPRETER_WIN","C:\\evil.exe"\r\n'
    (path.parent / "xlframework.conf").write_text(own, encoding="ascii")
    excel.open(path)
    book = excel.excel.workbook
    for name in ("xlframework.conf", "evil.py"):
        book.add_sheet(name)
    settings = excel.excel.sheet("xlframework.conf")
    settings.set_value("A1", "INTERPRETER_WIN")
    settings.set_value("B1", r"C:\evil.exe")
    settings.set_value("A2", "PYTHONPATH")
    settings.set_value("B2", str(path.parent))
    excel.press("About")
    (line,) = pc.ran
    assert line.words[0] == f"{PYTHON_FOLDER}\\python.exe"
    assert "OneDrive" not in line.line
    (shown,) = excel.shown
    assert "taken over" not in shown
    assert "Python" in shown


def test_python_does_not_look_for_modules_in_the_current_folder(
    excel: Office, pc: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should the change to Python's own folder fail, it is the workbook's after a double click."""
    path = workbook_on(pc, "budget.xlsx")
    for name in ("xlwings", "xlframework", "json", "platform"):
        code = "raise SystemExit('taken over')\n"
        (path.parent / f"{name}.py").write_text(code, encoding="ascii")
    run = Machine._run
    monkeypatch.setattr(Machine, "_run", lambda pc, program, _: run(pc, program, path.parent))
    excel.open(path)
    excel.press("Preview changes")
    (shown,) = excel.shown
    assert "budget.xlsx: nothing to change" in shown


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("StartPython", ("import os",)),
        ("RunPython", ("import os",)),
        ("ExecuteWindows", (False, "", r"C:\evil\python.exe")),
        ("ExecuteWindows", (True, "calc.exe", "")),
        ("RunFrozenPython", (r"C:\evil.exe",)),
    ],
)
def test_nothing_else_in_excel_can_have_python_run_something(
    name: str, arguments: tuple[object, ...], excel: Office, pc: Machine
) -> None:
    """By a formula or by a macro that is assigned to a shape, a workbook could try."""
    install_python(pc, r"C:\evil")
    excel.open(workbook_on(pc, "budget.xlsx"))
    excel.press("About")
    assert len(pc.ran) == 1
    excel.excel.run(name, *arguments)
    assert len(pc.ran) == 1


def test_nothing_but_a_button_presses(excel: Office, pc: Machine) -> None:
    excel.open(workbook_on(pc, "budget.xlsx"))
    assert excel.excel.run("Press", NOTHING, "refresh") == ""
    assert pc.ran == []


def test_no_workbook(excel: Office) -> None:
    excel.press("Refresh")
    (shown,) = excel.shown
    assert "No workbook is open for editing" in shown


def test_another_workbook_is_told_from_ours(excel: Office) -> None:
    excel.excel.add_workbook()
    excel.press("Refresh")
    (box,) = excel.excel.person.boxes
    assert box.style == EXCLAMATION
    assert "Lines" in box.text


@pytest.mark.parametrize("sign", ["%", "$", "`", "|", "=", "\\", '"'])
def test_a_name_that_a_command_line_acts_on_is_refused(
    sign: str, excel: Office, pc: Machine
) -> None:
    excel.open(workbook_on(pc, "budget.xlsx"))
    excel.excel.workbook.name = f"a{sign}b.xlsx"
    excel.press("Refresh")
    (shown,) = excel.shown
    assert "has one of the signs" in shown
    assert pc.ran == []


def test_no_setting_says_how_to_install(excel: Office, pc: Machine) -> None:
    excel.open(workbook_on(pc, "budget.xlsx"))
    assert pc.places.settings is not None
    pc.places.settings.unlink()
    excel.press("Refresh")
    (shown,) = excel.shown
    assert "does not know where Python is" in shown
    assert "xlframework addin install" in shown


@pytest.mark.parametrize("python", [r"C:\gone\python.exe", "python", r"python.exe", r"\python.exe"])
def test_a_python_that_is_not_there_is_named(python: str, excel: Office, pc: Machine) -> None:
    excel.open(workbook_on(pc, "budget.xlsx"))
    assert pc.places.settings is not None
    pc.places.settings.write_text(f'"INTERPRETER_WIN","{python}"\r\n', encoding="ascii")
    excel.press("Refresh")
    (shown,) = excel.shown
    assert "is not there any more" in shown
    assert python in shown
    assert pc.ran == []


def test_a_python_without_xlframework_is_said_in_one_line(
    excel: Office, pc: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    excel.open(workbook_on(pc, "budget.xlsx"))
    empty = tmp_path / "xlframework"
    empty.mkdir()
    (empty / "__init__.py").write_text("", encoding="ascii")
    monkeypatch.setattr("addin.windows_machine.SOURCE", tmp_path)
    excel.press("Refresh")
    (shown,) = excel.shown
    assert "did not answer. It stopped with: ModuleNotFoundError: No module named" in shown
    assert "Traceback" not in shown
    assert "xlframework addin install" in shown
