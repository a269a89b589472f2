"""``prikaz export, schema, list, show, explain``: what is in the database, and what a file holds."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from exports.files import write_whole
from exports.formats import FORMATS, export_documents
from exports.schema import schema_text
from pipeline.cli_options import Database, only_id, reading, short_id
from pipeline.summary import KINDS
from schemas.contract import Document, Kind
from schemas.errors import NO_ROOM, UsageError
from storage.engine import Session
from storage.load import load_document
from storage.queries import Listed, count_records, find_ids, findings_of, list_documents


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("export")(export_command)
    app.command("schema")(schema_command)
    app.command("list")(list_command)
    app.command("show")(show_command)
    app.command("explain")(explain_command)


def export_command(
    prefixes: Annotated[list[str] | None, typer.Argument(metavar="ID…", help="Начала номеров документов; без них — все")] = None,
    format_name: Annotated[str, typer.Option("--format", metavar="ФОРМАТ", help=f"Формат: {', '.join(FORMATS)}")] = "json",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="ФАЙЛ", help="Куда записать [по умолчанию на экран]")] = None,
    database: Database = None,
) -> None:
    """Выгрузить документы из базы."""
    if format_name not in FORMATS:
        raise UsageError(f"Нет формата {format_name}. Есть: {', '.join(FORMATS)}")
    with reading(database) as opened:
        pieces = export_documents(_documents(opened, prefixes or []), format_name)
        if output is None:
            _write_out(pieces)
        else:
            _write_file(output, pieces)


def _documents(opened: Session, prefixes: list[str]) -> Iterator[Document]:
    ids = {only_id(opened, prefix) for prefix in prefixes} if prefixes else find_ids(opened, "")
    for document_id in sorted(ids):
        yield load_document(opened, document_id)


def _write_out(pieces: Iterator[str]) -> None:
    """UTF-8 whatever the locale says: an export's bytes depend on nothing but the documents."""
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode())
    sys.stdout.buffer.flush()


def _write_file(output: Path, pieces: Iterator[str]) -> None:
    try:
        write_whole(output, pieces)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise
        raise UsageError(f"Файл {output} нельзя записать ({error.strerror}). Укажите другой путь") from error


def schema_command() -> None:
    """Напечатать JSON Schema выгрузки."""
    _write_out(iter([schema_text()]))


def list_command(
    review: Annotated[bool, typer.Option("--review", help="Только те, что ждут человека, с замечаниями")] = False,
    counts: Annotated[bool, typer.Option("--counts", help="С числом пунктов, мероприятий, закреплений, показателей, замечаний")] = False,
    database: Database = None,
) -> None:
    """Перечислить документы в базе."""
    with reading(database) as opened:
        listed = list_documents(opened, "review" if review else None)
        console = Console(highlight=False)
        if review:
            _print_review(console, opened, listed)
        elif counts:
            _print_counts(console, opened, listed)
        elif console.is_terminal:
            _print_table(console, listed)
        else:
            _print_lines(listed)
    if not listed:
        Console(stderr=True).print("Ничего не ждёт человека." if review else "В базе нет документов.")


def _cells(row: Listed) -> list[str]:
    day = row.date.isoformat() if row.date else "—"
    return [short_id(row.id), row.status, KINDS[Kind(row.kind)], row.number or "—", day, row.title or "—", row.file_name]


def _print_table(console: Console, listed: list[Listed]) -> None:
    table = Table("ID", "Статус", "Вид", "Номер", "Дата", "Заголовок", "Файл")
    for row in listed:
        table.add_row(*_cells(row), style="yellow" if row.status == "review" else None)
    console.print(table)


def _print_counts(console: Console, opened: Session, listed: list[Listed]) -> None:
    table = Table("Документ", box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1))
    for heading in ("Дата", "Пункты", "Меропр.", "Пары", "Показ.", "Замеч.", "Покрытие"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Файл", overflow="fold")
    for row in listed:
        *records, coverage = count_records(opened, row.id)
        number = f" № {row.number}" if row.number else ""
        day = row.date.isoformat() if row.date else "—"
        table.add_row(f"{KINDS[Kind(row.kind)]}{number}", day, *map(str, records), f"{coverage:.1%}", row.file_name)
    console.width = max(console.width, 100)
    console.print(table)


def _print_lines(listed: list[Listed]) -> None:
    for row in listed:
        typer.echo("\t".join(cell.replace("\n", " ") for cell in _cells(row)))


def _print_review(console: Console, opened: Session, listed: list[Listed]) -> None:
    for row in listed:
        cells = _cells(row)
        console.print(f"{cells[0]}  {' '.join(cells[2:5])}  {cells[6]}", style="bold", markup=False, soft_wrap=True)
        for finding in findings_of(opened, row.id):
            if finding.severity != "info":
                where = f" [{finding.record}]" if finding.record else ""
                console.print(f"    {finding.severity:<8}{finding.code}{where}: {finding.message}", markup=False, soft_wrap=True)


def show_command(
    what: Annotated[str, typer.Argument(metavar="ID|ФАЙЛ", help="Начало номера документа или файл")],
    database: Database = None,
) -> None:
    """Показать документ: голову, пункты деревом, мероприятия по разделам."""
    from pipeline.cli_show import show_document  # noqa: PLC0415 - only this command draws

    Console(highlight=False).print(show_document(_from_file(Path(what)) if Path(what).is_file() else _from_database(what, database)))


def _from_file(path: Path) -> Document:
    from pipeline.run import process_file  # noqa: PLC0415 - brings every reader

    return process_file(path)


def _from_database(prefix: str, database: str | None) -> Document:
    with reading(database) as opened:
        return load_document(opened, only_id(opened, prefix))


def explain_command(path: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="Файл DOCX или PDF")]) -> None:
    """Объяснить, как прочитан файл: блоки, вид каждого, правило за каждым значением."""
    from pipeline.explain import explain_file  # noqa: PLC0415 - brings every reader

    console = Console(highlight=False)
    for line in explain_file(path):
        console.print(line, markup=False, soft_wrap=True)
