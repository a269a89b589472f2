"""Words of a phrase that names who answers: tokens, the noun that heads a phrase, its nominative."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from lexicon import load
from normalizers.morphology import Parse, parses
from normalizers.names import NameSpan, find_names

_POSTS = load("posts")
_BODIES = load("organizations")
POST_HEADS = frozenset(_POSTS["heads"])
BODY_HEADS = frozenset(_BODIES["heads"])
COMPOUNDS: dict[str, str] = {k: v for k, v in _POSTS["compounds"].items() if v}
COLLECTIVE = frozenset(_POSTS["collective"])
SUBSTANTIVISED = frozenset(_POSTS["substantivised"])
PLURALS: dict[str, str] = _POSTS["plurals"]
POST_ABBREVIATIONS = frozenset(_POSTS["abbreviations"])
SHORT_SINGULAR = frozenset(_POSTS["shortened"]["singular"])
SHORT_ADJECTIVES = frozenset(_POSTS["shortened"]["adjectives"])
SHORT_PLURAL = frozenset(_POSTS["shortened"]["plural"])
LEGAL_FORMS = frozenset(w for w in _BODIES["legal_forms"] if " " not in w)
CLASSES = frozenset(_BODIES["classes"])
_MANAGING = frozenset(_BODIES["managing"])
NEVER_A_BODY = frozenset(_BODIES["never_a_body"])
ANY_CASE = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})

_NEARLY_ALWAYS = 0.9  # the share of readings as a noun: «главой» is hardly a form of «главый»
ENDS_SHORTENED = SHORT_SINGULAR | SHORT_PLURAL | SHORT_ADJECTIVES | frozenset(_POSTS["shortened"]["tails"])
DEPUTIES = frozenset(_POSTS["deputies"])

TokenKind = Literal["word", "abbr", "quoted", "bracket", "number", "person", "mark", "break", "sep", "dash", "dot"]
HeadKind = Literal["post", "body", "other"]

_LETTER = "A-Za-zА-Яа-яЁё"
_TOKEN = re.compile(
    r"(?P<quoted>«[^«»]*(?:«[^«»]*»[^«»]*)*»|\"[^\"\n]*\"|“[^“”\n]*”|„[^„“”\n]*(?:„[^„“”\n]*[“”][^„“”\n]*)*[“”])"
    r"|(?P<school>В\s?\(С\)\s?ОШ)"
    r"|(?P<acting>(?<![А-Яа-яЁё])(?:[Вв]р\.?\s?)?[Ии]\s?\.\s?[Оо]\.)"
    r"|(?P<bracket>\((?:[^()]|\([^()]*\))*\))"
    r"|(?P<mark>(?:(?<=\n)|^)[ \t]*(?:\d{1,2}[.)](?!\d)|[-–—•*](?=\s)))"
    rf"|(?P<word>[{_LETTER}]+(?:\d+[{_LETTER}]+)*(?:(?:[-‐‑]|\s?[-–]\s?(?=(?:предмет|предм|наставник|лидер|пред|ли|ль|ля)\b)|[-‐‑]\s?)[{_LETTER}]+)*)"
    r"|(?P<number>№+|\d+(?:[-–][а-яё]{1,3}\b)?)"
    r"|(?P<break>\s*\n\s*)"
    r"|(?P<sep>[,;:/+])"
    r"|(?P<dash>[-–—])"
    r"|(?P<dot>\.)"
)


@dataclass(frozen=True)
class Token:
    """A piece of a phrase; offsets into the phrase."""

    kind: TokenKind
    text: str
    start: int
    stop: int
    name: NameSpan | None = None

    @property
    def low(self) -> str:
        """In small letters."""
        return self.text.lower()


@dataclass(frozen=True)
class Head:
    """The noun that heads a phrase."""

    index: int  # of the token
    kind: HeadKind
    plural: bool
    cases: frozenset[str]
    sure: bool  # the word has no reading in another case


def tokenize(text: str) -> list[Token]:
    """Split a phrase; a person's name is one token."""
    names = find_names(text)
    found: list[Token] = []
    position = 0
    for name in names:
        if text.rfind("(", 0, name.start) > text.rfind(")", 0, name.start) and ")" in text[name.stop :]:
            continue  # inside brackets: the bracket is one token
        found += _plain(text, position, name.start)
        found.append(Token("person", text[name.start : name.stop], name.start, name.stop, name))
        position = name.stop
    return found + _plain(text, position, len(text))


def _plain(text: str, start: int, stop: int) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(text, start, stop):
        kind = match.lastgroup or "sep"
        if kind == "school" or (kind == "word" and is_abbreviation(match[0])):
            kind = "abbr"
        if kind == "acting":
            kind = "word"
        found.append(Token(kind, match[0], match.start(), match.end()))  # type: ignore[arg-type]
    return found


@lru_cache(maxsize=8192)
def is_abbreviation(word: str) -> bool:
    """«УО», «МБОУ-СОШ», «ЦРОиОК», «ГБУЗ»: mostly capitals, at least two."""
    if word.lower() in ("врио", "врид"):
        return False  # «ВрИО начальника»
    if word.isupper() and len(word) > 4 and any(p.known and not p.marks & {"Abbr", "Orgn"} for p in parses(word.lower())):
        return False  # «ЗАМЕСТИТЕЛЬ ДИРЕКТОРА»: words in capitals
    capitals = sum(c.isupper() for c in word)
    return capitals >= 2 and capitals >= len(re.sub("[^A-Za-zА-Яа-яЁё]", "", word)) - 1


# Heads


@lru_cache(maxsize=20_000)
def head_readings(word: str) -> tuple[HeadKind | None, tuple[Parse, ...]]:
    """What a noun names (a post, a body) and its readings as such; (None, ()) where it is no noun."""
    low = word.lower()
    if len(low) < 3:
        return None, ()
    if re.search(r"\s|–", low):
        low = re.split(r"\s?[-–‐‑]\s?", low)[0]  # «учителя –предм», «учит- предметники»
    if low in COMPOUNDS:
        return "post", tuple(p for p in parses(COMPOUNDS[low]) if p.case == "nomn")
    found = parses(low)
    post = tuple(p for p in found if _is_post(p) and p.case)
    if post:
        return "post", post
    body = tuple(p for p in found if p.pos == "NOUN" and (_in(p.lemma, BODY_HEADS) or low in BODY_HEADS))
    if body:
        return "body", body
    nouns = tuple(p for p in found if p.pos == "NOUN" and not p.marks & {"Name", "Surn", "Patr", "Geox"})
    if nouns and nouns[0].animate and nouns[0].known:
        return "post", nouns  # «лесничий»: a word for people that the lexicon does not hold
    return ("other", nouns) if nouns else (None, ())


def _is_post(parse: Parse) -> bool:
    if parse.pos in ("PRTF", "ADJF"):
        return parse.lemma in SUBSTANTIVISED or _participle_lemma(parse) in SUBSTANTIVISED
    return parse.pos == "NOUN" and (_in(parse.lemma, POST_HEADS) or _in(parse.lemma, COLLECTIVE))


def _participle_lemma(parse: Parse) -> str:
    """pymorphy gives «заведующую» the verb as lemma: back to the participle."""
    verbs = {
        "заведовать": "заведующий",
        "управлять": "управляющий",
        "исполнять": "исполняющий",
        "обучаться": "обучающийся",
        "учиться": "учащийся",
        "командовать": "командующий",
        "ведать": "ведающий",
        "уполномочить": "уполномоченный",
        "служить": "служащий",
    }
    return verbs.get(parse.lemma, "") if "pres" in parse.marks or parse.lemma == "уполномочить" else ""


def _in(lemma: str, words: frozenset[str]) -> bool:
    return lemma in words or ("-" in lemma and (lemma.split("-")[0] in words or lemma.split("-")[-1] in words))


def is_modifier(word: str, cases: frozenset[str]) -> bool:
    """An adjective, participle or ordinal in one of ``cases``: «главный», «муниципальные», «первого»."""
    return is_adjective(word, cases) and not _substantive(word)


def is_adjective(word: str, cases: frozenset[str]) -> bool:
    """The word may be an adjective, participle or ordinal in one of ``cases``, also where it is used as a noun."""
    found = parses(word.lower())
    if sum(p.score for p in found if p.pos == "NOUN") > _NEARLY_ALWAYS:
        return False
    return any(p.pos in ("ADJF", "PRTF", "NUMR") and p.case in cases for p in found)


def _substantive(word: str) -> bool:
    return any(
        p.pos in ("ADJF", "PRTF") and (p.lemma in SUBSTANTIVISED or _participle_lemma(p) in SUBSTANTIVISED) for p in parses(word.lower())
    )


def head_at(tokens: Sequence[Token], start: int, cases: frozenset[str]) -> Head | None:
    """The head of the phrase that begins at ``start``, where it stands in one of ``cases``: «[главный] специалист УО»."""
    for index in range(start, min(start + 7, len(tokens))):
        token = tokens[index]
        if token.kind in ("dash", "number", "break") and index > start:
            continue
        if token.kind == "bracket" and index > start:
            continue
        if token.kind == "sep" and token.text == "," and index > start and _modifier_follows(tokens, index, cases):
            continue
        if token.kind != "word":
            return None
        kind, found = head_readings(token.text)
        fits = [p for p in found if p.case in cases]
        adjective = bool(fits) and token.low not in BODY_HEADS and _only_modifier(tokens, index, cases)
        if fits and not adjective:
            if any(_foreign(t.low, fits) for t in tokens[start:index]):
                return None  # «курирующий вопросы»
            return _head(index, kind, found, fits, cases)
        if token.low in ("и", "или") and index > start and _modifier_follows(tokens, index, cases):
            continue
        if not adjective and not is_modifier(token.text, cases) and token.low != "временно":
            return None
    return None


def _modifier_follows(tokens: Sequence[Token], index: int, cases: frozenset[str]) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].kind == "word" and is_modifier(tokens[index + 1].text, cases)


def _only_modifier(tokens: Sequence[Token], index: int, cases: frozenset[str]) -> bool:
    """«ведущий специалист», «ответственный секретарь»: an adjective here, because a head in the same case follows."""
    adjectives = [p for p in parses(tokens[index].low) if p.pos in ("ADJF", "PRTF") and p.case in cases]
    behind = index + 1
    while behind < len(tokens) and (tokens[behind].kind == "break" or is_modifier(tokens[behind].text, cases)):
        behind += 1  # «старший / воспитатель», «старшая медицинская сестра»
    if behind >= len(tokens) or tokens[behind].kind != "word" or any(p.lemma == "исполнять" for p in parses(tokens[index].low)):
        return False
    kind, found = head_readings(tokens[behind].text)
    if any(p.lemma in _MANAGING for p in found) and any(p.lemma == "управлять" for p in adjectives):
        return True  # «управляющие компании»
    if _substantive(tokens[index].text) and "gent" not in cases and any(p.case == "gent" for p in found):
        return False  # «служащие администрации»
    return kind is not None and any(agrees(a, p) for a in adjectives for p in found)


def _foreign(word: str, nouns: Sequence[Parse]) -> bool:
    """A participle that agrees with none of the readings of a noun."""
    found = [p for p in parses(word) if p.case]
    return bool(found) and all(p.pos == "PRTF" for p in found) and not any(agrees(p, n) for p in found for n in nouns)


def agrees(adjective: Parse, noun: Parse) -> bool:
    """«ведущим специалистам»; not «служащим администрации»."""
    same = adjective.case == noun.case and adjective.number == noun.number
    return same and (noun.number == "plur" or not adjective.gender or noun.gender in (adjective.gender, ""))


def _head(index: int, kind: HeadKind | None, found: Sequence[Parse], fits: Sequence[Parse], cases: frozenset[str]) -> Head:
    plural = all(p.number == "plur" for p in fits)
    same = cases | {"accs"} if "nomn" in cases else cases  # «отдел», «тьюторы»: one form for both
    sure = all(p.case in same for p in found)
    return Head(index, kind or "other", plural, frozenset(p.case for p in fits if plural or p.number == "sing"), sure)
