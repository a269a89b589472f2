"""A Word file as its parts: bounded while unpacking, mended where Word itself is lenient, opened by python-docx where it can."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import docx
from docx.exceptions import PythonDocxError
from docx.opc.constants import CONTENT_TYPE
from lxml import etree

from extractors.reading.detect import encrypted
from extractors.reading.docx.names import R_NS, Element
from extractors.reading.docx.xml import as_transitional, parse_part, without_forbidden
from extractors.reading.zips import CountedBytes, check_directory, damage_refused, read_counted
from schemas.errors import RejectCode, RejectedError

_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DAMAGED = "Документ Word повреждён или скачан не до конца: откройте его в Word и сохраните заново либо скачайте ещё раз."
_KEPT = frozenset({"styles", "numbering", "settings", "footnotes", "endnotes", "header", "footer"})


@dataclass(frozen=True, slots=True)
class Relation:
    """A line of a ``.rels`` part: ``kind`` is the last word of its type, ``target`` a part's name."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class WordPackage:
    """The parts of a Word file that hold text or say how it is printed."""

    document: Element
    styles: Element | None = None
    numbering: Element | None = None
    settings: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None
    running: dict[str, Element] = field(default_factory=dict)  # relation id → w:hdr or w:ftr
    diagrams: dict[str, Element] = field(default_factory=dict)  # relation id → dgm:dataModel
    missing_pictures: int = 0
    removed_characters: int = 0
    opened_by: str = "python-docx"


class Archive:
    """A zip whose members are inflated one by one, counted, never beyond the limits."""

    def __init__(self, path: Path) -> None:
        with damage_refused(_DAMAGED):
            self._zip = zipfile.ZipFile(path)
        check_directory(self._zip, "Документ Word", lambda info: _part_name(info.filename))
        self._room = CountedBytes("Документ Word")
        self._members = {_part_name(info.filename): info for info in self._zip.infolist()}

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return _part_name(name) in self._members

    def names(self) -> Iterator[str]:
        """Names of the parts, lower case."""
        return iter(self._members)

    def read(self, name: str) -> bytes | None:
        """The part's bytes, or None where there is no such part.

        Raises:
            RejectedError: the part is damaged, encrypted, or inflates beyond the limit.
        """
        info = self._members.get(_part_name(name))
        if info is None:
            return None
        if info.flag_bits & 1:
            raise encrypted()
        with damage_refused(_DAMAGED):
            return b"".join(read_counted(self._zip, info, self._room))


def _part_name(name: str) -> str:
    """Part names are matched without regard to case; some programs write backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def corrupt() -> RejectedError:
    """The refusal for a damaged Word file."""
    return RejectedError(RejectCode.CORRUPT, _DAMAGED)


def open_package(path: Path) -> WordPackage:
    """Unpack what is needed of a Word file, pictures never.

    Raises:
        RejectedError: damaged, encrypted, a zip bomb, or a DTD inside.
    """
    with Archive(path) as archive:
        main = _main_part(archive)
        relations = list(_relations(archive, main))
        parts = _read_parts(archive, main, relations)
        package = _open_by_python_docx(parts, relations, main) or _open_mended(parts, relations, main)
        package.missing_pictures = sum(r.kind == "image" and not r.external and r.target not in archive for r in relations)
        package.diagrams = _diagrams(archive, relations)
    return package


def _main_part(archive: Archive) -> str:
    for relation in _relations(archive, ""):
        if relation.kind == "officeDocument" and relation.target in archive:
            return relation.target
    for name in ("word/document.xml", "word/document2.xml", *archive.names()):
        if name in archive and re.fullmatch(r"(word/)?document\d*\.xml", name):
            return name
    raise corrupt()


def _relations(archive: Archive, part: str) -> Iterator[Relation]:
    """The relations of a part; of the package for an empty name."""
    folder = dirname(part)
    data = archive.read(join(folder, "_rels", f"{part.rpartition('/')[2]}.rels"))
    if data is None:
        return
    for line in parse_part(data).iter(_RELS):
        external = line.get("TargetMode", "").lower() == "external"
        target = unquote(line.get("Target", ""))
        if not external:
            target = normpath(join("/", folder, target)).lstrip("/")
        yield Relation(line.get("Id", ""), line.get("Type", "").rpartition("/")[2], target, external)


def _read_parts(archive: Archive, main: str, relations: list[Relation]) -> dict[str, bytes]:
    """Part name → Transitional XML."""
    parts: dict[str, bytes] = {}
    for name in (main, *(r.target for r in relations if r.kind in _KEPT and not r.external)):
        if name not in parts and (data := archive.read(name)) is not None:
            parts[name] = _without_conditional_looks(as_transitional(data))
    return parts


def _without_conditional_looks(data: bytes) -> bytes:
    """Without the looks of first rows, odd rows and so on: most of a big ``styles.xml``, slow to parse, and nothing that is read here."""
    first, *others = data.split(b"<w:tblStylePr ")
    pieces = [other.partition(b"</w:tblStylePr>") for other in others]
    return first + b"".join(after for _, _, after in pieces) if all(end for _, end, _ in pieces) else data


def _open_by_python_docx(parts: dict[str, bytes], relations: list[Relation], main: str) -> WordPackage | None:
    """Hand python-docx a slim copy without pictures: it reads every picture into memory and refuses Strict, .docm and missing parts."""
    kept = _slim_relations(parts, relations)
    try:
        part = docx.Document(BytesIO(_slim_package(parts, kept, main))).part
        trees = {r.id: _tree(part.related_parts[r.id]) for r in kept}
    except (PythonDocxError, RejectedError, KeyError, ValueError, AttributeError, TypeError, etree.LxmlError):
        return None  # tried again by other means, which say what is wrong
    return _assemble(part.element, trees, kept)


def _tree(part: object) -> Element:
    """The XML of a part: python-docx parses some parts and leaves others as bytes."""
    element = getattr(part, "element", None)
    if element is None:
        return parse_part(part.blob)  # type: ignore[attr-defined]
    assert isinstance(element, etree._Element)
    return element


def _open_mended(parts: dict[str, bytes], relations: list[Relation], main: str) -> WordPackage:
    """Once more without the characters that XML forbids, and then without python-docx."""
    removed = 0
    for name, data in parts.items():
        parts[name], count = without_forbidden(data)
        removed += count
    package = _open_by_python_docx(parts, relations, main) or _open_by_hand(parts, relations, main)
    package.removed_characters = removed
    return package


def _open_by_hand(parts: dict[str, bytes], relations: list[Relation], main: str) -> WordPackage:
    kept = _slim_relations(parts, relations)
    trees = {r.id: parse_part(parts[r.target]) for r in kept}
    package = _assemble(parse_part(parts[main]), trees, kept)
    package.opened_by = "zipfile"
    return package


def _slim_relations(parts: dict[str, bytes], relations: list[Relation]) -> list[Relation]:
    return [r for r in relations if r.kind in _KEPT and r.target in parts and not r.external]


def _assemble(document: Element, trees: dict[str, Element], relations: list[Relation]) -> WordPackage:
    package = WordPackage(document)
    for relation in relations:
        if relation.kind in ("header", "footer"):
            package.running[relation.id] = trees[relation.id]
        else:
            setattr(package, relation.kind, trees[relation.id])
    return package


_CONTENT_TYPES = {
    "styles": CONTENT_TYPE.WML_STYLES,
    "numbering": CONTENT_TYPE.WML_NUMBERING,
    "settings": CONTENT_TYPE.WML_SETTINGS,
    "footnotes": CONTENT_TYPE.WML_FOOTNOTES,
    "endnotes": CONTENT_TYPE.WML_ENDNOTES,
    "header": CONTENT_TYPE.WML_HEADER,
    "footer": CONTENT_TYPE.WML_FOOTER,
}


def _slim_package(parts: dict[str, bytes], relations: list[Relation], main: str) -> bytes:
    """A plain DOCX, stored without compression, of the parts alone."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
        package.writestr("[Content_Types].xml", _content_types(relations, main))
        package.writestr("_rels/.rels", _rels([Relation("main", "officeDocument", main, False)]))
        package.writestr(join(dirname(main), "_rels", f"{main.rpartition('/')[2]}.rels"), _rels(relations))
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def _content_types(relations: list[Relation], main: str) -> bytes:
    root = etree.Element("Types", xmlns="http://schemas.openxmlformats.org/package/2006/content-types")
    types = {r.target: _CONTENT_TYPES[r.kind] for r in relations} | {main: CONTENT_TYPE.WML_DOCUMENT_MAIN}
    etree.SubElement(root, "Default", Extension="rels", ContentType=CONTENT_TYPE.OPC_RELATIONSHIPS)
    for name, content_type in types.items():
        etree.SubElement(root, "Override", PartName=f"/{name}", ContentType=content_type)
    return etree.tostring(root)


def _rels(relations: list[Relation]) -> bytes:
    root = etree.Element("Relationships", xmlns="http://schemas.openxmlformats.org/package/2006/relationships")
    for relation in relations:
        etree.SubElement(root, "Relationship", Id=relation.id, Type=f"{R_NS}/{relation.kind}", Target=f"/{relation.target}")
    return etree.tostring(root)


def _diagrams(archive: Archive, relations: list[Relation]) -> dict[str, Element]:
    """SmartArt keeps its words in a part of its own."""
    found = {}
    for relation in relations:
        if relation.kind == "diagramData" and (data := archive.read(relation.target)) is not None:
            found[relation.id] = parse_part(data)
    return found
