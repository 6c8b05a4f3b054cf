"""Fixes what a library writes anew each time, so that the same inputs give the same file."""

import re
from datetime import UTC, datetime

from xlframework.sheets.package.records import Package

BUILT = datetime(2024, 4, 1, tzinfo=UTC)

_CORE, _APPLICATION = "docProps/core.xml", "docProps/app.xml"


def as_built(package: Package) -> Package:
    """Give a workbook that openpyxl wrote a fixed date, and our name as its program.

    A reader that takes the file for Excel's own would trust row heights that nobody has
    measured yet, and cut off wrapped words.
    """
    core = re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*",
        rb"\g<1>" + f"{BUILT:%Y-%m-%dT%H:%M:%SZ}".encode(),
        package.parts[_CORE],
    )
    application = re.sub(
        rb"<Application>.*</AppVersion>",
        b"<Application>xlframework</Application>",
        package.parts[_APPLICATION],
    )
    return package.replacing({_CORE: core, _APPLICATION: application})
