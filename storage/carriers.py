"""Documents that carry one order: the Word file, the PDF, the scan of the signed paper.

Same number, date and issuer, and alike text: they are tied, the better reading first. Really other text: a finding in both.
"""

import hashlib
import re
from itertools import combinations

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from schemas.contract import Finding
from schemas.findings import CATALOGUE
from storage import tables as t

_ALIKE = 0.6
"""Share of the words of two readings that both have, from which on they are one text: a poor scan keeps 0.75, two orders share 0.3."""
_SAME_ISSUER = 0.5
_CROWD = 8
"""More documents than this under one number and date are not compared with each other."""
_RANK = {"docx": 0, "pdf": 1, "mixed": 2, "ocr": 3}


def namesakes(session: Session, document_id: str) -> list[str]:
    """Ids of all documents with the number and date of this one, itself included, ordered.

    [] where it has no number or date, and where there are more than `_CROWD`: that is a form filled in many times, not an order.
    """
    found = circle(session, document_id)
    return found if len(found) <= _CROWD else []


def circle(session: Session, document_id: str) -> list[str]:
    """Ids of the documents whose comparison this one may change: its namesakes, or those that are one too many now."""
    row = session.get_one(t.DocumentRow, document_id, populate_existing=True)
    if row.number is None or row.date is None:
        return []
    same = select(t.DocumentRow.id).where(t.DocumentRow.number == row.number, t.DocumentRow.date == row.date)
    found = list(session.scalars(same.order_by(t.DocumentRow.id).limit(_CROWD + 2)))
    return found if len(found) <= _CROWD + 1 else []


def tie(session: Session, ids: list[str]) -> None:
    """Write down which of the namesakes are carriers of one order."""
    session.execute(delete(t.CarrierRow).where(t.CarrierRow.document_id.in_(ids)))
    for group in _groups(session, ids):
        ranked = sorted(group, key=lambda document_id: _rank(session, document_id))
        rows = [{"document_id": document_id, "carried": min(group), "rank": rank} for rank, document_id in enumerate(ranked)]
        session.execute(insert(t.CarrierRow), rows)


def strangers(session: Session, document_id: str) -> list[Finding]:
    """Findings about documents with the same number, date and issuer but really other text."""
    others = [other for other in namesakes(session, document_id) if other != document_id]
    return [
        _finding(session, other)
        for other in others
        if _same_issuer(session, document_id, other) and not _alike(session, document_id, other)
    ]


def _groups(session: Session, ids: list[str]) -> list[set[str]]:
    groups = [{document_id} for document_id in ids]
    for one, other in combinations(ids, 2):
        if other in namesakes(session, one) and _same_issuer(session, one, other) and _alike(session, one, other):
            first, second = (next(group for group in groups if document_id in group) for document_id in (one, other))
            if first is not second:
                first |= second
                groups.remove(second)
    return [group for group in groups if len(group) > 1]


def _rank(session: Session, document_id: str) -> tuple[int, int, str]:
    row = session.get_one(t.DocumentRow, document_id)
    return _RANK[row.source_reader], row.coverage_unplaced_chars, document_id


def _same_issuer(session: Session, one: str, other: str) -> bool:
    """Unknown on one side is no difference: the letterhead of a scan may be lost under a stamp."""
    names = [session.get_one(t.DocumentRow, document_id).issuer_name for document_id in (one, other)]
    if None in names:
        return True
    return _overlap(*(_words(name or "") for name in names)) >= _SAME_ISSUER


def _alike(session: Session, one: str, other: str) -> bool:
    return _overlap(_text(session, one), _text(session, other)) >= _ALIKE


def _text(session: Session, document_id: str) -> set[str]:
    columns = (t.DirectiveRow.text, t.ActivityRow.title, t.NoteRow.text)
    texts = [text for column in columns for text in session.scalars(select(column).where(column.class_.document_id == document_id))]
    title = session.get_one(t.DocumentRow, document_id).title or ""
    return _words(" ".join([title, *texts]))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[а-яa-z]{4,}", text.casefold().replace("ё", "е")))


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _finding(session: Session, other: str) -> Finding:
    name = session.get_one(t.DocumentRow, other).source_file_name
    key = hashlib.sha256(f"same_number_other_text\n{other}".encode()).hexdigest()[:12]
    severity = CATALOGUE["same_number_other_text"].severity
    message = f"тот же номер и дата у другого документа с другим текстом: {name} ({other[7:19]})"
    return Finding(id=f"finding-{key}", code="same_number_other_text", severity=severity, message=message)
