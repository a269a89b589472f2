"""Repair of what OCR garbles, in one place, before anything looks at the text; the raw reading is kept beside it.

A rule sees a word with its neighbours on the line and answers with the right reading, or has no opinion. What is not sure stays.
"""

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.reading.page import Word
from extractors.reading.pages.lines import rows_of
from extractors.reading.repair import repair_lookalikes
from extractors.reading.repair_terms import counts_terms, glued_term, numerals_of
from lexicon import load
from lexicon.words import is_word

_FAR = 6.0  # font sizes: a gap so wide parts two columns, and what stands beyond is no neighbour

_DIRT = 0.6  # confidence below which a sign of dirt is no sign


@dataclass(slots=True)
class Place:
    """Where a word stands: its neighbours on the line ("" at its ends), the item number and the item letter that opened a line before."""

    before: str
    after: str
    words_after: int = 0
    last_item: str = ""
    last_letter: str = ""
    of_law: bool = False  # the word «закон» stands before on this line or on the one above
    of_terms: bool = False  # numerals go on up to a word that they count: «I», «–», «IV», «кварталы»


_AFTER_LETTER = {("а)", "6)"): "б)", ("б)", "8)"): "в)", ("ж)", "3)"): "з)"}

Rule = Callable[[str, Place], str | None]


def repair_words(words: list[Word]) -> list[Word]:
    """The words of a page, those repaired with their reading in ``raw``; strokes read as signs are taken away."""
    changed: dict[int, list[Word]] = {}
    item = letter = above = ""
    for line in lines_of(words):
        for i, word in enumerate(line):
            after = line[i + 1].text if i + 1 < len(line) else ""
            before = line[i - 1].text if i else ""
            so_far = above + " ".join(w.text for w in line[:i])
            of_terms = counts_terms([w.text for w in line[i + 1 :]])
            place = Place(before, after, len(line) - i - 1, item, letter, "закон" in so_far.lower(), of_terms)
            changed[id(word)] = _repaired(word, place)
            opening = "" if i else "".join(w.text for w in changed[id(word)])
            if opened := re.match(r"\d+(?:\.\d+)*[.)]", opening):
                item, letter = opened[0], ""
            elif re.fullmatch(r"[а-я]\)", opening):
                letter = opening
        above = " ".join(w.text for w in line) + " "
    return _unspaced([new for word in words for new in changed[id(word)]])


def _unspaced(words: list[Word]) -> list[Word]:
    """«пр», «иказываю:» → «приказываю:»: a word set with wide spacing, cut anywhere."""
    out: list[Word] = []
    for word in words:
        whole = out[-1].text + word.text if out else ""
        if whole.strip(":.,").lower() in _words_for()["spaced"]["words"]:
            word = copy(word)
            word.raw = f"{out.pop().text} {word.raw or word.text}"
            word.text = whole
        out.append(word)
    return out


def lines_of(words: list[Word]) -> list[list[Word]]:
    """Words of one line and one column together."""
    out: list[list[Word]] = []
    for row in rows_of(words):
        line = [row.words[0]]
        for before, word in zip(row.words, row.words[1:], strict=False):
            if word.x0 - before.x1 > _FAR * 0.25 * max(row.size, 1):
                out.append(line)
                line = []
            line.append(word)
        out.append(line)
    return out


def _repaired(word: Word, place: Place) -> list[Word]:
    text = _repair(word.text, place)
    if word.confidence is not None and word.confidence < _DIRT and set(text) <= set(_words_for()["strokes"]["dirt"]):
        return []
    if not text:
        return [] if len(word.text) < 3 else [word]
    if text == word.text:
        return _parted(word)
    new = copy(word)
    new.text, new.raw = text, word.text
    return _parted(new)


def _repair(text: str, place: Place) -> str:
    for rule in RULES:
        answer = rule(text, place)
        if answer is not None:
            text = answer
    return text


@cache
def _words_for() -> dict[str, Any]:
    return load("ocr")


def strokes(text: str, place: Place) -> str | None:
    """«|Е.К. Ветров» → «Е.К. Ветров»: the stroke is a rule's."""
    return text.strip(_words_for()["strokes"]["signs"])


def quotes(text: str, place: Place) -> str | None:
    """«<<Точка роста>>» → ««Точка роста»»."""
    for wrong, right in _words_for()["quotes"].items():
        text = text.replace(wrong, right)
    return text


def lookalikes(text: str, place: Place) -> str | None:
    """«MБOУ» → «МБОУ»."""
    return repair_lookalikes(text).text


def numero(text: str, place: Place) -> str | None:
    """«N2 939», «Ме 12» → «№ 939», «№ 12»; «N2939» stays, since the 2 may be a figure."""
    words, numbered = _words_for()["numero"], place.after[:1].isdigit()
    if (text in words["always"] and (numbered or len(text) > 1)) or (text in words["before_number"] and numbered):
        return "№"
    return None


def rank(text: str, place: Place) -> str | None:
    """«№ п/л» → «№ п/п»."""
    readings = _words_for()["numero"]["rank"]
    if text in readings and place.before in ("№", ""):
        return "п/п" if place.before or "/" in text else None
    return "№п/п" if text.startswith("№") and text[1:] in readings else None


def roman(text: str, place: Place) -> str | None:
    """«П. Мероприятия по…» → II; «Ш квартал» → III; «П. Иванов» and a «П» in a sentence stay."""
    found = re.fullmatch(r"([А-Я1]{1,2})([.)]?)", text)
    words = _words_for()["roman"]
    if found is None or found[1] not in words["readings"]:
        return None
    after = place.after.strip(".,;:")
    heads = not place.before and found[2] and place.words_after > 1 and len(after) > 3 and after[:1].isupper() and is_noun(after)
    return words["readings"][found[1]] + found[2] if heads or after.lower() in words["before"] else None


def terms(text: str, place: Place) -> str | None:
    """«Т квартал» → I, «П-Ш кварталы» → II-III, «Т – ТУ кварталы» → I – IV."""
    return numerals_of(text) if place.of_terms else None


def is_noun(text: str) -> bool:
    """A word of the dictionary that is no surname: surnames end like «-ова», «-ин», «-ко»."""
    return is_word(text) and not re.search(r"(?:ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ский|цкий|ская|цкая|ко|ук|юк|ян|дзе)$", text.lower())


def figures(text: str, place: Place) -> str | None:
    """«2О23» → 2023, «З1.12.2022» → 31.12.2022, «4.З.» → 4.3., «№ З» → № 3, «№ б,» → № 6: letters among figures."""
    if place.before == "№" and re.fullmatch(r"б[.,;:)»]*", text):
        return text.replace("б", "6")
    found = re.fullmatch(r"([«(]?)([\dЗО]+(?:[.,/-][\dЗО]+)*)([.,;:)»]*)", text)
    if found is None:
        return None
    digits = sum(c.isdigit() for c in found[2])
    letters = sum(c in "ЗО" for c in found[2])
    if text == "З" and place.after.lower().strip(".,;") in _months():
        return "3"
    if not letters or not (digits > letters or (digits == letters and len(found[2]) > 2) or place.before == "№"):
        return None
    return found[1] + found[2].replace("З", "3").replace("О", "0") + found[3]


@cache
def _months() -> frozenset[str]:
    return frozenset(form for forms in load("calendar")["months"].values() for form in forms)


def law_number(text: str, place: Place) -> str | None:
    """«закон … № 88-03» → «№ 88-ОЗ»: a law of a region («областной», «окружной закон»); «приказ № 12-03» stays."""
    found = re.fullmatch(r"(\d{1,4}-)(?:03|0З|О3)([^\w]*)", text)
    return f"{found[1]}ОЗ{found[2]}" if found and place.of_law and place.before == "№" else None


def item_number(text: str, place: Place) -> str | None:
    """«З. Директору…», «З)обеспечить», «Зуобеспечить» at the head of a line after «2.», «2)»: item 3. «Т)обеспечить», «1Побеспечить»: 1.

    «З.З. Заключить» after «3.2.»: item 3.3; before a surname it is initials.
    """
    if place.before:
        return None
    if re.fullmatch(r"[\dЗ]{1,2}(?:\.[\dЗ]{1,2})+[.)]?", text) and is_noun(place.after.strip(".,;:")):
        number = text.replace("З", "3")
        return number if _follows(number, place.last_item) else None
    glued = re.fullmatch(r"(\d)[Пу]([а-яё]{4,}[,.;:]?)", text)
    if glued and is_word(glued[2].strip(",.;:")):
        return f"{glued[1]}){glued[2]}"
    found = re.match(r"З([.)])(?=$|[а-яё])", text)
    if found and place.last_item == f"2{found[1]}":
        return f"3{text[1:]}"
    if text.startswith("З") and place.last_item == "2)":
        rest = next((rest for rest in (text[2:], text[1:]) if text[1] in "у)" and is_word(rest.strip(",.;:"))), "")
        return f"3){rest}" if rest and not is_word(text.strip(",.;:")) else None
    stroke_item = re.match(r"[ТГ]{1,2}\)(?=[а-яё]{3})", text)
    return f"1){text[stroke_item.end() :]}" if stroke_item else None


def _follows(number: str, last: str) -> bool:
    """«3.3.» follows «3.2.» and «3.2.4.»."""
    parts, before = ([int(part) for part in re.findall(r"\d+", text)] for text in (number, last))
    depth = len(parts)
    return parts[:-1] == before[: depth - 1] and len(before) >= depth and parts[-1] == before[depth - 1] + 1


def initials(text: str, place: Place) -> str | None:
    """«3.Р. Тлеубаева», «О.3. Мирная», «0.В. Мирная»: a figure in initials is the letter it looks like; «3.3. Заключить» is a number."""
    found = re.match(r"([30А-ЯЁ])\.([30А-ЯЁ])\.(?!\d)", text)
    if found is None or not re.search(r"[30]", found[0]):
        return None
    surname = text[found.end() :] or place.after
    if not place.before and re.fullmatch(r"3\.3\.", found[0]) and (is_noun(surname) or _follows(found[0], place.last_item)):
        return None
    if not re.match(r"[А-ЯЁ][а-яё]{2}", surname) or (found[0].isdigit() and place.before):
        return None
    return found[0].replace("3", "З").replace("0", "О") + text[found.end() :]


def initials_stop(text: str, place: Place) -> str | None:
    """«Т.С: Белова» → «Т.С. Белова», «Белова Т.С..,» → «Белова Т.С.,»."""
    found = re.fullmatch(r"((?:[А-ЯЁ]\.){1,2})\.([,;])", text)
    if found:
        return found[1] + found[2]
    found = re.fullmatch(r"([А-ЯЁ]\.[А-ЯЁ]):", text)
    return f"{found[1]}." if found and re.match(r"[А-ЯЁ][а-яё]{2}", place.after) else None


def item_letter(text: str, place: Place) -> str | None:
    """«6)» after «а)» is «б)», «8)» after «б)» «в)», «3)» after «ж)» «з)»."""
    return None if place.before else _AFTER_LETTER.get((place.last_letter, text))


def year_mark(text: str, place: Place) -> str | None:
    """«2023 т.» → «2023 г.», «2023т.» → «2023г.»."""
    if re.fullmatch(r"(?:19|20)\d\d", place.before) and text in _words_for()["year"]["marks"]:
        return "г." + text[2:] if text[1:2] == "." else "г."
    glued = re.fullmatch(r"((?:19|20)\d\d)(?:т|r)\.(,?)", text)
    return f"{glued[1]}г.{glued[2]}" if glued else None


def schools(text: str, place: Place) -> str | None:
    """«руководители 00», «оо» → «ОО»; after a number or «:» 00 is a figure. «В(ООШ» → «В(с)ОШ»."""
    for wrong, right in _words_for()["schools"]["kinds"].items():
        text = text.replace(wrong, right)
    core = text.strip("(),.;")
    zeros = core in _words_for()["schools"]["zeros"] and re.search(r"[а-яёА-ЯЁ],?$", place.before)
    if core != "оо" and not zeros:
        return text
    return text.replace(core, "ОО")


RULES: tuple[Rule, ...] = (
    strokes,
    quotes,
    lookalikes,
    numero,
    rank,
    roman,
    terms,
    figures,
    law_number,
    item_number,
    item_letter,
    initials,
    initials_stop,
    year_mark,
    schools,
)
"""In the order in which they are asked; each sees what the one before left."""


def _parted(word: Word) -> list[Word]:
    """«снизкими» → «с», «низкими»; «вШНОР» → «в», «ШНОР». A word of the dictionary is one word."""
    if term := glued_term(word.text):
        return _cut(word, *term)
    head, tail = word.text[:1], word.text[1:]
    core = tail.strip(".,;:)»")
    known = len(core) > 3 and core[:1].islower() and is_word(core) and not is_word(head + core)
    if head not in _words_for()["glued"]["words"] or not (known or (head.islower() and re.fullmatch(r"[А-ЯЁ]{2,}", core))):
        return [word]
    return _cut(word, head, tail)


def _cut(word: Word, head: str, tail: str) -> list[Word]:
    """Two words, a blank between them; the second has the raw reading of both."""
    share = (word.x1 - word.x0) / (len(word.text) + 1)
    cut = word.x0 + share * (len(head) + 0.2)
    first, second = copy(word), copy(word)
    first.text, first.x1, first.raw = head, cut, None
    second.text, second.x0, second.raw = tail, cut + 0.2 * word.size, word.raw or word.text
    return [first, second]
