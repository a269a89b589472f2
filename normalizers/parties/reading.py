"""A cell «Ответственные» → parties."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lexicon import load
from normalizers.ditto import is_ditto
from normalizers.nominative import nominative
from normalizers.notice import Notice
from normalizers.parties.boundaries import NOMINATIVE, PREPOSITIONS
from normalizers.parties.distributed import distributed
from normalizers.parties.items import LEAD, Item, Items, post_in_nominative, read_items, strip_lead
from normalizers.phrases import ENDS_SHORTENED, NEVER_A_BODY, SHORT_ADJECTIVES, SHORT_PLURAL, SHORT_SINGULAR, head_at, tokenize
from normalizers.quotes import QUOTED
from normalizers.schools import read_schools
from schemas.contract import Locator, Party, PartyKind, Person, School

if TYPE_CHECKING:
    from normalizers.people import Register

_EMPTY = re.compile(r"[\s\-–—_.,;:/*xXхХ]*|\s*нет\.?\s*", re.IGNORECASE)
COMPLEMENT = frozenset({"gent", "ablt"})
_COLLECTIVE: tuple[str, ...] = tuple(load("posts")["collective_phrases"])


@dataclass(frozen=True)
class PartiesReading:
    """The parties of a text and what was noticed."""

    parties: list[Party] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def read_parties(text: str, register: Register, locator: Locator) -> PartiesReading:
    """The parties of a responsible cell; «» and «-» give none. Every letter of ``text`` is in some party's text."""
    if _EMPTY.fullmatch(text) and not is_ditto(text, "responsibles"):
        return PartiesReading()
    return list_parties(text, register, locator, list_cases(text))


def list_cases(text: str) -> frozenset[str]:
    """The case a list stands in: nominative as a rule, but «заместителя главы района Петрову А.А.» is met too."""
    tokens = [t for t in tokenize(text) if t.kind not in ("mark", "sep", "dash", "dot", "break")]
    if not tokens or tokens[0].kind != "word":
        return NOMINATIVE
    if tokens[0].low in SHORT_SINGULAR | SHORT_PLURAL | SHORT_ADJECTIVES or head_at(tokens, 0, NOMINATIVE) or LEAD.match(text):
        return NOMINATIVE
    for cases in (frozenset({"datv"}), frozenset({"accs", "gent"}), frozenset({"ablt"})):
        head = head_at(tokens, 0, cases)
        if head is not None and head.kind != "other":
            return cases
    return NOMINATIVE


def list_parties(text: str, register: Register, locator: Locator, cases: frozenset[str]) -> PartiesReading:
    """The parties of a list that stands in one of ``cases``."""
    shared = distributed(text, cases)
    found = Items(shared, []) if shared else read_items(text, cases)
    notices = list(found.notices)
    parties: list[Party] = []
    for item in found.items:
        printed = text[item.start : item.stop].strip(" \t\n,;")
        if not re.search(r"\w", printed):
            continue
        parties += _parties(item, printed, register, locator, cases, notices)
    if not parties:
        parties = [_unparsed(text.strip(), locator)]
        notices.append(Notice("party_unparsed", f"ответственный не разобран: «{text.strip()}»"))
    return PartiesReading(parties, notices)


def _parties(item: Item, printed: str, register: Register, locator: Locator, cases: frozenset[str], notices: list[Notice]) -> list[Party]:
    if item.kind == "person" and item.name is not None:
        return [_person(item, printed, register, locator, cases, notices)]
    bare = strip_lead(item.core)
    phrase = _trim(bare) if cases == NOMINATIVE or item.settled else nominative(bare, cases).rstrip(" .")
    phrase = " ".join(phrase.split())
    kind = _kind(item, phrase)
    schools = read_schools(phrase)
    if kind is PartyKind.ORGANIZATION and len(schools) > 1:
        return _schools(schools, printed, locator)
    if item.kind == "other" and kind is PartyKind.ROLE:
        notices.append(Notice("party_unparsed", f"неясно, должность это или организация: «{printed}»"))
    body = body_of(phrase) if kind is PartyKind.ROLE and len(schools) < 2 else None
    institutions = schools if kind is PartyKind.ROLE or schools else []
    return [Party(text=printed, kind=kind, name=phrase, organization=body, institutions=institutions, locator=locator)]


def _trim(phrase: str) -> str:
    """Without a full stop that ends a sentence, with one that shortens a word: «Учителя», «учит.-предм.»."""
    last = re.split(r"[\s.–-]+", phrase.rstrip(" ."))[-1].lower()
    return phrase.rstrip(" .") + ("." if phrase.endswith(".") and last in ENDS_SHORTENED else "")


def _person(item: Item, printed: str, register: Register, locator: Locator, cases: frozenset[str], notices: list[Notice]) -> Party:
    assert item.name is not None
    person = register.resolve(item.name, cases)
    position = post_in_nominative(item, cases).strip() if item.core else None
    if item.name.repaired:
        notices.append(Notice("repaired_name", f"в имени исправлены похожие буквы: {short_name(person)}"))
    if item.name.rival:
        notices.append(Notice("party_ambiguous", f"инициалы могут относиться к двум словам: «{item.name.surname}» и «{item.name.rival}»"))
    position = position or None
    return Party(
        text=printed,
        kind=PartyKind.PERSON,
        name=short_name(person),
        person=person,
        position=position,
        organization=body_of(position) if position else None,
        institutions=read_schools(position) if position else [],
        locator=locator,
    )


def short_name(person: Person) -> str:
    """«Климашова И.Б.»."""
    return f"{person.surname} {person.initials}" if person.initials else person.surname


def _schools(schools: Sequence[School], printed: str, locator: Locator) -> list[Party]:
    """«МБОУ СОШ № 3, 9, 14» is three organizations."""
    return [Party(text=printed, kind=PartyKind.ORGANIZATION, name=school_name(s), institutions=[s], locator=locator) for s in schools]


def school_name(school: School) -> str:
    """«МБОУ СОШ № 9»: the full name of one school of a list."""
    named = f"«{school.name}»" if school.name and not school.name.lower().startswith("им") else school.name
    parts = [school.legal_form, school.type, f"№ {school.number}" if school.number else None, named]
    return " ".join(p for p in parts if p) or school.text


def _kind(item: Item, phrase: str) -> PartyKind:
    low = phrase.lower()
    if low.startswith(_COLLECTIVE) and not re.search(r"район|округ|поселени|город|област|муниципальн|край", low):
        return PartyKind.ROLE
    if item.kind == "post":
        return PartyKind.ROLE
    if item.kind == "body":
        return PartyKind.ORGANIZATION
    return PartyKind.ROLE


def body_of(phrase: str) -> str | None:
    """The body inside a post: «директор МБУ «ЦРО»» → «МБУ «ЦРО»», «начальник отдела культуры» → «отдел культуры»."""
    tokens = tokenize(phrase)
    head = head_at(tokens, 0, NOMINATIVE)
    begin = head.index + 1 if head else 1
    for index, token in enumerate(tokens[begin:], start=begin):
        if token.kind in ("sep", "bracket", "dash") or (token.kind == "word" and token.low in PREPOSITIONS):
            return None
        if token.kind == "abbr" and token.text not in NEVER_A_BODY:
            return _until_complement(phrase[token.start :])
        inner = head_at(tokens, index, COMPLEMENT) if token.kind == "word" else None
        if inner is not None and inner.kind == "body":
            return nominative(_until_complement(phrase[token.start :]), COMPLEMENT)
    return None


def _until_complement(phrase: str) -> str:
    """«администрация МР «Усть-Лесной» по социальной политике» → without «по …»; «комитет по делам молодёжи» keeps its own."""
    hidden = QUOTED.sub(lambda m: "Q" * len(m[0]), phrase)
    own = _OWN.match(hidden)
    stop = _COMPLEMENT.search(hidden, own.end() if own else 0)
    return phrase[: stop.start() if stop else None].strip(" ,.;") or phrase


_OWN = re.compile(rf"(?:{'|'.join(load('organizations')['for_something'])})\w*\s+по\s", re.IGNORECASE)
_COMPLEMENT = re.compile(
    r",\s+(?=указанн|подведомственн|находящ|расположенн|работающ|участвующ|независимо|начальник|заместител|председател|директор"
    r"|руководител|управляющ|секретар)|\s+(?:по|за|в|на|для|с)\s+|\s*\(|\s+[-–—]\s+|(?<=[а-яё»])\s*[-–—]\s"
)


def _unparsed(text: str, locator: Locator) -> Party:
    return Party(text=text, kind=PartyKind.ROLE, name=text, locator=locator)
