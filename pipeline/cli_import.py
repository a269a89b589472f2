"""``prikaz import``: files and folders into the database."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from pipeline.batch import Batch, Change, Outcome
from pipeline.cli_options import Database, OriginalsFolder
from pipeline.inputs import Input, gather
from pipeline.settings import load_settings
from schemas.contract import Document
from schemas.errors import RejectCode, UsageError
from storage.engine import open_database

STATUSES = {
    "ok": ("принят", "green"),
    "review": ("на проверку", "yellow"),
    "rejected": ("отклонён", "red"),
    "failed": ("сбой", "bold red"),
}
"""Status → its Russian word and colour."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_command)


def import_command(
    paths: Annotated[list[Path], typer.Argument(metavar="ПУТЬ…", help="Файлы и папки (папки — со всем содержимым)")],
    database: Database = None,
    originals: OriginalsFolder = None,
    again: Annotated[bool, typer.Option("--again", help="Прочитать заново и то, что уже в базе")] = False,
) -> None:
    """Загрузить документы: прочитать, проверить и сохранить."""
    inputs = gather(paths)
    if not inputs:
        raise UsageError(f"Нечего загружать: в {', '.join(map(str, paths))} нет файлов")
    settings = load_settings(database, originals)
    batch = Batch(open_database(settings.database_url, write=True), settings, again)
    outcomes = list(_shown(batch.run(inputs, _read), len(inputs)))
    _closing_table(outcomes)
    raise typer.Exit(_exit_code(outcomes))


def _read(path: Path, name: str) -> Document:
    from pipeline.run import process_file  # noqa: PLC0415 - brings every reader; nothing to read, nothing to load

    return process_file(path, name)


def _exit_code(outcomes: list[Outcome]) -> int:
    """0 all in, 1 some not taken, 2 no document at all among them."""
    documents = [outcome for outcome in outcomes if not beside_documents(outcome)]
    if not documents:
        raise UsageError("Ни одного документа: ни DOCX, ни PDF здесь нет. Укажите другую папку")
    return int(any(outcome.change is Change.NOT_TAKEN for outcome in documents))


def beside_documents(outcome: Outcome) -> bool:
    """A file of another kind that happened to lie in a folder: reported, but no failure."""
    return outcome.result.code == RejectCode.UNKNOWN_TYPE and not outcome.input.claims_document


def _shown(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """A line per file on stdout, a progress bar where a person is watching."""
    lines = Console(highlight=False)
    screen = lines if lines.is_terminal else Console(stderr=True)
    with _progress(screen, total) as progress:
        task = progress.add_task("Загрузка", total=total)
        for outcome in outcomes:
            _print_line(progress.console if lines.is_terminal else lines, outcome)
            progress.advance(task)
            yield outcome


def _progress(screen: Console, total: int) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal or total < 2)


def _print_line(console: Console, outcome: Outcome) -> None:
    result = outcome.result
    word, colour = STATUSES[result.status]
    code = f" [{result.code}]" if result.code else ""
    line = f"{result.status:<8} {_near(outcome.input)}{code}: {result.message or word}"
    console.print(line, style=colour if console.is_terminal else None, markup=False, soft_wrap=True)
    sys.stdout.flush()


def _near(item: Input) -> str:
    """The path as seen from here."""
    here = os.getcwd() + os.sep
    return item.shown.removeprefix(here)


def _closing_table(outcomes: list[Outcome]) -> None:
    rows = Counter(_row(outcome) for outcome in outcomes)
    table = Table(show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right")
    table.add_row("всего файлов", str(len(outcomes)), end_section=True)
    for name in sorted(rows):
        table.add_row(name, str(rows[name]))
    Console(stderr=True, highlight=False).print(table)


def _row(outcome: Outcome) -> str:
    if beside_documents(outcome):
        return "не документы (пропущены)"
    word = STATUSES[outcome.result.status][0]
    if outcome.result.code:
        return f"{word}: {outcome.result.code}"
    known = {Change.NONE: ", уже в базе", Change.NAMED: ", новое имя", Change.REREAD: ", прочитан заново"}
    return word + known.get(outcome.change, "")
