"""What may open the name of one who answers: a noun in the case of the list, capitals, a quoted name, a shortened post."""

import re
from collections.abc import Sequence

from normalizers.phrases import (
    LEGAL_FORMS,
    NEVER_A_BODY,
    POST_ABBREVIATIONS,
    SHORT_ADJECTIVES,
    SHORT_PLURAL,
    SHORT_SINGULAR,
    Head,
    Token,
    head_at,
    head_readings,
    is_modifier,
)


def opens(tokens: Sequence[Token], index: int, cases: frozenset[str]) -> Head | None:
    """The head of the phrase that begins here, where it may begin one who answers."""
    token = tokens[index]
    if token.kind == "abbr":
        if token.text in POST_ABBREVIATIONS:
            return Head(index, "post", False, cases, True)
        if token.text in NEVER_A_BODY:
            return None
        form = head_at(tokens, index + 1, cases) if token.text in LEGAL_FORMS else None
        return Head(index, "body", False, cases, True) if form is None else form
    if token.kind == "quoted":
        return Head(index, "body", False, cases, False)
    if token.kind != "word":
        return None
    if token.low in SHORT_ADJECTIVES and _dotted(tokens, index):
        following = opens(tokens, index + 2, cases) if index + 2 < len(tokens) else None
        if following is None and index + 2 < len(tokens) and head_readings(tokens[index + 2].text)[0] == "post":
            return None  # «ШМО кл. руководителей»
        return following if following and following.kind == "post" else Head(index, "post", False, cases, True)
    if _is_short(SHORT_PLURAL, tokens, index):
        return Head(index, "post", True, cases, True)
    if _is_short(SHORT_SINGULAR, tokens, index):
        return Head(index, "post", False, cases, True)
    if named_by_capitals(tokens, index, cases):
        return Head(index, "body", False, cases, True)
    return head_at(tokens, index, cases)


def named_by_capitals(tokens: Sequence[Token], index: int, cases: frozenset[str]) -> bool:
    """«Лесной ЦРБ», «Областному ИРО»: an adjective before capitals that name a body."""
    behind = next((t for t in tokens[index:] if t.kind != "word" or not is_modifier(t.text, cases)), None)
    return (
        behind is not None
        and behind is not tokens[index]
        and behind.kind == "abbr"
        and behind.text not in NEVER_A_BODY | POST_ABBREVIATIONS
    )


def _dotted(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].kind == "dot"


def _is_short(words: frozenset[str], tokens: Sequence[Token], index: int) -> bool:
    """«зам.», «рук», «кл.рук-ли», «учит-предм»; some only before a full stop."""
    low = short_word(tokens[index].text)
    if low not in words and ("-" not in low or low.split("-")[0] not in words):
        return False
    dotted = _dotted(tokens, index)
    if dotted and index + 2 < len(tokens) and tokens[index + 2].low.startswith("клас"):
        return False  # «учителя нач. классов»
    return dotted or len(low) > 4 or low.replace(" ", "") in ("зам", "рук", "зав", "врио", "нач", "и.о", "ио")


def short_word(word: str) -> str:
    """«рук – ли» → «рук-ли»."""
    return re.sub(r"\s?[-–‐‑]\s?", "-", word.lower()).rstrip(".")


def is_acting(word: str) -> bool:
    """«И. о.», «ИО», «врио»: what follows is the post."""
    return short_word(word).replace(" ", "") in ("и.о", "ио", "врио", "вр.и.о")
