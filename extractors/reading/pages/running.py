"""Running heads, page numbers and stamps: what stands on pages but is no part of the text."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.reading.page import Page
from extractors.reading.pages.footnotes import footnote_rows
from extractors.reading.pages.grids import Grid, find_grids
from extractors.reading.pages.lines import Row, rows_of
from lexicon import load
from schemas.source import Role

_NUMBER = re.compile(r"^[-–—\s]*(?:стр(?:аница|\.)?\s*)?\d{1,4}(?:\s*(?:из|/)\s*\d{1,4})?[-–—\s.]*$", re.IGNORECASE)
_STAMP_OPENS = re.compile("|".join(load("running")["stamp"]["opens"]), re.IGNORECASE)
_STAMP_GOES_ON = re.compile("|".join(load("running")["stamp"]["goes_on"]), re.IGNORECASE)
_ANNEX = re.compile("|".join(load("running")["heads"]["annexes"]), re.IGNORECASE)
_EDGE = 0.09  # of the page's height: running text stands within
_APART = 0.6  # font sizes of white space between running text and the text of the page
_MANY = 3  # pages: what opens more of them in one manner is a running head, however near the text begins


@dataclass(frozen=True)
class _Edge:
    """A row at the upper or lower edge of a page: the lines around it stand ``apart`` from the text, or head an ``annex``."""

    page: int
    at: int
    row: Row
    high: bool
    apart: bool
    annex: bool

    @property
    def key(self) -> str:
        """What repeats: «стр. 2 из 5» and «стр. 3 из 5» are one."""
        return re.sub(r"\d+", "#", self.row.text)


Place = tuple[float, float]
"""Upper and left edge of a row in points: what tells it from the others of its page."""


def running_rows(pages: list[Page]) -> dict[int, dict[Place, Role]]:
    """For each page: the rows outside ruled tables that are no text of the page, and their roles; its footnotes too."""
    usual = median([w.size for page in pages for w in page.words] or [0.0])
    seen: list[_Edge] = []
    found: dict[int, dict[int, Role]] = {}
    places: dict[int, list[Place]] = {}
    for page in pages:
        grids = find_grids(page)
        rows = rows_of([w for w in page.words if not w.hidden and not any(g.holds(w) for g in grids)])
        found[page.number] = dict.fromkeys(footnote_rows(page, rows, usual), Role.FOOTNOTE) | _stamped(rows)
        places[page.number] = [place_of(row) for row in rows]
        seen += _edges(page, rows, grids)
    times = Counter(edge.key for edge in seen)
    tops = {page.number: min((w.top for w in page.words if not w.hidden), default=page.height) for page in pages}
    for edge in seen:
        if _NUMBER.match(edge.row.text):
            found[edge.page][edge.at] = Role.PAGE_NUMBER
        elif _repeats(edge, times[edge.key], len(pages), usual) or _heads_each_page(edge, seen, tops, usual):
            found[edge.page][edge.at] = Role.HEADER if edge.high else Role.FOOTER
    return {number: {places[number][at]: role for at, role in roles.items()} for number, roles in found.items()}


def place_of(row: Row) -> Place:
    """Where a row begins."""
    return row.top, row.x0


def _edges(page: Page, rows: list[Row], grids: list[Grid]) -> list[_Edge]:
    """Rows at the edges of a page, in blocks of lines that stand together."""
    edges = []
    for block in _blocks(rows):
        outer = [(i, _is_high(rows[i], page), _is_low(rows[i], page)) for i in block]
        first, last = rows[block[0]], rows[block[-1]]
        near = any(-1 < g.top - last.bottom < _APART * last.size or -1 < first.top - g.bottom < _APART * first.size for g in grids)
        apart = all(high or low for _, high, low in outer) and not near
        annex = any(_ANNEX.search(rows[i].text) for i in block)
        edges += [_Edge(page.number, i, rows[i], high, apart, annex) for i, high, low in outer if high or low]
    return edges


def _blocks(rows: list[Row]) -> list[list[int]]:
    blocks = [[0]] if rows else []
    for i, (above, below) in enumerate(pairwise(rows), start=1):
        if below.top - above.bottom > _APART * min(above.size, below.size):
            blocks.append([])
        blocks[-1].append(i)
    return blocks


def _is_high(row: Row, page: Page) -> bool:
    return row.bottom < _EDGE * page.height


def _is_low(row: Row, page: Page) -> bool:
    return row.top > (1 - _EDGE) * page.height


def _repeats(edge: _Edge, times: int, pages: int, usual: float) -> bool:
    """The row stands on most pages, and is set apart from the text, in smaller type, or on many of them."""
    if pages < 2 or times <= pages / 2 or (edge.annex and times <= _MANY):
        return False  # «Приложение № 1», «Приложение № 2» open annexes
    return edge.apart or edge.row.size < usual - 0.5 or times > _MANY


def _heads_each_page(edge: _Edge, seen: list[_Edge], tops: dict[int, float], usual: float) -> bool:
    """«Приложение № 1 к приказу …» word for word on several pages, above where the others begin or in smaller type: no second annex."""
    holders = {other.page for other in seen if other.row.text == edge.row.text}
    if not edge.annex or not edge.high or len(holders) < 2:
        return False
    others = [top for page, top in tops.items() if page not in holders]
    return edge.row.size < usual - 0.5 or (bool(others) and edge.row.bottom < min(others) - 1)


def _stamped(rows: list[Row]) -> dict[int, Role]:
    """An e-signature stamp: «Документ подписан электронной подписью» and the lines of the certificate below it."""
    found: dict[int, Role] = {}
    for i, row in enumerate(rows):
        opens = _STAMP_OPENS.search(row.text) and len(row.text) < 120
        if opens or (i - 1 in found and _STAMP_GOES_ON.search(row.text) and len(row.text) < 120):
            found[i] = Role.STAMP
    return found
