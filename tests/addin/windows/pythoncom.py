"""Stands in for pywin32's `pythoncom`: what xlwings names of it."""

from pywintypes import com_error

ole_error = com_error

DISPATCH_PROPERTYGET = 2
DISPATCH_PROPERTYPUT = 4
IID_IDispatch = "{00020400-0000-0000-C000-000000000046}"
IID_IEnumVARIANT = "{00020404-0000-0000-C000-000000000046}"
TypeIIDs = {IID_IDispatch: object}

__all__ = [
    "DISPATCH_PROPERTYGET",
    "DISPATCH_PROPERTYPUT",
    "CoInitialize",
    "IID_IDispatch",
    "IID_IEnumVARIANT",
    "TypeIIDs",
    "com_error",
    "ole_error",
]


def CoInitialize() -> None:  # noqa: N802 - pywin32's own name
    """Nothing to start: the wire is opened by the first request."""
