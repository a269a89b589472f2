"""The nominative of a surname: every reading its ending allows, with case and gender, so that context can decide.

Endings are rules («-овой» is a woman's «-ова», never «-овая»), because of 45 oblique surnames pymorphy alone
gets 27 right; the dictionary only says which of the readings is a known surname.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from normalizers.morphology import inflect, like, parses

ALL = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
_OBLIQUE = frozenset({"gent", "datv", "ablt", "loct"})
MASC, FEMN = "masc", "femn"


class Reading(NamedTuple):
    """One way to read a surname as printed."""

    nominative: str
    gender: str  # masc, femn
    cases: frozenset[str]
    weight: float


class _Ending(NamedTuple):
    pattern: re.Pattern[str]  # must match the whole word; group 1 is the stem
    restored: str
    gender: str
    cases: frozenset[str]
    weight: float


def _ending(pattern: str, restored: str, gender: str, cases: str, weight: float) -> _Ending:
    return _Ending(re.compile(pattern), restored, gender, frozenset(cases.split()), weight)


_OV = "(.*(?:ов|ев|ёв|ин|ын))"
_SK = "(.*[сц]к)"
_ADJ = "(.*[гжкнхчшщрлмдтвсб])"
_HARD = "(.*[бвгджзклмнпрстфхцчшщ])"
_STEM = "(.*[а-яё])"

_NEVER = "[а-яё]ко|дзе|швили|[а-яё]ых|[а-яё]{2}их|аго|яго|ово|ло|хно"

_ENDINGS = (
    # Климашов, Климашова: the possessive declension
    _ending(f"{_OV}", "", MASC, "nomn", 3),
    _ending(f"{_OV}а", "а", FEMN, "nomn", 3),
    _ending(f"{_OV}а", "", MASC, "gent accs", 3),
    _ending(f"{_OV}у", "", MASC, "datv", 3),
    _ending(f"{_OV}у", "а", FEMN, "accs", 3),
    _ending(f"{_OV}ым", "", MASC, "ablt", 3),
    _ending(f"{_OV}е", "", MASC, "loct", 2),
    _ending(f"{_OV}(?:ой|ою)", "а", FEMN, "gent datv ablt loct", 3),
    # Вольский, Вольская; Толстой, Белый
    _ending(f"{_SK}ий", "ий", MASC, "nomn", 3),
    _ending(f"{_SK}ого", "ий", MASC, "gent accs", 3),
    _ending(f"{_SK}ому", "ий", MASC, "datv", 3),
    _ending(f"{_SK}им", "ий", MASC, "ablt", 3),
    _ending(f"{_SK}ом", "ий", MASC, "loct", 2),
    _ending(f"{_SK}ой", "ая", FEMN, "gent datv ablt loct", 3),
    _ending(f"{_ADJ}ый", "", MASC, "nomn", 1),
    _ending(f"{_ADJ}(?<![оеиы][вн])ой", "", MASC, "nomn", 1),
    _ending(f"{_ADJ}ой", "", MASC, "nomn", 0.2),  # «Хасановой» is hardly a man
    _ending(f"{_ADJ}ого", "ый", MASC, "gent accs", 2),
    _ending(f"{_ADJ}ому", "ый", MASC, "datv", 2),
    _ending("(.*[ое]в)ого", "ой", MASC, "gent accs", 2.2),
    _ending("(.*[ое]в)ому", "ой", MASC, "datv", 2.2),
    _ending(f"{_ADJ}ого", "ой", MASC, "gent accs", 0.5),
    _ending(f"{_ADJ}ому", "ой", MASC, "datv", 0.5),
    _ending(f"{_ADJ}ым", "ый", MASC, "ablt", 1),
    _ending("(.*[гкх])ий", "ий", MASC, "nomn", 1),
    _ending("(.*[гкх])ого", "ий", MASC, "gent accs", 1),
    _ending("(.*[гкх])ому", "ий", MASC, "datv", 1),
    _ending("(.*)ая", "ая", FEMN, "nomn", 3),
    _ending("(.*)яя", "яя", FEMN, "nomn", 3),
    _ending("(.*)ую", "ая", FEMN, "accs", 3),
    _ending("(.*)юю", "яя", FEMN, "accs", 3),
    _ending(f"{_ADJ}ой", "ая", FEMN, "gent datv ablt loct", 0.8),
    # Завгородний, Завгородняя
    _ending("(.*н)ий", "ий", MASC, "nomn", 1.5),
    _ending("(.*н)его", "ий", MASC, "gent accs", 2),
    _ending("(.*н)ему", "ий", MASC, "datv", 2),
    _ending("(.*н)им", "ий", MASC, "ablt", 1),
    _ending("(.*н)(?:ей|ею)", "яя", FEMN, "gent datv ablt loct", 2),
    # Романчук, Мельник: a man's declines, a woman's does not
    _ending("(.*[бвгджзклмнпрстфхцчшщ])", "", MASC, "nomn", 2),
    _ending("(.*[бвгджзклмнпрстфхцчшщ])", "", FEMN, "nomn gent datv accs ablt loct", 2),
    _ending("(.*[ьй])", "", MASC, "nomn", 1.5),
    _ending("(.*(?:ь|[аеуюяэё]й))", "", FEMN, "nomn gent datv accs ablt loct", 1.2),
    _ending(f"{_HARD}а", "", MASC, "gent accs", 1.5),
    _ending(f"{_HARD}у", "", MASC, "datv", 1.5),
    _ending(f"{_HARD}(?:ом|ем)", "", MASC, "ablt", 1.5),
    _ending(f"{_HARD}е", "", MASC, "loct", 0.8),
    _ending("(.*[бвгджзклмнпрстфх])ца", "ец", MASC, "gent accs", 1.8),
    _ending("(.*[бвгджзклмнпрстфх])цу", "ец", MASC, "datv", 1.8),
    _ending("(.*[бвгджзклмнпрстфх])ц[ео]м", "ец", MASC, "ablt", 1.8),
    _ending("(.*[бвгджзлмнпрстф])ка", "ок", MASC, "gent accs", 1.8),
    _ending("(.*[бвгджзлмнпрстф])ку", "ок", MASC, "datv", 1.8),
    _ending("(.*[бвгджзклмнпрстфхчшщ])я", "ь", MASC, "gent accs", 1.5),
    _ending("(.*[бвгджзклмнпрстфхчшщ])ю", "ь", MASC, "datv", 1.5),
    _ending("(.*[бвгджзклмнпрстфхчшщ])ем", "ь", MASC, "ablt", 0.8),
    _ending("(.*[аеоуияюэё])я", "й", MASC, "gent accs", 1.2),
    _ending("(.*[аеоуияюэё])ю", "й", MASC, "datv", 1.2),
    # Сорока, Лихолетя: both genders
    _ending(f"{_STEM}а", "а", MASC, "nomn", 1.2),
    _ending(f"{_STEM}а", "а", FEMN, "nomn", 1.3),
    _ending(f"{_STEM}у", "а", MASC, "accs", 1),
    _ending(f"{_STEM}у", "а", FEMN, "accs", 1.2),
    _ending("(.*[бвдзлмнпрстфц])ы", "а", FEMN, "gent", 1),
    _ending("(.*[гкхжчшщ])и", "а", FEMN, "gent", 0.8),
    _ending(f"{_HARD}е", "а", FEMN, "datv loct", 1),
    _ending(f"{_HARD}е", "а", MASC, "datv", 0.9),
    _ending(f"{_HARD}[ое]й", "а", FEMN, "ablt", 0.7),
    _ending(f"{_STEM}я", "я", MASC, "nomn", 1),
    _ending(f"{_STEM}я", "я", FEMN, "nomn", 1.1),
    _ending(f"{_STEM}ю", "я", FEMN, "accs", 1),
    # Петренко, Черных, Гурцкая, Кикнадзе: never change
    *(_ending(f"(.*(?:{_NEVER}))", "", g, " ".join(sorted(ALL)), 3) for g in (MASC, FEMN)),
    *(_ending("(.*[оэиу]а|.*о)", "", g, " ".join(sorted(ALL)), 1.5) for g in (MASC, FEMN)),
    *(_ending("(.*[эеуюыи])", "", g, " ".join(sorted(ALL)), 0.4) for g in (MASC, FEMN)),
)
_FIXED = re.compile(f"(?:{_NEVER})$")


@lru_cache(maxsize=20_000)
def surname_readings(surface: str) -> tuple[Reading, ...]:
    """Every way to read a surname, the best first; letters in the case of ``surface`` (capitals become «Иванов»)."""
    if re.search("[-‐‑]", surface):
        return _double(surface)
    low = surface.lower()
    found: dict[tuple[str, str], Reading] = {}
    for reading in (*_by_ending(low), *_by_dictionary(low)):
        key = (reading.nominative, reading.gender)
        old = found.get(key)
        cases = reading.cases | old.cases if old else reading.cases
        weight = max(reading.weight, old.weight) if old else reading.weight
        found[key] = Reading(reading.nominative, reading.gender, cases, weight)
    shown = (r._replace(nominative=_show(r.nominative, surface)) for r in found.values())
    return tuple(sorted(shown, key=lambda r: (-r.weight, r.nominative, r.gender)))


def _show(nominative: str, surface: str) -> str:
    return nominative[:1].upper() + nominative[1:] if surface.isupper() else like(nominative, surface)


def _by_ending(low: str) -> list[Reading]:
    found = []
    for ending in _ENDINGS:
        match = ending.pattern.fullmatch(low)
        if match and len(match[1]) >= 2:
            nominative = low if not ending.restored and ending.cases >= {"nomn"} else match[1] + ending.restored
            bonus = (1.5 if _known(nominative, ending.gender) else 0) - (3 if _FIXED.search(low) and nominative != low else 0)
            found.append(Reading(nominative, ending.gender, ending.cases, ending.weight + bonus))
    return found or [Reading(low, g, ALL, 1.0) for g in (MASC, FEMN)]


@lru_cache(maxsize=20_000)
def _known(nominative: str, gender: str) -> bool:
    return any(p.known and "Surn" in p.marks and p.case == "nomn" and p.gender in (gender, "") for p in parses(nominative))


def _by_dictionary(low: str) -> list[Reading]:
    """Known surnames and words with fleeting vowels: «Кравцу» → Кравец, «Соловья» → Соловей, «Полевому» → Полевой."""
    found = []
    for p in parses(low):
        mark = "Surn" if "Surn" in p.marks else p.pos
        if p.known and p.case != "loct" and mark in ("Surn", "NOUN", "ADJF") and p.number == "sing" and p.gender in (MASC, FEMN):
            nominative = inflect(low, frozenset({"nomn", "sing", p.gender}), frozenset({mark, p.gender, p.case, "sing"}))
            if nominative and not re.search(r"(?:ов|ев|ин|ын)ая$", nominative):
                found.append(Reading(nominative, p.gender, frozenset({p.case}), 2.6 if mark == "ADJF" else 2.5))
                if mark == "NOUN" and p.gender == FEMN:  # «Синица», «Сорока»: a man may be called so
                    found.append(Reading(nominative, MASC, frozenset({p.case}), 2.3))
    return found


def _double(surface: str) -> tuple[Reading, ...]:
    """«Салтыковой-Щедриной»: both parts agree, or the first never changes («Тер-Петросяну»)."""
    head, tail = re.split("[-‐‑]", surface, maxsplit=1)
    found = []
    for last in surname_readings(tail):
        fits = [f for f in surname_readings(head) if f.gender == last.gender and f.cases & last.cases] if len(head) > 3 else []
        for first in fits[:3]:
            weight = (first.weight + last.weight) / 2
            found.append(Reading(f"{first.nominative}-{last.nominative}", last.gender, first.cases & last.cases, weight))
        if not fits:
            found.append(Reading(f"{_show(head.lower(), head)}-{last.nominative}", last.gender, last.cases, last.weight - 0.5))
    return tuple(sorted(found, key=lambda r: (-r.weight, r.nominative, r.gender)))


# Given names and patronymics

_PATRONYMIC_CASES = (
    (re.compile(r"(.*ич)$"), "", MASC, "nomn"),
    (re.compile(r"(.*ич)а$"), "", MASC, "gent accs"),
    (re.compile(r"(.*ич)у$"), "", MASC, "datv"),
    (re.compile(r"(.*ич)ем$"), "", MASC, "ablt"),
    (re.compile(r"(.*ич)е$"), "", MASC, "loct"),
    (re.compile(r"(.*н)а$"), "а", FEMN, "nomn"),
    (re.compile(r"(.*н)ы$"), "а", FEMN, "gent"),
    (re.compile(r"(.*н)е$"), "а", FEMN, "datv loct"),
    (re.compile(r"(.*н)у$"), "а", FEMN, "accs"),
    (re.compile(r"(.*н)(?:ой|ою)$"), "а", FEMN, "ablt"),
)


def patronymic_reading(surface: str) -> Reading | None:
    """«Викторовну» → Викторовна, a woman, accusative; None where it is no patronymic."""
    low = surface.lower()
    for pattern, restored, gender, cases in _PATRONYMIC_CASES:
        match = pattern.match(low)
        if match:
            return Reading(_show(match[1] + restored, surface), gender, frozenset(cases.split()), 3)
    return None


def given_nominative(surface: str, gender: str | None, cases: frozenset[str]) -> str:
    """The nominative of a given name whose case and gender are known from its patronymic."""
    low = surface.lower()
    for p in parses(low):
        if "Name" in p.marks and p.case in cases and p.number == "sing" and gender in (None, p.gender):
            form = inflect(low, frozenset({"nomn", "sing"}), frozenset({"Name", p.case, p.gender, "sing"}))
            if form:
                return _show(form, surface)
    fits = [r for r in surname_readings(surface) if gender in (None, r.gender) and r.cases & cases]
    return fits[0].nominative if fits else _show(low, surface)
