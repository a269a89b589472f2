"""The table ``runs``: when which command met files, and what they came to. Nothing of it reaches a document or an export."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import RunRow


class Run(NamedTuple):
    """One run. ``started``, ``ended``: ISO 8601 in UTC; no end: killed, or still at work. ``counts``: status → files."""

    id: int
    command: str
    versions: dict[str, Any]
    started: str
    ended: str | None
    counts: dict[str, Any] | None


def begin_run(session: Session, command: str, versions: dict[str, Any]) -> int:
    """Write down that a run begins; returns its number."""
    row = RunRow(command=command, versions=versions, started=_now())
    session.add(row)
    session.flush()
    return row.id


def end_run(session: Session, number: int, counts: Mapping[str, int]) -> None:
    """Write down that a run came to its end, of itself or because it was stopped."""
    row = session.get_one(RunRow, number)
    row.ended, row.counts = _now(), dict(sorted(counts.items()))
    session.flush()


def list_runs(session: Session) -> list[Run]:
    """All runs, the first one first."""
    return [Run(*(getattr(row, name) for name in Run._fields)) for row in session.scalars(select(RunRow).order_by(RunRow.id))]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
