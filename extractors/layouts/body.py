"""The body of an annex or of a plan standing alone: tables with their headings, prose between them."""

import re
from collections.abc import Sequence

from extractors.layouts import marks
from extractors.layouts.activity_list import list_end, read_activity_list
from extractors.layouts.headings import heading_end, split_heading
from extractors.layouts.notes import read_notes
from extractors.layouts.signatures import repeated_signature
from extractors.layouts.tables import TableContext, read_table
from extractors.lines import Item, Line, joined
from schemas.contract import AnnexKind, Kind
from schemas.raw import Claim, RawPlan, RawRecords
from schemas.source import ParagraphBlock, TableBlock

_SHORT_LINE = 120  # characters


def read_body(items: Sequence[Item], annex: int | None, records: RawRecords, plan: int | None = None, whole: bool = False) -> None:
    """Read tables and prose in reading order; ``whole`` keeps every table as it is."""
    waiting: list[Line] = []
    carried = None
    sectioned = _each_headed(items)
    for item in items:
        if isinstance(item, Line):
            _wait(item, waiting, records)
            continue
        prose, heading = split_heading(waiting)
        read_notes(_prose(prose, annex, plan, records), records)
        if prose:
            carried = None
        plan = _plan(heading, annex, records, plan)
        before = _Counts(records)
        context = TableContext(
            heading=[ParagraphBlock(index=line.locator.block, paragraph=line.paragraph) for line in heading if line.opens],
            annex=annex,
            plan=plan,
            kind_hint=records.annexes[annex].kind if annex is not None else _hint(heading),
            sectioned=sectioned,
            carried=carried,
            whole=whole,
        )
        carried = read_table(item, context, records)
        _keep_heading(heading, before, records)
        waiting = []
    read_notes(_prose(waiting, annex, plan, records), records)


def _prose(lines: Sequence[Line], annex: int | None, plan: int | None, records: RawRecords) -> list[Line]:
    """What is neither a signature nor an item of a plan set as a list."""
    planned = records.annexes[annex].kind is AnnexKind.ROADMAP if annex is not None else records.head.kind in (Kind.ROADMAP, Kind.PLAN)
    if not planned:
        return repeated_signature(lines, records)
    end = list_end(lines)
    return read_activity_list([*lines[:end], *repeated_signature(lines[end:], records)], annex, plan, records)


def _wait(line: Line, waiting: list[Line], records: RawRecords) -> None:
    """Keep a line until it is known whether a table follows; «Продолжение таблицы» parts no table from its next page."""
    if marks.continues_table(line.words):
        records.claims.append(Claim(text=line.words, locator=line.locator, category="structure"))
    else:
        waiting.append(line)


def _each_headed(items: Sequence[Item]) -> bool:
    """«Кадры» [table] «Методическая работа» [table]: every table stands under one short line, all set alike and none a plan's title."""
    tables = [i for i, item in enumerate(items) if not isinstance(item, Line)]
    above = [items[i - 1] if i else None for i in tables]
    lines = [x for x in above if isinstance(x, Line) and len(x.words) < _SHORT_LINE and not marks.heading_kind(x.words)]
    widths = {t.columns for t in items if not isinstance(t, Line)}
    looks = {(x.align, x.paragraph.bold) for x in lines}
    alone = all(i < 2 or not isinstance(items[i - 2], Line) for i in tables[1:])
    return len(tables) > 1 and len(lines) == len(tables) and len(widths) == len(looks) == 1 and alone and looks != {(None, False)}


def title_end(items: Sequence[Item], lines: Sequence[Line], start: int) -> int:
    """Index after the title that begins at ``start`` of the ``lines`` that open the ``items``.

    «План подготовки спартакиады \\ Организация» over the first of several tables that are headed alike: the last line is no part of it.
    """
    end = heading_end(lines, start)
    if end - start < 2 or end != len(lines) or marks.heading_goes_on(lines[end - 1].words) or _is_kind_alone(lines[end - 2].words):
        return end
    return end - 1 if _each_headed(items[end - 1 :]) else end


def _is_kind_alone(words: str) -> bool:
    """«ПЛАН», «План мероприятий»: what it is a plan of stands on the next line."""
    return bool(marks.heading_kind(words)) and len(words.split()) < 3


def _hint(heading: Sequence[Line]) -> AnnexKind | None:
    kinds = {marks.heading_kind(line.words) for line in heading}
    if kinds & {"roadmap", "plan"}:
        return AnnexKind.ROADMAP
    return AnnexKind.PAIRINGS if "pairings" in kinds else None


def _plan(heading: Sequence[Line], annex: int | None, records: RawRecords, plan: int | None) -> int | None:
    """A heading «План мероприятий …» over a table opens a plan; its period governs the rows below."""
    start = next((i for i, line in enumerate(heading) if marks.heading_kind(line.words) in ("roadmap", "plan")), None)
    title = joined(heading[start:]) if start is not None else None
    if title is None or not re.search(r"\d{4}", title.text):
        return plan
    records.plans.append(RawPlan(title=title, annex=annex))
    return len(records.plans) - 1


class _Counts:
    """How many records there were, to see which ones a table added."""

    def __init__(self, records: RawRecords) -> None:
        self.indicators, self.tables = len(records.indicators), len(records.tables)


def _keep_heading(heading: Sequence[Line], before: _Counts, records: RawRecords) -> None:
    """A heading that no record of the table shows is kept as a note."""
    shown = " ".join(
        [
            *((i.section or "") for i in records.indicators[before.indicators :]),
            *((t.title or "") for t in records.tables[before.tables :]),
            *(c.text for c in records.claims if heading and c.locator.block >= heading[0].locator.block),
        ]
    )
    folded = _fold(shown)
    kept = [line for line in heading if _fold(_numberless(line.words)) in folded]
    records.claims += [Claim(text=line.words, locator=line.locator, category="placed") for line in kept]
    read_notes([line for line in heading if line not in kept], records)


def _numberless(words: str) -> str:
    return re.sub(r"^\s*(?:\d+(?:\.\d+)*|[IVX]+)[.)]?\s*", "", words)


def _fold(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def tables_of(items: Sequence[Item]) -> list[TableBlock]:
    """The tables among the items."""
    return [item for item in items if isinstance(item, TableBlock)]
