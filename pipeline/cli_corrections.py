"""``prikaz correct, accept, undo``: what a person knows better than the machine."""

import getpass
from datetime import UTC, datetime
from typing import Annotated

import typer

from pipeline.cli_options import Database, changing, only_id
from pipeline.summary import name
from schemas.contract import Document, Status
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
    record: Annotated[str, typer.Argument(metavar="ЗАПИСЬ", help="Номер записи (prikaz show ID --ids) или head — голова документа")],
    field: Annotated[str, typer.Argument(metavar="ПОЛЕ", help="Поле; точка ведёт внутрь: deadline.kind, responsibles.0.name")],
    value: Annotated[
        str,
        typer.Argument(
            metavar="ЗНАЧЕНИЕ", help="Новое значение; пустое — нет значения; дата 2023-03-31 или 31.03.2023; список или объект — JSON"
        ),
    ],
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
        status = _document(opened, prefix).status
    typer.echo(f"{field}: {_shown(correction.machine)} → {_shown(correction.value)}")
    if status is Status.REVIEW:
        typer.echo("Документ на проверке. Принять: prikaz accept ID, отменить правку: prikaz undo ID", err=True)


def accept_command(prefix: Id, why: Why = None, by: By = None, database: Database = None) -> None:
    """Принять документ: замечания просмотрены."""
    with changing(database) as opened:
        document = _document(opened, prefix)
        waits = document.status is Status.REVIEW
        if waits:
            add_correction(opened, document.id, acceptance(document, **_about(why, by)))
    typer.echo(f"Принят: {name(document)}" if waits else "Документ ничего не ждёт: он уже принят")


def undo_command(prefix: Id, database: Database = None) -> None:
    """Отменить последнюю правку документа."""
    with changing(database) as opened:
        document_id = only_id(opened, prefix)
        undone = undo_correction(opened, document_id)
    if undone is None:
        raise UsageError("Правок у документа нет")
    said = (
        "принятие документа"
        if undone.field == "findings"
        else f"{'' if undone.record == document_id else f'{undone.record} '}{undone.field} = {_shown(undone.value)}"
    )
    typer.echo(f"Отменено: {said}")


def _document(opened: Session, prefix: str) -> Document:
    return load_document(opened, only_id(opened, prefix))


def _about(why: str | None, by: str | None) -> dict[str, str | None]:
    """Who, when and why. The clock is a person's here, never a reading's."""
    return {"by": by or _user(), "at": datetime.now(UTC).isoformat(timespec="seconds"), "why": why or None}


def _shown(value: str | None) -> str:
    return "нет значения" if value is None else f"«{value}»"


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in a container
        return None
