"""Tables of Word: merged cells once, nested tables behind, what is deleted gone."""

from pathlib import Path

import pytest

from extractors.reading.document import read_document
from schemas.source import Block, ParagraphBlock, Role, TableBlock
from tests.docx_maker import make_docx, p, r, tbl, tc, tr

MERGE_ON, MERGE = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'
SINGLE = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
RULED = f"<w:tblBorders>{SINGLE}</w:tblBorders>"
BORDERED = (
    '<w:style w:type="table" w:styleId="Base"><w:name w:val="Base"/><w:tblPr>' + RULED + "</w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:basedOn w:val="Base"/></w:style>'
)


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def blocks(body: str, tmp_path: Path, styles: str = "") -> list[Block]:
    return read_document(make_docx(tmp_path / "a.docx", body, parts={"styles": styles})).blocks


def only(body: str, tmp_path: Path, styles: str = "") -> TableBlock:
    (table,) = blocks(body, tmp_path, styles)
    assert isinstance(table, TableBlock)
    return table


def grid(table: TableBlock) -> list[tuple[int, int, int, int, str]]:
    """(row, column, row span, column span, text) of each cell."""
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]


def test_cells_merged_across(tmp_path: Path) -> None:
    table = only(tbl(tr(tc("I. Организация", span(3))), tr("1", "Совет", "май"), columns=3), tmp_path)
    assert (table.rows, table.columns) == (2, 3)
    assert grid(table) == [(0, 0, 1, 3, "I. Организация"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "Совет"), (1, 2, 1, 1, "май")]


def test_cells_merged_down(tmp_path: Path) -> None:
    rows = tr(tc("Срок", MERGE), "а"), tr(tc(p(), MERGE_ON), "б"), tr(tc(p(), MERGE_ON), "в"), tr("май", "г")
    assert grid(only(tbl(*rows), tmp_path)) == [
        (0, 0, 3, 1, "Срок"), (0, 1, 1, 1, "а"), (1, 1, 1, 1, "б"), (2, 1, 1, 1, "в"), (3, 0, 1, 1, "май"), (3, 1, 1, 1, "г"),
    ]  # fmt: skip


def test_two_merges_down_one_under_the_other(tmp_path: Path) -> None:
    rows = tr(tc("А", MERGE), "1"), tr(tc(p(), MERGE_ON), "2"), tr(tc("Б", MERGE), "3"), tr(tc(p(), MERGE_ON), "4")
    merged = [cell for cell in grid(only(tbl(*rows), tmp_path)) if cell[1] == 0]
    assert merged == [(0, 0, 2, 1, "А"), (2, 0, 2, 1, "Б")]


def test_merge_across_and_down(tmp_path: Path) -> None:
    rows = tr(tc("А", span(2) + MERGE), "1"), tr(tc(p(), span(2) + MERGE_ON), "2")
    assert grid(only(tbl(*rows, columns=3), tmp_path)) == [(0, 0, 2, 2, "А"), (0, 2, 1, 1, "1"), (1, 2, 1, 1, "2")]


def test_merge_that_continues_nothing_is_a_cell(tmp_path: Path) -> None:
    assert grid(only(tbl(tr(tc("А", MERGE_ON), "1")), tmp_path)) == [(0, 0, 1, 1, "А"), (0, 1, 1, 1, "1")]


def test_merge_of_old_word(tmp_path: Path) -> None:
    row = tr(tc("А", '<w:hMerge w:val="restart"/>'), tc(p(), "<w:hMerge/>"), "Б")
    assert grid(only(tbl(row, columns=3), tmp_path)) == [(0, 0, 1, 2, "А"), (0, 2, 1, 1, "Б")]


def test_words_under_a_merge_are_hidden_but_kept(tmp_path: Path) -> None:
    table, hidden = blocks(tbl(tr(tc("А", MERGE), "1"), tr(tc("под ней", MERGE_ON), "2")), tmp_path)
    assert isinstance(table, TableBlock)
    assert isinstance(hidden, ParagraphBlock)
    assert (hidden.role, hidden.text) == (Role.HIDDEN, "под ней")


def test_rows_that_begin_late_and_end_early(tmp_path: Path) -> None:
    rows = tr("1", "2", "3"), tr("х", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
    table = only(tbl(*rows, columns=3), tmp_path)
    assert grid(table)[-1] == (1, 1, 1, 1, "х")
    assert table.columns == 3


def test_a_damaged_span_makes_no_giant_grid(tmp_path: Path) -> None:
    assert only(tbl(tr(tc("А", span(10**9)))), tmp_path).columns == 1000


def test_nested_table_follows_its_outer_table(tmp_path: Path) -> None:
    inner = tbl(tr("а", "б"))
    outer, nested, after = blocks(tbl(tr("1", tc(p("до") + inner + p("после")))) + p("дальше"), tmp_path)
    assert isinstance(outer, TableBlock)
    assert isinstance(nested, TableBlock)
    assert outer.cells[1].text == "до\nпосле"
    assert (nested.nested_in, nested.table, [c.text for c in nested.cells]) == ((0, 0, 1), 1, ["а", "б"])
    assert (after.index, after.text if isinstance(after, ParagraphBlock) else "") == (2, "дальше")


def test_tables_one_after_another_stay_apart(tmp_path: Path) -> None:
    found = blocks(tbl(tr("1", "2")) + tbl(tr("3", "4")), tmp_path)
    assert [b.table for b in found if isinstance(b, TableBlock)] == [0, 1]


def test_rows_and_cells_in_content_controls(tmp_path: Path) -> None:
    row = f"<w:sdt><w:sdtPr/><w:sdtContent>{tr('1', 'Совет')}</w:sdtContent></w:sdt>"
    cell = f"<w:sdt><w:sdtPr/><w:sdtContent>{tc('май')}</w:sdtContent></w:sdt>"
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{tc('Выберите дату')}</w:sdtContent></w:sdt>"
    assert [c.text for c in only(tbl(row, tr("2", cell), tr("3", prompt)), tmp_path).cells] == ["1", "Совет", "2", "май", "3", ""]


def test_deleted_rows_and_cells_are_gone(tmp_path: Path) -> None:
    moved = '<w:p><w:pPr><w:rPr><w:moveFrom w:id="1"/></w:rPr></w:pPr><w:moveFrom w:id="2"><w:r><w:t>уехало</w:t></w:r></w:moveFrom></w:p>'
    rows = (
        tr("1", "остаётся"),
        tr("2", "долой", properties='<w:del w:id="3"/>'),
        tr(tc(moved), tc(moved)),
        tr("3", "новая", properties='<w:ins w:id="4"/>'),
        tr("4", tc("долой", '<w:cellDel w:id="5"/>'), "сдвинута"),
    )
    assert [c.text for c in only(tbl(*rows), tmp_path).cells] == ["1", "остаётся", "3", "новая", "4", "сдвинута"]


def test_a_table_of_deleted_rows_is_no_table(tmp_path: Path) -> None:
    (block,) = blocks(tbl(tr("1", "2", properties='<w:del w:id="1"/>')) + p("текст"), tmp_path)
    assert isinstance(block, ParagraphBlock)


def test_hidden_row(tmp_path: Path) -> None:
    table, first, second = blocks(tbl(tr("1", "видно"), tr("2", "тайно", properties="<w:hidden/>")), tmp_path)
    assert isinstance(table, TableBlock)
    assert [c.text for c in table.cells] == ["1", "видно", "", ""]
    assert [(b.role, b.text) for b in (first, second) if isinstance(b, ParagraphBlock)] == [(Role.HIDDEN, "2"), (Role.HIDDEN, "тайно")]


def test_hidden_words_in_a_cell(tmp_path: Path) -> None:
    table, hidden = blocks(tbl(tr("1", tc(p(r("видно") + r("тайно", "<w:vanish/>"))))), tmp_path)
    assert isinstance(table, TableBlock)
    assert table.cells[1].text == "видно"
    assert hidden.role is Role.HIDDEN


def test_text_box_in_a_cell(tmp_path: Path) -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('в рамке')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert only(tbl(tr("1", tc(p(r("текст") + box)))), tmp_path).cells[1].text == "текст\nв рамке"


def test_rows_that_repeat_on_each_page(tmp_path: Path) -> None:
    header = "<w:tblHeader/>"
    rows = tr("№", "Дело", properties=header), tr("1", "2", properties=header), tr("1", "а"), tr("2", "б", properties=header)
    assert only(tbl(*rows), tmp_path).header_rows == 2


@pytest.mark.parametrize(
    ("properties", "ruled"),
    [
        ("", False),
        (RULED, True),
        (RULED.replace("single", "none"), False),
        ('<w:tblStyle w:val="Grid"/>', True),
        ('<w:tblStyle w:val="Grid"/>' + RULED.replace("single", "nil"), False),
        ('<w:tblBorders><w:bottom w:val="double"/></w:tblBorders>', False),
        ('<w:tblBorders><w:insideH w:val="single"/><w:top w:val="single"/><w:bottom w:val="single"/></w:tblBorders>', True),
    ],
    ids=["nothing", "all", "none", "style", "style_overridden", "letterhead_rule", "horizontal_lines"],
)
def test_ruled(properties: str, ruled: bool, tmp_path: Path) -> None:
    assert only(tbl(tr("1", "2"), tr("3", "4"), properties=properties), tmp_path, BORDERED).ruled is ruled


def test_ruled_by_its_cells(tmp_path: Path) -> None:
    own = "<w:tcBorders>" + "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right")) + "</w:tcBorders>"
    assert only(tbl(tr(tc("1", own), tc("2", own))), tmp_path).ruled
    assert not only(tbl(tr(tc("1", own.replace("single", "nil")), "2"), properties=RULED.replace("single", "none")), tmp_path).ruled


def test_a_frame_around_the_whole_order_is_no_table(tmp_path: Path) -> None:
    plan = tbl(tr("1", "Совет"))
    framed = tbl(tr(tc(p("ПРИКАЗ") + plan + p("Директор")), properties='<w:trHeight w:val="900"/>'), tr(p()), tr("Приложение"), columns=1)
    read = blocks(framed, tmp_path)
    assert [b.text if isinstance(b, ParagraphBlock) else grid(b)[1][4] for b in read] == ["ПРИКАЗ", "Совет", "Директор", "Приложение"]


def test_a_table_with_a_table_in_one_of_its_filled_cells_stays(tmp_path: Path) -> None:
    outer, inner = blocks(tbl(tr("Курсы", tc(tbl(tr("май")) + p()))), tmp_path)
    assert isinstance(outer, TableBlock)
    assert isinstance(inner, TableBlock)
    assert inner.nested_in == (0, 0, 1)


TABBED = ["№\tМероприятие\tСрок\tОтветственный", "1\tЭстафета\tиюнь\tНефёдов В.В.", "Спорт", "2\tСмотр\t\tЗавуч", "План утверждён."]


def test_rows_typed_with_tab_stops_are_a_table(tmp_path: Path) -> None:
    table, after = blocks("".join(p(r(text)) for text in TABBED), tmp_path)
    assert isinstance(table, TableBlock)
    assert [[c.text for c in table.row_cells(row)] for row in range(table.rows)] == [
        ["№", "Мероприятие", "Срок", "Ответственный"],
        ["1", "Эстафета", "июнь", "Нефёдов В.В."],
        ["Спорт"],
        ["2", "Смотр", "", "Завуч"],
    ]
    assert isinstance(after, ParagraphBlock)


def test_tab_stops_under_no_headings_are_no_table(tmp_path: Path) -> None:
    lines = ["от 01.02.2020\tг. Заречный\t№ 5", "а\tб\tв", "Совет учреждения\tПрофсоюз\tДиректор учреждения", "г\tд\tе", "ё\tж\tз"]
    read = blocks("".join(p(r(text)) for text in lines), tmp_path)
    assert all(isinstance(b, ParagraphBlock) for b in read)
