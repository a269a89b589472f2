"""To whom a point is addressed, and who is appointed, empowered, made responsible or given control by it.

Each rule cuts out the words that name them, with the case they stand in; «направить Петровой А.А.» is no such words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from normalizers.notice import Notice
from normalizers.parties.extents import (
    ACCUSATIVE,
    DATIVE,
    INSTRUMENTAL,
    NOMINATIVE,
    addressed_until,
    before_deadline,
    before_duty,
    before_object,
    begins_in,
    closing,
    first_person,
    is_infinitive,
    names_person,
    post_start,
    sentence_end,
    skip_instrumental,
    until_instrumental,
)
from normalizers.parties.reading import PartiesReading, list_parties, short_name
from normalizers.phrases import Token, head_at, tokenize
from schemas.contract import Locator, Party, PartyKind, Person

if TYPE_CHECKING:
    from normalizers.people import Register


class Cut(NamedTuple):
    """Words that name addressees and the case they stand in."""

    start: int
    stop: int
    cases: frozenset[str]


def read_addressees(
    text: str, register: Register, locator: Locator, signatory: Person | None, *, leads: bool = False, named: bool = False
) -> PartiesReading:
    """Addressees of a point, nominative; «оставляю за собой» is ``signatory``; who merely receives a report is none.

    ``leads``: points stand under it. ``named``: it is an item under «Назначить ответственными:».
    """
    if re.search(r"(?:оставл\w+|оставить|возлагаю|беру|возложить)\s+(?:за|на)\s+(?:соб(?:ой|ою)|себя|себе)", text, re.IGNORECASE):
        own = _oneself(text, locator, signatory)
        parties, notices = list(own.parties), list(own.notices)
    else:
        parties, notices = [], []
    taken: list[Cut] = []
    rules = ((alone,) if leads else ()) + ((listed,) if named else ()) + _RULES
    for rule in rules:
        for found in rule(text):
            if all(found.stop <= c.start or found.start >= c.stop for c in taken):
                taken.append(found)
    for found in sorted(taken):
        reading = list_parties(text[found.start : found.stop], register, locator, found.cases)
        parties += reading.parties
        notices += reading.notices
    return PartiesReading(parties, notices)


def _oneself(text: str, locator: Locator, signatory: Person | None) -> PartiesReading:
    if signatory is None:
        return PartiesReading([], [Notice("party_unparsed", "«за собой»: подписавший не найден")])
    match = re.search(r"(?:за|на)\s+(?:соб(?:ой|ою)|себя|себе)", text, re.IGNORECASE)
    printed = match[0] if match else text
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


def listed(text: str) -> Iterator[Cut]:
    """«Котову Инну Борисовну, методиста, – по направлению «Наставничество»;» under «Назначить координаторами:»."""
    stop = until_instrumental(text, 0, sentence_end(text, 0))
    what_for = re.search(r",?\s*[–—-]\s+(?:по|за|в|на)\s", text[:stop])
    stop = what_for.start() if what_for else stop
    if names_person(text[:stop]):
        yield Cut(0, stop, ACCUSATIVE)


APPOINTS_BELOW = re.compile(
    r"(?<!\w)(?:назнач\w+|включить|ввести|возложить|определить|считать|уполномочить|ответственн\w+)(?:\s[^.;]*)?:\s*$", re.IGNORECASE
)
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


_LAID = re.compile(
    r"(?<!\w)(?:установить(?=\s+(?:персональную\s+)?ответственность)|возложи(?:ть|л|в)|возложен[аоы]?|возлага(?:ю|ет|ем|ется|ются|ть))\s",
    re.IGNORECASE,
)


def laid_upon(text: str) -> Iterator[Cut]:
    """«Контроль за исполнением приказа возложить на заместителя начальника управления Иванову А.А.»."""
    for verb in _LAID.finditer(text):
        end = sentence_end(text, verb.end())
        for match in re.finditer(r"(?<!\w)на\s*:?\s+", text[verb.end() : end]):  # «на период отпуска на Иванову А.А.»
            begin = verb.end() + match.end()
            stop = before_duty(text, begin, end)
            if begins_in(text[begin:stop], ACCUSATIVE):
                yield Cut(begin, stop, ACCUSATIVE)
                break


_POWERS = re.compile(r"полномочи|обязанност|функци|ответственност|контрол|прав[оа]\b|руководств|координац", re.IGNORECASE)


def kept_with(text: str) -> Iterator[Cut]:
    """«Контроль … оставить за заместителем главы Ивановым И.И.», «закрепить за …»."""
    for verb in re.finditer(r"(?<!\w)(?:оставить|оставля\w+|сохранить|сохраня\w+|закрепить|закрепля\w+)\s", text, re.IGNORECASE):
        end = sentence_end(text, verb.end())
        if verb[0].lower().startswith(("закреп", "сохран")) and not _POWERS.search(text, verb.end(), end):
            continue  # «закрепить за каждым учителем наставника», «сохранить за работником место»
        for match in re.finditer(r"(?<!\w)за\s+", text[verb.end() : end]):
            begin = verb.end() + match.end()
            stop = before_duty(text, begin, end)
            if begins_in(text[begin:stop], INSTRUMENTAL):
                yield Cut(begin, stop, INSTRUMENTAL)
                break


_APPOINTING = re.compile(
    r"(?<!\w)(?:назначить|назначаю|назначается|принять|определить|утвердить|считать|(?:включить|ввести)\s+в\s+состав)\s*:?\s+",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"(?<!\w)(?:ответственн\w+(?:\s+(?:исполнител\w+|лиц\w+|за\s+исполнение))?|отв\.|исполнител[ьи]|исп\.)\s*[-–—:]?\s*"
    r"(?=(?-i:[А-ЯЁ]\.|[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.))"
    r"|(?<!\w)ответственн(?:ый|ые|ая)(?:\s+(?:исполнител\w+|лиц\w+))?(?:\s+за\s+[^.;:–—]{3,120}?)?\s*[:–—-]\s+",
    re.IGNORECASE,
)


def appointed(text: str) -> Iterator[Cut]:
    """«Назначить Иванову А.А., директора МКУ «Центр», ответственным лицом за …», «Назначить ответственным за … Петрова П.П.»."""
    for match in _APPOINTING.finditer(text):
        stop = sentence_end(text, match.end())
        included = match[0].lower().startswith("в") or re.match(r"со?\s+\d", text[match.end() :])  # «назначить с 5 октября …»
        begin = first_person(text, match.end(), stop) if included else skip_instrumental(text, match.end(), stop)
        if begin is None:
            continue
        sentence, stop = stop, until_instrumental(text, begin, stop)
        piece = text[begin:stop]
        sure = (match[0].lower().startswith("назнач") and stop < sentence) or begin > match.end()  # not «назначить координаторов»
        responsible = "ответственн" in text[match.end() : begin].lower()  # «ответственным исполнителем отдел культуры»
        if names_person(piece) or (sure and begins_in(piece, ACCUSATIVE, posts_only=not responsible)):
            yield Cut(begin, stop, ACCUSATIVE)
            yield from _further(text, stop)


def _further(text: str, start: int) -> Iterator[Cut]:
    """«… Иванову А.А. – за сайт; Петрову Б.Б. – за питание»: the people behind the first."""
    tokens = tokenize(text[start:])
    for index, token in enumerate(tokens):
        if token.kind == "person" and index:
            begin = post_start(tokens, index)
            before = [t for t in tokens[:index] if t.start < begin]
            if before and (before[-1].kind in ("sep", "break", "dot") or before[-1].low == "и" or _becomes_before(before)):
                yield Cut(start + begin, start + token.stop, ACCUSATIVE)


def _becomes_before(tokens: Sequence[Token]) -> bool:
    """«…, координатором –»: what the next becomes."""
    head = head_at(tokens, len(tokens) - 2, INSTRUMENTAL) if len(tokens) > 2 and tokens[-1].kind == "dash" else None
    return head is not None and tokens[-3].kind == "sep"


_EMPOWERED = re.compile(
    r"(?<!\w)(?P<whom>надел(?:ить|яю)\s+(?:правом|полномочи\w+))\s"
    r"|(?<!\w)(?:предостав\w+|делегир\w+|передать)\s+(?:право|полномочия)\s",
    re.IGNORECASE,
)


def empowered(text: str) -> Iterator[Cut]:
    """«Наделить правом подписи главного бухгалтера Котову И.И.», «Предоставить право подписи заместителю директора Седову П.П.»."""
    for match in _EMPOWERED.finditer(text):
        cases = ACCUSATIVE if match["whom"] else DATIVE
        stop = sentence_end(text, match.end())
        tokens = tokenize(text[match.end() : stop])
        person = next((i for i, t in enumerate(tokens) if t.kind == "person"), None)
        if person is not None:
            yield Cut(match.end() + post_start(tokens, person, cases), match.end() + tokens[person].stop, cases)


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
    laid_upon,
    kept_with,
    appointed,
    empowered,
    after_introduction,
    controlled,
    stated,
    named_before_colon,
)
