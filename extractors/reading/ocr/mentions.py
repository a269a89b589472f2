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
_CERTAIN = 0.9  # a name read with as much is not outvoted
_STEM, _ENDING = 4, 3  # letters that two cases of a name share at least; letters of an ending
_LONG, _SHORT = 8, 5  # letters of a common word that is settled by any one letter, and by one of like shape: a shorter one is like too many
_WORD = re.compile(r"(\W*)([А-ЯЁа-яё]{3,})(\W*)")
_INITIALS = re.compile(r"([А-ЯЁ\d])\.([А-ЯЁ\d])\.[,;:)]*")


class Mention(NamedTuple):
    """A word without the signs around it, how the word before it begins, and the initials beside it on its line («С.К.»)."""

    word: Word
    head: str
    core: str
    tail: str
    before: str
    initials: Word | None


class Sure(NamedTuple):
    """Where a word was read surely: with which initials, and after what each time."""

    initials: set[str]
    before: list[str]


def settle_mentions(pages: list[Page]) -> None:
    """Settle doubtful words, in place, where exactly one surely read word fits; where two fit, the word is told to be like them.

    A name may differ by one letter, or pair of letters, of like shape; in another case it must stand with the same initials. An
    abbreviation must stand twice, or after the same word («директор ЦМИ», «директор ЦМП»), and few letters are settled there: «ООО»
    and «СОО» are two. A long word that is none of the dictionary may differ by any one letter: «насхавничестве» under a stamp; what is
    read surely and yet is no word, by one letter of like shape: «обшее» under a rule. A name that is none of the dictionary is outvoted
    by one of like shape with the same initials that was read more often: «Черкашпна О.Н.», once, and «Черкашина О.Н.», thrice.
    """
    mentions = [mention for page in pages for mention in _mentions(page)]
    sure: defaultdict[str, Sure] = defaultdict(lambda: Sure(set(), []))
    for mention in mentions:
        if _is_sure(mention.word):
            sure[mention.core].before.append(mention.before)
            if mention.initials and _is_sure(mention.initials):
                sure[mention.core].initials.add(_bare(mention.initials))
    for mention in mentions:
        if not _is_sure(mention.word) or _is_no_word(mention.core):
            _settle(mention, _readings(mention, sure), sure)
        elif (namesakes := _outvoting(mention, sure)) and len(namesakes) == 1:
            _write(mention.word, mention.head + namesakes.pop() + mention.tail)
        if mention.initials and not _is_sure(mention.initials):
            _settle_initials(mention.initials, {known for core in sure if _same_name(core, mention.core) for known in sure[core].initials})


def _is_sure(word: Word) -> bool:
    return (word.confidence or 0.0) >= _SURE


def _bare(initials: Word) -> str:
    return initials.text.rstrip(",;:)")


def _mentions(page: Page) -> Iterator[Mention]:
    before = {id(word): last.text[:_STEM].lower() for last, word in pairwise(page.words)}  # in a cell the word before ends the line above
    for line in lines_of(page.words):
        for i, word in enumerate(line):
            if found := _WORD.fullmatch(word.text):
                beside = [*line[max(i - 1, 0) : i], *line[i + 1 : i + 2]] if found[2][0].isupper() else []
                initials = next((other for other in beside if _INITIALS.fullmatch(other.text)), None)
                yield Mention(word, found[1], found[2], found[3], before.get(id(word), ""), initials)


def _readings(mention: Mention, sure: dict[str, Sure]) -> set[str]:
    core = mention.core
    if not core.isupper() and is_word(core):
        return set()
    alike = set(_alike(core))
    if core.islower():
        words = {reading for reading in alike if len(core) >= _SHORT and reading in sure and is_word(reading)}
        any_letter = not words and len(core) >= _LONG and not _is_sure(mention.word)
        return {other for other in sure if len(other) == len(core) and _differ_once(core, other)} if any_letter else words
    exact = {reading for reading in alike if reading in sure}
    if exact or core.isupper() or mention.initials is None:
        return exact
    namesakes = [other for other, known in sure.items() if _bare(mention.initials) in known.initials]
    if any(_same_name(core, other) for other in namesakes):
        return set()
    return {reading for reading in alike for other in namesakes if _same_name(reading, other)}


def _outvoting(mention: Mention, sure: dict[str, Sure]) -> set[str]:
    if not mention.core[0].isupper() or mention.initials is None or (mention.word.confidence or 0.0) >= _CERTAIN or is_word(mention.core):
        return set()
    here, votes = _bare(mention.initials), len(sure[mention.core].before)
    return {name for name in _alike(mention.core) if name in sure and here in sure[name].initials and len(sure[name].before) > votes}


def _is_no_word(core: str) -> bool:
    return len(core) >= _SHORT and core.islower() and not is_word(core)


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


def _settle(mention: Mention, readings: set[str], sure: dict[str, Sure]) -> None:
    """Write the only reading; where there are several, or the word itself was read surely elsewhere, say which it is like."""
    itself = mention.core in sure and not (_is_no_word(mention.core) and len(sure[mention.core].before) == 1)
    only = next(iter(readings)) if len(readings) == 1 and not itself else ""
    if only and (not only.isupper() or _same_abbreviation(mention, only, sure[only].before)):
        _write(mention.word, mention.head + only + mention.tail)
    elif not (itself and mention.core.islower()):
        mention.word.like = tuple(sorted(readings))


def _same_abbreviation(mention: Mention, other: str, before: list[str]) -> bool:
    return _strokes(mention.core) == _strokes(other) and (len(before) > 1 or mention.before in before)


def _strokes(abbreviation: str) -> str:
    """Abbreviations that are the same but for the letters that may be settled in one."""
    for first, *others in load("ocr")["shapes"]["abbreviations"]:
        for other in others:
            abbreviation = abbreviation.replace(other, first)
    return abbreviation


def _settle_initials(word: Word, known: set[str]) -> None:
    """«И.1.» beside a «Самойлович» who is «И.П.» elsewhere: a figure, or one letter of like shape."""
    printed = _bare(word)
    fitting = {other for other in known if other in _alike(printed) or re.fullmatch(re.sub(r"\d", "[А-ЯЁ]", re.escape(printed)), other)}
    if printed not in known and len(fitting) == 1:
        _write(word, fitting.pop() + word.text[len(printed) :])


def _write(word: Word, text: str) -> None:
    word.raw, word.text, word.settled = word.raw or word.text, text, True
