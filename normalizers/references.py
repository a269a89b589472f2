"""Acts that a text names: kind, number, date, issuer, title. An act without a number and a date is none."""

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date

from lexicon import load
from normalizers.dates import read_date
from normalizers.deadlines.words import MONTH_NAMES
from normalizers.nominative import nominative
from normalizers.quotes import QUOTED
from schemas.contract import Reference, ReferenceKind

_KINDS = [(k["kind"], re.compile(k["pattern"], re.IGNORECASE)) for k in load("references")["kinds"]]
_ANY_KIND = re.compile("|".join(rf"(?<![\w-])(?:{k['pattern']})(?![\w-])" for k in load("references")["kinds"]), re.IGNORECASE)
_SPELLED_DATE = rf"[«\"]?\s*\d{{1,2}}\s*[»\"]?\s*(?:{MONTH_NAMES})\s+\d{{4}}"
_DATE = rf"(?:{_SPELLED_DATE}|\d{{1,2}}\s?\.\s?\d{{1,2}}\s?\.\s?\d{{4}}|\d{{1,2}}\.\d{{1,2}}\.\d{{2}}(?!\d))\s*(?:г\.|года|год|г(?!\w))?"


def _numbered(group: str) -> str:
    """«№ 01-08/276-осн», «N 5»: the number in a named group."""
    letters = r"[\dА-Яа-яЁёA-Za-z]"
    return rf"(?:№+|N(?=\s?\d)|N(?=\s?[А-ЯЁ]{{1,3}}-\d))\s*(?P<{group}>{letters}*(?:(?:\s?[-–/]\s?|\.){letters}+(?:\([^)]*\))?)*)"


_LAW_NUMBER = r"(?P<law>\d{1,4}\s?-\s?(?:ФЗ|ФКЗ|ОЗ|КЗ|З|РЗ|ЗО|ЗРК|НЗ|I+|кз|оз|ФЗ))"
_PLACE = re.compile(
    rf"от\s+(?P<date>{_DATE})\s*(?:,|\()?\s*(?:{_numbered('number')})?"
    rf"|{_numbered('number_b')}\s*,?\s*от\s+(?P<date_b>{_DATE})"
    rf"|(?:№\s*)?{_LAW_NUMBER}(?:\s+от\s+(?P<date_c>{_DATE}))?",
)
_NUMBER_ONLY = re.compile(r"\s*(?:[А-Яа-яЁё«»\"().-]+\s+){0,8}?" + _numbered("number"))
_AGAIN = re.compile(
    rf"\s*(?:,|;|и|,\s*и)\s*(?:от\s+(?P<date>{_DATE})\s*,?\s*)?{_numbered('number')}|\s*(?:,|;|и)\s*от\s+(?P<date_b>{_DATE})"
)
_TITLE = re.compile(r"\s*,?\s*[«\"“„](?P<title>(?:[^«»\"“”„]|«[^»]*»|„[^„“”]*“)+)[»\"”“]")
_SENTENCE = re.compile(r"\.\s+(?=[А-ЯЁ])(?<!г\.\s)(?<!ст\.\s)(?<!п\.\s)|\n\n")
_INSTITUTION = re.compile(r"СОШ|ООШ|ОШ|школ|гимнази|лице|сад|ДОУ|прилож|класс|пункт|\bп\.", re.IGNORECASE)


def find_references(text: str) -> list[Reference]:
    """Every act that the text names with a number or a date, each once."""
    return merge_references(_all(text))


def _all(text: str) -> Iterator[Reference]:
    masked = QUOTED.sub(_mask, text)
    hits = list(_ANY_KIND.finditer(masked))
    for index, hit in enumerate(hits):
        stop = hits[index + 1].start() if index + 1 < len(hits) else len(text)
        stop = min(stop, hit.end() + 500)
        sentence = _SENTENCE.search(masked, hit.end(), stop)
        yield from _act(text, masked, hit, sentence.start() + 1 if sentence else stop)


def _mask(match: re.Match[str]) -> str:
    """Words in quotation marks are a title, not a place of acts; « 04 » is a day and stays."""
    return match[0] if re.fullmatch(r"\W*\d{1,2}\W*", match[0]) else "«" + "_" * (len(match[0]) - 2) + "»"


def _kind(word: str) -> ReferenceKind:
    return ReferenceKind(next(name for name, pattern in _KINDS if pattern.fullmatch(word)))


def _act(text: str, masked: str, hit: re.Match[str], stop: int) -> Iterator[Reference]:
    kind = _kind(hit[0])
    place = _PLACE.search(masked, hit.end(), stop)
    if place is None:
        place = _bare_number(masked, hit, stop) if kind is not ReferenceKind.PROGRAM else None
    if place is None or (kind is ReferenceKind.PROGRAM and place.start() - hit.end() > 2):
        return
    number, date = _number(place), _date(place)
    if number is None and date is None:
        return
    between = text[hit.end() : place.start() if place.re is _PLACE else place.start("number")].rstrip(" №N")
    inner = _TITLE.search(between)
    title = _TITLE.match(text, place.end())
    end = title.end() if title else place.end()
    name = title["title"] if title else (inner["title"] if inner else None)
    issuer = _issuer(between[: inner.start()] if inner else between)
    yield _reference(kind, number, date, issuer, name, text[hit.start() : end])
    yield from _series(text, masked, hit, place, issuer, stop)


def _series(text: str, masked: str, hit: re.Match[str], place: re.Match[str], issuer: str | None, stop: int) -> Iterator[Reference]:
    """«приказы … от 01.02.2020 № 5, от 03.03.2020 № 7»: more acts of the kind."""
    position, kind = place.end(), _kind(hit[0])
    title = _TITLE.match(text, position)
    position = title.end() if title else position
    while again := _AGAIN.match(masked, position, stop):
        number, date = _number(again), _date(again)
        if number is None and date is None:
            return
        title = _TITLE.match(text, again.end())
        end = title.end() if title else again.end()
        printed = f"{hit[0]} {text[again.start() : end].strip(' ,;')}"
        yield _reference(kind, number, date, issuer, title["title"] if title else None, re.sub(r"(?<=\s)и\s+(?=от|№)", "", printed))
        position = end


def _bare_number(masked: str, hit: re.Match[str], stop: int) -> re.Match[str] | None:
    """«приказ министерства № 306»; a number of a school or an annex is none."""
    found = _NUMBER_ONLY.match(masked, hit.end(), stop)
    if found is None or _INSTITUTION.search(masked[hit.end() : found.end()]):
        return None
    return found


def _group(match: re.Match[str], *names: str) -> str | None:
    groups = match.groupdict()
    return next((groups[n] for n in names if groups.get(n)), None)


def _number(match: re.Match[str]) -> str | None:
    printed = _group(match, "number", "number_b", "law")
    if not printed or not re.search(r"\d", printed):
        return None
    return re.sub(r"\s*([-–/.])\s*", r"\1", printed).strip(" .") or None


def _date(match: re.Match[str]) -> Date | None:
    printed = _group(match, "date", "date_b", "date_c")
    return read_date(printed).date if printed else None


def _issuer(between: str) -> str | None:
    """«министерства образования края » → «Министерство образования края»; None where nobody is named."""
    bare = re.sub(r"\s+", " ", re.sub(r"\((?:далее|с изм)[^)]*\)", "", between)).strip(' ,.:;–—-«»"(')
    if not re.search(r"[А-Яа-яЁё]{2}", bare) or len(bare) > 250 or re.match(r"(?:о|об|по|в|на|утвержд\w+|из|и)\s", bare, re.IGNORECASE):
        return None
    bare = re.sub(r"^(?:внеочередного\s+|очередного\s+)?(?:заседани[яй]|совещани[яй])\s+(?=[а-яё])(?!при\s)", "", bare)
    if re.fullmatch(r"(?:заседани|совещани)\w+", bare):
        return None  # «протокола совещания от 12.05.2023 № 3»: it does not say whose
    found = nominative(bare, frozenset({"gent"}))
    return found[:1].upper() + found[1:]


def _reference(
    kind: ReferenceKind, number: str | None, date: Date | None, issuer: str | None, title: str | None, printed: str
) -> Reference:
    text = re.sub(r"\s+", " ", printed).strip(" ,;")
    name = re.sub(r"\s+", " ", title).strip() if title else None
    return Reference(kind=kind, number=number, date=date, issuer=issuer, title=name or None, text=text)


def merge_references(refs: Iterable[Reference]) -> list[Reference]:
    """Each act once: same number and date, or the same number or date where the other is not printed."""
    merged: list[Reference] = []
    for ref in refs:
        index = next((i for i, old in enumerate(merged) if _same(old, ref)), None)
        if index is None:
            merged.append(ref)
        else:
            merged[index] = _fuller(merged[index], ref)
    return merged


def _same(a: Reference, b: Reference) -> bool:
    numbers = {n.lower().replace(" ", "") for n in (a.number, b.number) if n}
    dates = {d for d in (a.date, b.date) if d}
    if len(numbers) > 1 or len(dates) > 1:
        return False
    both = (a.number and b.number) or (a.date and b.date)
    if a.number and b.number and a.date and b.date:
        return True
    return bool(both) and a.kind == b.kind


def _fuller(a: Reference, b: Reference) -> Reference:
    first, second = (b, a) if (not a.date and b.date) or (not a.number and b.number) else (a, b)
    update = {f: getattr(second, f) for f in ("number", "date", "issuer", "title") if getattr(first, f) is None}
    return first.model_copy(update=update)
