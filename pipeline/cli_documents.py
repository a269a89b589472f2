"""``prikaz export, schema, show, explain``: what is in the database, and what a file holds."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from exports.formats import FORMATS, export_documents
from exports.schema import schema_text
from pipeline import cli_list
from pipeline.cli_options import Database, only_id, reading, write_file
from pipeline.settings import load_settings
from schemas.contract import Document
from schemas.errors import UsageError
from storage.carriers import carriers_of
from storage.engine import Engine, open_database, session
from storage.load import load_document
from storage.queries import find_ids


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("export")(export_command)
    app.command("schema")(schema_command)
    app.command("list")(cli_list.list_command)
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
    engine = open_database(load_settings(database).database_url, write=False)
    with session(engine, write=False) as opened:
        ids = {only_id(opened, prefix) for prefix in prefixes} if prefixes else find_ids(opened, "")
    pieces = export_documents(_documents(engine, sorted(ids)), format_name)
    if output is None:
        _write_out(pieces)
    else:
        write_file(output, pieces)


def _documents(engine: Engine, ids: list[str]) -> Iterator[Document]:
    """Each in a transaction of its own: an import goes on meanwhile, however slowly the export is taken."""
    for document_id in ids:
        with session(engine, write=False) as opened:
            document = load_document(opened, document_id)
        yield document


def _write_out(pieces: Iterator[str]) -> None:
    """UTF-8 whatever the locale says: an export's bytes depend on nothing but the documents."""
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode())
    sys.stdout.buffer.flush()


def schema_command() -> None:
    """Напечатать JSON Schema выгрузки."""
    _write_out(iter([schema_text()]))


def show_command(
    what: Annotated[str, typer.Argument(metavar="ID|ФАЙЛ", help="Начало номера документа или файл")],
    ids: Annotated[bool, typer.Option("--ids", help="С номерами записей: их ждёт prikaz correct")] = False,
    database: Database = None,
) -> None:
    """Показать документ: голову, пункты деревом, мероприятия по разделам, правки, замечания."""
    from pipeline.cli_show import show_document  # noqa: PLC0415 - only this command draws

    if Path(what).exists():
        document, carriers = _from_file(Path(what)), list[tuple[str, str]]()
    else:
        with reading(database) as opened:
            document_id = only_id(opened, what)
            document, carriers = load_document(opened, document_id), carriers_of(opened, document_id)
    Console(highlight=False).print(show_document(document, carriers, ids))


def _from_file(path: Path) -> Document:
    from pipeline.run import process_file  # noqa: PLC0415 - brings every reader

    return process_file(path)


def explain_command(path: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="Файл DOCX или PDF")]) -> None:
    """Объяснить, как прочитан файл: блоки, вид каждого, правило за каждым значением."""
    from pipeline.explain import explain_file  # noqa: PLC0415 - brings every reader

    console = Console(highlight=False)
    for line in explain_file(path):
        console.print(line, markup=False, soft_wrap=True)
