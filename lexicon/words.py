"""The dictionary of Russian words (OpenCorpora, shipped by pymorphy3-dicts-ru): is this a word at all?

Readers ask before they put halves of a word together; meaning stays with the normalizers.
"""

import re
from functools import cache, lru_cache
from typing import Any

import pymorphy3  # type: ignore[import-untyped]


@cache
def analyzer() -> Any:
    """The one analyzer of the process: 0.3 s and some 20 MB at the first call."""
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=50_000)
def is_word(text: str) -> bool:
    """The dictionary knows the form; a hyphenated one counts where it stands in the dictionary as such."""
    return bool(re.fullmatch(r"[а-яёА-ЯЁ-]+", text)) and bool(analyzer().word_is_known(text.lower()))
