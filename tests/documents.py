"""Invented documents for tests of what stands behind the gate: storage, exports, the command line."""

import types
import typing
from datetime import date
from enum import Enum
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from schemas import contract as c

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(str.strip)


def place(block: int, row: int | None = None) -> c.Locator:
    """A locator in a block, in a table where ``row`` is given."""
    return c.Locator(block=block, table=None if row is None else 0, row=row, column=None if row is None else 1)


def person(surname: str, initials: str) -> c.Person:
    """A person known by surname and initials."""
    return c.Person(surname=surname, initials=initials, name=f"{surname} {initials}")


def party(name: c.Person, position: str, block: int, row: int | None = None) -> c.Party:
    """A person with a post."""
    return c.Party(
        text=f"{name.name}, {position}", kind=c.PartyKind.PERSON, name=name.name, person=name, position=position, locator=place(block, row)
    )


def deadline(text: str, start: date, end: date, block: int, row: int | None = None) -> c.Deadline:
    """A deadline of one interval."""
    interval = c.Interval(start=start, end=end)
    return c.Deadline(text=text, kind=c.DeadlineKind.PERIOD, intervals=[interval], rule="month_range", locator=place(block, row))


def school(kind: str, number: str) -> c.School:
    """A school with a number."""
    return c.School(text=f"МБОУ {kind} № {number}", type=kind, number=number, legal_form="МБОУ")


def sample(digit: str = "1", file_name: str = "приказ.docx", **changes: Any) -> c.Document:
    """A small order of an invented town; ``digit`` makes the id."""
    ветрова, лапин = person("Ветрова", "А.И."), person("Лапин", "С.С.")
    sha = digit * 64
    fields: dict[str, Any] = {
        "id": f"sha256:{sha}",
        "status": c.Status.OK,
        "source": c.Source(
            file_name=file_name,
            names=[file_name],
            media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            sha256=sha,
            size_bytes=1234,
            reader="docx",
        ),
        "kind": c.Kind.ORDER,
        "number": "17-о",
        "date": date(2023, 2, 3),
        "place": "г. Заречный Лог",
        "title": "Об утверждении дорожной карты",
        "issuer": c.Issuer(name="Управление образования города Заречный Лог", municipality="город Заречный Лог"),
        "preamble": "В целях поддержки школ",
        "period": c.Period(text="в 2023 году", start=date(2023, 1, 1), end=date(2023, 12, 31)),
        "signatories": [c.Signatory(role=c.SignatoryRole.SIGNED, person=ветрова, position="начальник управления")],
        "references": [c.Reference(kind=c.ReferenceKind.LAW, number="273-ФЗ", date=date(2012, 12, 29), text="от 29.12.2012 № 273-ФЗ")],
        "annexes": [c.Annex(id="annex-1", number="1", title="Дорожная карта", kind=c.AnnexKind.ROADMAP, locator=place(9))],
        "directives": [
            c.Directive(id="directive-1", number="1", text="Утвердить дорожную карту.", locator=place(5)),
            c.Directive(id="directive-2", number="2", text="Назначить ответственных:", locator=place(6)),
            c.Directive(
                id="directive-2.1",
                number="2.1",
                parent="2",
                parent_id="directive-2",
                text="Лапину С.С., методисту, до 31 марта.",
                addressees=[party(лапин, "методист", 7)],
                locator=place(7),
            ),
        ],
        "activities": [
            c.Activity(
                id="activity-1",
                number="1",
                section=["Организация", "Методика"],
                title="Семинар для учителей",
                deadline=deadline("март 2023", date(2023, 3, 1), date(2023, 3, 31), 10, 1),
                responsibles=[party(лапин, "методист", 10, 1), party(ветрова, "начальник управления", 10, 1)],
                extra=[c.Extra(heading="Место", text="школа № 5")],
                annex="annex-1",
                locator=place(10, 1),
            ),
            c.Activity(
                id="activity-2",
                number="2",
                section=["Организация"],
                title="Отчёт",
                deadline=deadline("май – июнь 2023", date(2023, 5, 1), date(2023, 6, 30), 10, 2),
                responsibles=[party(лапин, "методист", 10, 2)],
                annex="annex-1",
                locator=place(10, 2),
            ),
        ],
        "pairings": [c.Pairing(id="pairing-1", supported=school("СОШ", "5"), leader=school("Гимназия", "2"), locator=place(11, 1))],
        "indicators": [
            c.Indicator(
                id="indicator-1", name="Доля школ", unit="%", values={"2022/2023": "0.68", "2021/2022": "0.5"}, locator=place(12, 1)
            )
        ],
        "tables": [c.KeptTable(id="table-1", title="Результаты", rows=[["школа", None], ["5", "3,4"]], locator=place(13))],
        "notes": [c.Note(id="note-1", heading="Цель", text="Поднять качество.", locator=place(8))],
        "people": [
            c.MentionedPerson(surname="Ветрова", initials="А.И.", name="Ветрова А.И.", positions=["начальник управления"], mentions=2),
            c.MentionedPerson(surname="Лапин", initials="С.С.", name="Лапин С.С.", positions=["методист"], mentions=3),
        ],
        "organizations": [c.MentionedOrganization(name="Управление образования", abbreviation="УО", mentions=1)],
        "locators": c.Locators(number=place(2), date=place(2)),
        "coverage": c.Coverage(source_chars=500, placed_chars=400, structure_chars=90, noise_chars=10, unplaced_chars=0),
    }
    return c.Document(**(fields | changes))


def in_review(digit: str = "2", file_name: str = "спорный.pdf") -> c.Document:
    """An order with an open finding."""
    finding = c.Finding(
        id="finding-1", code="deadline_unparsed", severity=c.Severity.WARNING, message="срок не разобран: «к весне»", record="activity-2",
        field="deadline", locator=place(10, 2),
    )  # fmt: skip
    return sample(digit, file_name, status=c.Status.REVIEW, findings=[finding])


@st.composite
def documents(draw: st.DrawFn) -> c.Document:
    """Any document that the contract allows and whose references lead somewhere."""
    data: dict[str, Any] = draw(_model(c.Document)).model_dump()
    for field in ("annexes", "directives", "activities", "pairings", "indicators", "tables", "notes", "findings"):
        for index, record in enumerate(data[field]):
            record["id"] = f"{field}-{index}"
    for record in data["directives"]:
        record["parent_id"] = draw(st.sampled_from([None, *(other["id"] for other in data["directives"])]))
    for record in data["activities"]:
        record["annex"] = draw(st.sampled_from([None, *(other["id"] for other in data["annexes"])]))
    data["source"]["names"] = sorted({*data["source"]["names"], data["source"]["file_name"]})
    data["source"]["file_name"] = data["source"]["names"][0]
    data["corrections"] = []
    return c.Document.model_validate(data)


_SPECIAL: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(1, 2**31 - 1),
    float: st.floats(0, 1),
    bool: st.booleans(),
    date: st.dates(date(1990, 1, 1), date(2040, 12, 31)),
    type(None): st.none(),
}


def _model(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    if model is c.Interval:
        pair = st.tuples(_SPECIAL[date], _SPECIAL[date]).map(sorted)
        return pair.map(lambda days: c.Interval(start=days[0], end=days[1]))
    if model is c.Coverage:
        counts = st.lists(st.integers(0, 10**6), min_size=4, max_size=4)
        return st.builds(_coverage, counts, st.lists(_model(c.Unplaced), max_size=2))
    hints = typing.get_type_hints(model)
    return st.builds(model, **{name: _field(name, hints[name]) for name in model.model_fields})


def _coverage(counts: list[int], unplaced: list[c.Unplaced]) -> c.Coverage:
    names = ("placed_chars", "structure_chars", "noise_chars", "unplaced_chars")
    return c.Coverage(source_chars=sum(counts), **dict(zip(names, counts, strict=True)), unplaced=unplaced)


def _field(name: str, hint: Any) -> st.SearchStrategy[Any]:
    if name == "id":
        return st.text("0123456789abcdef", min_size=64, max_size=64).map("sha256:".__add__)
    return _type(hint)


def _type(hint: Any) -> st.SearchStrategy[Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in _SPECIAL:
        return _SPECIAL[hint]
    if origin is typing.Annotated:
        return _type(arguments[0])
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(_type(part) for part in arguments))
    if origin is list:
        return st.lists(_type(arguments[0]), max_size=2)
    if origin is tuple:
        return st.tuples(*(_type(part) for part in arguments))
    if origin is dict:
        return st.dictionaries(TEXTS, TEXTS, max_size=3)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    return _model(hint)
