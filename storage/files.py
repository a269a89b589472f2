"""The table ``files``: what became of every input."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import FileRow


class FileResult(NamedTuple):
    """What became of one input. ``seconds`` of parsing, ``peak_mb`` of resident memory (MiB)."""

    path: str
    status: str
    sha256: str | None = None
    size_bytes: int | None = None
    code: str | None = None
    message: str | None = None
    document_id: str | None = None
    seconds: float | None = None
    peak_mb: float | None = None


def record_file(session: Session, result: FileResult, versions: dict[str, Any], run: int | None = None) -> None:
    """Write down what became of an input and in which run, in place of what was known of its path."""
    row = session.get(FileRow, result.path)
    if row is None:
        row = FileRow(path=result.path, attempts=0)
        session.add(row)
    for name, value in result._asdict().items():
        setattr(row, name, value)
    row.versions, row.run, row.attempts = versions, run, row.attempts + 1
    session.flush()


def known_files(session: Session, statuses: Sequence[str] = ()) -> list[FileResult]:
    """Inputs that were met, by path; only those with one of ``statuses`` where any are given."""
    query = select(FileRow).order_by(FileRow.path)
    if statuses:
        query = query.where(FileRow.status.in_(statuses))
    return [FileResult(*(getattr(row, name) for name in FileResult._fields)) for row in session.scalars(query)]


def find_file(session: Session, path: str) -> FileResult | None:
    """What is known of a path."""
    row = session.get(FileRow, path)
    return None if row is None else FileResult(*(getattr(row, name) for name in FileResult._fields))
