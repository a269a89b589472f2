"""What a file is, told by its content; and what is refused, with which code."""

import hashlib
import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from extractors.reading import detect, document
from extractors.reading.detect import MediaType, examine_file
from extractors.reading.document import read_document
from extractors.reading.docx import package
from schemas.errors import RejectCode, RejectedError
from tests.docx_maker import NAMESPACES, make_docx, p
from tests.ole_maker import make_ole

TABLE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def refused(path: Path) -> RejectedError:
    with pytest.raises(RejectedError) as caught:
        read_document(path)
    return caught.value


def write(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def zipped(members: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.4\n", MediaType.PDF),
        (b"\r\n junk %PDF-1.7\n", MediaType.PDF),
        (b"{\\rtf1\\ansi ", MediaType.RTF),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", MediaType.JPEG),
        (b"\x89PNG\r\n\x1a\n\x00", MediaType.PNG),
        (b"II*\x00\x08\x00", MediaType.TIFF),
        (b"MM\x00*\x00\x08", MediaType.TIFF),
        (zipped(ODT), MediaType.ODT),
        (zipped({"приказ.docx": b"x"}), MediaType.ZIP),
        (make_ole({"WordDocument": bytes(12)}), MediaType.DOC),
    ],
    ids=["pdf", "pdf_after_junk", "rtf", "jpeg", "png", "tiff_little", "tiff_big", "odt", "zip", "doc"],
)
@pytest.mark.parametrize("name", ["приказ.docx", "приказ", "a.bin"])
def test_type_by_content_whatever_the_name(data: bytes, media_type: MediaType, name: str, tmp_path: Path) -> None:
    assert examine_file(write(tmp_path, name, data)).media_type == media_type


@pytest.mark.parametrize(
    ("main_type", "media_type"),
    [
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", MediaType.DOCX),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", MediaType.DOTX),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", MediaType.DOCM),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", MediaType.DOTM),
    ],
)
def test_kinds_of_word_files(main_type: str, media_type: MediaType, tmp_path: Path) -> None:
    assert examine_file(make_docx(tmp_path / "a.pdf", p("Приказ"), main_type=main_type)).media_type == media_type


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("a.docx", b"", RejectCode.EMPTY, "пуст"),
        ("a.docx", "Просто текст письма".encode(), RejectCode.TYPE_MISMATCH, "простой текст"),
        ("a.docx", b"<!DOCTYPE html><html><body>404</body></html>", RejectCode.TYPE_MISMATCH, "HTML"),
        ("a.pdf", b"\xef\xbb\xbf<html>", RejectCode.TYPE_MISMATCH, "HTML"),
        ("a.doc", b"<?xml version='1.0'?><a/>", RejectCode.TYPE_MISMATCH, "XML"),
        ("a.DOCX", bytes(5000), RejectCode.TYPE_MISMATCH, "одни нули"),
        ("a.txt", b"text", RejectCode.UNKNOWN_TYPE, "простой текст"),
        ("a.exe", b"MZ\x00\x01", RejectCode.UNKNOWN_TYPE, "программа"),
        ("~$приказ.docx", b"\x05Admin".ljust(162, b"\0"), RejectCode.UNKNOWN_TYPE, "Служебный"),
        ("._приказ.pdf", b"\0\5\x16\7" + bytes(60), RejectCode.UNKNOWN_TYPE, "Служебный"),
        (".DS_Store", b"", RejectCode.UNKNOWN_TYPE, "Служебный"),
        ("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), RejectCode.UNKNOWN_TYPE, "Служебный"),
        ("a.doc", b'<html xmlns:w="urn:schemas-microsoft-com:office:word">', RejectCode.TYPE_MISMATCH, "HTML"),
        ("a.doc", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', RejectCode.TYPE_MISMATCH, "Word 2003 XML"),
        ("a.dat", b"\x07\x00\x01", RejectCode.UNKNOWN_TYPE, "двоичные"),
        ("a.rar", b"Rar!\x1a\x07\x00", RejectCode.UNKNOWN_TYPE, "RAR"),
        ("a.djvu", b"AT&TFORM\x00", RejectCode.UNKNOWN_TYPE, "DjVu"),
        ("a.docx", make_ole({"EncryptedPackage": b"x" * 100, "EncryptionInfo": b"y"}), RejectCode.ENCRYPTED, "паролем"),
        ("a.doc", make_ole({"WordDocument": bytes(10) + b"\x00\x01" + bytes(20)}), RejectCode.ENCRYPTED, "паролем"),
        ("a.xls", make_ole({"Workbook": b"x"}), RejectCode.UNKNOWN_TYPE, "не документ Word"),
        ("a.doc", make_ole({"WordDocument": bytes(12)})[:600], RejectCode.CORRUPT, "повреждён"),
        ("a.xlsx", zipped({"[Content_Types].xml": TABLE_TYPE.encode(), "xl/workbook.xml": b"<a/>"}), RejectCode.UNKNOWN_TYPE, "таблица"),
        ("a.odt", zipped({**ODT, "META-INF/manifest.xml": b"<manifest:encryption-data/>"}), RejectCode.ENCRYPTED, "паролем"),
        ("a.docx", b"PK\x03\x04" + b"\x14" * 200, RejectCode.CORRUPT, "повреждён"),
    ],
    ids=[
        "empty", "text", "html", "html_with_bom", "xml", "zeros", "txt", "exe",
        "lock_of_word", "fork_of_mac", "store_of_mac", "thumbs", "html_of_word", "xml_of_word", "dat", "rar", "djvu",
        "docx_password", "doc_password", "xls", "doc_cut",
        "xlsx", "odt_password", "zip_cut",
    ],
)  # fmt: skip
def test_what_is_refused(name: str, data: bytes, code: RejectCode, words: str, tmp_path: Path) -> None:
    error = refused(write(tmp_path, name, data))
    assert error.code is code
    assert words in error.message


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_docx_is_corrupt(share: float, tmp_path: Path) -> None:
    whole = make_docx(tmp_path / "a.docx", p("Приказ " * 1000)).read_bytes()
    assert refused(write(tmp_path, "b.docx", whole[: int(len(whole) * share)])).code is RejectCode.CORRUPT


def test_a_spoiled_byte_is_corrupt(tmp_path: Path) -> None:
    path = make_docx(tmp_path / "a.docx", p("".join(chr(0x430 + n * n % 32) for n in range(3000))))
    data = bytearray(path.read_bytes())
    data[200] ^= 0xFF
    path.write_bytes(bytes(data))
    assert refused(path).code is RejectCode.CORRUPT


def test_xml_that_breaks_off_is_corrupt(tmp_path: Path) -> None:
    path = write(tmp_path, "a.docx", zipped({"word/document.xml": f"<w:document {NAMESPACES}><w:body><w:p>".encode()}))
    assert refused(path).code is RejectCode.CORRUPT


def test_a_word_package_without_its_document_is_corrupt(tmp_path: Path) -> None:
    assert (
        refused(write(tmp_path, "a.docx", zipped({"word/styles.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}))).code is RejectCode.CORRUPT
    )


def test_dtd_is_refused(tmp_path: Path) -> None:
    xml = f'<!DOCTYPE a [<!ENTITY b "ха">]><w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    assert refused(write(tmp_path, "a.docx", zipped({"word/document.xml": xml.encode()}))).code is RejectCode.DTD
    assert refused(write(tmp_path, "b.docx", zipped({"word/document.xml": xml.encode("utf-16")}))).code is RejectCode.DTD


def test_what_is_unpacked_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the same part is twice the memory."""
    monkeypatch.setenv("PRIKAZ_MAX_INFLATED_MB", "1")
    path = make_docx(tmp_path / "a.docx", p("х" * 300_000))
    with package.Archive(path) as archive:
        assert archive.read("word/document.xml") is not None
        with pytest.raises(RejectedError) as caught:
            archive.read("word/document.xml")
    assert caught.value.code is RejectCode.BOMB


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    path = make_docx(tmp_path / "a.docx", p("Приказ"), extra={f"word/media/{n}.png": b"" for n in range(2001)})
    assert refused(path).code is RejectCode.BOMB


def test_folders_and_pipes_are_no_files(tmp_path: Path) -> None:
    pipe = tmp_path / "a.docx"
    os.mkfifo(pipe)
    assert refused(pipe).code is RejectCode.NOT_REGULAR
    assert refused(tmp_path).code is RejectCode.NOT_REGULAR
    assert refused(Path("/dev/null")).code is RejectCode.NOT_REGULAR


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    error = refused(tmp_path / "нет.docx")
    assert error.code is RejectCode.UNREADABLE
    assert "исчез" in error.message


def test_a_file_that_vanishes_after_it_was_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_docx(tmp_path / "a.docx", p("Приказ"))

    def examine_and_lose(path: Path, name: str | None) -> detect.SourceFile:
        source = examine_file(path, name)
        path.unlink()
        return source

    monkeypatch.setattr(document, "examine_file", examine_and_lose)
    assert refused(path).code is RejectCode.UNREADABLE


def test_hash_and_size(tmp_path: Path) -> None:
    source = examine_file(write(tmp_path, "a.pdf", b"%PDF-1.4\n"), "приказ.pdf")
    assert source.sha256 == hashlib.sha256(b"%PDF-1.4\n").hexdigest()
    assert (source.size_bytes, source.file_name) == (9, "приказ.pdf")
