"""The last look: every letter and digit of the source is placed, structure, noise, or unplaced with a finding."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from normalizers.identity import Identities
from schemas.contract import Coverage, Document, Finding, Locator, Severity, Status, Unplaced
from schemas.findings import CATALOGUE
from schemas.raw import RawRecords, RawTable, RawText
from schemas.source import Role, SourceDocument, TableBlock

_CONNECTORS = frozenset(("и", "или", "а", "но", "также", "совместно", "с", "со", "п", "пп", "№", "n", "контроль", "исп", "отв"))
_FREE, _PLACED, _STRUCTURE, _NOISE = 0, 1, 2, 3
_STATES = {"placed": _PLACED, "structure": _STRUCTURE, "noise": _NOISE}

Key = tuple[int, int | None, int | None]
"""Block, row, column: one paragraph of the body or one cell."""


@dataclass(slots=True)
class _Unit:
    """A piece of the source and its letters and digits in the stream of the whole document."""

    key: Key
    text: str
    start: int
    end: int
    locator: Locator


class _Ledger:
    """The source as one stream of letters and digits, and what each of them became."""

    def __init__(self, source: SourceDocument) -> None:
        self.units: list[_Unit] = []
        parts: list[str] = []
        length = 0
        for key, text, locator in _pieces(source):
            chars = fold(text)
            self.units.append(_Unit(key, text, length, length + len(chars), locator))
            parts.append(chars)
            length += len(chars)
        self.stream = "".join(parts)
        self.begins = {unit.start for unit in self.units}
        self.state = bytearray(length)
        self.reaches: dict[Key, tuple[int, int]] = {}
        for unit in self.units:
            block, row, _ = unit.key
            for key in (unit.key, (block, row, None), (block, None, None)):
                start, end = self.reaches.get(key, (unit.start, unit.end))
                self.reaches[key] = (min(start, unit.start), max(end, unit.end))

    def place(self, text: str | None, locator: Locator | None, state: int) -> None:
        """Mark ``text``, which must begin in its place: its first occurrence that is still free, else its first."""
        chars = fold(text or "")
        reach = self.reaches.get((locator.block, locator.row, locator.column)) if locator else None
        if not chars or reach is None:
            return
        start, last = reach[0], max(reach[1] - 1, reach[0]) + len(chars)  # a place may hold no letters («***»)
        first = at = self.stream.find(chars, start, last)
        while at >= 0 and any(self.state[at : at + len(chars)]):
            at = self.stream.find(chars, at + 1, last)
        if first < 0:
            self._place_lines(text or "", reach[0], state)
        self._mark(at if at >= 0 else first, len(chars), state)

    def _place_lines(self, text: str, start: int, state: int) -> None:
        """A text out of whose middle something was taken («(п. 6 в ред. …)»): each line goes on, or begins a later unit."""
        for chars in map(fold, text.split("\n")):
            at = self.stream.find(chars, start)
            while at >= 0 and at != start and at not in self.begins:
                at = self.stream.find(chars, at + 1)
            self._mark(at, len(chars), state)
            start = at + len(chars) if at >= 0 else start

    def _mark(self, at: int, length: int, state: int) -> None:
        for i in range(at, at + length) if at >= 0 else ():
            if self.state[i] in (_FREE, _STRUCTURE):
                self.state[i] = state

    def free_pieces(self, unit: _Unit) -> Iterator[tuple[str, int, int]]:
        """Runs of words of a unit that nothing has claimed: the text, and where it stands in the stream."""
        at, run = unit.start, list[tuple[int, int, int, int]]()
        for match in re.finditer(r"[^\W_]+", unit.text):
            size = len(fold(match[0]))
            free = any(s == _FREE for s in self.state[at : at + size])
            if free:
                run.append((match.start(), match.end(), at, at + size))
            elif run:
                yield unit.text[run[0][0] : run[-1][1]], run[0][2], run[-1][3]
                run = []
            at += size
        if run:
            yield unit.text[run[0][0] : run[-1][1]], run[0][2], run[-1][3]


def fold(text: str) -> str:
    """Letters and digits only, lower case, one character for each (so that lengths agree)."""
    chars = "".join(filter(str.isalnum, text))
    lower = chars.lower()
    return lower if len(lower) == len(chars) else "".join(c.lower() if len(c.lower()) == 1 else c for c in chars)


def _pieces(source: SourceDocument) -> Iterator[tuple[Key, str, Locator]]:
    """The body first: a footnote or a page number between two lines of a title does not part it."""
    for block in sorted(source.blocks, key=lambda b: b.role is not Role.BODY):
        if isinstance(block, TableBlock):
            for cell in block.cells:
                text = "\n".join(p.text for p in cell.paragraphs)
                yield (
                    (block.index, cell.row, cell.column),
                    text,
                    Locator(block=block.index, table=block.table, row=cell.row, column=cell.column),
                )
            for repeated in block.repeated_headers:
                yield (block.index, None, None), repeated.text, Locator(block=block.index, table=block.table)
        else:
            yield (block.index, None, None), block.paragraph.text, Locator(block=block.index)


def check_document(source: SourceDocument, raw: RawRecords, document: Document) -> Document:
    """Count coverage, add what it finds, set the status; returns the document, validated once more."""
    ledger = _Ledger(source)
    _mark_apart(source, ledger)
    for text, locator in _record_texts(raw, document):
        ledger.place(text, locator, _PLACED)
    for given, kept in zip(raw.activities, document.activities, strict=True):
        if given.deadline and kept.deadline is None:  # «не требуется», «х»: words for no deadline
            ledger.place(given.deadline.text, given.deadline.locator, _STRUCTURE)
    for claim in raw.claims:
        ledger.place(claim.text, claim.locator, _STATES[claim.category])
    document.coverage = _coverage(ledger)
    ids = Identities()
    document.findings += [_finding(piece, ids) for piece in document.coverage.unplaced]
    serious = (Severity.WARNING, Severity.ERROR)
    document.status = Status.REVIEW if any(f.severity in serious for f in document.findings) else Status.OK
    return Document.model_validate(document.model_dump())


def _mark_apart(source: SourceDocument, ledger: _Ledger) -> None:
    """Running heads, page numbers, stamps and invisible text are noise; repeated table headers are structure."""
    noisy = {b.index for b in source.blocks if b.role not in (Role.BODY, Role.FOOTNOTE)}
    tables = {b.index for b in source.blocks if isinstance(b, TableBlock)}
    for unit in ledger.units:
        block, row, _ = unit.key
        state = _NOISE if block in noisy else _STRUCTURE if block in tables and row is None else _FREE
        for i in range(unit.start, unit.end):
            ledger.state[i] = state


def _record_texts(raw: RawRecords, document: Document) -> Iterator[tuple[str | None, Locator | None]]:
    """Every text that a record shows, with its place. Deadlines and parties count as the document has them."""
    head = raw.head
    texts: list[RawText | None] = [head.title, head.place, head.preamble]
    texts += [t for d in raw.directives for t in (d.text,)] + [t for a in raw.annexes for t in (a.title,)]
    for activity in raw.activities:
        texts += [
            activity.title,
            activity.form,
            activity.expected_result,
            activity.evidence,
            activity.completion,
            *(e.text for e in activity.extra),
        ]
        yield activity.number, activity.locator
    for pairing in raw.pairings:
        texts += [pairing.supported, pairing.leader]
        yield pairing.number, pairing.locator
    texts += [i.name for i in raw.indicators]
    yield from ((t.text, t.locator) for t in texts if t)
    yield from _indicator_texts(raw)
    for kept in document.activities:
        if kept.deadline:  # before the people: «ОО» is found in «пО Отдельному плану» where one cell holds both
            yield kept.deadline.text, kept.deadline.locator
        yield from ((p.text, p.locator) for p in kept.responsibles)
    for table in raw.tables:
        yield table.title, table.locator
        yield from _table_texts(table)
    for note in raw.notes:
        yield from ((note.heading, note.locator), (note.text.text, note.text.locator))


def _indicator_texts(raw: RawRecords) -> Iterator[tuple[str, Locator]]:
    for indicator in raw.indicators:
        yield from ((text, indicator.locator) for text in (indicator.unit, *indicator.values.values()) if text)


def _table_texts(table: RawTable) -> Iterator[tuple[str, Locator]]:
    at = table.locator
    first = at.row or 0
    for r, row in enumerate(table.rows):
        yield from ((cell, Locator(block=at.block, table=at.table, row=first + r)) for cell in row if cell)


def _coverage(ledger: _Ledger) -> Coverage:
    unplaced = []
    for unit in ledger.units:
        for text, start, end in list(ledger.free_pieces(unit)):
            if all(word.lower() in _CONNECTORS for word in re.findall(r"[^\W_]+", text)):
                ledger.state[start:end] = bytes([_STRUCTURE]) * (end - start)
            else:
                unplaced.append(Unplaced(text=text, locator=unit.locator))
    counts = [ledger.state.count(state) for state in (_PLACED, _STRUCTURE, _NOISE, _FREE)]
    return Coverage(
        source_chars=len(ledger.state),
        placed_chars=counts[0],
        structure_chars=counts[1],
        noise_chars=counts[2],
        unplaced_chars=counts[3],
        unplaced=unplaced,
    )


def _finding(piece: Unplaced, ids: Identities) -> Finding:
    return Finding(
        id=ids.of("finding", "text_unplaced", piece.text),
        code="text_unplaced",
        severity=CATALOGUE["text_unplaced"].severity,
        message=f"Текст не попал ни в одну запись: «{piece.text[:200]}».",
        locator=piece.locator,
    )
