"""XML as Word writes it: no DTD, Transitional names, no characters that XML forbids."""

import re

from lxml import etree

from extractors.reading.docx.names import Element
from schemas.errors import RejectCode, RejectedError

_PURL = b"http://purl.oclc.org/ooxml/"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]+)|([0-9]+));")
_RAW = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse_part(data: bytes) -> Element:
    """Parse a part.

    Raises:
        RejectedError: a DTD (`dtd`), or no XML at all (`corrupt`).
    """
    try:
        return etree.fromstring(as_transitional(data), _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = "Документ Word повреждён: его содержимое обрывается. Откройте файл в Word и сохраните заново либо скачайте ещё раз."
        raise RejectedError(RejectCode.CORRUPT, message) from error


def as_transitional(data: bytes) -> bytes:
    """The part with Transitional namespaces, in UTF-8 where it was UTF-16.

    Raises:
        RejectedError: a DTD (`dtd`).
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = re.sub(r"^<\?xml[^>]*\?>", "", data.decode("utf-16", "ignore")).encode()
    refuse_dtd(data)
    if _PURL in data:
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
    return data


def refuse_dtd(data: bytes) -> None:
    """Refuse a part with a DTD.

    Raises:
        RejectedError: `dtd`.
    """
    # Word never writes one; what writes one wants entities expanded or files fetched.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        message = "Внутри документа есть определение DTD: Word так не пишет, файл не читается. Сохраните документ заново в Word."
        raise RejectedError(RejectCode.DTD, message)


def without_forbidden(data: bytes) -> tuple[bytes, int]:
    """The part without NUL, lone surrogates and the like, which make a parser refuse the whole of it; and how many they were."""
    text = data.decode("utf-8", "surrogatepass") if _decodes(data) else data.decode("utf-8", "replace")
    count = 0

    def forbidden(match: re.Match[str]) -> str:
        nonlocal count
        code = int(match[1], 16) if match[1] else int(match[2])
        allowed = code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
        count += not allowed
        return match[0] if allowed else ""

    text, raw = _RAW.subn("", _REFERENCE.sub(forbidden, text))
    return text.encode(), count + raw


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True
