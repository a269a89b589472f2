"""What headings cover, what section rows stand for, dates of heads."""

import csv
from datetime import date
from pathlib import Path

import pytest

from normalizers.dates import read_date
from normalizers.periods import read_period, section_month, section_period

CASES = Path(__file__).parent / "cases" / "periods.tsv"


def rows(what: str) -> list[dict[str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    read = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [{k: v.replace("\\n", "\n") for k, v in row.items()} for row in read if row["what"] == what]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("row", rows("period"), ids=lambda r: r["text"])
def test_period(row: dict[str, str]) -> None:
    found = read_period(row["text"])
    if row["academic"] == "none":
        assert found.period is None, row["why"]
        return
    assert found.period is not None, row["why"]
    got = (found.period.start, found.period.end, found.academic, found.period.text)
    assert got == (day(row["start"]), day(row["end"]), row["academic"] == "yes", row["found"]), row["why"]


@pytest.mark.parametrize("row", rows("row"), ids=lambda r: r["text"])
def test_section_row(row: dict[str, str]) -> None:
    found = section_month(row["text"])
    if row["start"] == "none":
        assert found is None, row["why"]
        return
    assert found is not None, row["why"]
    months = tuple(int(m) for m in row["start"].split(","))
    assert (found.months, found.year) == (months, int(row["end"]) if row["end"] else None), row["why"]
    assert found.month == (months[0] if len(months) == 1 else None)


@pytest.mark.parametrize("row", rows("years"), ids=lambda r: r["text"])
def test_section_years(row: dict[str, str]) -> None:
    found = section_period(row["text"])
    if row["start"] == "none":
        assert found is None, row["why"]
        return
    assert found is not None, row["why"]
    assert found.period is not None, row["why"]
    assert (found.period.start, found.period.end, found.academic) == (day(row["start"]), day(row["end"]), row["academic"] == "yes")


@pytest.mark.parametrize("row", rows("date"), ids=lambda r: r["text"])
def test_date(row: dict[str, str]) -> None:
    found = read_date(row["text"])
    codes = [n.code for n in found.notices]
    expected = {"impossible": (None, ["date_impossible"]), "incomplete": (None, ["date_incomplete"]), "none": (None, [])}
    want = expected.get(row["start"]) or (day(row["start"]), [])
    assert (found.date, codes) == want, row["why"]
    assert found.incomplete == (row["start"] == "incomplete")


def test_a_two_year_singular_is_said_to_be_doubtful() -> None:
    found = read_period("на 2018-2019 год")
    assert found.period is not None
    assert (found.period.start, found.period.end) == (date(2018, 1, 1), date(2019, 12, 31))
    assert [n.code for n in found.notices] == ["deadline_ambiguous"]
