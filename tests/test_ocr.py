"""Scans: pages turned, skewed, dirty or stamped, and pictures without text."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.reading.detect import SourceFile, examine_file
from extractors.reading.ocr import recognize_image, recognize_pages
from extractors.reading.ocr.counting import best_count
from extractors.reading.ocr.documents import read_image, read_pdf_with_scans
from extractors.reading.ocr.doubt import mark_doubt
from extractors.reading.ocr.engine import start_engine
from extractors.reading.ocr.headers import settle_headers
from extractors.reading.ocr.pictures import Sheet, ink_of
from extractors.reading.ocr.ruling import Ruling, find_ruling
from extractors.reading.ocr.sight import see_sheet
from extractors.reading.page import Page, Rule, Word
from extractors.reading.pages import find_grids
from extractors.reading.pdf import read_pdf
from fixtures.make_scans import ORDERS, make_scan
from schemas.errors import RejectCode, RejectedError
from schemas.source import Paragraph, ParagraphBlock, Reader, SourceDocument, Span, TableBlock

FONT = "DejaVuSans.ttf"
ROWS = [
    ("№", "Мероприятие", "Срок"),
    ("1", "Открытие читального зала", "Март"),
    ("2", "Выставка рисунков", "Апрель"),
    ("3", "Концерт", "Май"),
]

reads = pytest.mark.usefixtures("tesseract")


def paper(width: int = 1240, height: int = 1000) -> Image.Image:
    return Image.new("L", (width, height), 245)


def written(image: Image.Image, lines: list[str], x: int = 100, y: int = 100, size: int = 34) -> Image.Image:
    """Lines of 12-point type at 200 dpi."""
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, size)
    for i, text in enumerate(lines):
        draw.text((x, y + i * (size + 16)), text, 20, font)
    return image


def tabled(
    image: Image.Image, rows: Sequence[tuple[str, ...]] = ROWS, xs: tuple[int, ...] = (100, 180, 800, 1100), y: int = 100, tone: int = 40
) -> Image.Image:
    """A ruled table with rows 70 pixels high, its rules of the grey ``tone``."""
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 32)
    bottom = y + 70 * len(rows)
    for i, row in enumerate(rows):
        draw.line((xs[0], y + 70 * i, xs[-1], y + 70 * i), tone, 2)
        for x, text in zip(xs, row, strict=False):
            draw.text((x + 16, y + 70 * i + 14), text, 20, font)
    draw.line((xs[0], bottom, xs[-1], bottom), tone, 2)
    for x in xs:
        draw.line((x, y, x, bottom), tone, 2)
    return image


def grey(image: Image.Image) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    return np.asarray(image.convert("L"), dtype=np.uint8)


def ruling_of(gray: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> Ruling:
    return find_ruling(gray, ink_of(gray))


def seen(image: Image.Image) -> Page:
    return see_sheet(Sheet(grey(image), 200), 1, start_engine())


def text_of(page: Page) -> str:
    return " ".join(word.text for word in sorted(page.words, key=lambda w: (round(w.top / 6), w.x0)))


def saved(image: Image.Image, path: Path, **options: Any) -> SourceFile:
    image.save(path, **options)
    return examine_file(path)


PROSE = ["Утвердить план работы библиотеки на год", "Назначить ответственных за проведение", "Контроль оставляю за собой"]


# numbers, headers and doubt


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        ([{"1.": 0.9}, {"2.": 0.9}, {"8.": 0.9, "3.": 0.8}, {"4.": 0.9}], ["1.", "2.", "3.", "4."]),
        ([{"1.1.": 0.9}, {"1.2.": 0.9}, {"2.1.": 0.9}], ["1.1.", "1.2.", "2.1."]),
        ([{"5": 0.9}, {}, {"7": 0.9}], ["5", "", "7"]),
        ([{"2": 0.9}, {"4": 0.9}, {"4": 0.9}], ["2", "4", "4"]),
    ],
)
def test_readings_of_a_column_that_fit_together(rows: list[dict[str, float]], right: list[str]) -> None:
    assert best_count(rows) == right


def header_page(number: int, words: tuple[str, str, str], confidence: float) -> Page:
    xs, ys = [50.0, 90.0, 300.0, 400.0], [100.0, 120.0, 140.0]
    rules = [Rule(50, y, 400, y) for y in ys] + [Rule(x, 100, x, 140) for x in xs]
    page = Page(number, 595, 842, rules=rules, reader=Reader.OCR)
    page.words = [Word(text, x + 5, 104, x + 30, 116, 12, confidence=confidence) for x, text in zip(xs, words, strict=False)]
    return page


def test_a_header_read_three_times_is_read_once_right() -> None:
    pages = [
        header_page(1, ("№", "Мероприятие", "Срок"), 0.9),
        header_page(2, ("№", "Мероприятне", "Срок"), 0.6),
        header_page(3, ("№", "Мероприятие", "Срок"), 0.9),
    ]
    settle_headers(pages)
    assert {text_of(page) for page in pages} == {"№ Мероприятие Срок"}


def test_another_table_of_the_same_columns_keeps_its_header() -> None:
    pages = [header_page(1, ("№", "Мероприятие", "Срок"), 0.9), header_page(2, ("№", "Показатель", "Цель"), 0.5)]
    settle_headers(pages)
    assert text_of(pages[1]) == "№ Показатель Цель"


def test_weak_words_and_the_raw_reading_are_written_to_the_paragraph() -> None:
    words = [Word("№", 50, 100, 60, 112, 12, confidence=0.9, raw="N2"), Word("Ветрова", 70, 100, 110, 112, 12, confidence=0.4)]
    paragraph = Paragraph(text="№ Ветрова", spans=[Span(page=1, bbox=(50, 100, 110, 112))])
    block = ParagraphBlock(index=0, paragraph=paragraph)
    document = SourceDocument(file_name="a.pdf", media_type="application/pdf", sha256="0", size_bytes=1, reader=Reader.OCR, blocks=[block])
    mark_doubt(document, [Page(1, 595, 842, words, reader=Reader.OCR)])
    assert paragraph.weak_words == ["Ветрова"]
    assert paragraph.raw == "N2 Ветрова"
    assert paragraph.confidence == pytest.approx((0.9 + 7 * 0.4) / 8, abs=0.001)
    assert [note.code for note in document.notes] == ["weak_words"]


# reading


@reads
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_whichever_way_it_lies(turn: int) -> None:
    page = seen(written(paper(1240, 1600), PROSE * 4).rotate(turn, expand=True))
    assert text_of(page).count("Контроль оставляю за собой") == 4
    assert page.width == pytest.approx(446.4)
    assert page.height == pytest.approx(576.0)
    assert page.confidence is not None
    assert page.confidence > 0.8


@reads
def test_cells_of_a_skewed_table_hold_their_words() -> None:
    page = seen(tabled(paper()).rotate(0.7, Image.Resampling.BICUBIC, fillcolor=245))
    (grid,) = find_grids(page)
    assert (len(grid.ys), len(grid.xs)) == (5, 4)
    for word in ("Открытие", "Выставка", "Концерт", "Март", "Апрель", "Май"):
        assert word in text_of(page)
    third = [w.text for w in page.words if grid.ys[3] < w.top < grid.ys[4] and w.x1 < grid.xs[1]]
    assert third == ["3"]


@reads
def test_a_blank_page_has_no_words_and_no_error() -> None:
    page = seen(paper())
    assert (page.words, page.confidence, page.needs_recognition) == ([], None, False)


@reads
def test_a_page_number_is_a_figure() -> None:
    image = written(written(paper(1240, 1754), ["3"], 600, 60, 30), PROSE, y=300)
    assert seen(image).words[0].text == "3"


@reads
def test_a_page_out_of_time_says_so() -> None:
    page = see_sheet(Sheet(grey(written(paper(), PROSE)), 200), 1, start_engine(), seconds=0.0)
    assert page.needs_recognition


@reads
def test_an_image_without_text_is_refused(tmp_path: Path) -> None:
    fur = Image.fromarray(np.random.default_rng(7).integers(0, 255, (300, 400), dtype=np.uint8)).resize((600, 450))
    with pytest.raises(RejectedError) as caught:
        read_image(saved(fur, tmp_path / "cat.jpg", dpi=(200, 200)))
    assert caught.value.code is RejectCode.NO_TEXT


@reads
@pytest.mark.parametrize("dpi", [100, 600])
def test_resolution_does_not_matter(tmp_path: Path, dpi: int) -> None:
    image = written(paper(), PROSE).resize((1240 * dpi // 200, 1000 * dpi // 200), Image.Resampling.LANCZOS)
    (page,) = recognize_image(saved(image, tmp_path / "a.png", dpi=(dpi, dpi)).path)
    assert "Назначить ответственных за проведение" in text_of(page)
    assert page.width == pytest.approx(446.4, abs=1)


@reads
def test_a_tiff_of_two_pages(tmp_path: Path) -> None:
    file = saved(written(paper(), PROSE), tmp_path / "a.tif", save_all=True, append_images=[written(paper(), ["Вторая страница"])])
    document = read_image(file)
    assert (document.page_count, document.reader) == (2, Reader.OCR)
    assert "Вторая страница" in [block.text for block in document.blocks if isinstance(block, ParagraphBlock)]


@reads
def test_an_image_of_a_billion_pixels_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    file = saved(Image.new("1", (30_000, 20_000)), tmp_path / "big.png")
    with pytest.raises(RejectedError) as caught:
        recognize_image(file.path)
    assert caught.value.code is RejectCode.TOO_BIG


def test_without_the_model_a_scan_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    monkeypatch.setattr("extractors.reading.ocr.engine._FOLDERS", ())
    path = tmp_path / "scan.pdf"
    written(paper(), PROSE).save(path, "PDF", resolution=200)
    with pytest.raises(RejectedError) as caught:
        read_pdf_with_scans(examine_file(path))
    assert caught.value.code is RejectCode.NEEDS_TESSERACT
    assert "apt-get install tesseract-ocr tesseract-ocr-rus" in caught.value.message


@reads
def test_a_fixture_scan_reads_as_its_text_pdf(tmp_path: Path) -> None:
    """One of our own orders: grey, skewed, noisy, stamped, its second page sideways."""
    slug = "bereznikovsky"
    path = tmp_path / "scan.pdf"
    path.write_bytes(make_scan(ORDERS / slug / "order.pdf", seed=1))
    scan = read_pdf_with_scans(examine_file(path))
    plain = read_pdf(examine_file(ORDERS / slug / "order.pdf"))
    assert scan.reader is Reader.OCR
    assert all(page.confidence and page.confidence > 0.8 for page in scan.pages)
    assert _grids(scan) == _grids(plain)
    assert distance(letters(plain), letters(scan)) <= 0.015 * len(letters(plain))


@reads
def test_only_the_pages_asked_for_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    written(paper(), PROSE).save(path, "PDF", resolution=200, save_all=True, append_images=[written(paper(), ["Вторая страница"])])
    pages = recognize_pages(path.read_bytes(), [2])
    assert list(pages) == [2]
    assert text_of(pages[2]) == "Вторая страница"


def _grids(document: SourceDocument) -> list[tuple[int, int]]:
    return [(block.rows, block.columns) for block in document.blocks if isinstance(block, TableBlock)]


def letters(document: SourceDocument) -> str:
    """All that is printed, in reading order, without blanks."""
    texts = []
    for block in document.blocks:
        texts += [cell.text for cell in block.cells] if isinstance(block, TableBlock) else [block.text]
    return re.sub(r"\s+", "", "".join(texts)).replace("—", "-").replace("–", "-")


def distance(a: str, b: str) -> int:
    """Levenshtein's, one row at a time."""
    target, steps = np.array([ord(c) for c in b]), np.arange(len(b) + 1)
    row = steps
    for i, char in enumerate(a, start=1):
        least = np.concatenate([[i], np.minimum(row[1:] + 1, row[:-1] + (target != ord(char)))])
        row = np.minimum.accumulate(least - steps) + steps
    return int(row[-1])
