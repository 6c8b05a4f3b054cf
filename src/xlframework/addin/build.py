"""`addin build`: makes the add-in from its texts, the same texts giving the same bytes."""

import hashlib
from pathlib import Path

from xlframework.addin.places import ADDIN
from xlframework.addin.project import PART, project_bytes
from xlframework.addin.source import Sources, read_sources
from xlframework.commands.outcome import Outcome
from xlframework.commands.wording import plural
from xlframework.sheets.file_book import write_file
from xlframework.sheets.package.container import package_bytes
from xlframework.sheets.package.records import Package

COMMAND = "addin build"


def build_package(sources: Sources) -> Package:
    """Make the add-in's parts.

    Raises:
        MisuseError: if pyOpenVBA is not installed.
    """
    parts = {**sources.parts, PART: project_bytes(sources.modules)}
    return Package(ADDIN, {name: parts[name] for name in sorted(parts)})


def build_addin(folder: Path | None = None) -> bytes:
    """Make the add-in as a file.

    Args:
        folder: the texts; by default the shipped ones.

    Raises:
        XlframeworkError: if it cannot be made of them.
    """
    return package_bytes(build_package(read_sources(folder)))


def build(out: Path | None = None, *, source: Path | None = None) -> Outcome:
    """Make the add-in and write it.

    Args:
        out: the file; by default `workbook/xlframework.xlam` under the current folder where
            there is such a folder, else `xlframework.xlam` in it.
        source: the texts; by default those of `workbook/addin` under the current folder,
            else the shipped ones.

    Raises:
        XlframeworkError: if it cannot be made or written.
    """
    here = Path("workbook")
    texts = source or (here / "addin" if (here / "addin").is_dir() else None)
    target = out or (here if here.is_dir() else Path()) / ADDIN
    sources = read_sources(texts)
    data = package_bytes(build_package(sources))
    same = target.is_file() and target.read_bytes() == data
    if not same:
        write_file(data, target)
    made = f"{plural(len(sources.modules), 'VBA module')}, {plural(len(data), 'byte')}"
    done = "nothing to change" if same else "written"
    digest = hashlib.sha256(data).hexdigest()
    return Outcome(
        COMMAND,
        f"{target}: {done} ({made}).\nSHA-256 {digest}",
        (),
        {
            "file": str(target),
            "changed": not same,
            "sha256": digest,
            "modules": [module.name for module in sources.modules],
        },
    )
