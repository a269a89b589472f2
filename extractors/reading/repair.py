"""Latin letters inside Cyrillic words («Черnобаева», «MБOУ») put right, whatever the medium."""

import re
from functools import cache
from itertools import product
from typing import NamedTuple

from lexicon import load
from lexicon.words import is_word

_PART = re.compile(r"[A-Za-zА-Яа-яЁё]+")  # a hyphen parts: «IT-куб», «QR-кода» mix nothing
_LATIN, _CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[А-Яа-яЁё]")


class Repaired(NamedTuple):
    """The text with look-alikes replaced, and the words that changed, as they stand in it now."""

    text: str
    changed: list[str]


def repair_lookalikes(text: str) -> Repaired:
    """Replace Latin look-alikes in words that are otherwise Cyrillic; what is not sure stays as it is.

    «MБOУ» → «МБОУ», «Черnобаева» → «Чернобаева»; «ЯClass», «Сферum», «IT-куб» stay.
    """
    changed: list[str] = []

    def repaired(match: re.Match[str]) -> str:
        word = _repair(match[0])
        if word != match[0]:
            changed.append(word)
        return word

    if not (_LATIN.search(text) and _CYRILLIC.search(text)):
        return Repaired(text, changed)
    return Repaired(_PART.sub(repaired, text), changed)


def _repair(word: str) -> str:
    latin, cyrillic = _LATIN.findall(word), _CYRILLIC.findall(word)
    if not latin or not cyrillic:
        return word
    exact, loose = _letters("exact"), _letters("loose")
    doubtful = [c for c in latin if c not in exact]
    if not doubtful:
        return "".join(exact.get(c, c) for c in word)
    if len(set(doubtful)) > 1 or len(cyrillic) <= len(latin) or any(c not in loose for c in doubtful):
        return word
    readings = ["".join(letters) for letters in product(*(exact.get(c) or loose.get(c, c) for c in word))]
    return next((reading for reading in readings if is_word(reading)), readings[0])


@cache
def _letters(kind: str) -> dict[str, str]:
    return dict(load("lookalikes")[kind])
