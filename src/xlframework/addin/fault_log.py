"""Writes down what went wrong, for whoever looks into it; nobody else is shown a traceback."""

import logging
import platform
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from xlframework.addin.places import log_file
from xlframework.ground.version import VERSION

_LARGEST = 500_000
_KEPT = 2


def note(command: str, error: BaseException, file: Path | None = None) -> Path | None:
    """Write an error with all that led to it into the log file.

    Args:
        command: the button's.
        error: what was raised.
        file: by default the user's log file; it is begun anew when it grows too large,
            and the two before it are kept.

    Returns:
        The file; None if it cannot be written.
    """
    path = file or log_file()
    lines = "".join(traceback.format_exception(error)).rstrip()
    message = f"{command}, xlframework {VERSION}, Python {platform.python_version()}\n{lines}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", errors="replace"
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    handler.emit(logging.LogRecord("xlframework", logging.ERROR, "", 0, message, None, None))
    handler.close()
    return path
