"""Russian morphology: pymorphy3, and natasha's recogniser of names. The only module that knows either.

natasha 1.6 asks for ``pymorphy2``, which imports ``pkg_resources`` and fails on a clean environment: the pymorphy3
modules are registered under that name before natasha is imported.
"""

import importlib
import os
import re
import sys
import warnings
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from lexicon.words import analyzer

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_SECONDARY = {"gen2": "gent", "acc2": "accs", "loc2": "loct", "gen1": "gent", "loc1": "loct", "voct": "nomn"}


class Parse(NamedTuple):
    """One reading of a word; an absent grammeme is ""."""

    lemma: str
    pos: str  # OpenCorpora: NOUN, ADJF, PRTF, INFN, …
    case: str  # one of CASES
    number: str  # sing, plur
    gender: str  # masc, femn, neut
    animate: bool
    marks: frozenset[str]  # Surn, Name, Patr, Geox, Abbr, …
    score: float
    known: bool


class NamedSpan(NamedTuple):
    """A stretch of text that natasha takes for a name; ``kind`` is PER, ORG or LOC."""

    start: int
    stop: int
    kind: str


@cache
def _analyzer() -> Any:
    return analyzer()


@lru_cache(maxsize=50_000)
def parses(word: str) -> tuple[Parse, ...]:
    """All readings of a word, the likeliest first."""
    return tuple(_reading(p) for p in _analyzer().parse(word))


def _reading(parse: Any) -> Parse:
    tag = parse.tag
    case = str(tag.case or "")
    return Parse(
        lemma=str(parse.normal_form),
        pos=str(tag.POS or ""),
        case=_SECONDARY.get(case, case),
        number=str(tag.number or ""),
        gender=str(tag.gender or ""),
        animate=tag.animacy == "anim",
        marks=frozenset(map(str, tag.grammemes)),
        score=float(parse.score),
        known=bool(parse.is_known),
    )


def lemmas(word: str) -> frozenset[str]:
    """Every lemma the word may have."""
    return frozenset(p.lemma for p in parses(word.lower()))


def marked(word: str, grammeme: str) -> bool:
    """Whether the dictionary knows the word as such: «Name», «Surn»."""
    return any(p.known and grammeme in p.marks for p in parses(word.lower()))


@lru_cache(maxsize=50_000)
def inflect(word: str, grammemes: frozenset[str], given: frozenset[str]) -> str | None:
    """The form of ``word`` that has ``grammemes``, taken from the reading that has ``given``; case of letters kept.

    None where no reading fits or the form does not exist.
    """
    for parse in _analyzer().parse(word.lower()):
        if given <= _folded(parse.tag.grammemes):
            form = parse.inflect(set(grammemes))
            if form is not None:
                return like(_yo(str(form.word), word), word)
    return None


def _yo(form: str, word: str) -> str:
    """«казенному» → «казенное», not «казённое»: ё only where the document prints it."""
    return form if "ё" in word.lower() else form.replace("ё", "е")


def _folded(grammemes: Any) -> frozenset[str]:
    return frozenset(_SECONDARY.get(str(g), str(g)) for g in grammemes)


def like(form: str, pattern: str) -> str:
    """``form`` in the letter case of ``pattern``: «директор», «ДИРЕКТОРУ» → «ДИРЕКТОР»."""
    if len(pattern) > 1 and pattern.isupper():
        return form.upper()
    if "-" in form and form.count("-") == pattern.count("-"):
        return "-".join(like(f, p) for f, p in zip(form.split("-"), pattern.split("-"), strict=True))
    return form[:1].upper() + form[1:] if pattern[:1].isupper() else form


def _register_pymorphy() -> None:
    """Offer the pymorphy3 modules under the name that natasha and yargy import."""
    for name in [m for m in sys.modules if m == "pymorphy3" or m.startswith("pymorphy3.")]:
        sys.modules.setdefault(name.replace("pymorphy3", "pymorphy2", 1), sys.modules[name])


@cache
def _recogniser() -> Any:
    """Load natasha once: 0.4 s and about 250 MB, so only where prose is read."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    _register_pymorphy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        natasha = importlib.import_module("natasha")
    return natasha.Segmenter(), natasha.NewsNERTagger(natasha.NewsEmbedding()), natasha.Doc


_PIECE = 10_000
"""Characters that the recogniser gets at once: it needs about 2 KiB of memory for each, and a whole file may be one paragraph."""


@lru_cache(maxsize=2048)
def named_spans(text: str) -> tuple[NamedSpan, ...]:
    """What natasha takes for a person, a body or a place; offsets into ``text``. A second opinion, never the first."""
    return tuple(span for start, stop in _pieces(text) for span in _named(text[start:stop], start))


def _named(text: str, offset: int) -> list[NamedSpan]:
    if not re.search("[А-ЯЁ]", text) or not re.search("[А-Яа-я]{2}", text):
        return []  # a name has a capital letter
    segmenter, tagger, doc_type = _recogniser()
    doc = doc_type(text)
    doc.segment(segmenter)
    doc.tag_ner(tagger)
    return [NamedSpan(offset + s.start, offset + s.stop, s.type) for s in doc.spans]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """A long text in pieces that end with a sentence, else with a word."""
    start = 0
    while len(text) - start > _PIECE:
        room = text[start : start + _PIECE]
        cut = max(room.rfind(end) for end in (". ", "; ", "\n")) + 1 or room.rfind(" ") + 1 or _PIECE
        yield start, start + cut
        start += cut
    yield start, len(text)
