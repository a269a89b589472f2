"""Prose that is none of the other records: kept under its heading, so that nothing is lost."""

from collections.abc import Sequence

from extractors.layouts.headings import heading_end, is_heading
from extractors.lines import Line, joined, trace
from schemas.raw import RawNote, RawRecords


def read_notes(lines: Sequence[Line], records: RawRecords) -> None:
    """Keep lines as notes, each heading with the text below it."""
    trace(lines, "notes", records)
    heading: list[Line] = []
    text: list[Line] = []
    position = 0
    while position < len(lines):
        if is_heading(lines, position):
            _keep(heading, text, records)
            end = min(heading_end(lines, position), len(lines))
            heading, text = list(lines[position:end]), []
            position = end
            continue
        text.append(lines[position])
        position += 1
    _keep(heading, text, records)


def _keep(heading: Sequence[Line], text: Sequence[Line], records: RawRecords) -> None:
    head, body = joined(heading), joined(text, "\n")
    if body is None:
        if head is not None:
            records.notes.append(RawNote(text=head, locator=head.locator))
        return
    records.notes.append(RawNote(heading=head.text if head else None, text=body, locator=head.locator if head else body.locator))
