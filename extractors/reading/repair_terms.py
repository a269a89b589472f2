"""Roman numerals that count terms («I квартал», «II-III кварталы»), read as letters by OCR."""

import re
from functools import cache

from lexicon import load

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
"""Roman numerals in their order, from one."""


def counts_terms(after: list[str]) -> bool:
    """What stands after a numeral are numerals and the signs between them, up to a word that they count.

    Args:
        after: the words that follow on the line: «–», «ТУ», «кварталы».
    """
    for text in after:
        if text.strip(".,;:").lower() in _counted():
            return True
        if not all(part in {"", "и", *_numerals()} for part in _parts(text)[::2]):
            return False
    return False


def numerals_of(text: str) -> str | None:
    """«Т» → I, «П-Ш» → II-III, «1-П» → I-II, «П,» → II,; None where anything else stands there, or where the numerals do not rise."""
    parts = _parts(text)
    numerals = [_numerals().get(part, "I" if part == "1" and len(parts) > 1 else part) for part in parts]
    counted = [ROMAN.index(numeral) if numeral in ROMAN else -1 for numeral in numerals[::2] if numeral]
    return "".join(numerals) if counted and -1 not in counted and counted == sorted(set(counted)) else None


def glued_term(text: str) -> tuple[str, str] | None:
    """«Тквартал» → I, квартал."""
    found = re.fullmatch(r"(\S{1,4}?)([а-яё]{4,}[.,;:]?)", text)
    if found is None or found[2].strip(".,;:") not in _counted() or found[1].islower():
        return None
    numeral = numerals_of(found[1])
    return (numeral, found[2]) if numeral else None


def _parts(text: str) -> list[str]:
    """Numerals at even places, the signs between them at odd ones."""
    return re.split(r"([-–—,])", text)


def _counted() -> list[str]:
    return list(load("ocr")["roman"]["before"])


@cache
def _numerals() -> dict[str, str]:
    """Roman numerals and what they are read as."""
    words = load("ocr")["roman"]
    readings: dict[str, str] = words["readings"]
    return readings | dict.fromkeys(words["strokes"], "I") | {numeral: numeral for numeral in ROMAN}
