"""Every limit is a setting, and the refusal names the limit and its setting."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from extractors.reading.archive import archive_members
from extractors.reading.detect import examine_file
from extractors.reading.document import read_document
from extractors.reading.legacy import read_legacy
from extractors.reading.ocr.pictures import open_images
from schemas.errors import RejectCode, RejectedError, UsageError
from schemas.limits import Limits, as_environment, limits_in
from tests.docx_maker import make_docx, p

LETTER = p("Уважаемые коллеги!")


def zipped(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members:
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path


def word(folder: Path, **parts: bytes) -> Path:
    return make_docx(folder / "a.docx", LETTER, extra={f"word/{name}.xml": data for name, data in parts.items()})


def archive(folder: Path, *members: tuple[str, bytes]) -> Path:
    return zipped(folder / "a.zip", *members)


def pages(folder: Path, count: int = 3) -> Path:
    with pikepdf.new() as pdf:
        for _ in range(count):
            pdf.add_blank_page()
        pdf.save(folder / "a.pdf")
    return folder / "a.pdf"


def drawn(folder: Path, packed: bytes, filters: pikepdf.Object) -> Path:
    """A page whose content is a stream as it stands."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(b"")
        page.Contents.write(packed, filter=filters)
        pdf.save(folder / "a.pdf", compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return folder / "a.pdf"


def picture(folder: Path, frames: int = 3) -> Path:
    images = [Image.new("L", (1500, 1000), 255) for _ in range(frames)]
    images[0].save(folder / "a.tif", save_all=True, append_images=images[1:])
    return folder / "a.tif"


def unpack(path: Path) -> None:
    (path.parent / "room").mkdir()
    list(archive_members(path, path.parent / "room"))


def first_picture(path: Path) -> None:
    list(open_images(path))


FLATE = pikepdf.Name.FlateDecode
TWO_MIB = bytes(2 << 20)
CASES: list[tuple[str, int, Callable[[Path], Path], Callable[[Path], object], RejectCode]] = [
    ("max_scan_mb", 1, lambda f: big(f), read_document, RejectCode.TOO_BIG),
    ("max_members", 2, lambda f: word(f, a=b"", b=b""), read_document, RejectCode.BOMB),
    ("max_members", 2, lambda f: archive(f, ("a", b"1"), ("b", b"2"), ("c", b"3")), unpack, RejectCode.BOMB),
    ("max_inflated_mb", 1, lambda f: make_docx(f / "a.docx", p("х" * 600_000)), read_document, RejectCode.BOMB),
    ("max_inflated_mb", 1, lambda f: archive(f, ("a.docx", TWO_MIB)), unpack, RejectCode.BOMB),
    ("max_pages", 2, pages, read_document, RejectCode.TOO_MANY_PAGES),
    ("max_pages", 2, picture, first_picture, RejectCode.TOO_MANY_PAGES),
    ("max_megapixels", 1, picture, first_picture, RejectCode.TOO_BIG),
    ("max_stream_mb", 1, lambda f: drawn(f, zlib.compress(TWO_MIB), FLATE), read_document, RejectCode.BOMB),
    (
        "max_stream_mb",
        1,
        lambda f: drawn(f, zlib.compress(zlib.compress(TWO_MIB)), pikepdf.Array([FLATE, FLATE])),
        read_document,
        RejectCode.BOMB,
    ),
    ("max_characters", 10, lambda f: make_docx(f / "a.docx", LETTER), read_document, RejectCode.TOO_BIG),
]


def big(folder: Path) -> Path:
    (folder / "a.pdf").write_bytes(b"%PDF-1.4" + TWO_MIB)
    return folder / "a.pdf"


@pytest.mark.parametrize(("name", "value", "make", "read", "code"), CASES, ids=[f"{case[0]}-{case[4]}" for case in CASES])
def test_a_limit_is_a_setting(
    name: str,
    value: int,
    make: Callable[[Path], Path],
    read: Callable[[Path], object],
    code: RejectCode,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(f"PRIKAZ_{name.upper()}", str(value))
    with pytest.raises(RejectedError) as caught:
        read(make(tmp_path))
    assert caught.value.code is code
    assert str(value) in caught.value.message
    assert f"PRIKAZ_{name.upper()}" in caught.value.message


def test_an_archive_in_an_archive_is_a_member_too_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIKAZ_MAX_DEPTH", "1")
    inner = io.BytesIO(archive(tmp_path, ("a.txt", b"a")).read_bytes()).getvalue()
    path = zipped(tmp_path / "b.zip", ("inner.zip", inner))
    (tmp_path / "room").mkdir()
    (member,) = archive_members(path, tmp_path / "room")
    assert member.error is not None
    assert member.error.code is RejectCode.UNKNOWN_TYPE
    assert "PRIKAZ_MAX_DEPTH" in member.error.message


def test_pictures_are_never_inflated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIKAZ_MAX_INFLATED_MB", "1")
    path = make_docx(tmp_path / "a.docx", LETTER, extra={"word/media/image1.bmp": TWO_MIB})
    assert read_document(path).blocks


def test_sizes_that_a_zip_states_are_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two MiB under a directory that says 1 KiB: Python stops at what is stated, and the check of the sum fails."""
    path = archive(tmp_path, ("a.docx", TWO_MIB))
    stated = (2 << 20).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(stated, (1024).to_bytes(4, "little")))
    monkeypatch.setenv("PRIKAZ_MAX_INFLATED_MB", "1")
    (tmp_path / "room").mkdir()
    (member,) = archive_members(path, tmp_path / "room")
    assert member.error is not None
    assert member.error.code is RejectCode.CORRUPT


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("reads", [read_document, unpack])
def test_two_members_under_one_name(reads: Callable[[Path], object], tmp_path: Path) -> None:
    twice = [("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>"), ("word/document.xml", b"<b/>")]
    with pytest.raises(RejectedError, match="с одним именем") as caught:
        reads(zipped(tmp_path / "a.zip", *(twice if reads is read_document else twice[1:])))
    assert caught.value.code is RejectCode.CORRUPT


def overlapping(path: Path) -> Path:
    """Both names lead to the first member's bytes, as in a zip bomb without nesting."""
    zipped(path, ("word/document.xml", b"<a/>" * 100), ("word/settings.xml", b"<b/>" * 100))
    data = bytearray(path.read_bytes())
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = bytes(4)  # offset of the local header
    path.write_bytes(bytes(data))
    return path


@pytest.mark.parametrize("reads", [read_document, unpack])
def test_members_on_the_same_bytes(reads: Callable[[Path], object], tmp_path: Path) -> None:
    name = "a.docx" if reads is read_document else "a.zip"
    with pytest.raises(RejectedError, match="друг на друге") as caught:
        reads(overlapping(tmp_path / name))
    assert caught.value.code is RejectCode.BOMB


@pytest.mark.usefixtures("libreoffice")
@pytest.mark.parametrize(
    ("content", "code"), [(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", RejectCode.DTD), (b"<a>" + TWO_MIB + b"</a>", RejectCode.BOMB)]
)
def test_an_opendocument_is_looked_at_before_libreoffice_is(
    content: bytes, code: RejectCode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIKAZ_MAX_INFLATED_MB", "1")
    path = zipped(tmp_path / "a.odt", ("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content))
    with pytest.raises(RejectedError) as caught:
        read_legacy(examine_file(path))
    assert caught.value.code is code


def test_limits_come_from_the_environment_and_go_to_workers() -> None:
    limits = limits_in({"PRIKAZ_SECONDS": "5", "PRIKAZ_MAX_MEMBERS": "7", "HOME": "/"})
    assert limits == Limits(seconds=5, max_members=7)
    assert limits_in(as_environment(limits)) == limits


def test_the_readme_names_every_limit() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"\| `(PRIKAZ_\w+)` \| (\d+) \|", readme)) == as_environment(Limits())


@pytest.mark.parametrize("value", ["0", "-1", "much", ""])
def test_a_limit_that_is_no_number(value: str) -> None:
    with pytest.raises(UsageError, match="PRIKAZ_MAX_PAGES"):
        limits_in({"PRIKAZ_MAX_PAGES": value})
