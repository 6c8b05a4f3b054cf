"""Marks returns with findings of our choosing, and reads the copies with openpyxl."""

import io
from functools import cache
from typing import Any

import openpyxl

from builders import ROOT
from returns_forms import package_of
from xlframework.ground.finding import Finding, Severity
from xlframework.ground.place import Place
from xlframework.model.catalogue import read_catalogue
from xlframework.sheets.package.container import open_package, package_bytes
from xlframework.sheets.package.read import read_book
from xlframework.sheets.package.records import Package
from xlframework.sheets.returns.annotate import marked_copy
from xlframework.sheets.returns.looks import Looks, read_looks

# The grounds of the palette that the repository brings.
RED, YELLOW = "00F9DAD7", "00FDEFCF"


@cache
def looks() -> Looks:
    skeleton = open_package(ROOT / "templates" / "commissioning.xlsx")
    return read_looks(skeleton, read_catalogue(ROOT / "templates"))


def finding(
    cell: str | None,
    severity: Severity = "error",
    message: str = "that is no amount",
    *,
    sheet: str | None = "Return",
    fix: str = "Type a plain number.",
    expected: str | None = None,
    found: str | None = None,
) -> Finding:
    return Finding(
        rule="return-made-up",
        severity=severity,
        place=Place("return.xlsx", sheet, cell),
        message=message,
        fix=fix,
        expected=expected,
        found=found,
    )


def marked(data: bytes, *findings: Finding) -> Package:
    package = package_of(data)
    return marked_copy(package, read_book(package), findings, looks())


def opened(package: Package) -> Any:
    return openpyxl.load_workbook(io.BytesIO(package_bytes(package)))
