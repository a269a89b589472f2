"""Which lines above a table name a section of its rows, and which the plan."""

import re

from extractors.layouts.grid import fold, merge_spans, one_line
from extractors.layouts.item_numbers import Label, section_label, words
from extractors.layouts.section_rows import SectionRow
from schemas.contract import Locator
from schemas.source import Align, ParagraphBlock

_LONG_SECTION = 250  # characters
_LONG_TITLE = 120  # characters: a longer line without a number is prose


def names_plan(text: str) -> bool:
    """«План мероприятий …», «Приложение …», «УТВЕРЖДЕНО»."""
    return bool(re.search(words()["plan_title"], fold(text)))


def _heads_section(label: Label) -> bool:
    """«1. Кадры», «Сентябрь», «I квартал»."""
    return label.kind in ("month", "quarter") or bool(label.ordinals and label.printed and label.rest[:1].isupper())


def section_lines(heading: list[ParagraphBlock], sectioned: bool) -> list[ParagraphBlock]:
    """Numbered lines under the plan's title: «I. Муниципальный уровень», «1. Кадры»; the last line where every table has one.

    A line without a number right above such a line is the section around it: «Муниципальный уровень» over «I. Кадры».
    """
    titles = [i for i, b in enumerate(heading) if names_plan(b.text)]
    lines = heading[titles[-1] + 1 :] if titles else heading
    if sectioned and lines and lines[-1] is heading[-1]:
        return lines[-1:]
    numbered = [len(b.text) < _LONG_SECTION and _heads_section(section_label(one_line(b.text))) for b in lines]
    around = [
        not titles and below and not own and stands_over(b.text)
        for b, own, below in zip(lines, numbered, [*numbered, False][1:], strict=True)
    ]
    return [b for b, own, over in zip(lines, numbered, around, strict=True) if own or over]


def stands_over(text: str) -> bool:
    """A title of its own, not the end of another and no caption: «Уровень школы», not «на 2024 год» or «Приложение 1»."""
    return (
        len(text) < _LONG_TITLE
        and text[:1].isupper()
        and not text.rstrip().endswith((".", ",", ";", ":"))
        and not any(c.isdigit() for c in text)
    )


def line_section(block: ParagraphBlock) -> tuple[SectionRow, Locator]:
    """A line above a table as the section that it names, and where it stands."""
    label = section_label(one_line(block.text))
    look = (block.paragraph.bold, block.paragraph.align is Align.CENTER, block.text.upper() == block.text)
    return SectionRow(0, label, label.rest, look=look), Locator(block=block.index, spans=merge_spans(block.paragraph.spans))
