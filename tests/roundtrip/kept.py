"""Round trips that failed once, each as small as it could be made: name -> document."""

from dataclasses import replace
from datetime import date

from tests.roundtrip.sheet import Grid, Line, Made, Para, Sheet
from tests.roundtrip.truth import Point, Row, Truth, When, Who

DAY = date(2023, 2, 14)
SIGNER = ("Дробот", "Р.З.")
CONTROL = Point("2", None, "Контроль за исполнением настоящего документа оставляю за собой.", (Who("person", "Дробот Р.З."),))
ADOPT = Point("1", None, "Утвердить план мероприятий по развитию культуры (приложение).")


def _small(
    point: Point = ADOPT,
    row: Row | None = None,
    annex: tuple[str, ...] = ("Приложение", "к приказу", "от 14.02.2023 № 59"),
    widths: tuple[float, ...] = (1.6, 6.0, 3.0, 4.0),
) -> Made:
    """An order of two points, with a roadmap of one row where ``row`` is given."""
    truth = Truth(
        number="59",
        date=DAY,
        place="г. Крутояр",
        issuer="УПРАВЛЕНИЕ КУЛЬТУРЫ АДМИНИСТРАЦИИ ГОРОДА КРУТОЯРА",
        title="Об утверждении плана мероприятий",
        preamble="В целях развития культуры",
        signer=SIGNER,
        signer_post="Начальник управления",
        points=[point, CONTROL],
    )
    head = [
        Para("УПРАВЛЕНИЕ КУЛЬТУРЫ", "center", True),
        Para("АДМИНИСТРАЦИИ ГОРОДА КРУТОЯРА", "center", True),
        Para("ПРИКАЗ", "center", True),
    ]
    head += [Para("от 14.02.2023 № 59", "left"), Para("г. Крутояр", "center"), Para(truth.title, "center", True)]
    head += [Para("В целях развития культуры"), Para("приказываю:")]
    head += [Para(p.text, label=f"{p.number}.") for p in truth.points]
    sheet = Sheet(blocks=[*head, Para(""), Para("Начальник управления\tР.З. Дробот", "left")])
    if row:
        truth.rows, truth.period = [row], (date(2023, 1, 1), date(2023, 12, 31))
        truth.annexes = [(None, "План мероприятий на 2023 год", "roadmap")]
        sheet.blocks += [Para(line, "side", page_break=not index) for index, line in enumerate(annex)]
        sheet.blocks += [Para("План мероприятий на 2023 год", "center", True), _grid(row, widths)]
    return Made(truth, sheet)


def _grid(row: Row, widths: tuple[float, ...]) -> Grid:
    cells = (f"{row.number}.", row.title, row.deadline.text if row.deadline else "", row.responsibles_text)
    return Grid(widths, (Line(("№ п/п", "Мероприятия", "Срок", "Ответственные")), Line(cells, bold=False)))


QUARTERLY = When("Ежеквартально", "recurring", None, "FREQ=MONTHLY;INTERVAL=3")
MARCH = When("Март", "period", ((date(2023, 3, 1), date(2023, 3, 31)),), inferred=True)
ROW = Row("1", (), "Анализ обращений граждан", MARCH, (Who("person", "Мороз В.Г."),), "Мороз В.Г.")


def _answers(text: str, *who: Who) -> Made:
    return _small(row=replace(ROW, responsibles=who, responsibles_text=text))


def _addressed(text: str, *who: Who) -> Made:
    return _small(Point("1", None, text, who))


def _headed(made: Made, head: str) -> Made:
    made.sheet.running_head = head
    return made


KEPT: dict[str, Made] = {
    "an adjective belongs to its role": _addressed("Социальному педагогу провести беседы.", Who("role", "социальный педагог")),
    "a post opens with an adjective": _addressed(
        "Главному врачу районной больницы Г.Б. Полевому:", Who("person", "Полевой Г.Б.", "главный врач районной больницы")
    ),
    "an adjective for a surname in the dative": _addressed(
        "Главному специалисту управления Полевому Г.Б.:", Who("person", "Полевой Г.Б.", "главный специалист управления")
    ),
    "an adjective for a surname in brackets is nominative": _addressed(
        "Отделу культуры и туризма (Г.Б. Полевой):", Who("organization", "Отдел культуры и туризма"), Who("person", "Полевой Г.Б.")
    ),
    "an appointed woman with an adjective for a surname": _addressed(
        "Назначить Лесную Ирину Андреевну, начальника отдела культуры, ответственным лицом за работу по развитию культуры.",
        Who("person", "Лесная И.А.", "начальник отдела культуры"),
    ),
    "the controlling man in the accusative": _addressed(
        "Контроль возложить на директора МБОУ СОШ № 5 Полевого Г.Б.", Who("person", "Полевой Г.Б.", "директор МБОУ СОШ № 5")
    ),
    "the second half keeps its cases": _addressed("Учителям-предметникам:", Who("role", "учителя-предметники")),
    "quotes in quotes are one body": _answers("МБУ «Молодёжный центр «Вектор»", Who("organization", "МБУ «Молодёжный центр «Вектор»")),
    "a list in the nominative stays nominative": _answers(
        "Кленова Т.С., Черных А.И., Гурьев С.Л.", Who("person", "Кленова Т.С."), Who("person", "Черных А.И."), Who("person", "Гурьев С.Л.")
    ),
    "full names with a space between": _answers(
        "Берёзкина Ольга Викторовна Лесная Ирина Андреевна", Who("person", "Берёзкина О.В."), Who("person", "Лесная И.А.")
    ),
    "a bird for a surname": _answers("Соловей И.Ю.", Who("person", "Соловей И.Ю.")),
    "a bird for a surname, appointed": _addressed(
        "Назначить Соловья Илью Юрьевича, главного специалиста управления, ответственным лицом за работу по профилактике заболеваний.",
        Who("person", "Соловей И.Ю.", "главный специалист управления"),
    ),
    "a surname in -а stays nominative": _answers(
        "Синица Н.Г., и.о. начальника отдела", Who("person", "Синица Н.Г.", "и.о. начальника отдела")
    ),
    "a woman in the dative": _addressed("Директору МБОУ СОШ № 5 И.А. Лесной:", Who("person", "Лесная И.А.", "директор МБОУ СОШ № 5")),
    "a double surname with glued initials": _answers(
        "Е.К.Римская-Ольхова И.А.Лесная", Who("person", "Римская-Ольхова Е.К."), Who("person", "Лесная И.А.")
    ),
    "roles with a hyphen in a list": _answers(
        "Учителя-предметники, заведующие отделениями", Who("role", "учителя-предметники"), Who("role", "заведующие отделениями")
    ),
    "the annex and its act on one line": _small(row=ROW, annex=("Приложение к приказу от 14.02.2023 № 59",)),
    "a running head is not the issuer": _headed(_small(row=ROW), "Приказ управления о плане мероприятий"),
    "a word wider than its column": _small(row=replace(ROW, deadline=QUARTERLY), widths=(1.6, 8, 1.9, 4)),
    "a date wider than its column": _small(
        row=replace(ROW, deadline=When("21.09.2023", "date", ((date(2023, 9, 21), date(2023, 9, 21)),))), widths=(1.6, 8.0, 1.85, 4.0)
    ),
    "a word of conditions wider than its column": _small(
        row=replace(ROW, deadline=When("по мере необходимости", "conditional", ())), widths=(1.6, 8.0, 2.1, 4.0)
    ),
    "two words in a narrow column": _small(
        row=replace(ROW, deadline=When("По отдельному графику", "scheduled", ())), widths=(1.6, 8.0, 2.2, 4.0)
    ),
    "a long number broken by its column": _small(row=replace(ROW, number="1.1.1"), widths=(1.0, 6.0, 3.0, 4.0)),
    "a number broken by its column": _small(row=replace(ROW, number="2.1"), widths=(0.9, 6.0, 3.0, 4.0)),
}
