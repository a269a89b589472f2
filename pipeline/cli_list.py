"""``prikaz list``: what is in the database, what waits for a person, what was not taken.

A terminal gets lines to read, a pipe gets tab-separated ones. Everything is asked before anything is printed: while a pager waits,
an import goes on.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.cli_options import Database, reading, short_id
from pipeline.inputs import Input
from pipeline.summary import KINDS
from pipeline.totals import WORDS
from schemas.contract import Kind
from schemas.errors import RejectCode
from storage.files import FileResult, known_files
from storage.queries import Asked, Counted, Listed, count_records, findings_of, list_documents

_RECORDS = {
    "directive": "пункт",
    "activity": "мероприятие",
    "pairing": "закрепление",
    "indicator": "показатель",
    "table": "таблица",
    "note": "примечание",
    "annex": "приложение",
}
_COLOURS = {"error": "red", "warning": "yellow", "ok": "green", "review": "yellow", "rejected": "red", "failed": "bold red"}
_LONG = 60
"""Letters of a record's text that are shown."""


def list_command(
    review: Annotated[bool, typer.Option("--review", help="Только те, что ждут человека: замечания и место каждого")] = False,
    rejected: Annotated[bool, typer.Option("--rejected", help="Файлы, которые не приняты, и почему")] = False,
    counts: Annotated[bool, typer.Option("--counts", help="С числом пунктов, мероприятий, закреплений, показателей, замечаний")] = False,
    database: Database = None,
) -> None:
    """Перечислить документы в базе."""
    console = Console(highlight=False)
    if rejected:
        _print_rejected(console, database)
        return
    with reading(database) as opened:
        listed = list_documents(opened, "review" if review else None)
        asked = [findings_of(opened, row.id) for row in listed] if review else []
        counted = [count_records(opened, row.id) for row in listed] if counts else []
    if review:
        _print_review(console, listed, asked)
    elif counts:
        _print_counts(console, listed, counted)
    else:
        _print_documents(console, listed)
    if not listed:
        _say("Ничего не ждёт человека." if review else "В базе нет документов.")


def _say(words: str) -> None:
    Console(stderr=True, highlight=False).print(words, markup=False)


def _line(*cells: str | None) -> None:
    typer.echo("\t".join(" ".join((cell or "").split()) for cell in cells))


def _name(row: Listed) -> str:
    number = f" № {row.number}" if row.number else ""
    day = f" от {row.date:%d.%m.%Y}" if row.date else ""
    return f"{KINDS[Kind(row.kind)]}{number}{day}"


def _print_documents(console: Console, listed: list[Listed]) -> None:
    for row in listed:
        if console.is_terminal:
            console.print(_head(row))
            title = Text(" ".join((row.title or "без заголовка").split()), style="dim", no_wrap=True, overflow="ellipsis")
            console.print(Padding(title, (0, 0, 0, 14)))
        else:
            day = row.date.isoformat() if row.date else "—"
            _line(short_id(row.id), row.status, KINDS[Kind(row.kind)], row.number or "—", day, row.title or "—", row.file_name)


def _head(row: Listed) -> Text:
    state = (WORDS[row.status], _COLOURS[row.status])
    return Text.assemble((short_id(row.id), "bold"), "  ", state, "  ", (_name(row), "bold"), "  ", row.file_name)


def _print_review(console: Console, listed: list[Listed], asked: list[list[Asked]]) -> None:
    for row, findings in zip(listed, asked, strict=True):
        if console.is_terminal:
            console.print(_head(row))
        for finding in findings:
            if console.is_terminal:
                console.print(_finding(finding))
            else:
                what, where = _record(finding), _place(finding)
                _line(short_id(row.id), row.file_name, finding.severity, finding.code, finding.record, what, where, finding.message)
    if listed:
        _say(f"Ждут человека: {len(listed)}. Посмотреть: prikaz show ID --ids; исправить: prikaz correct ID ЗАПИСЬ ПОЛЕ ЗНАЧЕНИЕ;")
        _say("принять как есть: prikaz accept ID")


def _finding(finding: Asked) -> RenderableType:
    about = " · ".join(filter(None, (_record(finding), _place(finding), finding.code, finding.record)))
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Text("●", style=_COLOURS[finding.severity]), Text(" ".join(finding.message.split())))
    grid.add_row("", Text(about, style="dim"))
    return Padding(grid, (0, 0, 0, 2))


def _record(finding: Asked) -> str:
    """«пункт 3.1 «Провести анализ…»»."""
    if finding.record is None:
        return ""
    words = " ".join((finding.words or "").split())
    shown = f"«{words[:_LONG].rstrip()}…»" if len(words) > _LONG else f"«{words}»" * bool(words)
    return " ".join(filter(None, (_RECORDS.get(finding.record.split("-")[0], "документ"), finding.number, shown)))


def _place(finding: Asked) -> str:
    """«стр. 2, таблица 1, строка 5, столбец 3»: counted from 1, as a person counts."""
    at = (("таблица", finding.table), ("строка", finding.row), ("столбец", finding.column))
    page = [f"стр. {finding.page}"] if finding.page else []
    return ", ".join(page + [f"{word} {index + 1}" for word, index in at if index is not None])


def _print_counts(console: Console, listed: list[Listed], counted: list[Counted]) -> None:
    table = Table("Документ", box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1))
    for heading in ("Пункты", "Меропр.", "Пары", "Показ.", "Замеч.", "Покрытие"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Файл", overflow="fold")
    for row, (*records, coverage) in zip(listed, counted, strict=True):
        table.add_row(_name(row), *map(str, records), f"{coverage:.1%}", row.file_name)
    if not console.is_terminal:
        console.width = max(console.width, 110)
    console.print(table)


def _print_rejected(console: Console, database: str | None) -> None:
    with reading(database) as opened:
        files = [row for row in known_files(opened, ["rejected", "failed"]) if not _beside(row)]
    for row in files:
        if console.is_terminal:
            console.print(Text.assemble((f"{WORDS[row.status]}  ", _COLOURS[row.status]), (row.path, "bold"), f" [{row.code or '—'}]"))
            console.print(Padding(Text(row.message or ""), (0, 0, 0, 4)))
        else:
            _line(row.path, row.status, row.code, row.message)
    _say(f"Не приняты: {len(files)}. Повторить: prikaz import --retry rejected (или failed)" if files else "Не принятых файлов нет.")


def _beside(row: FileResult) -> bool:
    """A file of another kind that merely lay in a folder."""
    return row.code == RejectCode.UNKNOWN_TYPE and not Input(Path(row.path), named=False).claims_document
