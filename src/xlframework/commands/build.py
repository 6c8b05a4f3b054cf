"""Builds what the repository keeps: the skeleton, the 2024-25 workbook, the page of rules."""

import sys
from pathlib import Path

from xlframework.commands.new import make_workbook
from xlframework.commands.rules_page import rules_page
from xlframework.commands.workbook import read_declared
from xlframework.model.edition import read_bundled_edition
from xlframework.sheets.file_book import write_file
from xlframework.sheets.package.container import package_bytes, read_package
from xlframework.sheets.template import build_skeleton

SHOWN_EDITION = "2024-25"


def build_workbooks() -> tuple[bytes, bytes]:
    """Build the skeleton, and the commissioning workbook of the edition that we show.

    Returns:
        Both as .xlsx files; the same declarations and figures give the same bytes.
    """
    declared = read_declared(None)
    skeleton = build_skeleton(declared.workbook)
    package = read_package(skeleton, "commissioning.xlsx")
    edition = read_bundled_edition(SHOWN_EDITION)
    filled, _ = make_workbook(package, declared, edition, "commissioning.xlsx")
    return skeleton, package_bytes(filled)


def main(checkout: Path) -> None:
    """Write both into a checkout, and the page of rules."""
    skeleton, filled = build_workbooks()
    write_file(skeleton, checkout / "templates" / "commissioning.xlsx")
    write_file(filled, checkout / "workbook" / "commissioning.xlsx")
    page = rules_page(read_declared(None).catalogue)
    (checkout / "docs" / "rules.md").write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
