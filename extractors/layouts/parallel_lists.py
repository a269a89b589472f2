"""A row whose cells hold lists in parallel: «1. … 2. …» beside two dates."""

import re
from dataclasses import dataclass
from itertools import pairwise

from extractors.layouts.column_contents import looks_like_deadline
from extractors.layouts.grid import fold, one_line, tidy
from extractors.layouts.item_numbers import cell_number, ordinals, typed_number, words

_DASH = re.compile(r"^[-–—•*·]\s*")
_INLINE = re.compile(r"(?<=[\s.;])(?=(\d{1,2})[.)]\s*[А-ЯЁ«\"])")


@dataclass
class Item:
    """One item of a list: its printed number, its text."""

    number: str | None
    text: str


def numbered_items(text: str) -> list[Item]:
    """Items of a text that *begins* with an item number and holds at least two; else []."""
    lines = _lines(text)
    if not lines or not typed_number(lines[0]):
        return []
    items: list[Item] = []
    for line in lines:
        typed = typed_number(line)
        if typed and (not items or _goes_on(items[-1].number, typed[0])):
            items.append(Item(*typed))
        else:
            items[-1].text = f"{items[-1].text}\n{line}"
    return items if len(items) > 1 else []


def _lines(text: str) -> list[str]:
    """Lines, and items typed one after the other on one line: «1. Педсовет. 2. Совещание»."""
    lines: list[str] = []
    for line in tidy(text).split("\n"):
        lines += _inline_items(line) if typed_number(line) else [line]
    return lines


def _inline_items(line: str) -> list[str]:
    cuts, expected = [0], ordinals((typed_number(line) or ("", ""))[0])
    if len(expected) != 1:
        return [line]
    for found in _INLINE.finditer(line):
        if int(found[1]) == expected[0] + len(cuts) and found.start() > 0:
            cuts.append(found.start())
    return [line[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(line)], strict=True)]


def _goes_on(before: str | None, number: str) -> bool:
    """«1» → «2», «1» → «1.1», «1.2» → «2»; «2)» does not go on from «1.», nor a «5» from «1»."""
    a, b = ordinals(before), ordinals(number)
    if not a or not b or (before or "").endswith(")") != number.endswith(")"):
        return False
    if len(b) > len(a):
        return b[: len(a)] == a and b[len(a) :] == (1,)
    return b[:-1] == a[: len(b) - 1] and b[-1] == a[len(b) - 1] + 1


def marked_items(text: str) -> list[str]:
    """Items of a list that a number or a dash opens; further lines belong to the item above; [] where the text is no list."""
    if numbered := numbered_items(text):
        return [i.text for i in numbered]
    lines = tidy(text).split("\n")
    if not _DASH.match(lines[0]):
        return []
    items: list[str] = []
    for line in lines:
        if _DASH.match(line):
            items.append(line)
        else:
            items[-1] = f"{items[-1]}\n{line}"
    return items if len(items) > 1 else []


def plain_lines(text: str) -> list[str]:
    """Lines as entries of a list; a line that ends with a comma goes on in the next."""
    entries: list[str] = []
    for line in tidy(text).split("\n"):
        if entries and re.search(r"(,|-|\bи)$", entries[-1]):
            entries[-1] = f"{entries[-1]}\n{line}"
        elif line:
            entries.append(line)
    return entries


def title_items(title: str, numbers: str | None, deadline: str | None, responsible: str | None) -> list[Item]:
    """The items that make one row several activities; [] where it is one.

    «1. … 2. …» always does. A list of dashes or of lines does where a second column holds a list of the same length;
    a lead-in («по направлениям:») before the items makes one activity.
    """
    if numbered := numbered_items(title):
        return numbered
    items = marked_items(title) or _unmarked(title)
    if len(items) < 2:
        return []
    beside = (_deadline_list(deadline or ""), _number_list(numbers or ""), len(marked_items(responsible or "")))
    return [Item(None, i) for i in items] if len(items) in beside else []


def _number_list(text: str) -> int:
    lines = tidy(text).split("\n")
    return len(lines) if all(cell_number(line) for line in lines) else 0


def _unmarked(title: str) -> list[str]:
    """Lines that each begin like a title; a lead-in with a colon is none."""
    lines = tidy(title).split("\n")
    if len(lines) < 2 or any(line.endswith(":") for line in lines):
        return []
    return lines if all(re.match(r"[А-ЯЁA-Z«\"„0-9]", line) for line in lines) else []


def _deadline_list(text: str) -> int:
    """How many deadlines stand in a cell, one a line; 0 where a line is none."""
    lines = marked_items(text) or plain_lines(text)
    return len(lines) if all(looks_like_deadline(_DASH.sub("", one_line(x))) for x in lines) else 0


def _parties(text: str) -> list[str]:
    """«Зам. директора по ВР Классные руководители»: lines of people that a PDF has run together; [] where names and posts mix."""
    starts = {m.start() for m in re.finditer(words()["person"], text) if not text[: m.start()].rstrip().endswith(",")}
    for hit in re.finditer(r"(?<=[\w.)])\s+(?=[А-ЯЁ][а-яё]+)", text):
        inside = any(m.start() < hit.end() < m.end() for m in re.finditer(words()["person"], text))
        if not inside and re.match(words()["party_cell"], fold(text[hit.end() :])):
            starts.add(hit.end())
    cuts = sorted({0, *starts})
    parts = [text[a:b].strip() for a, b in pairwise([*cuts, len(text)])]
    named = [bool(re.search(words()["person"], part)) for part in parts]
    return parts if all(named) or not any(named) else []


def deal(text: str, count: int) -> list[str] | None:
    """A cell's text for each of ``count`` items: dealt out where the counts match, once to all; null where neither."""
    entries = marked_items(text)
    if len(entries) == count:
        return entries
    lines = plain_lines(text)
    if len(lines) == count:
        return lines
    if len(parties := _parties(text)) == count:
        return parties
    if len(lines) == 1 and not entries:
        return [tidy(text)] * count
    return None
