"""What does a cold press of a button cost in Python, against importing xlwings alone?

A button starts a new Python each time. Excel's own part is left out: there is no Excel here.
Ratios of processor time within one run; medians of interleaved rounds. Run: make bench
"""

import os
import statistics
import subprocess
import sys

ROUNDS = 9

_NOT_COMPILED = {"PYTHONDONTWRITEBYTECODE"}

# A name that stands for no module cannot be imported, as where it is not installed.
WITHOUT_PANDAS = "import sys; sys.modules['pandas'] = sys.modules['numpy'] = None; "

STEPS = {
    "Python and nothing": "pass",
    "import xlwings, no pandas": f"{WITHOUT_PANDAS}import xlwings",
    "a press, no pandas": f"{WITHOUT_PANDAS}import xlwings, xlframework.addin.desktop, "
    "xlframework.addin.buttons; print('xlframework')",
    "import xlwings, with pandas": "import xlwings",
    "a press, with pandas": "import xlwings, xlframework.addin.desktop, xlframework.addin.buttons; "
    "print('xlframework')",
    "About": "from xlframework.addin.desktop import press; press('about')",
    "working a refresh out": "import xlframework.addin.buttons; "
    "from xlframework.commands.plan import plan_refresh; "
    "from xlframework.commands.workbook import open_workbook, read_declared; "
    "from pathlib import Path; "
    "book = open_workbook(Path('workbook/commissioning.xlsx')).book; "
    "print('xlframework', len(plan_refresh(book, read_declared(None)).findings))",
}


def main() -> None:
    """Measure and print the rows of RESULTS.md."""
    for name, code in STEPS.items():
        # What is measured is what it is said to be.
        assert ("xlframework" in run(code)) == ("xlframework" in code), name
    rounds = [{name: timed(code) for name, code in STEPS.items()} for _ in range(ROUNDS)]
    median = {name: statistics.median(each[name] for each in rounds) for name in STEPS}
    nothing = median["Python and nothing"]
    for name in list(STEPS)[1:]:
        of_xlwings = "no pandas" if "no pandas" in name else "with pandas"
        ratio = median[name] / median[f"import xlwings, {of_xlwings}"]
        more = (median[name] - nothing) * 1000
        print(f"| {name} | {ratio:.2f} | {more:.0f} ms |")


def run(code: str) -> str:
    """Run a piece of Python in a process of its own and give what it prints."""
    # As where it is installed: compiled once, by the first run of all.
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_COMPILED}
    ran = subprocess.run(  # noqa: S603 - the pieces above
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=kept
    )
    return ran.stdout


def timed(code: str) -> float:
    """Give the seconds of a processor that a new Python takes for a piece of code."""
    before = os.times()
    run(code)
    after = os.times()
    return sum(
        (
            after.children_user - before.children_user,
            after.children_system - before.children_system,
        )
    )


if __name__ == "__main__":
    main()
