"""What a button answers, and how the answer reaches the person who pressed it.

On Windows, VBA waits for Python and shows the reply itself: Python leaves it in a file.
On a Mac, VBA does not wait, so Python shows it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xlframework.addin.places import places
from xlframework.ground.errors import MisuseError

Icon = Literal["information", "exclamation", "critical", "silent"]

# A message box shows 1,023 characters and drops the rest without a word; one of more lines
# than this has its button below the edge of a small screen.
LONGEST = 1000
MOST_LINES = 30

_TOKEN = re.compile(r"[0-9A-Za-z-]{1,64}")


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer.

    Attributes:
        icon: the sign beside it; `silent` shows nothing, for a dialog that was cancelled.
        text: what it says.
    """

    icon: Icon
    text: str = ""


# Nothing is left to say: a dialog was cancelled, or the guide is open.
SILENT = Reply("silent")


Alert = Callable[[Reply], None]


def shortened(text: str, rest: str = "") -> str:
    """Cut a text to what a message box shows, at the end of a line.

    Args:
        text: what to show.
        rest: where the rest can be read, said at the end of a text that was cut.
    """
    if fits(text):
        return text
    tail = f"\n...\n{rest}" if rest else "\n..."
    lines = text.split("\n")
    while len(lines) > 1 and not fits("\n".join(lines) + tail):
        lines.pop()
    kept = "\n".join(lines).rstrip()
    return (kept if fits(kept + tail) else kept[: LONGEST - len(tail) - tail.count("\n")]) + tail


def fits(text: str) -> bool:
    """Tell whether a message box shows a text whole."""
    # In a message box every line end counts twice, as carriage return and line feed.
    breaks = text.count("\n")
    return len(text) + breaks <= LONGEST and breaks < MOST_LINES


def reply_file(token: str, folder: Path | None = None) -> Path:
    """Give the file that VBA reads a reply from.

    Args:
        token: the word that VBA made up for this press.
        folder: by default the user's folder for temporary files.

    Raises:
        MisuseError: if the token is none of ours, for it becomes part of a file's name.
    """
    if not _TOKEN.fullmatch(token):
        raise MisuseError(f"{token!r} is no token of the add-in: letters, digits and hyphens only.")
    return (folder or places().replies) / f"xlframework-{token}.txt"


def reply_bytes(reply: Reply) -> bytes:
    """Write a reply as VBA reads it: the icon, a line end, the text; in VBA's own encoding.

    A VBA string is UTF-16 inside, so VBA takes these bytes over as they are, pound sign
    and all, whatever code page the machine has.
    """
    text = shortened(f"{reply.icon}\n{reply.text}")
    return text.replace("\n", "\r\n").encode("utf-16-le", "replace")


def send(reply: Reply, token: str, alert: Alert) -> None:
    """Show a reply, or leave it where VBA picks it up.

    Args:
        reply: the answer.
        token: what VBA handed over; empty if `press` was called by hand, which prints.
        alert: shows a reply from Python; used on a Mac.
    """
    if not token:
        print(reply.text)  # noqa: T201 - somebody called it in a console
    elif places().platform == "mac":
        if reply.icon != "silent":
            alert(Reply(reply.icon, shortened(reply.text)))
    else:
        reply_file(token).write_bytes(reply_bytes(reply))
