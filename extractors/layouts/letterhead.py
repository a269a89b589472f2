"""The head of an act: letterhead, kind word, date and number, place, title, preamble."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.layouts import marks
from extractors.lines import Line, joined
from schemas.contract import Kind
from schemas.raw import Claim, RawRecords, RawText

_TITLE = re.compile(r"^\W*(?:О|Об|Обо|Про)\s+\S|^\W*(?:О|Об)$", re.IGNORECASE)
_TITLE_LABEL = re.compile(r"^(?:Содержание|СОДЕРЖАНИЕ)\s*:\s*(?=(?:О|Об|о|об)\s)")
_NUMBER_CUT = re.compile(r"№\s*[\dА-Яа-яA-Za-z]+(?:[-–/.][\dА-Яа-яA-Za-z]+)*[-–/]$")
_NUMBER_REST = re.compile(r"[\dА-Яа-яA-Za-z]{1,6}(?:[-–/.][\dА-Яа-яA-Za-z]+)*$")
_NOTHING = re.compile(r"^[\W_]*$")


@dataclass
class _Head:
    """Lines of the head, dealt out."""

    letterhead: list[Line] = field(default_factory=list)
    small: list[Line] = field(default_factory=list)
    title: list[Line] = field(default_factory=list)
    preamble: list[Line] = field(default_factory=list)


def read_letterhead(lines: Sequence[Line], kind: Kind | None, records: RawRecords, lead_in: Line | None = None) -> None:
    """Read the head of an act with points.

    ``lines`` stand before the line of the operative word; ``lead_in`` is what stands before that word on its own
    line («Дума решила:», «…в 2023 году приказываю:») and always belongs to the preamble.
    """
    head = records.head
    lines = _with_whole_numbers([_without_label(piece, records) for line in lines for piece in _unfolded(line)], records)
    at, found = _kind_line(lines)
    head.kind = found or kind or Kind.OTHER
    dealt = _Head()
    title_from = _title_start(lines, at)
    for position, line in enumerate(lines[:title_from]):
        _deal_upper(line, position, at, dealt, records)
    _deal_lower(lines[title_from:], dealt, records)
    dealt.preamble += [lead_in] if lead_in else []
    _set_foreign_aside(dealt)
    head.issuer = joined(dealt.letterhead)
    head.title = joined(dealt.title)
    head.preamble = joined(dealt.preamble, "\n")
    _claim_head(dealt, records)


def _unfolded(line: Line) -> list[Line]:
    """«от 01.09.2015 \t ПРИКАЗ \t № 23»: the kind word between date and number on one line stands alone, first."""
    parts = [part.strip() for part in line.text.split("\t") if part.strip()]
    kind = next((i for i, part in enumerate(parts) if i and (hit := marks.kind_word(part)) and not hit[1]), None)
    if kind is None:
        return [line]
    ordered = [parts[kind], *parts[:kind], *parts[kind + 1 :]]
    return [Line(part, line.locator, line.paragraph, opens=i == 0) for i, part in enumerate(ordered)]


def _with_whole_numbers(lines: Sequence[Line], records: RawRecords) -> list[Line]:
    """«от 12.03.2024 № 01- \\ 08/276»: a number that was too wide for its cell."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if last and _NUMBER_CUT.search(last.words) and _NUMBER_REST.match(line.words):
            records.claims += [Claim(text=x.words, locator=x.locator, category="placed") for x in (last, line)]
            whole[-1] = replace(last, text=last.text.rstrip() + line.words)
        else:
            whole.append(line)
    return whole


def _set_foreign_aside(dealt: _Head) -> None:
    """A letterhead in two languages, side by side or one above the other: the Russian one names the issuer."""
    cells: dict[tuple[int | None, ...], list[Line]] = {}
    for line in dealt.letterhead:
        cells.setdefault((line.locator.table, line.locator.row, line.locator.column), []).append(line)
    russian = {key: sum(marks.russian_words(x.words) for x in lines) for key, lines in cells.items()}
    best = max(russian.values(), default=0)
    foreign = {id(x) for key, lines in cells.items() if key[0] is not None and russian[key] * 2 < best for x in lines}
    foreign |= {id(x) for x in dealt.letterhead if best and marks.FOREIGN_LETTER.search(x.words)}
    dealt.small += [x for x in dealt.letterhead if id(x) in foreign]
    dealt.letterhead = [x for x in dealt.letterhead if id(x) not in foreign]


def _kind_line(lines: Sequence[Line]) -> tuple[int, Kind | None]:
    for position, line in enumerate(lines):
        hit = marks.kind_word(line.words)
        if hit:
            return position, hit[0]
    return -1, None


def _title_start(lines: Sequence[Line], kind_at: int) -> int:
    """The first line that is title or preamble: «О принятии…», or what opens a preamble."""
    for position, line in enumerate(lines):
        if position <= kind_at:
            continue
        if kind_at < 0 and position == 0 and not _TITLE.match(line.words):
            continue
        if _TITLE.match(line.words) and not marks.is_address(line.words):
            return position
        if marks.opens_preamble(line.words) and (len(line.words) > 60 or position > kind_at + 1):
            return position
        if kind_at >= 0 and _is_free_title(line, position - kind_at):
            return position
    return len(lines)


def _is_free_title(line: Line, distance: int) -> bool:
    """A title that does not begin with «О»: long enough, and no date, number, place or letterhead line."""
    words = line.words
    if read_date_number(words) or marks.place(words) or marks.is_small(words) or marks.is_address(words):
        return False
    return distance >= 1 and len(words) > 40 and not line.caps


def _deal_upper(line: Line, position: int, kind_at: int, dealt: _Head, records: RawRecords) -> None:
    words = line.words
    if position == kind_at:
        hit = marks.kind_word(words)
        rest = hit[1] if hit else ""
        _claim(records, words[: len(words) - len(rest)], line)
        if rest and not _take_date_number(rest, line, records):  # «ПРИКАЗ ПО УПРАВЛЕНИЮ КУЛЬТУРЫ», «ПРИКАЗ О НАГРАЖДЕНИИ»
            (dealt.title if _TITLE.match(rest) else dealt.letterhead).append(Line(rest, line.locator, line.paragraph, opens=False))
        return
    if _take_date_number(words, line, records):
        return
    if marks.place(words) or _is_bare_place(line, position, kind_at):
        _take_place(words, line, records)
    elif marks.is_address(words) or marks.is_small(words) or _NOTHING.match(words):
        dealt.small.append(line)
    elif position < kind_at or kind_at < 0 or (line.caps and not dealt.letterhead):
        dealt.letterhead.append(line)  # «ПОСТАНОВЛЕНИЕ \\ АДМИНИСТРАЦИИ РАЙОНА»: the issuer may follow the kind word
    else:
        dealt.small.append(line)


def _is_bare_place(line: Line, position: int, kind_at: int) -> bool:
    """«Москва» or «рп Панино» between the kind word and the title."""
    return 0 <= kind_at < position and bool(re.match(r"^[А-ЯЁ][а-яё]+(?:[- ][А-ЯЁа-яё]+){0,2}$", line.words)) and len(line.words) < 40


def _take_place(words: str, line: Line, records: RawRecords) -> None:
    if records.head.place is None:
        records.head.place = RawText(text=words, locator=line.locator)
    records.claims.append(Claim(text=words, locator=line.locator, category="placed"))


def read_date_number(words: str) -> tuple[str | None, str | None, str | None] | None:
    """Date, number and place of a line that holds nothing else; None where it holds anything else."""
    date, number = marks.DATE.search(words), None
    rest = words
    blank = None
    if date:
        rest = rest.replace(date[0], " ", 1)
    else:
        blank = marks.BLANK_DATE.search(rest)
        rest = rest.replace(blank[0], " ", 1) if blank else rest
    number = marks.NUMBER.search(rest)
    rest = rest.replace(number[0], " ", 1) if number else rest
    place = marks.inline_place(rest)
    rest = rest.replace(place, " ", 1) if place else rest
    if (
        not (date or number or blank)
        or re.search(r"[а-яёa-z]{2,}", re.sub(r"\b(?:от|года|город|номер)\b", "", rest), re.IGNORECASE)
        or re.search(r"\d{2}", rest)
    ):
        return None
    found = date or blank
    digits = number["number"].strip() if number and not _NOTHING.match(number["number"]) else None
    return (found["date"].strip() if found else None), digits, place


def _take_date_number(words: str, line: Line, records: RawRecords) -> bool:
    read = read_date_number(words)
    if read is None:
        return False
    date, number, place = read
    head = records.head
    if date and (head.date is None or not re.search(r"\d", head.date.text)):
        head.date = RawText(text=date, locator=line.locator)
    if number and head.number is None:
        head.number = RawText(text=number, locator=line.locator)
    if place:
        _take_place(place, line, records)
    records.claims.append(Claim(text=words, locator=line.locator, category="placed" if date or number else "structure"))
    return True


def _deal_lower(lines: Sequence[Line], dealt: _Head, records: RawRecords) -> None:
    """Title until the preamble opens, then preamble."""
    for position, line in enumerate(lines):
        if dealt.title and not dealt.preamble and _stands_under_title(line, dealt.title[-1], records):
            continue
        if dealt.preamble or (marks.opens_preamble(line.words) and not _inside_title(lines, position)) or _ends_title(lines, position):
            dealt.preamble.append(line)
        else:
            dealt.title.append(line)


def _stands_under_title(line: Line, before: Line, records: RawRecords) -> bool:
    """«Об утверждении плана \\ от 12.03.2024 № 5 \\ г. Кедровск»: date, number and place that did not stand above.

    Not so in «О внесении изменений в приказ \\ от 12.03.2024 № 5» and «О празднике в \\ г. Кедровск».
    """
    if marks.place(line.words) and records.head.place is None and not re.search(r"\b(?:в|во|на|по|из|и)$", before.words):
        _take_place(line.words, line, records)
        return True
    wanted = records.head.date is None and records.head.number is None
    return wanted and not marks.ends_with_act(before.words) and _take_date_number(line.words, line, records)


def _without_label(line: Line, records: RawRecords) -> Line:
    """«Содержание: об утверждении плана» is entitled «об утверждении плана»."""
    label = _TITLE_LABEL.match(line.words)
    if not label:
        return line
    _claim(records, label[0], line)
    return replace(line, text=line.words[label.end() :])


def _inside_title(lines: Sequence[Line], position: int) -> bool:
    """«О мерах \\ в целях …»: a title line that only looks like a preamble because it was broken there."""
    line, first = lines[position], lines[0]
    return position > 0 and line.words[:1].islower() and line.align == first.align and line.paragraph.bold == first.paragraph.bold


def _ends_title(lines: Sequence[Line], position: int) -> bool:
    """A long or differently set paragraph that begins with a capital is no longer the title."""
    if position == 0:
        return False
    line, before = lines[position], lines[position - 1]
    if line.words[:1].islower() or not line.opens:
        return False
    differs = line.align != before.align or line.paragraph.bold != before.paragraph.bold or line.paragraph.size != before.paragraph.size
    return before.words.endswith((".", ":")) or (differs and len(line.words) > 60) or len(line.words) > 250


def _claim_head(dealt: _Head, records: RawRecords) -> None:
    for line in dealt.letterhead:
        records.claims.append(Claim(text=line.words, locator=line.locator, category="placed"))
    for line in dealt.small:
        _claim(records, line.words, line)


def _claim(records: RawRecords, text: str, line: Line) -> None:
    records.claims.append(Claim(text=text, locator=line.locator, category="structure"))
