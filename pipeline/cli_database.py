"""``prikaz db upgrade``, ``verify``, ``outdated``: the care of a database."""

import typer

from pipeline.cli_options import Database
from pipeline.settings import load_settings

database_app = typer.Typer(help="Схема базы данных.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
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
