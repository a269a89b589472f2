"""Deadlines: what a cell and what a sentence says, row by row, and what holds for any text."""

import csv
import os
import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normalizers.deadlines import DeadlineContext, find_deadline, read_deadline
from schemas.contract import Deadline, Interval, Locator
from schemas.findings import CATALOGUE

CASES = Path(__file__).parent / "cases"
HERE = Locator(block=7, table=1, row=2, column=3)


def rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in (CASES / name).read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    read = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(None not in row and None not in row.values() for row in read), "a row has too few or too many columns"
    return [{key: (value or "").replace("\\n", "\n") for key, value in row.items()} for row in read]


def first_day(text: str) -> date:
    """«2023», «2023-09», «2023-09-05»."""
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(text: str) -> date:
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 12, 31)
    return date(parts[0], parts[1], monthrange(parts[0], parts[1])[1]) if len(parts) == 2 else date(*parts)


def interval(text: str) -> Interval:
    """«2023-02», «2023-02..2023-04», «..2023-04-01», «2023-03-01..»."""
    start, _, end = text.partition("..") if ".." in text else (text, "", text)
    return Interval(start=first_day(start) if start else None, end=last_day(end) if end else None)


def context(row: dict[str, str]) -> DeadlineContext:
    period, academic = row["period"].strip(), False
    span: tuple[date | None, date | None] | None = None
    if m := re.fullmatch(r"(\d{4})/(\d{4})", period):
        span, academic = (date(int(m[1]), 9, 1), date(int(m[2]), 8, 31)), True
    elif m := re.fullmatch(r"c (\S+)/(\S+)", period):
        span = (date.fromisoformat(m[1]), date.fromisoformat(m[2]))
    elif m := re.fullmatch(r"(\d{4})(?:-(\d{4}))?", period):
        span = (date(int(m[1]), 1, 1), date(int(m[2] or m[1]), 12, 31))
    month, _, year = row.get("row", "").partition(" ")
    signed = date.fromisoformat(row["document_date"]) if row["document_date"] else None
    return DeadlineContext(span, academic, signed, int(month) if month else None, int(year) if year else None)


def facts(found: Deadline | None) -> dict[str, object]:
    if found is None:
        return {"kind": "none"}
    return {
        "kind": found.kind.value,
        "intervals": sorted(found.intervals, key=str),
        "inferred": found.inferred,
        "recurrence": found.recurrence,
        "condition": found.condition,
    }


def wanted(row: dict[str, str]) -> dict[str, object]:
    if row["kind"] == "none":
        return {"kind": "none"}
    whole = " ".join(row["phrase"].split())
    return {
        "kind": row["kind"],
        "intervals": sorted((interval(i.strip()) for i in row["intervals"].split(";") if i.strip()), key=str),
        "inferred": row["inferred"] == "yes",
        "recurrence": row["recurrence"] or None,
        "condition": whole if row["condition"] == "=" else row["condition"] or None,
    }


CELLS = rows("deadlines.tsv")


@pytest.mark.parametrize("row", CELLS, ids=[f"{r['phrase']} [{r['period']}]" for r in CELLS])
def test_cell(row: dict[str, str]) -> None:
    found = read_deadline(row["phrase"], context(row), HERE).deadline
    assert facts(found) == wanted(row), row["why"]


def test_there_are_enough_rows() -> None:
    assert len(CELLS) >= 300


SENTENCES = rows("prose_deadlines.tsv")


@pytest.mark.parametrize("row", SENTENCES, ids=[r["phrase"] for r in SENTENCES])
def test_sentence(row: dict[str, str]) -> None:
    found = find_deadline(row["phrase"], context(row), HERE).deadline
    got = facts(found)
    want: dict[str, object] = {"kind": row["kind"]}
    if found is not None:
        intervals = sorted((interval(i.strip()) for i in row["intervals"].split(";") if i.strip()), key=str)
        want |= {"text": row["found"], "intervals": intervals, "recurrence": row["recurrence"] or None}
        got = {k: got[k] for k in ("kind", "intervals", "recurrence")} | {"text": found.text}
    assert got == want, row["why"]


NOTICES = [
    ("", "31.02.2022", "deadline_impossible"),
    ("", "26.04.1016 г., большой зал", "deadline_impossible"),
    ("", "Кл.часы", "deadline_unparsed"),
    ("2020-2022", "август 2018 года", "deadline_outside_period"),
    ("2020-2022", "до 31 декабря 2023 г.", "deadline_outside_period"),
    ("2023", "сентябрь – май", "deadline_clipped"),
    ("c 2023-03-01/2023-08-31", "декабрь", "deadline_outside_period"),
    ("2021/2022", "I полугодие", "deadline_imprecise"),
    ("2023", "начало октября", "deadline_imprecise"),
    ("2023", "1-10", "deadline_ambiguous"),
]


@pytest.mark.parametrize(("period", "phrase", "code"), NOTICES)
def test_what_is_noticed(period: str, phrase: str, code: str) -> None:
    row = {"period": period, "document_date": ""}
    assert [n.code for n in read_deadline(phrase, context(row), HERE).notices] == [code]


@pytest.mark.parametrize("phrase", ["15 мая 2023 г.", "до конца 2023 года", "октябрь", "ежеквартально", "август-сентябрь", "-"])
def test_nothing_to_notice(phrase: str) -> None:
    row = {"period": "2023", "document_date": ""}
    assert read_deadline(phrase, context(row), HERE).notices == []


def test_text_and_place_are_kept() -> None:
    found = read_deadline("  В течение\nгода ", DeadlineContext(), HERE).deadline
    assert found is not None
    assert (found.text, found.locator) == ("В течение\nгода", HERE)


def test_two_days_in_one_sentence_are_doubtful() -> None:
    found = find_deadline("Разработать план до 10.10.2020 и утвердить его до 20.10.2020.", DeadlineContext(), HERE)
    assert found.deadline is not None
    assert found.deadline.intervals == [Interval(end=date(2020, 10, 10))]
    assert [n.code for n in found.notices] == ["deadline_ambiguous"]


# ---- what holds for any text

PIECES = st.sampled_from(
    [
        *["до", "с", "по", "в", "не позднее", "и", "в течение", "постоянно", "по графику", "включительно", "срок:", "№", "\n"],
        *["1", "2", "5", "15", "31", "30", "2022", "2023", "21", "9999", "00.00.0000", "31.02", "29.02.2023", "05.10"],
        *[".", ",", "-", "–", "/", "(", ")", ";", "«", "»"],
        *["числа", "месяца", "марта", "февраль", "сентябрь", "квартал", "кв.", "III", "II", "полугодие", "года", "г.", "гг."],
        *["учебного", "год", "неделя", "декада", "конец", "начало", "периода", "каждого", "пятницам", "понедельник"],
        *["ежемесячно", "ежеквартально", "раз", "раза", "следующего за отчётным"],
    ]
)
PHRASES = st.lists(PIECES, max_size=12).map(" ".join)
ANY_TEXT = st.one_of(st.text(max_size=60), PHRASES, st.lists(PIECES, max_size=8).map("".join))
CONTEXTS = st.builds(
    DeadlineContext,
    period=st.sampled_from(
        [
            None,
            (None, None),
            (date(2022, 1, 1), date(2023, 12, 31)),
            (date(2021, 9, 1), date(2022, 8, 31)),
            (None, date(2024, 12, 31)),
            (date(2022, 1, 1), None),
        ]
    ),
    academic=st.booleans(),
    document_date=st.sampled_from([None, date(2022, 6, 1), date(2019, 1, 1)]),
    month=st.sampled_from([None, 1, 2, 9, 12]),
    year=st.sampled_from([None, 2022]),
)
RELAXED = settings(max_examples=int(os.environ.get("PRIKAZ_EXAMPLES", "300")), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@RELAXED
@given(ANY_TEXT, CONTEXTS)
def test_any_text_gives_a_valid_answer(text: str, around: DeadlineContext) -> None:
    for read in (read_deadline, find_deadline):
        found = read(text, around, HERE)
        assert all(n.code in CATALOGUE for n in found.notices)
        if found.deadline is None:
            continue
        assert all(i.start is None or i.end is None or i.start <= i.end for i in found.deadline.intervals)
        if found.deadline.recurrence:
            rrulestr(found.deadline.recurrence, dtstart=datetime(2022, 1, 1))
        if found.deadline.kind == "unparsed":
            assert found.deadline.intervals == []
            assert found.notices


@RELAXED
@given(st.sampled_from(CELLS))
def test_spelling_of_the_file_does_not_matter(row: dict[str, str]) -> None:
    around = context(row)

    def meaning(text: str) -> dict[str, object]:
        return {k: v for k, v in facts(read_deadline(text, around, HERE).deadline).items() if k != "condition"}

    plain = row["phrase"]
    for other in (
        unicodedata.normalize("NFD", plain),
        f" {plain} ",
        re.sub(" ", "  ", plain),
        plain.replace(" ", "\n"),
        plain.replace(" ", "\u00a0"),
        plain.upper(),
        plain.lower(),
    ):
        assert meaning(other) == meaning(plain), other


NO_DAYS = st.tuples(st.integers(1, 99), st.integers(1, 99), st.integers(1000, 2999)).filter(lambda d: not on_calendar(*d))


def on_calendar(day: int, month: int, year: int) -> bool:
    try:
        return 1900 <= date(year, month, day).year <= 2100
    except ValueError:
        return False


@RELAXED
@given(NO_DAYS, st.sampled_from(["{}", "до {}", "с {} по 30.12.2099", "1.01.1999, {}", "{}, малый зал", "не позднее {} г."]), CONTEXTS)
def test_an_impossible_date_is_never_an_interval(day: tuple[int, int, int], frame: str, around: DeadlineContext) -> None:
    text = frame.format(f"{day[0]:02}.{day[1]:02}.{day[2]}")
    found = read_deadline(text, around, HERE)
    assert found.deadline is not None
    assert (found.deadline.kind, found.deadline.intervals) == ("unparsed", [])
    assert found.notices


def test_every_rrule_of_the_table_is_valid() -> None:
    rules = {row["recurrence"] for row in CELLS + SENTENCES if row["recurrence"]}
    for rule in rules:
        assert list(rrulestr(rule + ";COUNT=2", dtstart=datetime(2022, 1, 1))), rule


def test_the_answer_does_not_depend_on_the_day_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Vladivostok")
    found = read_deadline("5 мая 2021 г.", DeadlineContext(), HERE).deadline
    assert found is not None
    assert found.intervals == [Interval(start=date(2021, 5, 5), end=date(2021, 5, 5))]
