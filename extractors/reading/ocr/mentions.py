"""A word read with doubt is settled by another mention of it in the same file: «Птевчуку» where «Шевчук» was read surely."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from extractors.reading.page import Page, Word
from extractors.reading.repair_ocr import lines_of
from lexicon import load
from lexicon.words import is_word

_SURE = 0.85  # read with less, a word may be settled; with as much, it settles others
_STEM, _ENDING = 4, 3  # letters that two cases of a name share at least; letters of an ending
_LONG = 8  # letters of a common word: a shorter one is like too many
_WORD = re.compile(r"(\W*)([А-ЯЁа-яё]{3,})(\W*)")
_INITIALS = re.compile(r"([А-ЯЁ\d])\.([А-ЯЁ\d])\.[,;:)]*")


class Mention(NamedTuple):
    """A word without the signs around it, and the initials beside it («С.К.», "" where there are none)."""

    word: Word
    head: str
    core: str
    tail: str
    initials: Word | None


def settle_mentions(pages: list[Page]) -> None:
    """Settle doubtful words, in place, where exactly one surely read word fits; where two fit, the word is told to be like them.

    A name or an abbreviation may differ by one letter, or pair of letters, of like shape: «ЦМИ» and «ЦМП». A name in another case must
    stand with the same initials. A long word that is none of the dictionary may differ by any one letter: «насхавничестве» under a stamp.
    """
    mentions = [mention for page in pages for line in lines_of(page.words) for mention in _mentions(line)]
    sure: defaultdict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if _is_sure(mention.word):
            sure[mention.core] |= {mention.initials.text.strip(",;:)")} if mention.initials and _is_sure(mention.initials) else set()
    for mention in mentions:
        if not _is_sure(mention.word):
            _settle(mention, _readings(mention, sure), mention.core in sure)
        if mention.initials and not _is_sure(mention.initials):
            _settle_initials(mention.initials, {known for core in sure if _same_name(core, mention.core) for known in sure[core]})


def _is_sure(word: Word) -> bool:
    return (word.confidence or 0.0) >= _SURE


def _mentions(line: list[Word]) -> Iterator[Mention]:
    """Words of a line; «И.П. Самойлович» and «Самойлович И.П.» with their initials."""
    beside: dict[int, list[Word]] = {id(word): [] for word in line}
    for a, b in pairwise(line):
        beside[id(a)].append(b)
        beside[id(b)].insert(0, a)
    for word in line:
        if found := _WORD.fullmatch(word.text):
            initials = next((other for other in beside[id(word)] if found[2][0].isupper() and _INITIALS.fullmatch(other.text)), None)
            yield Mention(word, found[1], found[2], found[3], initials)


def _readings(mention: Mention, sure: dict[str, set[str]]) -> set[str]:
    core = mention.core
    if not core.isupper() and is_word(core):
        return set()
    if core.islower():
        return {other for other in sure if len(core) >= _LONG and len(other) == len(core) and _differ_once(core, other)}
    alike = set(_alike(core))
    exact = {reading for reading in alike if reading in sure}
    if exact or core.isupper() or mention.initials is None:
        return exact
    initials = mention.initials.text.strip(",;:)")
    return {reading for reading in alike for other, known in sure.items() if initials in known and _same_name(reading, other)}


def _differ_once(a: str, b: str) -> bool:
    return sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _alike(core: str) -> Iterator[str]:
    """What may have been printed: one letter, or pair of letters, replaced by one of like shape."""
    for i in range(len(core)):
        for piece in {core[i : i + 1], core[i : i + 2]}:
            for other in _shapes().get(piece, ()):
                yield core[:i] + other + core[i + len(piece) :]


@cache
def _shapes() -> dict[str, frozenset[str]]:
    shapes: defaultdict[str, set[str]] = defaultdict(set)
    for group in load("ocr")["shapes"]["alike"]:
        for piece in group:
            shapes[piece] |= {other for other in group if other != piece}
    return {piece: frozenset(others) for piece, others in shapes.items()}


def _same_name(a: str, b: str) -> bool:
    """«Шевчуку» and «Шевчук»."""
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[0].isupper() and shared >= _STEM and max(len(a), len(b)) - shared <= _ENDING


def _settle(mention: Mention, readings: set[str], itself: bool) -> None:
    """Write the only reading; where there are several, or the word itself was read surely elsewhere, say which it is like."""
    if len(readings) == 1 and not itself:
        _write(mention.word, mention.head + readings.pop() + mention.tail)
    elif not (itself and mention.core.islower()):
        mention.word.like = tuple(sorted(readings))


def _settle_initials(word: Word, known: set[str]) -> None:
    """«И.1.» beside a «Самойлович» who is «И.П.» elsewhere: a figure, or one letter of like shape."""
    printed = word.text.rstrip(",;:)")
    fitting = {other for other in known if other in _alike(printed) or re.fullmatch(re.sub(r"\d", "[А-ЯЁ]", re.escape(printed)), other)}
    if printed not in known and len(fitting) == 1:
        _write(word, fitting.pop() + word.text[len(printed) :])


def _write(word: Word, text: str) -> None:
    word.raw, word.text, word.settled = word.raw or word.text, text, True
