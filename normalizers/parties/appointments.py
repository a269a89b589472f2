"""Who is appointed, empowered, made responsible or given control: «Назначить …», «возложить на …», «оставить за …»."""

import re
from collections.abc import Callable, Iterator, Sequence

from normalizers.parties.extents import (
    ACCUSATIVE,
    DATIVE,
    INSTRUMENTAL,
    Cut,
    before_duty,
    begins_in,
    first_person,
    names_person,
    post_start,
    sentence_end,
    skip_instrumental,
    until_instrumental,
)
from normalizers.phrases import Token, head_at, tokenize

# «за охрану труда – Котова И.И.», «по направлению «Спорт» – Седову П.П.»
_FOR_WHAT = re.compile(r"\W*(?:за|по|в|во|на|при|для)\s[^–—;]{2,200}?\s[–—-]\s+", re.IGNORECASE)


def listed(text: str) -> Iterator[Cut]:
    """«Котову Инну Борисовну, методиста, – по направлению «Наставничество»;» under «Назначить координаторами:»."""
    lead = _FOR_WHAT.match(text)
    begin = lead.end() if lead else 0
    stop = until_instrumental(text, begin, sentence_end(text, begin))
    what_for = re.search(r",?\s*[–—-]\s+(?:по|за|в|на)\s", text[begin:stop])
    stop = begin + what_for.start() if what_for else stop
    if names_person(text[begin:stop]):
        yield Cut(begin, stop, ACCUSATIVE)


APPOINTS_BELOW = re.compile(
    r"(?<!\w)(?:назнач\w+|включить|ввести|возложить|определить|считать|уполномочить|ответственн\w+)(?:\s[^.;]*)?:\s*$", re.IGNORECASE
)
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
            if begins_in(text[begin : before_duty(text, begin, end)], ACCUSATIVE):
                yield from _upon_each(text, begin, end)
                break


# «… возложить на Котову И.И., в бассейне – на администратора Седову П.П.», «…, а в её отсутствие – на Седова П.П.»
# «… возложить на Котову И.И. обязанности секретаря, на Седова П.П. – обязанности казначея»
_ALSO_UPON = re.compile(r",\s+(?:а\s+)?(?:(?:[^,;]{1,100}?\s)?[–—-]\s*)?(?:возложить\s+)?на\s+", re.IGNORECASE)


def _upon_each(text: str, begin: int, end: int) -> Iterator[Cut]:
    for match in _ALSO_UPON.finditer(text, begin, end):
        if begins_in(text[match.end() : end], ACCUSATIVE):
            yield Cut(begin, before_duty(text, begin, match.start()), ACCUSATIVE)
            begin = match.end()
    yield Cut(begin, before_duty(text, begin, end), ACCUSATIVE)


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
    r"(?<!\w)(?:назначить|назначаю|назначается|принять|определить|утвердить|считать|закрепить|прикрепить|(?:включить|ввести)\s+в\s+состав)"
    r"\s*:?\s+",
    re.IGNORECASE,
)
# «закрепить молодого специалиста Котова И.И. за наставником Седовым П.П.»: which of the two answers is not said by the verb
_FASTENED = re.compile(r"закреп|прикреп", re.IGNORECASE)
_MENTORS = re.compile(r"(?:следующ\w+\s+)?(?:\w+-)?(?:наставник|куратор|тьютор|шеф)\w*", re.IGNORECASE)
_PERSON_HELD = re.compile(r"\sза\s+(?:[а-яё-]+\s+){0,3}[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]")


def appointed(text: str) -> Iterator[Cut]:
    """«Назначить Иванову А.А., директора МКУ «Центр», ответственным лицом за …», «Назначить ответственным за … Петрова П.П.»."""
    for match in _APPOINTING.finditer(text):
        stop = sentence_end(text, match.end())
        included = match[0].lower().startswith("в") or re.match(r"со?\s+\d", text[match.end() :])  # «назначить с 5 октября …»
        begin = first_person(text, match.end(), stop) if included else skip_instrumental(text, match.end(), stop)
        if begin is None:
            continue
        if (
            begin == match.end()
            and _FASTENED.match(match[0])
            and _PERSON_HELD.search(text, begin, stop)
            and not _MENTORS.match(text, begin)
        ):
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
            parted = bool(before) and (before[-1].kind in ("sep", "break", "dot") or before[-1].low == "и")
            if before and (parted or _becomes_before(before) or _share_before(before)):
                yield Cut(start + begin, start + token.stop, ACCUSATIVE)


def _becomes_before(tokens: Sequence[Token]) -> bool:
    """«…, координатором –»: what the next becomes."""
    head = head_at(tokens, len(tokens) - 2, INSTRUMENTAL) if len(tokens) > 2 and tokens[-1].kind == "dash" else None
    return head is not None and tokens[-3].kind == "sep"


def _share_before(tokens: Sequence[Token]) -> bool:
    """«…, в здании библиотеки – Петрова П.П.»: which share of the work the next gets."""
    if tokens[-1].kind != "dash":
        return False
    begin = next((i + 1 for i in range(len(tokens) - 2, -1, -1) if tokens[i].kind in ("sep", "break", "mark", "dash")), 0)
    return tokens[begin].low in ("за", "в", "во", "на", "по", "при", "для")


def headed(text: str) -> Iterator[Cut]:
    """«Создать рабочую группу во главе с заместителем министра Котовым И.И.»."""
    for match in re.finditer(r"(?<!\w)во\s+главе\s+со?\s+", text, re.IGNORECASE):
        stop = sentence_end(text, match.end())
        if begins_in(text[match.end() : stop], INSTRUMENTAL, posts_only=True):
            person = next((t for t in tokenize(text[match.end() : stop]) if t.kind == "person"), None)
            yield Cut(match.end(), match.end() + person.stop if person else stop, INSTRUMENTAL)


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


APPOINTMENTS: tuple[Callable[[str], Iterator[Cut]], ...] = (laid_upon, kept_with, appointed, headed)
