"""Automatic numbers as Word prints them. Every expected label was worked out by hand from the list's definition."""
# ruff: noqa: E501 - a case stands on as few lines as it can

from pathlib import Path
from typing import NamedTuple

import pytest

from extractors.reading.document import read_document
from extractors.reading.docx.numerals import lettered, numeral, roman
from schemas.source import ParagraphBlock, TableBlock
from tests.docx_maker import abstract, item, lvl, make_docx, num, numbered, p, start_override, tbl, tc, tr


class Case(NamedTuple):
    """``printed``: the texts of the paragraphs from top to bottom."""

    name: str
    numbering: str
    body: str
    printed: tuple[str, ...]
    styles: str = ""


POINTS = abstract(0, lvl(0, "%1."), lvl(1, "%1.%2."), lvl(2, "%1.%2.%3.")) + num(1, 0)


def style(style_id: str, properties: str, based_on: str = "", name: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name or style_id}"/>{base}<w:pPr>{properties}</w:pPr></w:style>'


def font(name: str) -> str:
    return f'<w:rPr><w:rFonts w:ascii="{name}" w:hAnsi="{name}"/></w:rPr>'


def linked(style_id: str) -> str:
    return f'<w:pStyle w:val="{style_id}"/>'


def styled(text: str, style_id: str, more: str = "") -> str:
    return p(text, f'<w:pStyle w:val="{style_id}"/>{more}')


CASES = [
    Case("plain", POINTS, item("Утвердить", 1) + item("Назначить", 1) + p("без номера") + item("Контроль", 1),
         ("1. Утвердить", "2. Назначить", "без номера", "3. Контроль")),
    Case("three_levels", POINTS,
         item("А", 1) + item("Б", 1, 1) + item("В", 1, 1) + item("Г", 1, 2) + item("Д", 1) + item("Е", 1, 1) + item("Ж", 1, 2),
         ("1. А", "1.1. Б", "1.2. В", "1.2.1. Г", "2. Д", "2.1. Е", "2.1.1. Ж")),
    Case("bracket", abstract(0, lvl(0, "%1)")) + num(1, 0), item("А", 1) + item("Б", 1), ("1) А", "2) Б")),
    Case("russian_letters", abstract(0, lvl(0, "%1)", "russianLower")) + num(1, 0), "".join(item("х", 1) for _ in range(11)),
         tuple(f"{c}) х" for c in "абвгдежзикл")),
    Case("last_russian_letters", abstract(0, lvl(0, "%1)", "russianUpper", start=25)) + num(1, 0), "".join(item("х", 1) for _ in range(6)),
         ("Щ) х", "Ы) х", "Э) х", "Ю) х", "Я) х", "АА) х")),
    Case("roman_sections", abstract(0, lvl(0, "%1.", "upperRoman"), lvl(1, "%2.", "decimal")) + num(1, 0),
         item("А", 1) + item("Б", 1, 1) + item("В", 1, 1) + item("Г", 1) + item("Д", 1, 1), ("I. А", "1. Б", "2. В", "II. Г", "1. Д")),
    Case("decimal_zero", abstract(0, lvl(0, "%1", "decimalZero", start=9)) + num(1, 0), item("А", 1) + item("Б", 1), ("09 А", "10 Б")),
    Case("latin", abstract(0, lvl(0, "(%1)", "lowerLetter", start=26)) + num(1, 0), item("А", 1) + item("Б", 1), ("(z) А", "(aa) Б")),
    Case("start", abstract(0, lvl(0, "%1.", start=5)) + num(1, 0), item("А", 1) + item("Б", 1), ("5. А", "6. Б")),
    Case("words_around", abstract(0, lvl(0, "Приложение № %1")) + num(1, 0), item("А", 1), ("Приложение № 1 А",)),
    Case("suffix_nothing", abstract(0, lvl(0, "%1.", more='<w:suff w:val="nothing"/>')) + num(1, 0), item("А", 1), ("1.А",)),
    Case("suffix_space", abstract(0, lvl(0, "%1.", more='<w:suff w:val="space"/>')) + num(1, 0), item("А", 1), ("1. А",)),
    Case("legal_numbers_under_roman", abstract(0, lvl(0, "%1.", "upperRoman"), lvl(1, "%1.%2.", more="<w:isLgl/>")) + num(1, 0),
         item("А", 1) + item("Б", 1) + item("В", 1, 1), ("I. А", "II. Б", "2.1. В")),
    Case("roman_kept_without_legal", abstract(0, lvl(0, "%1.", "upperRoman"), lvl(1, "%1.%2.")) + num(1, 0),
         item("А", 1) + item("Б", 1, 1), ("I. А", "I.1. Б")),
    Case("two_lists_of_one_kind_go_on", POINTS + num(2, 0), item("А", 1) + item("Б", 2) + item("В", 1), ("1. А", "2. Б", "3. В")),
    Case("begun_anew", POINTS + num(2, 0, start_override(0, 1)), item("А", 1) + item("Б", 1) + item("В", 2) + item("Г", 2),
         ("1. А", "2. Б", "1. В", "2. Г")),
    Case("begun_anew_only_once", POINTS + num(2, 0, start_override(0, 7)), item("А", 1) + item("Б", 2) + item("В", 1) + item("Г", 2),
         ("1. А", "7. Б", "8. В", "9. Г")),
    Case("upper_level_from_its_start", abstract(0, lvl(0, "%1.", start=3), lvl(1, "%1.%2.")) + num(1, 0),
         item("А", 1, 1) + item("Б", 1, 1), ("3.1. А", "3.2. Б")),
    Case("upper_level_overridden", POINTS + num(2, 0, start_override(0, 4) + start_override(1, 2)),
         p("4. Напечатано рукой") + item("А", 2, 1) + item("Б", 2, 1), ("4. Напечатано рукой", "4.2. А", "4.3. Б")),
    Case("never_restarts", abstract(0, lvl(0, "Раздел %1."), lvl(1, "%2.", more='<w:lvlRestart w:val="0"/>')) + num(1, 0),
         item("А", 1) + item("Б", 1, 1) + item("В", 1) + item("Г", 1, 1), ("Раздел 1. А", "1. Б", "Раздел 2. В", "2. Г")),
    Case("restarts_after_the_first_level_only",
         abstract(0, lvl(0, "%1."), lvl(1, "%1.%2."), lvl(2, "%3)", more='<w:lvlRestart w:val="1"/>')) + num(1, 0),
         item("А", 1) + item("Б", 1, 1) + item("В", 1, 2) + item("Г", 1, 1) + item("Д", 1, 2) + item("Е", 1) + item("Ж", 1, 2),
         ("1. А", "1.1. Б", "1) В", "1.2. Г", "2) Д", "2. Е", "1) Ж")),
    Case("level_replaced_in_the_list", POINTS + num(2, 0, f'<w:lvlOverride w:ilvl="0">{lvl(0, "Пункт %1:")}</w:lvlOverride>'),
         item("А", 2), ("Пункт 1: А",)),
    Case("bullets", abstract(0, lvl(0, "\uf0b7", "bullet", after=font("Symbol"))) + num(1, 0),
         item("А", 1) + item("Б", 1), ("• А", "• Б")),
    Case("dash_bullet", abstract(0, lvl(0, "-", "bullet")) + num(1, 0), item("А", 1), ("- А",)),
    Case("long_dash_bullet", abstract(0, lvl(0, "–", "bullet")) + num(1, 0), item("А", 1), ("– А",)),
    Case("dash_of_symbol_font", abstract(0, lvl(0, "\uf02d", "bullet", after=font("Symbol"))) + num(1, 0),
         item("А", 1), ("- А",)),
    Case("hollow_bullet", abstract(0, lvl(0, "o", "bullet", after=font("Courier New"))) + num(1, 0),
         item("А", 1), ("• А",)),
    Case("square_of_wingdings", abstract(0, lvl(0, "\uf0a7", "bullet", after=font("Wingdings"))) + num(1, 0),
         item("А", 1), ("▪ А",)),
    Case("no_list", POINTS, p("А", numbered(0, 0)), ("А",)),
    Case("unknown_list", POINTS, item("А", 77), ("А",)),
    Case("level_without_text", abstract(0, lvl(0, ""), lvl(1, "%2.")) + num(1, 0), item("А", 1) + item("Б", 1, 1), ("А", "1. Б")),
    Case("number_format_none", abstract(0, lvl(0, "", "none"), lvl(1, "%1%2)")) + num(1, 0), item("А", 1) + item("Б", 1, 1), ("А", "1) Б")),
    Case("custom_format", abstract(0, '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
         '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
         '</mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>') + num(1, 0), item("А", 1), ("001 А",)),
    Case("empty_paragraph_keeps_its_number", POINTS, item("А", 1) + item("", 1) + item("В", 1), ("1. А", "2.", "3. В")),
    Case("hidden_number", abstract(0, lvl(0, "%1.", after="<w:rPr><w:vanish/></w:rPr>")) + num(1, 0), item("А", 1), ("А",)),
    Case("from_style", POINTS, styled("А", "Punkt") + styled("Б", "Punkt"), ("1. А", "2. Б"), style("Punkt", numbered(1))),
    Case("from_style_of_style", POINTS, styled("А", "Child") + styled("Б", "Punkt"), ("1. А", "2. Б"),
         style("Punkt", numbered(1)) + style("Child", "", "Punkt")),
    Case("level_by_linked_style", abstract(0, lvl(0, "%1.", more=linked("H1")), lvl(1, "%1.%2.", more=linked("H2"))) + num(1, 0),
         styled("А", "H1") + styled("Б", "H2") + styled("В", "H2") + styled("Г", "H1"), ("1. А", "1.1. Б", "1.2. В", "2. Г"),
         style("H1", numbered(1)) + style("H2", numbered(1))),
    Case("level_of_style_said_outright", POINTS, styled("А", "P1") + styled("Б", "P2"), ("1. А", "1.1. Б"),
         style("P1", numbered(1)) + style("P2", numbered(1, 1))),
    Case("style_switched_off", POINTS, styled("А", "Punkt", numbered(0)) + styled("Б", "Punkt"), ("А", "1. Б"),
         style("Punkt", numbered(1))),
    Case("direct_level_of_style_list", POINTS, styled("А", "Punkt") + styled("Б", "Punkt", '<w:numPr><w:ilvl w:val="1"/></w:numPr>'),
         ("1. А", "1.1. Б"), style("Punkt", numbered(1))),
    Case("list_style", abstract(0, lvl(0, "§ %1."), more='<w:styleLink w:val="Liste"/>') + abstract(1, more='<w:numStyleLink w:val="Liste"/>')
         + num(1, 0) + num(2, 1), item("А", 2) + item("Б", 2), ("§ 1. А", "§ 2. Б"),
         '<w:style w:type="numbering" w:styleId="Liste"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'),
    Case("hidden_paragraph_is_not_counted", POINTS,
         item("А", 1) + p('<w:r><w:rPr><w:vanish/></w:rPr><w:t>тайно</w:t></w:r>', numbered(1, 0))
         + item("Б", 1), ("1. А", "тайно", "2. Б")),
    Case("deleted_paragraph_is_not_counted", POINTS,
         item("А", 1)
         + '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr>'
         '<w:del w:id="2" w:author="x"><w:r><w:delText>долой</w:delText></w:r></w:del></w:p>' + item("Б", 1), ("1. А", "2. Б")),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_numbers_as_printed(case: Case, tmp_path: Path) -> None:
    path = make_docx(tmp_path / "a.docx", case.body, parts={"numbering": case.numbering, "styles": case.styles})
    blocks = read_document(path).blocks
    assert tuple(b.text for b in blocks if isinstance(b, ParagraphBlock)) == case.printed


def test_label_level_and_list_are_kept(tmp_path: Path) -> None:
    body = item("А", 1) + item("Б", 1, 1) + item("В", 2)
    path = make_docx(tmp_path / "a.docx", body, parts={"numbering": POINTS + num(2, 0, start_override(0, 1))})
    first, second, third = (b.paragraph for b in read_document(path).blocks if isinstance(b, ParagraphBlock))
    assert (first.label, first.level) == ("1.", 0)
    assert (second.label, second.level) == ("1.1.", 1)
    assert first.list_id == second.list_id != third.list_id


def test_number_column_of_a_table_counts_down_the_rows(tmp_path: Path) -> None:
    rows = [tr(tc(item("", 1)), f"Мероприятие {n}") for n in (1, 2, 3)]
    path = make_docx(tmp_path / "a.docx", tbl(*rows) + item("после таблицы", 1), parts={"numbering": POINTS})
    table, after = read_document(path).blocks
    assert isinstance(table, TableBlock)
    assert [c.text for c in table.cells] == ["1.", "Мероприятие 1", "2.", "Мероприятие 2", "3.", "Мероприятие 3"]
    assert isinstance(after, ParagraphBlock)
    assert after.text == "4. после таблицы"


def test_lists_inside_one_cell(tmp_path: Path) -> None:
    cell = tc(item("Совещание", 1) + item("Семинар", 1))
    path = make_docx(tmp_path / "a.docx", tbl(tr("1", cell)), parts={"numbering": abstract(0, lvl(0, "%1)")) + num(1, 0)})
    (table,) = read_document(path).blocks
    assert isinstance(table, TableBlock)
    assert table.cells[1].text == "1) Совещание\n2) Семинар"


@pytest.mark.parametrize(
    ("number", "printed"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (90, "xc"), (400, "cd"), (1999, "mcmxcix")]
)
def test_roman(number: int, printed: str) -> None:
    assert roman(number) == printed


def test_letters_go_on_doubled() -> None:
    assert [lettered(n, "абв") for n in (0, 1, 3, 4, 7)] == ["", "а", "в", "аа", "ааа"]


def test_unknown_format_is_a_plain_number() -> None:
    assert numeral(3, "thaiLetters") == "3"


def test_a_damaged_start_makes_no_giant_label() -> None:
    assert numeral(10**12, "upperRoman") == numeral(10**12, "russianLower") == "1000000000000"
