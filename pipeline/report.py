"""The report of a run: one line per input, each input exactly once, as CSV or JSON."""

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.inputs import Input
from schemas.errors import UsageError
from storage.files import FileResult

COLUMNS = ("path", "status", "code", "message", "document_id", "seconds", "peak_mb")
SUFFIXES = (".csv", ".json")
_UNREACHED = FileResult("", "not_reached", message="Загрузка прервана раньше, чем дошла очередь: повторите команду.")


def check_report(path: Path) -> None:
    """Say before the work that a report cannot be written.

    Raises:
        UsageError: the format is unknown, the folder is not there or cannot be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"Отчёт {path}: укажите файл с окончанием {' или '.join(SUFFIXES)}")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"Отчёт {path}: папки {path.absolute().parent} нет")
    if path.is_dir() or not os.access(path.absolute().parent, os.W_OK):
        raise UsageError(f"Отчёт {path} сюда не записать: нет прав или это папка. Укажите другой путь")


def with_unreached(results: list[FileResult], inputs: Iterable[Input]) -> list[FileResult]:
    """The results, and a line for each input that a run which was stopped did not come to."""
    met = {result.path for result in results}
    return results + [_UNREACHED._replace(path=item.shown) for item in inputs if item.shown not in met]


def report_pieces(results: Iterable[FileResult], suffix: str) -> Iterator[str]:
    """The text of a report, ordered by path. CSV: UTF-8, commas, a header line."""
    rows = [{name: getattr(result, name) for name in COLUMNS} for result in sorted(results)]
    return _json(rows) if suffix.lower() == ".json" else _csv(rows)


def _json(rows: list[dict[str, Any]]) -> Iterator[str]:
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows)
    yield f"[\n{lines}\n]\n" if rows else "[]\n"


def _csv(rows: list[dict[str, Any]]) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    yield text.getvalue()
