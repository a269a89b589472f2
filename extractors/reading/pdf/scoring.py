"""Does the text layer of a page say what stands on it? One that lies is not imported: the page needs recognition."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import islice, pairwise

from extractors.reading.page import Word
from extractors.reading.pdf.chars import UNKNOWN
from lexicon import load
from lexicon.words import is_word

_CYRILLIC, _KNOWN, _PAIRS = 0.6, 0.4, 0.75  # shares below which a text layer lies; on real pages all stand near 0.95
_SAMPLE, _FEW_WORDS, _DIGITS = 300, 6, 20
_UNREAD = 0.1  # share of characters that the fonts do not tell
_ENGLISH, _ENGLISH_WORDS = 0.05, 3  # share of small words in English (prose 0.15, forms 0.08); different ones on a page
_STRANGE, _FEW_STRANGE, _STRANGE_SHARE = frozenset("!#$%&'*+<=>@[\\]^`{|}~" + UNKNOWN), 3, 0.01  # signs, words, share of the words
_LONG = 7  # letters: shorter capitals may be an abbreviation
_MANY_STRANGE = 5  # different signs of a font that has no letters
_LATIN_LETTERS, _MIXED, _FEW_LETTERS = 0.5, 0.3, 20  # shares of letters like «Ï», of words in two alphabets; letters that tell nothing
_OVERLAID, _MANY = 0.2, 20  # share of words that lie on another word; words that make a page


def truthful(words: Sequence[Word]) -> bool:
    """The words of a page can be taken as they are: Russian, and one layer of them."""
    shown = [w for w in words if not w.hidden]
    return lettered(" ".join(w.text for w in shown)) and not overlaid(shown) and not signs(shown)


def signs(words: Sequence[Word]) -> bool:
    """One of the fonts tells nothing: words of it come out as signs («!$#%&\' ($») among the Russian ones."""
    strange = sum(sum(c in _STRANGE for c in word.text) > 1 for word in words)
    return strange > max(_FEW_STRANGE, _STRANGE_SHARE * len(words))


def lettered(text: str) -> bool:
    """The words are Russian: Cyrillic for the most part, and words, or halves of words, as Russian has them; or they are English.

    A text layer that lies («IIOCTAHOBJIEHIIE», «Ïðèêàç», «(cid:12)», letters at random) fails one of the tests. English tells the
    truth, and a recogniser of Russian would only spoil it.
    """
    letters = [c for c in text if c.isalpha()]
    unread = sum(c == UNKNOWN or "\ue000" <= c <= "\uf8ff" for c in text)
    if unread > _UNREAD * (len(letters) + unread):
        return False
    if not letters:
        return sum(c.isdigit() for c in text) > _DIGITS
    if sum(_is_cyrillic(c) for c in letters) < _CYRILLIC * len(letters):
        return _english(text)
    words = re.findall(r"[А-ЯЁа-яё]{4,}", text)[:_SAMPLE]
    if len(words) < _FEW_WORDS or sum(map(is_word, words)) >= _KNOWN * len(words):
        return True
    return _russian_pairs(words) >= _PAIRS


def pages_with_lying_fonts(pages: Sequence[Sequence[Word]]) -> list[bool]:
    """Whether a font says something else than it shows: headings in a bold font whose map is broken, where the rest is good.

    A page with too few words of a font («Март») is judged with the others that have few, and last by what the font does elsewhere.
    """
    texts = [_by_font(words) for words in pages]
    verdicts = [{font: _spells(read) for font, read in fonts.items()} for fonts in texts]
    lie = {font for fonts in verdicts for font, spells in fonts.items() if spells is False}
    few: defaultdict[str, list[str]] = defaultdict(list)
    for fonts, spells in zip(texts, verdicts, strict=True):
        for font, read in fonts.items():
            few[font] += read if spells[font] is None else []
    for font, read in few.items():
        spelled = _spells(read)
        if spelled is False or (spelled is None and font in lie):
            lie.add(font)
            verdicts = [{**fonts, font: False} if fonts.get(font, True) is None else fonts for fonts in verdicts]
    return [
        any(spells[font] is False and _shows(read) for font, read in fonts.items()) for fonts, spells in zip(texts, verdicts, strict=True)
    ]


def _by_font(words: Sequence[Word]) -> dict[str, list[str]]:
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        if word.font and not word.hidden:
            texts[word.font].append(word.text)
    return texts


def _shows(read: Sequence[str]) -> bool:
    """More than a dash or a point."""
    return sum(c.isalpha() or c in _STRANGE for text in read for c in text) > 2


def _spells(read: Sequence[str]) -> bool | None:
    """Whether the words of one font are words; None where there are too few to tell.

    Latin ones are believed, it may be the font of addresses; «Ïðèêàç» and «OBPA3ОВАНИЕ» are none.
    """
    words = [word for text in read for word in re.findall(r"[^\W\d_]{4,}", text)][:_SAMPLE]
    letters = "".join(words)
    if len(letters) < _FEW_LETTERS:
        alone = not any(c.isalpha() for text in read for c in text)
        return False if alone and len(_STRANGE.intersection("".join(read))) >= _MANY_STRANGE else None
    mixed = sum(bool(re.search("[A-Za-z]", word) and re.search("[А-Яа-яЁё]", word)) for word in words)
    foreign = sum("À" <= c <= "ÿ" for c in letters)
    if foreign > _LATIN_LETTERS * len(letters) or mixed > _MIXED * len(words):
        return False
    cyrillic = {word for word in words if any("\u0400" <= c <= "\u04ff" for c in word)}
    if not cyrillic:
        return True
    long = sorted(word for word in cyrillic if len(word) >= _LONG or not word.isupper())  # «МБДОУ» is no word, and tells nothing
    return lettered(" ".join(long)) if len(long) >= _FEW_WORDS else None


def _english(text: str) -> bool:
    """English prose: small words of it stand among the words. Cyrillic drawn with Latin letters spells none of them."""
    words = re.findall(r"[a-z]{2,}", text.lower())
    small = [word for word in words if word in _small_words()]
    return len(small) >= _ENGLISH * len(words) and len(set(small)) >= _ENGLISH_WORDS


@cache
def _small_words() -> frozenset[str]:
    return frozenset(load("english")["small_words"])


def _is_cyrillic(char: str) -> bool:
    return "а" <= char.lower() <= "я" or char in "ёЁ"


def _russian_pairs(words: Sequence[str]) -> float:
    """Share of pairs of letters that Russian has: high also where narrow columns cut every word («преподава» / «тель»)."""
    known = _pairs()
    pairs = [a + b for word in words for a, b in pairwise(word.lower().replace("ё", "е"))]
    return sum(pair in known for pair in pairs) / max(len(pairs), 1)


@cache
def _pairs() -> frozenset[str]:
    return frozenset(first + second for first, after in load("letter_pairs")["pairs"].items() for second in after)


def overlaid(words: Sequence[Word]) -> bool:
    """Two text layers on top of each other: many words have another word's middle within them."""
    if len(words) < _MANY:
        return False
    ordered = sorted(words, key=lambda w: w.top + w.bottom)
    covered = sum(_is_covered(word, ordered, i) for i, word in enumerate(ordered))
    return covered > _OVERLAID * len(words)


def _is_covered(word: Word, ordered: Sequence[Word], i: int) -> bool:
    """A later word of the same height lies on the middle of this one, or this one on the middle of that."""
    middle, reach = word.x0 + word.x1, word.top + word.bottom + 0.5 * (word.bottom - word.top)
    for other in islice(ordered, i + 1, None):
        if other.top + other.bottom > reach:
            return False
        if 2 * other.x0 < middle < 2 * other.x1 or 2 * word.x0 < other.x0 + other.x1 < 2 * word.x1:
            return True
    return False
