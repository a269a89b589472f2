"""Random roadmaps, pairings and indicators, and the grids that print them."""

from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st

from tests.roundtrip import words
from tests.roundtrip.deadlines import phrases
from tests.roundtrip.points import person
from tests.roundtrip.sheet import MERGED_LEFT, MERGED_UP, Grid, Line
from tests.roundtrip.truth import Days, Measure, Row, Who

HEADINGS = {
    "number": ["№", "№ п/п", "п/п"],
    "title": ["Мероприятия", "Наименование мероприятия", "Мероприятие", "Содержание работы"],
    "deadline": ["Срок исполнения", "Сроки", "Сроки реализации", "Срок"],
    "who": ["Ответственные", "Ответственный исполнитель", "Исполнители", "Ответственные лица"],
    "form": ["Форма реализации", "Формы реализации мероприятия"],
    "result": ["Ожидаемый результат", "Результат"],
}
ROADMAP_WIDTHS = {"number": 1.6, "title": 6.0, "deadline": 3.0, "who": 4.0, "form": 3.0, "result": 3.0}
ROMAN = ["I", "II", "III", "IV", "V"]


@dataclass(frozen=True)
class Roadmap:
    """A roadmap's rows and how it is printed."""

    rows: tuple[Row, ...]
    grid: Grid


@st.composite
def parties(draw: st.DrawFn) -> tuple[str, tuple[Who, ...]]:
    """The cell of the responsible and who is meant."""
    kind = draw(st.sampled_from(["people", "posts", "posts_first", "bodies", "roles", "mixed"]))
    names = draw(st.lists(st.sampled_from(words.NAMES), min_size=1, max_size=3, unique=True))
    if kind == "people":
        separator = draw(st.sampled_from(["\n", ", ", "; ", " "]))
        form = draw(st.sampled_from(["surname first", "initials first", "glued", "spaced", "full"]))
        printed = [_printed(form, name) for name in names]
        return separator.join(printed), tuple(person(name) for name in names)
    if kind in ("posts", "posts_first"):
        posts = [draw(st.sampled_from(words.POSTS)) for _ in names]
        forms = [
            f"{n.initials} {n.surname}, {p.nominative}" if kind == "posts" else f"{n.surname} {n.initials}, {p.nominative}"
            for n, p in zip(names, posts, strict=True)
        ]
        return "\n".join(forms), tuple(person(n, p) for n, p in zip(names, posts, strict=True))
    if kind == "bodies":
        made = draw(st.lists(st.sampled_from(words.BODIES), min_size=1, max_size=2, unique=True))
        return ", ".join(body.nominative for body in made), tuple(Who("organization", body.nominative) for body in made)
    if kind == "roles":
        roles = draw(st.lists(st.sampled_from(words.ROLES), min_size=1, max_size=2, unique=True))
        return _upper(", ".join(role.nominative for role in roles)), tuple(Who("role", role.nominative) for role in roles)
    post, role = draw(st.sampled_from(words.POSTS)), draw(st.sampled_from(words.ROLES))
    return f"{names[0].surname} {names[0].initials}, {post.nominative}\n{_upper(role.nominative)}", (
        person(names[0], post),
        Who("role", role.nominative),
    )


def _printed(form: str, name: words.Name) -> str:
    """A name as «Фамилия И.О.», «И.О. Фамилия», «И.О.Фамилия», «Фамилия И. О.» or in full."""
    forms = {
        "surname first": f"{name.surname} {name.initials}",
        "initials first": f"{name.initials} {name.surname}",
        "glued": f"{name.initials}{name.surname}",
        "spaced": f"{name.surname} {name.initials.replace('.', '. ').strip()}",
        "full": name.full,
    }
    return forms[form]


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


@st.composite
def rows(draw: st.DrawFn, period: Days | None, issued: date, columns: list[str], section: tuple[str, ...], number: str | None) -> Row:
    """One activity."""
    text, who = draw(parties()) if "who" in columns else ("", ())
    when = draw(phrases(period, issued)) if "deadline" in columns else None
    form = draw(st.sampled_from(words.FORMS)) if "form" in columns else None
    result = draw(st.sampled_from(words.RESULTS)) if "result" in columns else None
    extra = tuple((column, draw(st.sampled_from(words.EXTRAS[column]))) for column in columns if column in words.EXTRAS)
    return Row(number, section, draw(st.sampled_from(words.ACTIVITIES)), when, who, text, form, result, extra)


@st.composite
def column_orders(draw: st.DrawFn) -> list[str]:
    """Which columns there are, in which order."""
    columns = ["title", *draw(st.permutations(["deadline", "who"]))]
    if draw(st.booleans()):
        columns.insert(draw(st.integers(1, 2)), "form")
    if draw(st.booleans()):
        columns.append("result")
    if draw(st.integers(0, 2)) == 0:
        columns.insert(draw(st.integers(1, len(columns))), draw(st.sampled_from(list(words.EXTRAS))))
    return ["number", *columns] if draw(st.integers(0, 3)) else columns


@st.composite
def headings(draw: st.DrawFn, columns: list[str]) -> Line:
    """The header row."""
    return Line(tuple(draw(st.sampled_from(HEADINGS.get(column, [column]))) for column in columns), bold=True)


@dataclass(frozen=True)
class Layout:
    """How a roadmap is printed."""

    columns: tuple[str, ...]
    sections: str  # decimal, roman, bare, cell (the number in the column of numbers)
    nested: bool
    merged: bool
    numbers: str  # through, restart (in every section), dotted (1.1, 1.2, 2.1 …)
    counted: bool  # a row «1 2 3 4 5» under the header
    auto: bool
    glued: bool  # «1.1» without the final full stop
    shared: str | None  # a column whose cells are merged over the rows of a section
    stacked: bool  # a header of two rows: «Исполнение» over the deadline and who answers


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """One way to print a roadmap."""
    columns = tuple(draw(column_orders()))
    has_number = "number" in columns
    sections = draw(st.sampled_from(["decimal", "roman", "bare", *(["cell"] if has_number else [])]))
    numbers = draw(st.sampled_from(["through", "restart", "dotted"]))
    return Layout(
        columns,
        sections,
        nested=sections == "decimal" and draw(st.booleans()),
        merged=not has_number or draw(st.booleans()),
        numbers=numbers,
        counted=draw(st.integers(0, 3)) == 0,
        auto=has_number and numbers == "through" and draw(st.booleans()),
        glued=draw(st.booleans()),
        shared=draw(st.sampled_from([None, None, None, "deadline", "who"])),
        stacked=draw(st.integers(0, 3)) == 0,
    )


@st.composite
def roadmaps(draw: st.DrawFn, period: Days | None, issued: date) -> Roadmap:
    """A roadmap: rows under sections of one or two levels, or under none."""
    layout = draw(layouts())
    titles = draw(st.lists(st.sampled_from(words.SECTIONS), max_size=3, unique=True))
    made: list[Row] = []
    lines = [draw(headings(list(layout.columns)))]
    if layout.stacked:
        lines = _stacked(layout.columns, lines[0])
    if layout.counted:
        lines.append(Line(tuple(str(n) for n in range(1, len(layout.columns) + 1)), bold=True))
    for index, title in enumerate(titles or [None], start=1):
        section: tuple[str, ...] = (title,) if title else ()
        if title:
            lines.append(_section_line(layout, index, title))
        if title and layout.nested:
            inner = draw(st.sampled_from([entry for entry in words.SECTIONS if entry not in titles]))
            lines.append(Line((f"{index}.1. {inner}",), section=True, merged=layout.merged))
            section = (title, inner)
        for place in range(1, draw(st.integers(1, 4)) + 1):
            number = _row_number(layout, index if title else 0, place, len(made) + 1)
            row = draw(rows(period, issued, list(layout.columns), section, number))
            if place > 1:
                row = _sharing(row, made[-1], layout.shared)
            made.append(row)
            cells = [MERGED_UP if place > 1 and column == layout.shared else _cell(row, column, layout.glued) for column in layout.columns]
            lines.append(Line(tuple(cells), bold=False))
    widths = tuple(ROADMAP_WIDTHS.get(column, 2.6) for column in layout.columns)
    return Roadmap(tuple(made), Grid(widths, tuple(lines), repeat_header=draw(st.booleans()), auto_column=layout.auto))


def _stacked(columns: tuple[str, ...], header: Line) -> list[Line]:
    """The header on two rows, where the deadline and the responsible stand side by side."""
    left, right = sorted((columns.index("deadline"), columns.index("who")))
    if right != left + 1:
        return [header]
    upper, lower = list(header.cells), [MERGED_UP] * len(columns)
    lower[left], lower[right] = upper[left], upper[right]
    upper[left], upper[right] = "Исполнение", MERGED_LEFT
    return [Line(tuple(upper)), Line(tuple(lower))]


def _sharing(row: Row, above: Row, column: str | None) -> Row:
    if column == "deadline":
        return replace(row, deadline=above.deadline)
    if column == "who":
        return replace(row, responsibles=above.responsibles, responsibles_text=above.responsibles_text)
    return row


def _section_line(layout: Layout, index: int, title: str) -> Line:
    if layout.sections == "cell":
        return Line((f"{index}.", title), section=True, merged=layout.merged)
    mark = {"decimal": f"{index}. ", "roman": f"{ROMAN[index - 1]}. ", "bare": ""}[layout.sections]
    return Line((mark + title,), section=True, merged=layout.merged)


def _row_number(layout: Layout, section: int, place: int, total: int) -> str | None:
    if "number" not in layout.columns:
        return None
    if layout.numbers == "dotted" and section:
        return f"{section}.{'1.' if layout.nested else ''}{place}"
    return str(place if layout.numbers == "restart" else total)


def _cell(row: Row, column: str, glued: bool) -> str:
    texts = {
        "number": f"{row.number}" if glued else f"{row.number}.",
        "title": row.title,
        "deadline": row.deadline.text if row.deadline else "",
        "who": row.responsibles_text,
        "form": row.form or "",
        "result": row.result or "",
        **dict(row.extra),
    }
    return texts[column]


@st.composite
def pairings(draw: st.DrawFn) -> tuple[list[tuple[str, str, str]], Grid]:
    """A pairing scheme; the school in need first, or the leader first."""
    supported = draw(st.lists(st.sampled_from(words.SCHOOLS), min_size=2, max_size=5, unique=True))
    pairs = [
        (str(i), school, draw(st.sampled_from([s for s in words.SCHOOLS if s != school]))) for i, school in enumerate(supported, start=1)
    ]
    needs, helps = draw(
        st.sampled_from(
            [("Школа с низкими результатами", "Школа-лидер"), ("Наименование ОО, показавшей низкие результаты", "Школа-наставник")]
        )
    )
    swapped = draw(st.booleans())
    head = ("№ п/п", helps, needs) if swapped else ("№ п/п", needs, helps)
    lines = [Line(head)] + [Line((f"{n}.", b, a) if swapped else (f"{n}.", a, b), bold=False) for n, a, b in pairs]
    return pairs, Grid((1.0, 6.0, 6.0), tuple(lines))


@st.composite
def measures(draw: st.DrawFn, year: int) -> tuple[list[Measure], Grid]:
    """A table of indicators by year."""
    chosen = draw(st.lists(st.sampled_from(words.INDICATORS), min_size=1, max_size=4, unique=True))
    academic = draw(st.booleans())
    labels = [f"{y}/{y + 1}" if academic else str(y) for y in range(year, year + draw(st.integers(2, 3)))]
    lines = [Line(("Наименование целевого показателя", "Единица измерения", *labels))]
    made = []
    for name, unit in chosen:
        values = [draw(st.sampled_from(["12", "0,68", "100", "40,5", "7"])) for _ in labels]
        lines.append(Line((name, unit, *values), bold=False))
        made.append(Measure(name, unit, tuple((label, value.replace(",", ".")) for label, value in zip(labels, values, strict=True))))
    return made, Grid((7.0, 3.0, *([2.5] * len(labels))), tuple(lines))
