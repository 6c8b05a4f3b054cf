"""How texts of a sheet are compared: headers, labels and names, forgiving of small differences."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher

from xlframework.ground.folding import folded

# 2024/25, 24/25, 2024-25 and 2024 to 2025 are one year.
_YEARS = re.compile(
    r"\b(?:20)?(?P<first>[0-9]{2})\s*(?:[/\u2010-\u2015-]|to)\s*(?:20)?(?P<second>[0-9]{2})\b"
)
_NO_WORDS = re.compile(r"[\W_]+")
_CONTINUED = re.compile(
    r"\s*[-\u2013\u2014:]?\s*[(\[]?\s*(?:continued|cont(?:'?d)?\.?)\s*[)\]]?\Z", re.IGNORECASE
)
_ALIKE = 0.8
_SHORTEST_GUESS = 4


def plain(text: str) -> str:
    """Fold a text to its words: no case, accents, punctuation or pound signs, one way of years."""
    spelt = unicodedata.normalize("NFKD", text).casefold()
    spelt = "".join(sign for sign in spelt if not unicodedata.combining(sign))
    spelt = spelt.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    spelt = spelt.replace("&", " and ")
    words = _NO_WORDS.sub(" ", _YEARS.sub(_one_year, spelt)).strip()
    return re.sub(r"\bsub total", "subtotal", words)


def _one_year(match: re.Match[str]) -> str:
    first, second = match["first"], match["second"]
    follows = (int(first) + 1) % 100 == int(second)
    return f" y{first}{second} " if follows else match[0]


def likeness(one: str, other: str) -> float:
    """Tell how alike two folded texts are, from 0 to 1; never alike with other figures in them."""
    if min(len(one), len(other)) < _SHORTEST_GUESS or figures(one) != figures(other):
        return 0
    words = (" ".join(sorted(one.split())), " ".join(sorted(other.split())))
    if words[0] == words[1]:
        return 1
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE else 0


def are_alike(one: str, other: str) -> bool:
    """Tell whether two folded texts differ no more than by a slip of the hand."""
    return likeness(one, other) >= _ALIKE


def figures(text: str) -> list[str]:
    """List the numbers in a text; two texts with other numbers never mean the same."""
    return re.findall(r"[0-9]+", text)


def without_continued(label: str) -> str:
    """Take `(continued)` off a heading that is repeated on the next page."""
    return _CONTINUED.sub("", label).strip()


def same_label(one: str, other: str) -> bool:
    """Tell whether two labels say the same."""
    return one.strip() == other.strip() or (plain(one) == plain(other) != "")


def backwards(words: Mapping[str, str] | None, printed: str) -> str | None:
    """Give the word that prints so; None where no word or more than one does.

    Args:
        words: what certain words print as.
        printed: as it stands in the table.
    """
    for fold in (str, folded, plain):
        found = [word for word, shown in (words or {}).items() if fold(shown) == fold(printed)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def pattern_value(pattern: str, name: str, printed: str) -> str | None:
    """Read what stands for `{name}` in a printed label; None if the label is another one.

    Args:
        pattern: such as `{section} subtotal`.
        name: such as section.
        printed: the label, such as `Victims sub-total`.
    """
    before, hole, after = pattern.format(**{name: "\0"}).partition("\0")
    if not hole:
        return "" if same_label(printed, pattern) else None
    exact = re.fullmatch(re.escape(before) + "(.+)" + re.escape(after), printed, re.DOTALL)
    if exact:
        return exact[1].strip()
    loose = re.fullmatch(_loosely(before) + r"(.+?)" + _loosely(after), printed.strip(), re.DOTALL)
    return loose[1].strip() if loose else None


def _loosely(part: str) -> str:
    """Make a pattern of a label's fixed words: any case, any punctuation between them."""
    words = plain(part).replace("subtotal", "sub total").split()
    return r"(?i:[\W_]*" + r"[\W_]*".join(re.escape(word) for word in words) + r"[\W_]*)"
