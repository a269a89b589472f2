"""``prikaz import``: files and folders into the database."""

import os
import shlex
import textwrap
from collections.abc import Generator, Iterable
from contextlib import closing
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pipeline.batch import Batch, Outcome
from pipeline.cli_options import Database, OriginalsFolder, write_file
from pipeline.cli_progress import Screen
from pipeline.dry_run import survey
from pipeline.inputs import Input, from_record, gather, printable
from pipeline.interrupt import stoppable
from pipeline.reading import DEFAULT_READER
from pipeline.report import check_report, report_pieces, with_unreached
from pipeline.settings import Settings, load_settings
from pipeline.totals import Totals
from pipeline.watch import arrivals
from schemas.errors import UsageError
from storage.engine import Engine, open_database, session
from storage.files import FileResult, known_files

READER = DEFAULT_READER
RETRY = ("rejected", "failed")
_LONGEST = 500
"""Characters of a command line that are kept: a shell may make ten thousand names of one asterisk."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_command)


def import_command(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="ПУТЬ…", help="Файлы и папки (папки — со всем содержимым)")] = None,
    database: Database = None,
    originals: OriginalsFolder = None,
    again: Annotated[bool, typer.Option("--again", help="Прочитать заново и то, что уже в базе")] = False,
    jobs: Annotated[int, typer.Option("--jobs", metavar="N", min=0, help="Сколько файлов читать сразу [по умолчанию по числу ядер]")] = 0,
    retry: Annotated[
        str | None, typer.Option("--retry", metavar="СТАТУС", help="Только файлы, у которых был статус rejected или failed")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Только посчитать, что будет сделано")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Ждать новых файлов в папках, пока не прервут")] = False,
    report: Annotated[Path | None, typer.Option("--report", metavar="ФАЙЛ", help="Отчёт .csv или .json: строка на файл")] = None,
) -> None:
    """Загрузить документы: прочитать, проверить и сохранить."""
    if retry not in (None, *RETRY):
        raise UsageError(f"--retry: бывает {' или '.join(RETRY)}")
    if report:
        check_report(report)
    settings = load_settings(database, originals)
    said = _said(paths or [], {"--again": again, f"--retry {retry}": bool(retry), "--watch": watch})
    if watch:
        _watch(paths or [], Batch(open_database(settings.database_url, write=True), settings, again, jobs or cores(), READER, said), report)
    inputs = _inputs(paths or [], retry, settings)
    if dry_run:
        raise typer.Exit(_count_only(inputs, settings))
    batch = Batch(open_database(settings.database_url, write=True), settings, again, jobs or cores(), READER, said)
    raise typer.Exit(run_batch(batch, inputs, report))


def _said(paths: list[Path], flags: dict[str, bool]) -> str:
    """The command as the table of runs keeps it: which files, whatever else it was told; no address of a database, no password."""
    words = ["import", *(flag for flag, given in flags.items() if given), *(shlex.quote(printable(str(path))) for path in paths)]
    return textwrap.shorten(" ".join(words), _LONGEST, placeholder=" …")


def _watch(folders: list[Path], batch: Batch, report: Path | None) -> NoReturn:
    """Import what arrives until somebody stops it."""
    if report:
        raise UsageError("--report и --watch вместе не бывают: у слежения нет конца. Что не принято: prikaz list --rejected")
    if not folders or not all(folder.is_dir() for folder in folders):
        raise UsageError("--watch: укажите папки, за которыми следить")
    typer.echo(f"Жду файлов в {', '.join(map(str, folders))}. Остановить: Ctrl-C", err=True)
    with stoppable():
        for inputs in arrivals(folders):
            screen = Screen(len(inputs))
            with batch:
                for _ in _shown(batch, inputs, screen):
                    continue
    raise AssertionError("the watch has no end of its own")


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0))


def run_batch(batch: Batch, inputs: list[Input], report: Path | None) -> int:
    """Import, show, report. Returns the exit code.

    Raises:
        UsageError: there is no document at all among the inputs.
    """
    totals, results = Totals(), list[FileResult]()
    screen = Screen(len(inputs))
    try:
        with stoppable(), batch:
            for outcome in _shown(batch, inputs, screen):
                totals.add(outcome)
                if report:
                    results.append(outcome.result)
    finally:
        if report:
            write_file(report, report_pieces(with_unreached(results, inputs), report.suffix))
        if totals.files:
            screen.closing_table(totals)
    if not totals.documents:
        raise UsageError("Ни одного документа: ни DOCX, ни PDF здесь нет. Укажите другую папку")
    return int(totals.not_taken > 0)


def _shown(batch: Batch, inputs: list[Input], screen: Screen) -> Generator[Outcome, None, None]:
    batch.on_page = screen.page_read
    with screen, closing(batch.run(inputs)) as outcomes:
        for outcome in outcomes:
            screen.show(outcome)
            yield outcome


def _inputs(paths: list[Path], retry: str | None, settings: Settings) -> list[Input]:
    if not paths and not retry:
        raise UsageError("Не хватает: ПУТЬ…. Справка: prikaz import --help")
    inputs = gather(paths)
    if retry:
        known = _known(open_database(settings.database_url, write=False), retry)
        inputs = [item for item in inputs if _concerns(item, known)] if paths else _once(from_record(path) for path in sorted(known))
        if not inputs:
            raise UsageError(f"Файлов со статусом {retry} нет")
    if not inputs:
        raise UsageError(f"Нечего загружать: в {', '.join(map(str, paths))} нет файлов")
    return inputs


def _concerns(item: Input, known: set[str]) -> bool:
    """Is it one of the known files, or the archive that one of them lies in?"""
    return item.shown in known or any(path.startswith(f"{item.shown}/") for path in known)


def _once(inputs: Iterable[Input]) -> list[Input]:
    """Two members of an archive mean that archive, once."""
    return list(dict.fromkeys(inputs))


def _known(engine: Engine, status: str) -> set[str]:
    with session(engine, write=False) as opened:
        return {row.path for row in known_files(opened, [status])}


def _count_only(inputs: list[Input], settings: Settings) -> int:
    for words, count in survey(inputs, settings):
        typer.echo(f"{words}: {count}")
    return 0
