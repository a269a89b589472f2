"""Where a person's name stands in a text: «Фамилия И.О.», «И.О. Фамилия», full names in any case.

Only the form is judged here; who it is, `normalizers.people` decides over the whole document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from lexicon import load
from normalizers.morphology import lemmas, parses

_LEX = load("names")
_ALIKE: dict[str, str] = _LEX["look_alikes"]
_NOT_SURNAMES = frozenset(_LEX["not_surnames"])
_HONOURS = frozenset(_LEX["honours"])
_AFTER = "|".join(_LEX["after_name"])

_LOW_PARTS = "|".join(_LEX["low_parts"])
_WORD = rf"[A-ZА-ЯЁ][A-Za-zА-Яа-яЁё’'`]+(?:[-‐‑](?:[A-ZА-ЯЁ][A-Za-zА-Яа-яЁё’']+|(?:{_LOW_PARTS})(?![а-яё])))?"
_INITIALS = re.compile(
    r"(?:(?<![A-Za-zА-Яа-яЁё])|(?<=[а-яё]{2})(?=[А-ЯЁ]\.\s?[А-ЯЁ]\.))(?<![А-ЯЁA-Z]\.)(?<![А-ЯЁA-Z]\.\s)"
    r"(?:(?P<digit>(?<!\d)(?<!\d\.)[30])\.\s?(?P<digit_b>[А-ЯЁA-Z])\.(?!\s?[А-ЯЁA-Z]\.)"
    r"|(?<=[а-яё]\s)(?P<bare>[А-ЯЁ])\s(?P<bare_b>[А-ЯЁ])(?![A-Za-zА-Яа-яЁё0-9.«\"])"
    r"|(?P<early>[А-ЯЁ])\s(?P<early_b>[А-ЯЁ])(?=\s[А-ЯЁ][а-яё]{2})"
    r"|(?P<a>[А-ЯЁA-Z])\.(?:\s{0,2}(?P<b>[А-ЯЁA-Z30])(?:\.|(?![A-Za-zА-Яа-яЁё0-9])))?)"
)
_LEFT = re.compile(rf"(?<![A-Za-zА-Яа-яЁё0-9])({_WORD})(\s{{0,2}})$")
_RIGHT = re.compile(rf"(\s{{0,2}})({_WORD})(?!\.?[A-Za-zА-Яа-яЁё])")
_TAIL = re.compile(rf"\s+(?:{_AFTER})\b", re.IGNORECASE)
_PATRONYMIC = re.compile(r"[а-яё]+(?:вич|ьич|мич|кич|тич)(?:а|у|ем|е)?$|[а-яё]{2,}(?:ов|ев|ич|инич)н(?:а|ы|е|у|ой|ою)$")
_CAPITAL = r"[А-ЯЁ](?:[а-яёa-z]+|[А-ЯЁ]+)"
_FULL = re.compile(
    rf"(?<![A-Za-zА-Яа-яЁё-])(?=({_WORD})\s+({_CAPITAL}(?:[-‐‑]{_CAPITAL})?)\s+({_CAPITAL}(?:[-‐‑]{_CAPITAL})?)(\s+(?:{_AFTER})\b)?)",
    re.I | re.U,
)
_SURNAME_END = re.compile(
    r"(?:ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ск(?:ий|ая|ого|ой|ому|ую|им)|цк(?:ий|ая|ого|ой|ому|ую|им)|ко|ук|юк|ян|дзе|швили|ых|их|ову|еву|ину|овой|евой|иной|овым|евым|иным|ове|еве|ине|[кч]ак|[аиу]й|ец|ик|ич|ар|ер|иди|иа|уа|оглы|ба)$"
)
_BETWEEN_EPONYM = re.compile(r"[\w.«»\"“”-]+")


@dataclass(frozen=True)
class NameSpan:
    """A name as printed: offsets, the parts in the case they stand in, look-alike letters replaced."""

    start: int
    stop: int
    surname: str
    given: str | None = None
    patronymic: str | None = None
    initials: str | None = None  # «О.В.»
    suffix: str | None = None  # «оглы»
    surname_first: bool = True
    repaired: bool = False
    variants: tuple[str, ...] = ()  # other readings of look-alike letters in the surname
    rival: str | None = None  # the other word that could be the surname


@dataclass(frozen=True)
class _Choice:
    start: int
    stop: int
    word: str
    left: bool
    score: float


def find_names(text: str) -> list[NameSpan]:
    """Every name of a person, left to right; names of institutions and streets are left out."""
    return [n for n in _all_names(text) if not is_eponym(text, n)]


@lru_cache(maxsize=4096)
def _all_names(text: str) -> tuple[NameSpan, ...]:
    full = list(_full_names(text))
    taken = [(n.start, n.stop) for n in full]
    short = [n for n in _short_names(text) if all(n.stop <= a or n.start >= b for a, b in taken)]
    return tuple(sorted((*full, *short), key=lambda n: n.start))


def is_eponym(text: str, name: NameSpan) -> bool:
    """«СОШ № 6 им. И.И. Иванова», «имени Героя Советского Союза И.И. Иванова», «ул. И.И. Иванова»."""
    words = _BETWEEN_EPONYM.findall(text[max(0, name.start - 120) : name.start].rsplit("\n\n", 1)[-1])
    if words and (words[-1].lower() in _LEX["streets"] or words[-1].lower().rstrip(".") in _LEX["streets"]):
        return True
    for word in reversed(words[-9:]):
        bare = word.strip('«»"“”').lower()
        if bare in _LEX["eponym"] or bare.endswith((".им.", "»им.")):
            return True
        if not lemmas(bare.rstrip(".")) & _HONOURS:
            return False
    return False


# Full names


def is_patronymic(word: str) -> bool:
    """«Викторовну», «Ильича»: by ending; «Абрамович» as a surname passes too, its place decides."""
    return bool(_PATRONYMIC.search(word.lower()))


def _full_names(text: str) -> Iterator[NameSpan]:
    end = 0
    for match in _FULL.finditer(text):
        if match.start(1) < end:
            continue
        name = _full_name(match)
        if name is not None:
            end = name.stop
            yield name


def _full_name(match: re.Match[str]) -> NameSpan | None:
    first, second, third, suffix = match.groups()
    if not all(w[0].isupper() for w in (first, second, third)):
        return None
    start = match.start(1)
    if suffix:
        return _named(start, match.end(4), (first, second, third), suffix=suffix.strip(), first=True)
    if is_patronymic(third) and _may_be_given(second) and not _is_common(first):
        return _named(start, match.end(3), (first, second, third), first=True)
    if is_patronymic(second) and _may_be_given(first) and not _is_common(third):
        return _named(start, match.end(3), (third, first, second), first=False)
    return None


def _named(start: int, stop: int, parts: tuple[str, str, str], *, first: bool, suffix: str | None = None) -> NameSpan:
    (surname, *variants), repaired = repair(parts[0])
    given, patronymic = parts[1], parts[2]
    initials = f"{given[0].upper()}.{patronymic[0].upper()}."
    return NameSpan(start, stop, surname, given, patronymic, initials, suffix, first, repaired, tuple(variants))


def _may_be_given(word: str) -> bool:
    found = parses(word.lower())
    return any("Name" in p.marks for p in found) or not any(p.known for p in found)


def _is_common(word: str) -> bool:
    """A capitalised word that is no surname: «Директор», «Назначить»; «Лесная» may be one."""
    return surname_likeness(word) < -1.5


# Initials


def _short_names(text: str) -> Iterator[NameSpan]:
    clusters = list(_INITIALS.finditer(text))
    options = [_choices(text, m) for m in clusters]
    for match, choice, rival in _assign(clusters, options):
        yield _short_name(text, match, choice, rival)


def _choices(text: str, match: re.Match[str]) -> list[_Choice]:
    """The word on the left and the word on the right that could be the surname."""
    found = []
    bare = match["bare"] or match["early"]
    single = not (match["b"] or match["digit_b"] or bare)
    left = _LEFT.search(text[max(0, match.start() - 60) : match.start()])
    if left:
        start = match.start() - len(left[0])
        score = surname_likeness(left[1]) - (1.5 if "\n" in left[2] else 0)
        found.append(_Choice(start, match.end(), left[1], True, score))
    right = _RIGHT.match(text, match.end())
    if right and (bare or text[match.end() - 1] == "."):
        score = surname_likeness(right[2]) - (1.5 if "\n" in right[1] else 0)
        found.append(_Choice(match.start(), right.end(2), right[2], False, score))
    least = 2.5 if bare else 2.0 if single else -1.5  # «Ершов Е Е», «Е Е Ершов»
    return [c for c in found if c.score >= least]


def _assign(clusters: list[re.Match[str]], options: list[list[_Choice]]) -> Iterator[tuple[re.Match[str], _Choice, str | None]]:
    """One surname for each pair of initials, no word twice, the same order through the text where nothing else decides."""
    best: list[dict[_Choice | None, tuple[float, _Choice | None]]] = []
    for i, choices in enumerate(options):
        row: dict[_Choice | None, tuple[float, _Choice | None]] = {}
        for choice in (*choices, None):
            row[choice] = max(_steps(choice, best[i - 1] if i else {None: (0.0, None)}), key=lambda s: s[0])
        best.append(row)
    path: list[_Choice | None] = []
    here: _Choice | None = max(best[-1], key=lambda c: best[-1][c][0]) if best else None
    for row in reversed(best):
        path.append(here)
        here = row[here][1]
    for match, choices, choice in zip(clusters, options, reversed(path), strict=True):
        if choice is not None:
            others = [c.word for c in choices if c is not choice and c.score >= choice.score]
            used = {c.word for c in path if c is not None and c is not choice}
            yield match, choice, next((w for w in others if w not in used), None)


def _steps(choice: _Choice | None, before: dict[_Choice | None, tuple[float, _Choice | None]]) -> list[tuple[float, _Choice | None]]:
    worth = choice.score + 4.0 if choice else 0.0
    steps: list[tuple[float, _Choice | None]] = []
    for last, (total, _) in before.items():
        if choice and last and choice.start < last.stop:
            continue
        same = 0.2 if choice and last and choice.left == last.left else 0.0
        steps.append((total + worth + same, last))
    return steps or [(-1e9, None)]


def _short_name(text: str, match: re.Match[str], choice: _Choice, rival: str | None) -> NameSpan:
    (surname, *variants), repaired = repair(choice.word)
    kinds = ("digit", "bare", "early", "a")
    first = next(k for k in kinds if match[k])
    letters = [match[first], match["b" if first == "a" else f"{first}_b"]]
    initials = "".join(f"{_initial(c)}." for c in letters if c)
    fixed = repaired or any(c and _initial(c) != c for c in letters)
    tail = _TAIL.match(text, choice.stop)
    stop = tail.end() if tail else choice.stop
    suffix = tail[0].strip() if tail else None
    return NameSpan(choice.start, stop, surname, None, None, initials, suffix, choice.left, fixed, tuple(variants), rival)


def _initial(letter: str) -> str:
    return _ALIKE.get(letter, letter)[0]


# Words


@lru_cache(maxsize=20_000)
def repair(word: str) -> tuple[tuple[str, ...], bool]:
    """Readings of a word whose look-alike Latin letters are made Cyrillic («Черnодубова»), and whether there were any."""
    foreign = [c for c in word if c in _ALIKE]
    if not foreign or not re.search("[А-Яа-яЁё]", word):
        return (word,), False
    readings = tuple("".join(p) for p in product(*(_ALIKE.get(c, c) for c in word)))[:8]
    ranked = sorted(readings, key=lambda r: -_likeness(r))
    return tuple(ranked), True


@lru_cache(maxsize=20_000)
def surname_likeness(word: str) -> float:
    """How much a capitalised word beside initials looks like a surname: 3 certain … below −1.5 impossible."""
    if re.search("[A-Za-z0-9]", word):
        return max(_likeness(r) for r in repair(word)[0])
    return _likeness(word)


def _likeness(word: str) -> float:
    if re.search("[A-Za-z0-9]", word):
        return -5.0
    if word.isupper() and len(word) <= 4:
        return 0.0 if any(p.known and p.pos == "NOUN" and "Abbr" not in p.marks for p in parses(word.lower())) else -3.0  # «ЛОСЬ Е.Е.»
    low = word.lower()
    if lemmas(low) & (_NOT_SURNAMES | _post_words()) or low in _NOT_SURNAMES or _double_post(low):
        return -4.0
    found = parses(low)
    if any("Surn" in p.marks and p.known for p in found):
        return 3.0
    if _SURNAME_END.search(low):
        return 2.5
    if not any(p.known for p in found):
        return 2.0
    if all(p.pos in ("INFN", "VERB", "PREP", "CONJ", "GRND") for p in found):
        return -2.0  # «Назначить И.И.»; «Соловей» is a verb too
    return 0.5 if any(p.animate for p in found) else -0.5


def _double_post(low: str) -> bool:
    """«инструктору-методисту»."""
    parts = low.split("-")
    return len(parts) > 1 and all(lemmas(p) & _post_words() for p in parts)


@lru_cache(maxsize=1)
def _post_words() -> frozenset[str]:
    return frozenset(load("posts")["heads"]) - {"мастер", "капитан", "атаман", "игрок", "повар", "ведущий"}
