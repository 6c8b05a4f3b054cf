"""Refreshes a workbook and dies before or after its n-th call to the disk: killed.py N FILE."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

KILLED = 77


def main() -> None:
    fatal, workbook = int(sys.argv[1]), Path(sys.argv[2])
    from xlframework.commands.refresh import refresh  # noqa: PLC0415 - nothing may be counted yet

    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1
        if steps == fatal:
            os._exit(KILLED)

    def deadly(function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: object, **named: object) -> object:
            step()
            result = function(*arguments, **named)
            step()
            return result

        return wrapped

    # Every call of a write that touches the disk, before it and after it.
    for module, names in (
        (os, ("fsync", "fdopen", "replace")),
        (tempfile, ("mkstemp",)),
        (shutil, ("copy2", "copymode")),
        (Path, ("replace", "unlink", "read_bytes", "write_bytes")),
    ):
        for name in names:
            setattr(module, name, deadly(getattr(module, name)))
    refresh(workbook)


if __name__ == "__main__":
    main()
