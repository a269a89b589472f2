"""Schools, kindergartens and other educational institutions: type, number, name, legal form; lists under one «№»."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lexicon import load
from schemas.contract import School

_LEX = load("schools")
_FORMS = "|".join(f.replace(" ", r"\s+") for f in sorted(_LEX["legal_forms"], key=len, reverse=True))
_TYPES = [(t["type"], re.compile(rf"(?:{t['pattern']})(?![А-Яа-яЁёA-Za-z])", re.IGNORECASE)) for t in _LEX["types"]]
_ANY = "|".join(f"(?:{t['pattern']})" for t in _LEX["types"])
_KINDS = "|".join(_LEX["kinds_of_schools"])  # «Средняя школа»: no name
_ITEM = re.compile(
    rf"(?<![А-Яа-яЁё(-])(?:(?P<form>(?-i:{_FORMS}))(?![А-Яа-яЁё])[\s‐‑–—-]*)?(?P<open>[«\"“]\s*)?"
    r"(?P<before>(?-i:[А-ЯЁ])[а-яё]+(?:[-–][А-ЯЁа-яё][а-яё]+)?(?:ск|цк)(?:ая|ой|ую|ий|ого|ому)\s+"
    rf"|(?!{_KINDS})(?-i:[А-ЯЁ])[а-яё]+(?:[-–][А-ЯЁа-яё][а-яё]+)?(?:ая|яя|ой|ей|ую|юю|ий|ый|ого|ому)\s+(?=(?-i:[СОН]?ОШ|В\s?\(С\))|(?:средн|основн|начальн)\w+\s))?"
    rf"(?P<type>{_ANY})(?![А-Яа-яЁёA-Za-z])",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<![А-Яа-яЁё(-])(?P<form>{_FORMS})(?![А-Яа-яЁё])(?P<open>)(?P<before>)(?P<type>)(?=\s*[«\"“]?\s*№)")
_NUMBERS = re.compile(
    r"\s*(?:[-–—]\s*)?[«\"“]?\s*(?:№+\s*|(?<=Ш)\s*|(?<=Ш\s))(?P<first>\d{1,4}(?:\s?[-–]\s?\d{1,3}|-?[а-я](?![а-яё]))?)(?!\.\d)"
)
_MORE = re.compile(
    r"\s*(?:,|;|и(?=\s|№)|,\s*и)\s*№*\s*(?P<number>\d{1,4}(?:-?[а-я](?![а-яё]))?)(?!\s*[-–]?\s*(?:класс|кл\.|человек|чел|год|%|балл))(?![\d.])"
)
_QUOTED = re.compile(r"\s*[»\"”]?\s*[«\"“]\s*(?P<name>[^«»\"“”]{2,100}?)\s*[»\"”]+")
_NAMED = re.compile(
    r"\s*[»\"”]?\s*,?\s*(?P<name>(?:им\.|имени)\s*[^,;()«»\"\n]*?(?:[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё-]+|[А-ЯЁ][а-яё-]+(?=\s*(?:[,;)»\"\n]|$))))"
)
_PLACE = re.compile(
    r"\s*(?P<name>(?:с|п|х|ст|д|г|пос|ст-ц[аы]|станиц[аы]|сел[ао]|хутора?|поселка?|пгт)(?:\.\s*|\s+)[А-ЯЁ][а-яё]+(?:[-–\s][А-ЯЁ][а-яё]+)*)"
)
_CLOSE = re.compile(r"\s*[»\"”]")


def read_school(text: str) -> School | None:
    """The first institution of a text, None where none is named."""
    return next(iter(read_schools(text)), None)


def read_schools(text: str) -> list[School]:
    """Every institution named, in order; «МБОУ СОШ № 2, 5 и гимназии № 1» is three. A class («школы») is none."""
    return list(_read(text))


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[School, ...]:
    found: list[School] = []
    position = 0
    while match := _next(text, position):
        schools, position = _one(text, match, found[-1] if found else None)
        found += schools
    return tuple(found)


def _next(text: str, position: int) -> re.Match[str] | None:
    hits = [m for m in (_ITEM.search(text, position), _BARE.search(text, position)) if m]
    return min(hits, key=lambda m: (m.start(), -m.end())) if hits else None


def _one(text: str, match: re.Match[str], last: School | None) -> tuple[list[School], int]:
    """The schools that one mention of a type names, and where reading goes on."""
    kind = _type(match)
    stop = match.end()
    number = _NUMBERS.match(text, stop)
    if number:
        stop = number.end()
    more = list(_more(text, stop)) if number else []
    name, stop_named = _name(text, match, stop if not more else more[0][1])
    if not number and (not name or (kind == "Школа" and not match["form"])):
        return [], match.end()
    if not more:
        stop = stop_named
        closing = _CLOSE.match(text, stop) if text[match.start() : stop].count("«") > text[match.start() : stop].count("»") else None
        stop = closing.end() if closing else stop
    form = re.sub(r"\s+", " ", match["form"]) if match["form"] else (last.legal_form if last and _joined(text, match) else None)
    first = School(
        text=text[match.start() : stop].strip(), type=kind, number=number["first"] if number else None, name=name, legal_form=form
    )
    rest = [School(text=_spelled(form, kind, n), type=kind, number=n, name=None, legal_form=form) for n, _ in more]
    return [first, *rest], (more[-1][1] if more else stop)


def _more(text: str, stop: int) -> Iterator[tuple[str, int]]:
    while found := _MORE.match(text, stop):
        stop = found.end()
        yield found["number"], stop


def _type(match: re.Match[str]) -> str | None:
    printed = match["type"]
    if not printed:
        return "ДОУ" if match["form"].endswith("ДОУ") else None
    return next((name for name, pattern in _TYPES if pattern.fullmatch(printed)), None)


def _name(text: str, match: re.Match[str], stop: int) -> tuple[str | None, int]:
    if match["before"]:
        return _adjective(match["before"].strip()), stop
    for pattern in (_QUOTED, _NAMED, _PLACE):
        found = pattern.match(text, stop)
        if found:
            return found["name"].strip(), found.end()
    return None, stop


def _adjective(word: str) -> str:
    """«(директору) Заречной СОШ» → «Заречная»: the nominative of a name that is an adjective."""
    for ending, nominative in ((r"(?:ой|ую)$", "ая"), (r"(?:ей|юю)$", "яя"), (r"(?<=[гкх])(?:ого|ому)$", "ий"), (r"(?:ого|ому)$", "ый")):
        if re.search(ending, word):
            return re.sub(ending, nominative, word)
    return word


def _joined(text: str, match: re.Match[str]) -> bool:
    """«МБОУ СОШ № 2 и гимназии № 1»: the legal form covers both."""
    return bool(re.search(r"(?:,|\bи)\s*$", text[: match.start()]))


def _spelled(form: str | None, kind: str | None, number: str) -> str:
    return " ".join(p for p in (form, kind, f"№ {number}") if p)
