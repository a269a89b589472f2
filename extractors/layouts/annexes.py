"""Annexes: the corner («Приложение № 1 к приказу … от … № …», «УТВЕРЖДЕНА …»), the title, the body."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.layouts import marks
from extractors.layouts.approvals import approval_end
from extractors.layouts.body import read_body, title_end
from extractors.lines import Item, Line, joined, locate, trace
from schemas.contract import AnnexKind, Locator
from schemas.raw import Claim, RawAnnex, RawRecords
from schemas.source import Align

_MAX_CORNER = 14  # lines
_BARE_APPROVAL, _LONG_APPROVAL = 15, 300  # characters: «УТВЕРЖДАЮ» alone on its line; post, name and date under it


def read_annex(items: Sequence[Item], records: RawRecords) -> None:
    """Read one annex: ``items`` begin with its first line."""
    lines = _leading_lines(items)
    corner = corner_end(lines)
    title_to = title_end(items, lines, corner) if corner < len(lines) and _may_head(lines[corner]) else corner
    title = joined(lines[corner:title_to])
    opener = next((line for line in lines[:corner] if marks.opens_annex(line.words)), None)
    approval = joined([_without_opener(line) if line is opener else line for line in lines[:corner]])
    index = len(records.annexes)
    records.annexes.append(
        RawAnnex(
            number=marks.annex_number(opener.words) if opener else None,
            title=title,
            kind=_kind(title.text if title else ""),
            approval=approval,
            locator=lines[0].locator if lines else _first_locator(items),
        )
    )
    trace(lines[:title_to], "annex", records)
    for line in lines[:corner]:
        records.claims.append(Claim(text=line.words, locator=line.locator, category="structure"))
    before = (len(records.activities), len(records.pairings))
    read_body(items[title_to:], index, records)
    _settle_kind(records.annexes[index], len(records.activities) > before[0], len(records.pairings) > before[1])


def _without_opener(line: Line) -> Line:
    """«Приложение № 1 к приказу … от … № 18»: the approval names the act, not the annex's own number."""
    act = re.search(r"(?:\sк\s|утвержд).*", line.words, re.IGNORECASE | re.DOTALL)
    return replace(line, text=act[0].strip() if act else "")


def _leading_lines(items: Sequence[Item]) -> list[Line]:
    lines: list[Line] = []
    for item in items:
        if not isinstance(item, Line):
            break
        lines.append(item)
    return lines


def _first_locator(items: Sequence[Item]) -> Locator:
    item = items[0]
    return item.locator if isinstance(item, Line) else locate(item.index)


def corner_end(lines: Sequence[Line]) -> int:
    """Index after the corner: it ends with the date and number of the act, or where a centred title begins."""
    end = 0
    dated = False
    for position, line in enumerate(lines[:_MAX_CORNER]):
        words = line.words
        if marks.opens_annex(words):
            end = position + 1
            dated = bool(marks.NUMBER.search(words) and marks.DATE.search(words))
            continue
        if marks.heading_kind(words) and line.align is not Align.RIGHT:
            break
        if not _is_corner_line(line, lines, position, end, dated):
            break
        dated = dated or bool(marks.DATE.search(words) or marks.BLANK_DATE.search(words))
        end = position + 1
    return _after_approval(lines, end)


def _after_approval(lines: Sequence[Line], end: int) -> int:
    """«УТВЕРЖДАЮ \\ Начальник управления \\ Л.А. Берестова»: the post and name of who approves, set at the left."""
    if not end or marks.approval_role(lines[end - 1].words) is None or len(lines[end - 1].words) > _BARE_APPROVAL:
        return end
    stop = approval_end(lines, end - 1)
    named = any(marks.person(x.words) for x in lines[end:stop]) and sum(len(x.words) for x in lines[end:stop]) < _LONG_APPROVAL
    return stop if named else end


def _is_corner_line(line: Line, lines: Sequence[Line], position: int, end: int, dated: bool) -> bool:
    words = line.words
    if marks.in_corner(words) and len(words) < 250:
        return True
    if line.align is Align.RIGHT and len(words) < 200:
        return True
    if line.align is Align.CENTER or dated or position != end or position == 0:
        return False
    # «к приказу управления \\ образования администрации \\ от 01.02.2020 № 5»: the act's name goes on to its date
    ahead = lines[position + 1 : position + 6]
    return len(words) < 90 and any(
        re.match(r"^\W*(?:от\b|№)", x.words)
        and (marks.DATE.search(x.words) or marks.BLANK_DATE.search(x.words) or marks.NUMBER.search(x.words))
        for x in ahead
    )


def _may_head(line: Line) -> bool:
    return len(line.words) <= 400 and not re.match(r"^\s*[-–—•]", line.words)


def _kind(title: str) -> AnnexKind:
    found = marks.heading_kind(title)
    if found in ("roadmap", "plan"):
        return AnnexKind.ROADMAP
    return AnnexKind.PAIRINGS if found == "pairings" else AnnexKind.OTHER


def _settle_kind(annex: RawAnnex, has_activities: bool, has_pairings: bool) -> None:
    """What an annex holds decides what it is: «Перечень мер» with deadlines is a roadmap."""
    if has_activities:
        annex.kind = AnnexKind.ROADMAP
    elif has_pairings:
        annex.kind = AnnexKind.PAIRINGS
