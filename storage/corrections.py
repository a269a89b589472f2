"""What people changed, laid over what the machine read. Pure functions; the rows are `storage.tables.CorrectionRow`."""

import copy
import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from schemas.contract import Correction, Document, Finding, Severity, Status
from schemas.errors import UsageError
from schemas.findings import CATALOGUE
from storage.misfit import explain_error

RECORDS = ("annexes", "directives", "activities", "pairings", "indicators", "tables", "notes")
ACCEPTED = "accepted"
"""Value of a correction of the document's field ``findings``; ``machine`` is then the JSON list of the accepted ids."""

_FIXED = {"id", "version", "source", "corrections", "coverage", "locators", "findings", "status"}
"""Head fields that a person cannot change."""
_BY_A_PERSON = "correction"
"""The ``rule`` of a deadline that a person gave."""


def in_force(rows: Sequence[Correction]) -> list[Correction]:
    """Of the corrections of one field the last, with the value that was read before the first; ``rows`` in order of time."""
    first: dict[tuple[str, str], Correction] = {}
    last: dict[tuple[str, str], Correction] = {}
    for row in rows:
        key = (row.record, row.field)
        first.setdefault(key, row)
        last.pop(key, None)
        last[key] = row
    return [row if row.field == "findings" else row.model_copy(update={"machine": first[key].machine}) for key, row in last.items()]


def shown(reading: Document, corrections: Sequence[Correction], further: Sequence[Finding] = ()) -> Document:
    """The document as people see it: the reading, their corrections, and findings about both.

    ``further``: findings that do not come from the file itself. A value that no longer fits the reading is left out, with a finding.
    """
    if not corrections and not further:
        return reading
    data = reading.model_dump(mode="json")
    try:
        findings = _lay_all(data, corrections)
        Document.model_validate(data)
    except ValidationError:  # a value that no longer fits what is read now: it alone is left out
        data = reading.model_dump(mode="json")
        findings = _lay_fitting(data, corrections)
    data["findings"] += [finding.model_dump(mode="json") for finding in [*findings, *further]]
    data["corrections"] = [correction.model_dump(mode="json") for correction in corrections]
    data["status"] = _status(data["findings"], corrections)
    return Document.model_validate(data)


def _lay_all(data: dict[str, Any], corrections: Sequence[Correction]) -> list[Finding]:
    return [finding for correction in corrections if (finding := _lay(data, correction))]


def _lay_fitting(data: dict[str, Any], corrections: Sequence[Correction]) -> list[Finding]:
    findings = []
    for correction in corrections:
        before = copy.deepcopy(data)
        finding = _lay(data, correction)
        try:
            Document.model_validate(data)
        except ValidationError:
            data.clear()
            data |= before
            finding = _finding("correction_stale", correction, f"правка «{correction.value}» не подходит к тому, что теперь прочитано")
        findings.append(finding)
    return [finding for finding in findings if finding]


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
    place = _place_to_correct(data, record, field)
    machine = _text(place[0][place[1]])
    try:
        return _fitting(data, Correction(record=record, field=field, machine=machine, value=value, **about))
    except ValidationError as error:
        as_day = re.fullmatch(r"(\d{2})\.(\d{2})\.(\d{4})", value or "")
        if as_day and error.errors()[0]["type"].startswith("date"):
            return make_correction(document, record, field, "-".join(reversed(as_day.groups())), **about)
        raise UsageError(f"Значение не подходит полю {field}: {explain_error(error)}") from error


def _place_to_correct(data: dict[str, Any], record: str, field: str) -> tuple[Any, Any]:
    head = field.split(".")[0]
    holder = _record(data, record)
    if holder is None:
        raise UsageError(f"Записи {record} в документе нет. Номера записей: prikaz show {data['id'][7:19]} --ids")
    if holder is data and head in RECORDS:
        raise UsageError(f"Поле {head} целиком не исправить: исправляйте запись по её номеру (prikaz show {data['id'][7:19]} --ids)")
    if head == "id" or (holder is data and head in _FIXED):
        raise UsageError(f"Поле {field} исправить нельзя")
    place = _place(holder, field)
    if place is None:
        raise UsageError(f"Поля {field} в записи {record} нет. Есть: {', '.join(_fields(data, holder, field))}")
    return place


def _fields(data: dict[str, Any], holder: dict[str, Any], field: str) -> list[str]:
    """What could have been meant: the fields at the deepest level of a dotted path that exists."""
    way = field.split(".")[:-1]
    while way and not isinstance(_walk(holder, way), dict | list):
        way.pop()
    inside = _walk(holder, way)
    names = [str(index) for index in range(len(inside))] if isinstance(inside, list) else list(inside)
    hidden = {*_FIXED, *RECORDS} if inside is data else {"id"}
    return [".".join([*way, name]) for name in names if name not in hidden]


def _fitting(data: dict[str, Any], correction: Correction) -> Correction:
    """The correction, if the document is whole with it.

    Raises:
        ValidationError: the value does not fit its field.
        UsageError: it names a record that is not there.
    """
    _lay(data, correction)
    found = Document.model_validate(data)
    ids = {item["id"] for name in RECORDS for item in data[name]}
    for name in ("parent_id", "annex"):
        named = {getattr(item, name, None) for item in [*found.directives, *found.activities]} - {None}
        if named - ids:
            raise UsageError(f"Поле {name}: записи {correction.value} в документе нет")
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
    if holder is None or place is None:
        return _finding("correction_lost", correction, f"правка «{correction.value}» ждёт: записи или поля больше нет")
    container, key = place
    found = _text(container[key])
    container[key] = _complete(_value(correction.value, container[key]), correction.field, holder)
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
    holder = _walk(holder, way)
    if isinstance(holder, dict) and last in holder:
        return holder, last
    if isinstance(holder, list) and last.isdecimal() and int(last) < len(holder):
        return holder, int(last)
    return None


def _walk(holder: Any, way: Sequence[str]) -> Any:
    for step in way:
        holder = _step(holder, step)
    return holder


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


def _complete(value: Any, field: str, holder: dict[str, Any]) -> Any:
    """A deadline or a party that a person gives stands where its record stands."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and field.split(".")[0] in ("deadline", "responsibles", "addressees") and "text" in item:
            item.setdefault("locator", holder["locator"])
            if field == "deadline":
                item.setdefault("rule", _BY_A_PERSON)
    return value


def _finding(code: str, correction: Correction, message: str) -> Finding:
    key = hashlib.sha256(f"{code}\n{correction.record}\n{correction.field}\n{correction.value}".encode()).hexdigest()[:12]
    severity = CATALOGUE[code].severity
    return Finding(id=f"finding-{key}", code=code, severity=severity, message=message, record=correction.record, field=correction.field)
