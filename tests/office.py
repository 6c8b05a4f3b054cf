"""LibreOffice as a second reader: converts a workbook headless, in a profile of its own."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def soffice() -> str:
    """Find LibreOffice; without it the test is skipped, or fails where it is required."""
    found = shutil.which("soffice")
    if found is None:
        reason = "LibreOffice (soffice) is not installed"
        if os.environ.get("XLFRAMEWORK_REQUIRE_SOFFICE") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def resave(workbooks: list[Path], folder: Path) -> list[Path]:
    """Have LibreOffice open workbooks and save them as .xlsx in another folder."""
    profile = (folder / "profile").as_uri()
    run = subprocess.run(
        [
            soffice(),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder),
            *map(str, workbooks),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    saved = [folder / workbook.name for workbook in workbooks]
    assert all(path.exists() for path in saved), run.stderr
    return saved
