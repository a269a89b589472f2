"""What is put on paper: paragraphs and grids, the same for Word and for PDF."""

from dataclasses import dataclass, field

from tests.roundtrip.truth import Truth

HABITS = ["split runs", "tracked", "control", "no-break spaces", "soft hyphens", "empty paragraphs", "tab after number", "smart tags"]
"""What people and Word do to a text that looks the same on paper."""


MERGED_UP, MERGED_LEFT = "^", "<"
"""Instead of a cell's text: it is one with the cell above, or to the left."""


@dataclass(frozen=True)
class Para:
    """A paragraph. ``label`` is its printed number; ``auto`` lets Word print it."""

    text: str
    align: str = "body"  # body, center, left, side (the block at the right)
    bold: bool = False
    label: str | None = None
    level: int = 0
    auto: bool = False
    glued: bool = False  # no space after the label
    page_break: bool = False


@dataclass(frozen=True)
class Line:
    """A row of a grid; a section row has one text, ``merged`` over all columns or not."""

    cells: tuple[str, ...]
    section: bool = False
    merged: bool = True
    bold: bool = True


@dataclass(frozen=True)
class Grid:
    """A ruled table (or one without rules); a cell's line breaks are paragraphs."""

    widths: tuple[float, ...]
    lines: tuple[Line, ...]
    ruled: bool = True
    repeat_header: bool = False
    auto_column: bool = False  # Word numbers the first column: «1.», «2.» …


@dataclass
class Sheet:
    """A document in reading order."""

    blocks: list[Para | Grid] = field(default_factory=list)
    dotted: bool = True  # second level «1.1.», else «1)»
    page_numbers: bool = False
    running_head: str | None = None
    habits: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Made:
    """A document, typeset in mind, and what is known of it."""

    truth: Truth
    sheet: Sheet
