"""Words that head the columns of a table which no rule draws: told alike on pages and in Word files."""

import re
from collections.abc import Sequence

from lexicon import load

_COLUMN_WORDS = [re.compile(word, re.IGNORECASE) for word in load("running")["tables"]["columns"]]
_LONG = 60  # characters: no heading is longer
_FEWEST, _KNOWN = 3, 2  # columns, and different words that head them


def head_columns(texts: Sequence[str]) -> bool:
    """Three columns or more whose headings are known: «№», «Мероприятие», «Срок»; «Совет учреждения | Директор учреждения» heads none."""
    if len(texts) < _FEWEST or any(len(text) >= _LONG for text in texts):
        return False
    known = [{word.pattern for word in _COLUMN_WORDS if word.search(text)} for text in texts]
    return sum(map(bool, known)) >= _KNOWN and len(set().union(*known)) >= _KNOWN
