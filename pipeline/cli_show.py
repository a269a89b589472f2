"""A document as a person reads it in a terminal: head, points as a tree, activities by section, what to look at."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from pipeline.summary import counts, name
from schemas.contract import (
    Activity,
    Deadline,
    DeadlineKind,
    Directive,
    Document,
    Finding,
    Indicator,
    Interval,
    Pairing,
    Party,
    School,
    Severity,
    SignatoryRole,
    Status,
)

ROLES = {
    SignatoryRole.SIGNED: "Подписал",
    SignatoryRole.APPROVED: "Утвердил",
    SignatoryRole.AGREED: "Согласовал",
    SignatoryRole.ADOPTED: "Принял",
    SignatoryRole.PREPARED: "Подготовил",
}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


def show_document(document: Document, carriers: Sequence[tuple[str, str]] = (), ids: bool = False) -> RenderableType:
    """The whole document for a terminal of 80 columns or more.

    Args:
        document: the document.
        carriers: id and file name of each reading of the same order, the best first.
        ids: show the ids of records, by which they are corrected.
    """
    return Group(*_sections(document, carriers, _Marks(document, ids)))


class _Marks:
    """What stands behind a record: ✎ where a person corrected it, its id where that is asked for."""

    def __init__(self, document: Document, ids: bool) -> None:
        self.ids = ids
        self.corrected = {correction.record for correction in document.corrections}

    def of(self, record: str) -> Text:
        """The mark of a record, with a space before it; empty for most."""
        mark = Text(" ✎" if record in self.corrected else "", style="bold yellow")
        return mark.append(f" {record}", style="dim") if self.ids else mark


def _sections(document: Document, carriers: Sequence[tuple[str, str]], marks: _Marks) -> Iterator[RenderableType]:
    yield _head(document, carriers, marks)
    if document.directives:
        yield _title("Пункты", len(document.directives))
        yield _points(document.directives, marks)
    yield from _activities(document, marks)
    if document.pairings:
        yield _title("Закрепление школ", len(document.pairings))
        yield _pairings(document.pairings, marks)
    if document.indicators:
        yield _title("Показатели", len(document.indicators))
        yield _indicators(document.indicators, marks)
    if document.corrections:
        yield _title("Правки", len(document.corrections))
        yield _corrections(document)
    if document.findings:
        yield _title("Замечания", len(document.findings))
        yield _findings(document.findings)


def _title(words: str, count: int) -> RenderableType:
    return Padding(Rule(Text(f"{words} · {count}", style="bold"), align="left", style="dim"), (1, 0, 0, 0))


def _head(document: Document, carriers: Sequence[tuple[str, str]], marks: _Marks) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in _head_rows(document):
        grid.add_row(label, value)
    for place, (other, file_name) in enumerate(carriers):
        reading = "лучшее чтение" if place == 0 else "хуже"
        here = ", этот файл" if other == document.id else ""
        grid.add_row("Носитель", Text(f"{file_name}  {other.removeprefix('sha256:')[:12]} ({reading}{here})"))
    state = ("готов", "green") if document.status is Status.OK else ("на проверку", "yellow")
    mark = ("  ✎" if document.id in marks.corrected else "", "bold yellow")
    title = Text.assemble((_capital(name(document)), "bold"), mark, "  ", state)
    return Panel(Group(Text(document.title or "без заголовка", style="bold"), "", grid), title=title, title_align="left", box=box.ROUNDED)


def _head_rows(document: Document) -> Iterator[tuple[str, Text]]:
    if document.issuer:
        yield "Издал", Text(document.issuer.name)
    if document.place:
        yield "Место", Text(document.place)
    if document.period:
        yield "Период", Text(_interval(document.period) or document.period.text)
    for signatory in document.signatories:
        yield ROLES[signatory.role], Text(", ".join(filter(None, (signatory.person.name, signatory.position))))
    for reference in document.references[:6]:
        yield "Ссылка", Text(reference.text, style="dim")
    yield "Внутри", Text(", ".join(f"{word} {count}" for word, count in counts(document)))
    yield "Покрытие", _coverage(document)
    yield "Файл", Text(f"{document.source.file_name}  {document.id.removeprefix('sha256:')[:12]}", style="dim")


def _coverage(document: Document) -> Text:
    coverage = document.coverage
    lost = coverage.unplaced_chars / coverage.source_chars if coverage.source_chars else 0.0
    words = f"{1 - lost:.1%} из {coverage.source_chars} знаков" + (f", вне записей {coverage.unplaced_chars}" if lost else "")
    return Text(words, style="yellow" if lost > 0.005 else "")


def _points(directives: Sequence[Directive], marks: _Marks) -> RenderableType:
    tree = Tree("", hide_root=True, guide_style="dim")
    nodes: dict[str, Tree] = {}
    for directive in directives:
        parent = nodes.get(directive.parent_id or "", tree)
        nodes[directive.id] = parent.add(_point(directive, marks))
    return tree


def _point(directive: Directive, marks: _Marks) -> Text:
    text = Text.assemble((f"{directive.number or '–'} ", "bold cyan"), directive.text, marks.of(directive.id))
    if directive.addressees:
        text.append(f"\n→ {_people(directive.addressees)}", style="green")
    if directive.deadline:
        text.append(f"\n◷ {_when(directive.deadline).plain.replace(chr(10), ' · ')}", style="magenta")
    return text


def _activities(document: Document, marks: _Marks) -> Iterator[RenderableType]:
    titles = {annex.id: annex.title for annex in document.annexes}
    for annex, rows in groupby(document.activities, key=lambda activity: activity.annex):
        items = list(rows)
        yield _title("Мероприятия", len(items))
        if title := titles.get(annex or ""):
            yield Text(" ".join(title.split()), style="bold")
        for index, (section, group) in enumerate(groupby(items, key=lambda activity: activity.section)):
            if section:
                yield Text(" › ".join(section), style="bold cyan")
            yield _activity_table(group, marks, heading=index == 0)


def _activity_table(activities: Iterable[Activity], marks: _Marks, heading: bool) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD if heading else box.SIMPLE, show_header=heading, expand=True, padding=(0, 1), show_edge=False)
    table.add_column("№", width=5, style="bold cyan", overflow="fold")
    table.add_column("Мероприятие", ratio=5, overflow="fold")
    table.add_column("Срок", ratio=3, style="magenta", overflow="fold")
    table.add_column("Кто", ratio=4, style="green", overflow="fold")
    for activity in activities:
        when = _when(activity.deadline) if activity.deadline else Text("—", style="dim")
        title = Text(activity.title).append_text(marks.of(activity.id))
        table.add_row(activity.number or "", title, when, _people(activity.responsibles) or "—")
    return table


def _when(deadline: Deadline) -> Text:
    text = Text(" ".join(deadline.text.split()))
    if deadline.kind is DeadlineKind.UNPARSED:
        return text.append(" (не разобран)", style="yellow")
    days = "; ".join(_interval(interval) for interval in deadline.intervals)
    return text.append(f"\n{days}", style="dim") if days else text


def _interval(period: Interval | object) -> str:
    start, end = getattr(period, "start", None), getattr(period, "end", None)
    if start and end:
        return f"{start:%d.%m.%Y}" if start == end else f"{start:%d.%m.%Y} – {end:%d.%m.%Y}"
    if end:
        return f"до {end:%d.%m.%Y}"
    return f"с {start:%d.%m.%Y}" if start else ""


def _people(parties: Iterable[Party]) -> str:
    return "; ".join(_party(party) for party in parties)


def _party(party: Party) -> str:
    schools = ", ".join(_school(school) for school in party.institutions)
    said = f"{party.name}, {party.position}" if party.person and party.position else party.name
    return f"{said} ({schools})" if schools else said


def _school(school: School) -> str:
    parts = (school.legal_form, school.type, f"№ {school.number}" if school.number else None, school.name)
    return " ".join(filter(None, parts)) or school.text


def _pairings(pairings: Sequence[Pairing], marks: _Marks) -> RenderableType:
    table = Table("Кому помогают", "Кто помогает", box=box.SIMPLE_HEAD, show_edge=False)
    for pairing in pairings:
        table.add_row(_school(pairing.supported), Text(_school(pairing.leader)).append_text(marks.of(pairing.id)))
    return table


def _indicators(indicators: Sequence[Indicator], marks: _Marks) -> RenderableType:
    table = Table("Показатель", "Ед.", "Значения", box=box.SIMPLE_HEAD, show_edge=False)
    for indicator in indicators:
        values = "\n".join(f"{period}: {value}" for period, value in indicator.values.items())
        table.add_row(Text(indicator.name).append_text(marks.of(indicator.id)), indicator.unit or "", values)
    return table


def _corrections(document: Document) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    for made in document.corrections:
        record = "документ" if made.record == document.id else made.record
        if made.field == "findings":
            what = Text("замечания просмотрены, документ принят")
        else:
            what = Text.assemble((f"{record} {made.field}", "bold"), f": «{made.machine or ''}» → «{made.value or ''}»")
        grid.add_row(Text("✎", style="bold yellow"), what)
        grid.add_row("", Text(", ".join(filter(None, (made.by, made.at, made.why))), style="dim"))
    return grid


def _findings(findings: Sequence[Finding]) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    for finding in sorted(findings, key=lambda found: list(_COLOURS).index(found.severity)):
        grid.add_row(Text("●", style=_COLOURS[finding.severity]), Text(finding.message), Text(finding.code, style="dim"))
    return grid


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
