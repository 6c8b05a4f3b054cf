"""The version of the installed xlframework."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("xlframework")
except PackageNotFoundError:  # run from a source folder that was never installed
    VERSION = "not installed"
