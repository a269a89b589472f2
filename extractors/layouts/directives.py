"""The points of an order: numbers, texts, and which point stands under which."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.lines import Line, clean
from schemas.raw import Claim, RawDirective, RawFinding, RawRecords, RawText

_DOTTED = re.compile(
    r"^(?P<number>\d{1,2}(?:\s?\.\s?\d{1,2}){0,4})(?P<end>\s?[.)]+|\s?,(?=\s*[А-ЯЁ])|(?=\s*[А-ЯЁ][а-яё]|\s+[А-ЯЁ]{2,}\s)|(?=\s*$))\s*(?P<text>.*)$",
    re.DOTALL,
)
_LETTER = re.compile(r"^(?P<number>[а-яёa-z])\)\s*(?P<text>.*)$", re.DOTALL)
_ROMAN = re.compile(r"^(?P<number>[IVXІ]{1,5})[.)]\s*(?P<text>.*)$", re.DOTALL)
_SECTION = re.compile(r"^(?P<number>§\s?\d{1,3})\.?\s*(?P<text>.*)$", re.DOTALL)
_DASH = re.compile(r"^(?P<number>)[-–—•·●▪*]\s*(?P<text>.*)$", re.DOTALL)
_SENTENCE_END = re.compile(r"[.:;!?»)]\W*$")
_DATE_FIRST = re.compile(r"^\d{1,2}\.\d{1,2}\.\d{2,4}")
_MEASURE = re.compile(
    r"^\d{1,2}\s+(?:"
    + "|".join(
        (
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря",
            "год",
            "час",
            "дн",
            "рабоч",
        )
    )
    + ")"
)

Style = tuple[str, int, int]
"""What makes two numbers siblings: («dot», depth, list level), («paren», depth, level), («letter», 1, level), («dash», 1, level)."""


@dataclass(frozen=True)
class Item:
    """A line that begins with a number: the number as printed without its final full stop, its style, the text."""

    number: str | None
    style: Style
    text: str


def read_item(line: Line, expects_bare: bool = True) -> Item | None:
    """Read «3.1. …», «3)…», «1,Утвердить», «а) …», «- …», «II. …», «§ 1»; None for a line without a number."""
    text = clean(line.text)
    level = line.paragraph.level or 0 if line.paragraph.label else 0
    if _MEASURE.match(text) or (_DATE_FIRST.match(text) and not line.paragraph.label):
        return None
    for style, pattern in (("dash", _DASH), ("section", _SECTION), ("letter", _LETTER), ("roman", _ROMAN), ("dot", _DOTTED)):
        match = pattern.match(text)
        if match:
            return _item(match, style, level, expects_bare)
    return None


def _item(match: re.Match[str], style: str, level: int, expects_bare: bool) -> Item | None:
    rest = match["text"].strip()
    if style == "dash":
        return Item(None, ("dash", 1, level), rest) if rest else None
    if style == "section":
        return Item(match["number"], (style, 1, level), rest)
    number = re.sub(r"\s", "", match["number"])
    if style != "dot":
        paren = match.string[match.end("number") : match.end("number") + 1] == ")"
        return Item(number + (")" if paren else ""), (style, 1, level), rest)
    end = match["end"].strip()
    depth = number.count(".") + 1
    if not end and depth == 1 and not expects_bare:
        return None
    if ")" in end:
        return Item(number + ")", ("paren", depth, level), rest)
    return Item(number, ("dot", depth, level), rest)


@dataclass
class _Open:
    """A point under which others may stand."""

    style: Style
    index: int


@dataclass
class _Points:
    """The points read so far."""

    records: RawRecords
    stack: list[_Open] = field(default_factory=list)
    pieces: list[list[Line]] = field(default_factory=list)
    pending: tuple[Item, Line] | None = None  # a number on a line of its own
    numbered: bool = False


def read_directives(lines: Sequence[Line], records: RawRecords) -> None:
    """Read the lines between the operative word and the signature."""
    points = _Points(records)
    bare_numbers = not any(_is_stopped(line) for line in lines)
    points.numbered = any(read_item(line, bare_numbers) for line in lines)
    for line in lines:
        item = read_item(line, bare_numbers)
        if points.pending and (item is None or not _is_number_only(item)):
            item = _complete(points, line, item)
        elif item and _is_number_only(item):
            points.pending = (item, line)
            continue
        if item is not None:
            _open_point(points, item, line)
        elif points.numbered and points.stack:
            _continue_point(points, line)
        else:
            _open_point(points, Item(None, ("bare", 1, 0), line.words), line)
    if points.pending:
        item, line = points.pending
        records.claims.append(Claim(text=line.words, locator=line.locator, category="structure"))
    check_numbers(records)


def _is_stopped(line: Line) -> bool:
    """«1. Утвердить»; the stops of «3.1.» and «1)» say nothing of how the points above them are numbered."""
    return bool(re.match(r"^\s*\d{1,2}\.(?!\d)", line.text))


def _is_number_only(item: Item) -> bool:
    return item.number is not None and not item.text


def _complete(points: _Points, line: Line, item: Item | None) -> Item | None:
    """«3.» on its own line, its text on the next."""
    assert points.pending
    number, alone = points.pending
    if item is not None:
        return item
    points.pending = None
    points.records.claims.append(Claim(text=alone.words, locator=alone.locator, category="placed"))
    return Item(number.number, number.style, line.words)


def _open_point(points: _Points, item: Item, line: Line) -> None:
    records = points.records
    style = _nested_restart(points, item)
    parent = _parent(points, style)
    index = len(records.directives)
    records.directives.append(
        RawDirective(
            number=item.number, parent=parent, text=RawText(text=item.text or line.words, locator=line.locator), locator=line.locator
        )
    )
    if item.number or style[0] == "dash":
        label = line.words[: len(line.words) - len(item.text)] if line.words.endswith(item.text) else item.number or ""
        if re.search(r"\w", label):
            records.claims.append(Claim(text=label, locator=line.locator, category="placed"))
    points.stack.append(_Open(style, index))


def _nested_restart(points: _Points, item: Item) -> Style:
    """«4. Руководителям школ: \\ 1. Провести…»: a list that begins again at 1 after a colon stands one level lower."""
    style = item.style
    if style[0] not in ("dot", "paren") or style[1] != 1:
        return style
    siblings = [o for o in points.stack if o.style[:2] == style[:2]]
    if not siblings:
        return style
    last = points.records.directives[siblings[-1].index]
    value = int((item.number or "0").rstrip(")"))
    if (
        value == 1
        and points.records.directives[points.stack[-1].index].text.text.rstrip().endswith(":")
        and points.stack[-1] is siblings[-1]
    ):
        return (style[0], 1, siblings[-1].style[2] + 1)
    if style[2] == siblings[-1].style[2] or len(siblings) == 1:
        return siblings[-1].style if len(siblings) == 1 and not item.style[2] else style
    follows_nested = _value(last.number) + 1 == value
    return siblings[-1].style if follows_nested else siblings[0].style


def _value(number: str | None) -> int:
    digits = re.findall(r"\d+", number or "")
    return int(digits[-1]) if digits else 0


def _parent(points: _Points, style: Style) -> int | None:
    """Close what the new point cannot stand under, and say what it stands under."""
    stack = points.stack
    kind, depth, _ = style
    same = next((i for i, o in enumerate(stack) if o.style == style), None)
    if same is not None:
        del stack[same:]
    elif kind == "dot" or (kind == "paren" and depth > 1):
        while stack and not (_above(stack[-1].style, style) or _opens_list(stack, style)):
            stack.pop()
    elif kind in ("roman", "section", "bare"):
        stack.clear()
    return stack[-1].index if stack else None


def _opens_list(stack: list[_Open], style: Style) -> bool:
    """«1) … \\ 1.1. …»: where all points of the order are «1)», dotted ones stand under them."""
    return len(stack) == 1 and stack[0].style[0] == "paren" and style[0] == "dot" and style[1] > 1


def _above(open_style: Style, style: Style) -> bool:
    """A point of fewer components, or of a higher list level, stands above one of the same kind."""
    if open_style[0] != style[0]:
        return open_style[0] in ("roman", "section")
    return open_style[1:] < style[1:] and open_style[1] <= style[1]


def _continue_point(points: _Points, line: Line) -> None:
    """An unnumbered further paragraph belongs to its point."""
    last = points.records.directives[-1]
    glue = "\n" if line.opens and _SENTENCE_END.search(last.text.text) else " "  # «…на заместителя \\ начальника»: typed line by line
    last.text = RawText(
        text=last.text.text + glue + line.words,
        locator=last.text.locator.model_copy(update={"spans": [*last.text.locator.spans, *(line.locator.spans if line.opens else [])]}),
    )
    last.locator = last.text.locator


def check_numbers(records: RawRecords) -> None:
    """Say where a printed number does not fit its place: «3.1» under «4», a number that comes again."""
    seen: set[tuple[int | None, str]] = set()
    last: dict[int | None, int] = {}
    for index, point in enumerate(records.directives):
        number = point.number
        if not number or not number[0].isdigit():
            continue
        parent = records.directives[point.parent].number if point.parent is not None else None
        where = f"directives/{index}"
        if (point.parent, number) in seen:
            _note(records, "point_number_repeated", f"Номер пункта «{number}» повторяется.", index, where)
        elif "." in number and parent and not number.startswith(parent.rstrip(")") + "."):
            _note(
                records, "point_misnumbered", f"Пункт «{number}» стоит под пунктом «{parent}»: номер оставлен как напечатан.", index, where
            )
        elif point.parent in last and _value(number) != last[point.parent] + 1:
            _note(records, "point_misnumbered", f"После пункта с номером {last[point.parent]} стоит пункт «{number}».", index, where)
        elif point.parent not in last and _value(number) != 1:
            _note(records, "point_misnumbered", f"Счёт пунктов начинается с «{number}».", index, where)
        seen.add((point.parent, number))
        last[point.parent] = _value(number)


def _note(records: RawRecords, code: str, message: str, index: int, where: str) -> None:
    locator = records.directives[index].locator
    records.findings.append(RawFinding(code=code, message=message, locator=locator, record=where, field="number"))
