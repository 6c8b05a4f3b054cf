"""Checks many submitted files, in this process or in several; no file stops the others."""

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from xlframework.commands.check_return import Known, check_file
from xlframework.ground.errors import XlframeworkError
from xlframework.model.returns import Refused, Trouble
from xlframework.rules.returns.checked import Checked
from xlframework.rules.returns.refused import check_refused
from xlframework.sheets.package.container import file_bytes, package_bytes
from xlframework.sheets.returns.annotate import marked_copy
from xlframework.sheets.returns.looks import Looks
from xlframework.sheets.returns.opening import MEGABYTE
from xlframework.sheets.returns.read_return import Submission, read_submission

# Fewer files for each process are checked sooner than a second one has started.
_WORTH_A_PROCESS = 40
_USUAL_MOST = 16

# Windows waits for no more processes than that at once.
_MOST = 60
_MOST_AT_A_TIME = 8

# Seconds after which a person wants to see that something is going on.
_LONG = 1.0

_BROKE = "reading the file ended in an error that nobody has foreseen, so it was not checked"
_NOT_MARKED = "marking it ended in an error that nobody has foreseen"


@dataclass(frozen=True, slots=True)
class Desk:
    """What every file is checked with; handed to each process once.

    Attributes:
        known: the forms, the rules and the commissioning workbook.
        looks: those of marked copies; None where none are made.
    """

    known: Known
    looks: Looks | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """One file, checked.

    Attributes:
        checked: what was found.
        marked: its marked copy, where one was asked for and could be made.
        unmarked: why there is none, where the file could be opened.
    """

    checked: Checked
    marked: bytes | None = None
    unmarked: str | None = None


def examine_all(files: Sequence[Path], desk: Desk, jobs: int | None = 1) -> Iterator[Examined]:
    """Check files; the results come in the order of the files, whatever the number of processes.

    Args:
        files: what to check.
        desk: what it is checked with.
        jobs: how many processes; None for as many as so many files are worth.
    """
    wanted = useful_jobs(len(files)) if jobs is None else jobs
    number = min(wanted, len(files), _MOST)
    results = _in_processes(files, desk, number) if number > 1 else _here(files, desk)
    # `disable=None` shows the bar to a person only, `delay` only where there is a wait.
    with tqdm(
        results,
        total=len(files),
        unit=" returns",
        file=sys.stderr,
        disable=None,
        delay=_LONG,
        leave=False,
    ) as shown:
        yield from shown


def useful_jobs(files: int) -> int:
    """Give the number of processes that so many files are worth."""
    return max(1, min(os.cpu_count() or 1, _USUAL_MOST, files // _WORTH_A_PROCESS))


def examine(path: Path, desk: Desk) -> Examined:
    """Check one file, and mark a copy of it where that is asked for; nothing is ever raised.

    Args:
        path: the file.
        desk: what it is checked with.
    """
    try:
        data = _read(path, desk.known)
    except XlframeworkError as error:
        return _refused(path, desk, "missing", _reason(error, path))
    try:
        checked, submission = check_file(data, str(path), desk.known)
    except Exception:  # noqa: BLE001 - whatever is in a file, the others are to be checked
        return _refused(path, desk, "damaged", _BROKE)
    return _marked(checked, submission, desk)


def mark_again(checked: Checked, desk: Desk) -> Examined:
    """Mark a file once more, with what only the whole batch could tell of it.

    Args:
        checked: the file, with all findings.
        desk: what it was checked with.
    """
    try:
        data = _read(Path(checked.file), desk.known)
        submission = read_submission(data, checked.file, desk.known.forms)
    except XlframeworkError as error:
        return Examined(checked, unmarked=str(error))
    return _marked(checked, submission, desk)


def _read(path: Path, known: Known) -> bytes:
    """Read a file, but no more of one that is too large than shows that it is."""
    most = max((form.limits.size for form in known.forms), default=1) * MEGABYTE
    try:
        if path.is_file() and path.stat().st_size > most:
            with path.open("rb") as stream:
                return stream.read(most + 1)
    except (OSError, ValueError):
        # Said below, in words.
        pass
    return file_bytes(path)


def _reason(error: XlframeworkError, path: Path) -> str:
    """Say why a file could not be read, without its name and without advice."""
    said = str(error).partition("; ")[0]
    for name in (str(path), path.name):
        said = said.removeprefix(f"{name} ")
    return f"the file {said}".rstrip(".")


def _refused(path: Path, desk: Desk, trouble: Trouble, message: str) -> Examined:
    given = Refused(str(path), trouble, message)
    return Examined(Checked(str(path), None, check_refused(given, desk.known.catalogue), given))


def _marked(checked: Checked, submission: Submission, desk: Desk) -> Examined:
    if desk.looks is None or submission.package is None or submission.book is None:
        return Examined(checked)
    try:
        copy = marked_copy(submission.package, submission.book, checked.findings, desk.looks)
        return Examined(checked, package_bytes(copy))
    except XlframeworkError as error:
        return Examined(checked, unmarked=str(error))
    except Exception:  # noqa: BLE001 - likewise
        return Examined(checked, unmarked=_NOT_MARKED)


def _here(files: Sequence[Path], desk: Desk) -> Iterator[Examined]:
    return (examine(path, desk) for path in files)


# What a process that checks files was handed when it started.
_desks: list[Desk] = []


def _take(desk: Desk) -> None:
    _desks.append(desk)


def _examine(path: Path) -> Examined:
    return examine(path, _desks[-1])


def _pool(number: int, desk: Desk) -> ProcessPoolExecutor:
    """Start processes.

    They start afresh and share nothing, as they do on every system: a copy of a program
    that runs several threads may hang.
    """
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(number, context, initializer=_take, initargs=(desk,))


def _in_processes(files: Sequence[Path], desk: Desk, number: int) -> Iterator[Examined]:
    done, has_started = 0, False
    try:
        with _pool(number, desk) as pool:
            pool.submit(os.getpid).result()
            has_started = True
            at_a_time = max(1, min(_MOST_AT_A_TIME, len(files) // (number * 4)))
            for examined in pool.map(_examine, files, chunksize=at_a_time):
                done += 1
                yield examined
    except (BrokenProcessPool, OSError, ImportError, NotImplementedError):
        # Where no process can start at all, this one does the work.
        rest = files[done:]
        yield from _one_by_one(rest, desk) if has_started else _here(rest, desk)


def _one_by_one(files: Sequence[Path], desk: Desk) -> Iterator[Examined]:
    """Go on after a file has ended the process that read it; the file is found, and said to."""
    left = list(files)
    while left:
        done = 0
        try:
            with _pool(1, desk) as pool:
                for examined in pool.map(_examine, left):
                    done += 1
                    yield examined
        except BrokenProcessPool:
            yield _refused(left[done], desk, "damaged", _BROKE)
            done += 1
        left = left[done:]
