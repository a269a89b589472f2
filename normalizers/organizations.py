"""Bodies that a document names, the abbreviations it defines, and how often it names each.

Grammar first: a legal form with its name, a body in a list of those who answer, a definition «(далее – УО)».
natasha gives a second opinion on prose only.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lexicon import load
from normalizers.bodies import find_bodies
from normalizers.morphology import named_spans, parses
from normalizers.nominative import nominative
from normalizers.parties.items import read_items, strip_lead
from normalizers.parties.reading import body_of
from normalizers.phrases import (
    ANY_CASE,
    CLASSES,
    LEGAL_FORMS,
    NEVER_A_BODY,
    POST_ABBREVIATIONS,
    Token,
    head_at,
    tokenize,
)
from normalizers.schools import read_schools
from schemas.contract import MentionedOrganization, School

_DEFINED = re.compile(r"\(\s*далее\s*(?:по\s+тексту\s*)?(?:[-–—:,]|именуем\w+)?\s*[«\"]?([^()«»\"]{2,60}?)[»\"]?\s*\)", re.IGNORECASE)
_FORMS = "|".join(sorted(LEGAL_FORMS, key=lambda f: (-len(f), f)))
_FORM = re.compile(
    rf"(?<![\w-])(?:{_FORMS})(?:\s+(?:ДО|ДПО|СО|КК))?\s+"
    r"(?:«[^«»]{2,150}(?:«[^«»]*»[^«»]*)?»|«[^«»]{2,150}«[^«»]{2,80}»|(?!СОШ|ООШ|НОШ|ДОУ|ДО\b|СО\b)[А-ЯЁ]{2,8}(?:\s+и\s+[А-ЯЁ]{2,5}\b)?(?![\w-]|\s*№))"
)
_BARE_FORM = re.compile(rf"(?<![\w-])(?:{_FORMS})\s+[А-ЯЁа-яё][а-яё]+(?:\s+[А-ЯЁа-яё][а-яё]+){{0,6}}")
_NO_NAMES = re.compile("организаци|обществ|учреждени|предприяти|" + "|".join(w[:-1] for w in load("organizations")["events"]))
CERTAIN = frozenset(load("organizations")["certain"])
_JUNK = re.compile(r"\d|[:;!?]|(?<!\w)(?:приказ|постановлени|распоряжени|закон|план|программ|проект)", re.IGNORECASE)


@dataclass
class Body:
    """One body: its name in the nominative, its abbreviation, how often it is named."""

    name: str
    abbreviation: str | None = None
    mentions: int = 1


@dataclass
class OrganizationIndex:
    """The bodies of one document, in order of first mention."""

    bodies: list[Body] = field(default_factory=list)
    _by_key: dict[str, Body] = field(default_factory=dict)

    def organizations(self) -> list[MentionedOrganization]:
        """As the contract lists them."""
        return [MentionedOrganization(name=b.name, abbreviation=b.abbreviation, mentions=b.mentions) for b in self.bodies if b.mentions]

    def knows(self, name: str) -> bool:
        """Whether the document uses ``name`` as the name or the abbreviation of a body."""
        return _key(name) in self._by_key

    def define(self, name: str, abbreviation: str) -> None:
        """«управление образования (далее – УО)»."""
        body = self._by_key.get(_key(name)) or self._by_key.get(_key(abbreviation))
        if body is None:
            body = Body(name, mentions=0)
            self.bodies.append(body)
        body.name, body.abbreviation = name, body.abbreviation or abbreviation
        self._by_key[_key(name)] = self._by_key[_key(abbreviation)] = body

    def count(self, name: str, key: str | None = None) -> None:
        """One mention more."""
        key = key or _key(name)
        body = self._by_key.get(key)
        if body is None:
            body = self._by_key[key] = Body(name)
            self.bodies.append(body)
        else:
            body.mentions += 1
            body.name = name if body.abbreviation is None and len(name) > len(body.name) else body.name

    def join(self) -> None:
        """«Отдел культуры» is «Отдел культуры администрации района», where only one such body is named."""
        for body in [b for b in self.bodies if b.mentions]:
            longer = [b for b in self.bodies if b is not body and _key(b.name).startswith(f"{_key(body.name)}администрации")]
            if len(longer) == 1:
                longer[0].mentions += body.mentions
                longer[0].abbreviation = longer[0].abbreviation or body.abbreviation
                self.bodies.remove(body)
                self._by_key = {k: longer[0] if b is body else b for k, b in self._by_key.items()}

    def tie(self) -> None:
        """«ЦРО» is «МКУ «Центр развития образования»», where only one body has these initials and no «далее» says it."""
        for short in [b for b in self.bodies if b.mentions and _capitals(b.name)]:
            full = [b for b in self.bodies if b is not short and b.mentions and _stands_for(b, short.name)]
            if len(full) == 1 and full[0].abbreviation in (None, _capitals(short.name)):
                full[0].mentions += short.mentions
                full[0].abbreviation = _capitals(short.name)
                self.bodies.remove(short)
                self._by_key = {k: full[0] if b is short else b for k, b in self._by_key.items()}


def index_organizations(passages: Sequence[tuple[str, str]]) -> OrganizationIndex:
    """Find the bodies in (text, kind of passage) pairs."""
    index = OrganizationIndex()
    for text, _ in passages:
        for match in _DEFINED.finditer(text):
            name = _body_before(text[max(0, match.start() - 250) : match.start()])
            if name:
                index.define(name, match[1].strip())
    for text, kind in passages:
        names = list(_bodies(text, kind))
        whole = {key: name for name in names for key in _school_keys(name)}  # «МБОУ «Заречная СОШ № 2»»
        for school in read_schools(text):
            if school.number and school.type:
                key = _school_key(school)
                index.count(whole.get(key, _school(school)), key)
        for name in names:
            if not _school_keys(name):
                index.count(name)
    index.join()
    index.tie()
    return index


def _capitals(name: str) -> str | None:
    """The letters of a name that is nothing but an abbreviation: «МКУ ЦРО» → `ЦРО`."""
    words = [w for w in name.split() if w not in LEGAL_FORMS]
    return words[0] if len(words) == 1 and re.fullmatch("[А-ЯЁ]{2,6}", words[0]) else None


def _stands_for(body: Body, short: str) -> bool:
    """Whether a full name has the initials of ``short``; its own are those inside its quotes, or those before «администрации …»."""
    letters, form = _capitals(short), next((w for w in short.split() if w in LEGAL_FORMS), None)
    own_form = next((w for w in body.name.split() if w in LEGAL_FORMS), None)
    if letters is None or _capitals(body.name) or (form and form != own_form):
        return False
    quoted = re.search(r"«([^«»]+)", body.name)
    own = quoted[1] if quoted else re.split(r"\sадминистрац", body.name)[0]
    words = [w for w in re.findall("[А-Яа-яЁё-]+", own) if w not in LEGAL_FORMS]
    initials = ["".join(w[0] for w in words if len(w) > most).upper() for most in (0, 2)]  # with «и» and «по», and without
    return letters in initials


def _school_keys(name: str) -> list[str]:
    return [_school_key(s) for s in read_schools(name) if s.number and s.type]


def _school_key(school: School) -> str:
    return f"{school.type}/{school.number}".lower()


def _key(name: str) -> str:
    return re.sub(r"\W", "", name.lower().replace("ё", "е"))


def _school(school: School) -> str:
    return " ".join(p for p in (school.legal_form, school.type, f"№ {school.number}") if p)


def _body_before(text: str) -> str | None:
    """The body whose name ends a piece of text, nominative; its name reaches back to a comma, a verb or a preposition."""
    piece = re.split(r"[;:!?\n]|\.\s", text)[-1]
    tokens = tokenize(piece)
    start = len(tokens)
    while start > 0 and _may_belong(tokens[start - 1]):
        start -= 1
    for index in range(start, len(tokens)):
        token = tokens[index]
        if token.kind == "abbr" and token.text in LEGAL_FORMS:
            return piece[token.start :].strip()
        head = head_at(tokens, index, ANY_CASE) if token.kind == "word" else None
        if head is not None and head.kind == "body" and not head.plural:
            return nominative(piece[token.start :].strip(), _likely(head.cases))
    return None


def _may_belong(token: Token) -> bool:
    if token.kind in ("abbr", "quoted", "number", "dash"):
        return True
    return token.kind == "word" and token.low not in ("на", "в", "во", "от", "для", "с", "из", "при", "за", "до", "к", "между", "является")


def _likely(cases: frozenset[str]) -> frozenset[str]:
    return frozenset({"nomn"}) if "nomn" in cases else cases


def _bodies(text: str, kind: str) -> Iterable[str]:
    found = [(m.start(), m.end(), re.sub(r"\s+", " ", m[0])) for m in _FORM.finditer(text)]
    if kind == "cell" and len(text) < 400:
        found += [f for f in _listed(text) if not _overlaps(f, found)]
    elif kind == "prose":
        found += [f for f in _formed(text) if not _overlaps(f, found)]
    if kind in ("cell", "prose"):
        found += [f for f in find_bodies(text) if not _overlaps(f, found)]
    if kind == "prose":
        found += [f for f in _recognised(text) if not _overlaps(f, found)]
    return [name for _, _, name in sorted(found)]


def _overlaps(one: tuple[int, int, str], others: list[tuple[int, int, str]]) -> bool:
    return any(one[0] < stop and start < one[1] for start, stop, _ in others)


def _listed(text: str) -> list[tuple[int, int, str]]:
    """Bodies among those who answer: «УО, МКУ ЦРО и ОК»; a class («ОО») is none."""
    items = read_items(text).items
    if not items or items[0].kind == "other":
        return []
    named = [(i.start, i.stop, strip_lead(i.core).rstrip(" .")) for i in items if i.kind == "body" and not i.plural]
    bodies = [b for b in named if _is_certain(b[2])]
    inner = [(i.start, i.stop, body_of(i.core)) for i in items if i.kind != "body" and i.core]
    bodies += [(start, stop, name) for start, stop, name in inner if name and re.match("[А-ЯЁ]{2}", name)]
    return [b for b in bodies if b[2] not in CLASSES and not read_schools(b[2]) and not b[2].islower()]


def _is_certain(name: str) -> bool:
    """«Отдел культуры», «УО», «МБУ «РЦК»»; not «Организация конкурса», «Школа молодого педагога»: what is done, not who does it."""
    tokens = tokenize(name)
    if not tokens or len(name) > 160:
        return False
    if tokens[0].kind == "abbr":
        return not _is_shouted(tokens[0])
    head = head_at(tokens, 0, frozenset({"nomn"}))
    return head is not None and len(tokens) > 1 and tokens[head.index].low in CERTAIN


def _is_shouted(token: Token) -> bool:
    """«ИТОГО», «УТВЕРЖДАЮ»: a word in capitals, no abbreviation."""
    return token.text.isupper() and len(token.text) > 4 and any(p.known and "Abbr" not in p.marks for p in parses(token.low))


def _formed(text: str) -> list[tuple[int, int, str]]:
    """«МКУ Ленскому центру развития образования»: a legal form before a common noun; up to the next comma or bracket."""
    found = []
    for match in _BARE_FORM.finditer(text):
        phrase = re.split(r"\s+(?:обеспечить|провести|организовать)|\s+[А-ЯЁ]\.", match[0])[0]
        head = head_at(tokenize(phrase), 1, ANY_CASE)
        if head is not None and head.kind == "body" and head.sure and not read_schools(phrase):
            found.append((match.start(), match.start() + len(phrase), nominative(phrase, _likely(head.cases))))
    return found


def _recognised(text: str) -> list[tuple[int, int, str]]:
    """What natasha takes for a body in prose, where grammar finds the noun that heads it."""
    found = []
    for span in named_spans(text):
        printed = re.sub(r"\s*\([^)]*\)?$", "", text[span.start : span.stop].strip(" ,.;"))
        if printed.count("«") > printed.count("»"):
            printed = f"{printed}»" if text[span.stop : span.stop + 1] in '»"' else printed.split("«")[0].strip()
        if span.kind == "ORG" and not _JUNK.search(printed) and not read_schools(printed):
            name = _named(printed)
            if name:
                found.append((span.start, span.stop, name))
    return found


def _named(printed: str) -> str | None:
    printed = " ".join(printed.split())
    tokens = tokenize(printed)
    if tokens and _is_shouted(tokens[0]):
        return None
    if len(tokens) == 1 and tokens[0].kind == "abbr":
        known = CLASSES | NEVER_A_BODY | POST_ABBREVIATIONS | LEGAL_FORMS
        return None if all(part in known for part in re.split(r"\s?[-–]\s?", printed)) else printed
    head = head_at(tokens, 0, ANY_CASE) if tokens else None
    if len(tokens) < 2 or head is None or head.kind != "body" or head.plural:
        return None
    if _NO_NAMES.match(tokens[head.index].low) and "«" not in printed:
        return None
    name = nominative(printed, _likely(head.cases))
    return name[:1].upper() + name[1:]
