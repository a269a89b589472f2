"""A generator of hostile and odd inputs of our own, each with the outcome it must have.

An outcome is ``ok`` (taken, whether or not with findings) or reject codes, any of which is right, with «|» between them.
"""

import bz2
import gzip
import io
import lzma
import os
import socket
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pikepdf

ORDER = Path(__file__).parent.parent / "fixtures" / "orders" / "bereznikovsky"
DOCX = (ORDER / "order.docx").read_bytes()
PDF = (ORDER / "order.pdf").read_bytes()

Kind = tuple[str, bytes | Callable[[Path], object], str]
"""File name, its bytes or what makes it at a path, and the outcome."""

FOREIGN = "type_mismatch|unknown_type|corrupt"
SCAN = "no_text|needs_tesseract"


@cache
def kinds() -> list[Kind]:
    """Every kind of input; file names are unique."""
    return [*_foreign(), *_cut(), *_packages(), *_xml(), *_pdf(), *_names(), *_links()]


def _foreign() -> Iterator[Kind]:
    yield "empty.docx", b"", "empty"
    yield "empty.pdf", b"", "empty"
    yield "one-byte.docx", b"x", FOREIGN
    yield "blank.docx", b" \n\t" * 100, FOREIGN
    yield "zeros.pdf", bytes(4096), FOREIGN
    yield "ones.docx", b"\xff" * 4096, FOREIGN
    yield "page.docx", "<!DOCTYPE html><html><body>Приказ</body></html>".encode(), FOREIGN
    yield "text.docx", "ПРИКАЗ\n1. Утвердить план.\n".encode(), FOREIGN
    yield "text-cp1251.docx", "ПРИКАЗ № 5".encode("cp1251"), FOREIGN
    yield "text-utf16.docx", "ПРИКАЗ № 5".encode("utf-16"), FOREIGN
    yield "text.pdf", b"Order No 5", FOREIGN
    yield "data.json.docx", b'{"a": [1, 2, 3]}', FOREIGN
    yield "feed.xml.docx", b"<?xml version='1.0'?><a/>", FOREIGN
    yield "table.csv.docx", b"a;b;c\n1;2;3\n", FOREIGN
    yield "script.sh.docx", b"#!/bin/sh\nrm -rf /tmp/nothing\n", FOREIGN
    yield "program.exe.docx", b"MZ" + bytes(100) + b"PE\0\0" + bytes(500), FOREIGN
    yield "program.elf.docx", b"\x7fELF" + bytes(500), FOREIGN
    yield "sound.mp3.docx", b"ID3\x03" + bytes(500), FOREIGN
    yield "base.sqlite.docx", b"SQLite format 3\0" + bytes(500), FOREIGN
    yield "packed.gz.docx", gzip.compress(DOCX), FOREIGN
    yield "packed.bz2.docx", bz2.compress(DOCX), FOREIGN
    yield "packed.xz.docx", lzma.compress(DOCX), FOREIGN
    yield "packed.tar.docx", _tar(), FOREIGN
    yield "packed.7z.docx", b"7z\xbc\xaf\x27\x1c" + bytes(500), FOREIGN
    yield "packed.rar.docx", b"Rar!\x1a\x07\x00" + bytes(500), FOREIGN
    yield "mail.eml", b"From: a@example.org\nSubject: order\n\nNothing.\n", FOREIGN
    yield "ole-cut.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), FOREIGN
    yield "ole-noise.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xaa" * 4096, FOREIGN
    yield "picture-cut.png", b"\x89PNG\r\n\x1a\n" + bytes(20), f"corrupt|{SCAN}"
    yield "picture-cut.jpg", b"\xff\xd8\xff\xe0" + bytes(20), f"corrupt|{SCAN}"
    yield "picture-cut.tif", b"II*\0" + b"\xff" * 40, f"corrupt|{SCAN}"


def _tar() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        info = tarfile.TarInfo("a.docx")
        info.size = len(DOCX)
        archive.addfile(info, io.BytesIO(DOCX))
    return packed.getvalue()


def _cut() -> Iterator[Kind]:
    for percent in (1, 10, 25, 50, 75, 90, 99):
        yield f"cut-{percent}.docx", DOCX[: len(DOCX) * percent // 100], "corrupt"
    for percent in (1, 5, 10, 25, 50, 75):
        yield f"cut-{percent}.pdf", PDF[: len(PDF) * percent // 100], f"ok|corrupt|{SCAN}"
    yield "headless.docx", b"\0" * 64 + DOCX[64:], "ok|corrupt|type_mismatch|unknown_type"
    yield "headless.pdf", b"\0" * 2048 + PDF[2048:], FOREIGN
    yield "tail.docx", DOCX + b"\0" * 1000, "ok"
    yield "tail.pdf", PDF + b"\0" * 1000, "ok"
    yield "junk-before.pdf", b"junk\n" * 20 + PDF, "ok"
    yield "twice.docx", DOCX + DOCX, "ok|corrupt"


def _members() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(DOCX)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _package(change: dict[str, bytes | None] | None = None, more: list[tuple[str, bytes]] | None = None, stored: bool = False) -> bytes:
    """The order with parts changed (None: taken out) and members added."""
    parts = {name: data for name, data in (_members() | (change or {})).items() if data is not None}
    packed = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(packed, "w", method) as package:
        for name, data in [*parts.items(), *(more or [])]:
            package.writestr(zipfile.ZipInfo(name), data, method)
    return packed.getvalue()


BODY = "word/document.xml"
_W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _document(inside: bytes) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?><w:document ' + _W + b"><w:body>" + inside + b"</w:body></w:document>"


def _packages() -> Iterator[Kind]:
    yield "same.docx", _package(), "ok"
    yield "stored.docx", _package(stored=True), "ok"
    yield "no-body.docx", _package({BODY: None}), "corrupt|unknown_type"
    yield "no-types.docx", _package({"[Content_Types].xml": None}), "ok|corrupt"
    yield "no-relations.docx", _package({"_rels/.rels": None}), "ok|corrupt"
    yield "no-styles.docx", _package({"word/styles.xml": None}), "ok"
    yield "empty-body.docx", _package({BODY: b""}), "corrupt"
    yield "empty-types.docx", _package({"[Content_Types].xml": b""}), "ok|corrupt|unknown_type"
    yield "broken-styles.docx", _package({"word/styles.xml": b"<w:styles"}), "ok|corrupt"
    yield "many-members.docx", _package(more=[(f"x/{number}", b"") for number in range(3000)]), "bomb"
    yield "bomb-body.docx", lambda path: path.write_bytes(_package({BODY: _document(b"<w:p/>" + b" " * (300 << 20))})), "bomb"
    yield "bomb-picture.docx", lambda path: path.write_bytes(_package(more=[("word/media/image1.png", bytes(100 << 20))])), "ok"
    yield "nested-zip.docx", _package(more=[("word/embeddings/a.zip", _package())]), "ok"
    yield "traversal.docx", _package(more=[("../../../tmp/escaped", b"x")]), "ok"
    yield "absolute.docx", _package(more=[("/etc/escaped", b"x")]), "ok"
    yield "wrong-crc.docx", _wrong_crc(), "corrupt"
    yield "locked-member.docx", _flagged(0x1), "encrypted|corrupt"
    yield "odd-method.docx", _odd_method(), "corrupt"
    yield "only-directory.docx", b"PK\x05\x06" + bytes(18), "corrupt|unknown_type|empty"
    yield "workbook.xlsx", _other_office("xl/workbook.xml", "spreadsheetml.sheet"), "unknown_type|type_mismatch"
    yield "slides.pptx", _other_office("ppt/presentation.xml", "presentationml.presentation"), "unknown_type|type_mismatch"
    yield "workbook.docx", _other_office("xl/workbook.xml", "spreadsheetml.sheet"), "unknown_type|type_mismatch"
    yield "bad-archive.zip", b"PK\x03\x04" + b"\xaa" * 500, "corrupt"
    yield "two-bodies.docx", _renamed(_package(more=[("word/documenx.xml", b"<a/>")]), b"documenx.xml", b"document.xml"), "corrupt"
    yield "two-names.zip", _renamed(_zipped(("a.docx", DOCX), ("b.docx", PDF)), b"b.docx", b"a.docx"), "corrupt"
    yield "on-each-other.docx", _on_each_other(_package()), "bomb"
    yield "on-each-other.zip", _on_each_other(_zipped(("a.docx", DOCX), ("b.docx", DOCX))), "bomb"
    yield "before-the-start.docx", _directory(_package(), 16, b"\0\0\0\x7f"), "corrupt"
    yield "many.zip", _zipped(*((f"{number}.txt", b"") for number in range(3000))), "bomb"
    yield "bomb.zip", lambda path: path.write_bytes(_zipped(("a.docx", bytes(300 << 20)))), "bomb"
    opendocument = ("mimetype", b"application/vnd.oasis.opendocument.text")
    yield "dtd.odt", _zipped(opendocument, ("content.xml", b"<!DOCTYPE a []><a/>")), "dtd|needs_libreoffice"
    yield "bomb.odt", lambda path: path.write_bytes(_zipped(opendocument, ("content.xml", bytes(300 << 20)))), "bomb|needs_libreoffice"
    yield "bomb-kind.odt", lambda path: path.write_bytes(_zipped(("mimetype", bytes(300 << 20)))), "bomb"


def _zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _renamed(data: bytes, name: bytes, other: bytes) -> bytes:
    """A member under the name of another one."""
    return data.replace(name, other)


def _on_each_other(data: bytes) -> bytes:
    """The last member of the directory leads to the bytes of the first."""
    changed = bytearray(data)
    last = changed.rfind(b"PK\x01\x02")
    changed[last + 42 : last + 46] = bytes(4)
    return bytes(changed)


def _directory(data: bytes, offset: int, value: bytes) -> bytes:
    """Four bytes of the record that says where the directory is."""
    changed = bytearray(data)
    end = changed.rfind(b"PK\x05\x06")
    changed[end + offset : end + offset + 4] = value
    return bytes(changed)


def _wrong_crc() -> bytes:
    data = bytearray(_package(stored=True))
    at = data.find(b"<w:body")
    data[at + 8] ^= 0x01
    return bytes(data)


def _flagged(bit: int) -> bytes:
    """The flag of every member set in both directories."""
    data = bytearray(_package())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= bit
            at = data.find(mark, at + 4)
    return bytes(data)


def _odd_method() -> bytes:
    data = bytearray(_package())
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = data.find(mark)
        while at >= 0:
            struct.pack_into("<H", data, at + offset, 99)
            at = data.find(mark, at + 4)
    return bytes(data)


def _other_office(part: str, kind: str) -> bytes:
    types = f'<Types><Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr(part, "<x/>")
    return packed.getvalue()


def _xml() -> Iterator[Kind]:
    paragraph = "<w:p><w:r><w:t>Приказ</w:t></w:r></w:p>".encode()
    yield "dtd.docx", _package({BODY: b'<!DOCTYPE w [<!ENTITY a "b">]>' + _document(paragraph)[38:]}), "dtd"
    laughs = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    laughing = (
        b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "ha">' + laughs + b"]>" + _document(b"<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>")[38:]
    )
    yield "laughs.docx", _package({BODY: laughing}), "dtd"
    outside = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    yield "outside.docx", _package({BODY: outside + _document(b"<w:p><w:r><w:t>&x;</w:t></w:r></w:p>")[38:]}), "dtd"
    yield "dtd-styles.docx", _package({"word/styles.xml": b"<!DOCTYPE a []><a/>"}), "dtd"
    yield "not-xml.docx", _package({BODY: b"no xml at all"}), "corrupt"
    yield "unclosed.docx", _package({BODY: _document(paragraph)[:-10]}), "corrupt"
    yield "other-root.docx", _package({BODY: b"<a><b/></a>"}), "ok|corrupt|no_text|empty"
    yield "no-text.docx", _package({BODY: _document(b"")}), "ok|no_text|empty"
    yield "utf16.docx", _package({BODY: _document(paragraph).decode().replace("UTF-8", "UTF-16").encode("utf-16")}), "ok"
    yield "latin1-lie.docx", _package({BODY: _document(b"<w:p/>").replace(b"UTF-8", b"no-such")}), "corrupt|ok"
    yield "nul.docx", _package({BODY: _document(b"<w:p><w:r><w:t>a\0b</w:t></w:r></w:p>")}), "corrupt|ok"
    yield "nul-reference.docx", _package({BODY: _document(b"<w:p><w:r><w:t>a&#0;b</w:t></w:r></w:p>")}), "corrupt|ok"
    yield "surrogate.docx", _package({BODY: _document(b"<w:p><w:r><w:t>a\xed\xa0\x80b</w:t></w:r></w:p>")}), "corrupt|ok"
    yield (
        "deep.docx",
        _package({BODY: _document(b"<w:sdt><w:sdtContent>" * 3000 + b"</w:sdtContent></w:sdt>" * 3000)}),
        "ok|corrupt|no_text|empty",
    )
    yield (
        "deep-tables.docx",
        _package({BODY: _document(b"<w:tbl><w:tr><w:tc>" * 300 + b"</w:tc></w:tr></w:tbl>" * 300)}),
        "ok|corrupt|no_text|empty",
    )
    yield (
        "wide.docx",
        _package({BODY: _document(b"<w:tbl><w:tr>" + b"<w:tc><w:p/></w:tc>" * 20_000 + b"</w:tr></w:tbl>")}),
        "ok|no_text|empty",
    )
    spans = b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    yield "huge-span.docx", _package({BODY: _document(spans + paragraph)}), "ok|corrupt"
    yield "negative-span.docx", _package({BODY: _document(spans.replace(b"2000000000", b"-5") + paragraph)}), "ok|corrupt"
    yield "word-for-number.docx", _package({BODY: _document(spans.replace(b"2000000000", b"many") + paragraph)}), "ok|corrupt"
    long = b"<w:p><w:r><w:t>" + "слово ".encode() * 100_000 + b"</w:t></w:r></w:p>"
    yield "long-paragraph.docx", _package({BODY: _document(long)}), "ok"
    yield "brackets.docx", _package({BODY: _document(b"<w:p><w:r><w:t>" + b"(" * 50_000 + b"</w:t></w:r></w:p>")}), "ok|no_text"
    yield "digits.docx", _package({BODY: _document(b"<w:p><w:r><w:t>" + b"1." * 50_000 + b"</w:t></w:r></w:p>")}), "ok"
    loop = b'<w:style w:type="paragraph" w:styleId="%s"><w:basedOn w:val="%s"/></w:style>'
    styles = b"<w:styles " + _W + b">" + loop % (b"A", b"B") + loop % (b"B", b"A") + b"</w:styles>"
    yield "style-loop.docx", _package({"word/styles.xml": styles}), "ok"


def _pdf() -> Iterator[Kind]:
    yield "header-only.pdf", b"%PDF-1.7\n", "corrupt"
    yield "header-noise.pdf", b"%PDF-1.7\n" + b"\xaa" * 5000, "corrupt"
    yield "self-reference.pdf", b"%PDF-1.4\n1 0 obj\n1 0 R\nendobj\ntrailer<</Root 1 0 R>>\n", "corrupt"
    yield "no-pages.pdf", _made(0), f"corrupt|{SCAN}|empty"
    yield "blank-page.pdf", _made(1), SCAN
    yield "too-many-pages.pdf", _made(2001), "too_many_pages"
    yield "locked.pdf", _saved(encryption=pikepdf.Encryption(owner="a", user="b")), "encrypted"
    yield "owner-lock.pdf", _saved(encryption=pikepdf.Encryption(owner="a", user="")), "ok"
    yield "linear.pdf", _saved(linearize=True), "ok"
    yield "object-streams.pdf", _saved(object_stream_mode=pikepdf.ObjectStreamMode.generate), "ok"
    yield "page-loop.pdf", _changed(_loop), f"ok|corrupt|{SCAN}"
    yield "huge-page.pdf", _changed(lambda pdf: _box(pdf, [0, 0, 10**7, 10**7])), f"ok|corrupt|{SCAN}"
    yield "negative-page.pdf", _changed(lambda pdf: _box(pdf, [0, 0, -600, -800])), f"ok|corrupt|{SCAN}"
    yield "no-page-size.pdf", _changed(lambda pdf: _box(pdf, [0, 0, 0, 0])), f"ok|corrupt|{SCAN}"
    yield "turned.pdf", _changed(lambda pdf: pdf.pages[0].rotate(90, relative=True)), "ok"
    yield "odd-turn.pdf", _changed(lambda pdf: pdf.pages[0].__setitem__("/Rotate", 45)), "ok|corrupt"
    yield "no-fonts.pdf", _changed(lambda pdf: pdf.pages[0].__setitem__("/Resources", pikepdf.Dictionary())), f"ok|{SCAN}"
    yield "broken-page.pdf", _changed(lambda pdf: _content(pdf, b"BT /F1 ( Tj q q q Q Q Q Q")), f"ok|{SCAN}"
    yield "open-states.pdf", _changed(lambda pdf: _content(pdf, b"q " * 200_000)), f"ok|corrupt|{SCAN}"
    yield "bomb-page.pdf", lambda path: path.write_bytes(_bomb_page()), "bomb"
    yield (
        "script.pdf",
        _changed(lambda pdf: pdf.Root.__setitem__("/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x"))),
        "ok",
    )
    yield "attachment.pdf", _changed(lambda pdf: pdf.attachments.__setitem__("a.txt", b"x")), "ok"
    yield "wrong-table.pdf", PDF.replace(b"startxref", b"startxxxx"), "ok|corrupt"
    yield "upper.PDF", PDF, "ok"


def _made(pages: int) -> bytes:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


def _saved(**how: object) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        pdf.save(made, **how)  # type: ignore[arg-type]
    return made.getvalue()


def _changed(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        change(pdf)
        pdf.save(made)
    return made.getvalue()


def _loop(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages["/Kids"] = pikepdf.Array([pdf.Root.Pages])


def _box(pdf: pikepdf.Pdf, box: list[int]) -> None:
    for page in pdf.pages:
        page["/MediaBox"] = pikepdf.Array(box)


def _content(pdf: pikepdf.Pdf, content: bytes) -> None:
    for page in pdf.pages:
        page["/Contents"] = pdf.make_stream(content)


def _bomb_page() -> bytes:
    """A page of a quarter MiB that inflates to 256 MiB."""
    packer = zlib.compressobj(9)
    content = b"".join([packer.compress(b" " * (1 << 20)) for _ in range(256)]) + packer.flush()
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    body += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj\n"
    body += b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(content) + content + b"\nendstream endobj\n"
    return body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def _letter(number: int) -> bytes:
    """A short letter: quickly read, and no two alike."""
    return _package({BODY: _document(f"<w:p><w:r><w:t>Уважаемые коллеги, письмо {number}.</w:t></w:r></w:p>".encode())})


def _names() -> Iterator[Kind]:
    names = [
        "no-suffix",
        "-rf.docx",
        " space .docx",
        "two..dots.docx",
        "quote'\".docx",
        "$(touch x).docx",
        "a;b&c|d.docx",
        "%s%n.docx",
        "[red]x.docx",
    ]
    names += [
        "new\nline.docx",
        "tab\tname.docx",
        "esc\x1b[31m.docx",
        "приказ № 5 «о плане».docx",
        "e\u0301.docx",
        "\u202egnp.docx",
        "😀.docx",
        ".hidden.docx",
        "CON.docx",
    ]
    names += ["д" * 120 + ".docx", "..docx", "~$lock.docx", "wrong-suffix.pdf.docx"]
    for number, name in enumerate(names):
        yield name, _letter(number), "ok"
    yield os.fsdecode(b"\xff\xfe.docx"), _letter(100), "ok"
    yield os.fsdecode("приказ.docx".encode("cp1251")), _letter(101), "ok"
    yield "docx-called.pdf", _letter(102), "ok"
    yield "pdf-called.docx", PDF + b"%", "ok"
    yield "doc-called.txt", _letter(103), "ok"


def _links() -> Iterator[Kind]:
    yield "link.docx", lambda path: path.symlink_to(path.with_name("same.docx")), "not_regular"
    yield "dangling.docx", lambda path: path.symlink_to("nowhere"), "not_regular"
    yield "loop.docx", lambda path: path.symlink_to(path.name), "not_regular"
    yield "zero.docx", lambda path: path.symlink_to("/dev/zero"), "not_regular"
    yield "folder-link", lambda path: path.symlink_to(path.parent), "not_regular"
    yield "pipe.docx", lambda path: os.mkfifo(path), "not_regular"
    yield "socket.docx", _socket, "not_regular"
    yield "twin.docx", lambda path: os.link(path.with_name("same.docx"), path), "ok"


def _socket(path: Path) -> None:
    place = Path.cwd()
    os.chdir(path.parent)  # the address of a socket is at most 107 bytes
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)
    os.chdir(place)
