"""Text on a PDF page that nobody sees, and text that only seems so."""

from pathlib import Path

import pikepdf
from font_roboto import font_files
from PIL import Image
from reportlab.lib.colors import black, navy, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extractors.reading.document import read_document
from schemas.source import ParagraphBlock, Role, SourceDocument

pdfmetrics.registerFont(TTFont("Roboto", font_files["Roboto"]))
SHOWN = "Утвердить план работы школы на учебный год"


def canvas_at(path: Path) -> Canvas:
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Roboto", 11)
    return canvas


def read(canvas: Canvas, path: Path) -> SourceDocument:
    canvas.save()
    return read_document(path)


def texts(document: SourceDocument, role: Role) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, ParagraphBlock) and b.role is role]


def say(canvas: Canvas, y: float, text: str, mode: int = 0) -> None:
    line = canvas.beginText(60, y)
    line.setTextRenderMode(mode)
    line.textLine(text)
    canvas.drawText(line)


def test_white_text_on_white_paper_is_hidden(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    say(canvas, 700, SHOWN)
    canvas.setFillColor(white)
    say(canvas, 600, "ключевые слова для поиска")
    document = read(canvas, tmp_path / "a.pdf")
    assert texts(document, Role.BODY) == [SHOWN]
    assert texts(document, Role.HIDDEN) == ["ключевые слова для поиска"]


def test_white_text_on_a_dark_ground_is_seen(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    canvas.setFillColor(navy)
    canvas.rect(50, 590, 400, 30, fill=1, stroke=0)
    canvas.setFillColor(white)
    say(canvas, 600, SHOWN)
    canvas.setFillColor(black)
    assert texts(read(canvas, tmp_path / "a.pdf"), Role.BODY) == [SHOWN]


def test_invisible_text_beside_printed_text_is_hidden(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    say(canvas, 700, SHOWN)
    say(canvas, 600, "черновик приказа", mode=3)
    document = read(canvas, tmp_path / "a.pdf")
    assert texts(document, Role.BODY) == [SHOWN]
    assert texts(document, Role.HIDDEN) == ["черновик приказа"]


def test_the_invisible_layer_of_a_scanned_page_is_its_text(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    canvas.drawImage(ImageReader(Image.new("L", (60, 84), 250)), 0, 0, *A4)
    say(canvas, 700, SHOWN, mode=3)
    assert texts(read(canvas, tmp_path / "a.pdf"), Role.BODY) == [SHOWN]


def test_characters_that_are_no_text_are_taken_out_and_counted(tmp_path: Path) -> None:
    """A font whose table says of «щ» that it is the bell, of «ж» that it is half of a surrogate pair."""
    canvas = canvas_at(tmp_path / "a.pdf")
    say(canvas, 700, f"{SHOWN}щжщ")
    canvas.save()
    with pikepdf.open(tmp_path / "a.pdf", allow_overwriting_input=True) as pdf:
        (font,) = (font for font in pdf.pages[0].Resources.Font.values() if "/ToUnicode" in font)
        table = font.ToUnicode.read_bytes()
        assert table.count(b"<0449>") == table.count(b"<0436>") == 1
        font.ToUnicode.write(table.replace(b"<0449>", b"<0007>").replace(b"<0436>", b"<D800>"))
        pdf.save()
    document = read_document(tmp_path / "a.pdf")
    assert texts(document, Role.BODY) == [SHOWN]
    assert [(note.code, note.message) for note in document.notes] == [("control_characters", "Из текста убраны недопустимые символы: 3.")]
