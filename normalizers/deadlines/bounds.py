"""From a calendar expression with its year to its first and last day."""

from datetime import date as Date
from datetime import timedelta

from normalizers.deadlines.days import FIRST_YEAR, LAST_YEAR, month_end, whole_date
from normalizers.deadlines.items import Item
from normalizers.deadlines.words import WEEK


class ImpossibleDate(ValueError):
    """The calendar has no such day: «31.02.2022», «26.04.1016», «07.20»."""


class NoDates(ValueError):
    """The expression has no dates of its own: a half of an academic year."""


def _guard(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ImpossibleDate(str(year))


def check_day(item: Item) -> None:
    """Refuse a day that no year has.

    Raises:
        ImpossibleDate: «31.02», «07.20».
    """
    if item.unit == "day" and item.year is None:
        _one_day(item, 2000)  # a leap year: 29 February is possible
    if item.unit == "day" and item.year is not None and whole_date(item.day or 0, item.month or 0, item.year) is None:
        raise ImpossibleDate(f"{item.day}.{item.month}.{item.year}")
    if item.year is not None:
        _guard(item.year)
    if item.last_year is not None:
        _guard(item.last_year)


def _one_day(item: Item, year: int) -> tuple[Date, Date]:
    """The day in a year that is only a candidate; a printed whole date went through dateparser in `check_day`."""
    try:
        day = Date(year, item.month or 0, item.day or 0)
    except ValueError as error:
        raise ImpossibleDate(f"{item.day}.{item.month}.{year}") from error
    return day, day


def _decade(year: int, month: int, number: int) -> tuple[Date, Date]:
    first = Date(year, month, 10 * number - 9)
    return first, month_end(year, month) if number == 3 else Date(year, month, 10 * number)


def _weekday(item: Item, year: int, month: int) -> tuple[Date, Date]:
    """«третий четверг апреля»; not every month has a fifth one."""
    days = [d for d in range(1, month_end(year, month).day + 1) if Date(year, month, d).weekday() == WEEK.index(item.weekday or "MO")]
    place = item.number or 1
    if place > len(days):
        raise ImpossibleDate(f"{place} {item.weekday} {month}.{year}")
    day = Date(year, month, days[place - 1 if place > 0 else place])
    return day, day


def bounds(item: Item, year: int) -> tuple[Date, Date]:
    """First and last day of ``item`` in ``year`` (an academic year begins in it).

    Raises:
        ImpossibleDate: the year has no such day.
        NoDates: a half of an academic year.
    """
    _guard(year)
    if item.unit == "half" and item.academic:
        raise NoDates("academic half-year")
    if item.unit == "day":
        return _one_day(item, year)
    if item.unit == "weekday" and item.month:
        return _weekday(item, year, item.month)
    if item.unit in ("month", "week") and item.month:
        return Date(year, item.month, 1), month_end(year, item.month)
    if item.unit == "decade" and item.month:
        return _decade(year, item.month, item.number or 1)
    if item.unit in ("quarter", "half"):
        length = 3 if item.unit == "quarter" else 6
        last = length * (item.number or 1)
        return Date(year, last - length + 1, 1), month_end(year, last)
    if item.unit == "academic":
        return Date(year, 9, 1), Date(item.last_year or year + 1, 8, 31)
    if item.unit == "year":
        return Date(year, 1, 1), Date(item.last_year or year, 12, 31)
    raise NoDates(item.unit)


def before(item: Item, year: int) -> Date:
    """The last day before ``item``: «до сентября 2022» → 2022-08-31."""
    return bounds(item, year)[0] - timedelta(days=1)
