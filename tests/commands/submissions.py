"""Folders of returns as they arrive, and `validate` run over them."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from builders import ROOT
from cli.terminal import Ran, run
from returns_forms import BLABY, LEICESTER, PLAN, at, monitoring, plan, typed
from xlframework.commands.outcome import Outcome
from xlframework.commands.validate import validate

COMMISSIONING = ROOT / "workbook" / "commissioning.xlsx"
OLD = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)

Sent = Mapping[str, bytes]


def wrong_plan() -> bytes:
    """Give a plan with words for an amount, and one that is above its award."""
    return typed(plan(), {at(PLAN, BLABY, "Q1"): "TBC"})


def post() -> Sent:
    """Give what one post brings: good, bad and no returns, and what lies beside them."""
    return {
        "blaby.xlsx": plan(),
        "Café plan (2) ...xlsx": wrong_plan(),
        "later/blaby.xlsx": plan(organisation=LEICESTER),
        "later/freeva Q2.xlsx": monitoring(),
        "later/old.XLS": OLD,
        "later/figures.csv": b"Activity,Q1\n",
        "letter.docx": b"PK",
        "~$blaby.xlsx": b"\x05Owner",
        ".hidden.xlsx": b"",
    }


def arrive(folder: Path, sent: Sent) -> Path:
    for name, data in sent.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def files_of(outcome: Outcome) -> dict[str, str]:
    """Give each file's status by its name."""
    found = json.loads(json.dumps(outcome.as_json()["files"]))
    return {Path(each["file"]).as_posix(): each["status"] for each in found}


def checked(*paths: Path, **options: Path | int | None) -> Outcome:
    return validate(paths, templates=ROOT / "templates", **options)  # type: ignore[arg-type]


def validated(capsys: pytest.CaptureFixture[str], *words: str | Path) -> Ran:
    return run(capsys, "validate", *words)
