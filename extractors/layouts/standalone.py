"""A roadmap or plan without its order, or a document that is neither."""

from collections.abc import Sequence

from extractors.layouts import marks
from extractors.layouts.annexes import corner_end
from extractors.layouts.approvals import read_approval, split_approvals
from extractors.layouts.body import read_body, title_end
from extractors.layouts.headings import split_heading
from extractors.layouts.notes import read_notes
from extractors.lines import Item, Line, joined, locate, trace
from schemas.contract import Kind, SignatoryRole
from schemas.raw import Claim, RawFinding, RawRecords

_SHORT_HEAD = 20  # lines above the first table of a plan; more make a programme or another book


def read_standalone(items: Sequence[Item], records: RawRecords) -> None:
    """A roadmap or plan without its order, or a document that is neither."""
    table_at = next((i for i, x in enumerate(items) if not isinstance(x, Line)), len(items))
    lines = [x for x in items[:table_at] if isinstance(x, Line)]
    lines = _take_corner(lines, records)
    lines = split_approvals(lines, records)
    start = next((i for i, x in enumerate(lines[:40]) if _is_plan_title(x)), None)
    no_act = ("act", "нет ни слова «приказываю», ни слова «приказ» с пунктами под ним")
    if start is None:
        _read_unnamed([*lines, *items[table_at:]], records)
        trace(lines, "notes", records, [no_act, ("plan", "нет заголовка дорожной карты или плана")])
        _say_what_it_is(items, lines, records)
        return
    end = title_end([*lines, *items[table_at:]], lines, start)
    trace(lines[:end], "plan", records, [no_act])
    records.head.title = joined(lines[start:end])
    records.head.kind = Kind.ROADMAP if _is_roadmap(lines[start:end]) else Kind.PLAN
    upper = [x for x in lines[:start] if not marks.is_small(x.words)]
    if upper and sum(len(x.words) for x in upper) < 500:
        records.head.issuer = joined(upper)
        records.claims += [Claim(text=x.words, locator=x.locator, category="placed") for x in upper]
        records.claims += [Claim(text=x.words, locator=x.locator, category="structure") for x in lines[:start] if marks.is_small(x.words)]
    else:
        read_notes(lines[:start], records)
    read_body([*lines[end:], *items[table_at:]], None, records)


def _read_unnamed(body: Sequence[Item], records: RawRecords) -> None:
    """A body under no known heading: a plan where it holds activities; where it holds none, its figures are no target indicators."""
    found = RawRecords(head=records.head, signatures=records.signatures)
    read_body(body, None, found)
    if not found.activities and (found.indicators or found.pairings):
        found = RawRecords(head=records.head, signatures=records.signatures)
        read_body(body, None, found, whole=True)
    records.signatures = found.signatures
    for name in ("plans", "activities", "pairings", "indicators", "tables", "notes", "claims", "traces", "findings"):
        getattr(records, name).extend(getattr(found, name))


def _take_corner(lines: list[Line], records: RawRecords) -> list[Line]:
    """«Приложение № 1 к приказу … от … № …» over a roadmap whose order is not in the file."""
    if not lines or not marks.opens_annex(lines[0].words):
        return lines
    end = corner_end(lines)
    read_approval(lines[:end], SignatoryRole.APPROVED, records)
    return lines[end:]


def _is_plan_title(line: Line) -> bool:
    return marks.heading_kind(line.words) in ("roadmap", "plan") and len(line.words) < 400 and not line.words.endswith((";", ","))


def _is_roadmap(lines: Sequence[Line]) -> bool:
    """«Дорожная карта (план мероприятий)», «План мероприятий («дорожная карта»)»."""
    return any(marks.heading_kind(line.words) == "roadmap" or marks.NAMES_ROADMAP.search(line.words) for line in lines)


def _say_what_it_is(items: Sequence[Item], lines: Sequence[Line], records: RawRecords) -> None:
    """A table of activities under a heading of its own («Антикоррупционные мероприятия на 2023 год») is a plan; a report on one is none."""
    if records.activities and len(lines) <= _SHORT_HEAD and not any(marks.opens_report(line.words) for line in lines):
        records.head.kind = Kind.PLAN
        _take_title(split_heading(lines)[1], records)
        return
    first = items[0] if items else None
    locator = first.locator if isinstance(first, Line) else locate(first.index) if first is not None else None
    records.findings.append(
        RawFinding(
            code="not_an_order",
            message="Документ не похож на приказ, дорожную карту или план: его текст оставлен примечаниями.",
            locator=locator,
        )
    )


def _take_title(heading: Sequence[Line], records: RawRecords) -> None:
    """The heading over the first table is the title of a plan whose kind word nobody knows; it is no note any more."""
    records.head.title = joined(heading)
    blocks = {line.locator.block for line in heading}
    records.notes = [n for n in records.notes if n.locator.block not in blocks]
    records.claims += [Claim(text=line.words, locator=line.locator, category="placed") for line in heading]
