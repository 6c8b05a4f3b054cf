"""Looks for what no workbook needs in its XML: document types, entities, odd encodings."""

import re

# White space, byte-order marks and the noughts of UTF-16 and UTF-32 may stand before
# the first `<`. Taking a few bytes too many for XML does no harm: a picture does not
# hold the words we look for.
_XML_START = re.compile(rb"[\xef\xbb\xbf\xfe\xff\x00 \t\r\n]*<")
_DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_FORBIDDEN = ("<!DOCTYPE", "<!ENTITY")
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "windows-1252"})


def xml_problem(data: bytes) -> str | None:
    """Say what makes a part unsafe to read as XML, or None.

    A part is taken for XML by what it holds, not by its name.
    """
    if not _XML_START.match(data):
        return None
    if _has_document_type(data):
        return "a document type or entity (Excel never writes one, and it can hide an attack)"
    encoding = _declared_encoding(data)
    if encoding is not None and encoding not in _ENCODINGS:
        return f"text in the unusual encoding {encoding!r}"
    return None


def _has_document_type(data: bytes) -> bool:
    # All encodings are searched, as a reader may change encoding after the first line;
    # the wide ones cannot occur without a nought byte.
    encodings = ("ascii", *_WIDE) if b"\0" in data else ("ascii",)
    return any(word.encode(encoding) in data for encoding in encodings for word in _FORBIDDEN)


def _declared_encoding(data: bytes) -> str | None:
    head = data[: data.find(b">") + 1].replace(b"\0", b"")
    match = _DECLARED.search(head)
    return match[1].decode("ascii", "replace").lower() if match else None
