"""Archives: members with the names a Russian Windows gave them, limits, nesting."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from extractors.reading.archive import ArchiveMember, archive_members
from extractors.reading.document import read_document
from pipeline.inputs import Input
from schemas.errors import RejectCode, RejectedError
from tests.docx_maker import make_docx, p


def zipped(*members: tuple[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members:
            package.writestr(name, data)
    return stream.getvalue()


def members(data: bytes, tmp_path: Path) -> list[ArchiveMember]:
    path, folder = tmp_path / "a.zip", tmp_path / "room"
    path.write_bytes(data)
    folder.mkdir()
    return list(archive_members(path, folder))


def named_in(page: str, name: str, member: bytes) -> bytes:
    """A zip whose member name is ``name`` in the code page ``page``, without the UTF-8 flag."""
    raw = name.encode(page)
    return zipped(("x" * len(raw), member)).replace(b"x" * len(raw), raw)


def test_members_are_files_of_their_own(tmp_path: Path) -> None:
    data = make_docx(tmp_path / "a.docx", p("Приказ")).read_bytes()
    first, second = members(zipped(("2020/приказ.docx", data), ("2021/", b""), ("читай.txt", b"text")), tmp_path)
    assert (first.name, second.name) == ("2020/приказ.docx", "читай.txt")
    assert first.path is not None
    document = read_document(first.path, file_name=first.name)
    assert (document.file_name, [b.kind for b in document.blocks]) == ("2020/приказ.docx", ["paragraph"])


@pytest.mark.parametrize("page", ["cp866", "cp1251", "utf-8"])
def test_names_of_russian_machines(page: str, tmp_path: Path) -> None:
    (member,) = members(named_in(page, "Приказ о проведении Ёлки.pdf", b"%PDF-1.4"), tmp_path)
    assert member.name == "Приказ о проведении Ёлки.pdf"


def test_an_archive_in_an_archive_but_no_deeper(tmp_path: Path) -> None:
    third = zipped(("c.txt", b"c"))
    second = zipped(("b.txt", b"b"), ("третий.zip", third))
    found = members(zipped(("a.txt", b"a"), ("второй.zip", second)), tmp_path)
    assert [m.name for m in found] == ["a.txt", "второй.zip/b.txt", "второй.zip/третий.zip"]
    assert found[2].path is None
    assert found[2].error is not None
    assert found[2].error.code is RejectCode.UNKNOWN_TYPE


def test_a_word_file_is_no_archive(tmp_path: Path) -> None:
    data = make_docx(tmp_path / "a.docx", p("Приказ")).read_bytes()
    assert [m.name for m in members(zipped(("a.docx", data)), tmp_path)] == ["a.docx"]


def test_what_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    names = ["__MACOSX/._a.docx", "a/.DS_Store", "Thumbs.db", "a/~$приказ.docx", "приказ.docx"]
    assert [m.name for m in members(zipped(*((name, b"x") for name in names)), tmp_path)] == ["приказ.docx"]


def test_a_name_never_reaches_the_file_system(tmp_path: Path) -> None:
    (member,) = members(zipped(("../../etc/passwd", b"x")), tmp_path)
    assert member.path is not None
    assert member.path.parent == tmp_path / "room"
    assert not (tmp_path.parent / "etc").exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Приказы/№ 5.docx", "Приказы/№ 5.docx"),  # with the mark of UTF-8
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\приказ.docx", "../../приказ.docx"),
        ("C:\\Приказы\\5.docx", "C:/Приказы/5.docx"),
    ],
    ids=["utf8", "absolute", "upwards", "drive"],
)
def test_names_as_they_are_shown(name: str, shown: str, tmp_path: Path) -> None:
    (member,) = members(zipped((name, b"x")), tmp_path)
    assert member.name == shown
    assert member.path is not None
    assert member.path.parent == tmp_path / "room"


def test_an_archive_of_leftovers_has_no_members(tmp_path: Path) -> None:
    assert members(zipped(("Thumbs.db", b"x"), ("__MACOSX/._a.docx", b"x"), ("~$a.docx", b"x")), tmp_path) == []


@pytest.mark.parametrize("name", ["~$приказ.docx", "._приказ.pdf", ".~lock.приказ.odt#", "Thumbs.db", ".DS_Store"])
def test_a_leftover_in_a_folder_is_skipped_and_not_refused(name: str) -> None:
    assert not Input(Path("/приказы", name), named=False).claims_document
    assert Input(Path("/приказы", name), named=True).claims_document


def test_one_spoiled_member_does_not_stop_the_others(tmp_path: Path) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.txt", b"first member")
        package.writestr("b.txt", b"second member")
    spoiled, whole = members(stream.getvalue().replace(b"first", b"FIRST"), tmp_path)
    assert spoiled.error is not None
    assert spoiled.error.code is RejectCode.CORRUPT
    assert whole.path is not None


def test_a_member_under_a_password(tmp_path: Path) -> None:
    data = bytearray(zipped(("a.txt", b"secret")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    (member,) = members(bytes(data), tmp_path)
    assert member.error is not None
    assert member.error.code is RejectCode.ENCRYPTED


def test_a_damaged_archive(tmp_path: Path) -> None:
    with pytest.raises(RejectedError) as caught:
        members(zipped(("a.txt", b"a"))[:30], tmp_path)
    assert caught.value.code is RejectCode.CORRUPT
