"""Repair of what OCR garbles, in one place, before anything looks at the text; the raw reading is kept beside it."""

from extractors.reading.page import Word


def repair_words(words: list[Word]) -> list[Word]:
    return words
