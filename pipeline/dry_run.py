"""What an import would do, without doing it."""

import hashlib
from collections import Counter
from collections.abc import Iterable

from pipeline.inputs import Input
from pipeline.settings import Settings
from schemas.errors import DatabaseError
from storage.engine import database_file, open_database, session
from storage.queries import find_ids

_FILES, _NEW, _KNOWN, _TWINS, _NOT = "всего файлов", "новых", "уже в базе", "повторяют друг друга", "нельзя прочитать"


def survey(inputs: Iterable[Input], settings: Settings) -> list[tuple[str, int]]:
    """Counts with their Russian names. Files are hashed, nothing is read into records, nothing is written."""
    known, seen = _known(settings), set[str]()
    counts = Counter({_FILES: 0, _NEW: 0, _KNOWN: 0, _TWINS: 0, _NOT: 0})
    for item in inputs:
        counts[_FILES] += 1
        counts[_kind(item, known, seen)] += 1
    return list(counts.items())


def _kind(item: Input, known: set[str], seen: set[str]) -> str:
    try:
        if item.path.is_symlink() or not item.path.is_file():
            return _NOT
        with item.path.open("rb") as file:
            document_id = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except (OSError, ValueError):
        return _NOT
    if document_id in seen:
        return _TWINS
    seen.add(document_id)
    return _KNOWN if document_id in known else _NEW


def _known(settings: Settings) -> set[str]:
    file = database_file(settings.database_url)
    if file is not None and not file.exists():
        return set()
    try:
        engine = open_database(settings.database_url, write=False)
    except DatabaseError:
        if file is None:
            return set()
        raise
    with session(engine, write=False) as opened:
        return set(find_ids(opened, ""))
