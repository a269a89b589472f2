"""What comes out of pages that are recognised, record by record: a lying text layer, sheets on their side and upside down."""

from pathlib import Path
from time import monotonic
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.reading.budget import pages_to_recognise
from extractors.reading.document import read_document
from extractors.reading.ocr.dashes import settle_dashes
from extractors.reading.ocr.doubt import mark_doubt
from extractors.reading.ocr.engine import Engine, Seen, start_engine
from extractors.reading.ocr.items import part_items
from extractors.reading.ocr.mentions import settle_mentions
from extractors.reading.ocr.pictures import Sheet
from extractors.reading.ocr.sight import SECONDS_A_PAGE, see_sheet
from extractors.reading.page import Page, Word
from fixtures.make_lying import make_lying
from fixtures.make_scans import ORDERS, make_scan
from pipeline.run import process_file
from schemas.errors import RejectCode, RejectedError
from schemas.source import Paragraph, ParagraphBlock, Reader, SourceDocument, Span
from tests.test_fixtures import _document, _records
from tests.test_ocr import FONT, PROSE, ROWS, grey, paper, reads, ruling_of, seen, tabled, written

PLAN = ORDERS / "zarechnobor-school" / "order.pdf"
ALIKE = str.maketrans({"—": "–"})
"""tesseract sees one dash."""


def records(path: Path) -> dict[str, Any]:
    return _alike(_records(process_file(path).model_dump(mode="json")))


def _alike(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _alike(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_alike(inner) for inner in value]
    return value.translate(ALIKE) if isinstance(value, str) else value


def without_classes(found: dict[str, Any]) -> dict[str, Any]:
    for activity in found["activities"]:
        assert [extra["heading"] for extra in activity.pop("extra")] in (["Класс"], [])
    return found


def second_page(folder: Path) -> Path:
    """The plan from March on: 9 rows under 4 months, and who drew it up."""
    with pikepdf.open(PLAN) as pdf:
        del pdf.pages[0]
        pdf.save(folder / "second.pdf")
    return folder / "second.pdf"


@reads
def test_a_lying_layer_gives_the_records_of_the_order(tmp_path: Path) -> None:
    """What its letters say is never believed: 31 activities of two pages come out as the Word file has them."""
    path = tmp_path / "lying.pdf"
    path.write_bytes(make_lying(PLAN, "shifted"))
    wanted, found = _alike(_records(_document("zarechnobor-school", "docx").model_dump(mode="json"))), records(path)
    for key in wanted:
        assert found[key] == wanted[key], key


@reads
def test_a_page_gives_the_same_records_whichever_way_it_lies(tmp_path: Path) -> None:
    """But for the classes: «9, 11» in a cell of its own is at the limit of what is told."""
    second = second_page(tmp_path)
    wanted = without_classes(records(second))
    assert [activity["section"] for activity in wanted["activities"]][:3] == [["Март"], ["Март"], ["Апрель"]]
    for turn in (0, 90, 180, 270):
        path = tmp_path / f"{turn}.pdf"
        path.write_bytes(make_scan(second, seed=3, sideways=0, turn=turn, stamp=False))
        assert without_classes(records(path)) == wanted, turn


@reads
def test_a_photo_without_letters_has_no_text(tmp_path: Path) -> None:
    """A cat: ears, eyes and whiskers on a striped carpet, as a picture and as a page of a PDF."""
    image = Image.new("RGB", (1600, 1200))
    draw = ImageDraw.Draw(image)
    for y in range(1200):
        draw.line((0, y, 1600, y), (120 + y // 12, 90 + (y // 40) % 2 * 30, 60 + y // 20))
    draw.polygon([(500, 420), (560, 120), (760, 330)], (70, 60, 50))
    draw.polygon([(1100, 420), (1040, 120), (840, 330)], (70, 60, 50))
    draw.ellipse((480, 280, 1120, 900), (80, 70, 60))
    for x in (650, 870):
        draw.ellipse((x, 480, x + 90, 570), (200, 190, 60))
        draw.ellipse((x + 35, 490, x + 55, 560), (10, 10, 10))
    for y in (700, 730, 760):
        draw.line((350, y - 40, 700, y), (230, 230, 220), 5)
        draw.line((900, y, 1250, y - 40), (230, 230, 220), 5)
    image.save(tmp_path / "cat.jpg", quality=70)
    image.save(tmp_path / "cat.pdf", resolution=150)
    for name in ("cat.jpg", "cat.pdf"):
        with pytest.raises(RejectedError) as caught:
            read_document(tmp_path / name)
        assert caught.value.code is RejectCode.NO_TEXT
        assert "текст" in caught.value.message


# rows and cells that are lower than they seem


def test_the_sides_of_a_row_of_one_line_are_rules() -> None:
    """A header as high as its letters, over a joined row: its sides are shorter than any other rule. A «р» from rule to rule is none."""
    image = tabled(paper(), rows=[("1", "2", "3"), ("4", "5", "6")])
    pixels = grey(image).copy()
    pixels[66:68, 100:1101] = 40  # a joined row over the table, and a header over it
    pixels[32:34, 100:1101] = 40
    for x in (100, 180, 800, 1100):
        pixels[32:68, x - 1 : x + 1] = 40
    pixels[66:100, 99:101] = pixels[66:100, 1099:1101] = 40
    pixels[40:66, 300:304] = 20  # the stem of a letter that stands on the rule
    uprights = ruling_of(pixels).upright
    assert sorted(round(line.at / 10) for line in uprights if line.start < 40) == [10, 18, 80, 110]
    assert not any(abs(line.at - 302) < 6 for line in uprights)


@reads
def test_days_of_a_month_are_read_line_by_line_and_with_their_words() -> None:
    """«8», «14», «21» of three events are no «81421»; «до 29» keeps its word; «5-11» is no «5-М»."""
    rows = [("№", "Мероприятие", "Дата"), ("1", "Линейка", "5-11"), ("2", "Сбор", "до 29"), ("3", "Поход", "1-11"), ("4", "Смотр", "24-28")]
    image = tabled(paper(1240, 1000), rows)
    bottom = 100 + 70 * len(rows)
    for x in (100, 180, 800, 1100):
        ImageDraw.Draw(image).line((x, bottom, x, bottom + 170), 40, 2)
    ImageDraw.Draw(image).line((100, bottom + 170, 1100, bottom + 170), 40, 2)
    written(image, ["8", "14", "21"], 816, bottom + 10, 32)
    written(image, ["Три дела"], 196, bottom + 10, 32)
    page = seen(image)
    dates = [word.text for word in sorted(page.words, key=lambda word: (word.top, word.x0)) if word.x0 > 800 * 0.36]
    assert dates == ["Дата", "5-11", "до", "29", "1-11", "24-28", "8", "14", "21"]


@reads
def test_a_letter_alone_on_the_second_line_of_a_cell_is_read() -> None:
    """«еженедельн|о»: two lines of small print are no higher than one of large."""
    image = tabled(paper(), [*ROWS, ("4", "Работа кружков и студий", "")])
    written(image, ["еженедельн"], 816, 386, 26)
    written(image, ["о"], 816, 413, 26)
    below = [word for word in seen(image).words if word.top > 380 * 0.36 and word.x0 > 800 * 0.36]
    assert [word.text for word in below] == ["еженедельн", "о"]


# dashes and item numbers


def line_seen(words: list[tuple[str, str]], *, x: int = 40, gap: int = 14, sure: float = 0.3) -> tuple[Any, list[Seen]]:
    """A line of what is printed, and its words as they were read; «» prints nothing."""
    image, font = paper(1400, 120), ImageFont.truetype(FONT, 34)
    readings = []
    for printed, read in words:
        ImageDraw.Draw(image).text((x, 30), printed, 20, font)
        width = round(font.getlength(printed)) if printed else 20
        readings.append(Seen(read, x, 34, x + width, 66, sure, 32))
        x += width + gap
    return grey(image), readings


@pytest.mark.parametrize(
    ("printed", "read", "right"),
    [
        ("–", "—", ["класс", "–", "школа"]),
        ("–", "-", ["класс", "–", "школа"]),
        ("-", "—", ["класс", "-", "школа"]),
        ("—", "-", ["класс", "—", "школа"]),
        ("", "—", ["класс", "школа"]),
        ("я", "—", ["класс", "—", "школа"]),
    ],
    ids=["en_read_as_em", "en_read_as_hyphen", "hyphen_read_as_em", "em_read_as_hyphen", "a_wide_gap", "no_bar"],
)
def test_a_dash_is_known_by_its_length(printed: str, read: str, right: list[str]) -> None:
    picture, words = line_seen([("класс", "класс"), (printed, read), ("школа", "школа")])
    settled = settle_dashes(words, picture, 245)
    assert [word.text for word in settled] == right
    if printed in "-–—" and printed:
        assert settled[1].confidence > 0.9  # «2019 – март» is not left out as dirt


def test_a_dash_at_the_head_of_a_line_keeps_its_reading() -> None:
    picture, words = line_seen([("–", "-"), ("школа", "школа")])
    assert [(word.text, word.confidence) for word in settle_dashes(words, picture, 245)] == [("-", 0.3), ("школа", 0.3)]


@reads
@pytest.mark.parametrize(
    ("printed", "read", "right"),
    [
        ("1)принимать", "Ппринимать", "1)принимать"),
        ("1)принимать", "принимать", "1)принимать"),
        ("12)установить", "Пустановить", "12)установить"),
        ("принимать", "принимагь", "принимагь"),
        ("(принимать", "(принимагь", "(принимагь"),
    ],
)
def test_an_item_number_is_read_apart_from_its_word(printed: str, read: str, right: str) -> None:
    picture, words = line_seen([(printed, read), ("заявки", "заявки")])
    part_items(words, picture, 245, start_engine(), monotonic() + 60)
    assert [word.text for word in words] == [right, "заявки"]


# words settled by other mentions


def mentioned(*texts: tuple[str, float]) -> list[Word]:
    """Lines of words, each read with the same confidence; the words in the order of reading, after they settled each other."""
    words = []
    for i, (text, sure) in enumerate(texts):
        x = 50.0
        for part in text.split():
            words.append(Word(part, x, 100 + 20.0 * i, x + 6 * len(part), 112 + 20.0 * i, 10, confidence=sure))
            x += 6 * len(part) + 3
    settle_mentions([Page(1, 595, 842, words)])
    return words


@pytest.mark.parametrize(
    ("sure", "read", "right"),
    [
        ("С.К. Шевчук", "С.К. Птевчуку", "С.К. Шевчуку"),
        ("Шевчук С.К.", "С.К. Птевчуку,", "С.К. Шевчуку,"),
        ("А.К. Шевчук", "С.К. Птевчуку", "С.К. Птевчуку"),
        ("методисты МКУ ЦМП", "МКУ ЦМИ,", "МКУ ЦМП,"),
        ("методисты ЦМП", "МКУ ЦМИ", "МКУ ЦМИ"),
        ("МКУ ЦМП и ЦМН", "МКУ ЦМИ", "МКУ ЦМИ"),
        ("методисты МКУ ЦСК", "МКУ ЦМИ", "МКУ ЦМИ"),
        ("методисты ЦМП, опыт ЦМП", "МКУ ЦМИ", "МКУ ЦМП"),
        ("введение ФГОС СОО", "введение ФГОС ООО", "введение ФГОС ООО"),
        ("Н.Д. Самойлова", "Н.Д. Самойловой", "Н.Д. Самойловой"),
        ("закон Дальнегорской области", "в МДальнегорской области", "в МДальнегорской области"),
        ("закон Луговской области", "в МЛуговской области", "в Луговской области"),
        ("И.П. Самойлович", "И.1. Самойлович", "И.П. Самойлович"),
        ("И.П. Самойлович и И.К. Самойлович", "И.1. Самойлович", "И.1. Самойлович"),
        ("положение о наставничестве", "положение о насхавничестве", "положение о наставничестве"),
        ("мероприятия и мероприятий", "мероприятая", "мероприятия"),
        ("Попова А.Б.", "Ионова А.Б.", "Ионова А.Б."),
    ],
    ids=[
        "another_case",
        "initials_behind",
        "other_initials",
        "abbreviation",
        "after_another_word",
        "two_fit",
        "another_letter",
        "twice",
        "two_stages_of_school",
        "another_case_of_the_same",
        "no_such_shape",
        "a_letter_too_many",
        "initials",
        "two_people",
        "a_long_word",
        "one_letter_only",
        "a_name_of_the_dictionary",
    ],
)
def test_a_doubtful_word_is_settled_by_another_mention(sure: str, read: str, right: str) -> None:
    words = mentioned((sure, 0.95), (read, 0.6))[len(sure.split()) :]
    assert " ".join(word.text for word in words) == right
    assert [word.raw for word in words if word.settled] == [
        before for before, now in zip(read.split(), right.split(), strict=True) if before != now
    ]


@pytest.mark.parametrize(
    ("sure", "read", "right"),
    [
        ("основное общее образование", "обшее", "общее"),
        ("план учебной работы", "учебнсй", "учебной"),
        ("общее образование", "обшего", "обшего"),  # no «общего» stands in the file
        ("работа тьюторов", "тьюторои", "тьюторои"),  # «тьюторов» is none of the dictionary either
        ("общие школы", "обшие обшие", "обшие обшие"),  # read so twice: what it is nobody knows
    ],
)
def test_what_is_read_surely_and_is_no_word_is_settled_by_shape(sure: str, read: str, right: str) -> None:
    words = mentioned((sure, 0.95), (read, 0.92))[len(sure.split()) :]
    assert " ".join(word.text for word in words) == right


@pytest.mark.parametrize(
    ("often", "once", "right"),
    [
        (["Шевчук С.К.", "С.К. Шевчук"], "С.К. Шевчпк", "С.К. Шевчпк"),  # «у» and «п» are not alike
        (["Лисинская С.К.", "С.К. Лисинская"], "С.К. Лисипская", "С.К. Лисинская"),
        (["Лисинская С.К."], "С.К. Лисипская", "С.К. Лисипская"),  # one against one
        (["Лисинская А.К.", "А.К. Лисинская"], "С.К. Лисипская", "С.К. Лисипская"),
    ],
)
def test_a_name_is_outvoted_by_its_like(often: list[str], once: str, right: str) -> None:
    words = mentioned(*((text, 0.95) for text in often), (once, 0.87))[-2:]
    assert " ".join(word.text for word in words) == right


@pytest.mark.parametrize(
    ("text", "sure", "weak"), [("27", 0.78, ["27"]), ("27", 0.85, []), ("3", 0.7, []), ("3.", 0.5, ["3."]), ("Март", 0.78, [])]
)
def test_figures_are_doubted_sooner_than_words(text: str, sure: float, weak: list[str]) -> None:
    assert weak_in(text, [Word(text, 50, 100, 62, 112, 10, confidence=sure)]).blocks[0].paragraph.weak_words == weak  # type: ignore[union-attr]


def test_what_was_read_surely_is_not_settled_but_told_to_be_like() -> None:
    words = mentioned(("ЦМП ЦМИ", 0.95), ("ЦМИ", 0.7))
    assert [(word.text, word.like) for word in words] == [("ЦМП", ()), ("ЦМИ", ()), ("ЦМИ", ("ЦМП",))]


def test_a_settled_name_has_a_finding_and_its_raw_reading() -> None:
    words = mentioned(("С.К. Шевчук", 0.95), ("С.К. Птевчуку", 0.8))
    document = weak_in("С.К. Шевчуку", words)
    assert document.blocks[0].paragraph.raw == "С.К. Птевчуку"  # type: ignore[union-attr]
    assert [(note.code, note.message) for note in document.notes] == [
        ("settled_reading", "прочитано по другому месту документа: «Птевчуку → Шевчуку».")
    ]


def weak_in(text: str, words: list[Word]) -> SourceDocument:
    """A document of one paragraph, the last line of ``words``, with its doubts."""
    last = words[-1]
    paragraph = Paragraph(text=text, spans=[Span(page=1, bbox=(40, last.top - 1, 300, last.bottom + 1))])
    document = SourceDocument(
        file_name="a.pdf",
        media_type="application/pdf",
        sha256="0" * 64,
        size_bytes=1,
        reader=Reader.OCR,
        blocks=[ParagraphBlock(index=0, paragraph=paragraph)],
    )
    mark_doubt(document, [Page(1, 595, 842, words, reader=Reader.OCR)])
    return document


# many pages


@reads
@pytest.mark.parametrize("suffix", [".tif", ".pdf"])
def test_a_page_that_takes_too_long_is_left_with_a_finding_and_the_others_are_read(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(sheet: Sheet, number: int, engine: Engine) -> Page:
        return see_sheet(sheet, number, engine, seconds=0.0 if number == 2 else SECONDS_A_PAGE)

    monkeypatch.setattr("extractors.reading.ocr.see_sheet", slow)
    path = tmp_path / f"a{suffix}"
    first, second = written(paper(), PROSE), written(paper(), ["Вторая страница"])
    first.save(path, save_all=True, append_images=[second], **({"resolution": 200} if suffix == ".pdf" else {"dpi": (200, 200)}))
    document = read_document(path)
    assert [block.text for block in document.blocks if isinstance(block, ParagraphBlock)] == PROSE
    assert [(note.code, note.page) for note in document.notes if note.page == 2] == [("page_needs_recognition", 2)]
    assert [page.needs_recognition for page in document.pages] == [False, True]


def test_a_scan_of_300_pages_is_given_time_for_each(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for _ in range(300):
            pdf.add_blank_page()
        pdf.save(tmp_path / "long.pdf")
    assert pages_to_recognise(tmp_path / "long.pdf") == 300
