"""Which lines above a table name a section of its rows, and which the plan."""

import re

from extractors.layouts.grid import fold, one_line
from extractors.layouts.item_numbers import Label, section_label, words
from schemas.source import ParagraphBlock

_LONG_SECTION = 250  # characters


def names_plan(text: str) -> bool:
    """«План мероприятий …», «Приложение …», «УТВЕРЖДЕНО»."""
    return bool(re.search(words()["plan_title"], fold(text)))


def _heads_section(label: Label) -> bool:
    """«1. Кадры», «Сентябрь», «I квартал»."""
    return label.kind in ("month", "quarter") or bool(label.ordinals and label.printed and label.rest[:1].isupper())


def section_lines(heading: list[ParagraphBlock], sectioned: bool) -> list[ParagraphBlock]:
    """Numbered lines under the plan's title: «I. Муниципальный уровень», «1. Кадры»; the last line where every table has one."""
    titles = [i for i, b in enumerate(heading) if names_plan(b.text)]
    lines = heading[titles[-1] + 1 :] if titles else heading
    if sectioned and lines and lines[-1] is heading[-1]:
        return lines[-1:]
    labels = [(b, section_label(one_line(b.text))) for b in lines]
    return [b for b, label in labels if len(b.text) < _LONG_SECTION and _heads_section(label)]
