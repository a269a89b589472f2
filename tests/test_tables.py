"""Tables of many kinds: what is read out of them, and that no letter of a cell is lost."""

import pytest

from tests.table_cases import Case, found, load_cases, read, unplaced

CASES = load_cases()


@pytest.mark.parametrize("case", CASES, ids=[c.name for c in CASES])
def test_table_is_read(case: Case) -> None:
    records, _ = read(case)
    assert found(records) == case.expected


@pytest.mark.parametrize("case", CASES, ids=[c.name for c in CASES])
def test_every_letter_of_a_table_ends_somewhere(case: Case) -> None:
    records, blocks = read(case)
    assert unplaced(records, blocks) == []


def test_there_are_many_cases_and_none_is_named_twice() -> None:
    assert len(CASES) >= 40
    assert len({c.name for c in CASES}) == len(CASES)
