"""Makes add-ins for tests: built, taken apart, and with one thing wrong."""

import io
import zipfile
from functools import cache
from pathlib import Path

from builders import ROOT
from xlframework.addin.build import build_addin
from xlframework.addin.source import Sources, read_sources

TEXTS = ROOT / "workbook" / "addin"
COMMITTED = ROOT / "workbook" / "xlframework.xlam"


@cache
def sources() -> Sources:
    """Read the texts once."""
    return read_sources(TEXTS)


@cache
def built() -> bytes:
    """Build the add-in once."""
    return build_addin(TEXTS)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Take a file apart without any of our code."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """Put parts together again."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def copy_of_texts(folder: Path) -> Path:
    """Copy the texts, to change one of them."""
    for path in TEXTS.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(TEXTS)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return folder
