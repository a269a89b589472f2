"""Where the words that name an addressee begin and end inside the text of a point."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from normalizers.morphology import parses
from normalizers.parties.boundaries import PREPOSITIONS
from normalizers.parties.openings import named_by_capitals, short_word
from normalizers.phrases import LEGAL_FORMS, SHORT_ADJECTIVES, Token, head_at, head_readings, is_adjective, is_modifier, tokenize

DATIVE = frozenset({"datv"})
ACCUSATIVE = frozenset({"accs", "gent"})
INSTRUMENTAL = frozenset({"ablt"})
NOMINATIVE = frozenset({"nomn"})


class Cut(NamedTuple):
    """Words that name addressees and the case they stand in."""

    start: int
    stop: int
    cases: frozenset[str]


_ACTING = frozenset({"и.о", "ио", "врио", "зам", "зав", "нач", "рук"})  # «и.о. директора», whatever the case


def begins_in(piece: str, cases: frozenset[str], *, posts_only: bool = False) -> bool:
    """The piece begins with a person, or with a post or body in one of ``cases``."""
    tokens = tokenize(piece)
    if not tokens:
        return False
    index = 0
    if tokens[0].kind == "person" or (tokens[0].kind == "word" and short_word(tokens[0].text).replace(" ", "") in _ACTING):
        return True
    if tokens[0].low in SHORT_ADJECTIVES and len(tokens) > 2 and tokens[1].kind == "dot":
        index = 2  # «гл. библиографу»
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
        return not posts_only and named_by_capitals(tokens, 0, cases)
    return head.kind == "post" or (head.kind == "body" and not posts_only)


def addressed_until(text: str, start: int, *, required: bool = True) -> int | None:
    """The colon or the infinitive that ends an address; quotes and brackets are skipped. None where there is neither."""
    tokens = tokenize(text[start:])
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        ends = token.kind == "bracket" and following is not None and following.kind == "word" and not _tail_follows(tokens, index)
        if ends and following is not None and following.low not in ("и", "а", "совместно"):
            return start + token.stop  # «отделу культуры (Петрова А.А.) настоящее постановление опубликовать»
        if token.kind == "sep" and token.text == ":" and not _list_follows(tokens, index + 1):
            return start + token.start
        if token.kind == "sep" and token.text == ";" and not required:
            return start + token.start
        if token.kind == "word" and is_infinitive(token.text):
            return _trim(text, start, start + token.start)
        if token.kind == "dot" and not required and re.match(r"\.(?:\s+[А-ЯЁ]|\s*$)", text[start + token.start :]):
            return start + token.start
    return None if required else sentence_end(text, start)


def _tail_follows(tokens: Sequence[Token], index: int) -> bool:
    """«Главам Ельского (Котова И.И.), Лесного (Седов П.П.) сельских поселений»: what both adjectives before brackets belong to."""
    before = [i for i in range(1, index + 1) if tokens[i].kind == "bracket"]
    genitive = frozenset({"gent"})
    return len(before) > 1 and all(
        tokens[i].kind == "word" and is_adjective(tokens[i].text, genitive) for i in (*(b - 1 for b in before), index + 1)
    )


def _list_follows(tokens: Sequence[Token], index: int) -> bool:
    """«Директорам учреждений: «Заря» (Котова И.И.), «Луч» (Седов П.П.):»: behind the colon they are named, then the verb or a colon."""
    named = _shares_follow(tokens, index)
    for place, token in enumerate(tokens[index:]):
        ends = token.kind == "sep" and token.text == ":"
        if ends or (token.kind == "word" and is_infinitive(token.text)):
            return named and place > 0
        if token.kind in ("break", "mark"):
            return False
        named = named or token.kind == "person" or (token.kind == "bracket" and any(t.kind == "person" for t in tokenize(token.text[1:-1])))
    return False


def _shares_follow(tokens: Sequence[Token], index: int) -> bool:
    """«Отделам: образования, культуры, спорта обеспечить …»: what the plural head before the colon is of."""
    head = head_at(tokens, 0, DATIVE)
    if head is None or not head.plural or head.index != index - 2:
        return False
    if index + 1 < len(tokens) and is_adjective(tokens[index].text, DATIVE) and tokens[index + 1].text == ",":
        return True  # «Отделам: финансовому, правовому …»
    first = head_at(tokens, index, frozenset({"gent"}))
    return first is not None and index < first.index + 1 < len(tokens) and tokens[first.index + 1].text == ","


def _trim(text: str, start: int, stop: int) -> int:
    """Without what stands between the address and its verb: «… в срок до 1 мая», «ежегодно», «при этом»."""
    piece = text[start:stop]
    cut = re.search(
        r"[,\s]+(?:во?\s+(?:срок|течение|целях|рамках|соответствии|случае|\d{4}\s+году|установленн\w+|исполнение|\w+дневный\s+срок|(?:\w+\s+)?(?:квартале|полугодии))|до\s+(?:\d|начала|конца)|не\s+позднее|со?\s+(?:\d|момента|дня|уч[её]том|целью)|к\s+\d|по\s+(?:мере|итогам|окончании)|при\s+\w+(?:нии|ции|ке)|не\s+(?:реже|менее)|(?:\d+|один|два|три)\s+раза?\s|еже\w+|не\s*$|на\s+постоянной|настоящ\w+|данн\w+)",
        piece,
        re.IGNORECASE,
    )
    if cut and cut.start() > 0:
        piece = piece[: cut.start()]
    return start + len(_without_adverbs(piece.rstrip(" ,–—-")))


def _without_adverbs(piece: str) -> str:
    """«шеф-повару Котовой И.И. строго» (соблюдать), «директорам школ также» → without «строго», «также»."""
    while last := re.search(r"[\s,]+([а-яё-]+)$", piece):
        if parses(last[1])[0].pos not in ("ADVB", "PRCL", "CONJ"):
            break
        piece = piece[: last.start()].rstrip(" ,–—-")
    return piece


def is_infinitive(word: str) -> bool:
    """Whether the first reading of a small word is an infinitive: «обеспечить»."""
    found = parses(word.lower())
    return bool(found) and word.islower() and found[0].pos == "INFN"


_SENTENCE = re.compile(r"(?<=[А-Яа-яЁё0-9»)])(?<![^А-Яа-яЁё][А-ЯЁ])(?<!\sзам)(?<!\sг)(?<!\sул)(?<!\sим)\.(?=\s+[А-ЯЁ«\d]|\s*$)|;|(?<!:)\n")


def sentence_end(text: str, start: int) -> int:
    """Where the sentence that holds ``start`` ends; the full stops of initials are none."""
    names = [t for t in tokenize(text[start:]) if t.kind == "person"]
    for match in _SENTENCE.finditer(text, start):
        if not any(start + n.start <= match.start() < start + n.stop for n in names):
            return match.start()
    return len(text)


_DUTY = re.compile(
    r"\s+(?:(?:персональн|исполнени|временн|следующ)\w+\s+)*(?:обязанност|функци|полномочи|прав[оа]\b|ответственност|контрол|координац|руководств|работ[ыу]\b)",
    re.IGNORECASE,
)


def before_duty(text: str, start: int, stop: int) -> int:
    """«возложить на Петрову А.А. обязанности секретаря»: the duty is no addressee."""
    match = _DUTY.search(text[start:stop])
    return start + match.start() if match else stop


def before_object(text: str, start: int, stop: int) -> int:
    """«поручить Котовой И.И. координацию работы»: what she is charged with is no addressee."""
    tokens = tokenize(text[start:stop])
    for index, token in enumerate(tokens[1:], start=1):
        behind_name = tokens[index - 1].kind == "person"
        if behind_name and token.kind == "word" and token.text.islower() and token.low not in ("и", "совместно"):
            return stop if head_at(tokens, index, DATIVE) else start + tokens[index - 1].stop
    return stop


def closing(text: str, start: int) -> int:
    """The bracket that closes «(отв. …)»; the end of the text where none was open."""
    opened = text.rfind("(", 0, start)
    if opened < 0 or ")" in text[opened:start]:
        return len(text)
    found = text.find(")", start)
    return found if found >= 0 else len(text)


def before_deadline(text: str, start: int, stop: int) -> int:
    """Where the deadline behind the names begins: «… Срок: до 1 мая»; ``stop`` where there is none."""
    match = re.search(r"[,.;]?\s*(?:срок|до\s+\d|в\s+срок)", text[start:stop], re.IGNORECASE)
    return start + match.start() if match else stop


def skip_instrumental(text: str, start: int, stop: int) -> int | None:
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
            return start + post_start(tokens, index)
        if (
            token.kind == "word"
            and index
            and (found := head_at(tokens, index, ACCUSATIVE))
            and found.kind == "post"
            and _after_complement(tokens, index)
        ):
            return start + token.start
        if token.kind == "word" and index and "ответственн" in tokens[0].low and _is_object(tokens, index):
            return start + token.start
    return None


def _is_object(tokens: Sequence[Token], index: int) -> bool:
    """«(ответственным исполнителем плана) отдел культуры»: a body that is no complement; «за организацию» is one."""
    head = head_at(tokens, index, frozenset({"accs"}))
    if head is None or head.kind != "body" or any(p.case == "gent" for p in head_readings(tokens[head.index].text)[1]):
        return False
    before = tokens[index - 1]
    return before.low not in PREPOSITIONS and not is_modifier(before.text, frozenset({"accs"}))


def first_person(text: str, start: int, stop: int) -> int | None:
    """Behind «включить в состав комиссии»: where the first person with the post before the name begins."""
    tokens = tokenize(text[start:stop])
    found = next((i for i, t in enumerate(tokens) if t.kind == "person"), None)
    return None if found is None else start + post_start(tokens, found)


def _after_complement(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index - 1].kind in ("sep", "dash")


def post_start(tokens: Sequence[Token], index: int, cases: frozenset[str] = ACCUSATIVE) -> int:
    """Start of the post that stands before the person at ``index``: «… заместителя директора Петрову П.П.»."""
    begin = index
    for i in range(index - 1, -1, -1):
        token = tokens[i]
        if token.kind in ("sep", "dash") or token.low in ("за", "на") or (token.low == "по" and begin < index):
            break  # «инженера по охране труда Кота И.И.» goes on behind «по»
        found = head_at(tokens, i, cases) if token.kind == "word" else None
        if found and found.kind == "post" and not any(p.lemma in ("ответственный",) for p in parses(token.low)):
            begin = i
    return tokens[begin].start


def until_instrumental(text: str, start: int, stop: int) -> int:
    """Before «ответственным лицом», «руководителем группы», «на должность»: what they are appointed to."""
    tokens = tokenize(text[start:stop])
    for index, token in enumerate(tokens):
        if not index or token.kind != "word":
            continue
        after_person = any(t.kind == "person" for t in tokens[:index])
        head = head_at(tokens, index, INSTRUMENTAL)
        if head and head.kind == "post" and head.sure and (after_person or tokens[index - 1].kind != "word" or "ответственн" in token.low):
            return start + len(text[start : start + token.start].rstrip(" ,–—-"))
        acting = after_person and token.low in ("исполняющим", "исполняющей")
        if acting or token.low in ("ответственным", "ответственной", "ответственными"):
            return start + len(text[start : start + token.start].rstrip(" ,–—-"))
        if after_person and token.low in ("на", "за", "в", "с", "для"):
            return start + token.start
    return stop


def names_person(piece: str) -> bool:
    """Whether a list in the accusative begins with a person, with or without the post before the name."""
    tokens = tokenize(piece)
    return bool(tokens) and (
        tokens[0].kind == "person" or (begins_in(piece, ACCUSATIVE, posts_only=True) and any(t.kind == "person" for t in tokens))
    )
