"""Roman numerals of section headings, settled by their order over all pages of a file."""

import re

from extractors.reading.page import Page, Word
from extractors.reading.repair_ocr import is_noun, lines_of
from extractors.reading.repair_terms import ROMAN
from lexicon.words import is_word

_ONE, _TWO, _FIVE, _TEN = "[I1ТГЕЁ]", "(?:[ПЦНИ]{1,2}|[I1ТГ]{2})", "[VУ]", "[XХ]"
_SHAPES = (
    _ONE,
    _TWO,
    f"(?:[ШЩ]|{_ONE}{_TWO}|{_TWO}{_ONE}|{_TWO}{_TWO})",
    f"{_ONE}{_FIVE}",
    _FIVE,
    f"{_FIVE}{_ONE}",
    f"{_FIVE}{_TWO}",
    f"{_FIVE}(?:[ШЩ]|{_ONE}{_TWO}|{_TWO}{_ONE})",
    f"{_ONE}{_TEN}",
    _TEN,
)
"""What Roman numerals from one to ten are read as: strokes as «Т», pairs of them as «П» or «И»."""


def settle_sections(pages: list[Page]) -> None:
    """Headings «1.», «П.», «ТИ.» one after another are «I.», «II.», «III.»; in place.

    What follows the count is known by its shape; «1.» is «I.» only where «II.» follows with no «2.» between. Only where the numeral
    stands in one line with its heading: «1.» in a cell of its own counts rows.
    """
    opened: Word | None = None
    count = 0
    for line in (line for page in pages for line in lines_of(page.words)):
        first = line[0]
        if len(line) < 2 or line[1].x0 - first.x1 > 0.9 * max(first.size, 8) or first.text[-1:] not in (".", ")"):
            continue
        if re.fullmatch(_SHAPES[0], first.text[:-1]):
            opened, count = first, 1
        elif re.fullmatch(r"2[.)]", first.text):
            opened = None
        elif opened and count < len(_SHAPES) and re.fullmatch(_SHAPES[count], first.text[:-1]) and _heads(line):
            for word, numeral in ((opened, "I"), (first, ROMAN[count])) if count == 1 else ((first, ROMAN[count]),):
                _reread(word, numeral + word.text[-1])
            count += 1


def _heads(line: list[Word]) -> bool:
    """A heading, and no «П. Иванов»."""
    after = line[1].text.strip(".,;:")
    return len(after) > 3 and after[:1].isupper() and is_word(after) and (len(line) > 2 or is_noun(after))


def _reread(word: Word, text: str) -> None:
    if word.text != text:
        word.raw, word.text = word.raw or word.text, text
