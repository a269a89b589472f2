"""Running heads and feet: each distinct text once, page numbers apart, a letterhead of the first page as body."""

import re
from collections.abc import Iterator, Sequence

from extractors.reading.docx.items import Item, TextItem, as_role
from extractors.reading.docx.names import R_ID, Element, is_on, w
from extractors.reading.docx.story import Shared, StoryReader
from lexicon import load
from schemas.source import Role

_TYPE = w("type")
_BARE_LETTERHEAD = 20  # letters from which it is one where nothing stands above the kind word
_KIND_WORDS = {word for kind in load("structure")["kinds"].values() for word in kind["words"]}
_LETTERHEAD, _LETTERHEAD_LINES = 40, 3
"""Letters from which the head of a first page is a letterhead («бланк») and no running head: it stands on one page only.
A head of every page is one where it also has that many paragraphs: running heads are shorter."""


def read_running(shared: Shared, body: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """The letterhead that stands in the first page's head, and the running heads and feet."""
    least = _BARE_LETTERHEAD if _begins_with_kind(body) else None
    letterhead: list[Item] = []
    running: list[Item] = []
    seen: set[tuple[Role, str]] = set()
    for number, section in enumerate(shared.package.document.iter(w("sectPr"))):
        for kind, role, part in _shown(section, shared):
            items = StoryReader(shared, part).read_all()
            if number == 0 and role is Role.HEADER and not letterhead and _is_letterhead(kind, items, least):
                letterhead = items
            else:
                running += _once(as_role(items, role), seen)
    running.sort(key=lambda item: isinstance(item, TextItem) and item.role is Role.FOOTER)
    return letterhead, running


def _shown(section: Element, shared: Shared) -> Iterator[tuple[str, Role, Element]]:
    """The heads and feet that the section prints: those of a first page or of even pages only where it has them."""
    settings = shared.package.settings
    shown = {"default": True, "first": is_on(section.find(w("titlePg"))), "even": False}
    shown["even"] = settings is not None and is_on(settings.find(w("evenAndOddHeaders")))
    for name, role in ((w("headerReference"), Role.HEADER), (w("footerReference"), Role.FOOTER)):
        for reference in section.iterchildren(name):
            kind = reference.get(_TYPE, "default")
            part = shared.package.running.get(reference.get(R_ID, ""))
            if part is not None and shown.get(kind, True):
                yield kind, role, part


def _begins_with_kind(body: Sequence[Item]) -> bool:
    """«П Р И К А З» is the first line: who issued it stands in the head of the page, or nowhere."""
    first = next((item.paragraph.text for item in body if isinstance(item, TextItem) and item.role is Role.BODY), "")
    return re.sub(r"\W", "", first).lower() in _KIND_WORDS


def _is_letterhead(kind: str, items: list[Item], least: int | None) -> bool:
    texts = [item.paragraph.text for item in as_role(items, Role.BODY) if isinstance(item, TextItem) and not item.page_only]
    letters = sum(c.isalpha() for text in texts for c in text)
    if least is not None:
        return letters >= least
    return letters >= _LETTERHEAD and (kind == "first" or (kind == "default" and len(texts) >= _LETTERHEAD_LINES))


def _once(items: Iterator[Item], seen: set[tuple[Role, str]]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, TextItem):
            if item.page_only and item.role in (Role.HEADER, Role.FOOTER):
                item.role = Role.PAGE_NUMBER
            key = (item.role, item.paragraph.text)
            if key not in seen:
                seen.add(key)
                yield item
