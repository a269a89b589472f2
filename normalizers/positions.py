"""The post that stands beside a name in running text: «директору МКУ «Центр» А.П. Тарасовой», «Петрову С.С., директора школы»."""

import re
from collections.abc import Iterator

from normalizers.names import NameSpan, find_names
from normalizers.nominative import nominative
from normalizers.phrases import ANY_CASE, SHORT_SINGULAR, Token, head_at, tokenize

_SENTENCE = re.compile(r"[;:!?]|(?<=[а-яё»)]{4})\.(?=\s|$)")


def positions_in(text: str) -> Iterator[tuple[NameSpan, str]]:
    """Each name of a text with the post printed beside it, nominative."""
    names = find_names(text)
    for index, name in enumerate(names):
        floor = names[index - 1].stop if index else 0
        ceiling = names[index + 1].start if index + 1 < len(names) else len(text)
        position = position_before(text[floor : name.start]) or position_after(text[name.stop : ceiling])
        if position:
            yield name, position


def position_before(text: str) -> str | None:
    """The post that ends a piece of text: «…возложить на заместителя начальника » → «заместитель начальника»."""
    piece = _SENTENCE.split(text.rsplit("\n\n", 1)[-1])[-1]
    if not piece.strip() or re.search(r"[,(]\s*$", piece):
        return None
    tokens = tokenize(piece)
    start = _first_post(tokens, 0)
    if start is None:
        return None
    phrase = piece[tokens[start].start :].strip(" \n\t–—-")
    return _clean(phrase)


def position_after(text: str) -> str | None:
    """The post that follows a name behind a comma, dash or bracket: «, директора школы» → «директор школы»."""
    match = re.match(r"\s*(?:,|[-–—]|\()\s*", text)
    if not match:
        return None
    piece = re.split(r"[;:)\n]|,\s*(?!№|\d)|\s[-–—]\s|(?<=[а-яё»)]{4})\.(?=\s|$)", text[match.end() :])[0]
    tokens = tokenize(piece)
    if not tokens or _first_post(tokens[:3], 0) != 0:
        return None
    return _clean(piece.strip())


def position_in_nominative(text: str) -> str:
    """A post that stands alone, in any case: «Начальником управления» → «Начальник управления»; else as printed."""
    tokens = tokenize(text)
    if not tokens or head_at(tokens, 0, frozenset({"nomn"})) is not None:
        return text
    for cases in (frozenset({"ablt"}), frozenset({"datv"}), frozenset({"gent", "accs"})):
        head = head_at(tokens, 0, cases)
        if head is not None and head.kind == "post":
            return nominative(text, cases)
    return text


def _first_post(tokens: list[Token], start: int) -> int | None:
    for index in range(start, len(tokens)):
        if tokens[index].kind != "word":
            continue
        if tokens[index].low in SHORT_SINGULAR:
            return index
        head = head_at(tokens, index, ANY_CASE)
        if head and head.kind == "post" and not head.plural:
            return index
    return None


def _clean(phrase: str) -> str | None:
    """None where a verb stands inside: then the post belongs to something else."""
    if len(phrase) > 250 or re.search(r"\b(?:обеспечить|провести|организовать|представить|направить|контроль)\b", phrase, re.I):
        return None
    head = head_at(tokenize(phrase), 0, ANY_CASE)
    cases = head.cases if head else frozenset({"nomn"})
    shown = phrase if "nomn" in cases else nominative(phrase, cases)
    return " ".join(shown.split()).rstrip(" ,.") or None
