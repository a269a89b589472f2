"""Deadlines inside a point's or an activity's own text: only a phrase that says when the thing is done.

«Утвердить дорожную карту … в 2023 году», «приказом от 26.11.2019 № 1709», «ежегодную диагностику» say something else.
"""

import re
from dataclasses import dataclass

from normalizers.deadlines.cell import DeadlineReading, deadline_of, read_phrase
from normalizers.deadlines.draft import Draft
from normalizers.deadlines.resolve import DeadlineContext
from normalizers.deadlines.statements import Statement, lexical, next_token, read_statement
from normalizers.deadlines.text import Phrase
from normalizers.deadlines.words import spaced
from normalizers.morphology import parses
from normalizers.notice import Notice
from normalizers.quotes import QUOTED
from schemas.contract import DeadlineKind, Locator

_FORCE = lexical("force")
_LABEL = spaced(
    r"(?<!\w)сроки?(?: (?:исполнения|выполнения|предоставления|представления|проведения|сдачи|реализации))? ?[:-] ?",
    r"(?!до (?:настоящ|момент))",
)
_LABEL_END = re.compile(r"(?<=[^\W\d]{3})\.\s|;|(?<=\S)\n|$")  # «Срок: до 01.02.2024 г. \\ Ответственный: …»
_BRACKETED = re.compile(r"\(([^()]*)\)")
_PARTICIPLE = re.compile(
    r"\w+(?:нн(?:ого|ой|ых|ым|ыми|ому|ую|ое)|вш(?:его|ей|их|ихся|егося)|ющ(?:его|ей|их|ихся)|ем(?:ого|ой|ых)|шийся|тых|той)$"
)
_NOT_WHEN = frozenset(["от", "№", "n", "на", "состоянию", "изменениями", "редакции", "ред"])
_STRICT_FREQUENCY = frozenset(
    {"adverb", "times_in", "twice_in", "each_weekday", "on_weekdays", "placed_weekday", "each_unit", "last_day"},
)
_SCHEDULE = spaced(
    r"в (?:(?!в\s)\S+ ){0,2}?(?:установленн|определенн|указанн|согласованн|утвержденн|предусмотренн)\w* (?:\S+ ){0,2}?срок",
    r"|в сроки? ?,? ?(?:установленн|определенн|указанн|предусмотренн)",
    r"|(?:по|согласно|в соответствии с) (?:\S+ ){0,2}?(?:график|расписани|план\w*-график)",
    r"|по (?:отдельн|утвержденн|особ)\w* план",
)
_EVENT_ANYWHERE = spaced(
    r"по мере|в день (?!рожд|освобожд)(?:прием\w|\w{3,}(?:ния|тия|ции))(?!\w)|незамедлительно|немедленно|безотлагательно|в кратчайш",
    r"|в теч\w+ (?:месяца|недели|года|суток|дня|квартала) (?:после|со? (?:дня|момента|даты))",
    r"|в \S* ?-? ?(?:дневн|недельн|месячн)|в (?:\w+дневн|\w+недельн|\w+месячн)",
    r"|накануне \w|в преддверии \w|перед кажд\w+ \w|не поз(?:днее|же) (?:следующего|того же|этого же) ",
    r"|до (?:начала|окончания|завершения|наступления|открытия) \w*(?:ого|его) (?:сезона|периода)",
)
_EVENT_AT_EDGE = spaced(r"по (?:итогам|окончани|завершени|результатам|истечени|необходимости|факту)")
_NO_OPENING = ("от ", "на ", "за ", "по ")
_VERB = r"(?!сеть|печать|память)(?:\w{2,}(?:[аиыяуе]ть(?:ся)?|йти|чь)|\w+[вн]ести)(?!\w)"
_INFINITIVE = re.compile(rf"(?<!\w){_VERB}")
# «Провести муниципальный фестиваль «Содружество» 15 марта 2024 года на базе ДК»
_HELD = re.compile(r"(?:провести|организовать|принять участие|созвать|собрать|открыть|начать|завершить)(?!\w)")
# «Проведение акции 22 апреля 2023 года»: an activity named by a noun of doing
_VERBAL_NOUN = re.compile(r"\W*\w{3,}(?:ние|тие|ция|сия|вка|тка|дка|ача|верка)(?!\w)")
# «Продлить срок действия плана до 31 декабря 2023 года»: the day belongs to what is prolonged
_VALIDITY = re.compile(r"(?<!\w)(?:продл\w+|действует|действовать|срок\w*\s+действия)(?!\w)")
_RELATIVE_CLAUSE = re.compile(r",\s*(?:[а-я]{1,4}\s+)?котор\w+[^,.;:]*$")
# «Считать датой начала отопительного периода 1 октября 2024 года»: what day it is, not when it is done
_NAMED_DAY = re.compile(r"(?<!\w)(?:датой|днем)\s[^,.;:]*$")
# «не позднее чем за 3 дня до заседания | разослать материалы»
_CLAUSE_END = re.compile(rf",(?!\s*(?:установленн|предусмотренн|определенн|указанн)\w+\s)|[;.()]|\s(?={_VERB})|$")
_THEN = re.compile(r"[\s,(]*(?:(?:и|а)\s+)?(?:далее\s*[-–—]?\s*|затем\s+)?")  # «до 1 марта 2024 г. и далее ежегодно»
_EDGE_RIGHT = re.compile(r"\s*(?:[.;)\]]|,|$|:)")
_EDGE_LEFT = re.compile(r"[,;:.(-]\s*$")


@dataclass(frozen=True)
class Group:
    """Neighbouring statements and the span they cover."""

    statements: tuple[Statement, ...]
    start: int
    end: int


def find_deadline(text: str, context: DeadlineContext, locator: Locator) -> DeadlineReading:
    """Find the deadline in prose; no deadline is the usual answer.

    Two different ones give the first (a day before anything vaguer) and a notice `deadline_ambiguous`.
    """
    phrase = Phrase(text)
    if any(p.search(phrase.folded) for p in _FORCE):
        return DeadlineReading()
    labelled = _labelled(phrase, context, locator)
    if labelled is not None:
        return labelled
    readings = [r for g in _groups(phrase) if (r := _read(phrase, g, context)) is not None]
    if not readings:
        return DeadlineReading()
    best = min(readings, key=lambda r: _RANK.index(r[1].kind))
    notices = list(dict.fromkeys(best[2]))
    days = [r for r in readings if r[1].kind in (DeadlineKind.DUE, DeadlineKind.DATE)]
    if len({tuple(r[1].resolution.spans) for r in days}) > 1:
        notices.append(Notice("deadline_ambiguous", "в тексте несколько сроков: взят первый", "deadline"))
    return DeadlineReading(deadline_of(phrase, best[1], locator, best[0]), notices)


_RANK = [
    DeadlineKind.DUE, DeadlineKind.DATE, DeadlineKind.PERIOD, DeadlineKind.RECURRING,
    DeadlineKind.CONTINUOUS, DeadlineKind.CONDITIONAL, DeadlineKind.SCHEDULED, DeadlineKind.UNPARSED,
]  # fmt: skip


def _labelled(phrase: Phrase, context: DeadlineContext, locator: Locator) -> DeadlineReading | None:
    """«… . Срок – до 15 мая 2021 г.»: the caption makes it a deadline."""
    m = _LABEL.search(phrase.folded)
    if not m:
        return None
    stop = _LABEL_END.search(phrase.printed, m.end())
    words = phrase.cut(m.end(), stop.start() if stop else len(phrase.printed)).strip(" .,;\n\t")
    words = words.rstrip(" .)") if words.count(")") > words.count("(") else words
    if not words:
        return None
    inner = Phrase(words)
    draft, notices = read_phrase(inner, context)
    return DeadlineReading(deadline_of(inner, draft, locator, words), list(dict.fromkeys(notices)))


def _groups(phrase: Phrase) -> list[Group]:
    """Accepted statements, neighbours joined: «ежемесячно, до 5 числа»."""
    hidden = [m.span() for m in QUOTED.finditer(phrase.folded)]
    brackets = [m.span() for m in _BRACKETED.finditer(phrase.folded)]
    found: list[Statement] = []
    at = 0
    while at < len(phrase.tokens):
        start = phrase.tokens[at].start
        statement = None
        if phrase.tokens[at].kind != "mark" and not any(a <= start < b for a, b in hidden):
            statement = read_statement(phrase, at)
        if statement is not None and _says_when(statement, phrase, brackets):
            found.append(statement)
            at = max(next_token(phrase, statement.end, at), at + 1)
        elif statement is not None and statement.kind == "calendar":
            at = max(next_token(phrase, statement.end, at), at + 1)
        else:
            at += 1
    return _joined(phrase, found)


def _joined(phrase: Phrase, found: list[Statement]) -> list[Group]:
    groups: list[Group] = []
    for s in found:
        if groups and _goes_on(phrase, groups[-1], s):
            groups[-1] = Group((*groups[-1].statements, s), groups[-1].start, s.end)
        else:
            groups.append(Group((s,), s.start, s.end))
    return groups


def _goes_on(phrase: Phrase, before: Group, s: Statement) -> bool:
    """«2 раза в год (декабрь, май)», «до 1 марта и далее ежегодно», «по мере необходимости, но не реже раза в квартал»."""
    between = phrase.folded[before.end : s.start]
    if not between.strip(" ,("):
        return True
    if before.statements[-1].kind == "frequency" and s.kind == "calendar" and between.strip() == "-":
        return True  # «два раза в год – в апреле и октябре»
    if s.kind != "frequency":
        return False
    reach = _reach(phrase, before)
    return reach <= s.start and bool(_THEN.fullmatch(phrase.folded, reach, s.start))


def _says_when(s: Statement, phrase: Phrase, brackets: list[tuple[int, int]]) -> bool:
    around = next(((a, b) for a, b in brackets if a < s.start < b), None)
    if around and (phrase.folded[around[0] + 1 : s.start].strip(" ,") or phrase.folded[s.end : around[1] - 1].strip(" ,.")):
        return False
    if s.kind == "calendar":
        return _calendar_says_when(s, phrase)
    if s.kind == "frequency":
        return s.rule in _STRICT_FREQUENCY and not re.match(r"кажд(?:ого|ой|ых|ом)", phrase.folded[s.start : s.end])
    return _open_says_when(s, phrase, around is not None)


def _word_before(phrase: Phrase, start: int) -> str:
    words = re.findall(r"[^\W_]+|№", phrase.folded[max(0, start - 40) : start])
    return words[-1] if words else ""


def _edges(s: Statement, phrase: Phrase) -> tuple[bool, bool]:
    """Whether a clause begins before and ends after the statement."""
    begins = not phrase.folded[: s.start].strip() or bool(_EDGE_LEFT.search(phrase.folded[max(0, s.start - 5) : s.start]))
    return begins, bool(_EDGE_RIGHT.match(phrase.folded, s.end))


def _calendar_says_when(s: Statement, phrase: Phrase) -> bool:
    """«в срок до 10.10.2020», «в феврале 2021.»; not «в 2023 году», «от 26.11.2019 № 1709», «проведённых в марте»."""
    if s.sequence is None:
        return True
    opening = " ".join(phrase.folded[s.start : s.end].split())
    items = s.sequence.items
    units = {i.unit for i in items}
    if units <= {"year", "academic"}:
        return opening.startswith(("в срок до", "не позд", "в течение", "в течении", "до конца"))
    if "№" in phrase.folded[s.end : s.end + 6] or _word_before(phrase, s.start) in _NOT_WHEN or opening.startswith(_NO_OPENING):
        return False
    if units == {"bare"} and not (s.due and all(i.sure for i in items)) and s.frequency is None:
        return False
    if _RELATIVE_CLAUSE.search(phrase.folded, 0, s.start) or (s.due and _is_participle(_word_before(phrase, s.start))):
        return False  # «первенство, которое состоится 15 мая», «лиц, родившихся до 1 января 2010 года»
    if s.due or s.frequency:
        return not _VALIDITY.search(phrase.folded[max(0, s.start - 200) : s.start])
    return _day_says_when(s, phrase, opening)


def _is_participle(word: str) -> bool:
    found = parses(word) if word else ()
    return bool(found) and found[0].pos == "PRTF"


def _day_says_when(s: Statement, phrase: Phrase, opening: str) -> bool:
    """A day or a month that no «до» introduces: where a clause begins, after the verb, at the end of a duty; never «3.2.»."""
    assert s.sequence is not None
    before = _word_before(phrase, s.start)
    begins, ends = _edges(s, phrase)
    in_figures = not re.search(r"[а-я]{3}", opening) and all(i.year is None for i in s.sequence.items)
    alone = not re.search(r"\w", phrase.folded[: s.start] + phrase.folded[s.end :])
    if (
        _NAMED_DAY.search(phrase.folded, 0, s.start)
        or (in_figures and not opening.startswith("с "))
        or alone
        or (_PARTICIPLE.match(before) and not begins)
    ):
        return False
    bracketed = phrase.folded[max(0, s.start - 5) : s.start].rstrip().endswith("(")
    day = any(i.unit in ("day", "weekday") for i in s.sequence.items)
    if opening.startswith("с ") and day and s.sequence.terms[0].last is not None and _INFINITIVE.match(phrase.folded.lstrip()):
        return True  # «Провести в учреждениях с 1 по 10 февраля 2023 года декаду инвалидов»
    if day and _HELD.match(phrase.folded.lstrip()) and all(i.year for i in s.sequence.items):
        return True
    if not day and not bracketed and not opening.startswith(("в ", "во ", "с ", "начиная")):
        return False
    duty = _INFINITIVE.search(phrase.folded[: s.start]) or _VERBAL_NOUN.match(phrase.folded)
    return begins or bool(_INFINITIVE.fullmatch(before)) or (ends and bool(duty)) or _before_verb(s, phrase)


def _before_verb(s: Statement, phrase: Phrase) -> bool:
    """«Отделу кадров в течение I квартала 2022 года провести …»: between the addressee and the first verb."""
    rest = phrase.folded[s.end :]
    return bool(_INFINITIVE.match(rest, len(rest) - len(rest.lstrip(" ,")))) and not _INFINITIVE.search(phrase.folded[: s.start])


def _open_says_when(s: Statement, phrase: Phrase, alone_in_brackets: bool) -> bool:
    """«, постоянно;», «в течение всего периода», «в установленные сроки», «по мере необходимости»."""
    left, right = _edges(s, phrase)
    opening = " ".join(phrase.folded[s.start :].split())
    if s.rule == "duration":
        kept = re.search(r"(?:хран|действ)\w*\s*$", phrase.folded[max(0, s.start - 20) : s.start])
        before_event = not opening.startswith("за ") or " до " in opening[:60]
        return opening.startswith(("в теч", "не позд", "за ", "через ", "в срок")) and before_event and not kept
    if s.kind == "continuous":
        if opening.startswith(("в теч", "на протяж", "в продолж", "весь пер", "на весь")):
            return True
        named = opening.startswith(("учебн", "календарн", "текущ", "финансов"))
        return not named and (right or (alone_in_brackets and left) or _before_verb(s, phrase))
    if s.kind == "scheduled":
        return bool(_SCHEDULE.match(opening)) and not _PARTICIPLE.match(_word_before(phrase, s.start))
    if _EVENT_ANYWHERE.match(opening):
        return True
    return bool(_EVENT_AT_EDGE.match(opening)) and (left or alone_in_brackets)


def _reach(phrase: Phrase, group: Group) -> int:
    """Where the words of a group end: an event or a schedule goes on to the end of its clause."""
    last = group.statements[-1]
    complete = last.kind == "scheduled" and phrase.folded[last.start : last.end].endswith(("сроки", "срок"))
    if last.kind not in ("conditional", "scheduled") or complete:
        return group.end
    stop = _CLAUSE_END.search(phrase.folded, group.end)
    return stop.start() if stop else group.end


def _read(phrase: Phrase, group: Group, context: DeadlineContext) -> tuple[str, Draft, list[Notice]] | None:
    """Read a group as if it were a cell."""
    end = _reach(phrase, group)
    words = phrase.cut(group.start, end).strip()
    if words.count("(") > words.count(")") and phrase.folded[end : end + 1] == ")":
        words = phrase.cut(group.start, end + 1).strip()
    draft, notices = read_phrase(Phrase(words), context)
    return None if draft.kind == DeadlineKind.UNPARSED and draft.rule == "unparsed" else (words, draft, notices)
