"""Makes the VBA project of the add-in: `vbaProject.bin`, from texts, with no Excel."""

import io
import tempfile
import zipfile
from pathlib import Path

from xlframework.addin.source import Module
from xlframework.ground.errors import MisuseError

PART = "xl/vbaProject.bin"


def project_bytes(modules: tuple[Module, ...]) -> bytes:
    """Make a VBA project that holds these modules and no others.

    Args:
        modules: with the code of the workbook and of each sheet among them.

    Returns:
        The part; the same modules give the same bytes.

    Raises:
        MisuseError: if pyOpenVBA, which writes it, is not installed.
    """
    try:
        from pyopenvba import ExcelFile  # noqa: PLC0415 - build time only
        from pyopenvba.vba import VBAModuleKind  # noqa: PLC0415 - likewise
    except ImportError as error:
        raise MisuseError(
            "Building the add-in needs pyOpenVBA, which is not installed here; type: "
            "pip install 'xlframework[addin]'"
        ) from error
    with tempfile.TemporaryDirectory() as folder:
        # It edits a file, and starts from an empty one as Excel itself wrote it.
        path = Path(folder) / "empty.xlam"
        with ExcelFile.create_new(path) as book:
            project = book.vba_project()
            wanted = {module.name for module in modules}
            for name in [name for name in project.module_names() if name not in wanted]:
                project.delete_module(name)
            present = set(project.module_names())
            for module in modules:
                if module.name in present:
                    book.set_module(module.name, module.stored)
                else:
                    standard = module.kind == "standard"
                    kind = VBAModuleKind.standard if standard else VBAModuleKind.other
                    project.add_module(module.name, module.stored, kind=kind)
            book.save()
        return _part_of(path.read_bytes())


def _part_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(PART)
