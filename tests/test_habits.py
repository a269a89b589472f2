"""Habits of typesetting seen in orders of other municipalities: each test is one habit, read by a person."""

from extractors.extract import extract_records
from schemas.contract import Kind, SignatoryRole
from schemas.raw import RawRecords
from schemas.source import Cell, Paragraph, ParagraphBlock, TableBlock
from tests.builders import paragraph, source

ACT = ["^УПРАВЛЕНИЕ КУЛЬТУРЫ", "^ПРИКАЗ", "14.02.2024 № 27-од", "Об организации работы", "Приказываю:", "1. Утвердить план (приложение)."]
SIGNED = ["Начальник управления Л.А. Берестова"]


def table(rows: list[list[str | None]], ruled: bool = True, number: int = 0) -> TableBlock:
    """A table; ``None`` = merged into the cell on its left."""
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is None:
                cells[-1].column_span += 1
            else:
                cells.append(Cell(row=r, column=c, paragraphs=[Paragraph(text=t) for t in text.split("\n") if t]))
    return TableBlock(index=0, table=number, rows=len(rows), columns=len(rows[0]), cells=cells, ruled=ruled)


def read(*parts: list[str] | TableBlock) -> RawRecords:
    """Lines and tables in the order given."""
    blocks: list[ParagraphBlock | TableBlock] = []
    tables = 0
    for part in parts:
        if isinstance(part, TableBlock):
            blocks.append(part.model_copy(update={"index": len(blocks), "table": tables}))
            tables += 1
        else:
            blocks += [ParagraphBlock(index=len(blocks) + i, paragraph=paragraph(line)) for i, line in enumerate(part)]
    return extract_records(source([], blocks))


def test_members_of_a_commission_in_a_table_without_lines_sign_nothing() -> None:
    members = table(
        [
            ["Берестова Людмила Андреевна", "-", "начальник управления, председатель"],
            ["Усов Пётр Ильич", "-", "заведующий отделом (по согласованию)"],
        ],
        ruled=False,
    )
    records = read(ACT, SIGNED, [">Приложение", ">к приказу от 14.02.2024 № 27-од", "^СОСТАВ", "^рабочей группы"], members)
    assert [s.person.text for s in records.signatures if s.person] == ["Л.А. Берестова"]
    assert records.tables[0].rows[1] == ["Усов Пётр Ильич", "-", "заведующий отделом (по согласованию)"]


def test_date_and_number_between_underscores() -> None:
    head = read(["^РАСПОРЯЖЕНИЕ", "__12.03.2025__ № __18-р__", "О мерах по подготовке", "1. Утвердить план.", *SIGNED]).head
    assert head.date
    assert head.date.text == "12.03.2025"
    assert head.number
    assert head.number.text == "18-р"


def test_number_left_blank() -> None:
    assert read(["^ПРИКАЗ", "«__» ______ 2024 г. № ____", "О мерах", "приказываю:", "1. Утвердить план.", *SIGNED]).head.number is None


def test_annex_in_one_paragraph_names_the_act_not_itself() -> None:
    corner = ">Приложение № 1 к приказу управления культуры от 14.02.2024 № 27-од"
    annex = read(ACT, SIGNED, [corner, "^План мероприятий", "Текст."]).annexes[0]
    assert annex.number == "1"
    assert annex.approval
    assert annex.approval.text == "к приказу управления культуры от 14.02.2024 № 27-од"


def test_sums_under_the_activities_are_a_note() -> None:
    plan = table(
        [
            ["№ п/п", "Мероприятие", "Срок", "Объём финансирования, тыс. руб."],
            ["1", "Выпуск буклетов", "до 1 мая", "5,0"],
            ["Итого:", None, None, "5,0"],
        ]
    )
    records = read(ACT, SIGNED, ["Приложение", "^План мероприятий"], plan)
    assert [a.title.text for a in records.activities] == ["Выпуск буклетов"]
    assert [n.text.text for n in records.notes] == ["Итого:\n5,0"]
    assert not records.findings


def test_minutes_are_no_decision() -> None:
    records = read(["^ПРОТОКОЛ № 3", "^заседания методического совета", "РЕШИЛИ:", "1. Утвердить план работы."])
    assert records.head.kind is Kind.OTHER
    assert not records.directives
    assert records.head.issuer is None


def test_letterhead_in_two_languages_names_the_issuer_once() -> None:
    letterhead = table([["УПРАВЛЕНИЕ КУЛЬТУРЫ\nКЕДРОВСКОГО РАЙОНА", "КЕДР РАЙОНЫ\nКУЛЬТУРА ИДАРӘСЕ"]], ruled=False)
    records = read(letterhead, ["^ПРИКАЗ", *ACT[2:], *SIGNED])
    assert records.head.issuer
    assert records.head.issuer.text == "УПРАВЛЕНИЕ КУЛЬТУРЫ КЕДРОВСКОГО РАЙОНА"


def test_who_has_read_the_order_signs_nothing() -> None:
    seen = table([["Ярцев С.К.", "_______", "«__»______2022"], ["Ершова Н.Н.", "_______", "«__»______2022"]], ruled=False)
    records = read(ACT, SIGNED, ["С приказом ознакомлены:"], seen)
    assert [(s.role, s.person.text) for s in records.signatures if s.person] == [(SignatoryRole.SIGNED, "Л.А. Берестова")]


def test_tables_under_headings_of_their_own_go_on_with_the_same_columns() -> None:
    first = table([["№", "Мероприятие", "Срок", "Ответственный"], ["1", "Сверка списков", "ежемесячно", "КДН и ЗП"]])
    second = table([["1", "Профильные смены", "июль", "Отдел образования"]])
    records = read(["^План мероприятий на 2025 год", "^1. Организация"], first, ["^2. Летняя занятость"], second)
    assert [(a.number, a.section, a.title.text) for a in records.activities] == [
        ("1", ["Организация"], "Сверка списков"),
        ("1", ["Летняя занятость"], "Профильные смены"),
    ]
    assert not records.findings


def test_a_lead_in_with_numbered_items_ends_at_its_sibling() -> None:
    plan = table(
        [
            ["№", "Мероприятие", "Срок", "Ответственный"],
            ["I. Основные мероприятия", None, None, None],
            ["1.", "Заседания комиссии:", None, None],
            ["1.1", "О подготовке к половодью", "март", "Председатель"],
            ["2.", "Уточнение плана", "до 20.01", "Специалист"],
        ]
    )
    records = read(["^План мероприятий на 2023 год"], plan)
    assert [(a.number, a.section) for a in records.activities] == [
        ("1.1", ["Основные мероприятия", "Заседания комиссии:"]),
        ("2", ["Основные мероприятия"]),
    ]


def test_a_plan_whose_kind_word_nobody_knows_is_named_by_its_heading() -> None:
    plan = table([["№", "Мероприятие", "Срок", "Ответственный"], ["1", "Беседы", "май 2023", "Библиотека"]])
    records = read(["^Антикоррупционное просвещение", "^в 2023 году"], plan)
    assert records.head.kind is Kind.PLAN
    assert records.head.title
    assert records.head.title.text == "Антикоррупционное просвещение в 2023 году"
    assert not records.notes


def test_a_report_on_a_plan_is_no_plan() -> None:
    rows: list[list[str | None]] = [["№", "Мероприятие", "Срок", "Отметка об исполнении"], ["1", "Беседы", "май 2023", "Проведены"]]
    records = read(["^ОТЧЁТ", "^об исполнении мероприятий за 2023 год"], table(rows))
    assert records.head.kind is Kind.OTHER
    assert [f.code for f in records.findings] == ["not_an_order"]
    assert records.activities[0].completion


def test_clauses_above_a_table_are_no_title_of_it() -> None:
    prices = table([["№", "Наименование услуги", "Цена, руб."], ["1", "Экскурсия", "100"], ["2", "Лекция", "500"]])
    records = read(["^ПОЛОЖЕНИЕ", "1. Общие положения", "1.1. Положение определяет порядок.", "2.1. Оплата вносится в кассу."], prices)
    assert records.tables[0].title is None
    assert "2.1. Оплата вносится в кассу." in records.notes[0].text.text


def test_indicators_named_above_tables_of_years() -> None:
    first = table([["2021 год", "2022 год"], ["3,0", "3,2"]])
    second = table([["2021 год", "2022 год"], ["25", "27"]])
    lines = ["^Дорожная карта на 2022 год", "^II. Целевые показатели", "1. Увеличение числа посещений (процентов):"]
    records = read(lines, first, ["2. Доля детей (процентов):"], second)
    assert [(i.section, i.name.text, i.values) for i in records.indicators] == [
        ("Целевые показатели", "Увеличение числа посещений (процентов)", {"2021 год": "3,0", "2022 год": "3,2"}),
        ("Целевые показатели", "Доля детей (процентов)", {"2021 год": "25", "2022 год": "27"}),
    ]
    assert not records.tables


def test_a_plan_that_calls_itself_a_roadmap_is_one() -> None:
    assert read(["^ПЛАН МЕРОПРИЯТИЙ («ДОРОЖНАЯ КАРТА»)", "^по развитию культуры", "Текст."]).head.kind is Kind.ROADMAP


def test_a_name_with_its_telephone_under_the_signature_prepared_the_draft() -> None:
    records = read(ACT, SIGNED, ["Мохова Т.Д.", "8(12345)2-34-56"])
    assert [(s.role, s.person.text) for s in records.signatures if s.person] == [
        (SignatoryRole.SIGNED, "Л.А. Берестова"),
        (SignatoryRole.PREPARED, "Мохова Т.Д."),
    ]


def test_prose_of_an_annex_that_names_people_signs_nothing() -> None:
    annex = [
        "Приложение",
        "^Изменения, которые вносятся в приказ",
        "1. В пункте 5 слова «Института имени",
        "В.А. Алмазова» заменить словами",
        "«Центра имени В.А. Алмазова»;",
        "2. Директор – Иванова А.А. утверждает график.",
    ]
    records = read(ACT, SIGNED, annex)
    assert [s.person.text for s in records.signatures if s.person] == ["Л.А. Берестова"]
    assert all(line in records.notes[0].text.text for line in annex[2:])


def test_one_more_signer_under_an_annex() -> None:
    records = read(ACT, SIGNED, ["Приложение", "^ПОЛОЖЕНИЕ", "1. Общие положения.", "Методист", "О.О. Лисина"])
    assert [s.person.text for s in records.signatures if s.person] == ["Л.А. Берестова", "О.О. Лисина"]


def test_a_direction_of_activities_is_the_section_not_the_title() -> None:
    plan = table(
        [
            ["Направление мероприятий", "№", "Мероприятие", "Сроки", "Ответственный"],
            ["Кадры", "1", "Диагностика потребностей", "сентябрь", "ИМЦ"],
            ["", "2", "Курсы", "октябрь", "ИМЦ"],
        ]
    )
    records = read(["^План мероприятий на 2022 год"], plan)
    assert [(a.number, a.section, a.title.text) for a in records.activities] == [
        ("1", ["Кадры"], "Диагностика потребностей"),
        ("2", ["Кадры"], "Курсы"),
    ]


def test_month_headings_between_tables_are_sections() -> None:
    columns: list[str | None] = ["№ п/п", "Содержание работы", "Ответственный"]
    first, second = table([columns, ["1", "Педсовет", "Заведующий"]]), table([columns, ["1", "Инструктаж", "Завхоз"]])
    records = read(["^Годовой план на 2023 – 2024 учебный год", "^Сентябрь"], first, ["^Октябрь"], second)
    assert [a.section for a in records.activities] == [["Сентябрь"], ["Октябрь"]]
    assert not records.notes


def test_headings_without_numbers_over_every_table_are_sections() -> None:
    columns: list[str | None] = ["Мероприятие", "Срок", "Ответственный"]
    first, second = table([columns, ["Курсы", "май", "Методист"]]), table([columns, ["Обходы", "ежедневно", "Завхоз"]])
    records = read([*ACT, *SIGNED, "Приложение", "^План на 2024 год", "*Кадры"], first, ["*Безопасность"], second)
    assert [a.section for a in records.activities] == [["Кадры"], ["Безопасность"]]


def test_control_points_that_hold_dates_say_when() -> None:
    plan = table(
        [
            ["Задача", "Контрольная точка", "Куратор"],
            ["Раннее выявление заболеваний", "30 июня 2024", "Главврач"],
            ["Льготное обеспечение", "31 декабря 2024", "Главврач"],
        ]
    )
    records = read(["^План мероприятий"], plan)
    assert [(a.title.text, a.deadline.text) for a in records.activities if a.deadline] == [
        ("Раннее выявление заболеваний", "30 июня 2024"),
        ("Льготное обеспечение", "31 декабря 2024"),
    ]


def test_months_alone_in_their_row_over_a_column_of_days_and_people() -> None:
    plan = table(
        [
            ["Мероприятие", "Место проведения", "Дата, ответственный"],
            ["Январь", "", ""],
            ["Концерт", "СДК", "12 января,\nСавина А.А."],
            ["Вечер отдыха", "СДК", "14 января, Орлова О.О."],
        ]
    )
    records = read(["^План мероприятий на 2024 год"], plan)
    assert [a.section for a in records.activities] == [["Январь"], ["Январь"]]


def test_a_signature_broken_between_initials_and_surname() -> None:
    records = read(ACT, ["Начальник управления\tЛ.А.", "Берестова"])
    assert [s.person.text for s in records.signatures if s.person] == ["Л.А. Берестова"]
    assert len(records.directives) == 1


def test_a_point_that_ends_with_a_name_over_a_post_alone_on_its_line() -> None:
    lines = [*ACT, "2. Контроль возложить на методиста", "Лисину О.О.", "Директор", "Л.А. Берестова"]
    records = read(lines)
    assert [s.person.text for s in records.signatures if s.person][-1] == "Л.А. Берестова"


def test_points_in_a_table_without_lines() -> None:
    points = table(
        [["1.", "Утвердить план."], ["2.", "Школам:\nвсем"], ["2.1.", "провести неделю;"], ["-", "собрать отчёты."]], ruled=False
    )
    records = read(ACT[:-1], points, SIGNED)
    assert [(d.number, d.text.text) for d in records.directives] == [
        ("1", "Утвердить план."),
        ("2", "Школам:\nвсем"),
        ("2.1", "провести неделю;"),
        (None, "собрать отчёты."),
    ]
    assert not records.tables


def test_points_whose_numbers_have_no_full_stop() -> None:
    records = read(
        ACT[:-1], ["1 Утвердить план", "2 Школам:", "2.1. провести неделю;", "2.2. собрать отчёты.", "3 МБУК «ДК» принять гостей.", *SIGNED]
    )
    assert [d.number for d in records.directives] == ["1", "2", "2.1", "2.2", "3"]


def test_a_point_typed_line_by_line_is_one_text() -> None:
    records = read([*ACT, "2. Контроль за исполнением приказа возложить на", "заместителя начальника", "Лисину О.О."], SIGNED)
    assert records.directives[1].text.text == "Контроль за исполнением приказа возложить на заместителя начальника Лисину О.О."


def test_small_print_under_a_signature_is_no_note() -> None:
    signed = table([["Начальник управления", "________", "Л.А. Берестова"], ["", "(подпись)", "(расшифровка подписи)"]], ruled=False)
    records = read(ACT, signed)
    assert [s.person.text for s in records.signatures if s.person] == ["Л.А. Берестова"]
    assert not records.notes


COLUMNS: list[str | None] = ["№", "Мероприятие", "Срок", "Ответственный"]


def test_pages_of_a_table_that_say_so_are_one_table() -> None:
    first = table([COLUMNS, ["Кадры", None, None, None], ["1", "Курсы повышения квалификации", "май", "Методист"]])
    second = table([COLUMNS, ["2", "Семинары для специалистов", "июнь", "Методист"]])
    records = read(ACT, SIGNED, ["Приложение", "^План мероприятий"], first, [">Продолжение таблицы"], second)
    assert [(a.number, a.section) for a in records.activities] == [("1", ["Кадры"]), ("2", ["Кадры"])]
    assert not records.notes


def test_a_page_of_one_row_goes_on_with_the_table() -> None:
    first = table([COLUMNS, ["1", "Курсы повышения квалификации", "май", "Методист"]])
    second = table([["2", "Семинары для специалистов", "июнь", "Усов П.И."]])
    records = read(ACT, SIGNED, ["Приложение", "^План мероприятий"], first, second)
    assert [(a.number, a.title.text) for a in records.activities] == [
        ("1", "Курсы повышения квалификации"),
        ("2", "Семинары для специалистов"),
    ]


def test_sections_over_several_tables_nest() -> None:
    first = table([COLUMNS, ["1", "Курсы повышения квалификации", "май", "Методист"]])
    second = table([COLUMNS, ["2", "Семинары для специалистов", "июнь", "Методист"]])
    third = table([COLUMNS, ["1", "Обход помещений", "ежедневно", "Завхоз"]])
    title = ["Приложение", "^План мероприятий"]
    records = read(
        ACT, SIGNED, [*title, "Уровень округа", "I. Кадры"], first, ["II. Семинары"], second, ["Уровень школы", "I. Безопасность"], third
    )
    assert [a.section for a in records.activities] == [
        ["Уровень округа", "Кадры"],
        ["Уровень округа", "Семинары"],
        ["Уровень школы", "Безопасность"],
    ]
    assert not records.notes


def test_a_numbered_section_among_activities_that_count_on() -> None:
    plan = table(
        [
            COLUMNS,
            ["1", "Кадры", "", ""],
            ["1", "Курсы", "май", "Методист"],
            ["2", "Семинары", "июнь", "Методист"],
            ["2", "Безопасность", "", ""],
            ["3", "Обход", "ежедневно", "Завхоз"],
        ]
    )
    records = read(["^План мероприятий на 2024 год"], plan)
    assert [(a.number, a.section) for a in records.activities] == [("1", ["Кадры"]), ("2", ["Кадры"]), ("3", ["Безопасность"])]


def test_a_numbered_direction_is_a_section_without_its_number() -> None:
    rows: list[list[str | None]] = [
        ["Направление", "Мероприятие", "Срок", "Ответственный"],
        ["Раздел 1. Кадры", "Курсы", "май", "Методист"],
    ]
    records = read(["^План мероприятий на 2024 год"], table([*rows, ["", "Семинары", "июнь", "Методист"]]))
    assert [a.section for a in records.activities] == [["Кадры"], ["Кадры"]]


def test_a_plan_set_as_a_list() -> None:
    items = [
        "^I. Работа с детьми",
        "1. Провести фестиваль. Срок: до 1 июня 2024 г. Ответственный: Орлова С.Н.",
        "2. Открыть выставку",
        "Срок исполнения: октябрь 2024 года;",
        "Отв. – Дом культуры.",
        "Ожидаемый результат: каталог.",
        "^II. Контроль",
        "3. Итоговый отчёт (срок – декабрь, исполнитель – Усов П.И.)",
        "Начальник управления Л.А. Берестова",
    ]
    records = read(ACT, SIGNED, ["Приложение", "^План мероприятий", "Цель: развитие творчества.", *items])
    assert [
        (a.number, a.section, a.title.text, a.deadline and a.deadline.text, a.responsibles and a.responsibles.text)
        for a in records.activities
    ] == [
        ("1", ["Работа с детьми"], "Провести фестиваль.", "до 1 июня 2024 г.", "Орлова С.Н."),
        ("2", ["Работа с детьми"], "Открыть выставку", "октябрь 2024 года", "Дом культуры"),
        ("3", ["Контроль"], "Итоговый отчёт", "декабрь", "Усов П.И."),
    ]
    assert [a.expected_result.text for a in records.activities if a.expected_result] == ["каталог"]
    assert [n.text.text for n in records.notes] == ["Цель: развитие творчества."]
    assert [s.person.text for s in records.signatures if s.person] == ["Л.А. Берестова"]


def test_clauses_of_a_plan_without_deadlines_and_people_are_notes() -> None:
    records = read(ACT, SIGNED, ["Приложение", "^План мероприятий", "1. Общие положения.", "2. Срок: до 1 мая.", "3. Срок: до 2 мая."])
    assert not records.activities
    assert "2. Срок: до 1 мая." in records.notes[0].text.text


def test_the_act_that_approves_a_plan_is_no_head_of_an_order() -> None:
    corner = [">УТВЕРЖДАЮ", ">Директор Л.А. Берестова", ">Приказ № 27-од от 14.02.2024"]
    items = ["1. Курсы. Срок: май. Ответственный: Методист", "2. Обход. Срок: июнь. Ответственный: Завхоз", "Исполнитель: Мохова Т.Д."]
    records = read([*corner, "^План работы на 2024 год", "*Цели:", "- развитие;", *items])
    assert records.head.kind is Kind.PLAN
    assert [(a.number, a.section, a.title.text) for a in records.activities] == [("1", [], "Курсы."), ("2", [], "Обход.")]
    assert [(s.role, s.person.text, s.act and s.act.text) for s in records.signatures if s.person] == [
        (SignatoryRole.APPROVED, "Л.А. Берестова", "Приказ № 27-од от 14.02.2024"),
        (SignatoryRole.PREPARED, "Мохова Т.Д.", None),
    ]
    assert [(n.heading, n.text.text) for n in records.notes] == [("Цели:", "- развитие;")]


def test_a_deadline_and_people_in_one_cell_broken_anywhere() -> None:
    cells = [
        "9 декабря 2023 года, Дом\nкультуры, библиотека",
        "По мере поступления\nинформации, комиссия",
        "Март, сентябрь\nюрист",
        "Юрист, до 1 мая",
    ]
    rows: list[list[str | None]] = [["№", "Мероприятие", "Срок, ответственный"], *([str(i), "Конкурс", c] for i, c in enumerate(cells, 1))]
    activities = read(["^План мероприятий на 2023 год"], table(rows)).activities
    assert [(a.deadline and a.deadline.text, a.responsibles and a.responsibles.text) for a in activities] == [
        ("9 декабря 2023 года", "Дом\nкультуры, библиотека"),
        ("По мере поступления\nинформации", "комиссия"),
        ("Март, сентябрь", "юрист"),
        ("до 1 мая", "Юрист"),
    ]


def test_a_page_of_one_row_without_a_number_goes_on_with_the_table() -> None:
    first = table([["Мероприятие", "Срок", "Ответственный"], ["Подготовка", None, None], ["Курсы", "май", "Методист"]])
    second = table([["Контроль", None, None], ["Доклад на коллегии", "Декабрь", "Усов П.И."]])
    records = read(ACT, SIGNED, ["Приложение", "^План мероприятий"], first, second)
    assert [(a.section, a.title.text) for a in records.activities] == [(["Подготовка"], "Курсы"), (["Контроль"], "Доклад на коллегии")]
    assert len(records.signatures) == 1


def test_a_school_named_after_a_person_signs_nothing() -> None:
    records = read(ACT, ["п/п Директор МБУК «ДК»", "им. Героя Труда А.А. Орлова", "Л.А. Берестова"])
    assert [(s.person.text, s.position and s.position.text) for s in records.signatures if s.person] == [
        ("Л.А. Берестова", "Директор МБУК «ДК» им. Героя Труда А.А. Орлова")
    ]


def test_the_approval_over_an_annex_set_at_the_left() -> None:
    corner = ["УТВЕРЖДАЮ", "Начальник управления", "______ Л.А. Берестова", "«12» марта 2024 г."]
    annex = read(ACT, SIGNED, [*corner, "^План мероприятий", "Текст."]).annexes[0]
    assert annex.title
    assert annex.title.text == "План мероприятий"


def test_a_section_in_the_last_row_of_a_page_heads_the_next_table() -> None:
    first = table([COLUMNS, ["I.", "Кадры", "", ""], ["1", "Курсы повышения квалификации", "май", "Методист"], ["II.", "Дети", "", ""]])
    second = table([["2", "Фестиваль творчества", "июнь", "Методист"]])
    records = read(ACT, SIGNED, ["Приложение", "^План мероприятий"], first, second)
    assert [(a.number, a.section) for a in records.activities] == [("1", ["Кадры"]), ("2", ["Дети"])]


def test_a_section_title_broken_inside_its_paragraph_over_a_table() -> None:
    plain: list[str | None] = ["1", "Курсы повышения квалификации", "май", "Методист"]
    first = table([COLUMNS, ["I. Кадры", None, None, None], plain])
    title = ["II. Мероприятия по\nпрофилактике\nнарушений"]
    records = read(ACT, SIGNED, ["Приложение", "^План мероприятий"], first, title, table([plain]))
    assert [a.section for a in records.activities] == [["Кадры"], ["Мероприятия по профилактике нарушений"]]
