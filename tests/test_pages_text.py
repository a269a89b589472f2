"""Lines put together on odd pages: running heads against annex heads, headings that fill the page, numbers and words cut by line ends."""

import pytest

from extractors.reading.page import Rule
from extractors.reading.pages import assemble_pages
from schemas.source import Role, TableBlock
from tests.test_pages import LEFT, LETTER, RIGHT, full, page, paragraphs, ruled

ANNEXES = [("к приказу от 14.10.2021 № 1127", 340.0, 69.0), ("Дорожная карта", LEFT, 110.0)]


def test_heads_of_two_annexes_are_no_running_head() -> None:
    pages = [page(n, (f"Приложение № {n - 1}", 340.0, 57.0), *ANNEXES) for n in (2, 3)]
    assert paragraphs(pages, Role.HEADER) == []
    assert [text for text in paragraphs(pages) if text.startswith("Приложение")] == ["Приложение № 1", "Приложение № 2"]


def test_a_line_over_the_text_of_both_pages_is_a_running_head() -> None:
    pages = [page(n, ("Приказ о плане работы", 200.0, 30.0), (f"Текст страницы {n}.", LEFT, 90.0)) for n in (1, 2)]
    assert paragraphs(pages, Role.HEADER) == ["Приказ о плане работы"] * 2


def test_a_running_head_of_two_lines_stands_apart_as_a_whole() -> None:
    head = [("Управление культуры", 200.0, 28.0), ("Приказ о плане работы", 200.0, 40.0)]
    pages = [page(n, *head, (f"Текст страницы {n}.", LEFT, 90.0)) for n in (1, 2)]
    assert paragraphs(pages, Role.HEADER) == ["Управление культуры", "Приказ о плане работы"] * 2


def test_an_annex_head_repeated_over_the_text_is_a_running_head() -> None:
    head, rest = ("Приложение № 1 к приказу № 66", 200.0, 30.0), [("Текст приказа.", LEFT, 57.0)]
    opened = page(2, head, ("Приложение № 1", 340.0, 57.0), ("План", LEFT, 110.0))
    pages = [page(1, *rest), opened, page(3, head, ("Текст приложения.", LEFT, 57.0))]
    assert paragraphs(pages, Role.HEADER) == ["Приложение № 1 к приказу № 66"] * 2
    assert "Приложение № 1" in paragraphs(pages)


def test_three_blocks_side_by_side_and_the_title_under_them() -> None:
    blocks = {LEFT: ["ПРИНЯТО", "советом школы"], 220.0: ["СОГЛАСОВАНО", "Председатель", "Р.Е. Тишина"], 400.0: ["УТВЕРЖДАЮ", "Директор"]}
    lines = [(text, x, 60.0 + 12 * i) for x, texts in blocks.items() for i, text in enumerate(texts)]
    title = ("ПЛАН", (LEFT + RIGHT) / 2 - 2 * LETTER, 120.0)
    assert paragraphs([page(1, *lines, title)]) == [text for texts in blocks.values() for text in texts] + ["ПЛАН"]


def test_a_corner_beside_a_title_is_read_before_it() -> None:
    corner = [(text, 400.0, 60.0 + 12 * i) for i, text in enumerate(["Приложение", "к приказу", "управления", "от 01.02.2020"])]
    title = [("План", LEFT, 72.0), ("мероприятий", LEFT, 84.0), ("района", LEFT, 96.0)]
    texts = paragraphs([page(1, *corner, *title, ("Текст", LEFT, 130.0))])
    assert texts == ["Приложение", "к приказу", "управления", "от 01.02.2020", "План", "мероприятий", "района", "Текст"]


def test_footnotes_stand_under_a_short_rule_and_part_no_point() -> None:
    text = [(full("1. Отделу культуры обеспечить осмотр¹"), LEFT, 700.0), (full("объектов наследия в районе"), LEFT, 714.0)]
    notes = [("1 Реестр размещён на сайте", LEFT, 740.0), ("управления.", LEFT, 752.0), ("2 Осмотр проводит отдел.", LEFT, 764.0)]
    first = page(1, *text, *notes, rules=[Rule(LEFT, 732.0, LEFT + 110, 732.0)])
    for word in first.words:
        word.size = 8.0 if word.top > 732 else 10.0
        word.size = 5.0 if word.top > 732 and word.text.isdigit() else word.size
    pages = [first, page(2, ("и посёлках.", LEFT, 60.0), ("2. Контроль.", LEFT, 74.0))]
    assert paragraphs(pages, Role.FOOTNOTE) == ["¹ Реестр размещён на сайте управления.", "² Осмотр проводит отдел."]
    assert [text[-11:] for text in paragraphs(pages)] == ["и посёлках.", ". Контроль."]


def test_a_short_rule_over_lines_in_the_size_of_the_text_parts_no_notes() -> None:
    lines = [("Директор А.А. Белова", LEFT, 700.0), ("1 экз. – в дело", LEFT, 740.0)]
    assert paragraphs([page(1, *lines, rules=[Rule(LEFT, 732.0, LEFT + 110, 732.0)])], Role.FOOTNOTE) == []


def test_a_heading_whose_first_line_nearly_fills_the_page_is_one() -> None:
    room = int((RIGHT - LEFT) / LETTER)
    first = "О мерах " + "ж" * (room - 9)  # a letter less than the page holds
    body = [(full("Текст"), LEFT, 130.0 + 12 * i) for i in range(4)]
    pages = [page(1, (first, LEFT + LETTER / 2, 100.0), ("и сроках", (LEFT + RIGHT - 8 * LETTER) / 2, 112.0), *body)]
    assert paragraphs(pages)[0] == f"{first} и сроках"


@pytest.mark.parametrize(
    ("above", "below", "read"),
    [
        ("11 января 2024 г. № 17-", "па", "11 января 2024 г. № 17-па"),
        ("от 11.01.2024 № 01-", "04/512", "от 11.01.2024 № 01-04/512"),
        ("от 11.01.2024 №", "17-па", "от 11.01.2024 № 17-па"),
        ("____________", "2019 г.", "____________ 2019 г."),
    ],
)
def test_numbers_and_blanks_cut_by_the_line_end(above: str, below: str, read: str) -> None:
    start = RIGHT - LETTER * len(above)
    rest = [("Текст", LEFT, 300.0), (full("Текст"), LEFT, 314.0)]
    assert read in paragraphs([page(1, (above, start, 100.0), (below, start if "_" in above else LEFT, 112.0), *rest)])


@pytest.mark.parametrize(
    ("lines", "letters", "read"),
    [
        (["2019/20", "20"], 7, "2019/2020"),
        (["неснижаемог", "о запаса"], 11, "неснижаемого запаса"),
        (["Профил", "ь"], 6, "Профиль"),
        (["МБОУ-СОШ №", "№4,9"], 11, "МБОУ-СОШ №№4,9"),
        (["№ п/", "п"], 4, "№ п/п"),
        (["Мини", "маль", "ный", "порог"], 5, "Минимальный порог"),
        (["Обще", "обра", "зова", "тель", "ная", "школа"], 4, "Общеобразовательная школа"),
    ],
)
def test_words_and_figures_cut_by_a_narrow_column(lines: list[str], letters: int, read: str) -> None:
    right = 100.0 + 2 * 5.4 + LETTER * letters + 1
    words = [(text, 105.4, 104.0 + 12 * i) for i, text in enumerate(lines)]
    block = assemble_pages([page(1, *words, ("Срок", right + 10, 104.0), rules=ruled([100.0, right, 400.0], [100.0, 190.0, 220.0]))])[0][0]
    assert isinstance(block, TableBlock)
    assert block.cells[0].text == read


def test_a_low_row_is_a_row_of_its_own() -> None:
    """Rows of 7 points: a header as low as that still has columns."""
    xs, ys = [100.0, 200.0, 300.0], [100.0, 107.0, 114.0, 121.0]
    rules = [Rule(100.0, y, 300.0, y) for y in ys] + [Rule(x, 100.0, x, 107.0) for x in xs] + [Rule(x, 114.0, x, 121.0) for x in xs]
    rules += [Rule(x, 100.0, x, 121.0) for x in (100.0, 300.0)]
    block = assemble_pages([page(1, ("Дело", 105.0, 98.5), ("Срок", 205.0, 98.5), ("Май", 105.0, 105.5), rules=rules)])[0][0]
    assert isinstance(block, TableBlock)
    assert [c.column for c in block.row_cells(0)] == [0, 1]
