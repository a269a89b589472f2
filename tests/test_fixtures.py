"""The fixture orders: counts made by hand, goldens reviewed by a person, and the same records from Word and from paper.

``PRIKAZ_GOLDEN=1 pytest tests/test_fixtures.py`` (``make golden``) writes the goldens anew; read what changed before you commit.
"""

import io
import json
import os
import re
import tomllib
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractors.reading.document import read_document
from fixtures.typeset import typeset
from pipeline.run import process_file
from schemas.contract import Document
from schemas.source import ParagraphBlock, Role, SourceDocument, TableBlock

ORDERS = Path(__file__).parent.parent / "fixtures" / "orders"
SLUGS = sorted(folder.name for folder in ORDERS.iterdir() if folder.is_dir())
REWRITE = bool(os.environ.get("PRIKAZ_GOLDEN"))
NOT_RECORDS = {"id", "source", "locators", "locator", "coverage", "findings", "status", "record"}

every_order = pytest.mark.parametrize("slug", SLUGS)
every_file = pytest.mark.parametrize("medium", ["docx", "pdf"])


@cache
def _document(slug: str, medium: str) -> Document:
    return process_file(ORDERS / slug / f"order.{medium}")


def _about(slug: str) -> dict[str, Any]:
    return tomllib.loads((ORDERS / slug / "about.toml").read_text(encoding="utf-8"))


def _seen(source: SourceDocument) -> str:
    """The source as text a person can compare with the page."""
    lines = []
    for block in source.blocks:
        mark = "" if block.role == Role.BODY else f"[{block.role.value}] "
        if isinstance(block, ParagraphBlock):
            lines.append(mark + block.text)
        else:
            lines += [mark + line for line in _table_lines(block)]
    return "\n".join(lines) + "\n"


def _table_lines(block: TableBlock) -> list[str]:
    rows = [" | ".join(cell.text.replace("\n", " ¶ ") for cell in block.row_cells(row)) for row in range(block.rows)]
    again = [f"│ [repeated header] {paragraph.text}" for paragraph in block.repeated_headers]
    return [f"┌ {block.rows} × {block.columns}", *(f"│ {row}" for row in rows), *again, "└"]


def _check_golden(path: Path, text: str) -> None:
    if REWRITE or not path.exists():
        path.write_text(text, encoding="utf-8")
        if not REWRITE:
            pytest.fail(f"{path.name} was missing and is written now: read it, compare it with the order, then commit it")
    assert text == path.read_text(encoding="utf-8")


@every_order
@every_file
def test_counts_made_by_hand(slug: str, medium: str) -> None:
    about, document = _about(slug), _document(slug, medium)
    got = {
        "kind": document.kind.value,
        "number": document.number,
        "date": document.date.isoformat() if document.date else None,
        "points": len(document.directives),
        "activities": len(document.activities),
        "pairings": len(document.pairings),
        "indicators": len(document.indicators),
        "people": len(document.people),
        "kept_tables": len(document.tables),
    }
    wanted = {key: about.get(key, 0 if key == "kept_tables" else None) for key in got}
    assert got == wanted


@every_order
@every_file
def test_next_to_nothing_is_unplaced(slug: str, medium: str) -> None:
    coverage = _document(slug, medium).coverage
    assert coverage.unplaced_chars == 0, [piece.text for piece in coverage.unplaced]


@every_order
@pytest.mark.parametrize(("medium", "name"), [("docx", "read.txt"), ("pdf", "read-pdf.txt")])
def test_what_the_reader_saw(slug: str, medium: str, name: str) -> None:
    _check_golden(ORDERS / slug / name, _seen(read_document(ORDERS / slug / f"order.{medium}")))


@every_order
@every_file
def test_every_word_of_the_text_is_seen(slug: str, medium: str) -> None:
    """Independent of the reader: the words of ``order.txt``, each as often as it stands there."""
    lines = (ORDERS / slug / "order.txt").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith(("@", "!")))
    wanted = _words(re.sub(r"#+(points|rows|items)\b", "", text))
    missing = wanted - _words(_seen(_as_printed(read_document(ORDERS / slug / f"order.{medium}"))))
    assert not missing


def _as_printed(source: SourceDocument) -> SourceDocument:
    """With the raw readings where look-alike letters were repaired."""
    for block in source.blocks:
        cells = [] if isinstance(block, ParagraphBlock) else block.cells
        for paragraph in [block.paragraph] if isinstance(block, ParagraphBlock) else [p for cell in cells for p in cell.paragraphs]:
            paragraph.text = paragraph.raw or paragraph.text
    return source


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.replace("_", " ")))


@every_order
def test_the_records(slug: str) -> None:
    document = _document(slug, "docx").model_dump(mode="json")
    _check_golden(ORDERS / slug / "expected.json", json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def _records(value: Any) -> Any:
    """A document without places, ids and white space."""
    if isinstance(value, dict):
        return {key: _records(inner) for key, inner in value.items() if key not in NOT_RECORDS}
    if isinstance(value, list):
        return [_records(inner) for inner in value]
    return " ".join(value.split()) if isinstance(value, str) else value


@every_order
def test_word_and_paper_give_the_same_records(slug: str) -> None:
    word, paper = (_records(_document(slug, medium).model_dump(mode="json")) for medium in ("docx", "pdf"))
    for key in word:
        assert paper[key] == word[key], key


@every_order
def test_the_word_file_is_typeset_from_the_text(slug: str) -> None:
    folder = ORDERS / slug
    fresh = io.BytesIO(typeset((folder / "order.txt").read_text(encoding="utf-8")))
    assert _members(fresh) == _members(folder / "order.docx"), "run fixtures/typeset.py"


def _members(package: io.BytesIO | Path) -> dict[str, bytes]:
    """The files in a package; their compression may differ from zlib to zlib."""
    with zipfile.ZipFile(package) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
