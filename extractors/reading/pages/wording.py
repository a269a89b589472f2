"""Putting wrapped text together: hyphens at line ends, words cut by a narrow column."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extractors.reading.pages.lines import Row

_WORD = re.compile(r"[а-яёa-z]+(?:-[а-яёa-z]+)*", re.IGNORECASE)
_ITEM = re.compile(r"^(?:\d+(?:\.\d+)*[.)]|[IVX]+[.)]|[-–—•]\s|[а-я]\)\s)")


class Wording:
    """The document's own words: what decides whether two halves make one word."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._known = Counter(match[0].lower() for text in texts for match in _WORD.finditer(text))

    def glue(self, before: str, after: str) -> str:
        """Join two lines of one paragraph: «учебно-» + «воспитательной», «оцен-» + «ки», «план» + «работы»."""
        if before.endswith("\u00ad"):
            return before[:-1] + after
        head, tail = re.search(r"([а-яёa-z-]+)-$", before, re.IGNORECASE), re.match(r"[а-яёa-z]+", after)
        if head and tail:
            return self._hyphen(before, after, head[1], tail[0])
        if re.search(r"\d[-–]$", before) and after[:1].isdigit():
            return before + after
        return f"{before} {after}"

    def _hyphen(self, before: str, after: str, head: str, tail: str) -> str:
        solid, hyphened = (head + tail).lower(), f"{head}-{tail}".lower()
        if self._known[solid] > self._known[hyphened]:
            return before[:-1] + after
        if self._known[hyphened] or head.lower().endswith(("о", "е")) or len(head) < 2:
            return before + after
        return before + after if self._known[head.lower()] > 1 else before[:-1] + after

    def cut_word(self, before: Row, after: Row, right: float) -> bool:
        """«муниципалитет» / «е»: a word that fills its narrow column and goes on without a hyphen."""
        last, first = before.words[-1], after.words[0]
        if not (last.text[-1:].isalpha() and first.text[:1].islower()):
            return False
        fills = right - last.x1 < 1.2 * last.size and len(before.words) == 1
        solid = (last.text + re.match(r"[а-яё]*", first.text)[0]).lower()  # type: ignore[index]
        return fills and (
            self._known[solid] > 0
            or (
                len(first.text) <= 3
                and first.text.lower() not in ("и", "в", "на", "по", "с", "о", "к", "от", "до", "из", "у", "за", "об", "не")
            )
        )

    def lines(self, rows: Sequence[Row], right: float) -> list[tuple[str, bool]]:
        """Text of rows set in a column that ends at ``right``: (text, broken on purpose before it)."""
        out: list[tuple[str, bool]] = []
        for i, row in enumerate(rows):
            if i == 0:
                out.append((row.text, False))
                continue
            before = rows[i - 1]
            if self.cut_word(before, row, right):
                out[-1] = (out[-1][0] + row.text, out[-1][1])
            elif fits(before, row, right):
                out.append((row.text, True))
            else:
                out[-1] = (self.glue(out[-1][0], row.text), out[-1][1])
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
