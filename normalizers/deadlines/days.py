"""Days of the calendar; the only module that knows dateparser."""

from calendar import monthrange
from datetime import date as Date
from datetime import datetime
from functools import lru_cache

import dateparser  # type: ignore[import-untyped]

FIRST_YEAR, LAST_YEAR = 1900, 2100
_SETTINGS = {
    "DATE_ORDER": "DMY",
    "REQUIRE_PARTS": ["day", "month", "year"],
    "RELATIVE_BASE": datetime(2000, 1, 1),
    "STRICT_PARSING": True,
    "PARSERS": ["absolute-time"],
}


def full_year(figures: str) -> int:
    """«20» → 2020, «98» → 1998: two figures count from 1970 to 2069."""
    year = int(figures)
    if len(figures) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


@lru_cache(maxsize=4096)
def whole_date(day: int, month: int, year: int) -> Date | None:
    """The day that three numbers name, as dateparser reads «25.09.2020»; None where the calendar has no such day.

    dateparser is given one whole date and nothing else: of ranges, lists and «до …» it makes other dates.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    found = dateparser.parse(f"{day:02}.{month:02}.{year:04}", languages=["ru"], settings=_SETTINGS)
    return found.date() if found else None


def month_end(year: int, month: int) -> Date:
    """The last day of a month."""
    return Date(year, month, monthrange(year, month)[1])
