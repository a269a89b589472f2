"""What people change outlives a new reading; carriers of one order are tied; numbers used twice are noticed."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from schemas.contract import Document, Interval, Issuer, Kind, Signatory, SignatoryRole, Source
from schemas.errors import UsageError
from storage.corrections import acceptance, make_correction
from storage.engine import open_database, session
from storage.load import load_document
from storage.save import add_correction, as_shown, save_document, undo_correction
from tests.documents import in_review, person, sample

WHO = {"by": "Ветрова", "at": "2023-05-05T10:00:00+00:00", "why": "так в бумаге"}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "prikaz.db"
    open_database(f"sqlite:///{path}", write=True)
    return path


@pytest.fixture
def engine(tmp_path: Path, empty: Path) -> Engine:
    shutil.copy(empty, tmp_path)
    return open_database(f"sqlite:///{tmp_path}/prikaz.db", write=True)


def save(engine: Engine, document: Document) -> Document:
    with session(engine, write=True) as opened:
        save_document(opened, document, "1")
        return load_document(opened, document.id)


def load(engine: Engine, document: Document) -> Document:
    with session(engine, write=False) as opened:
        found = load_document(opened, document.id)
        assert found == as_shown(opened, document.id)
        return found


def correct(engine: Engine, document: Document, record: str, field: str, value: str | None) -> Document:
    with session(engine, write=True) as opened:
        current = load_document(opened, document.id)
        add_correction(opened, document.id, make_correction(current, record, field, value, **WHO))
    return load(engine, document)


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


def test_a_correction_is_shown_with_its_mark(engine: Engine) -> None:
    document = save(engine, sample())
    shown = correct(engine, document, "activity-1", "title", "Семинар для учителей физики")
    assert shown.activities[0].title == "Семинар для учителей физики"
    (mark,) = shown.corrections
    assert (mark.record, mark.field, mark.machine, mark.value) == (
        "activity-1",
        "title",
        "Семинар для учителей",
        "Семинар для учителей физики",
    )
    assert (mark.by, mark.at, mark.why) == tuple(WHO.values())


def test_analysts_see_the_corrected_value(engine: Engine) -> None:
    correct(engine, save(engine, sample()), "activity-2", "title", "Сводный отчёт")
    with session(engine, write=False) as opened:
        assert opened.execute(text("SELECT title FROM activities WHERE id = 'activity-2'")).scalar() == "Сводный отчёт"


def test_the_head_a_deadline_and_a_list_can_be_corrected(engine: Engine) -> None:
    document = save(engine, sample())
    correct(engine, document, document.id, "date", "2023-02-04")
    correct(engine, document, document.id, "kind", "resolution")
    correct(engine, document, "activity-1", "deadline.intervals", '[{"start": "2023-04-01", "end": "2023-04-30"}]')
    shown = correct(engine, document, "activity-1", "section", '["Методика"]')
    assert shown.date is not None
    assert (shown.date.isoformat(), shown.kind) == ("2023-02-04", Kind.RESOLUTION)
    assert shown.activities[0].deadline is not None
    assert shown.activities[0].deadline.intervals[0].start is not None
    assert shown.activities[0].deadline.intervals[0].start.isoformat() == "2023-04-01"
    assert shown.activities[0].section == ["Методика"]


def test_a_value_can_be_taken_away(engine: Engine) -> None:
    document = save(engine, sample())
    assert correct(engine, document, "activity-1", "deadline", None).activities[0].deadline is None


@pytest.mark.parametrize(
    ("record", "field", "value", "said"),
    [
        ("activity-9", "title", "x", "Записи activity-9"),
        ("activity-1", "colour", "x", "Поля colour .* Есть: number, section, title"),
        ("activity-1", "responsibles.7.name", "x", "Поля responsibles.7.name"),
        ("activity-1", "responsibles.0.colour", "x", "Есть: responsibles.0.text, responsibles.0.kind"),
        ("activity-1", "id", "x", "Поле id исправить нельзя"),
        ("activity-1", "deadline.kind", "tomorrow", "бывает date, due, period"),
        ("activity-1", "deadline.intervals", '[{"start": "2023-05-02", "end": "2023-05-01"}]', "конец раньше начала"),
        ("activity-1", "deadline", '{"text": "март"}', "не хватает поля kind"),
        ("activity-1", "section", "Методика", r"нужен список JSON"),
        ("activity-1", "deadline", "март", "нужен объект JSON"),
        ("activity-1", "title", None, "нужен непустой текст"),
        ("activity-1", "title", "  ", "нужен непустой текст"),
        ("activity-1", "annex", "annex-7", "записи annex-7 в документе нет"),
        ("head", "date", "31.02.2023", "нужна дата, которая есть в календаре"),
        ("head", "directives", "[]", "исправляйте запись по её номеру"),
        ("head", "coverage.source_chars", "1", "исправить нельзя"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(engine: Engine, record: str, field: str, value: str | None, said: str) -> None:
    document = save(engine, sample())
    with pytest.raises(UsageError, match=said):
        correct(engine, document, document.id if record == "head" else record, field, value)
    assert load(engine, document) == document


def test_a_day_may_be_written_as_in_a_letter(engine: Engine) -> None:
    document = save(engine, sample())
    shown = correct(engine, document, document.id, "date", "04.02.2023")
    assert shown.date is not None
    assert (shown.date.isoformat(), shown.corrections[0].value) == ("2023-02-04", "2023-02-04")


def test_a_deadline_that_is_missing_can_be_given(engine: Engine) -> None:
    document = save(engine, sample())
    correct(engine, document, "activity-1", "deadline", None)
    shown = correct(engine, document, "activity-1", "deadline", '{"text": "до 5 мая", "kind": "due", "intervals": [{"end": "2023-05-05"}]}')
    deadline = shown.activities[0].deadline
    assert deadline is not None
    assert (deadline.kind, deadline.rule, deadline.locator) == ("due", "correction", document.activities[0].locator)


def test_a_value_that_no_longer_fits_is_left_out_and_said(engine: Engine) -> None:
    document = save(engine, sample())
    given = document.activities[0].deadline
    assert given is not None
    assert given.intervals[0].end is not None
    day = given.intervals[0].end.isoformat()
    correct(engine, document, "activity-1", "deadline.intervals.0.start", day)
    earlier = given.model_copy(update={"intervals": [Interval(start=None, end=date(2020, 1, 1))]})
    changed = [document.activities[0].model_copy(update={"deadline": earlier}), document.activities[1]]
    shown = save(engine, sample(activities=changed))
    assert codes(shown) == ["correction_stale"]
    assert "не подходит" in shown.findings[0].message
    assert shown.activities[0].deadline == earlier
    assert [mark.value for mark in shown.corrections] == [day]


def test_reading_anew_keeps_a_correction(engine: Engine) -> None:
    document = save(engine, sample())
    before = correct(engine, document, "activity-1", "title", "Семинар")
    assert save(engine, sample()) == before


def test_a_value_that_changed_under_a_correction_is_flagged(engine: Engine) -> None:
    document = save(engine, sample())
    correct(engine, document, "activity-1", "title", "Семинар")
    renamed = [document.activities[0].model_copy(update={"title": "Вебинар для учителей"}), document.activities[1]]
    shown = save(engine, sample(activities=renamed))
    assert shown.activities[0].title == "Семинар"
    assert codes(shown) == ["correction_stale"]
    assert "Вебинар для учителей" in shown.findings[0].message
    assert shown.status == "review"


def test_a_correction_whose_record_is_gone_is_listed(engine: Engine) -> None:
    document = save(engine, sample())
    correct(engine, document, "activity-1", "title", "Семинар")
    shown = save(engine, sample(activities=[document.activities[1]]))
    assert codes(shown) == ["correction_lost"]
    assert [correction.value for correction in shown.corrections] == ["Семинар"]
    assert save(engine, sample()).activities[0].title == "Семинар"


def test_a_reading_that_came_to_say_the_same_is_no_finding(engine: Engine) -> None:
    document = save(engine, sample())
    correct(engine, document, document.id, "number", "18")
    assert codes(save(engine, sample(number="18"))) == []


def test_a_second_correction_takes_the_place_of_the_first(engine: Engine) -> None:
    document = save(engine, sample())
    correct(engine, document, "activity-1", "title", "Семинар")
    shown = correct(engine, document, "activity-1", "title", "Семинары")
    assert [(mark.machine, mark.value) for mark in shown.corrections] == [("Семинар для учителей", "Семинары")]


def test_undo_gives_back_the_correction_before(engine: Engine) -> None:
    document = save(engine, sample())
    correct(engine, document, "activity-1", "title", "Семинар")
    correct(engine, document, "activity-1", "title", "Семинары")
    titles = []
    for _ in range(3):
        with session(engine, write=True) as opened:
            undo_correction(opened, document.id)
        titles.append(load(engine, document).activities[0].title)
    assert titles == ["Семинар", "Семинар для учителей", "Семинар для учителей"]


def test_undo_takes_back_the_last(engine: Engine) -> None:
    document = save(engine, sample())
    correct(engine, document, "activity-1", "title", "Семинар")
    correct(engine, document, document.id, "number", "18")
    for expected in ("number", "title"):
        with session(engine, write=True) as opened:
            undone = undo_correction(opened, document.id)
        assert undone is not None
        assert undone.field == expected
    assert load(engine, document) == document
    with session(engine, write=True) as opened:
        assert undo_correction(opened, document.id) is None


def test_accepting_settles_the_open_findings_only(engine: Engine) -> None:
    document = save(engine, in_review())
    with session(engine, write=True) as opened:
        add_correction(opened, document.id, acceptance(document, **WHO))
    assert load(engine, document).status == "ok"
    assert save(engine, in_review()).status == "ok"
    further = document.findings[0].model_copy(update={"id": "finding-2"})
    assert save(engine, in_review().model_copy(update={"findings": [*document.findings, further]})).status == "review"


def other(digit: str, reader: str, **changes: Any) -> Document:
    document = sample(digit, f"{reader}.pdf", **changes)
    source: Source = document.source.model_copy(update={"reader": reader})
    return document.model_copy(update={"source": source})


def carriers(engine: Engine) -> list[tuple[str, str, int]]:
    query = "SELECT substr(document_id, 8, 1), substr(carried, 8, 1), rank FROM carriers ORDER BY carried, rank"
    with session(engine, write=False) as opened:
        return [tuple(row) for row in opened.execute(text(query))]


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_carriers_of_one_order_are_tied_the_better_first(engine: Engine, order: list[int]) -> None:
    documents = [other("1", "ocr", issuer=None), other("2", "docx"), other("3", "pdf", number="99")]
    for index in order:
        save(engine, documents[index])
    assert carriers(engine) == [("2", "1", 0), ("1", "1", 1)]
    assert [codes(load(engine, document)) for document in documents] == [[], [], []]
    correct(engine, documents[0], documents[0].id, "number", "17-а")
    assert carriers(engine) == []


OTHER = [sample().activities[0].model_copy(update={"title": "Капитальный ремонт кровли пристройки, замена оконных блоков, закупка мебели"})]


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_one_number_on_two_texts_is_a_finding_in_both(engine: Engine, order: list[int]) -> None:
    strange = other("2", "docx", activities=OTHER, directives=[], notes=[], title="О подготовке зданий", annexes=[])
    strange = strange.model_copy(update={"activities": [OTHER[0].model_copy(update={"annex": None})]})
    documents = [sample(), strange]
    for index in order:
        save(engine, documents[index])
    assert [codes(load(engine, document)) for document in documents] == [["same_number_other_text"]] * 2
    assert carriers(engine) == []
    correct(engine, strange, strange.id, "number", "71-о")
    assert [codes(load(engine, document)) for document in documents] == [[], []]


def act(digit: str, issuer: str | None, signed: str | None, words: str, **changes: Any) -> Document:
    """«№ 1 от 09.01.2019» of some body: who issued and who signed it, and what it is about."""
    fields: dict[str, Any] = {"activities": [], "annexes": [], "notes": [], "directives": [], "number": "1", "date": date(2019, 1, 9)}
    fields["title"] = f"О назначении ответственных за пожарную безопасность, охрану труда и порядок в здании {words}"
    fields["issuer"] = Issuer(name=issuer) if issuer else None
    fields["signatories"] = [Signatory(role=SignatoryRole.SIGNED, person=person(signed, "А.А."))] if signed else []
    return sample(digit, f"{digit}.docx", **fields | changes)


SCHOOL = "Муниципальное бюджетное общеобразовательное учреждение средняя школа № {}"
PLACE = "Управление образования администрации {} района"
FAR = "капитальный ремонт кровли пристройки замена оконных блоков закупка мебели перевозка учеников летний лагерь дежурство"


@pytest.mark.parametrize(
    ("one", "other_one", "tied", "said"),
    [
        pytest.param((SCHOOL.format(5), "Ильин", ""), (SCHOOL.format(7), "Ильин", ""), False, False, id="schools-of-two-numbers"),
        pytest.param((SCHOOL.format(5), None, ""), (SCHOOL.format(5), None, ""), True, False, id="one-letterhead"),
        pytest.param((SCHOOL.format(5), None, ""), (SCHOOL.format(5), None, FAR), False, True, id="one-letterhead-other-text"),
        pytest.param((PLACE.format("Ивановского"), None, ""), (PLACE.format("Петровского"), None, ""), False, False, id="two-districts"),
        pytest.param((PLACE.format("Ивановского"), "Ильин", ""), (PLACE.format("Ивановсного"), "Орлов", ""), True, False, id="misread"),
        pytest.param((PLACE.format("Ивановского"), "Ильин", ""), ("Управление образования", "Ильин", ""), True, False, id="part-signed"),
        pytest.param((PLACE.format("Ивановского"), "Ильин", ""), ("Управление образования", "Орлов", FAR), False, False, id="part-others"),
        pytest.param((None, "Ильин", ""), (None, "Орлов", ""), False, False, id="no-letterhead-two-heads"),
        pytest.param((None, "Ильин", ""), (SCHOOL.format(5), "Ильин", "школы"), True, False, id="no-letterhead-one-head"),
        pytest.param((None, None, "Ильин Орлова"), (None, "Ильин", "Гусев Чайкина"), False, False, id="nothing-tells-names-differ"),
        pytest.param((None, None, ""), (None, None, ""), True, False, id="nothing-tells-word-for-word"),
        pytest.param((None, None, ""), (None, None, FAR), False, True, id="nothing-tells-other-text"),
    ],
)
def test_what_makes_two_files_one_order(
    engine: Engine, one: tuple[str, str, str], other_one: tuple[str, str, str], tied: bool, said: bool
) -> None:
    documents = [act("1", *one), act("2", *other_one)]
    for document in documents:
        save(engine, document)
    assert bool(carriers(engine)) is tied
    assert [codes(load(engine, document)) for document in documents] == [["same_number_other_text"] * said] * 2


def test_an_order_and_a_resolution_may_share_a_number(engine: Engine) -> None:
    documents = [act("1", PLACE, "Ильин", ""), act("2", PLACE, "Ильин", FAR, kind=Kind.RESOLUTION)]
    for document in documents:
        save(engine, document)
    assert [codes(load(engine, document)) for document in documents] == [[], []]


@pytest.mark.parametrize("backwards", [False, True])
def test_carriers_are_found_among_many_of_one_number_and_date(engine: Engine, backwards: bool) -> None:
    schools = [act(digit, SCHOOL.format(digit), f"Фамилия{digit}", "") for digit in "12345678"]
    pair = [act(digit, SCHOOL.format(9), "Гусев", "", signatories=[]) for digit in "9a"]
    strange = act("b", SCHOOL.format(9), "Гусев", FAR)
    documents = [*schools, *pair, strange]
    for document in reversed(documents) if backwards else documents:
        save(engine, document)
    assert carriers(engine) == [("9", "9", 0), ("a", "9", 1)]
    assert [codes(load(engine, document)) for document in schools] == [[]] * 8
    shown = [load(engine, document) for document in [*pair, strange]]
    assert [codes(document) for document in shown] == [["same_number_other_text"]] * 3
    assert "9.docx" in shown[2].findings[0].message


def test_many_texts_under_one_number_are_said_once(engine: Engine) -> None:
    words = ["котельная", "библиотека", "столовая", "мастерская", "спортзал", "лаборатория", "гардероб", "музыка", "теплица", "стадион"]
    texts = [" ".join(f"{word}{ending}" for ending in ("ми", "го", "му", "ть", "ца", "ка", "ша", "ля", "ну", "ро")) for word in words]
    documents = [act(digit, SCHOOL.format(5), "Ильин", text) for digit, text in zip("0123456789", texts, strict=True)]
    for document in documents[:9]:
        save(engine, document)
    assert [len(codes(load(engine, document))) for document in documents[:9]] == [8] * 9
    save(engine, documents[9])
    shown = [load(engine, document) for document in documents]
    assert [len(document.findings) for document in shown] == [1] * 10
    assert "проверьте номер и дату" in shown[0].findings[0].message
    correct(engine, documents[0], documents[0].id, "number", "18")
    assert [len(codes(load(engine, document))) for document in documents] == [0] + [8] * 9


def test_a_corrected_number_is_what_a_new_reading_is_compared_by(engine: Engine) -> None:
    one, two = act("1", SCHOOL.format(5), "Ильин", ""), act("2", SCHOOL.format(5), "Ильин", "", number="7")
    save(engine, one)
    save(engine, two)
    correct(engine, two, two.id, "number", "1")
    assert len(carriers(engine)) == 2
    save(engine, two)
    assert len(carriers(engine)) == 2
