"""Deadline phrases with known meaning. The meaning is worked out here, simply, apart from the program."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date

from hypothesis import strategies as st

from tests.roundtrip.truth import Days, Span, When

NOMINATIVE = ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"]
GENITIVE = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]
PREPOSITIONAL = ["январе", "феврале", "марте", "апреле", "мае", "июне", "июле", "августе", "сентябре", "октябре", "ноябре", "декабре"]
ROMAN = ["I", "II", "III", "IV"]

RECURRING = {
    "ежеквартально": "FREQ=MONTHLY;INTERVAL=3",
    "ежемесячно": "FREQ=MONTHLY",
    "еженедельно": "FREQ=WEEKLY",
    "ежегодно": "FREQ=YEARLY",
    "ежедневно": "FREQ=DAILY",
    "1 раз в полугодие": "FREQ=MONTHLY;INTERVAL=6",
    "2 раза в год": "FREQ=MONTHLY;INTERVAL=6",
    "один раз в квартал": "FREQ=MONTHLY;INTERVAL=3",
    "1 раз в четверть": None,
    "1 раз в месяц": "FREQ=MONTHLY",
    "не реже 1 раза в квартал": "FREQ=MONTHLY;INTERVAL=3",
    "раз в полгода": "FREQ=MONTHLY;INTERVAL=6",
    "ежемесячно, до 25 числа": "FREQ=MONTHLY;BYMONTHDAY=25",
    "ежемесячно до 5 числа": "FREQ=MONTHLY;BYMONTHDAY=5",
    "по пятницам": "FREQ=WEEKLY;BYDAY=FR",
}
CONTINUOUS = ["постоянно", "в течение года", "в течение всего периода", "весь период", "в течение учебного года", "на постоянной основе"]
SCHEDULED = [
    "по отдельному графику",
    "по графику",
    "по отдельному плану",
    "в установленные сроки",
    "в соответствии с планом работы",
    "согласно графику",
    "по плану",
    "по расписанию",
]
CONDITIONAL = [
    "по мере необходимости",
    "по мере поступления обращений",
    "по итогам года",
    "за 3 дня до мероприятия",
    "по итогам учебной четверти",
    "в течение 10 рабочих дней со дня утверждения плана",
]


def month_span(year: int, first: int, last: int) -> Days:
    """From the first of month ``first`` to the end of ``last``, which lies in the next year where it is smaller."""
    end_year = year + (last < first)
    return date(year, first, 1), date(end_year, last, monthrange(end_year, last)[1])


def occurrences(period: Days | None, issued: date, first: int, last: int) -> tuple[Span, ...]:
    """Every yearless «first – last» wholly inside the period, those past when the order was issued left out.

    Where none is inside, the one over the period's start («III квартал» of an academic year).
    """
    if period is None:
        return ()
    start, end = period
    spans = [month_span(year, first, last) for year in range(start.year, end.year + 1)]
    inside = [span for span in spans if start <= span[0] and span[1] <= end]
    ahead = [span for span in inside if span[1] >= issued]
    over_start = [span for span in spans if first <= last and span[0] < start <= span[1]]
    return tuple(ahead or inside or over_start)


def _cased(draw: st.DrawFn, text: str) -> str:
    return text[0].upper() + text[1:] if draw(st.booleans()) else text


def _day(draw: st.DrawFn, period: Days | None, issued: date) -> date:
    first, last = period if period else (issued, date(issued.year + 1, 12, 31))
    return draw(st.dates(max(first, issued), last))


def _date_text(draw: st.DrawFn, day: date) -> str:
    forms = [
        f"{day:%d.%m.%Y}",
        f"{day:%d.%m.%Y} г.",
        f"{day.day} {GENITIVE[day.month - 1]} {day.year} года",
        f"{day.day} {GENITIVE[day.month - 1]} {day.year} г.",
    ]
    return draw(st.sampled_from(forms))


@st.composite
def dates(draw: st.DrawFn, period: Days | None, issued: date) -> When:
    """«15.03.2023», «15 марта 2023 года»."""
    day = _day(draw, period, issued)
    return When(_date_text(draw, day), "date", ((day, day),))


@st.composite
def dues(draw: st.DrawFn, period: Days | None, issued: date) -> When:
    """«до 15.03.2023», «не позднее 1 апреля 2023 года», «в срок до 10.10.2020»."""
    day = _day(draw, period, issued)
    lead = draw(st.sampled_from(["до", "не позднее", "в срок до"]))
    return When(_cased(draw, f"{lead} {_date_text(draw, day)}"), "due", ((None, day),))


@st.composite
def day_ranges(draw: st.DrawFn, period: Days | None, issued: date) -> When:
    """«с 10 по 25 октября 2023 года», «14.09.2023 – 19.09.2023»."""
    day = _day(draw, period, issued).replace(day=draw(st.integers(1, 14)))
    last = day.replace(day=day.day + draw(st.integers(1, 10)))
    month = GENITIVE[day.month - 1]
    forms = [
        f"с {day.day} по {last.day} {month} {day.year} года",
        f"{day.day}-{last.day} {month} {day.year} г.",
        f"{day:%d.%m.%Y} – {last:%d.%m.%Y}",
        f"с {day:%d.%m.%Y} по {last:%d.%m.%Y}",
    ]
    return When(draw(st.sampled_from(forms)), "period", ((day, last),))


@st.composite
def months(draw: st.DrawFn, period: Days | None, issued: date) -> When:
    """«Март», «январь – март», «февраль, июль», with the year or without it."""
    first = draw(st.integers(1, 12))
    kind = draw(st.sampled_from(["one", "range", "list", "year", "in"]))
    day = _day(draw, period, issued)
    year, month = day.year, day.month
    if kind == "year":
        text = draw(
            st.sampled_from(
                [f"{NOMINATIVE[month - 1]} {year}", f"{NOMINATIVE[month - 1]} {year} года", f"{NOMINATIVE[month - 1]} {year} г."]
            )
        )
        return When(_cased(draw, text), "period", (month_span(year, month, month),))
    if kind == "in":
        return When(f"в {PREPOSITIONAL[month - 1]} {year} года", "period", (month_span(year, month, month),))
    if kind == "list":
        later = draw(st.integers(1, 12).filter(lambda other: other != first))
        low, high = sorted((first, later))
        spans = occurrences(period, issued, low, low) + occurrences(period, issued, high, high)
        return When(
            _cased(draw, f"{NOMINATIVE[low - 1]}, {NOMINATIVE[high - 1]}"), "period", tuple(sorted(spans, key=str)), inferred=bool(spans)
        )
    return _yearless(draw, period, issued, first, kind)


def _yearless(draw: st.DrawFn, period: Days | None, issued: date, first: int, kind: str) -> When:
    last = first if kind == "one" else draw(st.integers(1, 12).filter(lambda other: other != first))
    spans = occurrences(period, issued, first, last)
    if period and not spans:  # fits nowhere: a case of its own, kept out of the property
        last, spans = first, occurrences(period, issued, first, first)
    dash = draw(st.sampled_from(["-", " – ", " - "]))
    text = NOMINATIVE[first - 1] if first == last else f"{NOMINATIVE[first - 1]}{dash}{NOMINATIVE[last - 1]}"
    return When(_cased(draw, text), "period", spans, inferred=bool(spans))


@st.composite
def quarters(draw: st.DrawFn, period: Days | None, issued: date) -> When:
    """«III квартал 2023 года», «2 квартал», «II-III кварталы 2023 г.»."""
    quarter = draw(st.integers(1, 4))
    label = draw(st.sampled_from([ROMAN[quarter - 1], str(quarter)]))
    if draw(st.booleans()):
        year = _day(draw, period, issued).year
        return When(f"{label} квартал {year} года", "period", (month_span(year, 3 * quarter - 2, 3 * quarter),))
    spans = occurrences(period, issued, 3 * quarter - 2, 3 * quarter)
    return When(f"{label} квартал", "period", spans, inferred=bool(spans))


@st.composite
def longer(draw: st.DrawFn, period: Days | None, issued: date) -> When:
    """Half-years, years, ranges of dated months, «до конца 2023 года», «к 1 сентября 2023 года»."""
    day = _day(draw, period, issued)
    year, month = day.year, day.month
    half = draw(st.sampled_from([1, 2]))
    first, last = sorted((month, draw(st.integers(1, 12))))
    forms = [
        When(f"{ROMAN[half - 1]} полугодие {year} года", "period", (month_span(year, 6 * half - 5, 6 * half),)),
        When(f"{half} полугодие {year} г.", "period", (month_span(year, 6 * half - 5, 6 * half),)),
        When(f"{year} год", "period", (month_span(year, 1, 12),)),
        When(f"в течение {year} года", "period", (month_span(year, 1, 12),)),
        When(f"{year}-{year + 1} гг.", "period", ((date(year, 1, 1), date(year + 1, 12, 31)),)),
        When(f"до конца {year} года", "due", ((None, date(year, 12, 31)),)),
        When(f"до {NOMINATIVE[8][:-1]}я {year} года", "due", ((None, date(year, 8, 31)),)),
        When(f"к {_date_text(draw, day)}", "due", ((None, day),)),
        When(f"{NOMINATIVE[first - 1]} – {NOMINATIVE[last - 1]} {year} года", "period", (month_span(year, first, last),)),
        When(f"с {GENITIVE[first - 1]} по {NOMINATIVE[last - 1]} {year} года", "period", (month_span(year, first, last),)),
        When(f"не позднее {GENITIVE[month - 1]} {year} года", "due", ((None, month_span(year, month, month)[1]),)),
    ]
    return draw(st.sampled_from(forms))


def _fixed(texts: list[str], kind: str) -> "st.SearchStrategy[When]":
    intervals = () if kind in ("scheduled", "conditional") else None

    @st.composite
    def strategy(draw: st.DrawFn) -> When:
        text = draw(st.sampled_from(texts))
        return When(_cased(draw, text), kind, intervals, RECURRING.get(text))

    return strategy()


def phrases(period: Days | None, issued: date) -> "st.SearchStrategy[When | None]":
    """A deadline for a cell; None = the cell is empty."""
    makers: list[Callable[[Days | None, date], st.SearchStrategy[When]]] = [dates, dues, day_ranges, months, months, quarters, longer]
    fixed = [
        _fixed(list(RECURRING), "recurring"),
        _fixed(CONTINUOUS, "continuous"),
        _fixed(SCHEDULED, "scheduled"),
        _fixed(CONDITIONAL, "conditional"),
    ]
    return st.one_of(*(maker(period, issued) for maker in makers), *fixed, st.none())
