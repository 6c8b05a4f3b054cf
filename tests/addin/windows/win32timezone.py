"""Stands in for pywin32's `win32timezone`: the one time zone that xlwings uses."""

import datetime as dt


class TimeZoneInfo:
    """Time zones by name."""

    @staticmethod
    def utc() -> dt.tzinfo:
        """Give universal time."""
        return dt.UTC
