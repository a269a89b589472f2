"""Words that head the columns of a table which no rule draws: told alike on pages and in Word files."""

import re
from collections.abc import Sequence

from lexicon import load

_COLUMN_WORD = re.compile("|".join(load("running")["tables"]["columns"]), re.IGNORECASE)
_LONG = 60  # characters: no heading is longer
_FEWEST, _KNOWN = 3, 2  # columns, and those of them whose headings are known


def head_columns(texts: Sequence[str]) -> bool:
    """Three columns or more whose headings are known: «№», «Мероприятие», «Срок»."""
    known = sum(bool(_COLUMN_WORD.search(text)) for text in texts)
    return len(texts) >= _FEWEST and known >= _KNOWN and all(len(text) < _LONG for text in texts)
