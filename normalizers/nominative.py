"""A phrase that names who answers, brought to the nominative: «Отделу культуры» → «Отдел культуры»."""

from collections.abc import Sequence

from normalizers.morphology import Parse, inflect, like, parses
from normalizers.phrases import (
    BODY_HEADS,
    PLURALS,
    SHORT_ADJECTIVES,
    SHORT_PLURAL,
    SHORT_SINGULAR,
    Head,
    Token,
    head_at,
    head_readings,
    is_adjective,
    tokenize,
)


def nominative(text: str, cases: frozenset[str], *, singular: bool = False) -> str:
    """The phrase with its head and the words that agree with it in the nominative; the rest as printed.

    «Исполняющему обязанности директора» → «Исполняющий обязанности директора»; ``singular`` also makes a shared post one.
    """
    if cases == frozenset({"nomn"}) and not singular:
        return text
    tokens = tokenize(text)
    first = tokens[0].low.rstrip(".").replace(" ", "") if tokens and tokens[0].kind == "word" else ""
    if first in SHORT_SINGULAR | SHORT_PLURAL:
        return text  # «и.о. директора», «зам. директора»: what follows is a complement
    changes: dict[int, str] = {}
    index = 2 if first in SHORT_ADJECTIVES and len(tokens) > 2 and tokens[1].kind == "dot" else 0  # «гл. библиографу»
    while index < len(tokens):
        head = head_at(tokens, index, cases)
        if head is not None and changes and head.kind != "post":
            break  # «министерства образования, науки»: a complement, no second body
        if head is not None:
            changes.update(_agree(tokens, index, head, cases, singular))
            changes.update(_clause(tokens, head, cases))
            changes.update(_postposed(tokens, head, cases, singular))
            if singular:
                changes.update(_complement(tokens, head.index + 1))
            index = head.index + 1
        elif index == 0 and (leading := _before_capitals(tokens, cases)):
            changes.update(leading)
            break
        elif index == 0 or (tokens[index].kind in ("abbr", "mark", "bracket") and not changes):
            index += 1
            continue
        if head is None or head.kind != "post":
            break
        index = _next_apposition(tokens, index)
    return _rebuild(text, tokens, changes)


def _before_capitals(tokens: Sequence[Token], cases: frozenset[str]) -> dict[int, str]:
    """«Лесной ЦРБ», «Областному ИРО» → «Лесная ЦРБ», «Областной ИРО»: the adjective tells the gender."""
    changes: dict[int, str] = {}
    for index, token in enumerate(tokens):
        if token.kind == "abbr":
            return changes
        found = [p for p in parses(token.low) if p.pos == "ADJF" and p.case in cases and p.number == "sing"] if token.kind == "word" else []
        if not found:
            return {}
        gender = "femn" if all(p.gender == "femn" for p in found) else "masc"
        given = next(p for p in found if p.gender == gender) if any(p.gender == gender for p in found) else found[0]
        form = inflect(token.text, frozenset({"nomn", "sing", gender}), frozenset({"ADJF", given.case, "sing", given.gender}))
        changes[index] = form or token.text
    return {}


def _next_apposition(tokens: Sequence[Token], index: int) -> int:
    """After a head the next phrase in the same case begins after a dash or a comma: «заместителя главы, начальника управления»."""
    while index < len(tokens) and tokens[index].kind not in ("dash", "sep"):
        index += 1
    return index + 1


def _agree(tokens: Sequence[Token], start: int, head: Head, cases: frozenset[str], singular: bool) -> dict[int, str]:
    _, found = head_readings(tokens[head.index].text)
    fits = [p for p in found if p.case in cases]
    best = fits[0]
    target = {"nomn", "sing" if singular else best.number}
    changes = {}
    form = _noun(tokens[head.index].text, target, best)
    if form:
        changes[head.index] = form
    gender = {best.gender} if best.gender and "sing" in target else set()
    for i in range(start, head.index):
        if tokens[i].kind == "word" and is_adjective(tokens[i].text, frozenset({best.case})):
            changes[i] = _modifier(tokens[i].text, best, target, gender) or tokens[i].text
    return changes


def _postposed(tokens: Sequence[Token], head: Head, cases: frozenset[str], singular: bool) -> dict[int, str]:
    """«врачам-терапевтам участковым», «специалисту кардиологу»: what stands behind the head and agrees with it."""
    index = head.index + 1
    if "gent" in cases or index >= len(tokens) or tokens[index].kind != "word":
        return {}
    behind = head_at(tokens, index, cases)
    if behind is not None and behind.kind == "post" and behind.index == index and behind.sure and behind.plural == head.plural:
        return _agree(tokens, index, behind, cases, singular)
    if is_adjective(tokens[index].text, cases):
        number = "plur" if head.plural else "sing"
        declined = [p for p in parses(tokens[index].low) if p.pos in ("ADJF", "PRTF")]
        nouns = [p for p in parses(tokens[index].low) if p.pos == "NOUN" and p.lemma not in {d.lemma for d in declined}]
        if nouns or any(p.case == "gent" for p in declined):
            return {}  # «отделу кадровой работы»
        found = [p for p in declined if p.case in cases and p.number == number]
        target = frozenset({"nomn", "sing" if singular else number})
        form = inflect(tokens[index].text, target, frozenset({found[0].pos, found[0].case, number})) if found else None
        return {index: form} if form else {}
    return {}


def _complement(tokens: Sequence[Token], index: int) -> dict[int, str]:
    """«начальникам отделов Котову И.И., Седовой П.П.», «заведующим отделами …»: each is the head of one."""
    changes = _one_of_many(tokens, index, "gent") or _one_of_many(tokens, index, "ablt")
    following = tokens[max(changes) + 1 : max(changes) + 2] if changes else []
    return {} if following and following[0].kind == "number" else changes  # «директорам школ № 1, 5»


def _one_of_many(tokens: Sequence[Token], index: int, case: str) -> dict[int, str]:
    """Posts and bodies in the plural of ``case``, with their adjectives, in the singular; other nouns stay: «учителям классов»."""
    changes: dict[int, str] = {}
    held: list[int] = []
    for place in range(index, len(tokens)):
        token = tokens[place]
        if token.kind != "word":
            break
        found = [p for p in parses(token.low) if p.case == case]
        if found and all(p.number == "plur" and p.pos in ("ADJF", "PRTF") for p in found):
            held.append(place)
            continue
        form = inflect(token.text, frozenset({case, "sing"}), frozenset({"NOUN", case, "plur"}))
        kind, nouns = head_readings(token.text)
        if kind not in ("post", "body") or form is None or any(p.number == "sing" for p in found):
            break
        gender = next((p.gender for p in nouns if p.gender), "")
        changes[place] = form
        changes.update({i: _singular_modifier(tokens[i].text, gender, case) or tokens[i].text for i in held})
        held = []
    return changes


def _singular_modifier(word: str, gender: str, case: str) -> str | None:
    for pos in ("ADJF", "PRTF"):
        form = inflect(word, frozenset({case, "sing", gender}), frozenset({pos, case, "plur"}))
        if form:
            return form
    return None


def _clause(tokens: Sequence[Token], head: Head, cases: frozenset[str]) -> dict[int, str]:
    """«лицам, замещающим должности», «лицам, ответственным за …»: what agrees with the head behind its comma."""
    comma = next((i for i in range(head.index + 1, len(tokens) - 1) if tokens[i].kind not in ("word", "abbr", "quoted")), None)
    if comma is None or tokens[comma].text != "," or tokens[comma + 1].kind != "word":
        return {}
    number = "plur" if head.plural else "sing"
    word = tokens[comma + 1].text
    for p in parses(word.lower()):
        if p.case in cases and p.number == number and (p.pos == "PRTF" or p.lemma == "ответственный"):
            form = inflect(word, frozenset({"nomn", number}), frozenset({p.pos, p.case, number}))
            return {comma + 1: form} if form else {}
    return {}


def _noun(word: str, target: set[str], head: Parse) -> str | None:
    """«учителям-предметникам» → «учителя-предметники»: each half by itself, where both change."""
    if word.lower().startswith("мин") and word.lower() in BODY_HEADS:
        return None  # «Минкультуры», «Минпросвещения» never change
    if "-" in word:
        halves = [inflect(w, frozenset(target), frozenset({head.case, head.number})) for w in word.split("-")]
        if all(halves):
            return "-".join(_usual(h) for h in halves if h)
    form = inflect(word, frozenset(target), frozenset({head.case, head.number} | ({head.gender} if head.gender else set())))
    return _usual(form) if form else None


def _usual(form: str) -> str:
    """«учители» → «учителя»: of two plurals the one that posts use."""
    return like(PLURALS.get(form.lower(), form), form)


def _modifier(word: str, head: Parse, target: set[str], gender: set[str]) -> str | None:
    for pos in ("ADJF", "PRTF", "NUMR"):
        form = inflect(
            word,
            frozenset(target | gender),
            frozenset({pos, head.case, head.number} | ({head.gender} if head.number == "sing" and head.gender else set())),
        )
        if form:
            return form
    return None


def _rebuild(text: str, tokens: Sequence[Token], changes: dict[int, str]) -> str:
    parts, position = [], 0
    for index, form in sorted(changes.items()):
        parts += [text[position : tokens[index].start], form]
        position = tokens[index].stop
    return "".join(parts) + text[position:]
