"""To whom a point is addressed, and who is appointed, empowered, made responsible or given control by it.

Each rule cuts out the words that name them, with the case they stand in; «направить Петровой А.А.» is no such words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from normalizers.notice import Notice
from normalizers.parties.appointments import APPOINTMENTS, empowered, listed
from normalizers.parties.extents import (
    ACCUSATIVE,
    DATIVE,
    NOMINATIVE,
    Cut,
    addressed_until,
    before_deadline,
    before_object,
    begins_in,
    closing,
    is_infinitive,
    post_start,
    sentence_end,
)
from normalizers.parties.reading import PartiesReading, list_parties, short_name
from normalizers.phrases import head_at, tokenize
from schemas.contract import Locator, Party, PartyKind, Person

if TYPE_CHECKING:
    from normalizers.people import Register


def read_addressees(
    text: str, register: Register, locator: Locator, signatory: Person | None, *, leads: bool = False, named: bool = False
) -> PartiesReading:
    """Addressees of a point, nominative; «оставляю за собой» is ``signatory``; who merely receives a report is none.

    ``leads``: points stand under it. ``named``: it is an item under «Назначить ответственными:».
    """
    readings: list[tuple[int, PartiesReading]] = []
    if own := _ONESELF.search(text):
        readings.append((own.start(), _oneself(own["whom"], locator, signatory)))
    taken: list[Cut] = []
    rules = ((alone,) if leads else ()) + ((listed,) if named else ()) + _RULES
    for rule in rules:
        for found in rule(text):
            if all(found.stop <= c.start or found.start >= c.stop for c in taken):
                taken.append(found)
    readings += [(c.start, list_parties(text[c.start : c.stop], register, locator, c.cases)) for c in taken]
    readings.sort(key=lambda r: r[0])
    return PartiesReading([p for _, r in readings for p in r.parties], [n for _, r in readings for n in r.notices])


_ONESELF = re.compile(r"(?:оставл\w+|оставить|возлагаю|беру|возложить)\s+(?P<whom>(?:за|на)\s+(?:соб(?:ой|ою)|себя|себе))", re.IGNORECASE)


def _oneself(printed: str, locator: Locator, signatory: Person | None) -> PartiesReading:
    if signatory is None:
        return PartiesReading([], [Notice("party_unparsed", "«за собой»: подписавший не найден")])
    return PartiesReading([Party(text=printed, kind=PartyKind.PERSON, name=short_name(signatory), person=signatory, locator=locator)])


# Rules


def addressed(text: str) -> Iterator[Cut]:
    """«Директору МКУ «Центр» О.В. Ивановой:», «Отделу культуры (А.А. Петрова) обеспечить …»."""
    start = len(text) - len(text.lstrip(" -–—\n\t"))
    stop = addressed_until(text, start)
    if stop is not None and begins_in(text[start:stop], DATIVE) and not _BECOMES.match(text, start):
        yield Cut(start, stop, DATIVE)


def alone(text: str) -> Iterator[Cut]:
    """«Заместителю директора Котовой И.И.» without a colon, above its points."""
    if addressed_until(text, 0) is None and len(text) < 300 and begins_in(text, DATIVE):
        yield Cut(0, len(text.rstrip(" .")), DATIVE)


_BECOMES = re.compile(r"ответственн(?:ым|ой|ыми)[^.;]{0,200}?\s(?:считать|назначить|определить|утвердить)\s", re.IGNORECASE)


def named_before_colon(text: str) -> Iterator[Cut]:
    """«Отдел культуры:», «Начальник отдела Иванова А.А.:»."""
    match = re.fullmatch(r"\s*([^:]{3,300}?)\s*:\s*", text)
    if match and begins_in(match[1], NOMINATIVE) and not re.search(r"следующ|состав|образом|мероприяти", match[1], re.IGNORECASE):
        yield Cut(match.start(1), match.end(1), NOMINATIVE)


def recommended(text: str) -> Iterator[Cut]:
    """«Рекомендовать главам сельских поселений …», «Поручить отделу культуры …», «Предложить Совету депутатов …»."""
    for match in re.finditer(
        r"(?<!\w)(?:рекомендовать|рекомендую|поручить|поручаю|предложить|предлагаю|предписать|разрешить|делегировать)\s*:?\s+",
        text,
        re.IGNORECASE,
    ):
        stop = addressed_until(text, match.end(), required=False)
        if stop is not None and begins_in(text[match.end() : stop], DATIVE):
            yield Cut(match.end(), before_object(text, match.end(), stop), DATIVE)
        elif match[0].lower().startswith("поруч"):
            yield from _charged(text, match.end(), sentence_end(text, match.end()))


def _charged(text: str, start: int, stop: int) -> Iterator[Cut]:
    """«Поручить подготовку приказа методисту Петровой А.А.»: the first person behind the object."""
    tokens = tokenize(text[start:stop])
    for index, token in enumerate(tokens):
        if token.kind == "person":
            yield Cut(start + post_start(tokens, index, DATIVE), start + token.stop, DATIVE)
            return


def obliged(text: str) -> Iterator[Cut]:
    """«Обязать руководителей учреждений …»."""
    for match in re.finditer(r"(?<!\w)(?:обязать|обязываю|уполномочить|просить)\s+", text, re.IGNORECASE):
        stop = addressed_until(text, match.end(), required=False)
        if stop is not None and begins_in(text[match.end() : stop], ACCUSATIVE):
            yield Cut(match.end(), stop, ACCUSATIVE)


_STATED = re.compile(
    r"(?<!\w)(?:ответственн\w+(?:\s+(?:исполнител\w+|лиц\w+|за\s+исполнение))?|отв\.|исполнител[ьи]|исп\.)\s*[-–—:]?\s*"
    r"(?=(?-i:[А-ЯЁ]\.|[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.))"
    r"|(?<!\w)ответственн(?:ый|ые|ая)(?:\s+(?:исполнител\w+|лиц\w+))?(?:\s+за\s+[^.;:–—]{3,120}?)?\s*[:–—-]\s+",
    re.IGNORECASE,
)


def stated(text: str) -> Iterator[Cut]:
    """«Ответственный: Иванов И.И.», «(отв. Петрова А.А.)», «Ответственные – руководители ОО»."""
    for match in _STATED.finditer(text):
        stop = min(x for x in (sentence_end(text, match.end()), closing(text, match.end())) if x >= 0)
        stop = before_deadline(text, match.end(), stop)
        if text[match.end() : stop].strip():
            yield Cut(match.end(), stop, NOMINATIVE)


_CONTROLS = re.compile(
    r"(?<!\w)(?:контроль[^.;]{0,150}?(?:осуществля[ею]т|обеспечива[ею]т)|ответственность[^.;]{0,150}?нес(?:ут|ёт|ет))\s+", re.IGNORECASE
)


def controlled(text: str) -> Iterator[Cut]:
    """«Контроль … осуществляет заместитель начальника Иванова А.А.»."""
    for match in _CONTROLS.finditer(text):
        stop = sentence_end(text, match.end())
        if begins_in(text[match.end() : stop], NOMINATIVE):
            yield Cut(match.end(), stop, NOMINATIVE)


def after_introduction(text: str) -> Iterator[Cut]:
    """«В целях реализации плана начальнику отдела кадров Петровой А.А. провести …»."""
    if not _INTRODUCTION.match(text):
        return
    tokens = tokenize(text)
    for index, token in enumerate(tokens):
        if token.kind == "word" and is_infinitive(token.text):
            return
        head = head_at(tokens, index, DATIVE) if token.kind == "word" else None
        if head is not None and head.sure and head.kind in ("post", "body"):
            stop = addressed_until(text, token.start)
            if stop is not None:
                yield Cut(token.start, stop, DATIVE)
            return


_INTRODUCTION = re.compile(r"\s*(?:в|во|с|со|до|для|на|по|не\s+позднее|ежегодно|ежемесячно|ежеквартально)\s", re.IGNORECASE)


_RULES: tuple[Callable[[str], Iterator[Cut]], ...] = (
    addressed,
    recommended,
    obliged,
    *APPOINTMENTS,
    empowered,
    after_introduction,
    controlled,
    stated,
    named_before_colon,
)
