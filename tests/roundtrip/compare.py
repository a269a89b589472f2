"""What came back against what was written: a list of differences, empty when the round trip is closed."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from schemas.contract import Activity, Deadline, Directive, Document, Party
from tests.roundtrip.truth import Point, Row, Truth, When, Who


def differences(truth: Truth, document: Document) -> list[str]:
    """Every field that came back otherwise: «points[3].parent: '3' != None»."""
    found = list(_head(truth, document))
    found += _lists("points", truth.points, document.directives, _point)
    found += _lists("rows", truth.rows, document.activities, _row)
    pairs = [(pair.number, pair.supported.text, pair.leader.text) for pair in document.pairings]
    found += _lists("pairs", truth.pairs, pairs, lambda a, b: [("", a, b)])
    measures = [(m.name, m.unit, tuple(m.values.items())) for m in document.indicators]
    found += _lists("measures", truth.measures, measures, lambda a, b: [("", (a.name, a.unit, a.values), b)])
    annexes = [(annex.number, _flat(annex.title), annex.kind.value) for annex in document.annexes]
    found += _lists("annexes", truth.annexes, annexes, lambda a, b: [("", (a[0], _flat(a[1]), a[2]), b)])
    if document.coverage.unplaced_chars:
        found.append(f"coverage.unplaced: {[piece.text for piece in document.coverage.unplaced]}")
    return found


def _flat(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def _head(truth: Truth, document: Document) -> Iterable[str]:
    period = (document.period.start, document.period.end) if document.period else None
    signed = [s for s in document.signatories if s.role == truth.signer_role]
    signer = (signed[0].person.surname, signed[0].person.initials) if len(signed) == 1 else len(signed)
    pairs: list[tuple[str, Any, Any]] = [
        ("kind", truth.kind, document.kind.value),
        ("number", truth.number, document.number),
        ("date", truth.date, document.date),
        ("place", truth.place, document.place),
        ("issuer", _folded(truth.issuer), _folded(document.issuer.name if document.issuer else None)),
        ("title", truth.title, _flat(document.title)),
        ("preamble", truth.preamble, _flat(document.preamble)),
        ("period", truth.period, period),
        ("signer", truth.signer, signer),
        ("signer_post", truth.signer_post, signed[0].position if signed else None),
    ]
    for name, wanted, got in pairs:
        if wanted != got:
            yield f"head.{name}: {wanted!r} != {got!r}"


def _lists(name: str, wanted: Sequence[Any], got: Sequence[Any], fields: Callable[[Any, Any], list[tuple[str, Any, Any]]]) -> list[str]:
    if len(wanted) != len(got):
        return [f"{name}.count: {len(wanted)} != {len(got)}"]
    found = []
    for index, (one, other) in enumerate(zip(wanted, got, strict=True)):
        found += [f"{name}[{index}].{label}: {a!r} != {b!r}" for label, a, b in fields(one, other) if a != b]
    return found


def _point(point: Point, directive: Directive) -> list[tuple[str, Any, Any]]:
    fields = [("number", point.number, directive.number), ("parent", point.parent, directive.parent)]
    fields.append(("text", point.text, _flat(directive.text)))
    return [
        *fields,
        (f"addressees of {point.text!r}", _whos(point.addressees), _parties(directive.addressees)),
        *_when(point.deadline, directive.deadline),
    ]


def _row(row: Row, activity: Activity) -> list[tuple[str, Any, Any]]:
    return [
        ("number", row.number, activity.number),
        ("section", row.section, tuple(activity.section)),
        ("title", row.title, _flat(activity.title)),
        ("form", row.form, _flat(activity.form)),
        ("extra", row.extra, tuple((extra.heading, _flat(extra.text)) for extra in activity.extra)),
        ("result", row.result, _flat(activity.expected_result)),
        (f"responsibles of {row.responsibles_text!r}", _whos(row.responsibles), _parties(activity.responsibles)),
        *_when(row.deadline, activity.deadline),
    ]


def _when(wanted: When | None, got: Deadline | None) -> list[tuple[str, Any, Any]]:
    if wanted is None or got is None:
        return [("deadline", wanted, got and got.text)]
    name = f"deadline of {wanted.text!r}"
    fields: list[tuple[str, Any, Any]] = [
        (f"{name}.text", wanted.text, _flat(got.text)),
        (f"{name}.kind", wanted.kind, got.kind.value),
        (f"{name}.recurrence", wanted.recurrence, got.recurrence),
    ]
    if wanted.intervals is not None:
        intervals = sorted(((i.start, i.end) for i in got.intervals), key=str)
        fields.append((f"{name}.intervals", sorted(wanted.intervals, key=str), intervals))
        fields.append((f"{name}.inferred", wanted.inferred, got.inferred))
    return fields


def _whos(parties: Iterable[Who]) -> list[tuple[str, str, str]]:
    return sorted((who.kind, _folded(who.name), _folded(who.position)) for who in parties)


def _parties(parties: Iterable[Party]) -> list[tuple[str, str, str]]:
    return sorted((party.kind.value, _folded(_name(party)), _folded(party.position)) for party in parties)


def _name(party: Party) -> str:
    return f"{party.person.surname} {party.person.initials}" if party.person else party.name


def _folded(name: str | None) -> str:
    """Bodies, roles and posts may open with a capital or not, as the sentence had it."""
    return (name or "").casefold()
