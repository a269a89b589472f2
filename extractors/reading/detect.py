"""What a file is, told by its content and never by its name; what cannot be read is refused here."""

import hashlib
import stat
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import olefile

from extractors.reading.leftovers import is_leftover
from extractors.reading.zips import damage_refused
from schemas.errors import RejectCode, RejectedError
from schemas.limits import beyond, present_limits

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


class MediaType(StrEnum):
    """The kinds of file that are recognised."""

    DOCX = f"{_WORD}.document"
    DOTX = f"{_WORD}.template"
    DOCM = "application/vnd.ms-word.document.macroenabled.12"
    DOTM = "application/vnd.ms-word.template.macroenabled.12"
    PDF = "application/pdf"
    DOC = "application/msword"
    RTF = "application/rtf"
    ODT = "application/vnd.oasis.opendocument.text"
    ZIP = "application/zip"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"


WORD_TYPES = frozenset({MediaType.DOCX, MediaType.DOTX, MediaType.DOCM, MediaType.DOTM})
LEGACY_TYPES = frozenset({MediaType.DOC, MediaType.RTF, MediaType.ODT})
IMAGE_TYPES = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.TIFF})


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was looked at: what it is and what its bytes hash to."""

    path: Path
    file_name: str
    media_type: str
    sha256: str
    size_bytes: int


def examine_file(path: Path, file_name: str | None = None) -> SourceFile:
    """Hash the file and tell its type by its content.

    Args:
        path: where the bytes are.
        file_name: the name to show, where it differs from the path's (a stored original, a member of an archive).

    Raises:
        RejectedError: not a regular file, unreadable, empty, too big, damaged, encrypted, or of a type that cannot be read.
    """
    name = file_name or path.name
    _check_regular(path)
    try:
        sha256, size, head = _hash_file(path)
        if not size:
            raise RejectedError(RejectCode.EMPTY, "Файл пуст (0 байт): проверьте, что он скачан или скопирован до конца.")
        media_type = _media_type(path, head, name)
    except OSError as error:
        raise unreadable(error) from error
    except RejectedError as error:
        if is_leftover(name):
            message = "Служебный файл, который оставила программа или система: это не документ."
            raise RejectedError(RejectCode.UNKNOWN_TYPE, message) from error
        raise
    return SourceFile(path, name, media_type, sha256, size)


def unreadable(error: OSError) -> RejectedError:
    """The refusal for a file that vanished or may not be read."""
    reason = "файл исчез" if isinstance(error, FileNotFoundError) else "нет доступа или сбой чтения"
    return RejectedError(RejectCode.UNREADABLE, f"Файл не читается ({reason}): проверьте, что он на месте и доступен.")


def _check_regular(path: Path) -> None:
    """Look before opening: a FIFO would wait for ever."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise unreadable(error) from error
    if not stat.S_ISREG(mode):
        raise RejectedError(RejectCode.NOT_REGULAR, "Это не обычный файл (папка, канал или устройство): укажите сам документ.")


def _hash_file(path: Path) -> tuple[str, int, bytes]:
    """SHA-256 in hex, size in bytes, and the first 4 KiB."""
    digest, size, head = hashlib.sha256(), 0, b""
    megabytes = present_limits().max_scan_mb
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            head = head or chunk[:4096]
            size += len(chunk)
            if size > megabytes << 20:
                raise beyond(RejectCode.TOO_BIG, f"Файл больше {megabytes} МиБ: разделите его", "max_scan_mb")
            digest.update(chunk)
    return digest.hexdigest(), size, head


_MAGIC: tuple[tuple[bytes, MediaType], ...] = (
    (b"{\\rtf", MediaType.RTF),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
)


def _media_type(path: Path, head: bytes, name: str) -> MediaType:
    for magic, media_type in _MAGIC:
        if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(magic):
            return media_type
    if b"%PDF-" in head[:1024]:  # the header may stand after some junk, as Acrobat allows
        return MediaType.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_type(path)
    if head.startswith(olefile.MAGIC):
        return _ole_type(path)
    raise _unknown(head, name)


_DAMAGED = "Файл повреждён или скачан не до конца: откройте его в Word и сохраните заново либо скачайте ещё раз."


def _zip_type(path: Path) -> MediaType:
    """A Word package, an OpenDocument text, or an archive."""
    with damage_refused(_DAMAGED), zipfile.ZipFile(path) as package:
        names = {name.replace("\\", "/") for name in package.namelist()}  # some programs write backslashes
        if "[Content_Types].xml" in names or "word/document.xml" in names:
            return _word_type(package, names)
        if "mimetype" in names and _start(package, "mimetype", 100).strip() == MediaType.ODT.encode():
            return _odt_type(package, names)
    return MediaType.ZIP


_MAIN_TYPES: tuple[tuple[bytes, MediaType], ...] = (
    (b"wordprocessingml.document.main+xml", MediaType.DOCX),
    (b"wordprocessingml.template.main+xml", MediaType.DOTX),
    (b"ms-word.document.macroenabled.main+xml", MediaType.DOCM),
    (b"ms-word.template.macroenabledtemplate.main+xml", MediaType.DOTM),
)


def _word_type(package: zipfile.ZipFile, names: set[str]) -> MediaType:
    """Told by the content type of the main part; a package that says nothing is judged by its parts."""
    declared = b""
    if "[Content_Types].xml" in names:
        declared = _start(package, "[Content_Types].xml", 1 << 20).lower()
    for mark, media_type in _MAIN_TYPES:
        if mark in declared:
            return media_type
    if any(name.startswith("word/") for name in names):
        return MediaType.DOCX
    raise RejectedError(RejectCode.UNKNOWN_TYPE, "Это таблица, презентация или другой документ Office: нужен документ Word или PDF.")


def _start(package: zipfile.ZipFile, name: str, size: int) -> bytes:
    """The first bytes of a member: a name is no reason to unpack gigabytes."""
    with package.open(name) as stream:
        return stream.read(size)


def _odt_type(package: zipfile.ZipFile, names: set[str]) -> MediaType:
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in _start(package, manifest, 1 << 20):
        raise encrypted()
    return MediaType.ODT


def encrypted() -> RejectedError:
    """The refusal for a file under a password."""
    return RejectedError(RejectCode.ENCRYPTED, "Файл защищён паролем: снимите пароль в исходной программе и сохраните его заново.")


def _ole_type(path: Path) -> MediaType:
    """A Word 97 document; or the container in which Office hides a file under a password."""
    try:
        with olefile.OleFileIO(str(path)) as ole:
            if ole.exists("EncryptedPackage"):
                raise encrypted()
            if ole.exists("WordDocument"):
                return _doc_type(ole)
    except (OSError, ValueError, OverflowError, IndexError, olefile.olefile.OleFileError) as error:  # sizes read from noise
        raise RejectedError(RejectCode.CORRUPT, _DAMAGED) from error
    raise RejectedError(RejectCode.UNKNOWN_TYPE, "Это не документ Word (таблица, презентация или письмо): нужен документ Word или PDF.")


def _doc_type(ole: "olefile.OleFileIO[Any]") -> MediaType:
    """``fEncrypted`` is bit 0x0100 of the flags at offset 10 of the file information block ([MS-DOC] 2.5.2)."""
    with ole.openstream("WordDocument") as stream:
        block = stream.read(12)
    if len(block) == 12 and int.from_bytes(block[10:12], "little") & 0x0100:
        raise encrypted()
    return MediaType.DOC


_DOCUMENT_SUFFIXES = frozenset(
    {".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".rtf", ".odt", ".pdf", ".zip", ".jpg", ".jpeg", ".png", ".tif", ".tiff"}
)


def _unknown(head: bytes, name: str) -> RejectedError:
    """A name that promises a document over bytes that are none is a mismatch; any other file is just unknown."""
    found = _describe(head)
    if Path(name).suffix.lower() in _DOCUMENT_SUFFIXES:
        message = f"Имя обещает документ, но внутри {found}: откройте файл в той программе, где он сделан, и сохраните как DOCX или PDF."
        return RejectedError(RejectCode.TYPE_MISMATCH, message)
    return RejectedError(RejectCode.UNKNOWN_TYPE, f"Тип файла не поддерживается (внутри {found}): нужен документ Word или PDF.")


_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", "архив RAR"),
    (b"7z\xbc\xaf\x27\x1c", "архив 7z"),
    (b"AT&TFORM", "скан DjVu"),
    (b"GIF8", "рисунок GIF"),
    (b"BM", "рисунок BMP"),
    (b"RIFF", "рисунок WebP или звук"),
    (b"\x1f\x8b", "архив gzip"),
    (b"MZ", "программа"),
)
_MARKUP: tuple[tuple[bytes, str], ...] = (
    (b"<html", "веб-страница (HTML)"),
    (b"<!doctype html", "веб-страница (HTML)"),
    (b"mime-version:", "веб-страница или письмо (MHTML)"),
    (b'progid="word.document"', "документ Word 2003 XML"),
)


def _describe(head: bytes) -> str:
    """What the bytes look like, for a person."""
    for magic, found in _OTHERS:
        if head.startswith(magic):
            return found
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:512].lower()
    for mark, found in _MARKUP:
        if mark in start:
            return found
    if start.startswith(b"<?xml"):
        return "XML"
    if not head.strip(b"\0"):
        return "одни нули"
    return "двоичные данные" if b"\0" in head else "простой текст"
