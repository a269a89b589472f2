"""What people changed, laid over what the machine read. Pure functions; the rows are `storage.tables.CorrectionRow`."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from schemas.contract import Correction, Document, Finding, Severity, Status
from schemas.errors import UsageError
from schemas.findings import CATALOGUE

RECORDS = ("annexes", "directives", "activities", "pairings", "indicators", "tables", "notes")
ACCEPTED = "accepted"
"""Value of a correction of the document's field ``findings``; ``machine`` is then the JSON list of the accepted ids."""

_FIXED = {"id", "version", "source", "corrections", "coverage", "locators", "findings", "status"}
"""Head fields that a person cannot change."""


def shown(reading: Document, corrections: Sequence[Correction], further: Sequence[Finding] = ()) -> Document:
    """The document as people see it: the reading, their corrections, and findings about both.

    ``further``: findings that do not come from the file itself.

    Raises:
        ValidationError: a corrected value does not fit the contract.
    """
    if not corrections and not further:
        return reading
    data = reading.model_dump(mode="json")
    findings = [finding for correction in corrections if (finding := _lay(data, correction))] + list(further)
    data["findings"] += [finding.model_dump(mode="json") for finding in findings]
    data["corrections"] = [correction.model_dump(mode="json") for correction in corrections]
    data["status"] = _status(data["findings"], corrections)
    return Document.model_validate(data)


def make_correction(document: Document, record: str, field: str, value: str | None, **about: str | None) -> Correction:
    """A correction of a field of ``document`` as it is shown now.

    Args:
        document: the document.
        record: a record's id, or the document's.
        field: a field of the record; a dot goes inside («deadline.kind», «responsibles.0.name»).
        value: the new value; JSON for a list or an object, null for none.
        about: ``by``, ``at``, ``why``.

    Raises:
        UsageError: there is no such record or field, or the value does not fit.
    """
    data = document.model_dump(mode="json")
    if record == document.id and field.split(".")[0] in _FIXED:
        raise UsageError(f"Поле {field} исправить нельзя")
    holder = _record(data, record)
    if holder is None:
        raise UsageError(f"Записи {record} в документе нет. Записи: prikaz export {document.id[7:19]}")
    place = _place(holder, field)
    if place is None or field == "id":
        raise UsageError(f"Поля {field} в записи {record} нет")
    correction = Correction(record=record, field=field, machine=_text(place[0][place[1]]), value=value, **about)
    try:
        shown(document, [correction])
    except ValidationError as error:
        raise UsageError(f"Значение не подходит полю {field}: {error.errors()[0]['msg']}") from error
    return correction


def acceptance(document: Document, **about: str | None) -> Correction:
    """Says that a person has looked at every open finding of ``document``."""
    ids = [finding.id for finding in document.findings if finding.severity is not Severity.INFO]
    return Correction(record=document.id, field="findings", machine=_text(sorted(ids)), value=ACCEPTED, **about)


def _status(findings: list[dict[str, Any]], corrections: Sequence[Correction]) -> str:
    accepted: set[str] = set()
    for correction in corrections:
        if correction.value == ACCEPTED and correction.field == "findings":
            accepted |= set(json.loads(correction.machine or "[]"))
    still_open = {finding["id"] for finding in findings if finding["severity"] != Severity.INFO}
    return (Status.REVIEW if still_open - accepted else Status.OK).value


def _lay(data: dict[str, Any], correction: Correction) -> Finding | None:
    """Put one value in its place; a finding where the value under it changed or is gone."""
    if correction.field == "findings":
        return None
    holder = _record(data, correction.record)
    place = _place(holder, correction.field) if holder is not None else None
    if place is None:
        return _finding("correction_lost", correction, f"правка «{correction.value}» ждёт: записи или поля больше нет")
    container, key = place
    found = _text(container[key])
    container[key] = _value(correction.value, container[key])
    if found not in (correction.machine, correction.value):
        return _finding(
            "correction_stale", correction, f"было «{correction.machine}», теперь читается «{found}», показано «{correction.value}»"
        )
    return None


def _record(data: dict[str, Any], record: str) -> dict[str, Any] | None:
    if record == data["id"]:
        return data
    return next((item for name in RECORDS for item in data[name] if item["id"] == record), None)


def _place(holder: Any, field: str) -> tuple[Any, Any] | None:
    """The container and the key that a dotted path leads to; None where it leads nowhere."""
    *way, last = field.split(".")
    for step in way:
        holder = _step(holder, step)
    if isinstance(holder, dict) and last in holder:
        return holder, last
    if isinstance(holder, list) and last.isdecimal() and int(last) < len(holder):
        return holder, int(last)
    return None


def _step(holder: Any, step: str) -> Any:
    if isinstance(holder, dict):
        return holder.get(step)
    if isinstance(holder, list) and step.isdecimal() and int(step) < len(holder):
        return holder[int(step)]
    return None


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _value(text: str | None, present: Any) -> Any:
    """JSON where the field holds, or the text is, a list or an object; else the text."""
    if text is not None and (isinstance(present, list | dict) or text[:1] in ("[", "{")):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _finding(code: str, correction: Correction, message: str) -> Finding:
    key = hashlib.sha256(f"{code}\n{correction.record}\n{correction.field}\n{correction.value}".encode()).hexdigest()[:12]
    severity = CATALOGUE[code].severity
    return Finding(id=f"finding-{key}", code=code, severity=severity, message=message, record=correction.record, field=correction.field)
