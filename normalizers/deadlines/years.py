"""Years as they are printed, and the small steps over tokens that every reader of the calendar takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.deadlines import words
from normalizers.deadlines.days import FIRST_YEAR, LAST_YEAR, full_year
from normalizers.deadlines.text import Token


@dataclass(frozen=True)
class Item:
    """One expression. ``unit``: `day`, `month`, `quarter`, `half`, `decade`, `week`, `year`, `academic`, `bare` (a number alone),
    `weekday` («третий четверг апреля»: ``number`` 3 or −1, ``weekday`` «TH»).

    ``number`` counts quarters, half-years, decades, weeks or is the bare number; ``last_year`` ends «2020–2022 годы».
    ``vague``: «начало октября»; ``edge`` which part. ``sure``: a bare number that is surely a day («5 числа»).
    ``guessed``: its year follows from the order of a list. ``genitive``: «апреля» of «до 20 января, апреля».
    """

    unit: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int | None = None
    last_year: int | None = None
    vague: bool = False
    edge: str | None = None
    academic: bool = False
    sure: bool = False
    genitive: bool = False
    weekday: str | None = None
    guessed: bool = False


Tokens = Sequence[Token]
Reading = tuple[Item, int]


def word_at(tokens: Tokens, at: int) -> str:
    """The word, number or mark at ``at``, empty past the end."""
    return tokens[at].text if at < len(tokens) else ""


def glued(tokens: Tokens, at: int) -> bool:
    """Whether token ``at`` follows the one before it without white space."""
    return 0 < at < len(tokens) and tokens[at].start == tokens[at - 1].end


def skip_dot(tokens: Tokens, at: int) -> int:
    """Past a full stop that stands at ``at``."""
    return at + 1 if word_at(tokens, at) == "." else at


def past_suffix(tokens: Tokens, at: int) -> int:
    """Past «-го», «- го», «го» after a number."""
    if word_at(tokens, at) == "-" and word_at(tokens, at + 1) in words.SUFFIXES:
        return at + 2
    if word_at(tokens, at) in words.SUFFIXES and glued(tokens, at):
        return at + 1
    return at


def is_number(tokens: Tokens, at: int, longest: int = 2) -> bool:
    """Whether a number of at most ``longest`` figures stands at ``at``."""
    return at < len(tokens) and tokens[at].kind == "number" and len(tokens[at].text) <= longest


def year_number(tokens: Tokens, at: int) -> int | None:
    """The four figures at ``at``."""
    if at < len(tokens) and tokens[at].kind == "number" and len(tokens[at].text) == 4:
        return tokens[at].value
    return None


def past_year_words(tokens: Tokens, at: int) -> tuple[int, bool]:
    """Past «г.», «гг .», «г.г.», «год», «учебный год»; and whether the year is an academic one."""
    academic = False
    if word_at(tokens, at).startswith(words.ACADEMIC) and not word_at(tokens, at).startswith("учит"):
        after = skip_dot(tokens, at + 1)
        if word_at(tokens, after) in words.YEAR_WORDS:
            academic, at = True, after
        elif after > at + 1 or word_at(tokens, at) == "уч":
            return after, True
    while word_at(tokens, at) in words.YEAR_WORDS:
        short = len(word_at(tokens, at)) <= 2
        if word_at(tokens, at) == "г" and word_at(tokens, at + 1) not in ("", ".") and word_at(tokens, at + 1) in '«"':
            break
        at = skip_dot(tokens, at + 1) if short else at + 1
    return at, academic


def _spans_years(tokens: Tokens, at: int) -> bool:
    """«2020–2022», «2020-22 гг.» begins at ``at``."""
    if word_at(tokens, at + 1) != "-":
        return False
    short = is_number(tokens, at + 2) and word_at(tokens, skip_dot(tokens, at + 3)).startswith((*words.YEAR_WORDS, *words.ACADEMIC))
    return (year_number(tokens, at + 2) is not None and word_at(tokens, at + 3) != ".") or (short and word_at(tokens, at + 3) != ".")


def trailing_year(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """The year after a month or a quarter: «2021», «2021 г.», «14г», «, 2021», «« 2021»; academic years stay apart."""
    start = at
    if word_at(tokens, at) in ("г", "года", "год") and year_number(tokens, at + 1):
        at += 1
    year = year_number(tokens, at)
    if year is not None and _spans_years(tokens, at):
        return None, start  # «март 2020–2022 гг.»: years of their own
    if year is not None and word_at(tokens, at + 1) not in ("/",):
        after, academic = past_year_words(tokens, at + 1)
        return (None, start) if academic else (year, after)
    if at < len(tokens) and tokens[at].kind == "number" and len(tokens[at].text) == 2 and word_at(tokens, at + 1) in ("г", "года", "год"):
        return full_year(tokens[at].text), past_year_words(tokens, at + 1)[0]
    if start == at and word_at(tokens, at) in ("года", "г", "год"):
        return None, skip_dot(tokens, at + 1) if word_at(tokens, at) == "г" else at + 1
    return None, start


def named_year(tokens: Tokens, at: int) -> Reading | None:
    """«года», «учебного года», «текущего года» without figures."""
    while word_at(tokens, at) in ("календарного", "текущего", "этого", "нового"):
        at += 1
    academic = word_at(tokens, at).startswith(words.ACADEMIC)
    after = skip_dot(tokens, at + 1) if academic else at
    return (Item("academic" if academic else "year"), after + 1) if word_at(tokens, after) in ("года", "году") else None


def read_academic(tokens: Tokens, at: int) -> Reading | None:
    """«2021/2022 учебный год», «2021-22 уч.г.», «2018/2019»: an academic year by its numbers."""
    if word_at(tokens, at).startswith(words.ACADEMIC) and word_at(tokens, at + 1) in words.YEAR_WORDS and year_number(tokens, at + 2):
        inner = _two_years(tokens, at + 2)
        return (Item("academic", inner[0]), inner[2]) if inner else None
    pair = _two_years(tokens, at)
    if not pair:
        return None
    first, mark, after = pair
    end, academic = past_year_words(tokens, after)
    if academic or mark == "/":
        return Item("academic", first), end
    return None


def _two_years(tokens: Tokens, at: int) -> tuple[int, str, int] | None:
    """First year, mark between, end of «2021/2022», «2021-22», «2021 - 2022» where the second follows the first."""
    first = year_number(tokens, at)
    if first is None or not FIRST_YEAR <= first <= LAST_YEAR:
        return None
    after = at + 1
    if word_at(tokens, after) in words.YEAR_WORDS and word_at(tokens, after + 1) in "-/":
        after += 1
    mark = word_at(tokens, after)
    if mark not in ("-", "/") or not (after + 1 < len(tokens) and tokens[after + 1].kind == "number"):
        return None
    figures = word_at(tokens, after + 1)
    if len(figures) not in (2, 4) or (first + 1) % 10 ** len(figures) != int(figures):
        return None
    return first, mark, after + 2


def read_year(tokens: Tokens, at: int) -> Reading | None:
    """«2021 год», «2020–2022 гг.», «2021», «2021/2022 учебный год»."""
    academic = read_academic(tokens, at)
    if academic:
        return academic
    first = year_number(tokens, at)
    if first is None or not 1950 <= first <= LAST_YEAR:
        return None
    end, academic_word = past_year_words(tokens, at + 1)
    if academic_word and end > at + 1:
        return Item("academic", first - 1), end
    for mark in ("-", "/"):
        nxt = end + 1
        second = year_number(tokens, nxt) if word_at(tokens, end) == mark else None
        short = (
            word_at(tokens, end) == mark
            and is_number(tokens, nxt)
            and len(word_at(tokens, nxt)) == 2
            and word_at(tokens, skip_dot(tokens, nxt + 1)) in words.YEAR_WORDS
        )
        if short:
            second = first // 100 * 100 + tokens[nxt].value
        if second and first < second <= first + 30:
            after, is_academic = past_year_words(tokens, nxt + 1)
            if is_academic:
                return Item("academic", first, last_year=second), after
            if mark == "-":
                return Item("year", first, last_year=second, sure=word_at(tokens, nxt + 1) in words.YEAR_SINGULAR), after
    return Item("year", first), end
