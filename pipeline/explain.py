"""How a file was read, line by line: its blocks, the layout that took each, the rule behind each value."""

from collections.abc import Iterator
from pathlib import Path

from extractors.extract import extract_records
from extractors.reading.document import read_document
from normalizers.normalize import normalize_records
from pipeline.check import check_document
from pipeline.summary import describe
from schemas.contract import Activity, Deadline, Directive, Document, Party
from schemas.raw import RawRecords, Trace
from schemas.source import Block, Role, SourceDocument, TableBlock

_WIDTH = 100


def explain_file(path: Path) -> Iterator[str]:
    """The explanation of one file.

    Raises:
        RejectedError: the file cannot be taken.
    """
    source = read_document(path)
    raw = extract_records(source)
    document = check_document(source, raw, normalize_records(source, raw))
    yield f"{source.file_name}: {source.media_type}, читал {source.reader}, блоков {len(source.blocks)}"
    yield describe(document)
    yield from _blocks(source, raw)
    yield from _values(document)
    yield from _findings(document)


def _blocks(source: SourceDocument, raw: RawRecords) -> Iterator[str]:
    yield "\nБЛОКИ И ИХ ВИД"
    traces = {trace.block: trace for trace in raw.traces}
    claims = {claim.locator.block: claim.category for claim in raw.claims}
    for block in source.blocks:
        yield f"{block.index:>4} {_shape(block):<16}{_taken(traces.get(block.index), claims.get(block.index))}  {_short(_text(block))}"
        for layout, why in traces[block.index].refused if block.index in traces else []:
            yield f"{'':>22}не {layout}: {why}"


def _shape(block: Block) -> str:
    role = "" if block.role is Role.BODY else f" {block.role.value}"
    if isinstance(block, TableBlock):
        return f"таблица {block.rows}×{block.columns}{role}"
    return f"абзац{role}"


def _taken(trace: Trace | None, claim: str | None) -> str:
    """The layout that took a block, or what a layout said of it in passing («приказываю:» is structure)."""
    return f"[{trace.layout}]" if trace else f"[{claim or '—'}]"


def _text(block: Block) -> str:
    if isinstance(block, TableBlock):
        return " | ".join(cell.text for cell in block.row_cells(0))
    return block.text


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _WIDTH else f"{flat[: _WIDTH - 1]}…"


def _values(document: Document) -> Iterator[str]:
    yield "\nГОЛОВА"
    for field in ("kind", "number", "date", "place", "title"):
        locator = getattr(document.locators, field, None)
        where = f"блок {locator.block}" if locator else "—"
        yield f"{field:<10}{where:<10}{_short(str(getattr(document, field) or '—'))}"
    yield "\nПУНКТЫ"
    for directive in document.directives:
        yield from _record(directive, directive.text, directive.addressees)
    yield "\nМЕРОПРИЯТИЯ"
    for activity in document.activities:
        yield from _record(activity, activity.title, activity.responsibles)


def _record(record: Directive | Activity, text: str, parties: list[Party]) -> Iterator[str]:
    place = record.locator
    row = "" if place.row is None else f", строка {place.row}"
    yield f"{record.number or '–':<6} блок {place.block}{row}: {_short(text)}"
    if record.deadline:
        yield f"       срок: {_deadline(record.deadline)}"
    for party in parties:
        yield f"       кто: {_short(party.text)} → {party.kind.value} {party.name}" + (f" ({party.position})" if party.position else "")


def _deadline(deadline: Deadline) -> str:
    days = ", ".join(f"{interval.start or '…'} – {interval.end or '…'}" for interval in deadline.intervals)
    inferred = " (год или месяц взят из заголовка)" if deadline.inferred else ""
    return f"{_short(deadline.text)} → {deadline.kind.value} {days}{inferred} [правило {deadline.rule}]"


def _findings(document: Document) -> Iterator[str]:
    if document.findings:
        yield "\nЗАМЕЧАНИЯ"
    for finding in document.findings:
        record = f" {finding.record}" if finding.record else ""
        yield f"{finding.severity.value:<8}{finding.code}{record}: {_short(finding.message)}"
    coverage = document.coverage
    yield (
        f"\nПОКРЫТИЕ: {coverage.source_chars} = в записях {coverage.placed_chars} + строение {coverage.structure_chars}"
        f" + шум {coverage.noise_chars} + вне записей {coverage.unplaced_chars}"
    )
