"""Numbers that count the rows of a table: which may stand under which, and which readings of a column fit together."""

import re
from itertools import pairwise

NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,3}){0,5}[.)%]?|\d{1,2}[-–]\d{1,2}")
"""«7», «3.1.2.», «0,68», «1-11»."""
_NEXT = 1.0  # what a reading gains that goes on with the count of the rows


def is_number(text: str) -> bool:
    """A number of a row, a quantity or a range."""
    return bool(NUMBER.fullmatch(text))


def numbers_under(text: str) -> set[str]:
    """What may stand under a number, with and without its last point.

    Under «3.1.2.» «3.1.3.», «3.1.2.1.», «3.2.», «4.», and «3.2.1.», «4.1.» where a heading runs over the row between.
    """
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,2})*[.)]?", text):
        return set()
    parts = [int(part) for part in re.findall(r"\d+", text)]
    risen = [[*parts[:depth], parts[depth] + 1] for depth in range(len(parts))]
    nexts = [*risen, [*parts, 1], *([*numbers, 1] for numbers in risen[:-1])]
    end = ")" if text.endswith(")") else "."
    plain = {".".join(map(str, numbers)) for numbers in nexts}
    return plain | {number + end for number in plain}


def number_over(text: str) -> set[str]:
    """What stands over a number that is not the first of its kind: over «3.2.» «3.1.»."""
    found = re.fullmatch(r"((?:\d{1,2}\.)*)(\d{1,3})([.)]?)", text)
    return {f"{found[1]}{int(found[2]) - 1}{found[3]}"} if found and int(found[2]) > 1 else set()


def links(texts: list[str]) -> list[bool]:
    """Which numbers of a column go on with the one above or are gone on with below."""
    pairs = [below in numbers_under(above) for above, below in pairwise(texts)]
    return [over or under for over, under in zip([False, *pairs], [*pairs, False], strict=True)]


def is_counted(texts: list[str]) -> bool:
    """Most of the numbers of the column follow the one above."""
    pairs = [(above, below) for above, below in pairwise(texts) if is_number(above) and is_number(below)]
    return sum(below in numbers_under(above) for above, below in pairs) * 2 > len(pairs)


def best_count(rows: list[dict[str, float]]) -> list[str]:
    """One reading a row, "" where a row has none, that have the most weight together; going on with the count weighs too.

    Args:
        rows: the readings of each row with their weights.
    """
    ways: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}  # by the last number
    for row in rows:
        if not row:
            ways = {last: (weight, [*way, ""]) for last, (weight, way) in ways.items()}
            continue
        ways = {
            text: max((so_far + weight + _NEXT * (text in numbers_under(last)), [*way, text]) for last, (so_far, way) in ways.items())
            for text, weight in row.items()
        }
    return max(ways.values())[1]
