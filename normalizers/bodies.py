"""Bodies that running text names, by grammar: «в отдел культуры администрации района» → «Отдел культуры администрации района».

A noun that surely heads a body, the adjectives before it and the complement behind it; a class («учреждения культуры»),
a bare noun («отдел») and what is done («управление рисками») are none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lexicon import load
from normalizers.morphology import Parse, parses
from normalizers.nominative import nominative
from normalizers.phrases import (
    ANY_CASE,
    LEGAL_FORMS,
    NEVER_A_BODY,
    Head,
    Token,
    agrees,
    head_at,
    head_readings,
    is_modifier,
    tokenize,
)

_LEX = load("organizations")
_STATE = frozenset(_LEX["state"])
_ALONE = frozenset(_LEX["alone"])
_EVENTS = frozenset(_LEX["events"])
_OBJECTS = frozenset(_LEX["objects"])
_TERRITORIES = frozenset(_LEX["territories"])
_WAYS = frozenset(_LEX["ways"])
_MANAGED = frozenset(_LEX["managed"])
_DEMONSTRATIVE = ("настоящ", "указанн", "данн", "соответствующ", "главн")
_GENITIVE = frozenset({"gent"})
_AFTER = {"по": frozenset({"datv", "gent"}), "к": frozenset({"datv", "gent"}), "при": frozenset({"loct", "gent"})}
_QUALITIES = frozenset({"ADJF", "PRTF", "NOUN", "NPRO"})


def find_bodies(text: str) -> list[tuple[int, int, str]]:
    """Start, stop and nominative of every single body that ``text`` names, left to right; offsets into ``text``."""
    return list(_bodies(text, tokenize(text)))


def _bodies(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    index = 0
    while index < len(tokens):
        head = head_at(tokens, index, ANY_CASE) if tokens[index].kind == "word" and not _is_pronoun(tokens[index]) else None
        if head is None or head.kind != "body" or (head := _agreed(tokens, index, head)) is None:
            index += 1
            continue
        last = _last(tokens, head)
        if _is_named(tokens, index, head, last):
            phrase = text[tokens[index].start : tokens[last].stop]
            name = " ".join(nominative(phrase, _likely(head.cases)).split())
            yield tokens[index].start, tokens[last].stop, name[:1].upper() + name[1:]
        index = max(last, head.index) + 1


def _is_pronoun(token: Token) -> bool:
    return any("Apro" in p.marks for p in parses(token.low)) or token.low.startswith(_DEMONSTRATIVE)


def _agreed(tokens: Sequence[Token], start: int, head: Head) -> Head | None:
    """The head with the cases in which the words before it agree; None for «предоставляемые учреждением», a line break inside."""
    if any(t.kind != "word" for t in tokens[start : head.index + 1]):
        return None
    fits = [p for p in head_readings(tokens[head.index].text)[1] if p.case]
    for token in tokens[start : head.index]:
        around = parses(token.low)
        fits = [p for p in fits if token.low in ("и", "или") or any(agrees(a, p) for a in around)]
    plural = all(p.number == "plur" for p in fits)
    cases = frozenset(p.case for p in fits if plural or p.number == "sing")
    return replace(head, plural=plural, cases=cases) if fits else None


def _likely(cases: frozenset[str]) -> frozenset[str]:
    return frozenset({"nomn"}) if "nomn" in cases else cases


def _last(tokens: Sequence[Token], head: Head) -> int:
    """Index of the last token that belongs to the name."""
    last, cases, index = head.index, _GENITIVE, head.index + 1
    before_comma: int | None = None  # «отдела образования, районного кабинета»: a list inside a name ends with «и»
    while index < len(tokens):
        token = tokens[index]
        listed = token.text == "," or token.low == "и"
        if token.low in _AFTER and not _is_authority(tokens[head.index]):
            cases, index = _AFTER[token.low], index + 1
            continue
        if listed and last == index - 1 and last > head.index and _goes_on(tokens, index + 1, cases):
            before_comma = None if token.low == "и" else before_comma if before_comma is not None else last
            index += 1
            continue
        if not _belongs(tokens, index, cases, filled=last > head.index):
            break
        last, index = index, index + 1
    last = last if before_comma is None else before_comma
    while last > head.index and tokens[last].kind == "word" and is_modifier(tokens[last].text, cases) and not _may_end(tokens[last]):
        last -= 1
    return last


def _is_authority(token: Token) -> bool:
    """«администрации округа по вопросам …»: what follows «по» belongs to the verb."""
    return token.low.startswith(("администраци", "правительств", "дум"))


def _goes_on(tokens: Sequence[Token], index: int, cases: frozenset[str]) -> bool:
    """Behind a comma or «и»: «спорта и туризма», «спорту, молодёжной политике»; not «директорам школ», not another body."""
    head = head_at(tokens, index, cases) if index < len(tokens) and tokens[index].kind == "word" else None
    if index < len(tokens) and tokens[index].kind == "abbr":
        return tokens[index].text in NEVER_A_BODY
    own = head is not None and any("Apro" in p.marks for p in parses(tokens[index].low))
    return head is not None and (head.kind == "other" or own) and _belongs(tokens, index, cases, filled=False)


def _belongs(tokens: Sequence[Token], index: int, cases: frozenset[str], *, filled: bool) -> bool:
    token = tokens[index]
    if token.kind == "quoted":
        return tokens[index - 1].kind in ("word", "abbr")
    if token.kind in ("abbr", "number"):
        return token.kind == "abbr" or token.text == "№" or tokens[index - 1].text == "№"
    if token.kind != "word":
        return False
    found = parses(token.low)
    if len(token.text) == 1:
        return False  # «г. Лесной»
    if found[0].pos in ("INFN", "VERB", "ADVB", "PREP", "CONJ", "GRND", "PRED") and found[0].score > 0.5:
        return False
    fits = [p for p in found if p.case in cases and p.pos in _QUALITIES]
    if tokens[index - 1].low.startswith("управлени") and any(p.lemma in _MANAGED and p.case == "ablt" for p in found):
        return True  # «управление делами», not «управление рисками»
    if not fits and token.text[0].isupper() and not any(p.known for p in found):
        return True
    return bool(fits) and not (filled and _is_object(fits, token))


def _is_object(fits: Sequence[Parse], token: Token) -> bool:
    """«направить в отдел культуры копии», «… заявки»: an object of the verb, no complement."""
    return any(p.lemma in _OBJECTS for p in fits) and token.text.islower()


def _may_end(token: Token) -> bool:
    return any(p.pos == "NOUN" for p in parses(token.low)) or not any(p.known for p in parses(token.low))


def _is_named(tokens: Sequence[Token], start: int, head: Head, last: int) -> bool:
    if head.plural or (start and tokens[start - 1].kind == "abbr" and tokens[start - 1].text in LEGAL_FORMS):
        return False
    lemmas = {p.lemma for p in parses(tokens[head.index].low)}
    if lemmas & _ALONE:
        return True
    if lemmas & _EVENTS:
        return False
    if any(t.kind == "quoted" for t in tokens[head.index : last + 1]):
        return True
    if not lemmas & _STATE:
        return False
    if "центр" in lemmas and last > head.index and {p.lemma for p in parses(tokens[head.index + 1].low)} & (_TERRITORIES | {"внимание"}):
        return False
    if "управление" in lemmas and not _governs_people(tokens, head, last):
        return False
    qualified = start < head.index and not lemmas & {"совет", "центр", "служба", "администрация"}
    if "администрация" in lemmas:
        return any(_is_territory(t) for t in tokens[head.index : last + 1] if t.kind == "word")
    return last > head.index or qualified


def _is_territory(token: Token) -> bool:
    """«района»; not «сельских поселений», whose administrations are a class."""
    found = [p for p in parses(token.low) if p.lemma in _TERRITORIES and p.case == "gent"]
    return any(p.number == "sing" for p in found)


def _governs_people(tokens: Sequence[Token], head: Head, last: int) -> bool:
    """«Управление делами» with a capital, «управления образования»; not «управление рисками»."""
    behind = tokens[head.index + 1] if head.index + 1 < len(tokens) else None
    if last == head.index and {p.lemma for p in parses(tokens[head.index - 1].low)} & _WAYS:
        return False  # «передать в оперативное управление»
    if last == head.index:
        return head.index > 0 and is_modifier(tokens[head.index - 1].text, ANY_CASE)
    return behind is not None
