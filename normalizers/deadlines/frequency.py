"""How often: «ежеквартально», «1 раз в две недели по четвергам», «каждую последнюю пятницу», as parts of an RRULE."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from normalizers.deadlines import words
from normalizers.deadlines.text import Phrase

_NUMBER = r"(?:\d{1,2}(?:\s?-?\s?(?:го|х|ух|ти))?|" + "|".join(sorted(words.NUMERALS, key=len, reverse=True)) + ")"
_UNITS: tuple[tuple[str, str, int], ...] = (
    (r"дня|день|дней|сутки|суток|дн\.?", "DAILY", 1),
    (r"недел[яюьи]|недель|нед\.?", "WEEKLY", 1),
    (r"месяц(?:а|ев)?|мес\.?", "MONTHLY", 1),
    (r"квартал(?:а|ов)?|кв\.?", "MONTHLY", 3),
    (r"полугоди[еяй]|полгода|полугода|полуг\.?", "MONTHLY", 6),
    (r"(?:учебн\w+ |календарн\w+ |финансов\w+ |уч\. ?)?(?:год(?:а|у)?|лет|г\.)", "YEARLY", 1),
    (r"декад[уаы]", "", 10),
    (r"(?:учебн\w+ )?четверт[ьи]|триместра?|семестра?|модуль|смену", "", 0),
)
_UNIT = "|".join(f"(?:{u})" for u, _, _ in _UNITS)
_LIMIT = r"(?:(?:но )?(?:не|ни) (?:реже|менее|чаще|более|меньше)(?: чем)? )?"
_EVERY = r"кажд(?:ый|ую|ое|ые|ого|ой|ых|ом|ая)"
_WEEKDAY = "|".join(sorted(words.WEEKDAYS, key=len, reverse=True))
_PLACE = words.ORDINALS
_ORDINAL = "|".join(sorted(_PLACE, key=len, reverse=True))


def _compile(*parts: str) -> re.Pattern[str]:
    return words.spaced("(?:", *parts, r")(?!\w)")


@dataclass(frozen=True)
class Frequency:
    """Parts of an RRULE. ``freq`` is None where no RRULE says it («раз в четверть»); ``times``: of «2 раза в год»."""

    freq: str | None
    interval: int = 1
    days: tuple[str, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    times: int = 0
    position: int = 0  # BYSETPOS: «последний рабочий день месяца»
    anchored: bool = False  # by the words after it: «месяца, следующего за отчётным»

    @property
    def rrule(self) -> str | None:
        """RFC 5545, without prefix."""
        if self.freq is None:
            return None
        parts = [f"FREQ={self.freq}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        for key, values in (
            ("BYMONTH", self.months),
            ("BYMONTHDAY", self.month_days),
            ("BYDAY", self.days),
            ("BYSETPOS", (self.position,)),
        ):
            if any(values):
                parts.append(f"{key}=" + ",".join(map(str, values)))
        return ";".join(parts)


Found = tuple[Frequency, int]


def _count(word: str | None) -> int:
    if not word:
        return 1
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else words.NUMERALS.get(word, 1)


def _unit(word: str) -> tuple[str, int]:
    for body, freq, step in _UNITS:
        if words.spaced(body).fullmatch(word):
            return freq, step
    return "", 0


def _made(times: int, every: int, freq: str, step: int) -> Frequency:
    """«N раз в M единиц»: exact, or without an RRULE."""
    if step == 10:  # a decade of a month is about ten days, not an RRULE
        return Frequency(None, times=times)
    if not freq or not 1 <= every <= 99:
        return Frequency(None, times=times)
    length = step * every
    if times <= 1:
        return Frequency(freq, length)
    if freq == "YEARLY" and every == 1:
        freq, length = "MONTHLY", 12
    if freq == "MONTHLY" and length % times == 0:
        return Frequency(freq, length // times, times=times)
    return Frequency(None, times=times)


_ADVERBS: dict[str, Frequency] = {
    r"еже(?:днев|сут)\w*но": Frequency("DAILY"),
    r"(?:еже ?-? ?нед[еи]л\w*но|еженед\.)": Frequency("WEEKLY"),
    r"(?:еже ?-? ?м[еи]с[яе]чно|помесячно|по месяцам|ежемес\.)": Frequency("MONTHLY"),
    r"(?:еже ?-? ?кварт\w*но|поквартально|по кварталам|покварт\.?|ежекв\.?)": Frequency("MONTHLY", 3),
    r"(?:еже ?-? ?годно|погодно)": Frequency("YEARLY"),
    r"(?:ежедекадно|ежесменно|по (?:учебным )?четвертям|по триместрам)": Frequency(None),
    r"(?:(?:каждые )?полгода|по полугодиям)": Frequency("MONTHLY", 6),
}
_ADVERB = [(_compile(body), value) for body, value in _ADVERBS.items()]
_TIMES = _compile(
    rf"{_LIMIT}(?P<times>{_NUMBER})?(?: ?- ?(?P<most>{_NUMBER}))? ?(?:-х ?)?(?:раза?|р\.?) ?(?:в|за|на|во|/) ?(?:кажд\w+ )?",
    rf"(?P<every>{_NUMBER})?(?: ?- ?(?P<to>\d+))? ?(?P<unit>{_UNIT})",
)
_TWICE = _compile(rf"{_LIMIT}(?P<times>дважды|трижды|единожды|по разу) в (?P<unit>{_UNIT})")
_EACH = _compile(rf"(?:в )?{_EVERY} (?P<every>{_NUMBER} )?(?P<unit>{_UNIT})")
_DAY_LIST = rf"(?:{_WEEKDAY})(?:(?: ?, ?| и | ?, и )(?:по )?(?:{_WEEKDAY}))*"
_PLACED = rf"(?:{_ORDINAL}|[1-5](?:-?(?:й|я|ый|ая|ое|е|ю|ую))?)"
_OF_THE_MONTH = r"(?: (?:каждого )?месяца)?"
_EACH_DAY = _compile(rf"(?:в |во )?{_EVERY} (?P<place>{_ORDINAL})? ?(?P<days>{_DAY_LIST}){_OF_THE_MONTH}")
_ON_DAYS = _compile(rf"по (?P<days>{_DAY_LIST})")
_PLACED_DAY = _compile(rf"(?:в |во )?(?:{_EVERY} )?(?P<places>{_PLACED}(?:(?: и | ?, ?){_PLACED})*) (?P<day>{_WEEKDAY}){_OF_THE_MONTH}")
_BARE_DAYS = _compile(rf"(?:в |во )?(?P<first>{_WEEKDAY})\.?(?: ?- ?(?P<last>{_WEEKDAY})\.?)?(?:(?: ?, ?| и )(?:{_WEEKDAY})\.?)*")
_EACH_MONTH = _compile(rf"{_EVERY} (?P<month>{words.MONTH_NAMES})")
_LAST_DAY = _compile(
    r"(?:в )?последн(?:ий|его) (?P<working>рабочий |рабочего )?(?:день|дня) (?:каждого )?(?P<unit>месяца|квартала|полугодия)"
)
_WORKDAYS = _compile(r"(?:по |в )?(?:будн(?:им|ям|и|ие|ые)?(?: дн(?:ям|и))?|рабочи(?:м|е) дн(?:ям|и))")
_WEEKEND = _compile(r"по выходным(?: дням)?")
_REPORTED = r"(?:отчетн\w+|истекш\w+|прошедш\w+)"
_FOLLOW = _compile(
    rf"(?:первого |второго |третьего )?(?:месяца)? ?,? ?(?:следующ\w+|после) ?(?:за )?(?:кажд\w+ )?{_REPORTED}",
    r"(?: (?P<unit>периодом|кварталом|полугодием|годом|месяцем|периода|квартала|датой|финансовым годом))?",
)
_NEXT = _compile(
    r"(?:(?:первого|второго|третьего|последнего) месяца|на последний месяц) (?:каждого )?(?P<of>квартала)"
    r"|(?:первого |второго )?(?:месяца )?следующего (?P<unit>месяца|квартала|полугодия)(?: (?:после|за) отчетн\w+(?: \w+)?)?",
)
_OF_EACH = _compile(r",? ?(?:каждого|любого) (?P<unit>месяца|квартала|года|полугодия|учебного года|календарного года)")
_OF_MONTH = _compile(r"(?:первого |второго |третьего )?месяца")
_FOLLOW_YEAR = _compile(
    rf"(?:года ?)?,? ?(?:следующ\w+|после) (?:за )?{_REPORTED}(?: (?:годом|периодом|финансовым годом))?",
    r"|(?:отчетного|каждого|очередного|наступившего) (?:финансового |календарного |учебного )?года",
)
_MONTH_NEXT = re.compile(rf"\s*(?:{words.MONTH_NAMES})(?!\w)")
_WEEK = words.WEEK


def _codes(text: str) -> tuple[str, ...]:
    found = {words.WEEKDAYS[w] for w in re.findall(r"[а-я]+", text) if w in words.WEEKDAYS}
    return tuple(sorted(found, key=_WEEK.index))


def _place(word: str) -> int:
    return int(word[0]) if word[0].isdigit() else _PLACE[word]


def adverb(text: str, at: int) -> Found | None:
    """«ежеквартально», «ежегодно», «помесячно»."""
    for body, value in _ADVERB:
        if m := body.match(text, at):
            return value, m.end()
    return None


def times_in(text: str, at: int) -> Found | None:
    """«1 раз в квартал», «не реже двух раз в год», «один раз в два месяца», «раз в полугодие», «1 р./мес.»."""
    m = _TIMES.match(text, at)
    if not m:
        return None
    freq, step = _unit(m["unit"])
    if m["most"] or m["to"]:
        return Frequency(None), m.end()
    return _made(_count(m["times"]), _count(m["every"]), freq, step), m.end()


def twice_in(text: str, at: int) -> Found | None:
    """«дважды в год»."""
    m = _TWICE.match(text, at)
    if not m:
        return None
    times = {"дважды": 2, "трижды": 3}.get(m["times"], 1)
    return _made(times, 1, *_unit(m["unit"])), m.end()


def each_unit(text: str, at: int) -> Found | None:
    """«каждый месяц», «каждые две недели», «каждую четверть»."""
    m = _EACH.match(text, at)
    if not m:
        return None
    return _made(1, _count((m["every"] or "").strip() or None), *_unit(m["unit"])), m.end()


def each_weekday(text: str, at: int) -> Found | None:
    """«каждый понедельник», «каждую последнюю пятницу месяца»."""
    m = _EACH_DAY.match(text, at)
    if not m:
        return None
    if m["place"]:
        return Frequency("MONTHLY", days=tuple(f"{_place(m['place'])}{c}" for c in _codes(m["days"]))), m.end()
    return Frequency("WEEKLY", days=_codes(m["days"])), m.end()


def on_weekdays(text: str, at: int) -> Found | None:
    """«по четвергам», «по понедельникам и средам», «по рабочим дням»."""
    if m := _ON_DAYS.match(text, at):
        return Frequency("WEEKLY", days=_codes(m["days"])), m.end()
    if m := _WORKDAYS.match(text, at):
        return Frequency("WEEKLY", days=_WEEK[:5]), m.end()
    if m := _WEEKEND.match(text, at):
        return Frequency("WEEKLY", days=_WEEK[5:]), m.end()
    return None


def placed_weekday(text: str, at: int) -> Found | None:
    """«последний четверг месяца», «1-я среда каждого месяца», «вторая и четвёртая среда»."""
    m = _PLACED_DAY.match(text, at)
    if not m or _MONTH_NEXT.match(text, m.end()):
        return None
    code = words.WEEKDAYS[m["day"]]
    places = [_place(p) for p in re.split(r"\s*,\s*|\s+и\s+|\s+", m["places"]) if p]
    return Frequency("MONTHLY", days=tuple(f"{p}{code}" for p in places)), m.end()


def each_month(text: str, at: int) -> Found | None:
    """«каждый август»."""
    m = _EACH_MONTH.match(text, at)
    return (Frequency("YEARLY", months=(words.MONTHS[m["month"]],)), m.end()) if m else None


def last_day(text: str, at: int) -> Found | None:
    """«последний день месяца», «последний рабочий день каждого месяца, квартала»."""
    m = _LAST_DAY.match(text, at)
    if not m:
        return None
    freq, step = _unit(m["unit"])
    if m["working"]:
        return Frequency(freq, step, days=_WEEK[:5], position=-1), m.end()
    return Frequency(freq, step, month_days=(-1,)), m.end()


def bare_weekdays(text: str, at: int) -> Found | None:
    """«понедельник», «пн-пт», «вторник, четверг»."""
    m = _BARE_DAYS.match(text, at)
    if not m:
        return None
    if m["last"]:
        first, last = _WEEK.index(words.WEEKDAYS[m["first"]]), _WEEK.index(words.WEEKDAYS[m["last"]])
        run = _WEEK[first : last + 1] if first <= last else _WEEK[first:] + _WEEK[: last + 1]
        return Frequency("WEEKLY", days=run), m.end()
    return Frequency("WEEKLY", days=_codes(m.group())), m.end()


RULES: tuple[Callable[[str, int], Found | None], ...] = (
    adverb, times_in, twice_in, last_day, placed_weekday, each_month, each_weekday, each_unit, on_weekdays, placed_weekday, bare_weekdays,
)  # fmt: skip


def read_frequency(phrase: Phrase, start: int) -> tuple[Frequency, int, str] | None:
    """Frequency, offset of its end and name of the rule that read it, at offset ``start``."""
    for rule in RULES:
        found = rule(phrase.folded, start)
        if found:
            return found[0], found[1], rule.__name__
    return None


_REPORT: dict[str, Frequency] = {
    "квартал": Frequency("MONTHLY", 3, anchored=True),
    "полугод": Frequency("MONTHLY", 6, anchored=True),
    "годом": Frequency("YEARLY", anchored=True),
    "финансо": Frequency("YEARLY", anchored=True),
}


def _reporting(unit: str | None) -> Frequency:
    for stem, value in _REPORT.items():
        if (unit or "").startswith(stem):
            return value
    return Frequency("MONTHLY", anchored=True)


def after_day(phrase: Phrase, start: int) -> Found | None:
    """What makes «до 20 числа» recur: «каждого месяца», «месяца, следующего за отчётным кварталом», «месяца»."""
    text = phrase.folded
    start += len(text[start:]) - len(text[start:].lstrip(" ,"))
    if m := _OF_EACH.match(text, start):
        return _of_each(m["unit"]), m.end()
    if m := _FOLLOW.match(text, start):
        return _reporting(m["unit"]), m.end()
    if m := _NEXT.match(text, start):
        return replace(_reporting(m["unit"] or m["of"]), anchored=True), m.end()
    if m := _OF_MONTH.match(text, start):
        return Frequency("MONTHLY"), m.end()
    return None


def _of_each(unit: str) -> Frequency:
    return {"месяца": Frequency("MONTHLY"), "квартала": Frequency("MONTHLY", 3), "полугодия": Frequency("MONTHLY", 6)}.get(
        unit, Frequency("YEARLY")
    )


def after_date(phrase: Phrase, start: int) -> Found | None:
    """What makes «до 1 марта» recur: «года, следующего за отчётным», «каждого года», «отчётного года»."""
    text = phrase.folded
    start += len(text[start:]) - len(text[start:].lstrip(" ,"))
    m = _FOLLOW_YEAR.match(text, start)
    return (Frequency("YEARLY", anchored="следующ" in m.group()), m.end()) if m else None
