"""A plan or roadmap that stands alone: УТВЕРЖДАЮ, a heading, months as section rows and bare days in the cells."""

from calendar import monthrange
from datetime import date

from hypothesis import strategies as st

from tests.roundtrip import words
from tests.roundtrip.deadlines import GENITIVE, NOMINATIVE
from tests.roundtrip.sheet import HABITS, Grid, Line, Made, Para, Sheet
from tests.roundtrip.tables import ROADMAP_WIDTHS, headings, parties
from tests.roundtrip.truth import Days, Row, Truth, When

COLUMNS = [["number", "title", "deadline", "who"], ["title", "deadline", "who"], ["number", "title", "who", "deadline"]]
KINDS = {"ПЛАН мероприятий": "plan", "ДОРОЖНАЯ КАРТА": "roadmap", "План работы": "plan", "КОМПЛЕКС МЕР": "plan"}


@st.composite
def bare_days(draw: st.DrawFn, year: int, month: int) -> When:
    """«5», «12-16», «3, 17», «до 29», «в течение месяца» under the row of a month."""
    last = monthrange(year, month)[1]
    low = draw(st.integers(1, 20))
    high = draw(st.integers(low + 1, last))
    one, other = date(year, month, low), date(year, month, high)
    whole = (date(year, month, 1), date(year, month, last))
    forms = [
        When(str(low), "date", ((one, one),), inferred=True),
        When(f"{low}-{high}", "period", ((one, other),), inferred=True),
        When(f"{low}, {high}", "date", ((one, one), (other, other)), inferred=True),
        When(f"до {high}", "due", ((None, other),), inferred=True),
        When("в течение месяца", "continuous", (whole,), inferred=True),
    ]
    return draw(st.sampled_from(forms))


def _years(period: Days) -> list[tuple[int, int]]:
    """The months of a period of one year: (year, month)."""
    start = period[0]
    return [(start.year + (start.month - 1 + step) // 12, (start.month - 1 + step) % 12 + 1) for step in range(12)]


@st.composite
def approvals(draw: st.DrawFn, truth: Truth, day: date) -> list[Para | Grid]:
    """The block at the right: УТВЕРЖДАЮ, post, name, a date that may be blank."""
    name, post = draw(st.sampled_from(words.NAMES)), draw(st.sampled_from(words.POSTS))
    truth.signer, truth.signer_role = (name.surname, name.initials), "approved"
    truth.signer_post = post.nominative[0].upper() + post.nominative[1:]
    forms = [f"{day:%d.%m.%Y}", f"«{day:%d}» {GENITIVE[day.month - 1]} {day.year} г.", f"« ___ » __________ {day.year} г."]
    printed = draw(st.sampled_from(forms))
    truth.date = None if "_" in printed else day
    word = draw(st.sampled_from(["УТВЕРЖДАЮ", "«УТВЕРЖДАЮ»", "Утверждаю:"]))
    lines = [word, truth.signer_post, f"______________ {name.initials} {name.surname}", printed]
    return [Para(line, "side") for line in lines]


@st.composite
def plans(draw: st.DrawFn) -> Made:
    """A whole plan."""
    year = draw(st.integers(2017, 2025))
    academic = draw(st.booleans())
    period = (date(year, 9, 1), date(year + 1, 8, 31)) if academic else (date(year, 1, 1), date(year, 12, 31))
    truth = Truth(period=period)
    day = date(year, 8, draw(st.integers(20, 31))) if academic else date(year - 1, 12, draw(st.integers(10, 31)))
    sheet = Sheet(blocks=[*draw(approvals(truth, day))], habits=draw(st.frozensets(st.sampled_from(HABITS), max_size=3)))
    word = draw(st.sampled_from(list(KINDS)))
    covers = f"на {year}-{year + 1} учебный год" if academic else f"на {year} год"
    parts = [word, f"по {draw(st.sampled_from(words.SUBJECTS))}", covers]
    truth.kind, truth.title = KINDS[word], " ".join(parts)
    sheet.blocks += [Para(part, "center", True) for part in parts]
    sheet.blocks.append(draw(_months(truth, period)))
    return Made(truth, sheet)


@st.composite
def _months(draw: st.DrawFn, truth: Truth, period: Days) -> Grid:
    columns = draw(st.sampled_from(COLUMNS))
    chosen = sorted(draw(st.lists(st.integers(0, 11), min_size=2, max_size=4, unique=True)))
    merged = "number" not in columns or draw(st.booleans())
    with_year = draw(st.booleans())
    lines = [draw(headings(columns))]
    for year, month in (_years(period)[index] for index in chosen):
        name = NOMINATIVE[month - 1].capitalize() + (f" {year}" if with_year else "")
        lines.append(Line((name,), section=True, merged=merged))
        for _ in range(draw(st.integers(1, 3))):
            number = str(len(truth.rows) + 1)
            when, (text, who) = draw(bare_days(year, month)), draw(parties())
            title = draw(st.sampled_from(words.ACTIVITIES))
            row = Row(number if "number" in columns else None, (name,), title, when, who, text)
            truth.rows.append(row)
            cells = {"number": f"{number}.", "title": title, "deadline": when.text, "who": text}
            lines.append(Line(tuple(cells[column] for column in columns), bold=False))
    widths = tuple(ROADMAP_WIDTHS[column] for column in columns)
    return Grid(widths, tuple(lines), repeat_header=draw(st.booleans()), auto_column="number" in columns and draw(st.booleans()))
