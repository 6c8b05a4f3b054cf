"""Gives every line its block and section: from its columns, the headings, or the subtotals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xlframework.appendix.layout import Heading, Layout
from xlframework.appendix.parse.lines import Draft
from xlframework.appendix.parse.sums import Entry
from xlframework.appendix.parse.text import backwards, same_label, without_continued
from xlframework.ground.folding import folded
from xlframework.model.budget import Word


@dataclass(slots=True)
class Spelling:
    """Keeps the first spelling of every name, so that case and spaces make no second one."""

    names: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """Give a name in the spelling that came first."""
        return self.names.setdefault(folded(name), name) if name else ""


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where a line belongs; the empty text for what the table does not say."""

    block: str
    section: str


@dataclass(slots=True)
class _Walk:
    """What holds at a row: the last headings, and lines whose section may stand below them."""

    block: str = ""
    heading: str = ""
    carried: str = ""
    sections: dict[int, str] = field(default_factory=dict)
    waiting: list[int] = field(default_factory=list)


def belongings(
    layout: Layout, entries: Sequence[Entry], blocks: Spelling, sections: Spelling
) -> Mapping[int, Belonging]:
    """Find the block and section of every line, and of every subtotal without lines, by its row.

    Args:
        layout: says which columns and headings tell them.
        entries: the rows of the table.
        blocks: the spelling of blocks.
        sections: the spelling of sections.
    """
    walk = _Walk()
    found: dict[int, str] = {}
    for number, entry in enumerate(entries):
        label = entry.row.row.label
        if entry.row.kind == "heading" and label is not None:
            is_outer = _is_followed_by_heading(entries[number + 1 :])
            _take_heading(layout, walk, label.text, list(sections.names), is_outer=is_outer)
        elif entry.row.kind == "subtotal":
            sums = entry.row.sums
            section = sums.section if sums else ""
            for row in walk.waiting:
                walk.sections[row] = sections.of(section)
            if is_alone(entries, number):
                row = entry.row.row.number
                declared = section if sums and sums.declared else ""
                walk.sections[row] = sections.of(declared or walk.heading)
                found[row] = blocks.of(_usual_block(layout, walk))
            walk.waiting.clear()
            walk.carried = ""
        elif entry.draft is not None:
            _take_line(walk, entry.draft, sections)
            found[entry.draft.row] = blocks.of(_block(layout, walk, entry.draft))
    return {row: Belonging(block, walk.sections.get(row, "")) for row, block in found.items()}


def is_alone(entries: Sequence[Entry], number: int) -> bool:
    """Tell whether a row is a subtotal that no line stands above, so that it was entered.

    Its heading stands directly above, or it follows another sum and has a declared label.
    """
    if entries[number].row.kind != "subtotal":
        return False
    above = (each.row.kind for each in reversed(entries[:number]))
    kind = next((kind for kind in above if kind not in {"header", "empty"}), "subtotal")
    sums = entries[number].row.sums
    is_named = sums is not None and sums.declared and bool(sums.section)
    return kind == "heading" or (kind == "subtotal" and is_named)


def _is_followed_by_heading(entries: Sequence[Entry]) -> bool:
    """Tell whether the next row that says anything is a heading; a page break says nothing."""
    kinds = (entry.row.kind for entry in entries)
    return next((kind for kind in kinds if kind not in {"header", "empty"}), "") == "heading"


def _take_line(walk: _Walk, draft: Draft, sections: Spelling) -> None:
    own = text_of(draft.words, "Section") or walk.heading or walk.carried
    walk.sections[draft.row] = sections.of(own)
    if text_of(draft.words, "Section"):
        walk.carried = own
    if not own:
        walk.waiting.append(draft.row)


def _take_heading(
    layout: Layout, walk: _Walk, text: str, known: Sequence[str], *, is_outer: bool
) -> None:
    by_block, by_section = layout.headed_by("block"), layout.headed_by("section")
    shorter = without_continued(text)
    words = [each.words for each in (by_block, by_section) if each is not None]
    printed = {folded(shown) for each in words for shown in (each or {}).values()}
    if shorter and folded(shorter) in {*known, *printed, folded(walk.heading)}:
        text = shorter
    # Of two kinds of headings the outer one is a block's.
    is_block = by_block is not None and (by_section is None or is_outer)
    declared = by_block if is_block else by_section
    name = (backwards(declared.words, text) if declared is not None else None) or text
    block = next((block for block in layout.blocks if same_label(block, name)), None)
    if block is not None or (is_block and not layout.blocks):
        walk.block, walk.heading = block or name, ""
    else:
        walk.block = _unheaded_block(by_block, name) or walk.block
        walk.heading = name
    walk.carried = ""
    walk.waiting.clear()


def _unheaded_block(by_block: Heading | None, section: str) -> str | None:
    """Give the block that a section is named after, where the block has no heading of its own."""
    words = by_block.words if by_block is not None else None
    return next(
        (name for name, shown in (words or {}).items() if not shown and same_label(name, section)),
        None,
    )


def _block(layout: Layout, walk: _Walk, draft: Draft) -> str:
    return text_of(draft.words, "Block") or _usual_block(layout, walk)


def _usual_block(layout: Layout, walk: _Walk) -> str:
    return layout.blocks[0] if len(layout.blocks) == 1 else walk.block


def text_of(words: Mapping[str, Word], header: str) -> str:
    """Give the text under a header of `Lines`, whatever its case."""
    wanted = header.casefold()
    return next((str(word) for each, word in words.items() if each.casefold() == wanted), "")
