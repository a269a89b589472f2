"""Numbers of rows, sections and items: «3.2.1.», «1)», «II.», «Раздел 2.», «а)».

A number is kept as printed without its final full stop: «1.» → «1», «1)» stays «1)».
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.layouts.grid import fold
from lexicon import load

ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# Cyrillic letters that stand for Roman figures in real files: «ІІ», «Х», «УІ» is left alone
_LOOK_ALIKES = str.maketrans({"І": "I", "Х": "X", "Ⅰ": "I", "С": "C", "1": "I", "l": "I"})

_ROMAN = r"[IVXІХ]{1,7}"
_DECIMAL = re.compile(r"(?P<n>\d{1,3}(?:\.\d{1,3})*)(?P<end>\.\)|[.)]|(?=\s|$))")
_CELL_NUMBER = re.compile(
    r"^(?:№\s*)?(?P<n>(?:п\.\s*)?\d{1,4}(?:\.\d{1,3})*\.?[а-яa-z]?\)?(?:\s*[-–—,]\s*\d{1,4}(?:\.\d{1,3})*)*|"
    + _ROMAN
    + r"(?:\.\d{1,3})*\)?|[А-Яа-я]\))\.?$"
)


@dataclass(frozen=True)
class Label:
    """A number before a title: its kind, its ordinals, and how many characters it takes."""

    kind: str  # decimal, roman, letter, a section word («раздел»), or bare, month, quarter, year
    ordinals: tuple[int, ...]
    printed: str  # «3.2.1», «II», «Раздел 2»; without the final full stop
    rest: str  # the text after it


@cache
def words() -> dict[str, Any]:
    """The lexicon of tables."""
    return load("tables")


def roman(text: str) -> int:
    """Value of a Roman number, 0 where it is none."""
    values = [ROMAN_VALUES.get(c, 0) for c in text.upper().translate(_LOOK_ALIKES)]
    if not values or 0 in values:
        return 0
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def cell_number(text: str) -> str | None:
    """The number that a number cell prints, or null where it prints something else («январь», «-»)."""
    found = _CELL_NUMBER.match(" ".join(text.split()))
    if not found:
        return None
    return re.sub(r"(?<=\d)\s*\.$", "", found["n"]).rstrip(".")


def ordinals(number: str | None) -> tuple[int, ...]:
    """«3.2.1» → (3, 2, 1); «II» → (2,); «26 – 27» → (27,); what is no number → ()."""
    if not number:
        return ()
    parts = re.findall(r"\d+(?:\.\d+)*", number)
    if parts:
        return tuple(int(p) for p in parts[-1].split("."))
    value = roman(number.rstrip(".)"))
    return (value,) if value else ()


def _looks_like_date(number: str, rest: str) -> bool:
    """«01.09. День знаний», «10.12.2021 – слёт» are days, not numbers."""
    parts = number.split(".")
    return any(p.startswith("0") for p in parts) or any(int(p) > 99 for p in parts) or bool(re.match(r"[-–—]\s*\d", rest))


def typed_number(text: str) -> tuple[str, str] | None:
    """«1.1. Разработка плана» → («1.1», «Разработка плана»); null where the text begins with no item number."""
    found = _DECIMAL.match(text)
    if not found:
        return None
    rest = text[found.end() :].lstrip(" .\n\t")
    if not rest or _looks_like_date(found["n"], rest):
        return None
    end = found["end"]
    if not end and ("." not in found["n"] or not re.match(r"[«\"„А-ЯЁA-Z]", rest)):
        return None  # «9 классы», «2.5 тысячи»
    if end == "." and not found["n"].count(".") and re.match(r"\d", rest):
        return None
    return found["n"] + (")" if ")" in end else ""), rest


def _section_word(text: str) -> Label | None:
    """«Раздел 2. Кадры», «Направление № 1: …», «РАЗДЕЛ II»."""
    for word in words()["section_words"]:
        found = re.match(rf"(?i){word}\s*№?\s*(?P<n>\d{{1,2}}(?:\.\d{{1,2}})*|{_ROMAN})\s*(?P<end>[.:)–—-]|\s|$)\s*", text)
        if found:
            rest = text[found.end() :].lstrip(" .:–—-")
            return Label(word, ordinals(found["n"]), text[: found.end("n")] if rest else "", rest or text)
    return None


def _word_after_number(text: str) -> Label | None:
    """«II раздел. Кадры», «1 этап – Подготовка»; «I этап подготовки» keeps its words."""
    for word in words()["section_words"]:
        ordinal = rf"(?i)(?P<n>\d{{1,2}}|{_ROMAN})(?:-?[ыоа]?[йея])?"
        found = re.match(rf"{ordinal}\s+{word}\b\s*[.:–—-]?\s*(?P<rest>.*)", text, re.DOTALL)
        if found:
            rest = found["rest"] if re.match(r"[А-ЯЁ«\"]", found["rest"]) else text
            return Label(word, ordinals(found["n"]), text[: found.start("rest")].strip(" .:–—-") if rest != text else "", rest)
    return None


def _period_row(text: str) -> str | None:
    """«СЕНТЯБРЬ», «I квартал», «2023 год»: a row that names when."""
    folded = fold(text)
    if len(folded) > 60:
        return None
    return next((kind for kind in ("month", "quarter", "year", "span") if re.match(words()[f"{kind}_row"], folded)), None)


def section_label(text: str) -> Label:
    """The number before a section's title; kind ``bare`` where there is none."""
    if period := _period_row(text):
        return Label(period, (), "", text)
    if found := _section_word(text) or _word_after_number(text):
        return found
    if typed := typed_number(text):
        return Label("decimal", ordinals(typed[0]), typed[0], typed[1])
    match = re.match(rf"(?P<n>{_ROMAN})(?P<end>[.)]+|\s)\s*(?P<rest>\S.*)", text, re.DOTALL)
    if (
        match
        and roman(match["n"])
        and not re.match(words()["period_word"], fold(match["rest"]))
        and (match["end"].strip() or match["rest"][0].isupper())
    ):
        return Label("roman", (roman(match["n"]),), match["n"], match["rest"])
    match = re.match(r"(?P<n>[А-Яа-я])\)\s*(?P<rest>\S.*)", text, re.DOTALL)
    if match:
        return Label("letter", (ord(match["n"].lower()),), match["n"] + ")", match["rest"])
    return Label("bare", (), "", text)


def number_label(number: str, title: str) -> Label:
    """The label of a section row whose number («3.1», «II», «Раздел 2») stands in a cell of its own."""
    worded = section_label(f"{number}. {title}")
    if worded.kind in words()["section_words"]:
        return Label(worded.kind, worded.ordinals, number, title)
    if re.match(rf"^{_ROMAN}$", number):
        return Label("roman", (roman(number),), number, title)
    if re.match(r"^[А-Яа-я]\)$", number):
        return Label("letter", (ord(number[0].lower()),), number, title)
    return Label("decimal", ordinals(number), number, title)
