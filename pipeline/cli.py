"""The command ``prikaz``: commands stand in ``pipeline/cli_*.py``; here errors become exit codes, once.

Exit codes: 0 all in, 1 some files not taken, 2 usage, 3 database, 4 disk full, 70 a fault of ours, 130 interrupted.
"""

import os
import re
import sys
import traceback
from collections.abc import Sequence

import typer

from pipeline import cli_corrections, cli_database, cli_doctor, cli_documents, cli_import
from schemas.errors import NO_ROOM, DatabaseError, PrikazError, UsageError
from storage.engine import DiskFullError

USAGE, DATABASE, DISK_FULL, FAULT, INTERRUPTED = 2, 3, 4, 70, 130

app = typer.Typer(
    name="prikaz",
    help="Приказы и дорожные карты: из DOCX и PDF в проверенные записи.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (cli_import, cli_documents, cli_corrections, cli_database, cli_doctor):
    module.register(app)


def main() -> None:
    """Run the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a locale must not stop the talk
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; messages go to stderr."""
    if not arguments or "--help" in arguments:
        _speak_russian()
    try:
        code = app(args=list(arguments) or ["--help"], standalone_mode=False, prog_name="prikaz")
    except typer.TyperException as error:
        return _say(_translated(error.format_message()), USAGE)
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


_RUSSIAN = (
    (r"No such option: (\S+).*", r"Нет такого параметра: \1"),
    (r"No such command '(.*?)'.*", r"Нет такой команды: \1"),
    (r"Missing (?:argument|option|parameter) '?(.*?)'?\.", r"Не хватает: \1"),
    (r"Option '(.*?)' requires.*", r"Параметру \1 нужно значение"),
    (r"Got unexpected extra arguments? \((.*)\)", r"Лишнее в команде: \1"),
    (r"Invalid value for '?(.*?)'?: (.*)", r"Негодное значение \1: \2"),
)


def _translated(message: str) -> str:
    for english, russian in _RUSSIAN:
        if match := re.fullmatch(english, message, re.DOTALL):
            return f"{match.expand(russian)}. Справка: prikaz --help"
    return f"{message} Справка: prikaz --help"


def _speak_russian() -> None:
    from typer import rich_utils  # noqa: PLC0415 - heavy, and only help needs it

    rich_utils.ARGUMENTS_PANEL_TITLE = "Аргументы"
    rich_utils.OPTIONS_PANEL_TITLE = "Параметры"
    rich_utils.COMMANDS_PANEL_TITLE = "Команды"
