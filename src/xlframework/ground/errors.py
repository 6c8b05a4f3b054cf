"""The errors that a command turns into one clear line and exit code 2."""

from xlframework.ground.place import Place


class XlframeworkError(Exception):
    """Something that a person must put right before a command can run.

    The text is one sentence, or two, for the finance team: what is wrong, where
    (file, sheet, cell or key), why it matters, and what to do.
    """


class UnreadableFileError(XlframeworkError):
    """A file that cannot be opened as what it should be (missing, damaged, another format)."""


class UnsafeFileError(XlframeworkError):
    """A file that could be opened but is not safe to read or to change."""


class TooLargeError(UnsafeFileError):
    """A file that is larger, packed or unpacked, than any of its kind."""


class DeclarationError(XlframeworkError):
    """A text file under `templates/` or an edition folder that says something we cannot follow.

    The message names the file and the key.
    """


class MisuseError(XlframeworkError):
    """A command asked for in a way that it cannot carry out."""


class AllocationError(XlframeworkError):
    """A split that cannot be made: an input or a setting that says something impossible.

    Attributes:
        place: the cell, line or key that has to be put right.
        problem: what is wrong and what to do, without the place.
    """

    def __init__(self, place: Place, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem
