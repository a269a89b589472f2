"""Bodies that a document names, the abbreviations it defines, and how often it names each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from normalizers.phrases import ANY_CASE, LEGAL_FORMS, head_at, nominative, tokenize
from schemas.contract import MentionedOrganization

_DEFINED = re.compile(r"\(\s*(?:далее\s*(?:по тексту\s*)?[-–—:,]?\s*)(?:именуем\w+\s+)?«?([^()«»]{2,60}?)»?\s*\)", re.IGNORECASE)
_FORM = re.compile(
    r"(?<![\w-])((?:"
    + "|".join(sorted(LEGAL_FORMS, key=len, reverse=True))
    + r")(?:\s+(?:ДО|ДПО|СО))?)\s+(«[^«»]{2,150}(?:«[^«»]*»[^«»]*)?»|[А-ЯЁ]{2,8}(?:\s+и\s+[А-ЯЁ]{2,5})?(?![\w-]))"
)


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
    abbreviations: dict[str, str] = field(default_factory=dict)

    def organizations(self) -> list[MentionedOrganization]:
        """As the contract lists them."""
        return [MentionedOrganization(name=b.name, abbreviation=b.abbreviation, mentions=b.mentions) for b in self.bodies]

    def knows(self, abbreviation: str) -> bool:
        """Whether the document says what ``abbreviation`` means or uses it as the name of a body."""
        return abbreviation in self.abbreviations or any(b.name == abbreviation or b.abbreviation == abbreviation for b in self.bodies)


def index_organizations(passages: Sequence[tuple[str, str]]) -> OrganizationIndex:
    """Find the bodies in (text, kind of passage) pairs."""
    index = OrganizationIndex()
    seen: dict[str, Body] = {}
    for text, _ in passages:
        _definitions(text, index, seen)
    for text, _ in passages:
        for name in _bodies(text):
            _count(name, index, seen)
    return index


def _key(name: str) -> str:
    return re.sub(r"[^\w]", "", name.lower().replace("ё", "е"))


def _count(name: str, index: OrganizationIndex, seen: dict[str, Body]) -> None:
    body = seen.get(_key(name))
    if body is None:
        body = seen[_key(name)] = Body(name)
        index.bodies.append(body)
    else:
        body.mentions += 1


def _definitions(text: str, index: OrganizationIndex, seen: dict[str, Body]) -> None:
    """«управление образования администрации района (далее – УО)»."""
    for match in _DEFINED.finditer(text):
        name = _body_before(text[max(0, match.start() - 200) : match.start()])
        short = match[1].strip()
        if name and _key(name) not in seen:
            body = Body(name, short, 0)
            seen[_key(name)] = seen[_key(short)] = body
            index.bodies.append(body)
            index.abbreviations.setdefault(short, name)


def _body_before(text: str) -> str | None:
    """The body whose name ends a piece of text, nominative."""
    piece = re.split(r"[;:.!?\n]\s", text)[-1]
    tokens = tokenize(piece)
    for start, token in enumerate(tokens):
        head = head_at(tokens, start, ANY_CASE) if token.kind == "word" else None
        if head and head.kind == "body" and not head.plural:
            return nominative(piece[token.start :].strip(), _likely(head.cases))
        if token.kind == "abbr" and token.text in LEGAL_FORMS:
            return piece[token.start :].strip()
    return None


def _likely(cases: frozenset[str]) -> frozenset[str]:
    return frozenset({"nomn"}) if "nomn" in cases else cases


def _bodies(text: str) -> Iterable[str]:
    for match in _FORM.finditer(text):
        yield re.sub(r"\s+", " ", match[0])
