"""The lexicon of the calendar, ready for look-up."""

import re
from difflib import get_close_matches
from functools import cache

from lexicon import load

CALENDAR = load("calendar")


def _by_word(section: str) -> dict[str, int]:
    return {word: int(number) for number, words in CALENDAR[section].items() for word in words}


MONTHS = _by_word("months")
ORDINALS = _by_word("ordinals")
NUMERALS = _by_word("numerals")
ROMAN = _by_word("roman")
UNITS: dict[str, str] = {word: unit for unit, words in CALENDAR["units"].items() for word in words}
WEEKDAYS: dict[str, str] = {word: code for code, words in CALENDAR["weekdays"].items() for word in words}
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""RFC 5545 codes, Monday first."""
PARTS = frozenset(CALENDAR["parts"]["part"])
PART_END = frozenset(CALENDAR["parts"]["end"])
PART_BEGIN = frozenset(CALENDAR["parts"]["begin"])
PART_HALF = frozenset(CALENDAR["parts"]["half"])
YEAR_WORDS = frozenset(CALENDAR["year"]["words"])
YEAR_SINGULAR = frozenset(CALENDAR["year"]["singular"])
ACADEMIC = tuple(CALENDAR["academic"]["stems"])
SUFFIXES = frozenset(CALENDAR["ordinals_written"]["suffixes"])
# each month lists five cases, then what it is shortened to
MONTH_SHORT = frozenset(word for names in CALENDAR["months"].values() for word in names[5:])
MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
"""Every form of every month, for a regular expression; the longer first."""
_LONG = [m for m in MONTHS if len(m) >= 6]


@cache
def month(word: str) -> int | None:
    """«сентября» → 9; one letter amiss in a long name («сетябрь») is forgiven."""
    if word in MONTHS:
        return MONTHS[word]
    if len(word) < 6 or len(word) > 10:
        return None
    near = get_close_matches(word, _LONG, n=1, cutoff=0.86)
    return MONTHS[near[0]] if near and near[0][0] == word[0] else None


def spaced(*parts: str) -> re.Pattern[str]:
    """Compile a regular expression in which a space is any white space and `` ?`` perhaps none."""
    return re.compile("".join(parts).replace(" ?", r"\s*").replace(" ", r"\s+"))


@cache
def pattern(notation: str) -> re.Pattern[str]:
    """Compile the lexicon's notation: a space is any white space, ``*`` the rest of a word."""
    body = re.sub(r"(?<!\\)(?<![)\]}\\S.D])\*", r"\\w*", notation)
    return spaced("(?:", body, r")(?!\w)")
