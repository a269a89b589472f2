"""From raw records to the contract: meaning is added once, top to bottom."""

import re
from collections import Counter
from decimal import Decimal, InvalidOperation

from normalizers import ditto, heads
from normalizers.assembly import Assembly
from normalizers.deadlines import DeadlineContext, find_deadline, read_deadline
from normalizers.parties import read_addressees, read_parties
from normalizers.people import build_register
from normalizers.periods import section_month, section_period
from normalizers.schools import read_school
from schemas.contract import (
    Activity,
    Coverage,
    Deadline,
    Directive,
    Document,
    Extra,
    Indicator,
    KeptTable,
    Locator,
    Note,
    Pairing,
    Party,
    Person,
    School,
    SignatoryRole,
    Source,
    SourcePage,
    Status,
)
from schemas.findings import CATALOGUE
from schemas.raw import RawActivity, RawRecords, RawText
from schemas.source import Reader, SourceDocument

_NO_COVERAGE = Coverage(source_chars=0, placed_chars=0, structure_chars=0, noise_chars=0, unplaced_chars=0)


def normalize_records(source: SourceDocument, raw: RawRecords) -> Document:
    """Give raw records their meaning and validate them; coverage is counted by the check that follows."""
    assembly = Assembly(raw, build_register(heads.passages(raw)))
    assembly.number = heads.read_number(assembly)
    heads.read_head_date(assembly)
    period_at = heads.read_head_period(assembly)
    signatories = heads.read_signatories(assembly)
    signed = next((s.person for s in signatories if s.role is SignatoryRole.SIGNED), None)
    directives = _directives(assembly, signed)
    annexes = heads.read_annexes(assembly)
    document = Document(
        id=f"sha256:{source.sha256}",
        status=Status.OK,
        source=_source(source),
        kind=raw.head.kind,
        number=assembly.number,
        date=assembly.date,
        place=_text(raw.head.place),
        title=_text(raw.head.title),
        issuer=heads.read_head_issuer(assembly),
        preamble=_text(raw.head.preamble),
        period=assembly.period,
        signatories=signatories,
        references=heads.read_references(assembly),
        annexes=annexes,
        directives=directives,
        activities=_activities(assembly),
        pairings=_pairings(assembly),
        indicators=_indicators(assembly),
        tables=[
            KeptTable(id=assembly.ids.of("table", t.title, str(t.rows)), title=t.title, rows=t.rows, locator=t.locator) for t in raw.tables
        ],
        notes=[
            Note(id=assembly.ids.of("note", n.heading, n.text.text), heading=n.heading, text=n.text.text, locator=n.locator)
            for n in raw.notes
        ],
        people=assembly.register.people(),
        organizations=assembly.register.organizations(),
        locators=heads.locators(raw, period_at),
        coverage=_NO_COVERAGE,
    )
    _take_findings(assembly, source)
    document.findings = assembly.findings
    return document


def _source(source: SourceDocument) -> Source:
    return Source(
        file_name=source.file_name,
        names=[source.file_name],
        media_type=source.media_type,
        sha256=source.sha256,
        size_bytes=source.size_bytes,
        page_count=source.page_count,
        reader=source.reader.value,
        pages=[SourcePage(page=p.page, reader="ocr" if p.reader is Reader.OCR else "pdf", confidence=p.confidence) for p in source.pages],
    )


def _text(raw: RawText | None) -> str | None:
    return raw.text if raw else None


def _directives(assembly: Assembly, signed: Person | None) -> list[Directive]:
    found: list[Directive] = []
    leads = {raw.parent for raw in assembly.raw.directives}
    for index, raw in enumerate(assembly.raw.directives):
        identity = assembly.ids.of("directive", raw.number, raw.text.text)
        assembly.record_ids[f"directives/{index}"] = identity
        reading = find_deadline(raw.text.text, _context(assembly), raw.text.locator)
        under = heads.names_below(assembly.raw, raw)
        parties = read_addressees(raw.text.text, assembly.register, raw.text.locator, signed, leads=index in leads, named=under is not None)
        assembly.take(reading.notices, raw.locator, identity, "deadline")
        assembly.take(parties.notices, raw.locator, identity, "addressees")
        parent = found[raw.parent] if raw.parent is not None else None
        found.append(
            Directive(
                id=identity,
                number=raw.number,
                parent=parent.number if parent else None,
                parent_id=parent.id if parent else None,
                text=raw.text.text,
                addressees=parties.parties,
                deadline=reading.deadline,
                locator=raw.locator,
            )
        )
    return found


def _context(assembly: Assembly, raw: RawActivity | None = None) -> DeadlineContext:
    period, academic = assembly.period, assembly.academic
    if raw is not None:
        own = heads.plan_period(assembly, raw.plan, raw.annex)
        if own is not None and own.period is not None:
            period, academic = own.period, own.academic
        years = next((p for p in (section_period(s) for s in reversed(raw.section)) if p), None)
        if years is not None:
            period, academic = years.period, years.academic
    named = next((m for m in (section_month(s) for s in reversed(raw.section)) if m), None) if raw else None
    return DeadlineContext(
        period=(period.start, period.end) if period else None,
        academic=academic,
        document_date=assembly.date,
        month=named.month if named else None,
        year=named.year if named else None,
    )


def _activities(assembly: Assembly) -> list[Activity]:
    raws = assembly.raw.activities
    deadlines, people = ditto.repeated_cells(raws, "deadline"), ditto.repeated_cells(raws, "responsibles")
    dated = {r.locator.table for r in raws if r.deadline}
    answered = {r.locator.table for r in raws if r.responsibles}
    found = []
    for index, raw in enumerate(raws):
        identity = assembly.ids.of("activity", raw.number, raw.title.text)
        assembly.record_ids[f"activities/{index}"] = identity
        deadline = _deadline(assembly, raw, identity, raw.locator.table in dated, deadlines.get(index))
        responsibles = _responsibles(assembly, raw, identity, people.get(index))
        if not deadline and not raw.deadline and raw.locator.table in dated:
            assembly.find("deadline_missing", "У мероприятия нет срока.", raw.locator, identity, "deadline")
        if not responsibles and raw.locator.table in answered:
            assembly.find("responsible_missing", "У мероприятия нет ответственного.", raw.locator, identity, "responsibles")
        found.append(_activity(assembly, raw, identity, deadline, responsibles))
    _repeated_numbers(assembly, found)
    return found


def _deadline(assembly: Assembly, raw: RawActivity, identity: str, has_column: bool, above: RawText | None) -> Deadline | None:
    """The deadline cell or the one ``above`` that it repeats; where the table has no such column, a phrase of the title that says when."""
    context = _context(assembly, raw)
    if raw.deadline:
        reading = read_deadline((above or raw.deadline).text, context, raw.deadline.locator)
    elif not has_column:
        reading = find_deadline(raw.title.text, context, raw.title.locator)
    else:
        return None
    assembly.take(reading.notices, (raw.deadline or raw.title).locator, identity, "deadline")
    if reading.deadline and raw.deadline and above:
        assembly.take([ditto.notice(raw.deadline.text, above, "deadline")], raw.deadline.locator, identity)
        return ditto.as_deadline(reading.deadline, raw.deadline.text)
    return reading.deadline


def _responsibles(assembly: Assembly, raw: RawActivity, identity: str, above: RawText | None) -> list[Party]:
    if raw.responsibles is None:
        return []
    reading = read_parties((above or raw.responsibles).text, assembly.register, raw.responsibles.locator)
    assembly.take(reading.notices, raw.responsibles.locator, identity, "responsibles")
    if above:
        assembly.take([ditto.notice(raw.responsibles.text, above, "responsibles")], raw.responsibles.locator, identity)
        return ditto.as_parties(reading.parties, raw.responsibles.text)
    return reading.parties


def _activity(assembly: Assembly, raw: RawActivity, identity: str, deadline: Deadline | None, responsibles: list[Party]) -> Activity:
    return Activity(
        id=identity,
        number=raw.number,
        section=raw.section,
        title=raw.title.text,
        form=_text(raw.form),
        deadline=deadline,
        responsibles=responsibles,
        expected_result=_text(raw.expected_result),
        evidence=_text(raw.evidence),
        completion=_text(raw.completion),
        extra=[Extra(heading=e.heading, text=e.text.text) for e in raw.extra],
        annex=assembly.record_ids.get(f"annexes/{raw.annex}"),
        locator=raw.locator,
    )


def _repeated_numbers(assembly: Assembly, activities: list[Activity]) -> None:
    counts = Counter((a.annex, tuple(a.section), a.number or "") for a in activities)
    for activity in activities:
        key = (activity.annex, tuple(activity.section), activity.number or "")
        if activity.number and counts[key] > 1:
            message = f"Номер мероприятия «{activity.number}» повторяется в разделе."
            assembly.find("activity_number_repeated", message, activity.locator, activity.id, "number")


def _pairings(assembly: Assembly) -> list[Pairing]:
    found = []
    leaders = ditto.repeated_cells(assembly.raw.pairings, "leader")
    for index, raw in enumerate(assembly.raw.pairings):
        identity = assembly.ids.of("pairing", raw.number, f"{raw.supported.text}/{raw.leader.text}")
        supported = _school(assembly, raw.supported, identity, "supported")
        leader = _school(assembly, leaders.get(index, raw.leader), identity, "leader")
        if index in leaders:
            assembly.take([ditto.notice(raw.leader.text, leaders[index], "leader")], raw.leader.locator, identity)
            leader = ditto.as_school(leader, raw.leader.text)
        found.append(Pairing(id=identity, number=raw.number, supported=supported, leader=leader, locator=raw.locator))
    return found


def _school(assembly: Assembly, raw: RawText, identity: str, name: str) -> School:
    school = read_school(raw.text)
    if school is None or (school.type is None and school.number is None and school.name is None):
        assembly.find("school_unparsed", f"Школа «{raw.text}» в схеме закрепления не разобрана.", raw.locator, identity, name)
    return school or School(text=raw.text)


def _indicators(assembly: Assembly) -> list[Indicator]:
    found = []
    for raw in assembly.raw.indicators:
        identity = assembly.ids.of("indicator", raw.unit, f"{raw.section or ''}{raw.name.text}")
        values = {}
        for label, text in raw.values.items():
            value = read_decimal(text)
            if value is not None:
                values[label] = value
            elif re.search(r"\w", text):
                message = f"Значение показателя за «{label}» не число: «{text}»."
                assembly.find("value_not_a_number", message, raw.locator, identity, "values")
        found.append(Indicator(id=identity, name=raw.name.text, unit=raw.unit, section=raw.section, values=values, locator=raw.locator))
    return found


def read_decimal(text: str) -> str | None:
    """«0,68» → `0.68`, «1 250» → `1250`, «40 %» → `40`; None for what is no number."""
    bare = re.sub(r"[\s%]", "", text).replace(",", ".").replace("−", "-")
    try:
        value = Decimal(bare)
    except InvalidOperation:
        return None
    return bare if value.is_finite() and re.fullmatch(r"-?\d+(?:\.\d+)?", bare) else None


def _take_findings(assembly: Assembly, source: SourceDocument) -> None:
    """Findings of extraction, of the readers, and of the register of people."""
    for raw in assembly.raw.findings:
        assembly.find(raw.code, raw.message, raw.locator, assembly.record_ids.get(raw.record or ""), raw.field)
    for note in source.notes:
        locator = Locator(block=note.block) if note.block is not None else None
        code = note.code if note.code in CATALOGUE else "text_layer_suspect"
        assembly.find(code, note.message if note.page is None else f"Страница {note.page}: {note.message}", locator)
    for notice, place in assembly.register.notices():
        assembly.find(notice.code, notice.message, place, None, notice.field or "people")
