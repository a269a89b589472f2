"""The ordered list of rules: each reads one statement of time that begins at a token, or has no opinion."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from lexicon import load
from normalizers.deadlines import words
from normalizers.deadlines.frequency import Frequency, after_date, after_day, read_frequency
from normalizers.deadlines.sequence import Sequence, read_sequence
from normalizers.deadlines.text import Phrase

_WORDS = load("deadlines")
Kind = Literal["calendar", "frequency", "continuous", "scheduled", "conditional"]


@dataclass(frozen=True)
class Statement:
    """One statement of time and its place, as offsets into the phrase.

    ``due``: `inclusive` or `exclusive`; ``recurs``: what the words after a day make of it; ``anchor``: for continuous
    `month` or `term`, for `due` without a sequence `year`, `academic`, `month`, `period`; ``relative``: −1, 0, 1 for
    «текущего года», «следующего года»; ``hole``: words inside it that are no part of the time: the hour of «до 12.00 15 мая».
    """

    kind: Kind
    rule: str
    start: int
    end: int
    sequence: Sequence | None = None
    due: str | None = None
    frequency: Frequency | None = None
    anchor: str | None = None
    relative: int | None = None
    hole: tuple[int, int] | None = None


Rule = Callable[[Phrase, int], Statement | None]


def lexical(section: str) -> list[re.Pattern[str]]:
    """The patterns of a list of `lexicon/deadlines.toml`."""
    return [words.pattern(entry["pattern"]) for entry in _WORDS[section]]


class Vocabulary:
    """A list of the lexicon, asked at every token: most fail at the one alternation of all patterns."""

    def __init__(self, section: str) -> None:
        self._patterns = lexical(section)
        self._any = re.compile("|".join(p.pattern for p in self._patterns))

    def match(self, phrase: Phrase, start: int) -> int | None:
        """End of the longest match at offset ``start``."""
        if not self._any.match(phrase.folded, start):
            return None
        return max(m.end() for p in self._patterns if (m := p.match(phrase.folded, start)))


_CONTINUOUS, _MONTH_LONG, _TERM_LONG = Vocabulary("continuous"), Vocabulary("month_long"), Vocabulary("term_long")
_SCHEDULED, _CONDITIONAL = Vocabulary("scheduled"), Vocabulary("conditional")
_DUE = words.spaced(
    r"(?:(?:но |и )?(?:в |на |крайн\w+ )?срок(?:ом)? ?[-:,]? ?)?",
    r"(?:(?P<late>не поз(?:днее|же)(?: чем)?(?: до)?)|(?P<until>вплоть до|до)|(?P<to>к)|(?P<through>по))",
    r" ?(?=[0-9«\"“]|\s|[а-яivx])",
)
# «до 12.00 часов 15 мая», «до 18 часов 25 апреля», «до 10:00 «5» мая»
_CLOCK = words.spaced(r"(?:\d{1,2} ?[.:-] ?\d\d(?: ?(?:час\w*|ч\.?))?|\d{1,2} ?(?:час\w*|ч\.?)) (?=\d{1,2}(?!\d)(?! ?мин)|«)")
_IN_TERM = words.spaced(r"(?:на|в) (?:период|срок) ?(?:действия ?)?[-:]? ?(?=до|по|с|не)")
_WITHIN = words.spaced(
    r"(?:(?:в ?)?(?:течен\w*|теч\.*|продолжени\w+)|на протяжении|(?:в|на) (?:период|срок)|период|срок|весь|всего|во|в|за|на) ?",
    r"(?:всего|весь|прогнозируемого периода|планового периода|планируемого периода)? ?[-:]? ?",
)
_END = words.spaced(
    r"(?:до|к) (?P<edge>конца|концу|окончания|завершения|начала|началу) ",
    r"(?:текущего |календарного |этого |финансового |отчетного )*",
    r"(?P<what>(?:нового |следующего )?(?:учебного|уч\.) ?года|года|месяца|периода|квартала|полугодия)(?! ?\d)(?!\w)",
)
_RELATIVE = words.spaced(
    r",? ?(?P<which>текущего|этого|сего|следующего|будущего|[ст]\.) ?",
    r"(?:финансового |календарного |учебного )?(?:года|г\.?)(?!\w)",
)
_DURATION = words.spaced(
    r"(?:(?:в ?)?(?:течени\w+|теч\.*)|за|через|спустя|не поз(?:днее|же)(?: чем)?(?: в течение| через| за)?|до|в срок до",
    r"|в срок не (?:более|позднее|позже)(?: чем)?|на срок не (?:более|менее)) (?:\S+ )?",
    r"(?:\d+|[а-я]+)(?: ?-? ?(?:х|ти|и|го|ми))? ?(?:- ?\d+)? ?(?:\(\w+\) ?)?(?:последн\w+ )?",
    r"(?:рабоч\w+ |календарн\w+ |банковск\w+ |учебн\w+ |полн\w+ )*",
    r"(?:дня|дней|день|суток|часов|часа|час|недел\w+|месяц\w*|лет|года|минут)(?!\w)",
)


def duration(phrase: Phrase, at: int) -> Statement | None:
    """«в течение 10 рабочих дней со дня…», «за 3 дня до…», «через 10 дней после…», «не позднее пяти дней»."""
    start = phrase.tokens[at].start
    m = _DURATION.match(phrase.folded, start)
    until = _DUE.match(phrase.folded, start)
    if not m or (until and _CLOCK.match(phrase.folded, until.end())) or words.MONTHS.keys() & set(re.findall(r"[а-я]+", m.group())):
        return None
    if not re.search(r"\d", m.group()) and not set(re.findall(r"[а-я]+", m.group())) & words.NUMERALS.keys():
        return None
    if re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)|числ|полови", m.group()):
        return None
    return Statement("conditional", "duration", start, m.end())


def end_of_span(phrase: Phrase, at: int) -> Statement | None:
    """«до конца года», «до конца учебного года», «до конца месяца», «к началу учебного года»."""
    start = phrase.tokens[at].start
    m = _END.match(phrase.folded, start)
    if not m:
        return None
    what, begin = m["what"], m["edge"].startswith("нач")
    name = (
        "academic"
        if what.split()[0] in ("учебного", "уч.", "нового", "следующего") or "уч" in what
        else {"года": "year", "месяца": "month", "периода": "period"}.get(what)
    )
    if name is None or (begin and name != "academic"):
        return Statement("conditional", "end_of_term", start, m.end())
    relative = 1 if "следующ" in m.group() else 0 if re.search("текущ|этого", m.group()) else None
    return Statement("calendar", "end_of_span", start, m.end(), due="inclusive", anchor=name, relative=relative)


def _calendar(phrase: Phrase, start: int, offset: int, rule: str, due: str | None, again: str = "в") -> Statement | None:
    at = phrase.starts.get(offset)
    sequence = read_sequence(phrase.tokens, at, again) if at is not None else None
    if sequence is None:
        return None
    end = phrase.tokens[sequence.end - 1].end
    return _with_tail(phrase, Statement("calendar", rule, start, end, sequence, due))


def _with_tail(phrase: Phrase, made: Statement) -> Statement:
    """Words that belong to the date before them: «числа каждого месяца», «года, следующего за отчётным», «текущего года»."""
    items = made.sequence.items if made.sequence else []
    if m := _RELATIVE.match(phrase.folded, made.end):
        relative = 1 if m["which"] in ("следующего", "будущего") else 0
        return Statement(made.kind, made.rule, made.start, m.end(), made.sequence, made.due, relative=relative)
    if all(i.unit == "bare" for i in items):
        found = after_day(phrase, made.end)
    else:
        found = after_date(phrase, made.end) if all(i.year is None for i in items) else None
    if found:
        return Statement(made.kind, made.rule, made.start, found[1], made.sequence, made.due, frequency=found[0])
    return made


def due_day(phrase: Phrase, at: int) -> Statement | None:
    """«до 10.10.2020», «в срок до 1 марта», «не позднее 15 числа», «к 1 сентября», «по 31.12.2020», «до сентября 2022»."""
    start = phrase.tokens[at].start
    inner = m.end() if (m := _IN_TERM.match(phrase.folded, start)) else start
    m = _DUE.match(phrase.folded, inner)
    if not m:
        return None
    clock = _CLOCK.match(phrase.folded, m.end())
    inner, due = clock.end() if clock else m.end(), "exclusive" if m["until"] or m["to"] else "inclusive"
    made = _calendar(phrase, start, inner, "due_day", due, "до" if m["until"] else "к" if m["to"] else "в")
    if made and made.frequency:  # «до 20 июля, до 20 января года, следующего за отчётным»: the tail is the last one's
        made = _calendar(phrase, start, inner, "due_day", due)
    if made is None or (m["through"] and at and _opened_before(phrase, at)):
        return None
    return replace(made, hole=clock.span() if clock else None)


def _opened_before(phrase: Phrase, at: int) -> bool:
    return phrase.tokens[at - 1].text in ("с", "со")


def within(phrase: Phrase, at: int) -> Statement | None:
    """«в течение 2020 года», «в период с 10 по 25 мая», «в феврале 2021», «на 2020–2022 гг.», «за первое полугодие»."""
    start = phrase.tokens[at].start
    m = _WITHIN.match(phrase.folded, start)
    return _calendar(phrase, start, m.end(), "within", None) if m else None


def days_and_months(phrase: Phrase, at: int) -> Statement | None:
    """«2-3», «14.09.–19.09», «Ноябрь Декабрь январь», «III квартал», «с 1 марта 2021 г.»."""
    start = phrase.tokens[at].start
    return _calendar(phrase, start, start, "days_and_months", None)


def frequency(phrase: Phrase, at: int) -> Statement | None:
    """«ежеквартально», «1 раз в две недели по четвергам», «каждую последнюю пятницу месяца»."""
    start = phrase.tokens[at].start
    found = read_frequency(phrase, start)
    return Statement("frequency", found[2], start, found[1], frequency=found[0]) if found else None


def month_long(phrase: Phrase, at: int) -> Statement | None:
    """«в теч. мес.» under a month row."""
    start = phrase.tokens[at].start
    end = _MONTH_LONG.match(phrase, start)
    return Statement("continuous", "month_long", start, end, anchor="month") if end else None


def term_long(phrase: Phrase, at: int) -> Statement | None:
    """«в течение квартала»: without dates of its own."""
    start = phrase.tokens[at].start
    end = _TERM_LONG.match(phrase, start)
    return Statement("continuous", "term_long", start, end, anchor="term") if end else None


def continuous(phrase: Phrase, at: int) -> Statement | None:
    """«постоянно», «в течение учебного года», «весь период»."""
    start = phrase.tokens[at].start
    end = _CONTINUOUS.match(phrase, start)
    return Statement("continuous", "continuous", start, end) if end else None


def scheduled(phrase: Phrase, at: int) -> Statement | None:
    """«по отдельному графику», «в установленные сроки», «согласно календарю»."""
    start = phrase.tokens[at].start
    end = _SCHEDULED.match(phrase, start)
    return Statement("scheduled", "scheduled", start, end) if end else None


def conditional(phrase: Phrase, at: int) -> Statement | None:
    """«по итогам учебной четверти», «по мере необходимости», «во время экзаменов», «осенние каникулы»."""
    start = phrase.tokens[at].start
    end = _CONDITIONAL.match(phrase, start)
    return Statement("conditional", "conditional", start, end) if end else None


RULES: tuple[Rule, ...] = (
    frequency, end_of_span, duration, due_day, within, days_and_months, month_long, term_long, continuous, conditional, scheduled,
)  # fmt: skip
"""Asked in this order; the first that answers wins."""


def read_statement(phrase: Phrase, at: int) -> Statement | None:
    """The statement that begins at token ``at``."""
    for rule in RULES:
        found = rule(phrase, at)
        if found is not None and found.end > found.start:
            return found
    return None


def next_token(phrase: Phrase, offset: int, at: int) -> int:
    """Index of the first token that begins at or after ``offset``, not before ``at``."""
    while at < len(phrase.tokens) and phrase.tokens[at].start < offset:
        at += 1
    return at
