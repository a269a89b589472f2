"""Pairs of schools told in prose: «договоры между: …», «закрепить за …», «школа-лидер – …».

Each rule reads one clause and answers with pairs or has no opinion; the first that answers wins. Nothing is guessed:
two schools in one sentence are no pair unless its words say who helps.
"""

import re
from functools import cache
from itertools import pairwise
from typing import Any

from extractors.layouts.institutions import Mention, find_institutions
from lexicon import load
from schemas.raw import RawPairing, RawText

Pairs = list[tuple[Mention, Mention]]  # (supported, leader)


@cache
def _words() -> dict[str, Any]:
    return load("pairings")


def _says(key: str, text: str) -> bool:
    return bool(re.search(_words()[key], text.lower().replace("ё", "е")))


def find_pairings(text: RawText) -> list[RawPairing]:
    """Pairs of schools that a text ties together; [] where it does not say so beyond doubt."""
    pairs: Pairs = []
    for start, end in _sentences(text.text):
        pairs += _read_sentence(text.text, start, end)
    return [_pairing(text, supported, leader) for supported, leader in pairs]


def _pairing(text: RawText, supported: Mention, leader: Mention) -> RawPairing:
    both = [RawText(text=m.text, locator=text.locator) for m in (supported, leader)]
    return RawPairing(supported=both[0], leader=both[1], locator=text.locator)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Spans of sentences; the full stops of «им. И.И.» and «с. Лесное» end none."""
    cuts = [0, *(m.end() for m in re.finditer(r"(?<=[а-яё»)\d]{2})\.\s+(?=[А-ЯЁ])", text)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]


def _read_sentence(text: str, start: int, end: int) -> Pairs:
    mentions = [m for m in find_institutions(text) if start <= m.start < end]
    if len(mentions) < 2:
        return []
    for rule in (_agreement, _in_brackets, _appointed, _labelled, _attached, _helps):
        if pairs := rule(text, start, end, mentions):
            return pairs
    return []


def _agreement(text: str, start: int, end: int, mentions: list[Mention]) -> Pairs:
    """«заключить договоры между: МБОУ «СОШ № 1» и МБОУ СОШ № 5; …»: the school first named is the leader."""
    between = re.search(r"\bмежду\b", text[start:end])
    if between is None or not _says("agreement", text[start:end]):
        return []
    pairs: Pairs = []
    for a, b in _pieces(text, start + between.end(), end):
        pairs += _one_agreement(text, a, [m for m in mentions if a <= m.start < b])
    return pairs


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans between semicolons and line breaks."""
    cuts = [start, *(m.end() + start for m in re.finditer(r"[;\n]", text[start:end])), end]
    return list(pairwise(cuts))


def _one_agreement(text: str, start: int, mentions: list[Mention]) -> Pairs:
    """«A и B», «A и B, C и D», «A и B, C»; «A, B и C» does not say who helps."""
    gaps = [_gap(text, a, b) for a, b in pairwise(mentions)]
    joins = ["и" if re.search(r"(^|\s)(и|с|–|-|—)\s", f" {g} ") else "," for g in gaps]
    if not joins or joins[0] != "и":
        return []
    if len(mentions) % 2 == 0 and joins[::2] == ["и"] * len(joins[::2]) and "и" not in joins[1::2]:
        couples = [(mentions[i], mentions[i + 1]) for i in range(0, len(mentions), 2)]
        return [_ordered(text, start, a, b) for a, b in couples]
    if "и" in joins[1:]:
        return []
    return [_ordered(text, start, mentions[0], other) for other in mentions[1:]]


def _gap(text: str, a: Mention, b: Mention) -> str:
    return text[a.end : b.start]


def _ordered(text: str, start: int, first: Mention, second: Mention) -> tuple[Mention, Mention]:
    """The first helps, unless a word before one of the two says otherwise."""
    before_first, before_second = text[max(start, first.start - 60) : first.start], _gap(text, first, second)
    turned = _says("leader", before_second) or (_says("supported", before_first) and not _says("leader", before_first))
    return (first, second) if turned else (second, first)


def _label(text: str, mention: Mention, floor: int) -> str | None:
    """«leader» or «supported» where a role stands right before a school: «школа-лидер – …»."""
    before = re.split(r"[;\n,]|:(?=\s*за\s)", text[max(floor, mention.start - 70) : mention.start])[-1]
    found = {key: hit.end() for key in ("leader", "supported") for hit in re.finditer(_words()[key], before.lower().replace("ё", "е"))}
    if not found:
        return None
    return max(found, key=lambda key: found[key])


def _in_brackets(text: str, start: int, end: int, mentions: list[Mention]) -> Pairs:
    """«МБОУ СОШ № 3 (куратор – гимназия № 1)»."""
    pairs: Pairs = []
    for first, second in pairwise(mentions):
        gap = _gap(text, first, second)
        if not re.match(r"\s*\(", gap) or ")" in gap or not re.match(r"\s*[^(]*\)", text[second.end : end]):
            continue
        role = _label(text, second, first.end)
        if role:
            pairs.append((first, second) if role == "leader" else (second, first))
    return pairs


def _labelled(text: str, start: int, end: int, mentions: list[Mention]) -> Pairs:
    """«школа-лидер – МБОУ СОШ № 1; школа-участник – МБОУ СОШ № 5»; a list goes on with the role of its first."""
    if _says("attach", text[start:end]):
        return []
    groups: list[tuple[str, list[Mention]]] = []
    floor = start
    for mention in mentions:
        role = _label(text, mention, floor)
        listed = bool(groups) and re.fullmatch(r"[\s,»]*(и\s+)?(№\s*)?", text[floor : mention.start])
        if role is None and listed:
            groups[-1][1].append(mention)
        elif role is None:
            return []
        else:
            groups.append((role, [mention]))
        floor = mention.end
    return _couple(groups)


def _couple(groups: list[tuple[str, list[Mention]]]) -> Pairs:
    """Groups in turn: leader, supported, leader, supported (or the other way round), one leader in each couple."""
    pairs: Pairs = []
    if len(groups) % 2:
        return []
    for (role, first), (other, second) in zip(groups[::2], groups[1::2], strict=True):
        if role == other:
            return []
        leaders, supported = (first, second) if role == "leader" else (second, first)
        if len(leaders) > 1:
            return []
        pairs += [(s, leaders[0]) for s in supported]
    return pairs


def _appointed(text: str, start: int, end: int, mentions: list[Mention]) -> Pairs:
    """«Определить наставниками: лицей № 2 – для СОШ № 5 и СОШ № 6; …», «… наставниками: для СОШ № 5 – лицей № 2; …»."""
    lead = text[start : mentions[0].start].lower().replace("ё", "е")
    posts = [m for m in re.finditer(_words()["appointed"], lead) if not re.search(r"(?<!\w)(?:за|с|над)\s+[\w-]*$", lead[: m.start()])]
    if not posts or not re.search(_words()["appointing"], lead):
        return []  # «закрепить за школами-лидерами …» makes nobody a leader
    pairs: Pairs = []
    for a, b in _pieces(text, start, end):
        inside = [m for m in mentions if a <= m.start < b]
        shares = _shares(text, a, inside)
        pairs += [(m, leader) for leader, helped in shares for m in helped]
    return pairs


def _shares(text: str, start: int, mentions: list[Mention]) -> list[tuple[Mention, list[Mention]]]:
    """«A – за B и C, D – для E» and «для B – A, для E – D»: who helps and whom; [] where a school has no part in it."""
    aims = [bool(re.search(r"(?:^|[\s:])(?:за|для|над)\s+[«\"„]?$", text[_floor(mentions, m, start) : m.start].lower())) for m in mentions]
    if not any(aims):
        return []
    if not aims[0]:
        leads = [i for i, aim in enumerate(aims[1:]) if aim]
        if leads[0] != 0:
            return []
        return [(mentions[a], mentions[a + 1 : b]) for a, b in pairwise([*leads, len(mentions)])]
    begins = [i for i, aim in enumerate(aims) if aim]
    groups = [mentions[a:b] for a, b in pairwise([*begins, len(mentions)])]
    dashed = all(len(g) > 1 and re.search(r"[–—-]\s*[«\"„]?$", _gap(text, g[-2], g[-1])) for g in groups)
    return [(g[-1], g[:-1]) for g in groups] if dashed else []


def _attached(text: str, start: int, end: int, mentions: list[Mention]) -> Pairs:
    """«закрепить МБОУ СОШ № 5 за гимназией № 1», «закрепить за гимназией № 1 школы: …»."""
    if not _says("attach", text[start:end]) or _says("attached_others", text[start:end]):
        return []
    pairs: Pairs = []
    for a, b in _pieces(text, start, end):
        pairs += _one_attachment(text, a, [m for m in mentions if a <= m.start < b])
    return pairs


def _one_attachment(text: str, start: int, mentions: list[Mention]) -> Pairs:
    host_before = rf"\bза\s+({_words()['before_host']}\s+)*[«\"]?$"
    behind = [m for m in mentions if re.search(host_before, text[_floor(mentions, m, start) : m.start].lower().replace("ё", "е"))]
    others = [m for m in mentions if m not in behind]
    if len(behind) > 1 and others and behind[0] is not mentions[0]:
        return [(guest, host) for guest, hosts in _shares(text, start, mentions) for host in hosts if len(hosts) == 1]
    if len(behind) != 1 or not others or re.fullmatch(r"\s*(?:,|и)\s+", text[behind[0].end : others[0].start]):
        return []  # «закрепить за СОШ № 5 и СОШ № 6 …»: both get something
    host = behind[0]
    role = _label(text, host, _floor(mentions, host, start))
    guests = {_label(text, m, _floor(mentions, m, start)) for m in others}
    if role == "supported" or (role is None and "leader" in guests):
        return [(host, m) for m in others] if len(others) == 1 else []
    return [(m, host) for m in others]


def _floor(mentions: list[Mention], mention: Mention, start: int) -> int:
    """End of the mention before."""
    at = mentions.index(mention)
    return mentions[at - 1].end if at else start


def _helps(text: str, start: int, end: int, mentions: list[Mention]) -> Pairs:
    """«МБОУ СОШ № 1 оказывает помощь МБОУ СОШ № 5», «наставником МБОУ СОШ № 5 определить гимназию № 1»."""
    first, second, more = mentions[0], mentions[1], mentions[1:]
    gap = _gap(text, first, second)
    if not all(re.fullmatch(r"[\s,»]*(и\s+)?(№\s*)?", _gap(text, a, b)) for a, b in pairwise(more)):
        return []
    if _says("helps", gap):
        return [(m, first) for m in more]
    if _says("helped", gap) and len(more) == 1:
        return [(first, second)]
    if _says("appointed", text[start : first.start]) and _says("appoint", gap) and len(more) == 1:
        return [(first, second)]
    return []
