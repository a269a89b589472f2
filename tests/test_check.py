"""Coverage: every letter and digit is placed, structure, noise or unplaced; what is unplaced is a finding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.extract import extract_records
from normalizers.normalize import normalize_records
from pipeline.check import check_document, fold
from schemas.contract import Document, Status
from schemas.raw import RawRecords
from schemas.source import Paragraph, ParagraphBlock, Role, SourceDocument
from tests.builders import source

ORDER = ["^ОТДЕЛ КУЛЬТУРЫ", "^ПРИКАЗ", "01.02.2020 № 5", "г. Заречный", "^О плане", "В целях порядка", "приказываю:", "1. Утвердить план."]


def process(document: SourceDocument, drop: str | None = None) -> Document:
    raw = extract_records(document)
    if drop:
        raw = forget(raw, drop)
    return check_document(document, raw, normalize_records(document, raw))


def forget(raw: RawRecords, text: str) -> RawRecords:
    """As if extraction had overlooked a point."""
    return raw.model_copy(update={"directives": [d for d in raw.directives if text not in d.text.text]})


def letters(document: SourceDocument) -> int:
    return sum(len(fold(b.paragraph.text)) for b in document.blocks if isinstance(b, ParagraphBlock))


def test_a_whole_order_is_placed() -> None:
    document = source([*ORDER, "Начальник отдела", "А.А. Белова"])
    coverage = process(document).coverage
    assert (coverage.source_chars, coverage.unplaced_chars, coverage.unplaced) == (letters(document), 0, [])
    assert coverage.structure_chars >= len("ПРИКАЗприказываю")


def test_what_extraction_overlooks_is_unplaced_and_a_finding() -> None:
    document = source([*ORDER, "2. Провести смотр самодеятельности.", "Начальник отдела", "А.А. Белова"])
    read = process(document, drop="смотр")
    assert [u.text for u in read.coverage.unplaced] == ["Провести смотр самодеятельности"]
    assert read.coverage.unplaced_chars == len(fold("Провести смотр самодеятельности"))
    assert [f.code for f in read.findings if f.code == "text_unplaced"] == ["text_unplaced"]
    assert read.status is Status.REVIEW


@pytest.mark.parametrize("role", [Role.HEADER, Role.FOOTER, Role.PAGE_NUMBER, Role.STAMP, Role.HIDDEN])
def test_running_heads_page_numbers_stamps_and_hidden_text_are_noise(role: Role) -> None:
    document = source([*ORDER, "Начальник отдела", "А.А. Белова"])
    document.blocks.append(ParagraphBlock(index=len(document.blocks), role=role, paragraph=Paragraph(text="Страница 2")))
    coverage = process(document).coverage
    assert (coverage.noise_chars, coverage.unplaced_chars) == (len("Страница2"), 0)


def test_the_same_words_twice_are_counted_twice() -> None:
    document = source([*ORDER, "2. Утвердить план.", "Начальник отдела", "А.А. Белова"])
    assert process(document).coverage.unplaced_chars == 0
    assert process(document, drop="Утвердить").coverage.unplaced_chars == 2 * len("Утвердитьплан")


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60), max_size=12))
def test_parts_always_add_up_to_the_source(lines: list[str]) -> None:
    document = source([line.strip() for line in lines])
    coverage = process(document).coverage
    assert coverage.source_chars == letters(document)
    assert coverage.unplaced_chars <= 0.005 * coverage.source_chars


def test_prose_out_of_which_a_remark_of_later_editors_was_taken_is_placed() -> None:
    remark = "(п. 1 в ред. Постановления администрации от 03.11.2005 N 41-п)"
    annex = ["Приложение", "^ПОЛОЖЕНИЕ", "^О ПОРЯДКЕ РАБОТЫ КЛУБА", "1. Клуб открыт ежедневно.", remark, "2. Вход в клуб свободный."]
    read = process(source([*ORDER, "Начальник отдела", "А.А. Белова", *annex]))
    assert read.coverage.unplaced == []
    assert [n.text for n in read.notes if "Вход" in n.text] == ["1. Клуб открыт ежедневно.\n2. Вход в клуб свободный."]
