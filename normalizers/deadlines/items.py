"""Calendar expressions one at a time: «12.10», «20 марта», «III кв. 2021 г.», «2-я декада», «начало октября».

`read_item` reads the longest expression that begins at a token; it fills in nothing that is not printed.
"""

from collections.abc import Callable
from dataclasses import replace

from normalizers.deadlines import words
from normalizers.deadlines.days import full_year
from normalizers.deadlines.years import (
    Item,
    Reading,
    Tokens,
    glued,
    is_number,
    named_year,
    past_suffix,
    past_year_words,
    read_academic,
    read_year,
    skip_dot,
    trailing_year,
    word_at,
    year_number,
)

__all__ = ["Item", "Tokens", "read_item"]


def _like_clock(tokens: Tokens, at: int) -> bool:
    """«14.30», «10-00»: shaped like a time of day."""
    if at < 0 or not (is_number(tokens, at) and word_at(tokens, at + 1) in (".", ":", "-") and is_number(tokens, at + 2)):
        return False
    if word_at(tokens, at + 3) == word_at(tokens, at + 1) and is_number(tokens, at + 4, 4):
        return False  # «10.30.2022» is a date, if an impossible one
    return len(tokens[at + 2].text) == 2 and tokens[at].value <= 24 and tokens[at + 2].value <= 59


def _surely_clock(tokens: Tokens, at: int) -> bool:
    """«14.00», «10:30», «10-30 ч.»: no date looks so."""
    after = word_at(tokens, at + 3)
    return _like_clock(tokens, at) and (
        tokens[at + 2].value == 0 or word_at(tokens, at + 1) == ":" or after == "ч" or after.startswith("час")
    )


def _clock(tokens: Tokens, at: int) -> bool:
    """A time of day stands at ``at``; «10.30» is one after a date, after «в» and beside another one."""
    if _surely_clock(tokens, at):
        return True
    if not _like_clock(tokens, at) or word_at(tokens, at + 1) == "-" or tokens[at + 2].value <= 12:
        return False
    before = word_at(tokens, at - 1) if at else ""
    if before in ("-", "до", "по", "и") and _like_clock(tokens, at - 4):
        return _clock(tokens, at - 4)
    if word_at(tokens, at + 3) in ("-", "до", "по") and _surely_clock(tokens, at + 4):
        return True
    return before == "в" or (at > 1 and before not in ("-", "до", "по", "с", "к", "позднее", "("))


def _numeric_date(tokens: Tokens, at: int) -> Reading | None:
    """«12.10», «23. 03.», «26.09.14г», «1.04.2016 г.», «2021-09-01»."""
    if year_number(tokens, at) and word_at(tokens, at + 1) == "-" and word_at(tokens, at + 3) == "-" and glued(tokens, at + 4):
        if all(len(word_at(tokens, i)) == 2 and is_number(tokens, i) for i in (at + 2, at + 4)):
            return Item("day", tokens[at].value, tokens[at + 2].value, tokens[at + 4].value), at + 5
        return None
    if not (is_number(tokens, at) and word_at(tokens, at + 1) in (".", ",", "/") and is_number(tokens, at + 2)):
        return None
    mark = word_at(tokens, at + 1)
    if _clock(tokens, at):
        return None
    if mark == word_at(tokens, at + 3) and at + 4 < len(tokens) and tokens[at + 4].kind == "number" and len(tokens[at + 4].text) in (2, 4):
        gap = tokens[at + 4].start - tokens[at + 3].end
        four = len(tokens[at + 4].text) == 4
        if (
            four
            or (gap == 0 and not _clock(tokens, at + 4) and word_at(tokens, at + 5) != "." and mark != ",")
            or word_at(tokens, at + 5) == "г"
        ):
            item = Item("day", full_year(tokens[at + 4].text), tokens[at + 2].value, tokens[at].value)
            return item, past_year_words(tokens, at + 5)[0]
    if mark != "." or (len(tokens[at + 2].text) == 1 and not glued(tokens, at + 2)):
        return None
    day, month = tokens[at].value, tokens[at + 2].value
    after = at + 3
    year, end = trailing_year(tokens, after)
    if end == after:
        end = skip_dot(tokens, after)
        year, end = trailing_year(tokens, end)
    return Item("day", year, month, day), end


def _month_dot_year(tokens: Tokens, at: int) -> Reading | None:
    """«09.2021»: a month in figures."""
    year = year_number(tokens, at + 2)
    if is_number(tokens, at) and word_at(tokens, at + 1) == "." and year and 1 <= tokens[at].value <= 12:
        return Item("month", year, tokens[at].value), past_year_words(tokens, at + 3)[0]
    return None


def _day_month(tokens: Tokens, at: int) -> Reading | None:
    """«20 марта 2021 г.», «« 5 » мая», «5-го мая»."""
    quoted = at < len(tokens) and word_at(tokens, at) in '«"“„'
    if quoted:
        at += 1
    if not is_number(tokens, at):
        return None
    after = past_suffix(tokens, at + 1)
    if quoted and word_at(tokens, after) in '»"”“':
        after += 1
    if word_at(tokens, after) == "числа":
        after += 1
    month = words.month(word_at(tokens, after)) if after < len(tokens) and tokens[after].kind == "word" else None
    if not month:
        return None
    end = _month_end(tokens, after)
    year, end = trailing_year(tokens, end)
    return Item("day", year, month, tokens[at].value), end


def _month_end(tokens: Tokens, at: int) -> int:
    """Past a month's name and the full stop of «сент.»."""
    if word_at(tokens, at + 1) == "." and (word_at(tokens, at) in words.MONTH_SHORT or year_number(tokens, at + 2)):
        return at + 2
    return at + 1


def _month(tokens: Tokens, at: int) -> Reading | None:
    """«сентябрь», «в сентябре 2021 года», «сентябрь месяц»."""
    month = words.month(word_at(tokens, at)) if at < len(tokens) and tokens[at].kind == "word" else None
    if not month:
        return None
    end = _month_end(tokens, at)
    if word_at(tokens, end) in ("месяц", "месяца", "месяце", "мес"):
        end = skip_dot(tokens, end + 1) if word_at(tokens, end) == "мес" else end + 1
    if word_at(tokens, end) in (",", "-") and year_number(tokens, end + 1) and word_at(tokens, end + 2) not in ("/", "-", ","):
        year, after = trailing_year(tokens, end + 1)
        if year:
            return Item("month", year, month), after
    year, end = trailing_year(tokens, end)
    return Item("month", year, month, genitive=word_at(tokens, at).endswith(("я", "а"))), end


def _ordinal(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """«3», «3-й», «III», «Ш», «третий», «1V»."""
    if at >= len(tokens):
        return None
    word = word_at(tokens, at)
    if tokens[at].kind == "number":
        if word == "1" and word_at(tokens, at + 1) == "v" and glued(tokens, at + 1):
            return 4, at + 2
        if word == "11" and word_at(tokens, past_suffix(tokens, at + 1)) in words.UNITS:
            return 2, past_suffix(tokens, at + 1)
        return (tokens[at].value, past_suffix(tokens, at + 1)) if is_number(tokens, at) else None
    if word in words.ROMAN:
        return words.ROMAN[word], past_suffix(tokens, at + 1)
    if word in words.ORDINALS:
        return words.ORDINALS[word], at + 1
    return None


_MOST = {"quarter": 4, "half": 2, "decade": 3, "week": 5}


def _unit(tokens: Tokens, at: int) -> Reading | None:
    """«III квартал 2021 г.», «1 полугодие», «2-ая декада мая», «I неделя»."""
    ordinal = _ordinal(tokens, at)
    if not ordinal:
        return None
    number, after = ordinal
    unit = words.UNITS.get(word_at(tokens, after))
    if number == -1 and unit in ("decade", "week"):
        number = 3 if unit == "decade" else 5
    if unit not in _MOST or not 1 <= number <= _MOST[unit]:
        return None
    if word_at(tokens, after) == "пол" and word_at(tokens, after + 1) != ".":
        return None
    after = (
        skip_dot(tokens, after + 1)
        if len(word_at(tokens, after)) <= 6
        and word_at(tokens, after)
        not in ("декад", "недель", "неделя", "недели", "неделе", "неделю", "декада", "декаде", "декаду", "декады")
        else after + 1
    )
    return _unit_scope(tokens, after, Item(unit, number=number))


def _unit_scope(tokens: Tokens, at: int, item: Item) -> Reading:
    """The month or year that a quarter, half-year, decade or week is printed with."""
    if item.unit in ("decade", "week"):
        if word_at(tokens, at) == "месяца":
            return item, at + 1
        month = _month(tokens, at)
        return (replace(item, month=month[0].month, year=month[0].year), month[1]) if month else (item, at)
    academic = read_academic(tokens, at)
    if academic:
        return replace(item, academic=True), academic[1]
    after, is_academic = past_year_words(tokens, at)
    if is_academic:
        return replace(item, academic=True), after
    year, end = trailing_year(tokens, at)
    return replace(item, year=year), end


def _unit_after_name(tokens: Tokens, at: int) -> Reading | None:
    """«квартал III»: the unit named first, in Roman figures."""
    if (
        words.UNITS.get(word_at(tokens, at)) in ("quarter", "half")
        and word_at(tokens, at + 1) in words.ROMAN
        and word_at(tokens, at + 1) not in "пш"
    ):
        item = Item(words.UNITS[word_at(tokens, at)], number=words.ROMAN[word_at(tokens, at + 1)])
        if (item.number or 0) > _MOST[item.unit]:
            return None
        return _unit_scope(tokens, at + 2, item)
    return None


def _weekday_of_month(tokens: Tokens, at: int) -> Reading | None:
    """«третий четверг апреля 2024 г.», «последняя пятница ноября»."""
    ordinal = _ordinal(tokens, at)
    weekday = words.WEEKDAYS.get(word_at(tokens, ordinal[1])) if ordinal and ordinal[0] <= 5 else None
    month = _month(tokens, ordinal[1] + 1) if ordinal and weekday else None
    if not ordinal or not month:
        return None
    return replace(month[0], unit="weekday", number=ordinal[0], weekday=weekday, genitive=False), month[1]


def _edge(word: str) -> str:
    return "end" if word in words.PART_END else "begin" if word in words.PART_BEGIN else "middle"


def _part(tokens: Tokens, at: int) -> Reading | None:
    """«начало октября», «в конце мая 2021», «первая половина марта», «конец 2021 года»."""
    ordinal = words.ORDINALS.get(word_at(tokens, at))
    if ordinal in (1, 2) and word_at(tokens, at + 1) in words.PART_HALF:
        at += 1
    elif word_at(tokens, at) not in words.PARTS:
        return None
    edge = _edge(word_at(tokens, at))
    whole = _month(tokens, at + 1) or _unit(tokens, at + 1) or named_year(tokens, at + 1)
    if not whole and word_at(tokens, at + 1) in ("месяца", "мес"):
        return Item("week", vague=True, edge=edge), at + 2
    if not whole:
        year = read_year(tokens, at + 1)
        whole = year if year and year[0].unit in ("year", "academic") else None
    if not whole:
        return None
    return replace(whole[0], vague=True, edge=edge), whole[1]


def _bare(tokens: Tokens, at: int) -> Reading | None:
    """«2», «5-го», «25 числа»: a number that needs a month from elsewhere; Roman figures await their unit."""
    ordinal = _ordinal(tokens, at)
    if not ordinal or not 1 <= ordinal[0] <= 31:
        return None
    number, after = ordinal
    if tokens[at].kind != "number":
        return Item("bare", number=number, vague=True), after
    if word_at(tokens, after) in ("число", "числа", "числу", "числе", "числам"):
        return Item("bare", number=number, sure=True), after + 1
    return Item("bare", number=number), after


_READERS: tuple[Callable[[Tokens, int], Reading | None], ...] = (
    _numeric_date, _month_dot_year, _unit, _unit_after_name, _weekday_of_month, _day_month, _part, _month, read_year, _bare,
)  # fmt: skip


def read_item(tokens: Tokens, at: int) -> Reading | None:
    """The calendar expression that begins at token ``at`` and the index of the token after it."""
    if at >= len(tokens) or _clock(tokens, at):
        return None
    for reader in _READERS:
        found = reader(tokens, at)
        if found:
            return found
    return None
