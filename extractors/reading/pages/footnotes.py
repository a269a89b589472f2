"""Footnotes: lines in smaller type at the foot of a page, under a short rule, each opened by its mark."""

import re
from collections.abc import Sequence

from extractors.reading.page import Page, Rule
from extractors.reading.pages.lines import Row
from extractors.reading.pages.wording import Wording
from schemas.source import Paragraph

_MARK = re.compile(r"(?P<mark>\d{1,2}|\*{1,3}|[¹²³⁰⁴-⁹]{1,2}|[ivx]{1,4})(?=\s|[А-ЯЁ«]|$)")
_RAISED = str.maketrans("0123456789i", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱ")
_SMALLER = 0.9  # points: a note is set so much smaller than the text
_RULE = (20.0, 0.45)  # points, and share of the page's width: the rule over the notes is longer than the one, shorter than the other
_SMALL = 0.8  # of the size of its line: a mark is smaller
_NUMBER = re.compile(r"[-–—\s]*\d{1,4}[-–—\s.]*$")


def footnote_rows(page: Page, rows: Sequence[Row], usual: float) -> list[int]:
    """Indexes of the rows that are footnotes; ``usual`` is the document's font size."""
    rules = [r for r in page.rules if _parts_notes(r, page)]
    for start, row in enumerate(rows):
        if not rules or not _MARK.match(row.text):
            continue
        above = rows[start - 1].top if start else 0.0
        ruled = any(above < (r.top + r.bottom) / 2 < row.top + 2 for r in rules)
        notes = [i for i in range(start, len(rows)) if not _NUMBER.fullmatch(rows[i].text)]
        smaller = all(0 < rows[i].size <= usual - _SMALLER for i in notes)
        if ruled and (smaller or _is_referred_to(row, rows[:start])):
            return notes
    return []


def _is_referred_to(note: Row, text: Sequence[Row]) -> bool:
    """«…единого реестра¹» stands above: the reader of the page raises such marks."""
    mark = _MARK.match(note.text)
    return mark is not None and any(w.text.rstrip(".,;:)").endswith(mark["mark"].translate(_RAISED)) for row in text for w in row.words)


def _parts_notes(rule: Rule, page: Page) -> bool:
    """A short rule across that begins in the left half of the page."""
    length = rule.x1 - rule.x0
    return rule.bottom - rule.top < 3 and _RULE[0] < length < _RULE[1] * page.width and rule.x0 < page.width / 2


def _opens(row: Row, last: Row) -> bool:
    """The mark is small, no figure, or the next one: «1 января» at the beginning of a line opens no note."""
    mark, before = _MARK.match(row.text), _MARK.match(last.text)
    if mark is None:
        return False
    if row.words[0].size < _SMALL * row.size or not mark["mark"].isdecimal():
        return True
    return before is not None and before["mark"].isdecimal() and int(mark["mark"]) == int(before["mark"]) + 1


def notes_of(rows: Sequence[Row], page: Page, wording: Wording) -> list[tuple[float, Paragraph]]:
    """Each note as one paragraph with its upper edge in points: «¹ Реестр размещён на сайте.»"""
    notes: list[list[Row]] = []
    for row in rows:
        if not notes or _opens(row, notes[-1][0]):
            notes.append([])
        notes[-1].append(row)
    return [(group[0].top, _paragraph(group, page, wording)) for group in notes]


def _paragraph(group: Sequence[Row], page: Page, wording: Wording) -> Paragraph:
    text = group[0].text
    for row in group[1:]:
        text = wording.glue(text, row.text)
    mark = _MARK.match(text)
    raised = f"{mark['mark'].translate(_RAISED)} {text[mark.end() :].lstrip()}" if mark else text
    first = group[0].paragraph(page.number)
    return first.model_copy(update={"text": raised.strip(), "spans": [row.span(page.number) for row in group]})
