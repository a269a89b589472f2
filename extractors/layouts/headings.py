"""Headings of annexes, plans and parts: where a heading ends and its text begins."""

import re
from collections.abc import Sequence

from extractors.layouts import marks
from extractors.layouts.section_lines import stands_over
from extractors.lines import Line
from schemas.source import Align

_MAX_HEADING = 12  # lines
_LONG = 300  # characters: a heading line is never longer
_LONG_LAST = 160  # characters: a longer line above a table is prose
_LONG_SECTION = 250  # characters: unless it has a number («II. Мероприятия по профилактике …»)


def heading_end(lines: Sequence[Line], start: int = 0) -> int:
    """Index after the last line of the heading that begins at ``start``."""
    end = start + 1
    while end < min(len(lines), start + _MAX_HEADING) and _goes_on(lines, start, end):
        end += 1
    return end


def _goes_on(lines: Sequence[Line], start: int, position: int) -> bool:
    line, before = lines[position], lines[position - 1]
    words = line.words
    if len(words) > _LONG or marks.opens_part(words) or re.match(r"^\s*[-–—•]", words) or marks.opens_annex(words):
        return False
    if not line.opens and before.locator == line.locator:
        return True
    if before.words.rstrip().endswith((".", ":", ";")) and not re.search(r"(?:гг?|им|г\.\s*\w+)\.$", before.words):
        return False
    set_alike = line.align == before.align and line.paragraph.bold == before.paragraph.bold
    if marks.heading_goes_on(words):
        return set_alike or len(words) < 160
    if line.caps and before.caps:
        return set_alike
    if _bare_kind(before.words) and position == start + 1:
        return len(words) < _LONG and line.align == before.align
    return set_alike and line.align is Align.CENTER and _unfinished(before.words)


def _bare_kind(words: str) -> bool:
    """«ПЛАН», «Дорожная карта», «ПЛАН МЕРОПРИЯТИЙ»: a kind word alone wants its object on the next line."""
    return bool(marks.heading_kind(words)) and len(words) < 60 and not re.search(r"\s(?:по|на|о|об)\s", words)


def _unfinished(words: str) -> bool:
    """The line ends in the middle: with a preposition, a conjunction, a comma, a lower-case genitive."""
    return bool(re.search(r"(?:,|-|\b(?:и|в|на|по|с|о|об|для|или|при|от|до|к|из))$", words))


def is_heading(lines: Sequence[Line], position: int) -> bool:
    """A line that heads the text below: centred, or bold and short, or numbered in capitals; not a list item."""
    line = lines[position]
    words = line.words
    if len(words) > 200 or re.search(r"[;,]$", words) or re.match(r"^\s*[-–—•]", words):
        return False
    if line.align is Align.CENTER or line.paragraph.heading is not None:
        return True
    if line.paragraph.bold and len(words) < 160:
        return True
    return line.caps and len(words) > 5


def split_heading(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Split lines that stand above a table into what is prose and what heads the table (nearest lines)."""
    start = len(lines)
    while start > 0 and len(lines) - start < _MAX_HEADING and _heads_table(lines, start - 1):
        start -= 1
    return list(lines[:start]), list(lines[start:])


def _heads_table(lines: Sequence[Line], position: int) -> bool:
    """By itself, or with the line that it goes on with inside one paragraph: «II. Мероприятия по \\ профилактике»."""
    goes_on = not lines[position].opens and position > 0 and lines[position - 1].locator == lines[position].locator
    return _heads_alone(lines, position) or (goes_on and _heads_table(lines, position - 1))


def _heads_alone(lines: Sequence[Line], position: int) -> bool:
    words = lines[position].words
    if re.search(r";$", words) or re.match(r"^\s*[-–—•]", words) or len(words) > _LONG:
        return False
    if is_heading(lines, position) or marks.heading_kind(words):
        return True
    if re.match(r"^\s*\d+\.\d+", words) and words.endswith("."):
        return False  # «1.1. Настоящее Положение определяет порядок.» is a clause
    last = all(not x.opens for x in lines[position + 1 :])
    if last and not re.search(r"[.,;:]$", words):
        return len(words) < (_LONG_SECTION if marks.opens_part(words) else _LONG_LAST)
    return (marks.opens_part(words) and len(words) < _LONG_LAST) or _stands_over_section(lines, position)


def _stands_over_section(lines: Sequence[Line], position: int) -> bool:
    """«Муниципальный уровень» over «I. Организация работы», both set as plain text."""
    if position != len(lines) - 2 or not lines[position].opens or not marks.opens_part(lines[-1].words):
        return False
    ends = not position or bool(re.search(r"[.:;!?»]$", lines[position - 1].words))
    return ends and stands_over(lines[position].words)
