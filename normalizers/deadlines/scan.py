"""A cell cut into statements, left to right, and the words that are none of them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from lexicon import load
from normalizers.deadlines.statements import Statement, lexical, next_token, read_statement
from normalizers.deadlines.text import Phrase
from normalizers.ditto import is_ditto

_NOTHING, _FORCE, _LABEL = lexical("nothing"), lexical("force"), lexical("label")
_NUMBERED = frozenset(load("deadlines")["numbered"]["words"])
_EXCEPT = re.compile(r"(?:кроме|исключением|исключая)\s*$")
_CONNECTORS = frozenset(["и", "а также"])  # «до 1 марта 2024 и не позднее 1 мая 2025»
_EDGES = " \t\n\r,;.:–—-/()\u00a0"


@dataclass(frozen=True)
class Scan:
    """The statements of a cell in order; which stand in brackets; offsets of the words that are none.

    ``start``: offset after a caption («Срок исполнения:»).
    """

    statements: list[Statement]
    bracketed: list[bool]
    loose: list[int]
    start: int = 0


@lru_cache(maxsize=4096)
def scan(phrase: Phrase) -> Scan:
    """Cut a cell into statements, left to right. The same few cells stand in every row of a plan: kept."""
    statements: list[Statement] = []
    bracketed: list[bool] = []
    loose: list[int] = []
    at, depth = _past_label(phrase), 0
    start = phrase.tokens[at].start if 0 < at < len(phrase.tokens) else 0
    while at < len(phrase.tokens):
        token = phrase.tokens[at]
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(token.text, 0)
        if found_act := _act(phrase, at, loose):
            loose.append(token.start)
            at = max(next_token(phrase, found_act, at), at + 1)
            continue
        numbered = token.kind == "number" and _before(phrase, at) in _NUMBERED
        found = read_statement(phrase, at) if not numbered and (token.kind != "mark" or token.text in '«"“') else None
        if found is not None and _trustworthy(found, bool(loose)) and not _names_weekday(found, statements, phrase.folded):
            statements.append(found)
            bracketed.append(depth > 0)
            at = max(next_token(phrase, found.end, at), at + 1)
            continue
        if token.kind != "mark":
            loose.append(token.start)
        at += 1
    return Scan(statements, bracketed, loose, start)


def _act(phrase: Phrase, at: int, loose: list[int]) -> int | None:
    """End of «от 12.02.2024» behind other words: «приказ № 15 от 12.02.2024», the date of an act."""
    if not loose or phrase.tokens[at].text != "от":
        return None
    found = read_statement(phrase, at)
    return found.end if found and found.sequence and found.sequence.terms[0].last is None else None


def _before(phrase: Phrase, at: int) -> str:
    """The word before token ``at``, its full stop skipped."""
    at -= 2 if at > 1 and phrase.tokens[at - 1].text == "." else 1
    return phrase.tokens[at].text if at >= 0 else ""


def _names_weekday(found: Statement, before: list[Statement], folded: str) -> bool:
    """«15 мая, суббота», «ежедневно, кроме воскресенья»: a weekday that is no frequency."""
    if found.rule != "bare_weekdays":
        return False
    last = before[-1].sequence if before else None
    return bool(_EXCEPT.search(folded[: found.start])) or (last is not None and any(i.unit in ("day", "bare") for i in last.items))


def _past_label(phrase: Phrase) -> int:
    """«Срок исполнения: …»."""
    for pattern in _LABEL:
        m = pattern.match(phrase.folded.lstrip())
        if m and re.match(r"\s*[:–—-]", phrase.folded.lstrip()[m.end() :]):
            return next_token(phrase, m.end() + len(phrase.folded) - len(phrase.folded.lstrip()), 0)
    return 0


def _trustworthy(found: Statement, after_words: bool) -> bool:
    """After other words a year or a number alone is no deadline: «Подведение итогов 2020», «зал № 4»."""
    if found.sequence is None or not after_words or found.due or found.rule == "within":
        return True
    return any(i.unit not in ("year", "bare") or i.sure for i in found.sequence.items)


def states_nothing(phrase: Phrase) -> bool:
    """«-», «—», «х», «не требуется», an empty cell, entry into force."""
    if is_ditto(phrase.printed, "deadline"):
        return False  # «-//-» under nothing: not understood, but not empty either
    core = phrase.folded.strip(_EDGES + "_*")
    if not core:
        return True
    return any(p.fullmatch(core) for p in _NOTHING) or any(p.search(core) for p in _FORCE)


def stands_alone(phrase: Phrase, statement: Statement) -> bool:
    """Whether a statement fills its bracket or its place between commas: «(ежеквартально)», not «(отчёт ежеквартально)»."""
    left = re.search(r"(?:^|[(,;])[^\w]*$", phrase.folded[: statement.start])
    return bool(left) and bool(re.match(r"\W*(?:$|[),;])", phrase.folded[statement.end :]))


def left_words(phrase: Phrase, taken: list[Statement], start: int = 0) -> str | None:
    """The printed words after ``start`` and outside ``taken``, without the marks at their edges."""
    pieces, here = [], start
    for s in [*sorted(taken, key=lambda s: s.start), None]:
        piece = phrase.cut(here, s.start if s else len(phrase.printed))
        here = s.end if s else here
        if piece.strip(_EDGES) and piece.strip(_EDGES) not in _CONNECTORS:
            pieces.append(_trim(piece))
        if s and s.hole:
            pieces.append(_trim(phrase.cut(*s.hole)))
    return " ".join("; ".join(pieces).split()) or None


def _trim(piece: str) -> str:
    bare = piece.strip(_EDGES)
    if bare.count("(") > bare.count(")"):
        bare += ")"
    return "(" + bare if bare.count(")") > bare.count("(") else bare
