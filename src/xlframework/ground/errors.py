"""The errors that a command turns into one clear line and exit code 2."""


class XlframeworkError(Exception):
    """Something that a person must put right before a command can run.

    The text is one sentence, or two, for the finance team: what is wrong, where
    (file, sheet, cell or key), why it matters, and what to do.
    """


class UnreadableFileError(XlframeworkError):
    """A file that cannot be opened as what it should be (missing, damaged, another format)."""


class UnsafeFileError(XlframeworkError):
    """A file that could be opened but is not safe to read or to change."""


class DeclarationError(XlframeworkError):
    """A text file under `templates/` or an edition folder that says something we cannot follow.

    The message names the file and the key.
    """


class MisuseError(XlframeworkError):
    """A command asked for in a way that it cannot carry out."""
