"""Calendar expressions one at a time: «12.10», «20 марта», «III кв. 2021 г.», «2-я декада», «2021/22 уч. год».

`read_item` reads the longest expression that begins at a token; it fills in nothing that is not printed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from normalizers.deadlines import words
from normalizers.deadlines.days import FIRST_YEAR, LAST_YEAR, full_year
from normalizers.deadlines.text import Token


@dataclass(frozen=True)
class Item:
    """One expression. ``unit``: `day`, `month`, `quarter`, `half`, `decade`, `week`, `year`, `academic`, `bare` (a number alone).

    ``number`` counts quarters, half-years, decades, weeks or is the bare number; ``last_year`` ends «2020–2022 годы».
    ``vague``: «начало октября»; ``edge`` which part. ``sure``: a bare number that is surely a day («5 числа»).
    ``genitive``: «апреля» of «до 20 января, апреля».
    """

    unit: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int | None = None
    last_year: int | None = None
    vague: bool = False
    edge: str | None = None
    academic: bool = False
    sure: bool = False
    genitive: bool = False


Tokens = Sequence[Token]
Reading = tuple[Item, int]


def _word(tokens: Tokens, at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _glued(tokens: Tokens, at: int) -> bool:
    """Whether token ``at`` follows the one before it without white space."""
    return 0 < at < len(tokens) and tokens[at].start == tokens[at - 1].end


def _skip_dot(tokens: Tokens, at: int) -> int:
    return at + 1 if _word(tokens, at) == "." else at


def _suffix(tokens: Tokens, at: int) -> int:
    """Past «-го», «- го», «го» after a number."""
    if _word(tokens, at) == "-" and _word(tokens, at + 1) in words.SUFFIXES:
        return at + 2
    if _word(tokens, at) in words.SUFFIXES and _glued(tokens, at):
        return at + 1
    return at


def _year_words(tokens: Tokens, at: int) -> tuple[int, bool]:
    """Past «г.», «гг .», «г.г.», «год», «учебный год»; and whether the year is an academic one."""
    academic = False
    if _word(tokens, at).startswith(words.ACADEMIC) and not _word(tokens, at).startswith("учит"):
        after = _skip_dot(tokens, at + 1)
        if _word(tokens, after) in words.YEAR_WORDS:
            academic, at = True, after
        elif after > at + 1 or _word(tokens, at) == "уч":
            return after, True
    while _word(tokens, at) in words.YEAR_WORDS:
        short = len(_word(tokens, at)) <= 2
        if _word(tokens, at) == "г" and _word(tokens, at + 1) not in ("", ".") and _word(tokens, at + 1) in '«"':
            break
        at = _skip_dot(tokens, at + 1) if short else at + 1
    return at, academic


def _year_number(tokens: Tokens, at: int) -> int | None:
    if at < len(tokens) and tokens[at].kind == "number" and len(tokens[at].text) == 4:
        return tokens[at].value
    return None


def _trailing_year(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """The year after a month or a quarter: «2021», «2021 г.», «14г», «, 2021», «« 2021»; academic years stay apart."""
    start = at
    if _word(tokens, at) in ("г", "года", "год") and _year_number(tokens, at + 1):
        at += 1
    year = _year_number(tokens, at)
    if year is not None and _spans_years(tokens, at):
        return None, start  # «март 2020–2022 гг.»: years of their own
    if year is not None and _word(tokens, at + 1) not in ("/",):
        after, academic = _year_words(tokens, at + 1)
        return (None, start) if academic else (year, after)
    if at < len(tokens) and tokens[at].kind == "number" and len(tokens[at].text) == 2 and _word(tokens, at + 1) in ("г", "года", "год"):
        return full_year(tokens[at].text), _year_words(tokens, at + 1)[0]
    if start == at and _word(tokens, at) in ("года", "г", "год"):
        return None, _skip_dot(tokens, at + 1) if _word(tokens, at) == "г" else at + 1
    return None, start


def _spans_years(tokens: Tokens, at: int) -> bool:
    """«2020–2022», «2020-22 гг.» begins at ``at``."""
    if _word(tokens, at + 1) != "-":
        return False
    short = _is_number(tokens, at + 2) and _word(tokens, _skip_dot(tokens, at + 3)).startswith((*words.YEAR_WORDS, *words.ACADEMIC))
    return (_year_number(tokens, at + 2) is not None and _word(tokens, at + 3) != ".") or (short and _word(tokens, at + 3) != ".")


def _is_number(tokens: Tokens, at: int, longest: int = 2) -> bool:
    return at < len(tokens) and tokens[at].kind == "number" and len(tokens[at].text) <= longest


def _clock(tokens: Tokens, at: int) -> bool:
    """«14.00», «10-30 ч.»: a time of day stands at ``at``."""
    if not (_is_number(tokens, at) and _word(tokens, at + 1) in (".", ":", "-") and _is_number(tokens, at + 2)):
        return False
    hour, minute = tokens[at].value, tokens[at + 2].value
    if len(tokens[at + 2].text) != 2 or hour > 24 or minute > 59:
        return False
    return minute == 0 or _word(tokens, at + 1) == ":" or _word(tokens, at + 3).startswith("час") or _word(tokens, at + 3) == "ч"


def _numeric_date(tokens: Tokens, at: int) -> Reading | None:
    """«12.10», «23. 03.», «26.09.14г», «1.04.2016 г.», «2021-09-01»."""
    if _year_number(tokens, at) and _word(tokens, at + 1) == "-" and _word(tokens, at + 3) == "-" and _glued(tokens, at + 4):
        if all(len(_word(tokens, i)) == 2 and _is_number(tokens, i) for i in (at + 2, at + 4)):
            return Item("day", tokens[at].value, tokens[at + 2].value, tokens[at + 4].value), at + 5
        return None
    if not (_is_number(tokens, at) and _word(tokens, at + 1) in (".", ",", "/") and _is_number(tokens, at + 2)):
        return None
    mark = _word(tokens, at + 1)
    if _clock(tokens, at):
        return None
    if mark == _word(tokens, at + 3) and at + 4 < len(tokens) and tokens[at + 4].kind == "number" and len(tokens[at + 4].text) in (2, 4):
        gap = tokens[at + 4].start - tokens[at + 3].end
        four = len(tokens[at + 4].text) == 4
        if (
            four
            or (gap == 0 and not _clock(tokens, at + 4) and _word(tokens, at + 5) != "." and mark != ",")
            or _word(tokens, at + 5) == "г"
        ):
            item = Item("day", full_year(tokens[at + 4].text), tokens[at + 2].value, tokens[at].value)
            return item, _year_words(tokens, at + 5)[0]
    if mark != "." or (len(tokens[at + 2].text) == 1 and not _glued(tokens, at + 2)):
        return None
    day, month = tokens[at].value, tokens[at + 2].value
    after = at + 3
    year, end = _trailing_year(tokens, after)
    if end == after:
        end = _skip_dot(tokens, after)
        year, end = _trailing_year(tokens, end)
    return Item("day", year, month, day), end


def _month_dot_year(tokens: Tokens, at: int) -> Reading | None:
    """«09.2021»: a month in figures."""
    year = _year_number(tokens, at + 2)
    if _is_number(tokens, at) and _word(tokens, at + 1) == "." and year and 1 <= tokens[at].value <= 12:
        return Item("month", year, tokens[at].value), _year_words(tokens, at + 3)[0]
    return None


def _day_month(tokens: Tokens, at: int) -> Reading | None:
    """«20 марта 2021 г.», «« 5 » мая», «5-го мая»."""
    quoted = at < len(tokens) and _word(tokens, at) in '«"“„'
    if quoted:
        at += 1
    if not _is_number(tokens, at):
        return None
    after = _suffix(tokens, at + 1)
    if quoted and _word(tokens, after) in '»"”“':
        after += 1
    if _word(tokens, after) == "числа":
        after += 1
    month = words.month(_word(tokens, after)) if after < len(tokens) and tokens[after].kind == "word" else None
    if not month:
        return None
    end = _month_end(tokens, after)
    year, end = _trailing_year(tokens, end)
    return Item("day", year, month, tokens[at].value), end


def _month_end(tokens: Tokens, at: int) -> int:
    """Past a month's name and the full stop of «сент.»."""
    if _word(tokens, at + 1) == "." and (_word(tokens, at) in words.MONTH_SHORT or _year_number(tokens, at + 2)):
        return at + 2
    return at + 1


def _month(tokens: Tokens, at: int) -> Reading | None:
    """«сентябрь», «в сентябре 2021 года», «сентябрь месяц»."""
    month = words.month(_word(tokens, at)) if at < len(tokens) and tokens[at].kind == "word" else None
    if not month:
        return None
    end = _month_end(tokens, at)
    if _word(tokens, end) in ("месяц", "месяца", "месяце", "мес"):
        end = _skip_dot(tokens, end + 1) if _word(tokens, end) == "мес" else end + 1
    if _word(tokens, end) in (",", "-") and _year_number(tokens, end + 1) and _word(tokens, end + 2) not in ("/", "-", ","):
        year, after = _trailing_year(tokens, end + 1)
        if year:
            return Item("month", year, month), after
    year, end = _trailing_year(tokens, end)
    return Item("month", year, month, genitive=_word(tokens, at).endswith(("я", "а"))), end


def _ordinal(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """«3», «3-й», «III», «Ш», «третий», «1V»."""
    if at >= len(tokens):
        return None
    word = _word(tokens, at)
    if tokens[at].kind == "number":
        if word == "1" and _word(tokens, at + 1) == "v" and _glued(tokens, at + 1):
            return 4, at + 2
        if word == "11" and _word(tokens, _suffix(tokens, at + 1)) in words.UNITS:
            return 2, _suffix(tokens, at + 1)
        return (tokens[at].value, _suffix(tokens, at + 1)) if _is_number(tokens, at) else None
    if word in words.ROMAN:
        return words.ROMAN[word], _suffix(tokens, at + 1)
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
    unit = words.UNITS.get(_word(tokens, after))
    if number == -1 and unit in ("decade", "week"):
        number = 3 if unit == "decade" else 5
    if unit not in _MOST or not 1 <= number <= _MOST[unit]:
        return None
    if _word(tokens, after) == "пол" and _word(tokens, after + 1) != ".":
        return None
    after = (
        _skip_dot(tokens, after + 1)
        if len(_word(tokens, after)) <= 6
        and _word(tokens, after) not in ("декад", "недель", "неделя", "недели", "неделе", "неделю", "декада", "декаде", "декаду", "декады")
        else after + 1
    )
    return _unit_scope(tokens, after, Item(unit, number=number))


def _unit_scope(tokens: Tokens, at: int, item: Item) -> Reading:
    """The month or year that a quarter, half-year, decade or week is printed with."""
    if item.unit in ("decade", "week"):
        if _word(tokens, at) == "месяца":
            return item, at + 1
        month = _month(tokens, at)
        return (replace(item, month=month[0].month, year=month[0].year), month[1]) if month else (item, at)
    academic = read_academic(tokens, at)
    if academic:
        return replace(item, academic=True), academic[1]
    after, is_academic = _year_words(tokens, at)
    if is_academic:
        return replace(item, academic=True), after
    year, end = _trailing_year(tokens, at)
    return replace(item, year=year), end


def _unit_after_name(tokens: Tokens, at: int) -> Reading | None:
    """«квартал III»: the unit named first, in Roman figures."""
    if (
        words.UNITS.get(_word(tokens, at)) in ("quarter", "half")
        and _word(tokens, at + 1) in words.ROMAN
        and _word(tokens, at + 1) not in "пш"
    ):
        item = Item(words.UNITS[_word(tokens, at)], number=words.ROMAN[_word(tokens, at + 1)])
        if (item.number or 0) > _MOST[item.unit]:
            return None
        return _unit_scope(tokens, at + 2, item)
    return None


def _edge(word: str) -> str:
    return "end" if word in words.PART_END else "begin" if word in words.PART_BEGIN else "middle"


def _part(tokens: Tokens, at: int) -> Reading | None:
    """«начало октября», «в конце мая 2021», «первая половина марта», «конец 2021 года»."""
    ordinal = words.ORDINALS.get(_word(tokens, at))
    if ordinal in (1, 2) and _word(tokens, at + 1) in words.PART_HALF:
        at += 1
    elif _word(tokens, at) not in words.PARTS:
        return None
    edge = _edge(_word(tokens, at))
    whole = _month(tokens, at + 1) or _unit(tokens, at + 1) or _named_year(tokens, at + 1)
    if not whole and _word(tokens, at + 1) in ("месяца", "мес"):
        return Item("week", vague=True, edge=edge), at + 2
    if not whole:
        year = _year(tokens, at + 1)
        whole = year if year and year[0].unit in ("year", "academic") else None
    if not whole:
        return None
    return replace(whole[0], vague=True, edge=edge), whole[1]


def _named_year(tokens: Tokens, at: int) -> Reading | None:
    """«года», «учебного года», «текущего года» without figures."""
    while _word(tokens, at) in ("календарного", "текущего", "этого", "нового"):
        at += 1
    academic = _word(tokens, at).startswith(words.ACADEMIC)
    after = _skip_dot(tokens, at + 1) if academic else at
    return (Item("academic" if academic else "year"), after + 1) if _word(tokens, after) in ("года", "году") else None


def read_academic(tokens: Tokens, at: int) -> Reading | None:
    """«2021/2022 учебный год», «2021-22 уч.г.», «2018/2019»: an academic year by its numbers."""
    if _word(tokens, at).startswith(words.ACADEMIC) and _word(tokens, at + 1) in words.YEAR_WORDS and _year_number(tokens, at + 2):
        inner = _two_years(tokens, at + 2)
        return (Item("academic", inner[0]), inner[2]) if inner else None
    pair = _two_years(tokens, at)
    if not pair:
        return None
    first, mark, after = pair
    end, academic = _year_words(tokens, after)
    if academic or mark == "/":
        return Item("academic", first), end
    return None


def _two_years(tokens: Tokens, at: int) -> tuple[int, str, int] | None:
    """First year, mark between, end of «2021/2022», «2021-22», «2021 - 2022» where the second follows the first."""
    first = _year_number(tokens, at)
    if first is None or not FIRST_YEAR <= first <= LAST_YEAR:
        return None
    after = at + 1
    if _word(tokens, after) in words.YEAR_WORDS and _word(tokens, after + 1) in "-/":
        after += 1
    mark = _word(tokens, after)
    if mark not in ("-", "/") or not (after + 1 < len(tokens) and tokens[after + 1].kind == "number"):
        return None
    figures = _word(tokens, after + 1)
    if len(figures) not in (2, 4) or (first + 1) % 10 ** len(figures) != int(figures):
        return None
    return first, mark, after + 2


def _year(tokens: Tokens, at: int) -> Reading | None:
    """«2021 год», «2020–2022 гг.», «2021», «2021/2022 учебный год»."""
    academic = read_academic(tokens, at)
    if academic:
        return academic
    first = _year_number(tokens, at)
    if first is None or not 1950 <= first <= LAST_YEAR:
        return None
    end, academic_word = _year_words(tokens, at + 1)
    if academic_word and end > at + 1:
        return Item("academic", first - 1), end
    for mark in ("-", "/"):
        nxt = end + 1
        second = _year_number(tokens, nxt) if _word(tokens, end) == mark else None
        short = (
            _word(tokens, end) == mark
            and _is_number(tokens, nxt)
            and len(_word(tokens, nxt)) == 2
            and _word(tokens, _skip_dot(tokens, nxt + 1)) in words.YEAR_WORDS
        )
        if short:
            second = first // 100 * 100 + tokens[nxt].value
        if second and first < second <= first + 30:
            after, is_academic = _year_words(tokens, nxt + 1)
            if is_academic:
                return Item("academic", first, last_year=second), after
            if mark == "-":
                return Item("year", first, last_year=second, sure=_word(tokens, nxt + 1) in words.YEAR_SINGULAR), after
    return Item("year", first), end


def _bare(tokens: Tokens, at: int) -> Reading | None:
    """«2», «5-го», «25 числа»: a number that needs a month from elsewhere; Roman figures await their unit."""
    ordinal = _ordinal(tokens, at)
    if not ordinal or not 1 <= ordinal[0] <= 31:
        return None
    number, after = ordinal
    if tokens[at].kind != "number":
        return Item("bare", number=number, vague=True), after
    if _word(tokens, after) in ("число", "числа", "числу", "числе", "числам"):
        return Item("bare", number=number, sure=True), after + 1
    return Item("bare", number=number), after


_READERS: tuple[Callable[[Tokens, int], Reading | None], ...] = (
    _numeric_date, _month_dot_year, _unit, _unit_after_name, _day_month, _part, _month, _year, _bare,
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
