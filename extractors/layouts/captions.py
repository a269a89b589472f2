"""What others add to an act: «Документ предоставлен КонсультантПлюс», «(в ред. приказа от … № …)», e-signature stamps."""

import re
from collections.abc import Sequence

from extractors.layouts.notes import read_notes
from extractors.lines import Item, Line, trace
from lexicon import load
from schemas.raw import Claim, RawRecords

_WORDS = load("structure")["captions"]
_SERVICE = re.compile(rf"^\W*(?:{'|'.join(_WORDS['service'])})", re.IGNORECASE)
_AMENDED = re.compile(rf"^\(\s*(?:{'|'.join(_WORDS['amended'])})", re.IGNORECASE)
_STAMP_OPENS = re.compile("|".join(load("running")["stamp"]["opens"]), re.IGNORECASE)
_STAMP_GOES_ON = re.compile("|".join(load("running")["stamp"]["goes_on"]), re.IGNORECASE)
_LONG_SERVICE = 120  # characters: a longer line is prose
_MOST_LINES = 12  # of a list of amendments


def set_captions_aside(items: Sequence[Item], records: RawRecords) -> list[Item]:
    """Take such lines out of the text: a list of amendments is a note (the acts it names are references), the rest is structure."""
    left: list[Item] = []
    position = 0
    while position < len(items):
        item = items[position]
        end = position + 1
        if isinstance(item, Line) and _AMENDED.match(item.words):
            end = _closing(items, position)
            read_notes([x for x in items[position:end] if isinstance(x, Line)], records)
        elif isinstance(item, Line) and _SERVICE.match(item.words) and len(item.words) < _LONG_SERVICE:
            records.claims.append(Claim(text=item.words, locator=item.locator, category="structure"))
            trace([item], "caption", records)
        elif isinstance(item, Line) and _STAMP_OPENS.search(item.words) and len(item.words) < _LONG_SERVICE:
            end = _stamp_end(items, position)
            records.claims += [Claim(text=x.words, locator=x.locator, category="noise") for x in items[position:end] if isinstance(x, Line)]
        else:
            left.append(item)
        position = end
    return left


def _stamp_end(items: Sequence[Item], start: int) -> int:
    """Index after an e-signature stamp: the lines of the certificate below «Документ подписан электронной подписью»."""
    end = start + 1
    while (
        end < len(items) and isinstance(line := items[end], Line) and _STAMP_GOES_ON.search(line.words) and len(line.words) < _LONG_SERVICE
    ):
        end += 1
    return end


def _closing(items: Sequence[Item], start: int) -> int:
    """Index after the line that closes the bracket; after the first line where none does."""
    depth = 0
    for position, item in enumerate(items[start : start + _MOST_LINES], start):
        if not isinstance(item, Line):
            break
        depth += item.words.count("(") - item.words.count(")")
        if depth <= 0:
            return position + 1
    return start + 1
