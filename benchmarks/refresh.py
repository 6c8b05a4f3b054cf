"""How long does a refresh take, against openpyxl merely opening and saving the same workbook?

Ratios within one run; medians of interleaved rounds. Run: make bench
"""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl

from xlframework.commands.new import new
from xlframework.commands.refresh import refresh

ROUNDS = 7


def main() -> None:
    """Measure and print a row of RESULTS.md."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fresh = folder / "fresh.xlsx"
        new(fresh, edition="2024-25")
        changed = folder / "changed.xlsx"
        book = openpyxl.load_workbook(fresh)
        book["Lines"]["T5"].value = 600000
        book.save(changed)
        work = folder / "work.xlsx"

        def unchanged() -> None:
            refresh(fresh)

        def with_changes() -> None:
            shutil.copyfile(changed, work)
            refresh(work, backup=False)

        def open_and_save() -> None:
            openpyxl.load_workbook(fresh).save(work)

        with_changes()
        total = openpyxl.load_workbook(work, data_only=True)["Summary"]["D33"].value
        assert total == 6774237, total
        steps = (unchanged, with_changes, open_and_save)
        rounds = [[timed(step) for step in steps] for _ in range(ROUNDS)]
    nothing, something, other = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"| {nothing / other:.2f} | {something / other:.2f} | {other * 1000:.0f} ms |")


def timed(step: Callable[[], object]) -> float:
    """Give the seconds that a step takes."""
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
