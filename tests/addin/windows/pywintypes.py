"""Stands in for pywin32's `pywintypes`: its error and its time."""

import datetime as dt


class error(Exception):  # noqa: N801, N818 - pywin32's own name
    """What a Windows call raises."""


class com_error(Exception):  # noqa: N801, N818 - pywin32's own name
    """What a COM call raises: hresult, text, (code, source, text, help, id, scode), argument."""

    def __init__(
        self,
        hresult: int,
        strerror: str,
        excepinfo: tuple[object, ...] | None = None,
        argerror: object = None,
    ) -> None:
        super().__init__(hresult, strerror, excepinfo, argerror)
        self.hresult = hresult
        self.strerror = strerror
        self.excepinfo = excepinfo
        self.argerror = argerror


class TimeType(dt.datetime):
    """A date from COM, always with a time zone."""


class IID(str):
    """A class id."""

    __slots__ = ()
