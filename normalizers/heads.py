"""The head: number, date, period, issuer, signatories, references, annexes."""

import re
from collections.abc import Sequence

from normalizers.assembly import Assembly
from normalizers.dates import read_date
from normalizers.issuers import read_issuer
from normalizers.parties import APPOINTS_BELOW
from normalizers.people import Passage
from normalizers.periods import PeriodReading, read_period
from normalizers.positions import position_in_nominative
from normalizers.references import find_references, merge_references
from schemas.contract import (
    Annex,
    AnnexKind,
    ApprovedBy,
    Issuer,
    Kind,
    Locator,
    Locators,
    Reference,
    Signatory,
    SignatoryRole,
)
from schemas.raw import RawDirective, RawRecords, RawSignature, RawText

ACTS = (Kind.ORDER, Kind.RESOLUTION, Kind.INSTRUCTION, Kind.DECISION)
PLANS = (Kind.ROADMAP, Kind.PLAN)
_ACT_NUMBER = re.compile(r"(?:№|\bN)\s*([\dА-Яа-яA-Za-z]+(?:\s?[-–/.]\s?[\dА-Яа-яA-Za-z]+)*)")
_APPROVES_PLAN = re.compile(
    r"\W*утвердить\b.{0,80}(?:дорожн\w+ карт|план\w* мероприяти|план\w*-график|комплекс\w* мер)", re.IGNORECASE | re.DOTALL
)
_NAME = re.compile(r"(?<!\w)[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+|[А-ЯЁ][а-яё]+\s[А-ЯЁ]\.\s?[А-ЯЁ]\.")


def passages(raw: RawRecords) -> list[Passage]:
    """Every text of the document that may name people or bodies, in reading order of its kind."""
    head = raw.head
    prose = [Passage(t.text, "prose", t.locator) for t in (head.title, head.preamble) if t]
    prose += [Passage(d.text.text, "prose", d.text.locator, lead=names_below(raw, d) or "") for d in raw.directives]
    cells: list[RawText] = []
    for activity in raw.activities:
        cells += [
            t
            for t in (
                activity.title,
                activity.form,
                activity.responsibles,
                activity.expected_result,
                activity.evidence,
                activity.completion,
            )
            if t
        ]
        cells += [extra.text for extra in activity.extra]
    found = [Passage(s.person.text, "signature", s.person.locator) for s in raw.signatures if s.person]
    found = prose + found
    found += [Passage(t.text, "cell", t.locator) for t in cells]
    found += [Passage(n.text.text, "prose", n.text.locator) for n in raw.notes]
    found += [Passage(cell, "cell", t.locator) for t in raw.tables for row in t.rows for cell in row if cell]
    return found


def names_below(raw: RawRecords, directive: RawDirective) -> str | None:
    """The point above, where it appoints or charges those that its items name: «Назначить ответственными:»."""
    above = raw.directives[directive.parent].text.text if directive.parent is not None else ""
    return above if APPOINTS_BELOW.search(above) else None


def read_number(assembly: Assembly) -> str | None:
    """The number as printed, inner spaces of «01 - 08 / 276» folded; a finding where an act has none."""
    raw = assembly.raw.head
    if raw.number is None:
        if raw.kind in ACTS:
            assembly.find("number_missing", "Номер приказа не найден: проверьте, проставлен ли он в файле.", field_name="number")
        return None
    return re.sub(r"\s*([-–/.])\s*", r"\1", raw.number.text).strip(" .") or None


def read_head_date(assembly: Assembly) -> None:
    """The date of the act, or of the approval of a plan standing alone."""
    raw = assembly.raw
    text = raw.head.date
    if raw.head.kind in PLANS:
        text = next((s.date for s in raw.signatures if s.role is SignatoryRole.APPROVED and s.date), None)
    if text is None:
        if raw.head.kind in ACTS:
            assembly.find("date_missing", "Дата приказа не найдена: проверьте, проставлена ли она в файле.", field_name="date")
        return
    reading = read_date(text.text)
    assembly.date = reading.date
    assembly.take(reading.notices, text.locator, None, "date")


def _headings(raw: RawRecords) -> list[RawText]:
    """Headings that may name what the first roadmap covers, nearest to the roadmap first."""
    annexes = [a.title for a in raw.annexes if a.kind is AnnexKind.ROADMAP and a.title]
    plans = [p.title for p in raw.plans if p.title]
    title = [raw.head.title] if raw.head.title else []
    approving = [d.text for d in raw.directives if raw.plans or annexes if _APPROVES_PLAN.match(d.text.text)]
    return [*title, *plans] if raw.head.kind in PLANS else [*annexes[:1], *plans[:1], *title, *approving]


def read_head_period(assembly: Assembly) -> Locator | None:
    """What the first roadmap covers; a heading with a calendar period goes before one with academic years."""
    readings = [(h, read_period(h.text)) for h in _headings(assembly.raw)]
    readings = [(h, r) for h, r in readings if r.period is not None]
    if not readings:
        return None
    heading, reading = readings[0]
    assembly.period, assembly.academic = reading.period, reading.academic
    assembly.take(reading.notices, heading.locator, None, "period")
    return heading.locator


def plan_period(assembly: Assembly, plan: int | None, annex: int | None) -> PeriodReading | None:
    """The period that governs a row: its annex's, or its own plan's where one file holds several plans."""
    raw = assembly.raw
    title = raw.annexes[annex].title if annex is not None else None
    own = read_period(title.text) if title else None
    if own and own.period:
        return own
    if (plan is not None and len({p.title.text for p in raw.plans if p.title}) > 1) or not assembly.period:
        heading = raw.plans[plan].title if plan is not None else None
        named = read_period(heading.text) if heading else None
        return named if named and named.period else None
    return None


def read_head_issuer(assembly: Assembly) -> Issuer | None:
    """The letterhead in sentence case and nominative."""
    head = assembly.raw.head
    if head.issuer is None:
        return None
    texts = [t.text for t in (head.preamble, *(d.text for d in assembly.raw.directives)) if t]
    return read_issuer(head.issuer.text, head.title.text if head.title else None, texts)


def read_signatories(assembly: Assembly) -> list[Signatory]:
    """Who signed, approved, agreed, adopted, prepared: each person once a role."""
    found: dict[tuple[str, str], Signatory] = {}
    for raw in assembly.raw.signatures:
        person = assembly.register.person(raw.person.text) if raw.person else None
        if person is None:
            continue
        signatory = Signatory(role=raw.role, person=person, position=_position(raw))
        if signatory.position:
            assembly.register.add_position(person, signatory.position)
        found.setdefault((raw.role, person.name), signatory)
    return list(found.values())


def _position(raw: RawSignature) -> str | None:
    """The post as printed; «Проект внесён: Начальником отдела …» in the nominative."""
    text = " ".join(raw.position.text.split()) if raw.position else ""
    return (position_in_nominative(text) if raw.role is SignatoryRole.PREPARED else text) or None


def read_references(assembly: Assembly) -> list[Reference]:
    """Acts named in head, preamble, points, approvals, and the prose of a roadmap or plan; never the act itself."""
    raw = assembly.raw
    texts = [t.text for t in (raw.head.title, raw.head.preamble) if t] + [d.text.text for d in raw.directives]
    texts += [s.act.text for s in raw.signatures if s.act]
    texts += [n.text.text for n in raw.notes] if raw.head.kind in PLANS or raw.annexes else []
    found = merge_references([r for text in texts for r in find_references(text)])
    return [r for r in found if not _is_itself(r, assembly)]


def _is_itself(reference: Reference, assembly: Assembly) -> bool:
    return bool(assembly.number) and reference.number == assembly.number and reference.date in (None, assembly.date)


def read_annexes(assembly: Assembly) -> list[Annex]:
    """The annexes, each tied to the act that its corner names."""
    annexes = []
    for index, raw in enumerate(assembly.raw.annexes):
        identity = assembly.ids.of("annex", raw.number, raw.title.text if raw.title else "")
        assembly.record_ids[f"annexes/{index}"] = identity
        period = read_period(raw.title.text).period if raw.title else None
        approved = _approved_by(raw.approval)
        annexes.append(
            Annex(
                id=identity,
                number=raw.number,
                title=raw.title.text if raw.title else None,
                kind=raw.kind,
                period=period,
                approved_by=approved,
                locator=raw.locator,
            )
        )
        _compare_acts(assembly, approved, raw.approval, identity)
    _missing_annexes(assembly, annexes)
    _empty_plans(assembly, annexes)
    return annexes


def _approved_by(approval: RawText | None) -> ApprovedBy | None:
    if approval is None:
        return None
    number = _ACT_NUMBER.search(approval.text)
    dated = re.search(r"\bот\s*(.{4,40}?)(?:№|\bN|$)", approval.text, re.IGNORECASE | re.DOTALL)
    date = read_date(dated[1]).date if dated else None
    if number is None and date is None:
        return None
    return ApprovedBy(number=re.sub(r"\s*([-–/.])\s*", r"\1", number[1]) if number else None, date=date)


def _compare_acts(assembly: Assembly, approved: ApprovedBy | None, approval: RawText | None, identity: str) -> None:
    if approved is None or approval is None or assembly.raw.head.kind not in ACTS:
        return
    other_number = approved.number and assembly.number and approved.number != assembly.number
    other_date = approved.date and assembly.date and approved.date != assembly.date
    if other_number or other_date:
        named, own = f"№ {approved.number or '—'} от {approved.date or '—'}", f"№ {assembly.number or '—'} от {assembly.date or '—'}"
        message = f"Приложение ссылается на акт {named}, а сам акт — {own}."
        assembly.find("annex_act_differs", message, approval.locator, identity, "approved_by")


def _missing_annexes(assembly: Assembly, annexes: Sequence[Annex]) -> None:
    """«(Приложение № 2)» in a point, and no such annex in the file."""
    present = {a.number for a in annexes}
    for index, raw in enumerate(assembly.raw.directives):
        for match in re.finditer(r"\(\s*(?:согласно\s+)?приложени\w*\s*(?:№|N)?\s*(\d*)\s*\)", raw.text.text, re.IGNORECASE):
            number = match[1] or None
            if (number and number in present) or (not number and annexes) or (number == "1" and present == {None}):
                continue
            name = f"Приложение № {number}" if number else "Приложение"
            record = assembly.record_ids.get(f"directives/{index}")
            assembly.find("annex_missing", f"{name} названо в пункте, но в файле его нет.", raw.locator, record, "text")


def _empty_plans(assembly: Assembly, annexes: Sequence[Annex]) -> None:
    """A plan of which no activity was read: its table is a picture, or of a kind that nobody knows yet."""
    raw = assembly.raw
    for index, annex in enumerate(annexes):
        if annex.kind is AnnexKind.ROADMAP and not any(activity.annex == index for activity in raw.activities):
            assembly.find("plan_empty", "В приложении с планом не найдено ни одного мероприятия.", annex.locator, annex.id)
    if raw.head.kind in PLANS and not raw.activities:
        assembly.find("plan_empty", "В плане не найдено ни одного мероприятия.", raw.head.title.locator if raw.head.title else None)


def locators(raw: RawRecords, period: Locator | None) -> Locators:
    """Where the head fields stand."""
    head = raw.head

    def of(text: RawText | None) -> Locator | None:
        return text.locator if text else None

    return Locators(
        number=of(head.number), date=of(head.date), title=of(head.title), issuer=of(head.issuer), place=of(head.place), period=period
    )
