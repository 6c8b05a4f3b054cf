"""Folds a name for comparison, as Excel compares the headers that a formula refers to."""


def folded(text: str) -> str:
    """Fold a name: blind to case and to spaces around and between its words."""
    return " ".join(text.split()).casefold()
