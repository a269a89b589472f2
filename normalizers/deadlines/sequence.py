"""Lists and ranges of calendar expressions: «10, 15 и 20 марта», «с 10 по 25 октября», «декабрь – февраль 2022»."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from normalizers.deadlines.items import Item, Tokens, read_item

_OPENING = ("с", "со", "от")
_JOINING = (",", ";", "/", "и", "+", "&")
_DECREASE = 6  # months: «октябрь, февраль 2022» turns the year, «июнь, май 2022» is only a loose order


@dataclass(frozen=True)
class Term:
    """An expression or a range of two. ``opened``: it begins with «с»."""

    first: Item
    last: Item | None = None
    opened: bool = False
    carried: bool = False  # a year came from the expression before it

    @property
    def items(self) -> list[Item]:
        """One or both ends."""
        return [self.first] if self.last is None else [self.first, self.last]


@dataclass(frozen=True)
class Sequence:
    """Terms in printed order; ``scope``: years in which they all lie («март 2020–2022 гг.»); ``end``: token after it."""

    terms: tuple[Term, ...]
    end: int
    scope: Item | None = None
    inclusive: bool = False

    @property
    def items(self) -> list[Item]:
        """Every expression, in order."""
        return [i for t in self.terms for i in t.items]


def _word(tokens: Tokens, at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _range_mark(tokens: Tokens, at: int, opened: bool) -> int:
    """Past «–», «по», after «с» also «до»; 0 where no range goes on."""
    word = _word(tokens, at)
    if word == "." and _word(tokens, at + 1) == "-":  # «05.10.-17.10», «дек.-янв.»
        return at + 2
    if word in ("-", "…", "÷"):
        return at + 1
    if word == "по" or (word == "до" and opened):
        return at + 1
    if word in (",", "и") and opened and _word(tokens, at + 1) in ("по", "до"):
        return at + 2
    late = at + 1 if word in (",", "и") else at  # «не ранее 1 и не позднее 15 апреля»
    if opened and _word(tokens, late) == "не" and _word(tokens, late + 1) in ("позднее", "позже"):
        return late + 2
    return 0


def _past_opening(tokens: Tokens, at: int) -> int:
    """Past «с», «начиная с», «не ранее»; ``at`` where nothing opens a range."""
    if _word(tokens, at) == "не" and _word(tokens, at + 1) in ("ранее", "раньше"):
        return at + 2
    start = at + 1 if _word(tokens, at) == "начиная" else at
    return start + 1 if _word(tokens, start) in _OPENING else start


def _term(tokens: Tokens, at: int) -> tuple[Term, int] | None:
    """«с 1 октября по 31 мая», «2-3», «июнь - август», «15 мая»."""
    inner = _past_opening(tokens, at)
    opened = inner > at and _word(tokens, inner - 1) != "начиная"
    found = read_item(tokens, inner)
    if not found:
        return None
    first, after = found
    mark = _range_mark(tokens, after, opened)
    if mark:
        second = read_item(tokens, mark)
        if second and _stray(tokens, first, second):
            second = None
        if (
            second
            and first.unit == "year"
            and not first.last_year
            and second[0].unit in ("month", "quarter", "half")
            and not second[0].year
        ):
            return Term(replace(second[0], year=first.year)), second[1]  # «2024 год – 1 полугодие»
        if second and not (second[0].unit == "year" and first.unit not in ("year", "bare") and first.year is None):
            return Term(first, second[0], opened), second[1]
    return Term(first, None, opened), after


def _stray(tokens: Tokens, first: Item, second: tuple[Item, int]) -> bool:
    """The «1» of «15 мая – 1 этап», of «март – 2 раза»: a number that ends no range."""
    item, after = second
    if item.unit != "bare" or first.unit == "bare":
        return False
    follows = after < len(tokens) and tokens[after].kind == "word"
    return first.unit != "day" or follows or (item.number or 0) <= (first.day or 0)


def _join(tokens: Tokens, at: int, again: str) -> int:
    """Past what may stand between two terms: «,», «и», «а также», a line break, nothing; «до» where it is said again."""
    while _word(tokens, at) in _JOINING or (_word(tokens, at) == "." and at + 1 < len(tokens)):
        at += 1
    if _word(tokens, at) == "а" and _word(tokens, at + 1) == "также":
        at += 2
    if _word(tokens, at) in ("в", "во", again) and read_item(tokens, at + 1):
        at += 1
    return at


def read_sequence(tokens: Tokens, at: int, again: str = "в") -> Sequence | None:
    """The longest list of terms that begins at token ``at``; nothing is filled in from outside the print.

    ``again``: the preposition before the list, which may be repeated: «до 1 апреля, до 1 июля и до 1 октября 2024 г.».
    """
    terms: list[tuple[Term, int, int]] = []
    here = at
    while (found := _term(tokens, here)) is not None:
        terms.append((found[0], here, found[1]))
        here = _join(tokens, found[1], again)
    if not terms:
        return None
    only_bare = all(i.unit == "bare" for t, _, _ in terms for i in t.items)
    rest_is_words = any(t.kind != "mark" for t in islice(tokens, terms[-1][2], None))
    while terms and _dangling(terms[-1][0]) and (rest_is_words or not only_bare):
        terms.pop()
        only_bare = all(i.unit == "bare" for t, _, _ in terms for i in t.items)
        rest_is_words = True
    if not terms or (at > 0 and only_bare and not any(i.sure for t, _, _ in terms for i in t.items) and _text_before(tokens, at)):
        return None
    return _scoped(tokens, [t for t, _, _ in terms], terms[-1][2])


_LEADING = {"до", "с", "по", "позднее", "позже", "к", "срок", "в", "не", "во", "со", "от", "срока", "числа", "начиная"}


def _text_before(tokens: Tokens, at: int) -> bool:
    """Whether words other than prepositions come before a bare number: «СОШ № 4» is no day."""
    return any(
        t.kind == "number" or not (t.text in _LEADING or t.text.startswith("еже")) for t in tokens[:at] if t.kind != "mark"
    ) or "№" in (t.text for t in tokens[:at])


def _dangling(term: Term) -> bool:
    """A number alone that nothing makes a day: the «3» of «март, 3 дня»."""
    return all(i.unit == "bare" and not i.sure for i in term.items)


def _scoped(tokens: Tokens, terms: list[Term], end: int) -> Sequence | None:
    """Take «2020–2022 гг.» and «2021/22 уч. года» beside months as the years they lie in."""
    scope: Item | None = None
    if len(terms) > 1:
        for index in (-1, 0):
            item = terms[index].first
            spans_years = item.unit == "academic" or (item.unit == "year" and (item.last_year or index == 0))
            others = [i for t in terms if t is not terms[index] for i in t.items]
            if terms[index].last is None and spans_years and all(i.year is None and i.unit not in ("year", "academic") for i in others):
                scope = item
                terms = terms[:-1] if index == -1 else terms[1:]
                break
    terms, repeated = _repeated_years(terms)
    filled = _fill(terms)
    if filled is None:
        return None
    filled += [_later(t, years) for years in repeated for t in filled]
    inclusive = _word(tokens, end) == "включительно" or (_word(tokens, end) in (",", "(") and _word(tokens, end + 1) == "включительно")
    while inclusive and _word(tokens, end) in (",", "(", "включительно", ")"):
        end += 1
    return Sequence(tuple(filled), end, scope, inclusive)


def _later(term: Term, years: int) -> Term:
    def shift(item: Item) -> Item:
        return replace(item, year=item.year + years if item.year else None)

    return _map(term, shift)


def _repeated_years(terms: list[Term]) -> tuple[list[Term], list[int]]:
    """«январь – февраль 2021 г., 2022 г.»: the years after the first repeat the whole list."""
    size = len(terms)
    while size and terms[size - 1].last is None and terms[size - 1].first.unit == "year" and not terms[size - 1].first.last_year:
        size -= 1
    last = terms[size - 1].items[-1] if size else None
    if size == len(terms) or last is None or last.year is None or order(last) is None:
        return terms, []
    return terms[:size], [(t.first.year or 0) - last.year for t in terms[size:]]


def _fill(terms: list[Term]) -> list[Term] | None:
    """Give every expression what its neighbours print for it: unit, month, year."""
    terms = _academic_years(terms)
    terms = _narrow(_regroup(terms, _fill_units([i for t in terms for i in t.items], _range_ends(terms)), set()))
    items = [i for t in terms for i in t.items]
    if any(i.unit == "bare" and i.vague for i in items):
        return None  # a Roman figure without its unit
    ranged = _range_ends(terms)
    items, carried = _fill_years(items, ranged)
    return _regroup(terms, items, carried)


def _narrow(terms: list[Term]) -> list[Term]:
    """«октябрь, 2-я декада»: the month belongs to the decade after it."""
    out: list[Term] = []
    for term in terms:
        before = out[-1] if out else None
        loose = all(i.unit in ("decade", "week") and i.month is None for i in term.items)
        if before and loose and before.last is None and before.first.unit == "month":
            out.pop()
            out.append(_map(term, lambda i, m=before.first: replace(i, month=m.month, year=m.year)))  # type: ignore[misc]
        else:
            out.append(term)
    return out


def _academic_years(terms: list[Term]) -> list[Term]:
    """«2020-2021 и 2021-2022 учебные годы»: the adjective printed once covers both."""
    if not any(i.unit == "academic" for t in terms for i in t.items):
        return terms
    pair = [t.last is None and t.first.unit == "year" and t.first.last_year == (t.first.year or 0) + 1 for t in terms]
    return [replace(t, first=replace(t.first, unit="academic")) if p else t for t, p in zip(terms, pair, strict=True)]


def _map(term: Term, change: Callable[[Item], Item]) -> Term:
    return replace(term, first=change(term.first), last=change(term.last) if term.last else None)


_COUNTED = {"quarter": 4, "half": 2, "decade": 3, "week": 5}


def _fill_units(items: list[Item], ranged: set[int]) -> list[Item]:
    """«10, 15 марта»: 10 is a day of March; «I, II кварталы»; «1-2 декада мая»; «05.10-17»; «20 января, апреля»."""
    out = list(items)
    for i in range(len(out) - 2, -1, -1):
        item, after = out[i], out[i + 1]
        if item.unit == "bare":
            out[i] = _like(item, after)
        elif item.unit in ("decade", "week") and item.month is None and after.month and after.unit == item.unit:
            out[i] = replace(item, month=after.month, year=after.year)
    for i in range(1, len(out)):
        if out[i].unit == "bare" and not out[i].vague and out[i - 1].unit == "day":
            out[i] = replace(out[i - 1], day=out[i].number)
        elif out[i].genitive and out[i - 1].unit == "day" and i - 1 not in ranged and i not in ranged:
            out[i] = replace(out[i], unit="day", day=out[i - 1].day)
        elif out[i].genitive and out[i - 1].unit in ("decade", "weekday") and out[i - 1].month and i - 1 not in ranged and i not in ranged:
            out[i] = replace(out[i - 1], month=out[i].month, year=out[i].year)  # «первая декада мая и октября»
    return out


def _like(item: Item, after: Item) -> Item:
    if after.unit == "day" and not item.vague:
        return replace(after, day=item.number)
    if after.unit in _COUNTED and 1 <= (item.number or 0) <= _COUNTED[after.unit]:
        return replace(after, number=item.number)
    if after.unit == "bare" and after.sure:
        return replace(item, sure=True)
    return item


def _range_ends(terms: list[Term]) -> set[int]:
    """Indexes of the items that begin a range."""
    ends, index = set(), 0
    for term in terms:
        if term.last is not None:
            ends.add(index)
        index += len(term.items)
    return ends


def order(item: Item) -> int | None:
    """The month an expression begins with, 1–12; None where it has none."""
    if item.unit == "quarter":
        return 3 * (item.number or 1) - 2
    if item.unit == "half":
        return 6 * (item.number or 1) - 5
    return item.month


def _fill_years(items: list[Item], ranged: set[int]) -> tuple[list[Item], set[int]]:
    """A year printed once covers what stands before it; what follows it goes on from it."""
    out = list(items)
    for i in range(len(out) - 2, -1, -1):
        year, here, there = out[i + 1].year, order(out[i]), order(out[i + 1])
        if out[i].year is None and year and here and there:
            turns = here > there if i in ranged else here - there >= _DECREASE
            guessed = out[i + 1].guessed or (turns and i not in ranged)
            out[i] = replace(out[i], year=year - 1 if turns else year, guessed=guessed)
    carried = set()
    for i in range(1, len(out)):
        year, here, there = out[i - 1].year, order(out[i]), order(out[i - 1])
        if out[i].year is None and year and here and there:
            turns = here < there if i - 1 in ranged else there - here >= _DECREASE
            guessed = out[i - 1].guessed or i - 1 not in ranged
            out[i] = replace(out[i], year=year + 1 if turns else year, guessed=guessed)
            carried.add(i)
    return out, carried


def _regroup(terms: list[Term], items: list[Item], carried: set[int]) -> list[Term]:
    out, index = [], 0
    for term in terms:
        size = len(term.items)
        first, last = items[index], items[index + 1] if size == 2 else None
        out.append(replace(term, first=first, last=last, carried=any(i in carried for i in range(index, index + size))))
        index += size
    return out
