"""Cells of one or two digits: the weakest field of every recogniser, read again in several sizes, the readings counted."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np

from extractors.reading.ocr.engine import BLOCK, Engine, Gray, Seen
from extractors.reading.ocr.glyphs import marks_of, pointed
from extractors.reading.ocr.regions import Region

_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,3}){0,5}[.)%]?")
_RANGES = re.compile(rf"{_NUMBER.pattern}|\d{{1,2}}[-–]\d{{1,2}}")
"""Days or classes too: «5-11», whose eleven is read as «М»."""
_ALLOWED = "0123456789.,-"
_TRIALS = ((1.0, 20), (1.5, 20), (1.5, 8))
"""Scale and paper around the digits: each reads others wrong, together 147 of 155 where one reads 131."""
_MORE = ((1.0, 8), (2.0, 20))
"""Tried too where the readings do not go on with the count of the rows."""
_SURE = 0.93  # a number read with less is read again
_SHORT = 9  # characters: what is longer is no number gone wrong
_MARGIN = 0.1  # of the height of a page
_WORDS = re.compile(r"[а-яёa-z]{3}|[А-ЯЁ]{4}|^(?:до|от|по|со|не)\d")  # letters that no number is read as: «до 29»
_SAME = 12  # pixels: cells that begin so near each other stand in one column
_BY_PLACE = 0.5  # a number that no trial reads, but that its marks and the rows around it tell
_HEARD = 0.3  # less is noise: «№п/п» read as a figure
_NEXT = 1.0  # what a reading gains that goes on with the count of the rows

CellSeen = tuple[Region, list[Seen]]


def reread_numbers(cells: list[CellSeen], gray: Gray, paper: int, engine: Engine, until: float) -> None:
    """Replace doubtful readings in columns of numbers, in place. «З», «в», «+» under 1, 2 are figures."""
    for column in _columns(cells):
        short = [(region, seen) for region, seen in column if _is_short(seen) and len(_lines(seen)) < 2]
        form = _RANGES if sum("-" in _text(seen) and bool(_RANGES.fullmatch(_text(seen))) for _, seen in short) > 1 else _NUMBER
        numbers = sum(bool(form.fullmatch(_text(seen))) for _, seen in short)
        figured = sum(any(c.isdigit() for c in _text(seen)) for _, seen in short)
        if not numbers or figured < 2 or figured * 2 < len(short):
            short = [(region, seen) for region, seen in short if not _text(seen)]  # «7.» alone in its column, and not seen
        doubts = {id(s): _Doubt(s, _digits(r, s, gray, paper), paper, form) for r, s in short if _doubtful(s, form)}
        for doubt in doubts.values():
            _try(doubt, _TRIALS, engine, until)
        texts = [_settled(doubts[id(s)], set()) if id(s) in doubts else _text(s) for _, s in short]
        counted, above = _counted(texts), ""
        for (_, seen), below in zip(short, [*texts[1:], ""], strict=False):
            if id(seen) in doubts:
                _settle(doubts[id(seen)], (_after(above) or _ahead(below)) if counted else set(), engine, until)
            above = _text(seen)


def figure_lines(seen: list[Seen]) -> list[list[Seen]]:
    """The lines of a cell, where each is a number of its own («8», «14», «21» of three events); any other cell whole."""
    lines = _lines(seen)
    alone = len(lines) > 1 and all(_is_short(line) and any(c.isdigit() for c in _text(line)) for line in lines)
    return lines if alone else [seen]


def _lines(seen: list[Seen]) -> list[list[Seen]]:
    lines: list[list[Seen]] = []
    for word in seen:
        if lines and (word.top + word.bottom) / 2 < lines[-1][-1].bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _is_short(seen: list[Seen]) -> bool:
    """What may be one number; «9, 11» are two."""
    several = any(re.fullmatch(r"\d+,", word.text) for word in seen[:-1])
    return len(_text(seen)) <= _SHORT and not several and not _WORDS.search(_text(seen))


def reread_page_number(words: list[Seen], gray: Gray, paper: int, number: int, engine: Engine, until: float) -> None:
    """A short word alone at the head or foot of a page, in place: «в» over page 3 is its number."""
    height = gray.shape[0]
    for word in words:
        if height * _MARGIN < word.top < height * (1 - _MARGIN) or len(word.text) > 3 or _WORDS.search(word.text):
            continue
        if any(other is not word and other.top < word.bottom and other.bottom > word.top for other in words):
            continue
        region = Region(max(round(word.x0) - 12, 0), max(round(word.top) - 4, 0), round(word.x1) + 12, round(word.bottom) + 4)
        likely = {str(n) for n in (number - 1, number, number + 1)}
        seen = [word]
        if _doubtful(seen, _NUMBER):
            doubt = _Doubt(seen, _digits(region, seen, gray, paper), paper, _NUMBER)
            _try(doubt, _TRIALS, engine, until)
            _settle(doubt, likely, engine, until)
            word.text, word.confidence = seen[0].text, seen[0].confidence


def _columns(cells: list[CellSeen]) -> list[list[CellSeen]]:
    """Cells with ink, those of one table that begin at the same distance from the left together."""
    columns: list[list[CellSeen]] = []
    for cell in sorted((c for c in cells if c[1]), key=lambda c: (c[0].table or 0, c[0].x0)):
        last = columns[-1][-1][0] if columns else None
        if last and last.table == cell[0].table and cell[0].x0 - last.x0 <= _SAME:
            columns[-1].append(cell)
        else:
            columns.append([cell])
    return [sorted(column, key=lambda c: c[0].top) for column in columns]


def _text(seen: list[Seen]) -> str:
    return "".join(word.text for word in seen)


def _weakest(seen: list[Seen]) -> float:
    return min((word.confidence for word in seen), default=0.0)


def _doubtful(seen: list[Seen], form: re.Pattern[str]) -> bool:
    return not form.fullmatch(_text(seen)) or _weakest(seen) < _SURE


def _counted(texts: list[str]) -> bool:
    """The column counts the rows: most of its numbers follow the one above."""
    numbers = [(above, below) for above, below in pairwise(texts) if _NUMBER.fullmatch(above) and _NUMBER.fullmatch(below)]
    return sum(below in _after(above) for above, below in numbers) * 2 > len(numbers)


def _after(text: str) -> set[str]:
    """What may stand under a number, with and without its last point: under «3.1.2.» «3.1.3.», «3.1.2.1.», «3.2.», «4.»."""
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,2})*[.)]?", text):
        return set()
    parts = [int(part) for part in re.findall(r"\d+", text)]
    nexts = [[*parts[:depth], parts[depth] + 1] for depth in range(len(parts))] + [[*parts, 1]]
    end = ")" if text.endswith(")") else "."
    plain = {".".join(map(str, numbers)) for numbers in nexts}
    return plain | {number + end for number in plain}


def _ahead(text: str) -> set[str]:
    """What may stand over a number at the top of a table: over «2.» «1.», over «19.» of a page that goes on «18.»."""
    found = re.fullmatch(r"((?:\d{1,2}\.)*)(\d{1,3})([.)]?)", text)
    if found is None or int(found[2]) < 2:
        return set()
    plain = f"{found[1]}{int(found[2]) - 1}"
    return {plain, plain + (found[3] or ".")}


def _digits(region: Region, seen: list[Seen], gray: Gray, paper: int) -> Gray:
    """The cell cut to its ink; in a cell of several lines only the line read."""
    top, bottom = min(w.top for w in seen) - 6, max(w.bottom for w in seen) + 6
    part = gray[max(region.top + 2, round(top)) : min(region.bottom - 1, round(bottom)), region.x0 + 2 : region.x1 - 1]
    ys, xs = np.nonzero(part < paper - 60)
    if not len(ys):
        return part[:0]
    return part[max(ys.min() - 2, 0) : ys.max() + 3, max(xs.min() - 2, 0) : xs.max() + 3]


@dataclass(slots=True)
class _Doubt:
    """A doubtful number: its words, its picture, its figures and points counted, and how sure each trial was of its reading."""

    seen: list[Seen]
    picture: Gray
    paper: int
    form: re.Pattern[str]
    marks: str = ""
    votes: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.picture.size:
            self.marks = marks_of(self.picture, self.paper)
        self.vote(_text(self.seen), _weakest(self.seen))

    def vote(self, text: str, confidence: float) -> None:
        """Count a reading with its points put right; one with another number of figures than there are marks counts little."""
        text = pointed(text, self.marks)
        if self.form.fullmatch(text):
            strange = self.marks and sum(c.isdigit() for c in text) != self.marks.count("0")
            self.votes.setdefault(text, []).append(confidence * (0.2 if strange else 1.0))

    def best(self, expected: set[str]) -> str:
        """The reading most trials agree on; one that goes on with the count of the rows gains."""
        return max(self.votes, key=lambda text: (sum(self.votes[text]) + _NEXT * (text in expected), text))


def _try(doubt: _Doubt, trials: tuple[tuple[float, int], ...], engine: Engine, until: float) -> None:
    picture, paper = doubt.picture, doubt.paper
    for scale, pad in trials if picture.size else ():
        size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
        larger = cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC) if scale > 1 else picture
        larger = cv2.copyMakeBorder(larger, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(paper,))
        again = engine.read(larger.astype(np.uint8), BLOCK, dpi=round(200 * scale), only=_ALLOWED, until=until)
        doubt.vote(re.sub(r"[,-]$", ".", _text(again)), _weakest(again))


def _settled(doubt: _Doubt, expected: set[str]) -> str:
    return doubt.best(expected) if doubt.votes else _text(doubt.seen)


def _settle(doubt: _Doubt, expected: set[str], engine: Engine, until: float) -> None:
    """Write the best reading over the first, in place."""
    if not doubt.votes or (expected and not expected & set(doubt.votes)):
        _try(doubt, _MORE, engine, until)
    if not doubt.votes:
        placed = [text for text in expected if doubt.marks and re.sub(r"\d", "0", text) == doubt.marks]
        if len(placed) != 1:
            return
        doubt.votes = {placed[0]: [_BY_PLACE]}
    best, seen = doubt.best(expected), doubt.seen
    sure = doubt.votes[best]
    if best in expected or (len(sure) > 1 and max(sure) > _HEARD) or any(c.isdigit() for c in _text(seen)):  # «П» alone may be a Roman two
        first = seen[0]
        agreed = max(sure) if len(sure) > 1 or sure == [_BY_PLACE] else 0.8 * sure[0]
        seen[:] = [Seen(best, first.x0, first.top, seen[-1].x1, first.bottom, agreed, first.size)]
