"""Tables that are ruled in part or not at all: expected cells by reading the page that the words and rules draw."""

from itertools import pairwise

import pytest

from extractors.reading.page import Page, Rule
from extractors.reading.pages import assemble_pages
from schemas.source import ParagraphBlock, Role, TableBlock
from tests.test_pages import LETTER, page, ruled

XS = [60.0, 100.0, 330.0, 430.0, 540.0]
HEAD = ["№ п/п", "Мероприятие", "Срок", "Ответственный"]
FIRST = ["1.", "Смотр строя и песни среди классов|в честь праздника", "Март", "Директор"]
SECOND = ["2.", "Урок мужества", "Май", "Завуч,|педагоги"]
SECTION = ["Раздел первый: работа с учащимися школы и их родителями"]

Lines = list[tuple[str, float, float]]


def typeset(rows: list[list[str]], top: float) -> tuple[Lines, list[float]]:
    """Words of the rows one under the other, and the heights of the rules between them; «|» ends a line."""
    lines: Lines = []
    ys = [top]
    for row in rows:
        cells = [cell.split("|") for cell in row]
        lines += [(text, x + 4, ys[-1] + 2 + 12 * i) for x, cell in zip(XS, cells, strict=False) for i, text in enumerate(cell)]
        ys.append(ys[-1] + 12 * max(map(len, cells)))
    return lines, ys


def across(ys: list[float]) -> list[Rule]:
    return [Rule(XS[0], y, XS[-1], y) for y in ys]


def tables(pages: list[Page]) -> list[list[list[str]]]:
    found = [b for b in assemble_pages(pages)[0] if isinstance(b, TableBlock)]
    return [[[c.text.replace("\n", " ") for c in block.row_cells(r)] for r in range(block.rows)] for block in found]


def flat(rows: list[list[str]]) -> list[list[str]]:
    return [[cell.replace("|", " ") for cell in row] for row in rows]


ROWS = [HEAD, SECTION, FIRST, SECOND]


def test_rules_across_tell_the_rows_and_white_space_the_columns() -> None:
    lines, ys = typeset(ROWS, 100.0)
    assert tables([page(1, *lines, rules=across(ys))]) == [flat(ROWS)]


def test_a_page_number_under_a_table_ruled_across_is_one() -> None:
    lines, ys = typeset(ROWS, 100.0)
    pages = [page(n, *lines, (f"{n}", 300.0, 820.0), rules=across(ys)) for n in (1, 2)]
    assert [b.text for b in assemble_pages(pages)[0] if isinstance(b, ParagraphBlock) and b.role is Role.PAGE_NUMBER] == ["1", "2"]


def test_white_space_alone() -> None:
    lines, _ = typeset(ROWS, 100.0)
    assert tables([page(1, *lines)]) == [flat(ROWS)]


@pytest.mark.parametrize("ruled", [True, False])
def test_columns_go_on_over_the_page_end(ruled: bool) -> None:
    lines, ys = typeset(ROWS, 740.0 - 60)
    more, below = typeset([["3.", "Поход в музей города", "Июнь", "Завуч"], ["4.", "Линейка", "Сентябрь", "Директор"]], 60.0)
    pages = [page(1, *lines, rules=across(ys) if ruled else []), page(2, *more, rules=across(below) if ruled else [])]
    assert [row[0] for row in tables(pages)[0]] == ["№ п/п", SECTION[0], "1.", "2.", "3.", "4."]


def test_rows_without_numbers_begin_where_an_ended_column_has_text_again_or_bold_type_ends() -> None:
    rows = [["Мероприятие", "", "Срок", "Исполнитель"], ["Смотр", "", "Март", "Директор|Завуч"], ["Поход", "", "Май", "Завуч"]]
    lines, ys = typeset(rows, 100.0)
    seen = page(1, *[line for line in lines if line[0]])
    for word in seen.words:
        word.bold = word.top < ys[1]
    assert tables([seen]) == [[[c.replace("|", " ") for c in row if c] for row in rows]]


def test_a_month_alone_is_a_row_over_all_columns() -> None:
    lines, ys = typeset([HEAD, FIRST], 100.0)
    more, _ = typeset([["2.", "Поход", "Май", "Завуч"]], ys[-1] + 12)
    middle = (XS[0] + XS[-1] - 4 * LETTER) / 2
    found = tables([page(1, *lines, ("Март", middle, ys[-1] + 2), *more)])[0]
    assert [len(row) for row in found] == [4, 4, 1, 4]


def test_a_signature_under_a_table_without_rules_is_no_row() -> None:
    lines, ys = typeset([HEAD, FIRST, SECOND], 100.0)
    last = [("Начальник управления образования района", XS[0] + 4, ys[-1] + 2), ("А.А. Белова", XS[0] + 4, ys[-1] + 14)]
    blocks = assemble_pages([page(1, *lines, *last)])[0]
    assert [b.text for b in blocks if isinstance(b, ParagraphBlock)][-1].endswith("А.А. Белова")


def test_rules_inside_a_table_without_a_border_around_it() -> None:
    lines, ys = typeset(ROWS, 100.0)
    inner = [Rule(x, top, x, bottom) for x in XS[1:-1] for top, bottom in pairwise(ys) if (top, bottom) != (ys[1], ys[2])]
    assert tables([page(1, *lines, rules=across(ys[1:-1]) + inner)]) == [flat(ROWS)]


def test_lines_of_prose_between_two_rules_are_no_table() -> None:
    lines = [("Контроль за исполнением приказа оставляю за собой.", 64.0, 102.0), ("Срок отчёта до мая.", 64.0, 114.0)]
    assert tables([page(1, *lines, rules=across([100.0, 113.0, 126.0]))]) == []


def test_a_heading_of_two_rows_that_is_set_again_on_the_same_page_and_on_the_next_one() -> None:
    def rules(y: float) -> list[Rule]:
        return [*across([y, y + 28]), Rule(XS[2], y + 14, XS[4], y + 14), *(Rule(x, y, x, y + 28) for x in (XS[0], XS[1], XS[2], XS[4]))]

    def head(y: float) -> Lines:
        upper = [("№", 64.0, y + 2), ("Мероприятие", 104.0, y + 2), ("Исполнение", 334.0, y + 2)]
        return [*upper, ("Срок", 334.0, y + 16), ("Кто", 434.0, y + 16)]

    def row(text: str, y: float) -> Lines:
        return [(text, 104.0, y + 2), ("Май", 334.0, y + 2), ("Завуч", 434.0, y + 2)]

    def ruled_row(y: float) -> list[Rule]:
        return [*across([y, y + 14]), *(Rule(x, y, x, y + 14) for x in XS)]

    halves = [Rule(XS[3], y + 14, XS[3], y + 28) for y in (700.0, 742.0)]
    first = page(1, *head(700), *row("Смотр", 728), *head(742), *row("Урок", 770), rules=[*rules(700), *rules(742), *halves])
    first.rules += [*ruled_row(728), *ruled_row(770)]
    second = page(2, *head(60), *row("Поход", 88), rules=[*rules(60), Rule(XS[3], 74, XS[3], 88), *ruled_row(88)])
    (table,) = tables([first, second])
    assert [cells[1] for cells in table] == ["Мероприятие", "Кто", "Смотр", "Урок", "Поход"]


def test_a_heading_ends_where_a_row_begins_and_rows_that_fill_all_columns_are_rows() -> None:
    rows = [
        ["Мероприятие", "Срок", "Ответственный"],
        ["Сбор заявок от школ", "до 10 апреля", "Липова О.И."],
        ["Смотр", "12 апреля", "Завуч"],
    ]
    lines = [(text, x, 100.0 + 12 * i) for i, row in enumerate(rows) for text, x in zip(row, (60.0, 200.0, 300.0), strict=True)]
    assert tables([page(1, *lines)]) == [rows]


def test_a_title_in_the_middle_stands_over_rows_that_begin_small() -> None:
    rows = [
        ("Мероприятие", "Сроки", "Ответственный"),
        ("Кросс в городском парке", "23 мая", "Быстров Ю.В."),
        ("Весёлые старты", "ноябрь", "Быстров Ю.В."),
    ]
    lines = [(t, x, 100.0 + 12 * i) for i, row in zip((0, 2, 4), rows, strict=True) for t, x in zip(row, (60.0, 250.0, 350.0), strict=True)]
    middles = [("Городские соревнования", 185.0, 112.0), ("Школьные соревнования", 188.0, 136.0)]
    last = [("Лыжная гонка", 60.0, 160.0), ("декабрь", 250.0, 160.0), ("тренеры", 350.0, 160.0)]
    found = tables([page(1, *lines, *middles, *last)])[0]
    assert [row[0] for row in found] == [
        "Мероприятие",
        "Городские соревнования",
        "Кросс в городском парке",
        "Школьные соревнования",
        "Весёлые старты",
        "Лыжная гонка",
    ]


def test_a_full_row_on_the_next_page_that_begins_as_rows_do_is_a_row_of_its_own() -> None:
    xs = [60.0, 300.0, 400.0, 540.0]
    over = [("Проверка сооружений на реках города и район", 64.0, 742.0), ("до 5 мая", 304.0, 742.0), ("журнал", 404.0, 742.0)]
    above = [("Подготовка пунктов", 64.0, 722.0), ("до 1 мая", 304.0, 722.0), ("акты", 404.0, 722.0)]
    head = [("Мероприятие", 64.0, 702.0), ("Срок", 304.0, 702.0), ("Результат", 404.0, 702.0)]
    below = [("Наблюдение", 64.0, 62.0), ("апрель", 304.0, 62.0), ("журнал", 404.0, 62.0)]
    pages = [page(1, *head, *above, *over, rules=ruled(xs, [700.0, 720.0, 740.0, 760.0])), page(2, *below, rules=ruled(xs, [60.0, 80.0]))]
    assert [row[0] for row in tables(pages)[0]][2:] == ["Проверка сооружений на реках города и район", "Наблюдение"]


def test_members_of_a_commission_are_a_table() -> None:
    left = [("ЛАДЫГИН", 60.0, 100.0), ("Кирилл Романович", 60.0, 112.0), ("Члены комитета:", 60.0, 136.0), ("Зуева Т.М.", 60.0, 148.0)]
    right = [("– глава поселения,", 250.0, 100.0), ("председатель", 250.0, 112.0), ("– директор музея", 250.0, 148.0)]
    assert tables([page(1, *left, *right)]) == [
        [["ЛАДЫГИН Кирилл Романович", "– глава поселения, председатель"], ["Члены комитета:"], ["Зуева Т.М.", "– директор музея"]]
    ]


def test_a_table_in_a_cell_is_a_table_of_its_own_and_the_outer_one_goes_on() -> None:
    outer = ruled([60.0, 100.0, 400.0], [640.0, 660.0, 780.0])
    inner = ruled([110.0, 200.0, 300.0], [690.0, 710.0, 730.0])
    words = [("1", 64.0, 645.0), ("Курсы", 104.0, 645.0), ("2", 64.0, 665.0), ("Реестр", 104.0, 665.0), ("гончары", 114.0, 695.0)]
    more = [("ткачи", 204.0, 695.0), ("кузнецы", 114.0, 715.0), ("резчики", 204.0, 715.0)]
    below = page(2, ("3", 64.0, 65.0), ("Смотр", 104.0, 65.0), rules=ruled([60.0, 100.0, 400.0], [60.0, 80.0]))
    assert tables([page(1, *words, *more, rules=[*outer, *inner]), below]) == [
        [["1", "Курсы"], ["2", "Реестр"], ["3", "Смотр"]],
        [["гончары", "ткачи"], ["кузнецы", "резчики"]],
    ]
