"""Documents that carry one order: the Word file, the PDF, the scan of the signed paper.

Same number, date and body, and alike text: they are tied, the better reading first. Really other text: a finding in both.
Texts are compared by sketches (`sketch_words`), so that hundreds of acts «№ 1 от 09.01.2019» of different schools cost nothing.
"""

import hashlib
import re
from array import array
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from schemas.contract import Document, Finding, Kind, SignatoryRole
from schemas.findings import CATALOGUE
from storage import tables as t
from storage.bodies import fold, same_body

CODE = "same_number_other_text"
_ALIKE = 0.6
"""Share of the words of two readings that both have, from which on they are one text: a poor scan keeps 0.75, two orders share 0.3."""
_EQUAL = 0.95
"""The same where nothing tells whether one body issued both: a form filled in by two schools differs in its names."""
_MANY = 8
"""More other texts than this under one number and date are not named one by one."""
_SKETCH = 256
"""Words in a sketch: likeness is known to 0.03."""
_RANK = {"docx": 0, "pdf": 1, "mixed": 2, "ocr": 3}
_UNSAID = {Kind.ROADMAP.value, Kind.PLAN.value, Kind.OTHER.value}
"""Kinds that do not tell an order from a resolution."""

Name = tuple[str | None, date | None]
"""Number and date of a document."""


class Namesake(NamedTuple):
    """A document of a number and date: what tells whether two are one order, and what they are tied to now."""

    id: str
    kind: str
    issuer: str | None
    signers: frozenset[str]
    words: frozenset[int]
    quality: tuple[int, int, str]
    file_name: str
    carried: str | None = None
    rank: int | None = None


def sketch_words(document: Document) -> bytes:
    """The words of a document's text as 32-bit numbers, the smallest 256 of them: two sketches tell how alike two texts are."""
    texts = [document.title or "", *(d.text for d in document.directives), *(a.title for a in document.activities)]
    words = set(re.findall(r"[а-яa-z]{4,}", fold(" ".join([*texts, *(note.text for note in document.notes)]))))
    numbers = sorted(int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "big") for word in words)
    return array("I", numbers[:_SKETCH]).tobytes()


def name_of(session: Session, document_id: str) -> Name:
    """Number and date of a stored document; (None, None) where it is not stored."""
    row = session.execute(select(t.DocumentRow.number, t.DocumentRow.date).where(t.DocumentRow.id == document_id)).one_or_none()
    return (None, None) if row is None else (row[0], row[1])


def tie(session: Session, document_id: str, names: Iterable[Name]) -> set[str]:
    """Tie a document that is new or has changed to its carriers.

    Args:
        session: an open transaction.
        document_id: the document.
        names: number and date that it has now, and those that it had.

    Returns:
        The ids of documents whose findings (`strangers`) are no longer what is stored.
    """
    mine = session.execute(select(t.CarrierRow.carried).where(t.CarrierRow.document_id == document_id)).scalar()
    session.execute(delete(t.CarrierRow).where(t.CarrierRow.document_id == document_id))
    stale: set[str] = set()
    for name in set(names):
        circle = _circle(session, name)
        loose = {item.id for item in circle if item.id == document_id or (mine and item.carried == mine)}
        tied = _tied(circle, loose)
        _write(session, circle, tied)
        groups = {item.carried for item in tied if item.id in loose and item.carried}
        stale |= _stale(session, name, tied, loose | {item.id for item in tied if item.carried in groups})
    return stale


def strangers(session: Session, document_id: str) -> list[Finding]:
    """Findings about documents with the same number, date and body but really other text."""
    circle = _circle(session, name_of(session, document_id))
    return next((_findings(item, circle) for item in circle if item.id == document_id), [])


def carriers_of(session: Session, document_id: str) -> list[tuple[str, str]]:
    """The readings of one order, the best first, as id and file name; [] where there is but one."""
    mine = select(t.CarrierRow.carried).where(t.CarrierRow.document_id == document_id).scalar_subquery()
    query = select(t.DocumentRow.id, t.DocumentRow.source_file_name).join(t.CarrierRow, t.CarrierRow.document_id == t.DocumentRow.id)
    return [(row[0], row[1]) for row in session.execute(query.where(t.CarrierRow.carried == mine).order_by(t.CarrierRow.rank))]


def _circle(session: Session, name: Name) -> list[Namesake]:
    """All documents of a number and date, ordered by id."""
    number, day = name
    if number is None or day is None:
        return []
    row = t.DocumentRow
    same = (row.number == number, row.date == day)
    signed = select(t.SignatoryRow.document_id, t.SignatoryRow.person_surname).join(row, row.id == t.SignatoryRow.document_id)
    signers: dict[str, set[str]] = {}
    for signed_id, surname in session.execute(signed.where(*same, t.SignatoryRow.role == SignatoryRole.SIGNED.value)):
        signers.setdefault(signed_id, set()).add(fold(surname or ""))
    columns = (row.id, row.kind, row.issuer_name, row.words, row.source_reader, row.coverage_unplaced_chars, row.source_file_name)
    query = select(*columns, t.CarrierRow.carried, t.CarrierRow.rank).outerjoin(t.CarrierRow, t.CarrierRow.document_id == row.id)
    return [
        Namesake(
            found.id,
            found.kind,
            found.issuer_name,
            frozenset(signers.get(found.id, ())),
            frozenset(array("I", found.words or b"")),
            (_RANK[found.source_reader], found.coverage_unplaced_chars, found.id),
            found.source_file_name,
            found.carried,
            found.rank,
        )
        for found in session.execute(query.where(*same).order_by(row.id))
    ]


def _tied(circle: list[Namesake], loose: set[str]) -> list[Namesake]:
    """The circle with new ties: those of the ``loose`` are found anew, the others keep theirs."""
    group = {item.id: item.id if item.id in loose else item.carried or item.id for item in circle}
    for item in circle:
        if item.id in loose:
            for other in circle:
                if group[other.id] != group[item.id] and _one_order(item, other):
                    old, new = group[other.id], group[item.id]
                    group = {key: new if value == old else value for key, value in group.items()}
    return list(_ranked(circle, group))


def _ranked(circle: list[Namesake], group: dict[str, str]) -> Iterator[Namesake]:
    """The circle in its order; members of a group carry its smallest id, and their rank by quality."""
    members: dict[str, list[Namesake]] = {}
    for item in sorted(circle, key=lambda item: item.quality):
        members.setdefault(group[item.id], []).append(item)
    for item in circle:
        mates = members[group[item.id]]
        alone = len(mates) == 1
        yield item._replace(carried=None if alone else min(mate.id for mate in mates), rank=None if alone else mates.index(item))


def _write(session: Session, before: list[Namesake], after: list[Namesake]) -> None:
    """Store the ties that have changed."""
    for old, new in zip(before, after, strict=True):
        if (old.carried, old.rank) == (new.carried, new.rank):
            continue
        session.execute(delete(t.CarrierRow).where(t.CarrierRow.document_id == new.id))
        if new.carried:
            session.execute(insert(t.CarrierRow).values(document_id=new.id, carried=new.carried, rank=new.rank))


def _stale(session: Session, name: Name, circle: list[Namesake], changed: set[str]) -> set[str]:
    """Who shows other findings than he should, of those whom a change may concern."""
    shown: dict[str, set[str]] = {}
    row = t.FindingRow
    query = select(row.document_id, row.message).join(t.DocumentRow, t.DocumentRow.id == row.document_id)
    for item in session.execute(query.where(t.DocumentRow.number == name[0], t.DocumentRow.date == name[1], row.code == CODE)):
        shown.setdefault(item.document_id, set()).add(item.message)
    centre = [item for item in circle if item.id in changed]
    concerned = [item for item in circle if item.id in shown or any(_body(item, other) is not False for other in centre)]
    return {item.id for item in concerned if {f.message for f in _findings(item, circle)} != shown.get(item.id, set())}


def _findings(item: Namesake, circle: list[Namesake]) -> list[Finding]:
    """One for each other text, naming its best reading; one for all where there are many."""
    found: dict[str, Namesake] = {}
    for other in _others(item, circle):
        key = other.carried or other.id
        found[key] = min(found.get(key, other), other, key=lambda reading: reading.quality)
        if len(found) > _MANY:
            return [_finding("", f"тот же номер и дата больше чем у {_MANY} документов с другим текстом: проверьте номер и дату")]
    said = "тот же номер и дата у другого документа с другим текстом"
    return [_finding(other.id, f"{said}: {other.file_name} ({other.id[7:19]})") for _, other in sorted(found.items())]


def _others(item: Namesake, circle: list[Namesake]) -> Iterator[Namesake]:
    for other in circle:
        apart = other.id != item.id and (other.carried is None or other.carried != item.carried)
        if apart and _body(item, other) is not False and _likeness(item, other) < _ALIKE:
            yield other


def _one_order(one: Namesake, other: Namesake) -> bool:
    likeness = _likeness(one, other)
    if likeness < _ALIKE:
        return False
    body = _body(one, other)
    return bool(body) or (body is None and likeness >= _EQUAL)


def _body(one: Namesake, other: Namesake) -> bool | None:
    """Order № 5 and resolution № 5 are two acts, whoever issued them."""
    if one.kind != other.kind and not {one.kind, other.kind} & _UNSAID:
        return False
    return same_body((one.issuer, other.issuer), (one.signers, other.signers))


def _likeness(one: Namesake, other: Namesake) -> float:
    """The share of words that both have, by the smallest of both sketches; 1 where neither has any."""
    both, union = one.words & other.words, one.words | other.words
    if not union:
        return 1.0
    if len(both) < _ALIKE * min(len(union), _SKETCH):  # for most pairs this is enough, and quick
        return len(both) / min(len(union), _SKETCH)
    smallest = sorted(union)[:_SKETCH]
    return sum(word in both for word in smallest) / len(smallest)


def _finding(other: str, message: str) -> Finding:
    key = hashlib.sha256(f"{CODE}\n{other}".encode()).hexdigest()[:12]
    return Finding(id=f"finding-{key}", code=CODE, severity=CATALOGUE[CODE].severity, message=message)
