"""Makes VBA's file statements into calls, which the emulated machine then answers.

pyOpenVBA runs no file statements: they reach outside Excel. A line that is one becomes a call
of a function of the same meaning. A few more things that pyOpenVBA cannot read are left out:
a comment after `#Const` or `#If`, `VBA.` before a function of VBA's own, a procedure's
description for the object browser, and the name of the one Enum, which is the Long that it
stands for. No other line is touched.
"""

import re

_REWRITES = (
    (
        r"Open (?P<file>.+) For (?P<mode>\w+)(?: Access \w+)? As #?(?P<n>\w+)",
        r'VbOpen \g<file>, "\g<mode>", \g<n>',
    ),
    (r"Close #(?P<n>\w+)", r"VbClose \g<n>"),
    (r"Line Input #(?P<n>\w+), (?P<into>\w+)", r"\g<into> = VbLineInput(\g<n>)"),
    (
        r"Input #(?P<n>\w+), (?P<one>\w+), (?P<two>\w+)",
        r"\g<one> = VbInput(\g<n>): \g<two> = VbInput(\g<n>)",
    ),
    (r"Get #(?P<n>\w+), , (?P<into>\w+)", r"\g<into> = VbGet(\g<n>)"),
    (r"Kill (?P<file>.+)", r"VbKill \g<file>"),
    (r"Attribute \w+\.VB_\w+ = .*", ""),
    (r"(?P<directive>#(?:Const|If)\b[^']*?) *'.*", r"\g<directive>"),
)
_PATTERNS = tuple(
    (re.compile(rf"^(?P<space>\s*){old}$"), rf"\g<space>{new}") for old, new in _REWRITES
)

_QUALIFIED = re.compile(r"\b(?:VBA|CompareMethod)\.(?=[A-Za-z])")
_ENUM = re.compile(r"\bAs CompareMethod\b")


def for_emulation(text: str) -> str:
    """Give a module's text with its file statements made into calls."""
    return "\r\n".join(_rewritten(line) for line in text.split("\r\n"))


def rewritten_lines(text: str) -> list[str]:
    """List the lines that are not run as they stand."""
    return [line.strip() for line in text.split("\r\n") if _rewritten(line) != line]


def _rewritten(line: str) -> str:
    for pattern, new in _PATTERNS:
        changed, found = pattern.subn(new, line)
        if found:
            return changed
    return _ENUM.sub("As Long", _QUALIFIED.sub("", line))
