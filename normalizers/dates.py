"""Whole dates: «от 25.09.2020», «« 04 » апреля 2013 г.», «25 сентября 2020 года», blanks."""

import re
from dataclasses import dataclass, field
from datetime import date as Date

from normalizers.deadlines.days import full_year, whole_date
from normalizers.deadlines.spoken import in_figures
from normalizers.deadlines.text import clean, fold
from normalizers.deadlines.words import month as month_number
from normalizers.notice import Notice

LONGEST = 500  # characters: a head line is shorter, a whole page pasted into it is cut
_QUOTES = r"[«»„“”\"'`<>_\s]*"
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?[.,/]\s?(\d{1,2})\s?[.,/]\s?(\d{4}|\d{2})(?!\d)")
_QUOTED_DAY = re.compile(r"[«„“\"]\s?(\d{1,2})\s?[»“”\"]\s?\.?\s?(\d{1,2})\s?[.\s]\s?(\d{4})(?!\d)")  # «« 05 » 02 2022 г.»
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_VERBAL = re.compile(rf"(?<!\d){_QUOTES}(\d{{1,2}}){_QUOTES}(?:-?го\s)?\s*([а-я]{{3,9}})\.?{_QUOTES}(\d{{4}}|\d{{2}}(?=\s*г))(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BLANK = re.compile(r"_{2,}|…|\.{4,}|[«\"]\s+[»\"]|[«\"][\s_]*[»\"]")
_MONTHLIKE = re.compile(r"[а-я]{3,9}")


@dataclass(frozen=True)
class DateReading:
    """A date as read. ``incomplete``: a blank stands where the day, the month or the year belongs."""

    date: Date | None = None
    incomplete: bool = False
    notices: list[Notice] = field(default_factory=list)


def _parts(folded: str) -> tuple[int, int, int] | None:
    """Day, month and year of the first date in ``folded``."""
    hits: list[tuple[int, tuple[int, int, int]]] = []
    if m := _NUMERIC.search(folded) or _QUOTED_DAY.search(folded):
        hits.append((m.start(), (int(m[1]), int(m[2]), full_year(m[3]))))
    if m := _ISO.search(folded):
        hits.append((m.start(), (int(m[3]), int(m[2]), int(m[1]))))
    for m in _VERBAL.finditer(folded):
        number = month_number(m[2])
        if number:
            hits.append((m.start(), (int(m[1]), number, full_year(m[3]))))
            break
    return min(hits)[1] if hits else None


def _incomplete(folded: str) -> bool:
    """«« ___ » _____ 2018 г.»: a year or a month without a day, or a blank."""
    named = any(month_number(w) for w in _MONTHLIKE.findall(folded))
    return bool(_BLANK.search(folded) or _YEAR.search(folded) or named)


def read_date(text: str) -> DateReading:
    """Read the first whole date of a head line or an approval block.

    Returns a reading without a date and with a notice where a blank is left (`date_incomplete`) or the calendar
    has no such day (`date_impossible`); without a notice where nothing looks like a date.
    """
    folded = in_figures(" ".join(fold(clean(text)).split())[:LONGEST])
    parts = _parts(folded)
    if parts:
        found = whole_date(*parts)
        if found:
            return DateReading(found)
        return DateReading(notices=[Notice("date_impossible", f"такой даты нет в календаре: «{clean(text).strip()}»", "date")])
    if _incomplete(folded):
        return DateReading(
            incomplete=True, notices=[Notice("date_incomplete", f"дата проставлена не полностью: «{clean(text).strip()}»", "date")]
        )
    return DateReading()
