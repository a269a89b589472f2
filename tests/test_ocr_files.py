"""Files that are read by OCR, whole or in part: text layers that lie, good pages among scans, extreme resolutions."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from extractors.reading.budget import pages_to_recognise
from extractors.reading.detect import examine_file
from extractors.reading.document import read_document
from extractors.reading.ocr.glyphs import marks_of, pointed
from extractors.reading.ocr.pictures import MAX_PIXELS, open_images
from extractors.reading.page import Word
from extractors.reading.pdf import read_pdf
from extractors.reading.pdf.scoring import pages_with_lying_fonts
from fixtures.make_lying import KINDS, make_lying
from fixtures.make_scans import ORDERS
from schemas.errors import RejectCode, RejectedError
from schemas.source import ParagraphBlock, Reader, SourceDocument, TableBlock
from tests.test_ocr import PROSE, distance, grey, letters, paper, reads, ruling_of, tabled, written

ORDER = ORDERS / "zarechnobor-school" / "order.pdf"


def on_good_pages(document: SourceDocument) -> list[str]:
    """Paragraphs and cells that stand on the second page or the third."""
    places = [(b.text, b.paragraph.spans) for b in document.blocks if isinstance(b, ParagraphBlock)]
    places += [(c.text, c.spans) for b in document.blocks if isinstance(b, TableBlock) for c in b.cells]
    return [text for text, spans in places if text and {span.page for span in spans} <= {2, 3}]


# text layers that lie


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_page_of_a_lying_layer_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "lying.pdf"
    path.write_bytes(make_lying(ORDER, kind))
    with pytest.raises(RejectedError) as caught:
        read_pdf(examine_file(path))
    assert caught.value.code is RejectCode.NO_TEXT


@pytest.mark.parametrize("kind", list(KINDS))
def test_headings_that_lie_are_not_believed_though_the_rest_is_good(kind: str, tmp_path: Path) -> None:
    """Only the bold font lies: both pages have headings in it."""
    path = tmp_path / "lying.pdf"
    path.write_bytes(make_lying(ORDER, kind, fonts="Bold"))
    with pytest.raises(RejectedError) as caught:
        read_pdf(examine_file(path))
    assert caught.value.code is RejectCode.NO_TEXT
    assert pages_to_recognise(path) == 2


@pytest.mark.parametrize(
    ("texts", "lies"),
    [
        (["Адрес:", "school2@example.org", "https://example.org/plan/meropriyatiya"], False),
        (["Организационные", "мероприятия", "Методическая", "поддержка", "учителей", "Повышение"], False),
        (["Рябоконь", "Тлеубаева", "Заславцева", "Шпилевский", "Гвоздарёва", "Чернодубова"], False),
        (["Îðãàíèçàöèîííûå", "ìåðîïðèÿòèÿ"], True),
        (["OPГAHИ3AЦИOHHЫE", "MEPOПPИЯTИЯ", "METOДИЧECKAЯ", "ПOДДEPЖKA", "УЧИTEЛEЙ", "ПOBЫШEHИE"], True),
        (["УЗИЧРЫЛЖЖЕ", "ЪШЖАУГСЦУЖ", "БЬТКУЕЩСЦФ", "ХЪККШЗЖЛЬ", "НЦУЩШЪФЧ", "ХУКЭЦШРУШ"], True),
        (["МБОУ", "МАОУ", "МБДОУ", "МКДОУ", "ФГОС", "ВСОКО", "МКУДПО", "ГБПОУ"], False),
        (["•", "•", "–", "+"], False),
        (["!", "#$%", "&'", "(*", "+"], True),
    ],
)
def test_a_font_that_lies_is_known_by_its_words(texts: list[str], lies: bool) -> None:
    assert pages_with_lying_fonts([set_in("Bold", texts)]) == [lies]


def test_a_page_with_few_words_of_a_font_is_judged_with_the_others() -> None:
    good = ["Организационные", "мероприятия", "Методическая", "поддержка", "учителей", "Повышение"]
    bad = ["УЗИЧРЫЛЖЖЕ", "ЪШЖАУГСЦУЖ", "БЬТКУЕЩСЦФ", "ХЪККШЗЖЛЬ", "НЦУЩШЪФЧ", "ХУКЭЦШРУШ"]
    assert pages_with_lying_fonts([set_in("A", bad), set_in("A", bad[:2]), set_in("B", good)]) == [True, True, False]
    assert pages_with_lying_fonts([set_in("A", bad[:2]), set_in("A", bad[2:4]), set_in("A", bad[4:])]) == [True, True, True]
    assert pages_with_lying_fonts([set_in("A", bad), set_in("A", good)]) == [True, False]
    assert pages_with_lying_fonts([set_in("A", bad[:2])]) == [False]  # too few to tell


def set_in(font: str, texts: list[str]) -> list[Word]:
    return [Word(text, 50, 100, 90, 112, 10, font=font) for text in texts]


@reads
def test_a_lying_page_is_recognised_and_the_good_one_kept(tmp_path: Path) -> None:
    """Page 1 in Latin look-alikes: it comes out as the page was, by OCR; the others as the text layer has them."""
    path, order = tmp_path / "mixed.pdf", ORDERS / "bereznikovsky" / "order.pdf"
    path.write_bytes(make_lying(order, "latin", [0]))
    mixed, plain = read_document(path), read_document(order)
    assert mixed.reader is Reader.MIXED
    assert [page.reader for page in mixed.pages] == [Reader.OCR, Reader.PDF, Reader.PDF]
    assert [page.confidence is None for page in mixed.pages] == [False, True, True]
    assert distance(letters(plain), letters(mixed)) <= 0.015 * len(letters(plain))
    assert len(on_good_pages(plain)) > 10
    assert on_good_pages(mixed) == on_good_pages(plain)


# pages with nothing on them


@reads
def test_a_blank_page_among_others_is_kept_as_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    written(paper(), PROSE).save(path, "PDF", resolution=200, save_all=True, append_images=[paper()])
    document = read_document(path)
    assert (document.page_count, document.reader) == (2, Reader.OCR)
    assert {span.page for block in document.blocks for span in block.paragraph.spans} == {1}  # type: ignore[union-attr]


@reads
def test_a_scan_of_blank_paper_has_no_text(tmp_path: Path) -> None:
    path = tmp_path / "blank.pdf"
    paper().save(path, "PDF", resolution=200)
    with pytest.raises(RejectedError) as caught:
        read_document(path)
    assert caught.value.code is RejectCode.NO_TEXT


# resolutions


@reads
def test_fifty_dots_an_inch_are_enough_for_clean_print(tmp_path: Path) -> None:
    """Letters eight pixels high, on a page whose size is still that of the paper."""
    image = written(paper(), PROSE).resize((310, 250), Image.Resampling.LANCZOS)
    image.save(tmp_path / "a.png", dpi=(50, 50))
    document = read_document(tmp_path / "a.png")
    assert [block.text for block in document.blocks if isinstance(block, ParagraphBlock)] == PROSE
    assert document.pages[0].width == pytest.approx(446.4, abs=1.5)


def test_twelve_hundred_dots_an_inch_are_read_at_fewer(tmp_path: Path) -> None:
    """A quarter of A4 at 1,200 dpi: 35 million pixels become at most `MAX_PIXELS`."""
    Image.new("L", (4960, 7016), 255).save(tmp_path / "a.png", dpi=(1200, 1200))
    ((_, sheet),) = open_images(tmp_path / "a.png")
    assert sheet.gray.size <= MAX_PIXELS
    assert sheet.dpi == pytest.approx(200, abs=1)


@pytest.mark.parametrize(("stated", "inches"), [(None, 11.69), (72, 11.69), (96, 11.69), (240, 8.53)])
def test_the_resolution_that_a_telephone_writes_is_not_believed(stated: int | None, inches: float, tmp_path: Path) -> None:
    """2,048 pixels at 72 dpi would be a sheet 28 inches long; at 240 they are one of 8.5 inches."""
    Image.new("L", (2048, 1536), 255).save(tmp_path / "a.png", dpi=(stated, stated) if stated else None)
    ((_, sheet),) = open_images(tmp_path / "a.png")
    assert max(sheet.gray.shape) / sheet.dpi == pytest.approx(inches, abs=0.05)


def test_pages_whose_layer_lies_are_given_time(tmp_path: Path) -> None:
    """The first page only lies: one page to recognise, where a page takes half a minute more than a page of text."""
    path = tmp_path / "lying.pdf"
    path.write_bytes(make_lying(ORDER, "latin", [0]))
    assert pages_to_recognise(ORDER) == 0
    assert pages_to_recognise(path) == 1


def test_a_page_as_large_as_a_hall_is_rendered_within_the_limit(tmp_path: Path) -> None:
    """14,400 points a side at 200 dpi would be 1.6 thousand million pixels."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(14_400, 14_400))
    pdf.save(tmp_path / "big.pdf")
    code = (
        "import re, sys; from pathlib import Path; from extractors.reading.ocr.pictures import render_pages\n"
        "((_, sheet),) = render_pages(Path(sys.argv[1]).read_bytes(), [1])\n"
        # not ru_maxrss: a child inherits that peak from whoever started it, here from the whole test run
        "kilobytes = re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]\n"
        "print(sheet.gray.size, int(kilobytes) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "big.pdf")], capture_output=True, text=True, check=True, timeout=120)
    pixels, megabytes = map(int, done.stdout.split())
    assert pixels <= MAX_PIXELS * 1.01
    assert megabytes < 800


# lines and numbers


def test_the_stem_of_a_letter_is_no_rule() -> None:
    """«р» of a joined cell stands between two rules one above the other, and its foot touches the lower."""
    image = tabled(paper(), rows=[("1", "2", "3"), ("", "", ""), ("4", "5", "6")])
    pixels = np.asarray(image).copy()
    pixels[173:239, 790:812] = 245  # the row in the middle is one cell
    pixels[190:239, 798:803] = 20  # a stem, longer than a line's shortest piece
    pixels[195:212, 803:811] = 20  # and the bowl of the letter
    ruling = ruling_of(pixels)
    assert not any(abs(line.at - 800) < 6 and line.start < 200 < line.end for line in ruling.upright)
    assert sum(abs(line.at - 800) < 6 for line in ruling.upright) == 2


@pytest.mark.parametrize(
    ("read", "marks", "right"),
    [
        ("12", "0.0", "1.2"),
        ("3.21.2", "0.0.0.0", "3.2.1.2"),
        ("2,1", "0.0", "2,1"),
        ("12", "", "12"),
        ("123", "0.0", "123"),
        ("25.", "0.0.", "2.5."),
    ],
)
def test_points_are_put_where_their_marks_stand(read: str, marks: str, right: str) -> None:
    assert pointed(read, marks) == right


def test_figures_and_points_are_counted() -> None:
    image = grey(written(paper(400, 100), ["3.2.1."], 20, 20, 40))
    assert marks_of(image, 245) == "0.0.0."
