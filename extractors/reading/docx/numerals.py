"""Numbers as Word prints them in automatic lists, by the names of ``ST_NumberFormat``."""

from collections.abc import Callable

_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
"""Word leaves out ё, й, ъ and ь: «и)» is followed by «к)»."""
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"))
_LARGEST = 32_767
_ROMAN_UNITS = ((4, "iv"), (1, "i"))


def roman(number: int) -> str:
    """4 → «iv»."""
    letters = []
    for value, sign in (*_ROMAN, *_ROMAN_UNITS):
        count, number = divmod(number, value)
        letters.append(sign * count)
    return "".join(letters)


def lettered(number: int, alphabet: str) -> str:
    """1 → «а», after the last letter doubled: 30 → «аа»."""
    if number < 1:
        return ""
    times, index = divmod(number - 1, len(alphabet))
    return alphabet[index] * (times + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "upperRoman": lambda n: roman(n).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda n: lettered(n, _LATIN).upper(),
    "lowerLetter": lambda n: lettered(n, _LATIN),
    "russianUpper": lambda n: lettered(n, _RUSSIAN).upper(),
    "russianLower": lambda n: lettered(n, _RUSSIAN),
    "ordinal": lambda n: f"{n}-й",
    "numberInDash": lambda n: f"- {n} -",
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "decimalEnclosedCircle": lambda n: chr(0x2460 + n - 1) if 1 <= n <= 20 else str(n),
    "chicago": lambda n: lettered(n, "*†‡§"),
    "none": lambda n: "",
    "bullet": lambda n: "",
}


def numeral(number: int, number_format: str) -> str:
    """``number`` as printed; a format not known here is printed as a plain number, as Word does for a language it lacks.

    A custom format is given by its first sample: «001, 002, 003, ...» → ``001``.
    """
    if number > _LARGEST:  # a damaged start must not make a label of a million letters
        return str(number)
    if number_format.startswith("0"):
        return str(number).zfill(min(len(number_format.partition(",")[0].strip()), 9))
    return _FORMATS.get(number_format, str)(number)


def superscript(number: str) -> str:
    """The mark of a footnote: «¹²» — not digits that would run into the number before them («от 25.09.2020¹»)."""
    return number.translate(str.maketrans("0123456789ivxlc", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜ"))
