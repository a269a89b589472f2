"""What the assembly of a document adds: period, annexes and their acts, ids, indicators, findings."""

import pytest

from extractors.extract import extract_records
from normalizers.ditto import is_ditto
from normalizers.identity import Identities
from normalizers.normalize import normalize_records, read_decimal
from schemas.contract import Document
from tests.builders import source
from tests.table_cases import build

HEAD = [
    "^ПРИКАЗ",
    "01.02.2020 № 5",
    "^О плане на 2021 год",
    "приказываю:",
    "1. Утвердить план (приложение № 1).",
    "Начальник отдела",
    "А.А. Белова",
]
ANNEX = ["Приложение № 1", "к приказу отдела", "от 01.02.2020 № 5", "^План мероприятий", "^на 2022 – 2023 годы", "Текст."]


def process(lines: list[str]) -> Document:
    document = source(lines)
    return normalize_records(document, extract_records(document))


def codes(document: Document) -> set[str]:
    return {f.code for f in document.findings}


def test_the_period_is_that_of_the_roadmap_not_of_the_order() -> None:
    period = process([*HEAD, *ANNEX]).period
    assert period
    assert (str(period.start), str(period.end)) == ("2022-01-01", "2023-12-31")


def test_without_an_annex_the_title_tells_the_period() -> None:
    period = process(HEAD).period
    assert period
    assert (str(period.start), str(period.end)) == ("2021-01-01", "2021-12-31")


def test_annex_is_tied_to_its_order() -> None:
    document = process([*HEAD, *ANNEX])
    approved = document.annexes[0].approved_by
    assert approved
    assert (approved.number, str(approved.date)) == ("5", "2020-02-01")
    assert "annex_act_differs" not in codes(document)


def test_annex_of_another_order_is_said() -> None:
    assert "annex_act_differs" in codes(
        process([*HEAD, "Приложение № 1", "к приказу отдела", "от 03.02.2020 № 6", "^План мероприятий", "Текст."])
    )


def test_annex_that_is_named_but_absent_is_said() -> None:
    assert "annex_missing" in codes(process(HEAD))
    assert "annex_missing" not in codes(process([*HEAD, *ANNEX]))


def test_a_plan_without_activities_is_said() -> None:
    """A plan annexed and a plan standing alone, each with prose where its table should be."""
    annexed = process([*HEAD, *ANNEX])
    (finding,) = (f for f in annexed.findings if f.code == "plan_empty")
    assert finding.record == annexed.annexes[0].id
    assert "plan_empty" in codes(process(["^План мероприятий по благоустройству на 2022 год", "Сведения готовятся."]))
    assert "plan_empty" not in codes(process(HEAD))


def test_the_act_itself_is_no_reference() -> None:
    document = process([*HEAD[:4], "1. Приказ от 01.02.2020 № 5 разместить.", "2. Отменить приказ отдела от 09.01.2019 № 3.", *HEAD[5:]])
    assert [(r.number, str(r.date)) for r in document.references] == [("3", "2019-01-09")]


def test_act_without_number_or_date_is_said() -> None:
    assert {"number_missing", "date_missing"} <= codes(
        process(["^ПРИКАЗ", "^О плане", "приказываю:", "1. Утвердить.", "Директор А.А. Белова"])
    )


def test_ids_depend_on_what_a_record_says_not_on_where_it_stands() -> None:
    before = process([*HEAD, *ANNEX])
    after = process([*HEAD[:4], "1. Новый пункт.", *HEAD[4:], *ANNEX])
    assert before.directives[0].id in {d.id for d in after.directives}
    assert before.annexes[0].id == after.annexes[0].id


def test_equal_records_have_ids_of_their_own() -> None:
    ids = Identities()
    assert [ids.of("activity", "1", "Урок"), ids.of("activity", "1", "урок "), ids.of("activity", "2", "Урок")][1].endswith("-2")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,68", "0.68"),
        ("40", "40"),
        ("1 250", "1250"),
        ("40 %", "40"),
        ("40,0", "40.0"),
        ("-3", "-3"),
        ("не менее 5", None),
        ("–", None),
        ("", None),
    ],
)
def test_decimals(text: str, value: str | None) -> None:
    assert read_decimal(text) == value


def rows_of(*cells: list[str]) -> Document:
    lines = ["№ | Мероприятия | Срок | Ответственный", *(" | ".join(c) for c in cells)]
    document = source([*HEAD, *ANNEX[:-1]], [build(lines, index=len(HEAD) + len(ANNEX))])
    return normalize_records(document, extract_records(document))


def test_a_ditto_mark_repeats_the_row_above_and_says_so() -> None:
    document = rows_of(
        ["1", "Провести забег", "до 15.05.2022", "Ветров А.А., тренер"],
        ["2", "Провести заплыв", "-//-", '—"—'],
        ["3", "Провести турнир", "то же", "те же"],
    )
    for activity, printed in zip(document.activities[1:], (("-//-", '—"—'), ("то же", "те же")), strict=True):
        deadline = activity.deadline
        assert deadline
        assert (deadline.text, deadline.inferred, str(deadline.intervals[0].end)) == (printed[0], True, "2022-05-15")
        assert [(p.text, p.name, p.position) for p in activity.responsibles] == [(printed[1], "Ветров А.А.", "тренер")]
    assert [f.code for f in document.findings].count("value_repeated") == 4


def test_a_ditto_mark_under_nothing_is_not_understood() -> None:
    document = rows_of(["1", "Провести забег", "-", "—"], ["2", "Провести заплыв", "-//-", '"'])
    deadline = document.activities[1].deadline
    assert deadline
    assert (deadline.text, deadline.kind) == ("-//-", "unparsed")
    assert [p.text for p in document.activities[1].responsibles] == ['"']
    assert {"deadline_unparsed", "party_unparsed"} <= codes(document)


@pytest.mark.parametrize("text", ["-", "—", "-/-", "___", "", "11", "-11-", "там же", "июнь"])
def test_what_is_no_ditto_mark(text: str) -> None:
    assert not is_ditto(text, "deadline")


@pytest.mark.parametrize("text", ["-//-", "— // —", "–»–", "-||-", "- ″ -", "''", "//", "«", "-II-"])
def test_ditto_marks(text: str) -> None:
    assert is_ditto(text, "deadline")
