"""Putting wrapped text together: hyphens at line ends, words cut by a narrow column."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractors.reading.pages.lines import Row

_WORD = re.compile(r"[а-яёa-z]+(?:-[а-яёa-z]+)*", re.IGNORECASE)
_ITEM = re.compile(r"^(?:\d+(?:\.\d+)*[.)]|[IVX]+[.)]|[-–—•]\s|[а-я]\)\s)")

_SMALL = frozenset(("и", "в", "на", "по", "с", "о", "к", "от", "до", "из", "у", "за", "об", "не", "а", "для", "или", "со", "во", "при"))


class Wording:
    """The document's own words: what decides whether two halves make one word."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._known = Counter(match[0].lower() for text in texts for match in _WORD.finditer(text))

    def glue(self, before: str, after: str) -> str:
        """Join two lines of one paragraph: «учебно-» + «воспитательной», «оцен-» + «ки», «план» + «работы»."""
        if before.endswith("\u00ad"):
            return before[:-1] + after
        head, tail = re.search(r"([а-яёa-z-]+)-$", before, re.IGNORECASE), re.match(r"[а-яёa-z]+", after, re.IGNORECASE)
        if head and tail:
            return (before[:-1] if self._hyphenated(head[1], tail[0]) else before) + after
        if re.search(r"\d[-–]$", before) and after[:1].isdigit():
            return before + after
        return f"{before} {after}"

    def _hyphenated(self, head: str, tail: str) -> bool:
        """The hyphen only marks the line end («оцен-ки»); a real one stays («учебно-воспитательной», «мастер-классы»)."""
        if not tail[0].islower():
            return False
        solid, hyphened = self._known[(head + tail).lower()], self._known[f"{head}-{tail}".lower()]
        if solid or hyphened:
            return solid > hyphened
        if len(head) < 2 or (head.lower().endswith(("о", "е")) and len(head) > 3):
            return False
        return self._known[tail.lower()] <= 1  # «классы» stands by itself elsewhere, «ки» does not

    def cut_word(self, before: Row, after: Row, right: float) -> bool:
        """«муниципалитет» / «е»: a word that fills its narrow column and goes on without a hyphen."""
        last, first = before.words[-1], after.words[0]
        rest = re.match(r"[а-яё]+", first.text)
        if len(before.words) > 1 or not last.text[-1:].isalpha() or rest is None or first.text.lower() in _SMALL:
            return False
        if right - last.x1 > 1.2 * last.size:
            return False
        return self._known[(last.text + rest[0]).lower()] > 0 or self._known[rest[0]] <= 1

    def lines(self, rows: Sequence[Row], right: float) -> list[str]:
        """Text of rows set in a column that ends at ``right``: one string for each line that was broken on purpose."""
        out = [rows[0].text]
        for before, row in pairwise(rows):
            if self.cut_word(before, row, right):
                out[-1] += row.text
            elif fits(before, row, right):
                out.append(row.text)
            else:
                out[-1] = self.glue(out[-1], row.text)
        return out


def fits(before: Row, after: Row, right: float) -> bool:
    """The first word below would have fitted on the line above: the break was set on purpose."""
    first = after.words[0]
    space = 0.3 * before.size
    if before.words[-1].text.endswith("-") and len(before.words[-1].text) > 1:
        return False
    return before.x1 + space + (first.x1 - first.x0) < right - 0.5


def opens_item(text: str) -> bool:
    """«3.1. …», «- …», «а) …»."""
    return bool(_ITEM.match(text))
