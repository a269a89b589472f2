"""Ditto marks: a cell that says «-//-», «—"—» or «те же» in place of the value of the row above."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from lexicon import load
from normalizers.notice import Notice
from schemas.contract import Deadline, Party, School
from schemas.raw import RawActivity, RawPairing, RawText

Field = Literal["deadline", "responsibles", "leader"]
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−_"), "-")


@cache
def _pattern(field: Field) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in load("ditto")[field]))


_MARKS = re.compile("|".join(load("ditto")["marks"]))


def is_ditto(text: str, field: Field) -> bool:
    """Whether a cell repeats the one above: «-//-», «"», «те же»; a dash, «-/-» and an empty cell do not."""
    plain = " ".join(text.lower().replace("ё", "е").translate(_DASHES).split()).strip(" .")
    return bool(_MARKS.fullmatch(plain.replace(" ", "")) or _pattern(field).fullmatch(plain))


def repeated_cells(rows: Sequence[RawActivity | RawPairing], field: Field) -> dict[int, RawText]:
    """Index of a row whose cell is a ditto mark → the cell that it repeats, in the same table; none for a mark under a dash or nothing."""
    found: dict[int, RawText] = {}
    above: RawText | None = None
    table: int | None = None
    for index, row in enumerate(rows):
        if row.locator.table != table:
            above, table = None, row.locator.table
        cell: RawText | None = getattr(row, field)
        if cell is None or not is_ditto(cell.text, field):
            above = cell if cell is not None and re.search(r"\w", cell.text) else None
        elif above is not None:
            found[index] = above
    return found


def notice(printed: str, repeated: RawText, field: Field) -> Notice:
    """What is said of an inherited value."""
    return Notice("value_repeated", f"«{printed.strip()}»: взято значение строки выше, «{' '.join(repeated.text.split())}»", field)


def as_deadline(deadline: Deadline, printed: str) -> Deadline:
    """The deadline of the row above under the printed mark; ``inferred`` says that it is not printed here."""
    return deadline.model_copy(update={"text": printed.strip(), "inferred": True, "rule": "ditto"})


def as_parties(parties: Sequence[Party], printed: str) -> list[Party]:
    """Those of the row above under the printed mark."""
    return [p.model_copy(update={"text": printed.strip()}) for p in parties]


def as_school(school: School, printed: str) -> School:
    """The school of the row above under the printed mark."""
    return school.model_copy(update={"text": printed.strip()})
