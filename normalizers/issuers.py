"""Who issued the act: the letterhead in sentence case, the region and the municipality that the document names."""

import re
from collections.abc import Callable, Iterable, Sequence

from lexicon import load
from normalizers.morphology import Parse, parses
from normalizers.nominative import nominative
from normalizers.phrases import BODY_HEADS, agrees
from normalizers.territories import municipality_in, region_in
from schemas.contract import Issuer

_LEX = load("issuers")
_KEEP = frozenset(_LEX["keep"])
_CAPITAL = frozenset(_LEX["capital"])
_STOP = re.compile(_LEX["stop"], re.IGNORECASE)
_WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+(?:[-‐‑][A-Za-zА-Яа-яЁё]+)*")
_OTHER_LANGUAGE = re.compile(r"[ӘәӨөҮүҢңҒғҖҗҺһҚқҠҡҘҙҪҫҰұІіӐӑӖӗӲӳҮүӦӧӤӥӴӵӸӹӁӂЇїЄєҐґ]")
_AFTER_PLACE = re.compile(
    r"(?:город[ауе]?|г\.|с\.|пос\.|сел[ауое]|станиц[аыуе]|поселк[ауе]|хутор[ауе]?|деревн[яиюе]|республик[аиуе])\s*$", re.IGNORECASE
)


def read_issuer(letterhead: str, title: str | None, texts: Sequence[str]) -> Issuer | None:
    """The issuer from its letterhead («УПРАВЛЕНИЕ … АДМИНИСТРАЦИИ ГОРОДА …»), null where it names nobody.

    ``title`` and ``texts`` tell which words are proper names, and name region and municipality where the letterhead does not.
    """
    joined = _clean(letterhead)
    if not re.search(r"[А-Яа-яЁё]{2}", joined):
        return None
    sources = [s for s in (title, *texts) if s]
    name = _sentence_case(joined, _proper_words(sources), all_words=_mostly_capitals(joined))
    name = nominative(name, frozenset({"nomn"}))
    everywhere = [name, *sources]
    regional = re.search("министерств|правительств", name, re.IGNORECASE)  # of a region: the districts of its text are not its own
    governed = _GOVERNS.search(name)  # «… район администрация Лесного сельского поселения»: the settlement is the one that acts
    own = [name[governed.start() :], name] if governed else [name]
    municipality = _first(municipality_in, own if regional else [*own, *sources])
    return Issuer(name=name, region=_first(region_in, everywhere), municipality=municipality)


_GOVERNS = re.compile(r"(?<!\w)(?:администраци[яи]|мэри[яи]|глав[аы]|дум[аы]|совет[а]?|собрани[ея])(?!\w)", re.IGNORECASE)


def _first(find: Callable[[str], str | None], texts: Iterable[str]) -> str | None:
    for text in texts:
        found = find(text)
        if found:
            return found
    return None


def _clean(letterhead: str) -> str:
    """One line without address and requisites, the Russian half of a bilingual letterhead."""
    joined = re.sub(r"\s+", " ", letterhead).strip()
    joined = re.sub(r"(?<=[А-Яа-яЁё])-\s(?=[а-яё])", "", joined)
    cut = _STOP.search(joined)
    if cut and cut.start() > 3:
        joined = joined[: cut.start()]
    if _OTHER_LANGUAGE.search(joined):
        joined = _russian_half(joined)
    return joined.strip(" ,;:_–—-*")


def _russian_half(text: str) -> str:
    """The longest run of words that Russian knows; «БАШҠОРТОСТАН РЕСПУБЛИКАҺЫ …» falls away."""
    runs: list[list[str]] = [[]]
    for word in text.split():
        bare = word.strip('«»",.()').lower()
        known = not _OTHER_LANGUAGE.search(word) and (not bare.isalpha() or any(p.known for p in parses(bare)))
        if known:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    longest = max(runs, key=len)
    return " ".join(longest) or text


def _mostly_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.6 * len(letters)


def _proper_words(texts: Iterable[str]) -> frozenset[str]:
    """Lemmas of words that the running text prints with a capital inside a sentence: «города Сочи»."""
    found: set[str] = set()
    for text in texts:
        if _mostly_capitals(text):
            continue
        for match in re.finditer(r"(?<=[а-яё,]\s)([А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*)", text):
            found |= {p.lemma for p in parses(match[1].lower())}
    return frozenset(found)


def _sentence_case(text: str, proper: frozenset[str], *, all_words: bool) -> str:
    """Capitals made small; of a mixed letterhead («АДМИНИСТРАЦИЯ Лесного района») only the words that are all capitals."""
    parts: list[str] = []
    position = 0
    for match in _WORD.finditer(text):
        parts.append(text[position : match.start()])
        opens = position == 0 or bool(re.search(r"[«\"“]\s*$", text[: match.start()]))
        if all_words or _shouted(match[0]):
            parts.append(_word(match[0], text[: match.start()], text[match.end() :], proper, opens=opens))
        else:
            parts.append(_capitalised(match[0]) if position == 0 and match[0].islower() else match[0])
        position = match.end()
    return "".join(parts) + text[position:]


def _shouted(word: str) -> bool:
    """«АДМИНИСТРАЦИЯ» among small letters; «ГБУЗ», «УО» are no words."""
    return len(word) > 3 and word.isupper() and word not in _KEEP and any(p.known for p in parses(word.lower()))


def _word(word: str, before: str, after: str, proper: frozenset[str], *, opens: bool) -> str:
    if word.upper() in _KEEP and not (word.upper() == "ДО" and re.match(r"\s+\d", after)):
        return word.upper()
    low = word.lower()
    if len(word) == 1 and (re.match(r"\.\s?[А-ЯЁ]\.", after) or _INITIAL_BEFORE.search(before)):
        return word  # «ИМЕНИ П.И. ВОЛГИНА»
    if _is_proper(low, before, after, proper):
        return _capitalised(low)
    return low[:1].upper() + low[1:] if opens else low


def _capitalised(low: str) -> str:
    """«усть-ягодный» → «Усть-Ягодный», «ростов-на-дону» → «Ростов-на-Дону»."""
    return "-".join(p if p in ("на", "над", "под", "де", "ла") else p[:1].upper() + p[1:] for p in low.split("-"))


def _is_proper(low: str, before: str, after: str, proper: frozenset[str]) -> bool:
    found = parses(low)
    lemmas = {p.lemma for p in found}
    if lemmas & _CAPITAL:
        return True
    if _AFTER_PLACE.search(before) and not any(p.pos in ("PREP", "CONJ") for p in found) and not low.startswith("федеральн"):
        return True
    if any(p.known and p.marks & {"Geox", "Surn", "Name", "Patr"} for p in found) and not _common(found):
        return True
    if (
        _after_named_place(low, before)
        or _before_territory(low, after)
        or _after_territory(low, before, after)
        or re.search(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?$", before)
    ):
        return True
    return bool(lemmas & proper) and not _common(found)


def _common(found: Sequence[Parse]) -> bool:
    """Known as a word of the language before it is known as a name."""
    return found[0].known and not found[0].marks & {"Geox", "Surn", "Name", "Patr"}


_TERRITORY = re.compile(
    r"\s+(?:(?:муниципальн|городск|сельск|национальн|автономн)\w+\s+)*"
    r"(?:(?:район|округ|сельсовет|улус|наслег)(?:а|у|ом|е|ы|ов)?|кра(?:й|я|ю|ем|е)|област(?:ь|и|ью)|волост(?:ь|и|ью)|республик[аиуе]|поселени[еяюй]\w{0,2})(?!\w)",
    re.IGNORECASE,
)
_INITIAL_BEFORE = re.compile(r"(?<![А-ЯЁа-яё])[А-ЯЁ]\.\s?$")
_INITIALS_BEFORE = re.compile(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?$")
_KIND_BEFORE = re.compile(r"(?:муниципальн|городск)\w+\s+(?:округ|район)\w*\s+$", re.IGNORECASE)
_REGION_BEHIND = re.compile(r"\s*(?:$|[,;»\"(]|[А-ЯЁа-яё-]+(?:ой|ого)\s+(?:област|кра|республик)|республик)", re.IGNORECASE)
_NOT_NAMES = re.compile(
    r"муниципальн|городск|сельск|национальн|автономн|областн|краев|районн|республиканск|федеральн|внутригородск|наш|кажд", re.IGNORECASE
)


def _after_named_place(low: str, before: str) -> bool:
    """«ДЕРЕВНЯ ВЕРХНИЕ ПОЛЯНЫ»: a noun that agrees with the adjective behind «деревня»."""
    words = before.split()
    if not words or not _AFTER_PLACE.search(before[: before.rindex(words[-1])]) or not before.endswith(" "):
        return False
    adjectives = [p for p in parses(words[-1].lower()) if p.pos == "ADJF"]
    nouns = [p for p in parses(low) if p.pos == "NOUN"]
    return low not in BODY_HEADS and any(agrees(a, n) for a in adjectives for n in nouns)


def _after_territory(low: str, before: str, after: str) -> bool:
    """«ГОРОДСКОГО ОКРУГА РЕЧНОЙ»: an adjective behind a territory, with nothing to agree with, is its name."""
    named = _KIND_BEFORE.search(before) and _REGION_BEHIND.match(after)
    return bool(named) and not _NOT_NAMES.match(low) and any(p.pos == "ADJF" and p.gender == "masc" for p in parses(low))


def _before_territory(low: str, after: str) -> bool:
    """«КИРОВСКОГО РАЙОНА»: an adjective before a territory is its name."""
    if not _TERRITORY.match(after) or _NOT_NAMES.match(low):
        return False
    return any(p.pos == "ADJF" for p in parses(low)) or bool(re.search(r"ск(?:ий|ого|ому|им|ом|ая|ой|ую)$", low))
