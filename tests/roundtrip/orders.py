"""A whole random order: head, points, annexes, with its truth and the sheet that prints it."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.roundtrip import words
from tests.roundtrip.deadlines import GENITIVE
from tests.roundtrip.plans import plans
from tests.roundtrip.points import bodies, numbered
from tests.roundtrip.sheet import HABITS, Grid, Line, Made, Para, Sheet
from tests.roundtrip.tables import measures, pairings, roadmaps
from tests.roundtrip.truth import Days, Truth

KINDS = {
    "order": ("ПРИКАЗ", ["приказываю:", "ПРИКАЗЫВАЮ:", "п р и к а з ы в а ю:"], "приказом", "к приказу"),
    "resolution": ("ПОСТАНОВЛЕНИЕ", ["постановляю:", "ПОСТАНОВЛЯЕТ:", "п о с т а н о в л я ю:"], "постановлением", "к постановлению"),
    "instruction": ("РАСПОРЯЖЕНИЕ", ["обязываю:", "РАСПОРЯЖАЮСЬ:"], "распоряжением", "к распоряжению"),
}
NUMBERS = ["939", "59", "17-па", "01-08/276", "1127-р", "3/14-к"]
ISSUERS = ["УПРАВЛЕНИЕ КУЛЬТУРЫ", "ДЕПАРТАМЕНТ ЗДРАВООХРАНЕНИЯ", "КОМИТЕТ ПО ДЕЛАМ МОЛОДЁЖИ", "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ"]


@dataclass(frozen=True)
class Period:
    """What the roadmap covers and how its heading says so; ``span`` None where it does not."""

    text: str
    span: Days | None
    year: int


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """«на 2023 год», «на 2021 – 2023 гг.», «в 2023 году», «на 2022-2023 учебный год», or nothing."""
    year = draw(st.integers(2017, 2025))
    calendar = (date(year, 1, 1), date(year, 12, 31))
    several = (date(year, 1, 1), date(year + 2, 12, 31))
    return draw(
        st.sampled_from(
            [
                Period(f"на {year} год", calendar, year),
                Period(f"в {year} году", calendar, year),
                Period(f"на {year}-{year + 2} годы", several, year),
                Period(f"на {year} – {year + 2} гг.", several, year),
                Period(f"на {year}-{year + 1} учебный год", (date(year, 9, 1), date(year + 1, 8, 31)), year),
                Period(f"на {year}/{year + 1} учебный год", (date(year, 9, 1), date(year + 1, 8, 31)), year),
                Period("", None, year),
            ]
        )
    )


@st.composite
def heads(draw: st.DrawFn, truth: Truth, issued: date) -> list[Para | Grid]:
    """Letterhead, kind, date and number, place."""
    truth.kind = draw(st.sampled_from(list(KINDS)))
    truth.number, truth.date = draw(st.sampled_from(NUMBERS)), issued
    town, of_town = draw(st.sampled_from(words.TOWNS))
    truth.place = f"г. {town}"
    letterhead = [draw(st.sampled_from(ISSUERS)), f"АДМИНИСТРАЦИИ {of_town.upper()}", *draw(st.sampled_from([[], ["ПРИМОРЬЕВСКОГО КРАЯ"]]))]
    truth.issuer = " ".join(letterhead)
    blocks: list[Para | Grid] = [Para(line, "center", True) for line in letterhead]
    spaced = draw(st.booleans())
    blocks.append(Para(" ".join(KINDS[truth.kind][0]) if spaced else KINDS[truth.kind][0], "center", True))
    blocks += draw(registration(truth.number, issued))
    blocks.append(Para(truth.place, "center"))
    return blocks


@st.composite
def registration(draw: st.DrawFn, number: str, day: date) -> list[Para | Grid]:
    """Date and number: on one line, on two, apart by a tab, in a table without rules."""
    forms = [
        f"{day:%d.%m.%Y}",
        f"от {day:%d.%m.%Y}",
        f"{day.day} {GENITIVE[day.month - 1]} {day.year} года",
        f"« {day:%d} » {GENITIVE[day.month - 1]} {day.year} г.",
    ]
    when, sign = draw(st.sampled_from(forms)), draw(st.sampled_from(["№ ", "№"]))
    layout = draw(st.sampled_from(["line", "lines", "tab", "table"]))
    if layout == "line":
        return [Para(f"{when} {sign}{number}", "left")]
    if layout == "lines":
        return [Para(when, "left"), Para(f"{sign}{number}", "left")]
    if layout == "tab":
        return [Para(f"{when}\t{sign}{number}", "left")]
    return [Grid((5.0, 5.0), (Line((when, f"{sign}{number}"), bold=False),), ruled=False)]


@st.composite
def titles(draw: st.DrawFn, subject: str, period: Period) -> tuple[str, list[Para | Grid]]:
    """The heading on one line or on several."""
    parts = [f"Об утверждении плана мероприятий по {subject}", "и о мерах по его выполнению"]
    if period.text and draw(st.booleans()):
        parts.append(period.text)
    if draw(st.booleans()):
        return " ".join(parts), [Para(part, "center", True) for part in parts]
    return " ".join(parts), [Para(" ".join(parts), "center", True)]


@st.composite
def preambles(draw: st.DrawFn, kind: str, subject: str) -> tuple[str, list[Para | Grid]]:
    """The preamble and the operative word, in a paragraph of its own or at the end."""
    text = f"В целях совершенствования работы по {subject} и координации деятельности учреждений"
    if draw(st.booleans()):
        text = f"В соответствии с Федеральным законом от 06.10.2003 № 131-ФЗ «Об общих принципах организации», {text.lower()}"
    operative = draw(st.sampled_from(KINDS[kind][1]))
    if draw(st.booleans()):
        return text, [Para(text), Para(operative)]
    return text, [Para(f"{text} {operative}")]


@st.composite
def annexes(draw: st.DrawFn, truth: Truth, subject: str, period: Period) -> list[Para | Grid]:
    """One to three annexes: a roadmap first, then pairings or indicators."""
    issued = truth.date or date(2020, 1, 1)
    kinds = ["roadmap", *draw(st.lists(st.sampled_from(["pairings", "measures", "roadmap"]), max_size=2, unique=True))]
    blocks: list[Para | Grid] = []
    for index, kind in enumerate(kinds, start=1):
        number = str(index) if len(kinds) > 1 else None
        blocks += draw(annex_heads(truth, number))
        if kind == "roadmap":
            word = draw(st.sampled_from(["ПЛАН мероприятий", "Дорожная карта", "ДОРОЖНАЯ КАРТА"]))
            parts = [word, f"по {subject}", *([period.text] if period.text else [])]
            made = draw(roadmaps(period.span, issued))
            truth.rows += made.rows
            grid, title = made.grid, " ".join(parts)
        elif kind == "pairings":
            parts = ["Схема закрепления школ-лидеров за школами с низкими результатами"]
            truth.pairs, grid = draw(pairings())
            title = parts[0]
        else:
            parts = ["Целевые показатели"]
            truth.measures, grid = draw(measures(period.year))
            title = parts[0]
        truth.annexes.append((number, title, {"measures": "other"}.get(kind, kind)))
        blocks += [Para(part, "center", True) for part in parts]
        blocks.append(grid)
    return blocks


@st.composite
def annex_heads(draw: st.DrawFn, truth: Truth, number: str | None) -> list[Para | Grid]:
    """«Приложение № 1 к приказу от … № …» or «Приложение / УТВЕРЖДЕН приказом …»."""
    assert truth.date
    name = draw(st.sampled_from([f"Приложение № {number}", f"ПРИЛОЖЕНИЕ № {number}", f"Приложение {number}"])) if number else "Приложение"
    act = f"от {truth.date:%d.%m.%Y} № {truth.number}"
    _, _, approved, attached = KINDS[truth.kind]
    form = draw(st.sampled_from(["attached", "one line", "approved"]))
    if form == "attached":
        lines = [name, attached, act]
    elif form == "one line":
        lines = [f"{name} {attached} {act}"]
    else:
        lines = [name, draw(st.sampled_from(["УТВЕРЖДЕН", "УТВЕРЖДЕНО", "Утверждена"])), approved, act]
    return [Para(line, "side", page_break=index == 0) for index, line in enumerate(lines)]


@st.composite
def signatures(draw: st.DrawFn, truth: Truth, signer: words.Name) -> list[Para | Grid]:
    """Post and name: on one line, the post on several, in a table without rules; and who prepared the act."""
    post = draw(st.sampled_from([["Начальник управления"], ["Заместитель главы", "администрации города"], ["Председатель комитета"]]))
    truth.signer, truth.signer_post = (signer.surname, signer.initials), " ".join(post)
    name = f"{signer.initials} {signer.surname}" if draw(st.booleans()) else f"{signer.initials}{signer.surname}"
    if draw(st.booleans()):
        return [Para(""), Grid((6.0, 4.0), (Line((" ".join(post), name), bold=False),), ruled=False)]
    return [Para(""), *(Para(line, "left") for line in post[:-1]), Para(f"{post[-1]}\t{name}", "left")]


def sheets() -> "st.SearchStrategy[Sheet]":
    """An empty sheet and the habits of the typist."""
    return st.builds(
        Sheet,
        page_numbers=st.booleans(),
        running_head=st.sampled_from([None, None, "Приказ управления о плане мероприятий"]),
        habits=st.frozensets(st.sampled_from(HABITS), max_size=3),
    )


@st.composite
def orders(draw: st.DrawFn) -> Made:
    """A whole order."""
    period = draw(periods())
    earliest = period.span[0] if period.span and period.span[0] else date(period.year, 1, 1)
    issued = earliest + timedelta(days=draw(st.integers(-60, 40)))
    subject, signer = draw(st.sampled_from(words.SUBJECTS)), draw(st.sampled_from(words.NAMES))
    truth, sheet = Truth(), draw(sheets())
    sheet.blocks += draw(heads(truth, issued))
    truth.title, blocks = draw(titles(subject, period))
    sheet.blocks += blocks
    truth.preamble, blocks = draw(preambles(truth.kind, subject))
    sheet.blocks += blocks
    tail = draw(annexes(truth, subject, period))
    points, style = draw(numbered(draw(bodies(subject, signer, period.span, issued, len(truth.annexes)))))
    truth.points, truth.period = points, period.span
    regular = style == "dotted" or (style == "bracket" and all(point.level < 2 for point in points))
    auto = regular and draw(st.booleans())
    sheet.dotted = style == "dotted"
    sheet.blocks += [_printed(point.number, point.text, point.level, auto, style) for point in points]
    sheet.blocks += draw(signatures(truth, signer))
    sheet.blocks += tail
    return Made(truth, sheet)


def documents() -> "st.SearchStrategy[Made]":
    """An order with annexes, or now and then a plan that stands alone."""
    return st.one_of(orders(), orders(), plans())


def _printed(number: str | None, text: str, level: int, auto: bool, style: str) -> Para:
    if number is None:
        return Para(text, label="-", level=level)
    label = number if number.endswith(")") else f"{number}."
    return Para(text, label=label, level=level, auto=auto, glued=style == "bracket" and level == 1 and not auto)
