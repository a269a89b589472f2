"""Repair of OCR readings: what is put right, what must stay."""

import pytest

from extractors.reading.ocr.sections import settle_sections
from extractors.reading.page import Page, Word
from extractors.reading.repair_ocr import repair_words


def line(text: str, top: float = 100.0) -> list[Word]:
    """Words of one line, 6 points a letter, 3 points between words."""
    words, x = [], 50.0
    for part in text.split():
        words.append(Word(part, x, top, x + 6 * len(part), top + 12, 12.0, confidence=0.9))
        x += 6 * len(part) + 3
    return words


def repaired(*lines: str) -> str:
    """The lines repaired, joined by « / »."""
    words = [word for i, text in enumerate(lines) for word in line(text, 100.0 + 20 * i)]
    out: dict[float, list[str]] = {}
    for word in repair_words(words):
        out.setdefault(word.top, []).append(word.text)
    return " / ".join(" ".join(out[top]) for top in sorted(out))


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("от 12.03.2021 N2 45", "от 12.03.2021 № 45"),
        ("школа Ме 12", "школа № 12"),
        ("Nº 7", "№ 7"),
        ("№ п/л", "№ п/п"),
        ("№ пт", "№ п/п"),
        ("MБOУ СОШ № 4", "МБОУ СОШ № 4"),
        ("П. Мероприятия по развитию чтения", "II. Мероприятия по развитию чтения"),
        ("Ш квартал", "III квартал"),
        ("Т квартал 2024 года", "I квартал 2024 года"),
        ("ГУ квартал 2022 года", "IV квартал 2022 года"),
        ("П раздел.", "II раздел."),
        ("<<Точка роста>>", "«Точка роста»"),
        ("в 2О23 году", "в 2023 году"),
        ("до З1.12.2022", "до 31.12.2022"),
        ("школа № З", "школа № 3"),
        ("школа № б им. героя", "школа № 6 им. героя"),
        ("3.Р. Тлеубаева", "З.Р. Тлеубаева"),
        ("О.3. Мирная", "О.З. Мирная"),
        ("в 2023 т.", "в 2023 г."),
        ("в 2023т.", "в 2023г."),
        ("руководители 00", "руководители ОО"),
        ("В(ООШ № 5", "В(с)ОШ № 5"),
        ("школы снизкими результатами", "школы с низкими результатами"),
        ("педагоги вШНОР", "педагоги в ШНОР"),
        ("|Директор школы", "Директор школы"),
        ("пр иказываю:", "приказываю:"),
        ("от З февраля 2023 года", "от 3 февраля 2023 года"),
        ("Законом края от 14.05.2009 № 88-03", "Законом края от 14.05.2009 № 88-ОЗ"),
        ("1Ппринимать заявки", "1)принимать заявки"),
        ("П-Ш кварталы 2024 года", "II-III кварталы 2024 года"),
        ("1-ТУ кварталы", "I-IV кварталы"),
        ("Т – ТУ кварталы", "I – IV кварталы"),
        ("Т, П и Ш кварталы", "I, II и III кварталы"),
        ("Тквартал 2024 года", "I квартал 2024 года"),
        ("Пполугодие 2024 года", "II полугодие 2024 года"),
        ("на сайте оо", "на сайте ОО"),
        ("Т.С: Белова, методист", "Т.С. Белова, методист"),
        ("Белова Т.С..,", "Белова Т.С.,"),
    ],
)
def test_garbled_readings_are_put_right(read: str, right: str) -> None:
    assert repaired(read) == right


@pytest.mark.parametrize(
    "read",
    [
        "П.И. Ветрова, методист",
        "П. Ветров",
        "по пункту П договора",
        "в 10 00 часов",
        "З. Ахметова",
        "сайт IT-куб",
        "100 % детей",
        "в этой школе",
        "сбор сведений и устав",
        "т. Иванова",
        "Новый 2023 год",
        "Зал № 5",
        "приказ от 14.05.2009 № 12-03",
        "Г. Ветров",
        "6) провести опрос",
        "Ш-П кварталы",
        "1-4 кварталы",
        "П и другие кварталы",
        "Белова Т.С: методист",
        "один раз в квартал",
    ],
)
def test_what_is_not_sure_stays(read: str) -> None:
    assert repaired(read) == read


def test_item_three_is_known_by_the_item_before() -> None:
    assert repaired("2) создать группу;", "З)обеспечить доступ") == "2) создать группу; / 3)обеспечить доступ"
    assert repaired("2. Создать группу.", "З. Директору школы") == "2. Создать группу. / 3. Директору школы"
    assert repaired("2) создать группу;", "Зустановить срок") == "2) создать группу; / 3)установить срок"
    assert repaired("2) создать группу;", "Зуобеспечить доступ") == "2) создать группу; / 3)обеспечить доступ"
    assert repaired("5. Создать группу.", "З. Директору школы") == "5. Создать группу. / З. Директору школы"


def test_a_deep_number_of_letters_is_known_by_the_one_before() -> None:
    assert repaired("3.2. Провести опрос.", "З.З. Заключить договор") == "3.2. Провести опрос. / 3.3. Заключить договор"
    assert repaired("3.2. Провести опрос.", "З.З. Ахметова") == "3.2. Провести опрос. / З.З. Ахметова"
    assert repaired("5. Провести опрос.", "З.З. Заключить договор") == "5. Провести опрос. / З.З. Заключить договор"


def test_a_sign_that_a_stamp_left_is_no_word() -> None:
    for text, confidence, kept in (("=", 0.49, False), ("=", 0.9, True), ("+", 0.4, True), ("№", 0.4, True), ("-", 0.4, True)):
        words = line(f"Февраль {text}")
        words[-1].confidence = confidence
        assert [word.text for word in repair_words(words)] == ["Февраль", *([text] if kept else [])]


def test_the_raw_reading_is_kept() -> None:
    words = repair_words(line("N2 45"))
    assert [(word.text, word.raw) for word in words] == [("№", "N2"), ("45", None)]


def test_no_letter_is_lost() -> None:
    read = "2О23 снизкими <<Луч>> |А| вШНОР пр иказываю:"
    before = sum(c.isalnum() for c in read)
    assert sum(c.isalnum() for word in repair_words(line(read)) for c in word.text) == before


def test_a_first_section_read_as_one_is_known_by_the_second() -> None:
    pages = [
        Page(1, 595, 842, [*line("1. Работа с кадрами"), *line("текст", 140)]),
        Page(2, 595, 842, line("II. Работа с семьями")),
    ]
    settle_sections(pages)
    assert (pages[0].words[0].text, pages[0].words[0].raw) == ("I.", "1.")


def test_a_first_point_with_a_second_stays_one() -> None:
    words = [*line("1. Работа с кадрами"), *line("2. Учёба", 140), *line("II. Работа с семьями", 180)]
    settle_sections([Page(1, 595, 842, words)])
    assert words[0].text == "1."


def test_sections_are_counted_by_their_shapes() -> None:
    """Printed I., II., III., IV.: strokes read as letters; «П. Ветров» under them is a person."""
    heads = ["1. Работа с кадрами", "П. Методическая поддержка", "ТИ. Контроль и итоги", "ТУ. Отчёты школ", "П. Ветров"]
    words = [word for i, text in enumerate(heads) for word in line(text, 100 + 40 * i)]
    settle_sections([Page(1, 595, 842, words)])
    assert [word.text for word in words if word.x0 == 50] == ["I.", "II.", "III.", "IV.", "П."]


@pytest.mark.parametrize(
    ("lines", "right"),
    [
        (("3.2. представлять:", "а) отчёт;", "6) справку;", "8) список."), "3.2. представлять: / а) отчёт; / б) справку; / в) список."),
        (("ж) отчёт;", "3) справку."), "ж) отчёт; / з) справку."),
        (("5) отчёт;", "6) справку."), "5) отчёт; / 6) справку."),
        (("а) отчёт;", "2) план;", "6) справку."), "а) отчёт; / 2) план; / 6) справку."),
    ],
    ids=["six_and_eight", "three", "figures", "figures_after_a_letter"],
)
def test_letters_of_items_read_as_figures(lines: tuple[str, ...], right: str) -> None:
    assert repaired(*lines) == right
