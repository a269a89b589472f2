"""What the generator knows about an order it made: the records that must come back."""

from dataclasses import dataclass, field
from datetime import date

Span = tuple[date | None, date | None]
"""Start and end, both inclusive."""

Days = tuple[date, date]
"""A span with both ends."""


@dataclass(frozen=True)
class When:
    """A deadline; ``intervals`` None where the contract leaves them open (continuous, recurring)."""

    text: str
    kind: str
    intervals: tuple[Span, ...] | None = None
    recurrence: str | None = None
    inferred: bool = False


@dataclass(frozen=True)
class Who:
    """A party. Persons are told by surname and initials, others by ``name``."""

    kind: str
    name: str
    position: str | None = None


@dataclass(frozen=True)
class Point:
    """A directive; ``text`` with everything but its number."""

    number: str | None
    parent: str | None
    text: str
    addressees: tuple[Who, ...] = ()
    deadline: When | None = None
    level: int = 0


@dataclass(frozen=True)
class Row:
    """An activity."""

    number: str | None
    section: tuple[str, ...]
    title: str
    deadline: When | None
    responsibles: tuple[Who, ...]
    responsibles_text: str
    form: str | None = None
    result: str | None = None
    extra: tuple[tuple[str, str], ...] = ()  # heading, text


@dataclass(frozen=True)
class Measure:
    """An indicator."""

    name: str
    unit: str
    values: tuple[tuple[str, str], ...]


@dataclass
class Truth:
    """An order."""

    kind: str = "order"
    number: str | None = None
    date: "date | None" = None
    place: str | None = None
    issuer: str | None = None
    title: str = ""
    preamble: str | None = None
    signer: tuple[str, str] | None = None  # surname, initials
    signer_role: str = "signed"
    signer_post: str | None = None
    period: Days | None = None
    points: list[Point] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    pairs: list[tuple[str, str, str]] = field(default_factory=list)  # number, supported, leader
    measures: list[Measure] = field(default_factory=list)
    annexes: list[tuple[str | None, str, str]] = field(default_factory=list)  # number, title, kind
