"""Word files written part by part, so that a test says exactly what stands in the XML."""

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{RELATIONS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ROOTS = {"styles": "styles", "numbering": "numbering", "settings": "settings", "footnotes": "footnotes", "endnotes": "endnotes"}


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str = "", properties: str = "") -> str:
    """A paragraph; bare text becomes a run."""
    inner = content if content.startswith("<") or not content else r(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def numbered(num: int, level: int | None = None) -> str:
    """``w:numPr``, with or without a level."""
    ilvl = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    return f'<w:numPr>{ilvl}<w:numId w:val="{num}"/></w:numPr>'


def item(text: str, num: int, level: int = 0) -> str:
    """A paragraph of an automatic list."""
    return p(text, numbered(num, level))


def tc(content: str = "", properties: str = "") -> str:
    """A cell; bare text becomes a paragraph."""
    inner = content if content.startswith("<w:p") or content.startswith("<w:tbl") or content.startswith("<w:sdt") else p(content)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; bare texts become cells."""
    inner = "".join(c if c.startswith("<w:") else tc(c) for c in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def tbl(*rows: str, columns: int = 2, properties: str = "") -> str:
    """A table."""
    grid = '<w:gridCol w:w="2000"/>' * columns
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def lvl(level: int, text: str, number_format: str = "decimal", start: int = 1, more: str = "", after: str = "") -> str:
    """A level of a list. ``more`` stands before ``w:lvlText``, ``after`` behind it."""
    begin = f'<w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>'
    return f'<w:lvl w:ilvl="{level}">{begin}{more}<w:lvlText w:val="{text}"/>{after}</w:lvl>'


def abstract(number: int, *levels: str, more: str = "") -> str:
    """A ``w:abstractNum``."""
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{more}{"".join(levels)}</w:abstractNum>'


def num(number: int, abstract_number: int, overrides: str = "") -> str:
    """A ``w:num``."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_number}"/>{overrides}</w:num>'


def start_override(level: int, start: int) -> str:
    """«Begin anew with ``start``»."""
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def make_docx(
    path: Path,
    body: str,
    *,
    parts: Mapping[str, str] | None = None,
    running: Mapping[str, str] | None = None,
    extra: Mapping[str, bytes] | None = None,
    relations: str = "",
    main_type: str = MAIN_TYPE,
    strict: bool = False,
) -> Path:
    """Write a Word file.

    Args:
        path: where to.
        body: XML inside ``w:body``.
        parts: name (``styles``, ``numbering``, ``settings``, ``footnotes``, ``endnotes``) → XML inside its root.
        running: ``header1``, ``footer2``, … → XML inside; its relation id is its name.
        extra: member name → bytes, written as they are.
        relations: further ``Relationship`` elements.
        main_type: content type of the main part.
        strict: with the namespaces of Strict OOXML.
    """
    members = {"word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"}
    lines = [relations]
    for name, xml in (parts or {}).items():
        members[f"word/{name}.xml"] = f"<w:{_ROOTS[name]} {NAMESPACES}>{xml}</w:{_ROOTS[name]}>"
        lines.append(f'<Relationship Id="{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>')
    for name, xml in (running or {}).items():
        kind, root = ("header", "hdr") if name.startswith("header") else ("footer", "ftr")
        members[f"word/{name}.xml"] = f"<w:{root} {NAMESPACES}>{xml}</w:{root}>"
        lines.append(f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{name}.xml"/>')
    members |= _envelope("".join(lines), main_type)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in members.items():
            package.writestr(name, _strict(xml) if strict else xml)
        for name, data in (extra or {}).items():
            package.writestr(name, data)
    return path


def _envelope(lines: str, main_type: str) -> dict[str, str]:
    relationships = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    return {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relationships}"><Relationship Id="main" Type="{RELATIONS}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{relationships}">{lines}</Relationships>',
    }


def _strict(xml: str) -> str:
    return xml.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
        RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"
    )


def written_characters(path: Path) -> int:
    """Letters and digits of all ``w:t`` of the body, counted without an XML parser: an independent witness.

    What Word does not print is cut out first: deletions, prompts of content controls, and the second copy that
    ``mc:AlternateContent`` keeps for older programs.
    """
    with zipfile.ZipFile(path) as package:
        xml = package.read("word/document.xml").decode("utf-8", "replace")
    for tag in ("w:del", "w:moveFrom", "mc:Fallback"):
        xml = re.sub(rf"<{tag}[ >](?:(?!<{tag}[ >]).)*?</{tag}>", "", xml, flags=re.DOTALL)
    return sum(c.isalnum() for text in re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml) for c in re.sub(r"&#?\w+;", "", text))
