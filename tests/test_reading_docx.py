"""The DOCX reader: what a person sees in Word, in order, once. One case a feature; expected texts are what Word prints."""
# ruff: noqa: E501 - a case stands on as few lines as it can

import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from extractors.reading.characters import clean_text
from extractors.reading.detect import examine_file
from extractors.reading.document import read_document
from extractors.reading.docx.package import open_package
from schemas.errors import RejectCode, RejectedError
from schemas.source import Align, Paragraph, ParagraphBlock, Role, SourceDocument, TableBlock
from tests.docx_maker import abstract, item, lvl, make_docx, num, p, r, tbl, tc, tr, written_characters

INSERTED, DELETED = '<w:ins w:id="1" w:author="x">{}</w:ins>', '<w:del w:id="2" w:author="x"><w:r><w:delText>{}</w:delText></w:r></w:del>'
MARK_DELETED = '<w:rPr><w:del w:id="3" w:author="x"/></w:rPr>'
HIDDEN = "<w:rPr><w:vanish/></w:rPr>"


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark.format("begin") + code + mark.format("separate") + r(result) + mark.format("end")


def text_box(content: str) -> str:
    """As Word writes it: once for itself, once more for older programs."""
    modern = f"<w:drawing><wp:anchor><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wp:anchor></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"
    choice = f'<mc:Choice Requires="wps">{modern}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"


class Case(NamedTuple):
    """``printed``: the texts of the paragraphs of the body, from top to bottom."""

    name: str
    body: str
    printed: tuple[str, ...]


CASES = [  # one line a case where it fits
    Case("runs_join", p(r("приказы") + r("ваю")), ("приказываю",)),
    Case("tab_and_break", p("<w:r><w:t>Начальник</w:t><w:tab/><w:t>И.О. Петрова</w:t><w:br/><w:t>тел.</w:t></w:r>"), ("Начальник\tИ.О. Петрова\nтел.",)),
    Case("wide_gap_of_spaces", p("Начальник" + " " * 12 + "И.О. Петрова"), ("Начальник\tИ.О. Петрова",)),
    Case("non_breaking_hyphen", p("<w:r><w:t>учебно</w:t><w:noBreakHyphen/><w:t>воспитательной</w:t></w:r>"), ("учебно-воспитательной",)),
    Case("soft_hyphen", p("<w:r><w:t>муници</w:t><w:softHyphen/><w:t>пальный ра\u00adйон</w:t></w:r>"), ("муниципальный район",)),
    Case("no_break_space", p("№\u00a05\u202fа"), ("№ 5 а",)),
    Case("composed", p("Иванови\u0438\u0306"), ("Ивановий",)),
    Case("symbol_dash", p('<w:r><w:t>2020</w:t><w:sym w:font="Symbol" w:char="F02D"/><w:t>2021</w:t></w:r>'), ("2020-2021",)),
    Case("symbol_number_sign", p('<w:r><w:sym w:font="Times New Roman" w:char="2116"/><w:t xml:space="preserve"> 5</w:t></w:r>'), ("№ 5",)),
    Case("symbol_font_letters", p(r("\uf0ae далее", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')), ("→ далее",)),
    Case("raised_digits", p(r("в 10") + r("00", '<w:vertAlign w:val="superscript"/>') + r(" часов")), ("в 10⁰⁰ часов",)),
    Case("capitals", p(r("Приказ", "<w:caps/>") + r(" Малые", "<w:smallCaps/>")), ("ПРИКАЗ Малые",)),
    Case("hyperlink", p(r("см. ") + f'<w:hyperlink r:id="x">{r("сайт")}</w:hyperlink>'), ("см. сайт",)),
    Case("smart_tag", p(f'<w:smartTag w:element="date">{r("25.09.2020")}</w:smartTag>' + r(" года")), ("25.09.2020 года",)),
    Case("simple_field", p(r("от ") + f'<w:fldSimple w:instr=" DATE ">{r("01.02.2023")}</w:fldSimple>'), ("от 01.02.2023",)),
    Case("complex_field", p(r("стр. ") + field(" REF _x ", "5") + r(" и далее")), ("стр. 5 и далее",)),
    Case("nested_field", p(field(" IF " + "</w:instrText></w:r>" + field("MERGEFIELD a", "тайна") + "<w:r><w:instrText>", "видно")), ("видно",)),
    Case("field_over_paragraphs",
         p('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>' + r("Глава 1"))
         + p(r("Глава 2") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>') + p("Текст"), ("Глава 1", "Глава 2", "Текст")),
    Case("field_without_an_end", p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("Приказ")) + p("Пункт"), ("Приказ", "Пункт")),
    Case("drop_down_form_field",
         p('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="июнь"/><w:listEntry w:val="июль"/>'
           '</w:ddList></w:ffData></w:fldChar><w:instrText>FORMDROPDOWN</w:instrText><w:fldChar w:fldCharType="end"/></w:r>'), ("июль",)),
    Case("inserted", p(r("Утвердить ") + INSERTED.format(r("новый ")) + r("план")), ("Утвердить новый план",)),
    Case("deleted", p(r("Утвердить ") + DELETED.format("старый ") + r("план")), ("Утвердить план",)),
    Case("moved", p(f'<w:moveFrom w:id="1">{r("Уехало")}</w:moveFrom>' + r("осталось")) + p(f'<w:moveTo w:id="2">{r("Уехало")}</w:moveTo>'),
         ("осталось", "Уехало")),
    Case("inserted_then_deleted", p(r("а") + INSERTED.format(DELETED.format("б")) + r("в")), ("ав",)),
    Case("deleted_mark_joins", p(r("Первая и "), MARK_DELETED) + p("вторая"), ("Первая и вторая",)),
    Case("deleted_mark_before_table", p("Хвост", MARK_DELETED) + tbl(tr("1", "2")) + p("после"), ("Хвост", "после")),
    Case("deleted_field_does_not_swallow",
         p('<w:del w:id="1"><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:delInstrText>PAGE</w:delInstrText></w:r>'
           '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>' + r("видно")), ("видно",)),
    Case("block_control", control(p("в поле") + p("ещё")) + p("вне"), ("в поле", "ещё", "вне")),
    Case("inline_control", p(r("№ ") + control(r("939"))), ("№ 939",)),
    Case("prompt_of_a_control", p(r("№ ") + control(r("Место для ввода текста."), "<w:showingPlcHdr/>") + r("дата")), ("№ дата",)),
    Case("custom_xml", f'<w:customXml w:element="a">{p("внутри")}</w:customXml>', ("внутри",)),
    Case("text_box_once_after_its_paragraph", p(r("якорь") + text_box(p("в рамке") + p("вторая строка"))) + p("дальше"),
         ("якорь", "в рамке", "вторая строка", "дальше")),
    Case("text_box_of_old_word", p('<w:r><w:pict><v:shape><v:textbox><w:txbxContent>' + p("печать") + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"),
         ("печать",)),
    Case("word_art", p('<w:r><w:pict><v:shape><v:textpath string="ДОРОЖНАЯ КАРТА"/></v:shape></w:pict></w:r>'), ("ДОРОЖНАЯ КАРТА",)),
    Case("choice_without_text", p('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing/></mc:Choice><mc:Fallback><w:pict><v:textbox>'
         f'<w:txbxContent>{p("запасной")}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>'), ("запасной",)),
    Case("formula", p(r("К = ") + "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"), ("К = a+b",)),
    Case("run_outside_paragraph", r("сирота") + p("дом"), ("сирота", "дом")),
    Case("empty_paragraphs_go", p() + p("  ") + p("текст") + p(), ("текст",)),
    Case("page_break_splits", p(r("Подпись") + '<w:r><w:br w:type="page"/></w:r>' + r("Приложение")), ("Подпись", "Приложение")),
    Case("indented_xml", p("<w:r><w:t>две\n   строки</w:t></w:r>"), ("две строки",)),
]  # fmt: skip


def body_texts(document: SourceDocument, role: Role = Role.BODY) -> tuple[str, ...]:
    return tuple(b.text for b in document.blocks if isinstance(b, ParagraphBlock) and b.role is role)


def characters(document: SourceDocument) -> int:
    return sum(c.isalnum() for text in all_texts(document) for c in text)


def all_texts(document: SourceDocument) -> list[str]:
    texts = []
    for block in document.blocks:
        texts += [block.text] if isinstance(block, ParagraphBlock) else [cell.text for cell in block.cells]
    return texts


def codes(document: SourceDocument) -> list[str]:
    return [note.code for note in document.notes]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_text_as_printed(case: Case, tmp_path: Path) -> None:
    assert body_texts(read_document(make_docx(tmp_path / "a.docx", case.body))) == case.printed


@pytest.mark.parametrize("case", [c for c in CASES if "prompt" not in c.name and "nested_field" not in c.name], ids=lambda case: case.name)
def test_no_letter_is_lost(case: Case, tmp_path: Path) -> None:
    path = make_docx(tmp_path / "a.docx", case.body)
    assert characters(read_document(path)) >= 0.995 * written_characters(path)


FIXTURES = sorted(Path(__file__).parent.parent.glob("fixtures/orders/*/*.docx"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_no_letter_of_a_fixture_is_lost(path: Path) -> None:
    assert characters(read_document(path)) >= 0.995 * written_characters(path) > 0


# --- looks


def only(body: str, tmp_path: Path, styles: str = "") -> Paragraph:
    (block,) = read_document(make_docx(tmp_path / "a.docx", body, parts={"styles": styles})).blocks
    assert isinstance(block, ParagraphBlock)
    return block.paragraph


STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Head"><w:name w:val="heading 2"/><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Head"/></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>'
)


def test_look_comes_from_the_style_and_what_it_is_based_on(tmp_path: Path) -> None:
    paragraph = only(p("Заголовок", '<w:pStyle w:val="Sub"/>'), tmp_path, STYLES)
    assert (paragraph.align, paragraph.bold, paragraph.size, paragraph.heading) == (Align.CENTER, True, 14.0, 1)


def test_direct_properties_win(tmp_path: Path) -> None:
    properties = '<w:pStyle w:val="Head"/><w:jc w:val="right"/><w:outlineLvl w:val="9"/>'
    paragraph = only(p(r("Текст", '<w:b w:val="0"/><w:sz w:val="20"/>'), properties), tmp_path, STYLES)
    assert (paragraph.align, paragraph.bold, paragraph.size, paragraph.heading) == (Align.RIGHT, False, 10.0, None)


def test_defaults_of_the_document(tmp_path: Path) -> None:
    paragraph = only(p("Текст"), tmp_path, STYLES)
    assert (paragraph.align, paragraph.bold, paragraph.size, paragraph.indent) == (Align.LEFT, False, 12.0, 0.0)


def test_bold_of_two_styles_cancels(tmp_path: Path) -> None:
    assert not only(p(r("Текст", '<w:rStyle w:val="Strong"/>'), '<w:pStyle w:val="Head"/>'), tmp_path, STYLES).bold


def test_bold_is_what_most_letters_are(tmp_path: Path) -> None:
    assert only(p(r("Ответственный", "<w:b/>") + r(": все")), tmp_path).bold
    assert not only(p(r("Срок", "<w:b/>") + r(": до конца года")), tmp_path).bold


def test_a_style_based_on_itself_ends(tmp_path: Path) -> None:
    assert only(p("Текст", '<w:pStyle w:val="Loop"/>'), tmp_path, STYLES).text == "Текст"


def test_indent_of_the_first_line_in_points(tmp_path: Path) -> None:
    assert only(p("Текст", '<w:ind w:left="720" w:hanging="360"/>'), tmp_path).indent == 18.0
    assert only(p("Текст", '<w:ind w:firstLine="709"/>'), tmp_path).indent == 35.45
    assert only(p("Текст", '<w:ind w:start="1in"/>'), tmp_path).indent == 72.0


# --- pages


def breaks(body: str, tmp_path: Path) -> list[bool]:
    blocks = read_document(make_docx(tmp_path / "a.docx", body)).blocks
    return [b.paragraph.page_break_before for b in blocks if isinstance(b, ParagraphBlock)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("а") + p("б", "<w:pageBreakBefore/>"), [False, True]),
        (p("а") + p('<w:r><w:br w:type="page"/></w:r>') + p("б"), [False, True]),
        (p(r("а") + '<w:r><w:br w:type="page"/></w:r>') + p("б"), [False, True]),
        (p("а") + p('<w:r><w:br w:type="page"/><w:t>б</w:t></w:r>'), [False, True]),
        (p("а", "<w:sectPr/>") + p("б"), [False, True]),
        (p("а", '<w:sectPr><w:type w:val="continuous"/></w:sectPr>') + p("б"), [False, False]),
        (p("а") + p("б", '<w:pageBreakBefore w:val="0"/>'), [False, False]),
    ],
    ids=["property", "paragraph_of_its_own", "at_the_end", "at_the_start", "section", "continuous_section", "switched_off"],
)
def test_page_breaks(body: str, expected: list[bool], tmp_path: Path) -> None:
    assert breaks(body, tmp_path) == expected


def test_a_table_on_a_new_page_says_so_in_its_first_paragraph(tmp_path: Path) -> None:
    _, table = read_document(make_docx(tmp_path / "a.docx", p("а", "<w:sectPr/>") + tbl(tr("1", "2")))).blocks
    assert isinstance(table, TableBlock)
    assert [c.paragraphs[0].page_break_before for c in table.cells] == [True, False]


# --- hidden text, notes, running heads


def test_hidden_text_stands_apart(tmp_path: Path) -> None:
    body = p(r("видно ") + r("тайно", "<w:vanish/>")) + p(r("и это", '<w:rStyle w:val="Secret"/>')) + p(r("нет", '<w:vanish w:val="0"/>'))
    document = read_document(make_docx(tmp_path / "a.docx", body, parts={"styles": STYLES}))
    assert body_texts(document) == ("видно", "нет")
    assert body_texts(document, Role.HIDDEN) == ("тайно", "и это")
    assert "hidden_text" in codes(document)


FOOTNOTES = (
    f'<w:footnote w:type="separator" w:id="-1">{p(r("линия"))}</w:footnote>'
    f'<w:footnote w:id="7">{p("<w:r><w:footnoteRef/></w:r>" + r(" О порядке"))}</w:footnote>'
    f'<w:footnote w:id="3">{p("<w:r><w:footnoteRef/></w:r>" + r(" О сроках"))}</w:footnote>'
)


def test_footnotes_follow_what_refers_to_them_and_are_numbered_in_that_order(tmp_path: Path) -> None:
    body = p(r("План") + '<w:r><w:footnoteReference w:id="3"/></w:r>') + tbl(
        tr(tc(p(r("Срок") + '<w:r><w:footnoteReference w:id="7"/></w:r>')), "б")
    )
    document = read_document(make_docx(tmp_path / "a.docx", body + p("конец"), parts={"footnotes": FOOTNOTES}))
    assert all_texts(document) == ["План¹", "¹ О сроках", "Срок²", "б", "² О порядке", "конец"]
    assert body_texts(document, Role.FOOTNOTE) == ("¹ О сроках", "² О порядке")


def test_endnotes_are_numbered_in_roman_as_word_does(tmp_path: Path) -> None:
    notes = f'<w:endnote w:id="2">{p("<w:r><w:endnoteRef/></w:r>" + r(" Источник"))}</w:endnote>'
    document = read_document(
        make_docx(tmp_path / "a.docx", p(r("Текст") + '<w:r><w:endnoteReference w:id="2"/></w:r>'), parts={"endnotes": notes})
    )
    assert all_texts(document) == ["Текстⁱ", "ⁱ Источник"]


def test_a_note_to_which_nothing_refers_is_hidden(tmp_path: Path) -> None:
    document = read_document(make_docx(tmp_path / "a.docx", p("Текст"), parts={"footnotes": FOOTNOTES}))
    assert [t.strip() for t in body_texts(document, Role.HIDDEN)] == ["О порядке", "О сроках"]


def section(*references: str, more: str = "") -> str:
    lines = []
    for name in references:
        kind, _, at = name.partition("/")
        which = "header" if kind.startswith("header") else "footer"
        lines.append(f'<w:{which}Reference w:type="{at or "default"}" r:id="{kind}"/>')
    return f"<w:sectPr>{''.join(lines)}{more}</w:sectPr>"


def test_running_heads_once_and_page_numbers_apart(tmp_path: Path) -> None:
    running = {
        "header1": p("План на год") + p(field(" PAGE ", "3")),
        "header2": p("План на год"),
        "footer1": p(r("Страница ") + f'<w:fldSimple w:instr="PAGE">{r("2")}</w:fldSimple>' + r(" из ") + field("NUMPAGES", "7"))
        + p("МБУ «Клуб»"),
    }
    body = p("Раздел 1", section("header1", "footer1")) + p("Раздел 2") + section("header2", "footer1")
    document = read_document(make_docx(tmp_path / "a.docx", body, running=running))
    assert body_texts(document) == ("Раздел 1", "Раздел 2")
    assert body_texts(document, Role.HEADER) == ("План на год",)
    assert body_texts(document, Role.FOOTER) == ("МБУ «Клуб»",)
    assert body_texts(document, Role.PAGE_NUMBER) == ("3", "Страница 2 из 7")


def test_heads_that_word_does_not_print_are_left_out(tmp_path: Path) -> None:
    running = {"header1": p("обычный"), "header2": p("первой страницы"), "header3": p("чётной страницы")}
    body = p("Текст") + section("header1", "header2/first", "header3/even")
    assert body_texts(read_document(make_docx(tmp_path / "a.docx", body, running=running)), Role.HEADER) == ("обычный",)
    body = p("Текст") + section("header1", "header2/first", "header3/even", more="<w:titlePg/>")
    document = read_document(make_docx(tmp_path / "b.docx", body, running=running, parts={"settings": "<w:evenAndOddHeaders/>"}))
    assert body_texts(document, Role.HEADER) == ("обычный", "первой страницы", "чётной страницы")


def test_a_letterhead_in_the_head_of_the_first_page_is_body(tmp_path: Path) -> None:
    running = {"header1": p("АДМИНИСТРАЦИЯ ГОРОДА ЛУГОВОГО") + p("УПРАВЛЕНИЕ КУЛЬТУРЫ И МОЛОДЁЖНОЙ ПОЛИТИКИ")}
    document = read_document(make_docx(tmp_path / "a.docx", p("ПРИКАЗ") + section("header1/first", more="<w:titlePg/>"), running=running))
    assert body_texts(document) == ("АДМИНИСТРАЦИЯ ГОРОДА ЛУГОВОГО", "УПРАВЛЕНИЕ КУЛЬТУРЫ И МОЛОДЁЖНОЙ ПОЛИТИКИ", "ПРИКАЗ")


def test_a_letterhead_in_the_head_of_all_pages_is_body_too(tmp_path: Path) -> None:
    running = {"header1": p("Администрация города Лугового") + p("Управление культуры") + p("ул. Садовая, 1, тел. 2-22-22")}
    document = read_document(make_docx(tmp_path / "a.docx", p("ПРИКАЗ") + section("header1"), running=running))
    assert body_texts(document)[-2:] == ("ул. Садовая, 1, тел. 2-22-22", "ПРИКАЗ")


def test_the_head_of_a_page_names_the_issuer_where_the_text_begins_with_the_kind_word(tmp_path: Path) -> None:
    running = {"header1": p("Центр детского творчества «Радуга»")}
    named = read_document(make_docx(tmp_path / "a.docx", p("П Р И К А З") + section("header1"), running=running))
    assert body_texts(named) == ("Центр детского творчества «Радуга»", "П Р И К А З")
    other = read_document(make_docx(tmp_path / "b.docx", p("Управление культуры") + p("ПРИКАЗ") + section("header1"), running=running))
    assert body_texts(other) == ("Управление культуры", "ПРИКАЗ")


# --- remarks


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (p(INSERTED.format(r("новое"))), "tracked_changes"),
        (p(r("а") + DELETED.format("б")), "tracked_changes"),
        (p("а") + tbl(tr("1", "2"), tr("3", "4", properties='<w:del w:id="1"/>')), "tracked_changes"),
        (p(r("а") + r("б", "<w:vanish/>")), "hidden_text"),
        (p("а") + '<w:altChunk r:id="x"/>', "embedded_document"),
        (p("а\x85б"), "control_characters"),
    ],
    ids=["inserted", "deleted", "row_deleted", "hidden", "embedded", "control"],
)
def test_what_a_person_is_told(body: str, code: str, tmp_path: Path) -> None:
    assert codes(read_document(make_docx(tmp_path / "a.docx", body))) == [code]


def picture(width_cm: float, height_cm: float) -> str:
    extent = f'<wp:extent cx="{width_cm * 360_000:.0f}" cy="{height_cm * 360_000:.0f}"/>'
    return f'<w:r><w:drawing><wp:inline>{extent}<a:graphic><a:blip r:embed="x"/></a:graphic></wp:inline></w:drawing></w:r>'


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (picture(17, 24), ["picture_page"]),
        (picture(3, 3.5), []),
        (picture(17, 2), []),
        (
            '<w:r><w:pict><v:shape style="position:absolute;width:480pt;height:700pt"><v:imagedata r:id="x"/></v:shape></w:pict></w:r>',
            ["picture_page"],
        ),
        (
            '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/></w:object></w:r>',
            ["embedded_document"],
        ),
        ('<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Equation.3"/></w:object></w:r>', []),
    ],
    ids=["page", "emblem", "banner", "page_of_old_word", "spreadsheet", "formula"],
)
def test_words_that_may_stand_in_pictures(body: str, found: list[str], tmp_path: Path) -> None:
    assert codes(read_document(make_docx(tmp_path / "a.docx", p("Приказ") + p(body)))) == found


@pytest.mark.parametrize(("body", "words"), [(p(), "пуст"), (p(picture(17, 24)), "рисунками")], ids=["empty", "scan"])
def test_a_document_without_a_letter_is_refused(body: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(RejectedError) as caught:
        read_document(make_docx(tmp_path / "a.docx", body))
    assert caught.value.code is RejectCode.NO_TEXT
    assert words in caught.value.message


def test_nothing_to_tell_of_a_clean_file(tmp_path: Path) -> None:
    assert codes(read_document(make_docx(tmp_path / "a.docx", p("Приказ") + tbl(tr("1", "2"))))) == []


def test_characters_that_xml_forbids_are_taken_out_and_counted(tmp_path: Path) -> None:
    document = read_document(make_docx(tmp_path / "a.docx", p("при&#x0;каз &#xD800;№ 5\x02")))
    assert body_texts(document) == ("приказ № 5",)
    assert [n.message for n in document.notes] == ["Из текста убраны недопустимые символы: 3."]


def test_clean_text_counts_only_what_is_forbidden() -> None:
    assert clean_text("а\x00\ud800б\u200b\u00ad") == ("аб", 2)


# --- packages


def test_strict_is_read(tmp_path: Path) -> None:
    path = make_docx(
        tmp_path / "a.docx",
        item("Утвердить", 1) + tbl(tr("1", "2")),
        parts={"numbering": abstract(0, lvl(0, "%1.")) + num(1, 0)},
        strict=True,
    )
    assert all_texts(read_document(path)) == ["1. Утвердить", "1", "2"]


@pytest.mark.parametrize(
    "main_type",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
    ids=["docm", "dotx", "dotm"],
)
def test_macros_and_templates_are_read(main_type: str, tmp_path: Path) -> None:
    assert body_texts(read_document(make_docx(tmp_path / "a.docx", p("Приказ"), main_type=main_type))) == ("Приказ",)


def test_a_missing_picture_is_said_and_no_more(tmp_path: Path) -> None:
    image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    path = make_docx(tmp_path / "a.docx", p("Приказ"), relations=f'<Relationship Id="i" Type="{image}" Target="media/a.png"/>')
    document = read_document(path)
    assert (body_texts(document), codes(document)) == (("Приказ",), ["picture_missing"])


def test_python_docx_opens_the_package(tmp_path: Path) -> None:
    assert open_package(make_docx(tmp_path / "a.docx", p("Приказ"))).opened_by == "python-docx"


def test_pictures_are_not_unpacked(tmp_path: Path) -> None:
    image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    path = make_docx(
        tmp_path / "a.docx",
        p("Приказ"),
        relations=f'<Relationship Id="i" Type="{image}" Target="media/a.png"/>',
        extra={"word/media/a.png": b"no picture at all"},
    )
    data = path.read_bytes().replace(b"no picture at all", b"NO PICTURE AT ALL")  # its checksum is wrong now
    path.write_bytes(data)
    assert body_texts(read_document(path)) == ("Приказ",)


def test_a_package_without_content_types(tmp_path: Path) -> None:
    made = make_docx(tmp_path / "a.docx", p("Приказ"))
    bare = tmp_path / "b.docx"
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(bare, "w") as target:
        target.writestr("word\\document.xml", source.read("word/document.xml"))
    assert body_texts(read_document(bare)) == ("Приказ",)


def test_smart_art_is_read(tmp_path: Path) -> None:
    data = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
    model = (
        '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>Этап 1</a:t></a:r></a:p></dgm:dataModel>'
    )
    path = make_docx(
        tmp_path / "a.docx",
        p('<w:r><w:drawing><dgm:relIds r:dm="d"/></w:drawing></w:r>'),
        relations=f'<Relationship Id="d" Type="{data}" Target="diagrams/data1.xml"/>',
        extra={"word/diagrams/data1.xml": model.encode()},
    )
    assert body_texts(read_document(path)) == ("Этап 1",)


def test_the_source_is_described(tmp_path: Path) -> None:
    path = make_docx(tmp_path / "a.docx", p("Приказ"))
    document = read_document(path, file_name="приказ.docx")
    source = examine_file(path)
    assert (document.file_name, document.sha256, document.size_bytes) == ("приказ.docx", source.sha256, path.stat().st_size)
    assert (document.page_count, document.pages) == (None, [])
