"""Do two acts come from one body? Judged by their letterheads and by who signed them."""

import re
from collections.abc import Set
from difflib import SequenceMatcher
from functools import lru_cache

_CLOSE = 0.75
"""Likeness of two words from which on one is the other, misread or in another case: «Управлевие», «Ивановский»; not «Петровского»."""
_MOST = 0.6
"""Share of the longer letterhead's words that the shorter must have to be the same: «Администрация» alone names nobody."""


def same_body(issuers: tuple[str | None, str | None], signers: tuple[Set[str], Set[str]]) -> bool | None:
    """True, False, or None where neither letterheads nor signatures tell.

    Args:
        issuers: the letterheads; None where it was not found, as under the stamp of a scan.
        signers: the surnames of those who signed, folded.
    """
    said = None if None in issuers else _same_name(*sorted(str(name) for name in issuers))
    if said is not None:
        return said
    one, other = signers
    if one & other:
        return True
    return None if None in issuers and not (one and other) else False


@lru_cache(maxsize=4096)
def _same_name(one: str, other: str) -> bool | None:
    """Numbers tell schools apart («СОШ № 5», «СОШ № 7»), words districts and names; None where only the signatures can tell."""
    if one == other:
        return True
    numbers = _numbers(one), _numbers(other)
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    likely = numbers[0] == numbers[1] and len(shorter) >= _MOST * len(longer) and 2 * len(shorter & longer) >= len(shorter)
    return True if likely and all(_has(longer, word) for word in shorter) else None


def _has(words: Set[str], word: str) -> bool:
    return word in words or any(SequenceMatcher(None, word, other).ratio() >= _CLOSE for other in words)


@lru_cache(maxsize=2048)
def _numbers(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", name))


@lru_cache(maxsize=2048)
def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{3,}", fold(name)))


def fold(text: str) -> str:
    """Lower case, «ё» as «е»."""
    return text.casefold().replace("ё", "е")
