"""A phrase made comparable without moving a letter, so that every finding can be cut out of the printed text again."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from normalizers.deadlines import words
from normalizers.deadlines.spoken import spoken_numbers

_LATIN = str.maketrans("aeopcxykmtbhi", "аеорсхукмтвні".replace("і", "и"))
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTENED = "|".join(re.escape(w) for w in words.UNITS if not w.isalpha())  # «кв-л», «п/г»
_TOKEN = re.compile(rf"[0-9]+|(?<![^\W_])(?:{_SHORTENED})(?!\w)|[^\W\d_]+|\S")
_ROMAN = re.compile(r"[ivlі]+")
_OCR_ZERO = re.compile(r"(?<=[0-9])[оo](?=[.,\s]|[0-9]|$)|(?<![^\W_])[оo](?=[1-9][.,])")
_OCR_THREE = re.compile(r"(?<![^\W_])з(?=[01][.,\s])")
_OCR_ONE = re.compile(r"(?<![^\W_])[lі|](?=[0-9](?:[.,\s]|$))")


class Token(NamedTuple):
    """A number, a word or a mark, with its place in the phrase."""

    kind: Literal["number", "word", "mark"]
    text: str
    start: int
    end: int

    @property
    def value(self) -> int:
        """The number; -1 where it is none or too long to belong to a date."""
        return int(self.text) if self.kind == "number" and len(self.text) <= 4 else -1


def clean(text: str) -> str:
    """NFC without invisible characters: what `Deadline.text` shows."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE)


def _lower(char: str) -> str:
    low = char.lower()
    return low if len(low) == 1 else char


def _cyrillic(match: re.Match[str]) -> str:
    """«cентябрь» typed with a Latin «c»; pure Roman figures stay Latin."""
    word = match.group()
    if _ROMAN.fullmatch(word):
        return word
    mixed = any("а" <= c <= "я" for c in word)
    return word.translate(_LATIN) if mixed or len(word) == 1 else word


def fold(text: str) -> str:
    """Lower case, «е» for «ё», plain hyphens and spaces, Cyrillic for look-alikes; as long as ``text``."""
    low = "".join(_lower(c) for c in text).replace("ё", "е").translate(_DASHES)
    low = re.sub(r"\s", " ", low)
    low = _OCR_ONE.sub("1", _OCR_THREE.sub("3", _OCR_ZERO.sub("0", low)))
    return _WORD.sub(_cyrillic, low)


def _tokens(folded: str) -> Iterator[Token]:
    """«двадцать пятого мая»: the two words are one number."""
    here = 0
    for start, end, value in spoken_numbers(folded):
        yield from _plain_tokens(folded, here, start)
        yield Token("number", str(value), start, end)
        here = end
    yield from _plain_tokens(folded, here, len(folded))


def _plain_tokens(folded: str, start: int, end: int) -> Iterator[Token]:
    for m in _TOKEN.finditer(folded, start, end):
        first = m.group()[0]
        kind: Literal["number", "word", "mark"] = "number" if first in "0123456789" else "word" if first.isalpha() else "mark"
        yield Token(kind, m.group(), m.start(), m.end())


@dataclass(frozen=True)
class Phrase:
    """The printed text beside its folded form; offsets hold for both."""

    printed: str
    folded: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "printed", clean(self.printed))
        object.__setattr__(self, "folded", fold(self.printed))

    @cached_property
    def tokens(self) -> list[Token]:
        """The phrase cut into numbers, words and marks."""
        return list(_tokens(self.folded))

    @cached_property
    def starts(self) -> dict[int, int]:
        """Offset → index of the token that begins there."""
        return {t.start: i for i, t in enumerate(self.tokens)}

    def cut(self, start: int, end: int) -> str:
        """The printed words of a span."""
        return self.printed[start:end]
