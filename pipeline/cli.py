"""The command ``prikaz``: commands stand in ``pipeline/cli_*.py``; here errors become exit codes, once.

Exit codes: 0 all in, 1 some files not taken, 2 usage, 3 database, 4 disk full, 70 a fault of ours, 130 interrupted.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer
import typer.main

from pipeline import cli_corrections, cli_database, cli_doctor, cli_documents, cli_import
from pipeline.cli_russian import explain_mistake, speak_russian
from pipeline.settings import PROGRAM_VERSION
from schemas.contract import VERSION
from schemas.errors import NO_ROOM, DatabaseError, PrikazError, UsageError
from storage.engine import SCHEMA_VERSION, DiskFullError

USAGE, DATABASE, DISK_FULL, FAULT, INTERRUPTED = 2, 3, 4, 70, 130

app = typer.Typer(
    name="prikaz",
    help="Приказы и дорожные карты: из DOCX и PDF в проверенные записи.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (cli_import, cli_documents, cli_corrections, cli_database, cli_doctor):
    module.register(app)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"prikaz {PROGRAM_VERSION}, контракт {VERSION}, схема базы данных {SCHEMA_VERSION}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[bool, typer.Option("--version", help="Показать версию", is_eager=True, callback=_show_version)] = False,
) -> None:
    """What stands before a command."""


def main() -> None:
    """Run the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a locale must not stop the talk
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; messages go to stderr."""
    command = typer.main.get_command(app)
    if not arguments or "--help" in arguments:
        speak_russian(command)
    try:
        code = command.main(args=list(arguments) or ["--help"], standalone_mode=False, prog_name="prikaz")
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        return _say(explain_mistake(error.format_message(), context.command_path if context else "prikaz"), USAGE)
    except UsageError as error:
        return _say(str(error), USAGE)
    except DiskFullError as error:
        return _say(str(error), DISK_FULL)
    except DatabaseError as error:
        return _say(str(error), DATABASE)
    except PrikazError as error:
        return _say(str(error), 1)
    except (KeyboardInterrupt, typer.Abort):
        return _say("Прервано. Сделанное сохранено; та же команда продолжит работу.", INTERRUPTED)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return _say(str(DiskFullError()), DISK_FULL)
        return _fault(error)
    return code if isinstance(code, int) else USAGE * (not arguments)


def _say(message: str, code: int) -> int:
    print(message, file=sys.stderr)  # noqa: T201 - the edge
    return code


def _fault(error: Exception) -> int:
    if os.environ.get("PRIKAZ_DEBUG"):
        traceback.print_exception(error)
    return _say(f"Сбой программы ({type(error).__name__}: {error}). Сообщите о нём разработчикам; подробности: PRIKAZ_DEBUG=1.", FAULT)
