"""``prikaz correct, accept, undo``: what a person knows better than the machine."""

import getpass
from datetime import UTC, datetime
from typing import Annotated

import typer

from pipeline.cli_options import Database, changing, only_id
from schemas.contract import Document
from schemas.errors import UsageError
from storage.corrections import acceptance, make_correction
from storage.engine import Session
from storage.load import load_document
from storage.save import add_correction, undo_correction

Id = Annotated[str, typer.Argument(metavar="ID", help="Начало номера документа")]
Why = Annotated[str | None, typer.Option("--why", metavar="ТЕКСТ", help="Почему")]
By = Annotated[str | None, typer.Option("--by", metavar="ИМЯ", help="Кто [по умолчанию имя пользователя]")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("correct")(correct_command)
    app.command("accept")(accept_command)
    app.command("undo")(undo_command)


def correct_command(
    prefix: Id,
    record: Annotated[str, typer.Argument(metavar="ЗАПИСЬ", help="Номер записи (из выгрузки) или head — голова документа")],
    field: Annotated[str, typer.Argument(metavar="ПОЛЕ", help="Поле; точка ведёт внутрь: deadline.kind, responsibles.0.name")],
    value: Annotated[str, typer.Argument(metavar="ЗНАЧЕНИЕ", help="Новое значение; пустое — нет значения; список или объект — JSON")],
    why: Why = None,
    by: By = None,
    database: Database = None,
) -> None:
    """Исправить значение; правка переживёт новое чтение файла."""
    with changing(database) as opened:
        document = _document(opened, prefix)
        owner = document.id if record == "head" else record
        correction = make_correction(document, owner, field, value or None, **_about(why, by))
        add_correction(opened, document.id, correction)
    typer.echo(f"{field}: «{correction.machine or ''}» → «{correction.value or ''}»")


def accept_command(prefix: Id, why: Why = None, by: By = None, database: Database = None) -> None:
    """Принять документ: замечания просмотрены."""
    with changing(database) as opened:
        document = _document(opened, prefix)
        add_correction(opened, document.id, acceptance(document, **_about(why, by)))
    typer.echo("Принят.")


def undo_command(prefix: Id, database: Database = None) -> None:
    """Отменить последнюю правку документа."""
    with changing(database) as opened:
        undone = undo_correction(opened, only_id(opened, prefix))
    if undone is None:
        raise UsageError("Правок у документа нет")
    typer.echo(f"Отменено: {undone.field} = «{undone.value or ''}»")


def _document(opened: Session, prefix: str) -> Document:
    return load_document(opened, only_id(opened, prefix))


def _about(why: str | None, by: str | None) -> dict[str, str | None]:
    """Who, when and why. The clock is a person's here, never a reading's."""
    return {"by": by or getpass.getuser(), "at": datetime.now(UTC).isoformat(timespec="seconds"), "why": why or None}
