"""Schools and other institutions named in a text: where each name begins and ends."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from lexicon import load


@dataclass(frozen=True)
class Mention:
    """An institution named in a text; ``text`` is complete («СОШ № 20» for the «20» of «СОШ № 4, 20»)."""

    text: str
    start: int
    end: int


@cache
def _words() -> dict[str, Any]:
    return load("pairings")


@cache
def _pattern() -> re.Pattern[str]:
    """Legal form, adjective, type, number, quoted name, place: at least a number, an adjective or a name."""
    words = _words()
    number = r"№+\s*\d+[а-я]?\b"
    adjective = r"[А-ЯЁ][а-яё-]+(?:ая|ой|ую|ий|ого|ому|им)"
    kind = rf"(?:{words['type']})"
    place = r"(?:с|п|ст|х|г|пос|дер|д|р\.\s?п|станицы|села|посёлка|поселка|деревни|хутора|города)\b\.?\s*[А-ЯЁ][а-яё-]+"
    opens, closes = r"[«\"„“]", r"[»\"“”]"
    name = rf"{opens}[А-ЯЁ][^»\"“”]{{1,40}}{closes}"
    after = r"(?:им\.|имени)\s+[А-ЯЁ][\w.]*(?:\s?[А-ЯЁ][\w.]*)*"
    return re.compile(
        rf"(?:(?:{words['legal_form']})\s*[-–—]?\s*)?{opens}?(?P<adj>{adjective}\s+)?{kind}{closes}?"
        rf"(?:\s*(?P<num>{number}))?{closes}?(?:\s+(?P<name>{name}))?(?:\s+(?P<place>{place}))?(?:\s+{after})?{closes}?"
    )


def find_institutions(text: str) -> list[Mention]:
    """Institutions with a number, a name or a place, in the order of the text; «школа-лидер» is none."""
    found: list[Mention] = []
    for hit in _pattern().finditer(text):
        if not (hit["num"] or hit["adj"] or hit["name"] or hit["place"]):
            continue
        end = _balanced(text, hit.start(), hit.end())
        found.append(Mention(text[hit.start() : end].strip(), hit.start(), end))
        if hit["num"]:
            found += _further_numbers(text, found[-1], hit.start("num"))
    return found


def _balanced(text: str, start: int, end: int) -> int:
    """Drop a closing quote that was not opened inside the name."""
    while (closed := _OPENERS.get(text[end - 1])) and text.count(text[end - 1], start, end) > text.count(closed, start, end):
        end -= 1
    return end


_OPENERS = {"»": "«", "“": "„"}


def _further_numbers(text: str, first: Mention, number_at: int) -> list[Mention]:
    """«СОШ № 4, 20 и № 36» names three schools."""
    found: list[Mention] = []
    position = first.end
    step = re.compile(r"\s*(?:,|и\b)\s*(?:№\s*)?(\d{1,3})(?!\s*(?:класс|год|г\b|-|\.\d|%|человек))\b")
    while hit := step.match(text, position):
        stem = text[first.start : number_at].rstrip(" №")
        found.append(Mention(f"{stem} № {hit[1]}", hit.start(1), hit.end()))
        position = hit.end()
    return found
