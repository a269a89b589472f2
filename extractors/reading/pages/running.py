"""Running heads, page numbers and stamps: what stands on pages but is no part of the text."""

import re
from collections import Counter
from statistics import median

from extractors.reading.page import Page
from extractors.reading.pages.grids import find_grids
from extractors.reading.pages.lines import Row, rows_of
from lexicon import load
from schemas.source import Role

_NUMBER = re.compile(r"^[-–—\s]*(?:стр(?:аница|\.)?\s*)?\d{1,4}(?:\s*(?:из|/)\s*\d{1,4})?[-–—\s.]*$", re.IGNORECASE)
_STAMP_OPENS = re.compile("|".join(load("running")["stamp"]["opens"]), re.IGNORECASE)
_STAMP_GOES_ON = re.compile("|".join(load("running")["stamp"]["goes_on"]), re.IGNORECASE)
_EDGE = 0.09  # of the page's height: running text stands within


def running_rows(pages: list[Page]) -> dict[int, dict[int, Role]]:
    """For each page: index of the row outside tables → its role."""
    edges: Counter[str] = Counter()
    seen: list[tuple[int, int, Row, bool]] = []
    found: dict[int, dict[int, Role]] = {}
    for page in pages:
        grids = find_grids(page)
        rows = rows_of([w for w in page.words if not w.hidden and not any(g.holds(w) for g in grids)])
        found.setdefault(page.number, {}).update(_stamped(rows))
        for i, row in enumerate(rows):
            high, low = row.bottom < _EDGE * page.height, row.top > (1 - _EDGE) * page.height
            if high or low:
                key = re.sub(r"\d+", "#", row.text)
                edges[key] += 1
                seen.append((page.number, i, row, high))
    usual = median([w.size for page in pages for w in page.words] or [0.0])
    for number, i, row, high in seen:
        role = Role.PAGE_NUMBER if _NUMBER.match(row.text) else None
        enough = len(pages) > 2 or row.size < usual - 0.5  # on two pages only small type is sure to be a running head
        if role is None and enough and len(pages) > 1 and edges[re.sub(r"\d+", "#", row.text)] > len(pages) / 2:
            role = Role.HEADER if high else Role.FOOTER
        if role:
            found.setdefault(number, {})[i] = role
    return found


def _stamped(rows: list[Row]) -> dict[int, Role]:
    """An e-signature stamp: «Документ подписан электронной подписью» and the lines of the certificate below it."""
    found: dict[int, Role] = {}
    for i, row in enumerate(rows):
        opens = _STAMP_OPENS.search(row.text) and len(row.text) < 120
        if opens or (i - 1 in found and _STAMP_GOES_ON.search(row.text) and len(row.text) < 120):
            found[i] = Role.STAMP
    return found
