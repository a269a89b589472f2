"""Days and years in words: «двадцать пятого мая две тысячи двадцать четвёртого года»."""

from collections.abc import Iterator
from functools import cache

from normalizers.deadlines.words import CALENDAR, MONTH_NAMES, spaced

_SPOKEN = CALENDAR["spoken"]
_STEMS = {stem: int(number) for number, stem in _SPOKEN["stems"].items()}
_TENS = {word: int(number) for number, word in _SPOKEN["tens"].items()}
_ENDS = "|".join(sorted(_SPOKEN["endings"], key=len, reverse=True))
_STEM = "|".join(sorted(_STEMS, key=len, reverse=True))
_ORDINAL = rf"(?:(?:{'|'.join(_TENS)}) )?(?:{_STEM})(?:{_ENDS})"
# only what a month or «числа» follows is a day: «первого мая», «пятого и двадцатого числа»; not «первого заместителя»
_DAY = spaced(rf"(?<!\w){_ORDINAL}(?=(?: ?(?:,|-|и|по|до|либо|или)(?: по| до)? {_ORDINAL}){{0,9}} (?:{MONTH_NAMES}|числ\w+)(?!\w))")
_YEAR = spaced(rf"(?<!\w)две тысячи {_ORDINAL}(?= (?:года|году|год)(?!\w))")


def spoken_numbers(folded: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and value of every day and year in words, left to right."""
    found = [m for body in (_DAY, _YEAR) for m in body.finditer(folded)]
    for m in sorted(found, key=lambda m: m.start()):
        yield m.start(), m.end(), _value(m.group())


def in_figures(folded: str) -> str:
    """«двадцать пятого мая 2024 года» → «25 мая 2024 года»."""
    pieces, here = [], 0
    for start, end, value in spoken_numbers(folded):
        pieces += [folded[here:start], str(value)]
        here = end
    return "".join([*pieces, folded[here:]])


@cache
def _value(words: str) -> int:
    total = 2000 if words.startswith("две") else 0
    *tens, last = words.split()
    stem = max((s for s in _STEMS if last.startswith(s)), key=len)
    return total + sum(_TENS.get(w, 0) for w in tens) + _STEMS[stem]
