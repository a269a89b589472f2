"""Cells of one or two digits: the weakest field of every recogniser. Doubtful ones are read again, and the count of the rows decides."""

import re

from extractors.reading.ocr.counting import best_count, is_counted, is_number, links, number_over, numbers_under
from extractors.reading.ocr.engine import Engine, Gray, Seen
from extractors.reading.ocr.regions import Region
from extractors.reading.ocr.trials import AGREED, Doubt

_SHORT = 9  # characters: what is longer is no number gone wrong
_MARGIN = 0.1  # of the height of a page
_WORDS = re.compile(r"[а-яёa-z]{3}|[А-ЯЁ]{4}|№|[а-я]/")  # signs that no number is read as: «№ п/п» heads the column
_SAME = 12  # pixels: cells that begin so near each other stand in one column
_SURE = 0.93  # a number read with less is read again
_A_WORD = 0.85  # letters read with more are no figures: «до29»
_BY_PLACE = 0.1  # the weight of a number that nobody reads, but that its marks and the rows around it tell
_LIKELY = 0.6  # a number read with more that goes on with the count needs no second reading

CellSeen = tuple[Region, list[Seen]]


def reread_numbers(cells: list[CellSeen], gray: Gray, paper: int, engine: Engine, until: float) -> None:
    """Replace doubtful readings in columns of numbers, in place. «З», «в», «+» under 1, 2 are figures."""
    for column in _columns(cells):
        short = [(region, seen) for region, seen in column if _is_short(seen)]
        numbers = sum(is_number(_text(seen)) for _, seen in short)
        figured = sum(any(c.isdigit() for c in _text(seen)) for _, seen in short)
        if not numbers or figured < 2 or figured * 2 < len(short):
            short = [(region, seen) for region, seen in short if not _text(seen)]  # «7.» alone in its column, and not seen
        if any(_doubtful(seen) for _, seen in short):
            _settle_column([Doubt(seen, region, gray, paper) for region, seen in short], engine, until)


def figure_lines(seen: list[Seen]) -> list[list[Seen]]:
    """The lines of a cell, where each is a number of its own («8», «14», «21» of three events); any other cell whole."""
    lines: list[list[Seen]] = []
    for word in seen:
        if lines and (word.top + word.bottom) / 2 < lines[-1][-1].bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    alone = len(lines) > 1 and all(_is_short(line) and any(c.isdigit() for c in _text(line)) for line in lines)
    return lines if alone else [seen]


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
        if _doubtful(seen):
            doubt = Doubt(seen, region, gray, paper)
            doubt.read_again(engine, until)
            if not likely & set(doubt.votes):
                doubt.read_more(engine, until)
            choices = doubt.choices()
            best = max(choices, key=lambda text: (choices[text] + (text in likely), text), default="")
            if best:
                doubt.write(best, best in likely)
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
    return [sorted(column, key=lambda c: (c[0].top, c[1][0].top)) for column in columns]


def _text(seen: list[Seen]) -> str:
    return "".join(word.text for word in seen)


def _is_short(seen: list[Seen]) -> bool:
    """One line of what may be a number."""
    middle = (seen[0].top + seen[0].bottom) / 2
    return len(_text(seen)) <= _SHORT and not _WORDS.search(_text(seen)) and all(word.top < middle < word.bottom for word in seen)


def _doubtful(seen: list[Seen]) -> bool:
    text, weakest = _text(seen), min(word.confidence for word in seen)
    return weakest < _SURE if is_number(text) else not (weakest >= _A_WORD and re.search(r"[^\W\d]{2}", text))


def _settle_column(column: list[Doubt], engine: Engine, until: float) -> None:
    """Read again what is doubtful, as often as it takes, and write what fits best into the column, in place."""
    doubtful = [_doubtful(doubt.seen) for doubt in column]
    for read_again in (Doubt.read_again, Doubt.read_more):
        for doubt, unsure, text, linked in zip(column, doubtful, *_fitting(column, doubtful), strict=True):
            if unsure and doubt.choices().get(text, 0.0) < (_LIKELY if linked else AGREED):
                read_again(doubt, engine, until)
    for doubt, unsure, text, linked in zip(column, doubtful, *_fitting(column, doubtful), strict=True):
        if unsure and text:
            doubt.write(text, linked)


def _fitting(column: list[Doubt], doubtful: list[bool]) -> tuple[list[str], list[bool]]:
    """The readings that fit best together, and which go on with the count; none do where the column does not count its rows."""
    rows = [doubt.choices() for doubt in column]
    alone = [max(row, key=lambda text: (row[text], text), default="") for row in rows]
    if not is_counted(alone):
        return alone, [False] * len(alone)
    for i, doubt in enumerate(column):
        if doubtful[i] and not doubt.heard():
            near = [*(numbers_under(text) for text in (rows[i - 1] if i else ())), *(number_over(text) for text in alone[i + 1 : i + 2])]
            rows[i] = {text: _BY_PLACE for numbers in near for text in numbers if doubt.fits(text)} | rows[i]
    best = best_count(rows)
    return best, links(best)
