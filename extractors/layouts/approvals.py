"""Approval blocks over a plan or an order: «УТВЕРЖДАЮ», «СОГЛАСОВАНО», «ПРИНЯТО», also side by side."""

import re
from collections.abc import Sequence

from extractors.layouts import marks
from extractors.lines import Line, joined
from schemas.contract import SignatoryRole
from schemas.raw import Claim, RawRecords, RawSignature, RawText

_MAX_BLOCK = 12  # lines an approval block may have


def split_approvals(lines: Sequence[Line], records: RawRecords) -> list[Line]:
    """Take the approval blocks («УТВЕРЖДАЮ …», «СОГЛАСОВАНО …») out of a head; returns the other lines."""
    left: list[Line] = []
    lines = side_by_side(lines)
    position = 0
    while position < len(lines):
        role = marks.approval_role(lines[position].words)
        if role is None or len(lines[position].words) > 250:
            left.append(lines[position])
            position += 1
            continue
        end = approval_end(lines, position)
        read_approval(lines[position:end], role, records)
        position = end
    return left


def side_by_side(lines: Sequence[Line]) -> list[Line]:
    """«СОГЛАСОВАНО \\t УТВЕРЖДАЮ»: blocks set beside each other with tabs become one after the other."""
    for position, line in enumerate(lines):
        parts = _cells(line)
        if len(parts) > 1 and all(marks.approval_role(p) for p in parts):
            return _unfold(lines, position, len(parts))
    return list(lines)


def _cells(line: Line) -> list[str]:
    return [p.strip() for p in re.split(r"\t+", line.text) if p.strip()]


def _unfold(lines: Sequence[Line], start: int, count: int) -> list[Line]:
    end = start
    columns: list[list[Line]] = [[] for _ in range(count)]
    while end < len(lines) and end - start < _MAX_BLOCK and "\t" in lines[end].text:
        line = lines[end]
        parts = _cells(line) if len(_cells(line)) == count else [p.strip() for p in line.text.split("\t", count - 1)]
        for column, text in zip(columns, parts, strict=False):
            if text:
                column.append(Line(text, line.locator, line.paragraph, line.opens))
        end += 1
    return [*lines[:start], *(line for column in columns for line in column), *lines[end:]]


def approval_end(lines: Sequence[Line], start: int) -> int:
    """Index after an approval block: it ends with its date, with a name that no date follows, or where a title begins."""
    for position in range(start, min(start + _MAX_BLOCK, len(lines))):
        words = lines[position].words
        opens = marks.approval_role(words) or marks.heading_kind(words) or marks.kind_word(words)
        if position > start and opens and not names_approving_act(lines, position):
            return position
        if position > start and marks.opens_part(words) and not marks.in_corner(words):
            return position
        follows = lines[position + 1].words if position + 1 < len(lines) else ""
        dated = marks.DATE.search(words) or marks.BLANK_DATE.search(words)
        named = marks.person(words)
        more = (
            marks.DATE.search(follows)
            or marks.BLANK_DATE.search(follows)
            or re.match(r"^\W*(?:от\b|№|протокол|приказ)", follows, re.IGNORECASE)
        )
        if (dated or named) and not (more and len(follows) < 80) and not _act_goes_on(words, follows):
            return position + 1
    return min(start + _MAX_BLOCK, len(lines))


def names_approving_act(lines: Sequence[Line], position: int) -> bool:
    """«УТВЕРЖДАЮ \\ Директор … \\ Приказ № 148 от 31.08.2022»: the act that approves, not the head of an order."""
    words = lines[position].words
    hit = marks.kind_word(words)
    if not hit or not hit[1] or words[:6].isupper() or not (marks.NUMBER.search(hit[1]) and marks.DATE.search(hit[1])):
        return False
    return any(marks.approval_role(x.words) for x in lines[max(0, position - _MAX_BLOCK) : position])


def _act_goes_on(words: str, follows: str) -> bool:
    """«приказом от 12.01.2020 \\ № 15» goes on with the number; «(протокол от … \\ № 3)» too."""
    return not marks.NUMBER.search(words) and bool(marks.NUMBER.match(follows.lstrip("( "))) and len(follows) < 40


def read_approval(lines: Sequence[Line], role: SignatoryRole, records: RawRecords) -> None:
    """Read one block: the act it names, or the post and the name of who approves, and the date."""
    block = joined(lines)
    if block is None:
        return
    word = re.match(r"^\W*\w+\W*", lines[0].words)
    text = (block.text[word.end() :] if word else block.text).strip()
    name = marks.person(text)
    date = marks.DATE.search(text) or marks.blank_date(text)
    act = _act(text, name)
    signature = RawSignature(role=role)
    if act:
        signature.act = RawText(text=act, locator=block.locator)
    if name:
        signature.person = RawText(text=name[0], locator=block.locator)
        after = text[name.end() : date.start() if date and date.start() > name.end() else None]
        post = text[: name.start()].strip(' ,_/"«') or (after.strip(" ,_/") if not act else "")
        post = re.sub(r"_+", " ", post).strip()
        if re.search(r"\w{3}", post):
            signature.position = RawText(text=post, locator=block.locator)
    if date:
        signature.date = RawText(text=date["date"].strip(), locator=block.locator)
    records.signatures.append(signature)
    for line in lines:
        records.claims.append(Claim(text=line.words, locator=line.locator, category="placed"))


def _act(text: str, name: re.Match[str] | None) -> str | None:
    """The act of an approval block: all of it («приказом управления от … № …»), or what follows the name."""
    found = re.search(r"приказ|постановлен|распоряжен|решени|протокол|педагогическ|совет", text, re.IGNORECASE)
    if name is None:
        return text if found else None
    after = re.search(r"(?:приказ|постановлен|распоряжен|решени|протокол).*", text[name.end() :], re.IGNORECASE | re.DOTALL)
    return after[0].strip() if after and marks.NUMBER.search(after[0]) else None
