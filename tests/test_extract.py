"""Documents as a whole: annexes, approvals, signatures, plans standing alone, letters, several orders in a file."""

import pytest

from extractors.extract import extract_records
from schemas.contract import AnnexKind, Kind, SignatoryRole
from schemas.raw import RawRecords
from schemas.source import Cell, Paragraph, ParagraphBlock, TableBlock
from tests.builders import paragraph, source

HEAD = [
    "^ОТДЕЛ КУЛЬТУРЫ",
    "^ПРИКАЗ",
    "01.02.2020 № 5",
    "^О плане",
    "приказываю:",
    "1. Утвердить план (приложение).",
    "Начальник отдела",
    "А.А. Белова",
]


def table(rows: list[list[str]], index: int, number: int = 0, ruled: bool = True) -> TableBlock:
    cells = [Cell(row=r, column=c, paragraphs=[Paragraph(text=t)] if t else []) for r, row in enumerate(rows) for c, t in enumerate(row)]
    return TableBlock(index=index, table=number, rows=len(rows), columns=len(rows[0]), cells=cells, ruled=ruled)


def read(lines: list[str], *tables: TableBlock) -> RawRecords:
    return extract_records(source(lines, tables))


def test_annex_corner_title_and_approval() -> None:
    annex = [
        "Приложение № 2",
        "к приказу отдела культуры",
        "администрации района",
        "от 01.02.2020 № 5",
        "^План мероприятий",
        "^по развитию музеев",
        "^на 2020 год",
    ]
    found = read([*HEAD, *annex]).annexes
    assert [(a.number, a.title.text if a.title else None, a.kind) for a in found] == [
        ("2", "План мероприятий по развитию музеев на 2020 год", AnnexKind.ROADMAP)
    ]
    assert found[0].approval
    assert found[0].approval.text == "к приказу отдела культуры администрации района от 01.02.2020 № 5"


def test_annex_that_only_says_approved() -> None:
    found = read(
        [*HEAD, ">УТВЕРЖДЁН", ">приказом отдела", ">от 01.02.2020 № 5", "^СОСТАВ", "^рабочей группы", "Белова А.А. – начальник отдела"]
    ).annexes
    assert len(found) == 1
    assert found[0].approval
    assert found[0].approval.text.startswith("УТВЕРЖДЁН приказом отдела")


def test_a_further_annex_that_only_says_approved() -> None:
    corner = [">Утверждены", ">приказом отдела", ">от 01.02.2020 № 5"]
    found = read([*HEAD, *corner, "^ПЛАН", "^подготовки", "1. Собрать заявки.", *corner, "^ПОКАЗАТЕЛИ", "^развития"]).annexes
    assert [a.title.text if a.title else None for a in found] == ["ПЛАН подготовки", "ПОКАЗАТЕЛИ развития"]


def test_the_line_over_the_first_of_several_tables_is_no_part_of_the_title() -> None:
    rows = [["№", "Мероприятие", "Срок"], ["1", "Смотр", "май"]]
    lines = [*HEAD, "Приложение", "^План подготовки праздника", "^Организация"]
    between = ParagraphBlock(index=12, paragraph=paragraph("^Проведение"))
    found = extract_records(source(lines, [table(rows, 11), between, table(rows, 13, 1)]))
    assert [a.title.text if a.title else None for a in found.annexes] == ["План подготовки праздника"]
    assert [a.section for a in found.activities] == [["Организация"], ["Проведение"]]


def test_a_title_line_that_ends_at_a_hyphen_goes_on_without_a_blank() -> None:
    lines = ["^ПРИКАЗ", "01.02.2020 № 5", "^О санитарно-", "^эпидемиологических мерах школ-", "^и садов", *HEAD[4:]]
    assert (title := read(lines).head.title)
    assert title.text == "О санитарно-эпидемиологических мерах школ- и садов"


def test_an_e_signature_stamp_names_no_signer() -> None:
    stamp = ["ДОКУМЕНТ ПОДПИСАН", "ЭЛЕКТРОННОЙ ПОДПИСЬЮ", "Сертификат: 00A1B2C3D4", "Владелец: Белова Анна Андреевна"]
    found = read([*HEAD, *stamp, "Мохова Т.Д.", "8(12345)2-34-56"])
    assert [(s.role, s.person.text if s.person else None) for s in found.signatures] == [
        (SignatoryRole.SIGNED, "А.А. Белова"),
        (SignatoryRole.PREPARED, "Мохова Т.Д."),
    ]
    assert {c.text for c in found.claims if c.category == "noise"} == set(stamp)


def test_a_title_in_the_first_row_of_its_table() -> None:
    rows = [["План акции", "", ""], ["№", "Мероприятие", "Срок"], ["1", "Смотр", "май"]]
    plan = table(rows, 9)
    plan.cells = [plan.cells[0].model_copy(update={"column_span": 3}), *plan.cells[3:]]
    found = read([*HEAD, "Приложение"], plan)
    assert [a.title.text if a.title else None for a in found.annexes] == ["План акции"]
    assert [a.title.text for a in found.activities] == ["Смотр"]


def test_two_annexes_end_where_the_next_begins() -> None:
    lines = [
        *HEAD,
        "Приложение № 1",
        "^Дорожная карта",
        "^на 2020 год",
        "Текст первого.",
        "Приложение № 2",
        "^Схема закрепления школ",
        "Текст второго.",
    ]
    records = read(lines)
    assert [a.kind for a in records.annexes] == [AnnexKind.ROADMAP, AnnexKind.PAIRINGS]
    assert [n.text.text for n in records.notes] == ["Текст первого.", "Текст второго."]


def test_signature_over_several_lines_and_who_prepared() -> None:
    lines = [
        *HEAD[:-2],
        "Начальник отдела культуры",
        "администрации района",
        "А.А. Белова",
        "Проект подготовлен:",
        "Главным специалистом",
        "Б.Б. Черновой",
    ]
    found = [(s.role, s.position.text if s.position else None, s.person.text if s.person else None) for s in read(lines).signatures]
    assert found == [
        (SignatoryRole.SIGNED, "Начальник отдела культуры администрации района", "А.А. Белова"),
        (SignatoryRole.PREPARED, "Главным специалистом", "Б.Б. Черновой"),
    ]


def test_a_school_that_bears_a_name_signs_with_the_name_of_its_head() -> None:
    signatures = read([*HEAD[:-2], "Директор МБОУ «Лесополянская ООШ им. И.П. Сорокина»\tЕ.Е. Щука"]).signatures
    assert [(s.position.text, s.person.text) for s in signatures if s.position and s.person] == [
        ("Директор МБОУ «Лесополянская ООШ им. И.П. Сорокина»", "Е.Е. Щука")
    ]


def test_a_colon_behind_the_post_is_no_part_of_it() -> None:
    signatures = read([*HEAD[:-2], "Директор школы: Щука Е.Е."]).signatures
    assert [s.position.text for s in signatures if s.position] == ["Директор школы"]


def test_signature_on_one_line_with_a_tab() -> None:
    signatures = read([*HEAD[:-2], "Глава района\tИ.И. Пятых"]).signatures
    assert [(s.position.text, s.person.text) for s in signatures if s.position and s.person] == [("Глава района", "И.И. Пятых")]


def test_place_name_before_initials_is_not_taken_for_a_surname() -> None:
    signatures = read([*HEAD[:-2], "Глава города Верхний Яр", "муниципального района Заречный В.А. Ольхов"]).signatures
    assert [s.person.text for s in signatures if s.person] == ["В.А. Ольхов"]


def test_three_approval_blocks_side_by_side() -> None:
    lines = [
        "ПРИНЯТО\tСОГЛАСОВАНО\t\tУТВЕРЖДАЮ",
        "Советом школы\tПредседатель\tДиректор",
        "протокол № 4\tБ.Б. Чернов\tА.А. Белова",
        "^ПЛАН РАБОТЫ",
    ]
    assert [(s.role, s.person.text if s.person else None) for s in read(lines).signatures] == [
        (SignatoryRole.ADOPTED, None),
        (SignatoryRole.AGREED, "Б.Б. Чернов"),
        (SignatoryRole.APPROVED, "А.А. Белова"),
    ]


def test_approval_blocks_side_by_side() -> None:
    lines = [
        "СОГЛАСОВАНО\tУТВЕРЖДАЮ",
        "Председатель совета\tДиректор школы",
        "Б.Б. Чернов\tА.А. Белова",
        "«01» 09 2020 г.\t«02» сентября 2020 г.",
        "^ПЛАН РАБОТЫ",
        "^на 2020 год",
    ]
    records = read(lines)
    assert [(s.role, s.person.text if s.person else None) for s in records.signatures] == [
        (SignatoryRole.AGREED, "Б.Б. Чернов"),
        (SignatoryRole.APPROVED, "А.А. Белова"),
    ]
    assert records.head.title
    assert (records.head.kind, records.head.title.text) == (Kind.PLAN, "ПЛАН РАБОТЫ на 2020 год")


def test_approval_with_blank_date_keeps_the_blank() -> None:
    records = read(
        [">УТВЕРЖДАЮ", ">Глава района", ">И.И. Пятых", ">« ___ » _____ 2018 г.", "^ДОРОЖНАЯ КАРТА", "^по развитию школ", "^на 2018 год"]
    )
    assert [s.date.text for s in records.signatures if s.date] == ["« ___ » _____ 2018 г."]
    assert records.head.kind is Kind.ROADMAP


def test_roadmap_whose_order_is_not_in_the_file() -> None:
    records = read([">Приложение", ">к приказу управления", ">от 01.02.2020 № 5", "^ДОРОЖНАЯ КАРТА", "^на 2020 год", "Текст."])
    assert records.head.kind is Kind.ROADMAP
    assert [s.act.text for s in records.signatures if s.act] == ["к приказу управления от 01.02.2020 № 5"]


@pytest.mark.parametrize(
    "lines", [["Уважаемые коллеги!", "Просим прислать приказ об отпуске.", "С уважением, А.А. Белова"], ["Справка", "Дана Белову."]]
)
def test_a_letter_gives_notes_and_nothing_invented(lines: list[str]) -> None:
    records = read(lines)
    assert records.head.kind is Kind.OTHER
    assert [*records.directives, *records.activities, *records.pairings, *records.indicators, *records.annexes] == []
    assert "not_an_order" in {f.code for f in records.findings}


def test_second_order_in_the_file_is_said_and_kept() -> None:
    second = ["^ПРИКАЗ", "02.02.2020 № 6", "^О другом", "приказываю:", "1. Отменить."]
    records = read([*HEAD, *second])
    assert (records.head.number.text if records.head.number else None, len(records.directives)) == ("5", 1)
    assert "several_orders" in {f.code for f in records.findings}
    assert any("Отменить" in n.text.text for n in records.notes)


def test_head_in_a_borderless_table() -> None:
    document = source(["^ПРИКАЗ"], [table([["25.09.2020", "№ 939"]], 1, ruled=False)])
    document.blocks += source(["", "", "^О мерах", "приказываю:", "1. Утвердить.", "Директор А.А. Белова"]).blocks[2:]
    head = extract_records(document).head
    assert (head.date.text if head.date else None, head.number.text if head.number else None) == ("25.09.2020", "939")


def test_heading_of_a_note_is_kept_with_its_text() -> None:
    records = read(["^ДОРОЖНАЯ КАРТА", "^на 2020 год", "^1. ОПИСАНИЕ ПРОБЛЕМЫ", "- мало учителей;", "- нет кабинетов."])
    assert [(n.heading, n.text.text) for n in records.notes] == [("1. ОПИСАНИЕ ПРОБЛЕМЫ", "- мало учителей;\n- нет кабинетов.")]


def test_tables_of_a_report_are_kept_whole() -> None:
    rows = [
        ["Показатель", "Единица измерения", "2022 год", "2023 год"],
        ["Число посетителей", "чел.", "100", "120"],
        ["Число кружков", "ед.", "5", "6"],
    ]
    records = read(["^ОТЧЁТ", "^о работе клуба"], table(rows, 2))
    assert records.head.kind is Kind.OTHER
    assert (records.indicators, len(records.tables)) == ([], 1)


def test_name_behind_the_line_to_sign_on() -> None:
    signatures = read([*HEAD[:-2], "Директор школы ____________М. Р. Ольхов"]).signatures
    assert [(s.position.text, s.person.text) for s in signatures if s.position and s.person] == [("Директор школы", "М. Р. Ольхов")]


def test_a_numbered_sentence_is_no_signature() -> None:
    records = read(["^ПОЛОЖЕНИЕ", "Регламент обмена подарками", "1.3. Организация поддерживает порядок."])
    assert records.signatures == []


def test_a_name_that_goes_on_with_prose_is_no_signature() -> None:
    point = "2. Провести медицинский осмотр работников учреждения в федеральном центре имени"
    records = read([*HEAD[:-2], point, "В.П. Ольхова", *HEAD[-2:]])
    assert [s.person.text for s in records.signatures if s.person] == ["А.А. Белова"]
    assert len(records.directives) == 2
