"""What people change outlives a new reading; carriers of one order are tied; numbers used twice are noticed."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from schemas.contract import Document, Kind, Source
from schemas.errors import UsageError
from storage.corrections import acceptance, make_correction
from storage.engine import open_database, session
from storage.load import load_document
from storage.save import add_correction, as_shown, save_document, undo_correction
from tests.documents import in_review, sample

WHO = {"by": "Ветрова", "at": "2023-05-05T10:00:00+00:00", "why": "так в бумаге"}


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
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
        ("activity-1", "colour", "x", "Поля colour"),
        ("activity-1", "responsibles.7.name", "x", "Поля responsibles.7.name"),
        ("activity-1", "id", "x", "Поля id"),
        ("activity-1", "deadline.kind", "tomorrow", "не подходит"),
        ("activity-1", "title", None, "не подходит"),
        ("head", "date", "31.02.2023", "не подходит"),
        ("head", "coverage.source_chars", "1", "исправить нельзя"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(engine: Engine, record: str, field: str, value: str | None, said: str) -> None:
    document = save(engine, sample())
    with pytest.raises(UsageError, match=said):
        correct(engine, document, document.id if record == "head" else record, field, value)
    assert load(engine, document) == document


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


def test_a_form_filled_in_many_times_is_not_compared(engine: Engine) -> None:
    documents = [other(digit, "docx", annexes=[], activities=[], title=f"О подготовке {digit * 9}") for digit in "123456789"]
    for document in documents[:8]:
        save(engine, document)
    assert len(carriers(engine)) == 8
    save(engine, documents[8])
    assert carriers(engine) == []
    assert [codes(load(engine, document)) for document in documents] == [[]] * 9
    correct(engine, documents[0], documents[0].id, "number", "18")
    assert len(carriers(engine)) == 8
