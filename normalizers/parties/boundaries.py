"""Where a new party begins in a list of those who answer: grammar decides, a comma or «и» alone does not."""

import re
from collections.abc import Sequence

from lexicon import load
from normalizers.morphology import lemmas, parses
from normalizers.parties.openings import is_acting, opens, short_word
from normalizers.phrases import (
    CLASSES,
    DEPUTIES,
    LEGAL_FORMS,
    POST_ABBREVIATIONS,
    SHORT_ADJECTIVES,
    SHORT_PLURAL,
    SHORT_SINGULAR,
    Head,
    Token,
    head_at,
    head_readings,
    is_adjective,
    is_modifier,
    tokenize,
)

NOMINATIVE = frozenset({"nomn"})
WITH = frozenset({"ablt"})
_WITH_AND = [tuple(name.split()) for name in load("organizations")["with_and"] if " и " in name]
AND = frozenset({"и", "или", "совместно"})
TOGETHER = "совместно с"
COMMA_BREAK = ",\n"
_WHO_IS_RESPONSIBLE = frozenset({"лицо", "работник", "сотрудник"})
SHORT_LEADS = frozenset({"исп", "отв"})
LEADING = re.compile(
    r"(?:контроль|координация|организация|исполнени[ея]|исп\.?|отв\.?|(?:со)?исполнител[ьи]|ответственн(?:ый|ая|ые)(?:\s+(?:исполнител[ьи]|лиц[оа]))?)",
    re.IGNORECASE,
)
PREPOSITIONS = frozenset(
    {"по", "на", "в", "с", "со", "при", "для", "от", "за", "об", "о", "из", "к", "у", "под", "над", "через", "между", "без"}
)


def last_token(tokens: Sequence[Token], start: int, stop: int) -> int:
    """Index of the last token of the piece: separators at its end are dropped."""
    last = stop - 1
    while last > start and (tokens[last].kind in ("sep", "break", "dash", "dot") or tokens[last].low in AND):
        last -= 1
    return last


# Where a piece begins


def begins(tokens: Sequence[Token], start: int, index: int, gap: str, cases: frozenset[str]) -> bool:
    """Whether a new piece begins at ``index``; ``gap`` is the strongest separator before it."""
    token = tokens[index]
    if token.kind in ("person", "mark"):
        return not (tokens[start].kind == "mark" and all(t.kind == "break" for t in tokens[start + 1 : index]))
    if tokens[start].kind == "mark" and all(t.kind == "break" for t in tokens[start + 1 : index]):
        return False
    if tokens[start].kind == "person" and (token.low in ("тел", "телефон") or token.kind == "number"):
        return False
    if tokens[start].kind == "person":
        return token.kind != "bracket" or _names_or_post(token, cases)
    if token.kind == "bracket":
        return _holds_name(token)
    if gap in (";", TOGETHER):
        return True
    head = opens(tokens, index, cases)
    if gap == COMMA_BREAK:
        return _begins_after_comma(tokens, start, index, ",", head, cases) or _begins_line(tokens, start, index, head, cases)
    if gap == "\n":
        return _begins_line(tokens, start, index, head, cases)
    if gap == ".":
        return _begins_after_full_stop(tokens, index, head, cases)
    if gap == "/" and min(len(token.text), len(tokens[index - 2].text)) == 1:
        return False  # «учителя ф/к»
    if gap in (",", "/", "+", "и"):
        return _begins_after_comma(tokens, start, index, gap, head, cases)
    if gap in ("-", ":"):
        return bool(LEADING.fullmatch(" ".join(t.text for t in tokens[start : last_token(tokens, start, index) + 1])))
    return _begins_unseparated(tokens, start, index, head, cases)


def _names_or_post(token: Token, cases: frozenset[str]) -> bool:
    """«Иванов И.И. (директор школы)»."""
    inner = tokenize(token.text[1:-1])
    head = opens(inner, 0, cases) if inner else None
    return _holds_name(token) or (head is not None and head.kind == "post")


def _holds_name(token: Token) -> bool:
    return any(t.kind == "person" for t in tokenize(token.text[1:-1]))


def _begins_line(tokens: Sequence[Token], start: int, index: int, head: Head | None, cases: frozenset[str]) -> bool:
    """A new line begins a piece unless it goes on with the phrase: «заместитель / начальника», «специалисты / УО»."""
    token, previous = tokens[index], previous_token(tokens, index)
    opened = opens(tokens, start, cases)
    if _unfinished(tokens, start, index, cases) or (opened is not None and opened.index >= index):
        return False
    if token.kind == "word" and head is None and _only_oblique(token.text, cases):
        return False
    if previous is not None and previous.kind == "word" and _wants_complement(previous, head):
        inside = opened is not None and tokens[opened.index] is not previous and not _only_nominative(previous.low)
        if inside or token.text[0].islower():
            return False  # «заместитель Главы / Администрации района»
    if token.kind == "word" and token.text[0].islower() and (head is None or (head.kind != "post" and not head.sure)):
        return False
    if token.kind in ("abbr", "quoted") and previous is not None and previous.kind in ("word", "abbr"):
        return previous.kind == "abbr" and token.kind == "abbr" and previous.text not in LEGAL_FORMS
    if token.kind == "number":
        return False
    return head is not None or token.text[0].isupper()


def _wants_complement(previous: Token, head: Head | None) -> bool:
    """«зам. / директора», «заместитель / главы»: a post at the line's end, and what follows may be a genitive."""
    if short_word(previous.text) in SHORT_SINGULAR | SHORT_PLURAL:
        return True
    kind, _ = head_readings(previous.text)
    return kind == "post" and head is not None and not head.sure


def _only_oblique(word: str, cases: frozenset[str]) -> bool:
    """«директор / Лесного филиала»: a word that cannot stand in the case of the list goes on with the phrase."""
    declined = [p for p in parses(word.lower()) if p.case]
    return bool(declined) and not any(p.case in cases for p in declined)


def _begins_after_comma(tokens: Sequence[Token], start: int, index: int, gap: str, head: Head | None, cases: frozenset[str]) -> bool:
    token = tokens[index]
    if token.low.startswith(("ответственн", "уполномоченн")) and lemmas(tokens[index - 2].low) & _WHO_IS_RESPONSIBLE:
        return False  # «должностное лицо, ответственное за …»
    if head is None or (_unfinished(tokens, start, index, cases) and gap != ","):
        return False
    if token.kind == "abbr":
        return not _abbreviation_goes_on(tokens, start, index, gap, cases)
    if token.kind == "quoted":
        previous = previous_token(tokens, index)
        return gap == "," and previous is not None and (previous.kind == "quoted" or (previous.kind == "bracket" and _holds_name(previous)))
    if head.kind == "other":
        return gap != "и" and not _in_complement(tokens, start, index) and (head.sure or not _has_complement(tokens, start, index))
    if gap == "и" and head.kind == "body" and not head.sure and not _same_kind(tokens, start, head, cases):
        return False
    return (head.kind == "post" and gap == ",") or head.sure or not _in_complement(tokens, start, index)


def _begins_after_full_stop(tokens: Sequence[Token], index: int, head: Head | None, cases: frozenset[str]) -> bool:
    """«Учителя. Директор»; not «рук. ШМО», «гл. бухгалтер», «учит. предмет.», «п. Мирный»."""
    token, previous = tokens[index], previous_token(tokens, index)
    if previous is None or head is None:
        return False
    post = token.text in POST_ABBREVIATIONS or (token.kind == "word" and head.kind == "post" and head.sure)
    if cases != NOMINATIVE and short_word(previous.text) in SHORT_SINGULAR:
        return False  # «на зам. главного врача»
    if short_word(previous.text) in ("зам", "пом", "помощ") and short_word(token.text) in SHORT_SINGULAR:
        return False  # «зам. зав. по ВМР»
    if previous.low in SHORT_ADJECTIVES or (token.low in SHORT_ADJECTIVES and previous.low in ("зам", "зав", "нач", "рук", "пом")):
        return False  # «гл. бухгалтер», «зам. гл. врача»
    if previous.kind == "word" and (short_word(previous.text) in SHORT_SINGULAR | SHORT_PLURAL or len(previous.text) <= 3):
        return post and (tokens[index - 1].stop < token.start or token.text in POST_ABBREVIATIONS)  # «уч.актив» is one
    return post or token.text[0].isupper()


def _same_kind(tokens: Sequence[Token], start: int, head: Head, cases: frozenset[str]) -> bool:
    first = opens(tokens, start, cases)
    return first is not None and first.kind == head.kind


def _begins_unseparated(tokens: Sequence[Token], start: int, index: int, head: Head | None, cases: frozenset[str]) -> bool:
    """«методисты СЦРО муниципальные тьюторы Руководители ОО ОЦ «Сириус»»: no separator at all."""
    token, before = tokens[index], tokens[index - 1]
    if head is None or is_acting(before.text) or (cases != NOMINATIVE and token.text[0].islower()):
        return False  # «ИО директора»; «Главному специалисту кардиологу»: in prose separators are not lost
    if token.kind == "abbr":
        if before.kind != "abbr":
            return token.text in POST_ABBREVIATIONS and before.kind == "word" and before.low not in PREPOSITIONS
        if token.text in POST_ABBREVIATIONS or before.text in POST_ABBREVIATIONS:
            return True
        follows_class = before.text in CLASSES and token.text not in CLASSES and index - 1 > start
        follows_class = follows_class and tokens[index - 2].text not in LEGAL_FORMS
        return (token.text in LEGAL_FORMS and before.text not in LEGAL_FORMS) or follows_class
    if before.kind == "word" and head.kind == "post" and lemmas(before.low) & DEPUTIES and not _only_nominative(token.low):
        return False  # «заместитель Главы района»
    if _plural_after_the_end(before, token, head):
        return not _only_modifiers(tokens, start, index, cases)
    if not head.sure:
        return False
    if before.text in POST_ABBREVIATIONS:
        return True
    if before.kind == "number" and token.low in ("кл", "класс"):
        return False
    if "gent" in cases or before.text in LEGAL_FORMS:
        return False  # «на заместителя начальника», «МКУ Центру развития»
    if token.kind != "word" or (before.kind == "word" and (before.low in PREPOSITIONS or _opens_its_share(tokens, start, index - 1))):
        return False
    opened = opens(tokens, start, cases)
    if before.kind == "dot" or _only_modifiers(tokens, start, index, cases) or (opened is not None and opened.index >= index):
        return False
    if opened is not None and opened.index == index - 1 and token.text.islower() and is_adjective(token.text, cases):
        return False  # «врачи-терапевты участковые»
    return head.kind == "post" or (head.kind == "body" and token.text[0].isupper() and before.kind != "number")


def _opens_its_share(tokens: Sequence[Token], start: int, index: int) -> bool:
    """«главный» of «главный врач» and of «начальник управления – главный врач»."""
    return is_modifier(tokens[index].text, NOMINATIVE) and (index == start or tokens[index - 1].kind == "dash")


def _only_nominative(word: str) -> bool:
    return not any(p.case == "gent" for p in head_readings(word)[1])


def _plural_after_the_end(before: Token, token: Token, head: Head) -> bool:
    """«методист МБУ «РЦК» Учителя-наставники»: «учителя» may be a genitive, but not behind capitals, quotes or with a capital."""
    if head.kind != "post" or not head.plural or "nomn" not in head.cases or before.text in LEGAL_FORMS or before.low in PREPOSITIONS:
        return False
    capital = before.kind == "word" and token.text[0].isupper() and before.text[-1].islower()
    return before.kind in ("abbr", "quoted", "number") or capital


def _only_modifiers(tokens: Sequence[Token], start: int, index: int, cases: frozenset[str]) -> bool:
    return all(t.kind == "word" and is_modifier(t.text, cases) for t in tokens[start:index])


def previous_token(tokens: Sequence[Token], index: int) -> Token | None:
    """The last word before ``index``; separators are passed over."""
    for token in reversed(tokens[:index]):
        if token.kind not in ("break", "sep", "dash", "dot") and token.low not in AND:
            return token
    return None


def _unfinished(tokens: Sequence[Token], start: int, index: int, cases: frozenset[str]) -> bool:
    """The phrase so far cannot end here: it ends with a preposition or an adjective without its noun."""
    previous = previous_token(tokens, index)
    if previous is None or previous.kind != "word":
        return False
    if previous.low in PREPOSITIONS or previous.low in AND:
        return True
    return head_at(tokens, start, cases) is None and is_modifier(previous.text, cases)


def _has_complement(tokens: Sequence[Token], start: int, index: int) -> bool:
    """The phrase so far has words after its head: «отдел культуры»."""
    return index - start > 1


def _in_complement(tokens: Sequence[Token], start: int, index: int) -> bool:
    """«заместитель главы по вопросам строительства, связи, транспорта»: a preposition has opened a list of its own."""
    return any(t.kind == "word" and t.low in PREPOSITIONS for t in tokens[start:index])


def _abbreviation_goes_on(tokens: Sequence[Token], start: int, index: int, gap: str, cases: frozenset[str]) -> bool:
    """«МКУ ЦРО и ОК», «КДН и ЗП», «руководители ОО и ДОУ», «руководители СОШ № 6 и СОШ № 4»."""
    token, previous = tokens[index], previous_token(tokens, index)
    head = opens(tokens, start, cases)
    post = head is not None and head.kind == "post"
    if post and head is not None and head.plural and token.text in LEGAL_FORMS and tokens[head.index + 1].text in LEGAL_FORMS:
        return True  # «руководители МБУК «РДК», МБУК «МЦБ»»
    if post and head is not None and _is_class(token) and any(_is_class(t) for t in tokens[start:index]):
        return gap == "и" or head.plural
    if gap != "и" or previous is None or previous.kind != "abbr":
        return False
    if (previous.text, "и", token.text) in _WITH_AND:
        return True
    return index - 2 > start and tokens[index - 3].text in LEGAL_FORMS and token.text not in LEGAL_FORMS and token.text not in CLASSES


def _is_class(token: Token) -> bool:
    """«ОО», «МБОУ-СОШ», «СОШ»: an institution by its class."""
    parts = re.split(r"\s?[-–]\s?", token.text)
    return token.kind == "abbr" and all(p in CLASSES or p.endswith(("ОУ", "ОШ")) for p in parts)
