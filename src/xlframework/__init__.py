"""Keeps a Police and Crime Commissioner's commissioning budget workbook right."""

from xlframework.commands.adopt import adopt
from xlframework.commands.allocate import allocate
from xlframework.commands.appendix import appendix
from xlframework.commands.areas import areas
from xlframework.commands.compare import compare
from xlframework.commands.demo import demo
from xlframework.commands.import_appendix import import_appendix
from xlframework.commands.new import new
from xlframework.commands.outcome import Outcome
from xlframework.commands.reconcile import reconcile
from xlframework.commands.refresh import refresh
from xlframework.commands.returns_issue import returns_issue
from xlframework.commands.validate import validate

__all__ = [
    "Outcome",
    "adopt",
    "allocate",
    "appendix",
    "areas",
    "compare",
    "demo",
    "import_appendix",
    "new",
    "reconcile",
    "refresh",
    "returns_issue",
    "validate",
]
