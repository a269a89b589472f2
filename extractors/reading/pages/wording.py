"""Putting wrapped text together: hyphens at line ends, words cut by a narrow column."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractors.reading.pages.lines import Row
from lexicon.words import is_word

_WORD = re.compile(r"[а-яёa-z]+(?:-[а-яёa-z]+)*", re.IGNORECASE)
_ITEM = re.compile(r"^(?:\d+(?:\.\d+)*[.)]|[IVX]+[.)]|[-–—•]\s|[а-я]\)\s)")

_BOUND = re.compile(r"\d[-–]$|[А-ЯЁа-яёA-Za-z]-$|\w/$")  # «2-» / «3», «11-» / «х», «порог-» / «50», «01-08/» / «276»
_DATE, _FIGURES = re.compile(r"\b\d{2}\.\d{2}\.\d{4}\b"), re.compile(r"\d{2}\.\d{2}\.\d{1,3}$")  # «14.03.20» / «16»
_CLOSING, _NUMBERING = re.compile(r"[.,;:!?»)\]]"), re.compile(r"\d+(?:\.\d+)+\.?")  # «1.1.1» / «.», «3.2.» / «1.1»
_YEARS, _YEARS_BEGUN = re.compile(r"\b\d{4}[/–-]\d{4}\b"), re.compile(r"\b\d{4}[/–-]\d{1,3}$")  # «2019/20» / «20»
_SHORT_YEAR = re.compile(r"\.\d{2}$")  # «14.03.20» may be whole; «23.02.202» never is
_WIDE = frozenset("мжшщюыфъдМЖШЩЮЫФДОСХ")  # letters wider than most

_SMALL = frozenset("ивсокуая")  # one-letter words
_NEVER_FIRST = frozenset("ьъы")  # no word opens with them
_CUTS = 6  # lines over which a very narrow column may spread one word


class Wording:
    """The document's own words: what decides whether two halves make one word."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._known = Counter(match[0].lower() for text in texts for match in _WORD.finditer(text))

    def glue(self, before: str, after: str) -> str:
        """Join two lines of one paragraph: «учебно-» + «воспитательной», «оцен-» + «ки», «план» + «работы»."""
        if before.endswith("\u00ad"):
            return before[:-1] + after
        if _CLOSING.match(after) or (_NUMBERING.fullmatch(before) and re.fullmatch(r"\.?\d+(?:\.\d+)*\.?", after)):
            return before + after
        head, tail = re.search(r"([а-яёa-z-]+)-$", before, re.IGNORECASE), re.match(r"[а-яёa-z]+", after, re.IGNORECASE)
        if head and tail:
            return (before[:-1] if self._hyphenated(head[1], tail[0]) else before) + after
        if (_BOUND.search(before) and after[:1].isalnum()) or (before[-1:] == after[:1] == "№"):
            return before + after
        return f"{before} {after}"

    def _hyphenated(self, head: str, tail: str) -> bool:
        """The hyphen only marks the line end («оцен-ки»); a real one stays («учебно-воспитательной», «мастер-классы»)."""
        if not tail[0].islower():
            return False
        solid, hyphened = self._known[(head + tail).lower()], self._known[f"{head}-{tail}".lower()]
        if solid or hyphened:
            return solid > hyphened
        return is_word(head + tail) and not (is_word(f"{head}-{tail}") or (head.lower().endswith(("о", "е")) and len(head) > 4))

    def cut_word(self, rows: Sequence[Row], right: float, so_far: str) -> bool:
        """«муниципалитет» / «е»: the first of ``rows`` ends in a word too wide for its column, which goes on without a hyphen.

        Joined where the whole is a word and the halves are not («Утверждённый» / «перечень» stay two), or where it
        had to be cut: it stands alone on its line, and its next letter had no room («Литера» / «тура»). A very
        narrow column may cut a word twice: ``so_far`` is the line as put together up to here.
        """
        last, first = rows[0].words[-1], rows[1].words[0]
        head, tail = re.search(r"[А-ЯЁа-яё-]+$", so_far), re.match(r"[а-яё]+(?:-[а-яё]+)*", first.text)
        if _FIGURES.search(so_far) and _DATE.search(so_far + first.text):
            return not _SHORT_YEAR.search(so_far) or _had_to_be_cut(rows[0], rows[1], right)
        if _YEARS_BEGUN.search(so_far) and _YEARS.search(so_far + first.text):
            return True
        if head is None or tail is None or right - last.x1 > 1.2 * last.size:
            return False
        if tail[0][0] in _NEVER_FIRST:
            return True
        wholes = _wholes(head[0] + tail[0], rows)
        known = any(_is_word_or_its_negation(whole) or self._known[whole.lower()] for whole in wholes)
        if _had_to_be_cut(rows[0], rows[1], right):
            return known or not (is_word(head[0]) or is_word(tail[0]))
        if not known:
            return False
        if len(rows[0].words) == 1 and len(head[0]) > 3 and right - last.x1 < 0.7 * last.size:
            return True  # «необходим» / «ости»: both halves are words, but the line is full and the whole is one
        ends = len(rows) == 2 and len(rows[1].words) == 1 and rows[1].words[0].text == tail[0]
        if len(tail[0]) == 1 and (tail[0] not in _SMALL or ends):
            return True  # «Участник» / «и»: no cell ends in a lone conjunction
        return not is_word(head[0]) or not is_word(tail[0])

    def lines(self, rows: Sequence[Row], right: float) -> list[str]:
        """Text of rows set in a column that ends at ``right``: one string for each line that was broken on purpose."""
        out = [rows[0].text]
        for i, (before, row) in enumerate(pairwise(rows)):
            if self.cut_word(rows[i : i + _CUTS], right, out[-1]):
                out[-1] += row.text
            elif fits(before, row, right):
                out.append(row.text)
            else:
                out[-1] = self.glue(out[-1], row.text)
        return out


def _is_word_or_its_negation(text: str) -> bool:
    """«неснижаемого»: the dictionary knows «снижаемого»."""
    return is_word(text) or (text[:2].lower() == "не" and len(text) > 6 and is_word(text[2:]))


def _wholes(begun: str, rows: Sequence[Row]) -> list[str]:
    """What the word may be: ``begun`` from the first two of ``rows``, and longer while lines of one word follow."""
    wholes = [begun]
    for above, below in pairwise(rows[1:]):
        if len(above.words) > 1 or not re.fullmatch(r"[а-яё-]+", above.words[0].text):
            break
        wholes.append(wholes[-1] + below.words[0].text.rstrip(".,;:"))
    return wholes


def fits(before: Row, after: Row, right: float) -> bool:
    """The first word below would have fitted on the line above: the break was set on purpose."""
    first = after.words[0]
    space = 0.3 * before.size
    if before.words[-1].text.endswith("-") and len(before.words[-1].text) > 1:
        return False
    return before.x1 + space + (first.x1 - first.x0) < right - 0.5


def _had_to_be_cut(before: Row, after: Row, right: float) -> bool:
    """One word fills the line so that not even the next letter fits, and the whole word fits no line."""
    if len(before.words) > 1:
        return False
    first = after.words[0]
    width = first.x1 - first.x0
    letter = width / len(first.text) * (1.3 if first.text[0] in _WIDE and len(first.text) > 1 else 1.0)
    return before.x1 + letter > right - 0.3 and before.x1 + width > right


def opens_item(text: str) -> bool:
    """«3.1. …», «- …», «а) …»."""
    return bool(_ITEM.match(text))
