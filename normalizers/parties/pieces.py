"""A list of those who answer, cut into pieces: a person, a post, a body. Every letter stays in some piece.

What begins a new piece is told by grammar: a person, a noun in the case of the list («специалисты УО», not «отдела УО»),
capitals that name a body. A comma or «и» alone does not cut: «отдел культуры, спорта и туризма» is one body.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from normalizers.names import NameSpan
from normalizers.parties.boundaries import AND, COMMA_BREAK, LEADING, NOMINATIVE, SHORT_LEADS, TOGETHER, WITH, begins, last_token
from normalizers.parties.openings import opens
from normalizers.phrases import ENDS_SHORTENED, Token, tokenize

PieceKind = Literal["person", "post", "body", "other", "note"]


@dataclass(frozen=True)
class Piece:
    """A stretch of the list; ``before`` is what separates it from the piece before: "", ",", ";", "\\n", "и", "-", "("."""

    kind: PieceKind
    text: str
    start: int
    stop: int
    before: str
    plural: bool = False
    name: NameSpan | None = None
    together: bool = False  # «совместно с отделом культуры»: it stands in the instrumental
    lead: str = ""  # «контроль – », «1. »: belongs to the text of the party, not to its name


def cut(text: str, cases: frozenset[str] = NOMINATIVE) -> list[Piece]:
    """Pieces of ``text``, left to right; ``cases`` is the case the list stands in (several where forms coincide)."""
    tokens = _joined(tokenize(text))
    pieces: list[Piece] = []
    start: int | None = None
    separator = ""
    for index, token in enumerate(tokens):
        if token.kind in ("sep", "break", "dash", "dot") or (token.low in AND and token.kind == "word"):
            continue
        gap = _gap(tokens, index)
        if start is None:
            start = index
        elif begins(tokens, start, index, gap, cases):
            pieces.append(_piece(text, tokens, start, last_token(tokens, start, index), separator, cases))
            start, separator = index, gap
    if start is not None:
        pieces.append(_piece(text, tokens, start, last_token(tokens, start, len(tokens)), separator, cases))
    return _leads(text, pieces)


def _joined(tokens: Sequence[Token]) -> list[Token]:
    """«совместно с» is one separator."""
    found: list[Token] = []
    for token in tokens:
        if token.low in ("с", "со") and found and found[-1].low == "совместно":
            found[-1] = Token("sep", TOGETHER, found[-1].start, token.stop)
        else:
            found.append(token)
    return found


def _leads(text: str, pieces: list[Piece]) -> list[Piece]:
    """«контроль – Иванова И.И.», «отв. Петров П.П.»: the word before belongs to the text of the party only."""
    found: list[Piece] = []
    held: Piece | None = None
    for i, piece in enumerate(pieces):
        between = text[piece.stop : pieces[i + 1].start] if i + 1 < len(pieces) else ""
        short = piece.text.rstrip(".").lower() in SHORT_LEADS and "." in piece.text + between
        marked = i + 1 < len(pieces) and (short or re.search("[-–—:]", between))
        if held is None and marked and LEADING.fullmatch(piece.text):
            held = piece
            continue
        if held is not None:
            piece = replace(piece, lead=text[held.start : piece.start], before=held.before)
            held = None
        found.append(piece)
    return found


def _gap(tokens: Sequence[Token], index: int) -> str:
    """The separator before a token: the strongest of those that stand there."""
    marks = ""
    for token in reversed(tokens[:index]):
        if token.kind == "break":
            marks += "\n"
        elif token.kind == "sep":
            marks += token.text
        elif token.kind == "dash":
            marks += "-"
        elif token.kind == "dot":
            marks += "."
        elif token.kind == "word" and token.low in AND:
            marks += "и"
        else:
            break
    if TOGETHER in marks:
        return TOGETHER
    if "\n" in marks and "и" in marks:
        return "и"  # «СОШ № 6 и / СОШ № 4»
    if "\n" in marks and "," in marks and ";" not in marks:
        return COMMA_BREAK
    for mark in (";", "\n", ",", "/", "+", "и", ":", "-", "."):
        if mark in marks:
            return mark
    return ""


# What a piece is


def _piece(text: str, tokens: Sequence[Token], start: int, last: int, separator: str, cases: frozenset[str]) -> Piece:
    first = tokens[start]
    lead = ""
    if first.kind == "mark" and last > start:
        following = next(i for i in range(start + 1, last + 1) if tokens[i].kind != "break")
        lead = text[first.start : tokens[following].start]
        start = following
        first = tokens[start]
    stop = _with_full_stop(text, tokens, last)
    before = "," if separator == COMMA_BREAK else separator
    piece = Piece("other", text[first.start : stop], first.start, stop, before, lead=lead)
    if first.kind == "person":
        return replace(piece, kind="person", name=first.name)
    if first.kind == "bracket":
        return replace(piece, kind="note")
    together = separator == TOGETHER
    head = opens(tokens, start, WITH if together else cases)
    piece = replace(piece, together=together)
    if head is None or head.kind == "other":
        return piece
    return replace(piece, kind=head.kind, plural=head.plural)


def _with_full_stop(text: str, tokens: Sequence[Token], last: int) -> int:
    """A shortened word keeps its full stop: «учит.- предм.»."""
    stop = tokens[last].stop
    if tokens[last].kind == "word" and tokens[last].low in ENDS_SHORTENED and text[stop : stop + 1] == ".":
        return stop + 1
    return stop
