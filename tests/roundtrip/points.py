"""Random points: addressees in known cases, nested numbering, deadlines in the text."""

from datetime import date

from hypothesis import strategies as st

from tests.roundtrip import words
from tests.roundtrip.deadlines import dues
from tests.roundtrip.truth import Days, Point, When, Who


def person(name: words.Name, post: words.Post | None = None) -> Who:
    """A person as truth."""
    return Who("person", f"{name.surname} {name.initials}", post.nominative if post else None)


def _either_order(draw: st.DrawFn, surname: str, initials: str) -> str:
    return f"{surname} {initials}" if draw(st.booleans()) else f"{initials} {surname}"


@st.composite
def groups(draw: st.DrawFn) -> tuple[str, tuple[Who, ...]]:
    """The head of a group of sub-points: «Директору … И.О. Фамилии:» and who that is."""
    name, post = draw(st.sampled_from(words.NAMES)), draw(st.sampled_from(words.POSTS))
    body, role = draw(st.sampled_from(words.BODIES)), draw(st.sampled_from(words.ROLES))
    kind = draw(st.sampled_from(["post", "body", "role", "two"]))
    if kind == "post":
        return f"{_upper(post.dative)} {_either_order(draw, name.dative, name.initials)}:", (person(name, post),)
    if kind == "body":
        return f"{body.dative} ({_either_order(draw, name.surname, name.initials)}):", (Who("organization", body.nominative), person(name))
    if kind == "role":
        return f"{_upper(role.dative)}:", (Who("role", role.nominative),)
    other = draw(st.sampled_from([entry for entry in words.NAMES if entry != name]))
    second = draw(st.sampled_from([entry for entry in words.POSTS if entry != post]))
    text = f"{_upper(post.dative)} {name.initials} {name.dative}, {second.dative} {other.initials} {other.dative}:"
    return text, (person(name, post), person(other, second))


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _with_deadline(draw: st.DrawFn, task: str, period: Days | None, issued: date) -> tuple[str, When | None]:
    kind = draw(st.sampled_from(["none", "none", "due", "quarterly", "always"]))
    if kind == "due":
        when = draw(dues(period, issued))
        lowered = when.text[0].lower() + when.text[1:]
        return f"{task} {lowered}", When(lowered, when.kind, when.intervals)
    if kind == "quarterly":
        return f"{task} (ежеквартально)", When("ежеквартально", "recurring", None, "FREQ=MONTHLY;INTERVAL=3")
    if kind == "always":
        return f"{task} постоянно", When("постоянно", "continuous")
    return task, None


@st.composite
def opening(draw: st.DrawFn, subject: str, annexes: int) -> Point:
    """«Утвердить прилагаемый план …», or the appointment of somebody."""
    name, post = draw(st.sampled_from(words.NAMES)), draw(st.sampled_from(words.POSTS))
    if annexes and draw(st.booleans()):
        where = "(приложение)" if annexes == 1 else "(приложение № 1)"
        return Point(None, None, f"Утвердить план мероприятий по {subject} {where}.")
    text = f"Назначить {name.accusative} {name.given_accusative}, {post.accusative}, ответственным лицом за работу по {subject}."
    return Point(None, None, text, (person(name, post),))


@st.composite
def closing(draw: st.DrawFn, signer: words.Name) -> Point:
    """Who controls."""
    lead = "Контроль за исполнением настоящего документа"
    if draw(st.booleans()):
        return Point(None, None, f"{lead} оставляю за собой.", (person(signer),))
    name, post = draw(st.sampled_from(words.NAMES)), draw(st.sampled_from(words.POSTS))
    text = f"{lead} возложить на {post.accusative} {_either_order(draw, name.accusative, name.initials)}"
    return Point(None, None, text.rstrip(".") + ".", (person(name, post),))


@st.composite
def subpoints(draw: st.DrawFn, period: Days | None, issued: date, depth: int) -> list[Point]:
    """Tasks under a group, the last closed by a full stop; numbers are given later."""
    tasks = draw(st.lists(st.sampled_from(words.TASKS), min_size=2, max_size=4, unique=True))
    made = []
    for index, task in enumerate(tasks):
        if depth == 1 and index == len(tasks) - 1 and draw(st.integers(0, 3)) == 0:
            made.append(Point(None, None, "организовать:", level=1))
            items = draw(st.lists(st.sampled_from(words.ITEMS), min_size=2, max_size=3, unique=True))
            made += [Point(None, None, item + ("." if item == items[-1] else ";"), level=2) for item in items]
            break
        text, when = _with_deadline(draw, task, period, issued)
        made.append(Point(None, None, text + ("." if index == len(tasks) - 1 else ";"), deadline=when, level=depth))
    return made


@st.composite
def bodies(draw: st.DrawFn, subject: str, signer: words.Name, period: Days | None, issued: date, annexes: int) -> list[Point]:
    """All points in order, with levels, still without numbers."""
    made = [draw(opening(subject, annexes))]
    for _ in range(draw(st.integers(0, 3))):
        head, whom = draw(groups())
        made.append(Point(None, None, head, whom))
        made += draw(subpoints(period, issued, 1))
    made.append(draw(closing(signer)))
    if draw(st.booleans()):
        made.append(Point(None, None, "Настоящий документ вступает в силу со дня его подписания."))
    return made


@st.composite
def numbered(draw: st.DrawFn, made: list[Point]) -> tuple[list[Point], str]:
    """Give numbers in one style: «dotted» 1.1., «bracket» 1), «letter» а), «dash», «shifted» (3.1 under 4)."""
    deep = any(point.level == 2 for point in made)
    style = draw(st.sampled_from(["dotted", "bracket", "letter", "shifted", *([] if deep else ["dash"])]))
    result: list[Point] = []
    counts = [0, 0, 0]
    above: list[str | None] = [None, None]
    for point in made:
        counts[point.level] += 1
        counts[point.level + 1 :] = [0] * (2 - point.level)
        number = str(counts[0]) if point.level == 0 else _sub_number(style, counts, point.level)
        parent = above[point.level - 1] if point.level else None
        above[point.level :] = [number] * (2 - point.level)
        result.append(Point(number, parent, point.text, point.addressees, point.deadline, point.level))
    return result, style


def _sub_number(style: str, counts: list[int], level: int) -> str | None:
    top, sub, item = counts
    if level == 2:  # «3.1.1» under dotted numbers, dashes under all others
        return f"{top}.{sub}.{item}" if style == "dotted" else None
    shifted = top - 1 if top > 2 else top
    numbers = {"dotted": f"{top}.{sub}", "shifted": f"{shifted}.{sub}", "bracket": f"{sub})", "letter": f"{'абвгде'[sub - 1]})"}
    return numbers.get(style)
