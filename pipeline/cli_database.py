"""``prikaz db upgrade``, ``verify``, ``outdated``: the care of a database."""

from typing import Annotated

import typer

from pipeline import cli_import
from pipeline.batch import Batch
from pipeline.cli_options import Database, OriginalsFolder, reading, short_id
from pipeline.inputs import stored
from pipeline.settings import PROGRAM_VERSION, load_settings
from storage.engine import open_database
from storage.originals import Originals
from storage.queries import outdated_documents
from storage.runs import list_runs
from storage.verify import find_faults

_ADVICE = "Исходные файлы верните из копии; документы прочитайте заново: prikaz import --again ПУТЬ…"

database_app = typer.Typer(help="Схема базы данных.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("verify")(verify_command)
    app.command("outdated")(outdated_command)
    app.command("runs")(runs_command)
    app.add_typer(database_app, name="db")


@database_app.callback()
def _database() -> None:
    """Keep «db» a group although it has one command."""


@database_app.command("upgrade")
def upgrade_command(database: Database = None) -> None:
    """Привести схему базы данных к версии программы."""
    from storage.upgrade import upgrade_database  # noqa: PLC0415 - alembic is slow to load and needed only here

    before, after = upgrade_database(load_settings(database).database_url)
    typer.echo(f"Схема базы данных: {before or 'нет'} → {after}" if before != after else f"Схема базы данных: {after}, обновлять нечего")


def verify_command(database: Database = None, originals: OriginalsFolder = None) -> None:
    """Проверить базу: исходные файлы, записи, ссылки. Код выхода 1, если что-то не сходится."""
    settings = load_settings(database, originals)
    faults = 0
    for fault in find_faults(open_database(settings.database_url, write=False), Originals(settings.originals)):
        faults += 1
        typer.echo(f"{fault.where}: {fault.words}")
    typer.echo(f"Не сходится: {faults}. {_ADVICE}" if faults else "Всё сходится.", err=True)
    raise typer.Exit(int(faults > 0))


def runs_command(database: Database = None) -> None:
    """Перечислить запуски загрузки: номер, начало, конец, команда, сколько файлов с каким исходом."""
    with reading(database) as opened:
        for run in list_runs(opened):
            counts = ", ".join(f"{status} {count}" for status, count in (run.counts or {}).items())
            typer.echo(f"{run.id}\t{run.started}\t{run.ended or 'не завершён'}\t{run.command}\t{counts}")


def outdated_command(
    database: Database = None,
    originals: OriginalsFolder = None,
    again: Annotated[bool, typer.Option("--again", help="Прочитать их заново из хранилища исходных файлов")] = False,
    jobs: Annotated[int, typer.Option("--jobs", metavar="N", min=0, help="Сколько файлов читать сразу [по умолчанию по числу ядер]")] = 0,
) -> None:
    """Перечислить документы, прочитанные другой версией программы; --again прочитает их заново."""
    settings = load_settings(database, originals)
    with reading(database) as opened:
        found = outdated_documents(opened, PROGRAM_VERSION)
    for row in found:
        typer.echo(f"{short_id(row.id)}\t{row.extractor}\t{row.file_name}")
    typer.echo(f"Прочитаны не версией {PROGRAM_VERSION}: {len(found)}", err=True)
    if again and found:
        place = Originals(settings.originals).place
        inputs = [stored(place(row.id.removeprefix("sha256:")), row.file_name) for row in found]
        batch = Batch(
            open_database(settings.database_url, write=True),
            settings,
            True,
            jobs or cli_import.cores(),
            cli_import.READER,
            "outdated --again",
        )
        raise typer.Exit(cli_import.run_batch(batch, inputs, None))
