"""The case a name must stand in, known from the words before and after it: «директору … Тарасовой» is dative."""

import re

from lexicon import load
from normalizers.morphology import lemmas
from normalizers.names import NameSpan
from normalizers.phrases import COMPOUNDS, SHORT_ADJECTIVES, SHORT_SINGULAR, head_readings
from normalizers.quotes import QUOTED

_LEX = load("names")
_VERBS: dict[str, str] = _LEX["verb_cases"]
_PREPOSITIONS: dict[str, str] = _LEX["preposition_cases"]
_LIST_GAP = re.compile(r"\s*(?:\([^()]*\))?\s*[,;]?\s*(?:и|а также)?\s*")
_WORDS = re.compile(r"[A-Za-zА-Яа-яЁё]+(?:[-‐‑][A-Za-zА-Яа-яЁё]+)*\.?")
_STOP = re.compile(r"[;:!?(]|\n(?=\s*[А-ЯЁ\d«–-])|(?<![А-ЯЁA-Z])(?<=[а-яё0-9»)]{4})\.\s|,")
_NAME = re.compile(r"[А-ЯЁ][а-яё-]+\s*[А-ЯЁ]\.|[А-ЯЁ]\.")
_ACTING = re.compile(r"(?<![А-Яа-яЁё])[Ии]\s?\.\s?[Оо]\.")
Cases = frozenset[str] | None


def governed_cases(text: str, name: NameSpan, last: tuple[NameSpan, Cases] | None) -> Cases:
    """Cases in which ``name`` may stand, None where nothing tells; ``last`` is the name before it with its cases."""
    after = last[0].stop if last else 0
    if last and _LIST_GAP.fullmatch(text[after : name.start]):
        fastened = re.search(r"[–—-]\s*за\s+$", text[: last[0].start]) and re.match(r"\s*[–—-]\s*за\s", text[name.stop :])
        return _before_shares(text[: last[0].start], None) if fastened else last[1]  # «Котову И.И. – за Седовой П.П., Чижа В.В. – за …»
    before = text[max(after, name.start - 300) : name.start]
    bracket = re.search(r"\(\s*$", before)
    if bracket:
        held = _from_clause(_STOP.split(QUOTED.sub(" Q ", before[: bracket.start()]))[-1])
        return held | {"nomn"} if held else None  # «начальнику отдела (Петровой А.А.)»
    clause = _STOP.split(QUOTED.sub(" Q ", _ACTING.sub("врио", before)))[-1]
    found = _from_clause(clause)
    if found is None and not clause.strip() and before.rstrip().endswith(":"):
        return _from_clause(_STOP.split(before.rstrip(" :\n"))[-1])  # «назначить ответственными: Петрову А.А.», «Педагогам: Котовой И.И.»
    if found is None and not clause.strip() and last and last[1]:
        return last[1]  # «Петрову А.А. – за сайт; Котову И.И. – за питание»
    if found is None and _ACTING.match(text) and last is None and re.match(r"[^!?\n]{0,200}:", text[name.stop :]):
        return frozenset({"datv"})  # «И.о. начальника отдела И.А. Лесной, директору …:»
    if found is None and before == text[: name.start] == clause and _has_post(clause):
        return frozenset({"nomn", "datv"})  # «И.о. директора Петрову П.П. обеспечить»
    if found is None and re.search(r"\s[–—-]\s*$", clause) and not _has_post(clause):
        return _before_shares(before, last)
    return found if found is not None or _has_post(clause) else _from_apposition(text[name.stop : name.stop + 60])


def _before_shares(before: str, last: tuple[NameSpan, Cases] | None) -> Cases:
    """«назначить ответственными: в клубе – Петрову А.А., в библиотеке – Котова И.И.»: the verb stands before the colon."""
    if last and last[1]:
        return last[1]
    lead, colon, _ = before.rpartition(":")
    return _from_clause(_STOP.split(lead)[-1]) if colon else None


def _has_post(clause: str) -> bool:
    words = [w.rstrip(".").lower() for w in _WORDS.findall(clause)]
    return any(w in SHORT_SINGULAR or w in COMPOUNDS or head_readings(w)[0] == "post" for w in words)


def _from_clause(clause: str) -> Cases:
    words: list[str] = _WORDS.findall(clause)
    if not words:
        return None
    first: Cases = None
    last_verb = max((i for i, w in enumerate(words) if _governs(w)), default=0)
    for index, word in enumerate(words):
        if index < last_verb:
            continue  # «секретарем назначить Петрову»: the post does not govern her
        bare = word.rstrip(".").lower()
        if bare in SHORT_ADJECTIVES and word.endswith("."):
            continue  # «муз. рук. Котова И.И.»
        if bare == "главе" and index and words[index - 1].lower() == "во":
            continue  # «во главе с заместителем»: no head of anything
        if bare in SHORT_SINGULAR or bare in COMPOUNDS:
            return _short_post_case(words, index)
        kind, readings = head_readings(bare) if len(bare) > 2 else (None, ())
        if kind == "post" and bare not in _PREPOSITIONS:
            cases = frozenset(p.case for p in readings if p.number == "sing") or frozenset(p.case for p in readings)
            cases = cases - {"loct"} or cases  # «старосте Реве И.И.»: nobody is spoken of in the locative
            if "ablt" in cases and index and words[index - 1].lower() in ("с", "со"):
                return frozenset({"ablt"})  # «во главе с заместителем министра Котовым И.И.»
            if cases & _before(words[:index]):
                return cases & _before(words[:index])
            first = first or (None if "ablt" in cases else cases)  # «назначить секретарем комиссии Петрову»: not her case
    return first or _closest_governor(words)


def _governs(word: str) -> bool:
    return bool(lemmas(word.lower().rstrip(".")) & _VERBS.keys())


def _short_post_case(words: list[str], index: int) -> Cases:
    """«зам. директора Петрова» says nothing; «на зам. директора Петрову» does."""
    found = _before(words[:index])
    return found if len(found) < 6 else None


def _before(words: list[str]) -> frozenset[str]:
    """Cases that a preposition or verb before the post allows; all where there is none."""
    for word in reversed(words):
        low = word.lower()
        if low in _PREPOSITIONS:
            return _animate(_PREPOSITIONS[low])
        for lemma in sorted(lemmas(low)):
            if lemma in _VERBS:
                return _animate(_VERBS[lemma])
    return frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})


def _closest_governor(words: list[str]) -> Cases:
    last = words[-1].lower()
    if last in _PREPOSITIONS:
        return _animate(_PREPOSITIONS[last])
    for word in reversed(words):
        for lemma in sorted(lemmas(word.lower().rstrip("."))):
            if lemma in _VERBS:
                return _animate(_VERBS[lemma])
    return None


def _animate(case: str) -> frozenset[str]:
    return frozenset({case})


def _from_apposition(rest: str) -> Cases:
    """«Петрову С.С., директора школы»: the post behind the comma stands in the same case."""
    match = re.match(r"\s*,\s*", rest)
    if not match:
        return None
    if _NAME.match(rest, match.end()) or _ACTING.match(rest, match.end()):
        return None  # «Кленова Т.С., Черных А.И.»; «Синица Н.Г., и.о. начальника»
    for word in _WORDS.findall(rest[match.end() :])[:3]:
        kind, readings = head_readings(word.rstrip(".").lower())
        if kind == "post":
            return frozenset(p.case for p in readings) or None
        if kind == "other" and not any(p.pos in ("ADJF", "PRTF") for p in readings):
            return None
    return None
