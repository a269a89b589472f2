"""PDF pages drawn here and read back: what a person sees on the page is what the reader hands over."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from font_roboto import font_files
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, SimpleDocTemplate, Spacer
from reportlab.platypus import Paragraph as Flowable

from extractors.reading.detect import examine_file
from extractors.reading.document import read_document
from extractors.reading.pdf import read_pdf
from schemas.errors import RejectCode, RejectedError
from schemas.source import ParagraphBlock, Role, SourceDocument, TableBlock

pdfmetrics.registerFont(TTFont("Roboto", font_files["Roboto"]))
CELL = ParagraphStyle("cell", fontName="Roboto", fontSize=10, leading=12)
BODY = ParagraphStyle("body", parent=CELL, fontSize=12, leading=15, alignment=TA_JUSTIFY)
TITLE = ParagraphStyle("title", parent=BODY, alignment=TA_CENTER)
RULED = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
HEAD = ["№ п/п", "Мероприятие", "Срок", "Ответственный"]
LONG = "Проведение семинара для руководителей школ по вопросам развития наставничества и поддержки молодых педагогов"


def flow(path: Path, *pieces: object, pagesize: tuple[float, float] = A4) -> SourceDocument:
    SimpleDocTemplate(str(path), pagesize=pagesize, leftMargin=60, rightMargin=60, topMargin=60, bottomMargin=60).build(list(pieces))
    return read_document(path)


def grid(rows: list[list[str]], widths: list[float], repeat: int = 0, style: list[tuple[object, ...]] | None = None) -> LongTable:
    cells = [[Flowable(text, CELL) for text in row] for row in rows]
    return LongTable(cells, colWidths=widths, repeatRows=repeat, splitInRow=1, style=RULED if style is None else style)


def paint(path: Path, lines: list[tuple[float, float, str]]) -> None:
    """Lines at (x, y) in points from the top left."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Roboto", 11)
    for x, y, text in lines:
        canvas.drawString(x, A4[1] - y, text)
    canvas.showPage()
    canvas.save()


def draw(path: Path, lines: list[tuple[float, float, str]]) -> SourceDocument:
    paint(path, lines)
    return read_document(path)


def texts(document: SourceDocument, role: Role = Role.BODY) -> list[str]:
    return [b.paragraph.text for b in document.blocks if isinstance(b, ParagraphBlock) and b.role is role]


def rows(document: SourceDocument, table: int = 0) -> list[list[str]]:
    block = [b for b in document.blocks if isinstance(b, TableBlock)][table]
    return [[c.text.replace("\n", " ") for c in block.row_cells(r)] for r in range(block.rows)]


def test_wrapped_lines_are_one_paragraph_and_the_title_is_another(tmp_path: Path) -> None:
    text = "1. " + LONG + ". " + LONG + "."
    document = flow(
        tmp_path / "a.pdf", Flowable("О плане работы", TITLE), Spacer(1, 12), Flowable(text, BODY), Flowable("2. Контроль.", BODY)
    )
    assert texts(document) == ["О плане работы", text, "2. Контроль."]


def test_a_small_raised_figure_behind_a_word_refers_to_a_note(tmp_path: Path) -> None:
    marked = 'Утвердить план мероприятий<super size="6">1</super> на 40 м<super size="6">2</super>'
    document = flow(tmp_path / "a.pdf", Flowable(marked, BODY))
    assert texts(document) == ["Утвердить план мероприятий¹ на 40 м2"]


def test_a_row_cut_by_the_page_end_is_one_row(tmp_path: Path) -> None:
    body = [[f"{n}.", f"{LONG} № {n}", "Март 2023", "Иванова А.А."] for n in range(1, 31)]
    document = flow(tmp_path / "a.pdf", grid([HEAD, *body], [40, 200, 100, 130], repeat=1))
    assert len(document.pages) > 1
    assert rows(document) == [HEAD, *body]


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_table_over_pages_is_one_table_with_or_without_repeated_header(tmp_path: Path, repeat: int) -> None:
    body = [[str(n), f"Урок {n}", "Май", "Петров П.П."] for n in range(1, 90)]
    assert rows(flow(tmp_path / "a.pdf", grid([HEAD, *body], [40, 200, 100, 130], repeat=repeat))) == [HEAD, *body]


def test_equal_rows_on_both_sides_of_a_page_end_stay_two(tmp_path: Path) -> None:
    body = [["", "Охрана школы", "Постоянно", "Директор"]] * 80
    assert rows(flow(tmp_path / "a.pdf", grid([HEAD, *body], [40, 200, 100, 130], repeat=1))) == [HEAD, *body]


def test_merged_section_row_stands_once(tmp_path: Path) -> None:
    body = [HEAD, ["I. Организация работы", "", "", ""], ["1.", "Урок", "Май", "Директор"]]
    document = flow(tmp_path / "a.pdf", grid(body, [40, 200, 100, 130], style=[*RULED, ("SPAN", (0, 1), (-1, 1))]))
    assert rows(document) == [HEAD, ["I. Организация работы"], ["1.", "Урок", "Май", "Директор"]]


def test_missing_borders_at_the_top_and_the_bottom_lose_no_row(tmp_path: Path) -> None:
    style = [
        ("INNERGRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("LINEBEFORE", (0, 0), (0, -1), 0.5, colors.black),
        ("LINEAFTER", (-1, 0), (-1, -1), 0.5, colors.black),
    ]
    body = [HEAD, ["1.", "Урок", "Май", "Директор"], ["2.", "Смотр", "Июнь", "Завуч"]]
    assert rows(flow(tmp_path / "a.pdf", grid(body, [40, 200, 100, 130], style=style))) == body


def test_table_without_any_lines(tmp_path: Path) -> None:
    lines = [(60, 60, "План"), (60, 90, "№"), (100, 90, "Мероприятие"), (330, 90, "Срок"), (430, 90, "Ответственный")]
    for n, y in ((1, 110), (2, 150), (3, 190)):
        lines += [
            (60, y, f"{n}."),
            (100, y, "Проведение урока по теме"),
            (100, y + 14, "«Наш край»"),
            (330, y, "Май 2023"),
            (430, y, "Директор"),
        ]
    document = draw(tmp_path / "a.pdf", lines)
    assert rows(document) == [["№", "Мероприятие", "Срок", "Ответственный"]] + [
        [f"{n}.", "Проведение урока по теме «Наш край»", "Май 2023", "Директор"] for n in (1, 2, 3)
    ]
    assert texts(document) == ["План"]


def test_signature_and_date_lines_are_no_table(tmp_path: Path) -> None:
    document = draw(
        tmp_path / "a.pdf", [(60, 60, "25.09.2020"), (430, 60, "№ 939"), (60, 120, "Начальник отдела"), (430, 120, "А.А. Белова")]
    )
    assert texts(document) == ["25.09.2020\t№ 939", "Начальник отдела\tА.А. Белова"]


def test_blocks_side_by_side_are_read_one_after_the_other(tmp_path: Path) -> None:
    left, right = ["СОГЛАСОВАНО", "Председатель совета", "школы", "Б.Б. Чернов"], ["УТВЕРЖДАЮ", "Директор", "школы № 5", "А.А. Белова"]
    lines = [(x, 60 + 15 * i, text) for x, block in ((60, left), (350, right)) for i, text in enumerate(block)]
    assert texts(draw(tmp_path / "a.pdf", lines)) == left + right


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_rotate_in_the_file_does_not_change_what_stands_on_the_upright_page(tmp_path: Path, rotate: int) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Roboto", 12)
    width, height = A4
    canvas.saveState()
    if rotate == 90:
        canvas.translate(width, 0)
        canvas.rotate(90)
    elif rotate == 180:
        canvas.translate(width, height)
        canvas.rotate(180)
    else:
        canvas.translate(0, height)
        canvas.rotate(270)
    canvas.drawString(60, 400, "Первая строка приказа")
    canvas.drawString(60, 380, "Вторая.")
    canvas.restoreState()
    canvas.showPage()
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = rotate
        pdf.save(path)
    document = read_document(path)
    assert texts(document) == ["Первая строка приказа", "Вторая."]
    span = next(b for b in document.blocks if isinstance(b, ParagraphBlock)).paragraph.spans[0]
    assert span.bbox[0] == pytest.approx(60, abs=2)


def test_page_numbers_running_heads_and_stamps_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for page in range(1, 5):
        canvas.setFont("Roboto", 11)
        canvas.drawString(60, 810, "Приказ управления культуры")
        canvas.drawString(290, 30, f"- {page} -")
        canvas.drawString(60, 600, f"Текст страницы {page}.")
        canvas.showPage()
    canvas.setFont("Roboto", 9)
    for i, text in enumerate(
        (
            "Документ подписан электронной подписью",
            "Сертификат 00AB12CD",
            "Владелец Белова Анна Анатольевна",
            "Действителен с 01.01.2023 по 01.04.2024",
        )
    ):
        canvas.drawString(300, 300 - 12 * i, text)
    canvas.showPage()
    canvas.save()
    document = read_document(path)
    assert texts(document) == [f"Текст страницы {page}." for page in range(1, 5)]
    assert texts(document, Role.HEADER) == ["Приказ управления культуры"] * 4
    assert texts(document, Role.PAGE_NUMBER) == [f"- {page} -" for page in range(1, 5)]
    assert len(texts(document, Role.STAMP)) == 4


@pytest.mark.parametrize(
    ("cell", "width", "read"),
    [
        ("Представление информации о муниципалитете", 78, "Представление информации о муниципалитете"),
        ("Утверждённый перечень", 82, "Утверждённый перечень"),
        ("Семинар по учебно-воспитательной работе", 95, "Семинар по учебно-воспитательной работе"),
    ],
)
def test_words_broken_by_a_narrow_cell(tmp_path: Path, cell: str, width: float, read: str) -> None:
    assert rows(flow(tmp_path / "a.pdf", grid([["А", cell], ["Б", "В"]], [40, width])))[0][1] == read


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["Анализ оцен-", "ки качества"], "Анализ оценки качества"),
        (["Заместитель по учебно-", "воспитательной работе"], "Заместитель по учебно-воспитательной работе"),
        (["Открытые уроки и мастер-", "классы для учителей"], "Открытые уроки и мастер-классы для учителей"),
        (["Руководители МБОУ-", "СОШ № 5"], "Руководители МБОУ-СОШ № 5"),
        (["В течение 2019-", "2020 учебного года"], "В течение 2019-2020 учебного года"),
        (["до 23.02.202", "2 г."], "до 23.02.2022 г."),
    ],
)
def test_hyphens_at_line_ends(tmp_path: Path, lines: list[str], read: str) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Roboto", 10)
    right = 65 + max(canvas.stringWidth(line, "Roboto", 10) for line in lines) + 6
    for x in (60, right):
        canvas.line(x, 700, x, 760)
    for y in (700, 740, 760):
        canvas.line(60, y, right, y)
    canvas.drawString(65, 745, "Текст")
    for i, line in enumerate(lines):
        canvas.drawString(65, 725 - 12 * i, line)
    canvas.showPage()
    canvas.save()
    assert rows(read_document(path))[1][0] == read


def test_bold_made_by_printing_twice_is_read_once(tmp_path: Path) -> None:
    assert texts(draw(tmp_path / "a.pdf", [(60, 60, "ПРИКАЗ по школе"), (60.3, 60, "ПРИКАЗ по школе")])) == ["ПРИКАЗ по школе"]


def test_landscape_page_keeps_its_places(tmp_path: Path) -> None:
    document = flow(tmp_path / "a.pdf", grid([HEAD, ["1.", "Урок", "Май", "Директор"]], [60, 300, 150, 150]), pagesize=landscape(A4))
    assert document.pages[0].width == pytest.approx(842, abs=1)
    assert rows(document)[1] == ["1.", "Урок", "Май", "Директор"]


def _saved(**options: object) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFont("Roboto", 12)
    canvas.drawString(60, 700, "Приказываю провести урок")
    canvas.save()
    out = BytesIO()
    with pikepdf.open(BytesIO(buffer.getvalue())) as pdf:
        pdf.save(out, **options)
    return out.getvalue()


LIES = {
    "Latin look-alikes": "IIOCTAHOBJIEHIIE aдMИHИCTpaцИИ paйoнa o плaнe",
    "cp1251 read as Latin-1": "Ïðèêàçûâàþ óòâåðäèòü ïëàí ìåðîïðèÿòèé",
    "letters at random": "Пгшщ вжзх трклмн бвгдж щшчц фхцчш жзйкл мнпрст вбгдк",
}


@pytest.mark.parametrize("text", LIES.values(), ids=LIES)
def test_a_lying_text_layer_is_no_text(tmp_path: Path, text: str) -> None:
    paint(tmp_path / "a.pdf", [(60, 60 + 20 * i, text) for i in range(8)])
    with pytest.raises(RejectedError) as error:
        read_pdf(examine_file(tmp_path / "a.pdf"))  # as where nothing can recognise the page
    assert error.value.code is RejectCode.NO_TEXT


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (_saved(encryption=pikepdf.Encryption(owner="a", user="b")), RejectCode.ENCRYPTED),
        (_saved()[:300], RejectCode.CORRUPT),
        (b"%PDF-1.4\n1 0 obj\n1 0 R\nendobj\ntrailer<</Root 1 0 R>>\n", RejectCode.CORRUPT),
    ],
    ids=["password", "truncated", "object that is itself"],
)
def test_bad_pdf_is_refused_with_a_russian_sentence(tmp_path: Path, content: bytes, code: RejectCode) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(RejectedError) as error:
        read_document(path)
    assert error.value.code is code
    assert error.value.message.endswith((".", "снова."))


def test_every_letter_of_the_page_is_somewhere(tmp_path: Path) -> None:
    body = [[f"{n}.", f"{LONG} № {n}", "Март 2023", "Иванова А.А."] for n in range(1, 20)]
    path = tmp_path / "a.pdf"
    document = flow(path, Flowable(LONG, TITLE), grid([HEAD, *body], [40, 200, 100, 130], repeat=1), Flowable(LONG, BODY))
    import pypdfium2  # noqa: PLC0415 - the independent count

    pdf = pypdfium2.PdfDocument(path)
    counted = sum(c.isalnum() for page in pdf for c in page.get_textpage().get_text_range())
    pdf.close()
    read = sum(c.isalnum() for t in texts(document) for c in t)
    for block in document.blocks:
        if isinstance(block, TableBlock):
            read += sum(c.isalnum() for cell in block.cells for c in cell.text) + sum(
                c.isalnum() for p in block.repeated_headers for c in p.text
            )
    assert read == counted


def test_a_password_only_for_changes_does_not_keep_the_text(tmp_path: Path) -> None:
    """Acrobat asks for «user» on opening; the other password is empty, and qpdf opens the file by that one."""
    paint(
        tmp_path / "open.pdf", [(60, 100, "О проведении семинара для учителей математики"), (60, 120, "Приказываю провести семинар в мае")]
    )
    with pikepdf.open(tmp_path / "open.pdf") as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="user", owner="", R=6))
    assert texts(read_document(tmp_path / "locked.pdf")) == texts(read_document(tmp_path / "open.pdf"))
