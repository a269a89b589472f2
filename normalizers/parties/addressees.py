"""To whom a point is addressed, and who is appointed, empowered, made responsible or given control by it.

Each rule cuts out the words that name them, with the case they stand in; «направить Петровой А.А.» is no such words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from normalizers.morphology import parses
from normalizers.notice import Notice
from normalizers.parties.pieces import short_word
from normalizers.parties.reading import PartiesReading, list_parties, short_name
from normalizers.phrases import LEGAL_FORMS, Token, head_at, is_modifier, tokenize
from schemas.contract import Locator, Party, PartyKind, Person

if TYPE_CHECKING:
    from normalizers.people import Register

DATIVE = frozenset({"datv"})
ACCUSATIVE = frozenset({"accs", "gent"})
INSTRUMENTAL = frozenset({"ablt"})
NOMINATIVE = frozenset({"nomn"})


class Cut(NamedTuple):
    """Words that name addressees and the case they stand in."""

    start: int
    stop: int
    cases: frozenset[str]


def read_addressees(text: str, register: Register, locator: Locator, signatory: Person | None) -> PartiesReading:
    """Addressees of a point, nominative; «оставляю за собой» is ``signatory``; who merely receives a report is none."""
    if re.search(r"(?:оставл\w+|оставить|возлагаю|беру|возложить)\s+(?:за|на)\s+(?:собой|себя|себе)", text, re.IGNORECASE):
        return _oneself(text, locator, signatory)
    parties: list[Party] = []
    notices: list[Notice] = []
    taken: list[Cut] = []
    for rule in _RULES:
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
    match = re.search(r"(?:за|на)\s+(?:собой|себя|себе)", text, re.IGNORECASE)
    printed = match[0] if match else text
    return PartiesReading([Party(text=printed, kind=PartyKind.PERSON, name=short_name(signatory), person=signatory, locator=locator)])


# Rules


def addressed(text: str) -> Iterator[Cut]:
    """«Директору МКУ «Центр» О.В. Ивановой:», «Отделу культуры (А.А. Петрова) обеспечить …»."""
    start = len(text) - len(text.lstrip(" -–—\n\t"))
    stop = _addressed_until(text, start)
    if stop is not None and _begins_in(text[start:stop], DATIVE):
        yield Cut(start, stop, DATIVE)


def named_before_colon(text: str) -> Iterator[Cut]:
    """«Отдел культуры:», «Начальник отдела Иванова А.А.:»."""
    match = re.fullmatch(r"\s*([^:]{3,300}?)\s*:\s*", text)
    if match and _begins_in(match[1], NOMINATIVE) and not re.search(r"следующ|состав|образом|мероприяти", match[1], re.IGNORECASE):
        yield Cut(match.start(1), match.end(1), NOMINATIVE)


def recommended(text: str) -> Iterator[Cut]:
    """«Рекомендовать главам сельских поселений …», «Поручить отделу культуры …», «Предложить Совету депутатов …»."""
    for match in re.finditer(
        r"(?<!\w)(?:рекомендовать|рекомендую|поручить|поручаю|предложить|предлагаю|предписать|разрешить|делегировать)\s*:?\s+",
        text,
        re.IGNORECASE,
    ):
        stop = _addressed_until(text, match.end(), required=False)
        if stop is not None and _begins_in(text[match.end() : stop], DATIVE):
            yield Cut(match.end(), stop, DATIVE)
        elif match[0].lower().startswith("поруч"):
            yield from _charged(text, match.end(), _sentence_end(text, match.end()))


def _charged(text: str, start: int, stop: int) -> Iterator[Cut]:
    """«Поручить подготовку приказа методисту Петровой А.А.»: the first person behind the object."""
    tokens = tokenize(text[start:stop])
    for index, token in enumerate(tokens):
        if token.kind == "person":
            yield Cut(start + _post_start(tokens, index, DATIVE), start + token.stop, DATIVE)
            return


def obliged(text: str) -> Iterator[Cut]:
    """«Обязать руководителей учреждений …»."""
    for match in re.finditer(r"(?<!\w)(?:обязать|обязываю|уполномочить|просить)\s+", text, re.IGNORECASE):
        stop = _addressed_until(text, match.end(), required=False)
        if stop is not None and _begins_in(text[match.end() : stop], ACCUSATIVE):
            yield Cut(match.end(), stop, ACCUSATIVE)


def laid_upon(text: str) -> Iterator[Cut]:
    """«Контроль за исполнением приказа возложить на заместителя начальника управления Иванову А.А.»."""
    for match in re.finditer(r"(?<!\w)(?:возлож\w+|возлага\w+|закреп\w+)\s+(?:[^.;]{0,120}?\s)?на\s*:?\s+", text, re.IGNORECASE):
        stop = _before_duty(text, match.end(), _sentence_end(text, match.end()))
        if _begins_in(text[match.end() : stop], ACCUSATIVE):
            yield Cut(match.end(), stop, ACCUSATIVE)


def kept_with(text: str) -> Iterator[Cut]:
    """«Контроль … оставить за заместителем главы Ивановым И.И.», «закрепить за …»."""
    for verb in re.finditer(r"(?<!\w)(?:остав\w+|сохран\w+|закреп\w+)\s", text, re.IGNORECASE):
        end = _sentence_end(text, verb.end())
        for match in re.finditer(r"(?<!\w)за\s+", text[verb.end() : end]):
            begin = verb.end() + match.end()
            stop = _before_duty(text, begin, end)
            if _begins_in(text[begin:stop], INSTRUMENTAL):
                yield Cut(begin, stop, INSTRUMENTAL)
                break


_APPOINTING = re.compile(
    r"(?<!\w)(?:назначить|назначаю|назначается|принять|определить|утвердить|считать|(?:включить|ввести)\s+в\s+состав[^.;]{0,80}?)\s+",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"(?<!\w)(?:ответственн\w+(?:\s+(?:исполнител\w+|лиц\w+|за\s+исполнение))?|отв\.|исполнител[ьи]|исп\.)\s*[-–—:]?\s*"
    r"(?=(?-i:[А-ЯЁ]\.|[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.))"
    r"|(?<!\w)ответственн(?:ый|ые|ая)(?:\s+(?:исполнител\w+|лиц\w+))?\s*[:–—-]\s*",
    re.IGNORECASE,
)


def appointed(text: str) -> Iterator[Cut]:
    """«Назначить Иванову А.А., директора МКУ «Центр», ответственным лицом за …», «Назначить ответственным за … Петрова П.П.»."""
    for match in _APPOINTING.finditer(text):
        stop = _sentence_end(text, match.end())
        begin = _skip_instrumental(text, match.end(), stop)
        if begin is None:
            continue
        stop = _until_instrumental(text, begin, stop)
        piece = text[begin:stop]
        sure = match[0].lower().startswith("назнач") or begin > match.end()
        if _names_person(piece) or (sure and _begins_in(piece, ACCUSATIVE, posts_only=True)):
            yield Cut(begin, stop, ACCUSATIVE)
            yield from _further(text, stop)


def _further(text: str, start: int) -> Iterator[Cut]:
    """«… Иванову А.А. – за сайт; Петрову Б.Б. – за питание»: the people behind the first."""
    tokens = tokenize(text[start:])
    for index, token in enumerate(tokens):
        if token.kind == "person" and index:
            begin = _post_start(tokens, index)
            before = [t for t in tokens[:index] if t.start < begin]
            if before and (before[-1].kind in ("sep", "break", "dot") or before[-1].low == "и"):
                yield Cut(start + begin, start + token.stop, ACCUSATIVE)


def stated(text: str) -> Iterator[Cut]:
    """«Ответственный: Иванов И.И.», «(отв. Петрова А.А.)», «Ответственные – руководители ОО»."""
    for match in _STATED.finditer(text):
        stop = min(x for x in (_sentence_end(text, match.end()), _closing(text, match.end())) if x >= 0)
        stop = _before_deadline(text, match.end(), stop)
        if text[match.end() : stop].strip():
            yield Cut(match.end(), stop, NOMINATIVE)


def controlled(text: str) -> Iterator[Cut]:
    """«Контроль … осуществляет заместитель начальника Иванова А.А.»."""
    for match in re.finditer(r"(?<!\w)контроль[^.;]{0,150}?(?:осуществля[ею]т|обеспечива[ею]т)\s+", text, re.IGNORECASE):
        stop = _sentence_end(text, match.end())
        if _begins_in(text[match.end() : stop], NOMINATIVE):
            yield Cut(match.end(), stop, NOMINATIVE)


def after_introduction(text: str) -> Iterator[Cut]:
    """«В целях реализации плана начальнику отдела кадров Петровой А.А. провести …»."""
    if not _INTRODUCTION.match(text):
        return
    tokens = tokenize(text)
    for index, token in enumerate(tokens):
        if token.kind == "word" and _is_infinitive(token.text):
            return
        head = head_at(tokens, index, DATIVE) if token.kind == "word" else None
        if head is not None and head.sure and head.kind in ("post", "body"):
            stop = _addressed_until(text, token.start)
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
    after_introduction,
    controlled,
    stated,
    named_before_colon,
)


# Where the words end

_ACTING = frozenset({"и.о", "врио", "зам", "зав"})  # «и.о. директора», whatever the case


def _begins_in(piece: str, cases: frozenset[str], *, posts_only: bool = False) -> bool:
    """The piece begins with a person, or with a post or body in one of ``cases``."""
    tokens = tokenize(piece)
    if not tokens:
        return False
    index = 0
    if tokens[0].kind == "person" or (tokens[0].kind == "word" and short_word(tokens[0].text).replace(" ", "") in _ACTING):
        return True
    while index < len(tokens) and (tokens[index].kind in ("abbr", "quoted") or (index > 0 and tokens[index].kind == "dash")):
        if index > 4:
            return False
        index += 1
    if index and tokens[0].kind == "abbr" and not posts_only:
        head = head_at(tokens, index, cases)
        return (
            head is not None
            or tokens[0].text in LEGAL_FORMS
            or index == len(tokens)
            or tokens[index].kind in ("sep", "bracket", "number", "person")
        )
    head = head_at(tokens, index, cases)
    if head is None:
        return False
    return head.kind == "post" or (head.kind == "body" and not posts_only)


def _addressed_until(text: str, start: int, *, required: bool = True) -> int | None:
    """The colon or the infinitive that ends an address; quotes and brackets are skipped. None where there is neither."""
    tokens = tokenize(text[start:])
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.kind == "bracket" and following is not None and following.kind == "word" and following.low not in ("и", "а", "совместно"):
            return start + token.stop  # «отделу культуры (Петрова А.А.) настоящее постановление опубликовать»
        if token.kind == "sep" and token.text in (":", ";"):
            return start + token.start
        if token.kind == "word" and _is_infinitive(token.text):
            return _trim(text, start, start + token.start)
        if token.kind == "dot" and not required and re.match(r"\.(?:\s+[А-ЯЁ]|\s*$)", text[start + token.start :]):
            return start + token.start
    return None if required else _sentence_end(text, start)


def _trim(text: str, start: int, stop: int) -> int:
    """Without what stands between the address and its verb: «… в срок до 1 мая», «ежегодно», «при этом»."""
    piece = text[start:stop]
    cut = re.search(
        r"[,\s]+(?:в\s+(?:срок|течение|целях|рамках|соответствии|случае|\d{4}\s+году|установленн\w+)|до\s+\d|не\s+позднее|с\s+\d|ежегодно|ежемесячно|ежеквартально|еженедельно|постоянно|незамедлительно|своевременно|совместно|систематически|дополнительно|не\s*$|на\s+постоянной|настоящ\w+|данн\w+)",
        piece,
        re.IGNORECASE,
    )
    return start + cut.start() if cut and cut.start() > 0 and "совместно" not in cut[0].lower() else start + len(piece.rstrip(" ,–—-"))


def _is_infinitive(word: str) -> bool:
    found = parses(word.lower())
    return bool(found) and word.islower() and found[0].pos == "INFN"


_SENTENCE = re.compile(r"(?<=[А-Яа-яЁё0-9»)])(?<![^А-Яа-яЁё][А-ЯЁ])(?<!\sзам)(?<!\sг)(?<!\sул)(?<!\sим)\.(?=\s+[А-ЯЁ«\d]|\s*$)|[;\n]")


def _sentence_end(text: str, start: int) -> int:
    names = [t for t in tokenize(text[start:]) if t.kind == "person"]
    for match in _SENTENCE.finditer(text, start):
        if not any(start + n.start <= match.start() < start + n.stop for n in names):
            return match.start()
    return len(text)


_DUTY = re.compile(
    r"\s+(?:(?:персональн|исполнени|временн|следующ)\w+\s+)*(?:обязанност|функци|полномочи|ответственност|контрол|координац|руководств|работ[ыу]\b)",
    re.IGNORECASE,
)


def _before_duty(text: str, start: int, stop: int) -> int:
    """«возложить на Петрову А.А. обязанности секретаря»: the duty is no addressee."""
    match = _DUTY.search(text[start:stop])
    return start + match.start() if match else stop


def _closing(text: str, start: int) -> int:
    """The bracket that closes «(отв. …)»; the end of the text where none was open."""
    opened = text.rfind("(", 0, start)
    if opened < 0 or ")" in text[opened:start]:
        return len(text)
    found = text.find(")", start)
    return found if found >= 0 else len(text)


def _before_deadline(text: str, start: int, stop: int) -> int:
    match = re.search(r"[,.;]?\s*(?:срок|до\s+\d|в\s+срок)", text[start:stop], re.IGNORECASE)
    return start + match.start() if match else stop


def _skip_instrumental(text: str, start: int, stop: int) -> int | None:
    """Behind «ответственным за организацию работы»: where the first name or post in the accusative begins."""
    tokens = tokenize(text[start:stop])
    if not tokens:
        return None
    head = head_at(tokens, 0, INSTRUMENTAL)
    named = head is None and not is_modifier(tokens[0].text, INSTRUMENTAL) and not tokens[0].low.startswith("ответственн")
    if tokens[0].kind == "person" or named:
        return start
    for index, token in enumerate(tokens):
        if token.kind == "person":
            return start + _post_start(tokens, index)
        if (
            token.kind == "word"
            and index
            and (found := head_at(tokens, index, ACCUSATIVE))
            and found.kind == "post"
            and _after_complement(tokens, index)
        ):
            return start + token.start
    return None


def _after_complement(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index - 1].kind in ("sep", "dash")


def _post_start(tokens: Sequence[Token], index: int, cases: frozenset[str] = ACCUSATIVE) -> int:
    """Start of the post that stands before the person at ``index``: «… заместителя директора Петрову П.П.»."""
    begin = index
    for i in range(index - 1, -1, -1):
        token = tokens[i]
        if token.kind in ("sep", "dash") or (token.kind == "word" and token.low in ("за", "по", "на")):
            break
        found = head_at(tokens, i, cases) if token.kind == "word" else None
        if found and found.kind == "post" and not any(p.lemma in ("ответственный",) for p in parses(token.low)):
            begin = i
    return tokens[begin].start


def _until_instrumental(text: str, start: int, stop: int) -> int:
    """Before «ответственным лицом», «руководителем группы», «на должность»: what they are appointed to."""
    tokens = tokenize(text[start:stop])
    for index, token in enumerate(tokens):
        if not index or token.kind != "word":
            continue
        after_person = any(t.kind == "person" for t in tokens[:index])
        head = head_at(tokens, index, INSTRUMENTAL)
        if head and head.kind == "post" and head.sure and (after_person or tokens[index - 1].kind != "word" or "ответственн" in token.low):
            return start + len(text[start : start + token.start].rstrip(" ,–—-"))
        if token.low in ("ответственным", "ответственной", "ответственными"):
            return start + len(text[start : start + token.start].rstrip(" ,–—-"))
        if after_person and token.low in ("на", "за", "в", "с", "для"):
            return start + token.start
    return stop


def _names_person(piece: str) -> bool:
    tokens = tokenize(piece)
    return bool(tokens) and (
        tokens[0].kind == "person" or (_begins_in(piece, ACCUSATIVE, posts_only=True) and any(t.kind == "person" for t in tokens))
    )
