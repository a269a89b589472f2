"""Text PDFs whose letters, fonts or structure are damaged: what was meant, and what a person is told."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.reading.detect import examine_file
from extractors.reading.page import Word
from extractors.reading.pdf import read_pdf
from extractors.reading.pdf.scoring import signs
from schemas.source import ParagraphBlock, Role, SourceDocument
from tests.test_reading_pdf import paint

LINES = [
    "Начальнику отдела Черnодубской А.А. провести семинар для педагогов школ района",
    "Директору MБOУ «Заречная школа» представить отчёт в срок до 10 октября 2023 года",
    "Обеспечить участие педагогов в проекте «ЯClass» и работу «IT-куба» в школе",
]


def read(path: Path) -> SourceDocument:
    paint(path, [(60, 60 + 30 * i, text) for i, text in enumerate(LINES)])
    return read_pdf(examine_file(path))


def paragraphs(document: SourceDocument) -> list[ParagraphBlock]:
    return [b for b in document.blocks if isinstance(b, ParagraphBlock) and b.role is Role.BODY]


def test_look_alikes_inside_words_are_repaired_and_the_reading_stays_beside_it(tmp_path: Path) -> None:
    document = read(tmp_path / "a.pdf")
    texts = [block.paragraph.text for block in paragraphs(document)]
    assert texts[0].startswith("Начальнику отдела Чернодубской А.А.")
    assert texts[1].startswith("Директору МБОУ «Заречная школа»")
    assert texts[2] == LINES[2]
    assert [block.paragraph.raw for block in paragraphs(document)] == [LINES[0], LINES[1], None]


def test_a_repaired_name_is_said_with_its_place(tmp_path: Path) -> None:
    (note,) = [n for n in read(tmp_path / "a.pdf").notes if n.code == "repaired_name"]
    assert (note.block, note.page) == (0, 1)
    assert "«Чернодубской»" in note.message


def test_a_file_that_had_to_be_rebuilt_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    whole = read(path)
    content = path.read_bytes()
    path.write_bytes(content[: content.rfind(b"startxref")] + b"startxref\n7\n%%EOF\n")
    mended = read_pdf(examine_file(path))
    assert [b.text for b in paragraphs(mended)] == [b.text for b in paragraphs(whole)]
    assert ([n.code for n in whole.notes], [n.code for n in mended.notes]) == (["repaired_name"], ["file_mended", "repaired_name"])


def test_a_file_saved_anew_by_another_program_is_not_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    read(path)
    buffer = BytesIO()
    with pikepdf.open(path) as pdf:
        pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)
    path.write_bytes(buffer.getvalue())
    assert [n.code for n in read_pdf(examine_file(path)).notes] == ["repaired_name"]


@pytest.mark.parametrize(
    ("texts", "strange"),
    [
        (['!"#$%&', "'($)&*$", "-+,-$.!)-", "-0)-!$#%&'", "план", "работы"], True),
        (["100%", "a@b.ru", "№5", "<...>", "план*", "работы**", "+7(900)", "[1]"], False),
    ],
    ids=["a font that tells nothing", "signs of ordinary text"],
)
def test_words_of_signs_are_a_lie_of_the_font(texts: list[str], strange: bool) -> None:
    assert signs([Word(text, 0, 0, 10, 10) for text in texts]) is strange


def test_a_watermark_across_the_page_is_no_part_of_its_lines(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setFont("Roboto", 11)
    for i, text in enumerate(LINES):
        canvas.drawString(60, 500 - 15 * i, text)
    canvas.translate(300, 480)
    canvas.rotate(40)
    canvas.setFont("Roboto", 60)
    canvas.drawCentredString(0, 0, "КОПИЯ ВЕРНА")
    canvas.save()
    document = read_pdf(examine_file(tmp_path / "a.pdf"))
    assert "ВЕРНА" not in " ".join(b.text for b in paragraphs(document))
    hidden = [b.text for b in document.blocks if isinstance(b, ParagraphBlock) and b.role is Role.HIDDEN]
    assert sorted("".join(hidden).replace(" ", "").replace("\t", "")) == sorted("КОПИЯВЕРНА")
