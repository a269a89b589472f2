"""What a person sees while files come in: a line per file, a bar where somebody is watching, a table at the end."""

import os
import sys
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pipeline.batch import Outcome
from pipeline.inputs import Input
from pipeline.totals import WORDS, Totals, beside_documents
from schemas.findings import CATALOGUE

_PERIOD = 300.0
"""Seconds over which the rate is reckoned: scans and Word files come mixed."""
REJECTED = {
    "empty": "пустой файл",
    "too_big": "слишком большой",
    "not_regular": "не обычный файл",
    "unreadable": "не читается",
    "unknown_type": "неизвестный тип",
    "type_mismatch": "внутри не то, что обещает имя",
    "encrypted": "под паролем",
    "corrupt": "повреждён",
    "bomb": "распаковывается в слишком большое",
    "dtd": "XML с DOCTYPE",
    "timeout": "вышло время",
    "memory": "не хватило памяти",
    "worker_died": "чтение оборвалось",
    "no_text": "нет текста",
    "too_many_pages": "слишком много страниц",
    "needs_tesseract": "нужен tesseract",
    "needs_libreoffice": "нужен LibreOffice",
}
"""Reject code → what it means in two or three words."""
_LOADING = "Загрузка"
_NAME = 24  # characters of a name beside the bar
_COLOURS = {"ok": "green", "review": "yellow", "rejected": "red", "failed": "bold red"}


class _Rate(ProgressColumn):
    """Files a second, or a minute where they are slow."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        if not speed:
            return Text("")
        return Text(f"{speed:.1f} в с" if speed >= 1 else f"{speed * 60:.0f} в мин")


class _Left(TimeRemainingColumn):
    """How long it will take yet."""

    def render(self, task: Task) -> Text:
        return Text("осталось ", style="progress.remaining").append_text(super().render(task))


class Screen:
    """Lines go to stdout; the bar goes where the terminal is; the closing table to stderr."""

    def __init__(self, total: int) -> None:
        self._lines = Console(highlight=False)
        watched = self._lines if self._lines.is_terminal else Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeElapsedColumn(), _Left())
        self._progress = Progress(*columns, console=watched, transient=True, disable=not watched.is_terminal, speed_estimate_period=_PERIOD)
        self._total = total
        self._task = self._progress.add_task(_LOADING, total=total)

    def __enter__(self) -> "Screen":
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def show(self, outcome: Outcome) -> None:
        """Print the line of one file."""
        result = outcome.result
        code = f" [{result.code}]" if result.code else ""
        status = "skipped" if beside_documents(outcome) else result.status  # it merely lay in the folder
        line = f"{status:<8} {_near(outcome.input)}{code}: {result.message or WORDS[result.status]}"
        self._lines.print(line, style=_COLOURS[result.status] if self._lines.is_terminal else None, markup=False, soft_wrap=True)
        sys.stdout.flush()
        if outcome.input.label and not outcome.input.kept:  # a file of an archive, which nobody could count before
            self._total += 1
        self._progress.update(self._task, advance=1, total=self._total, description=_LOADING)

    def page_read(self, item: Input, number: int, pages: int) -> None:
        """Say how far a scan is: «Загрузка, приказ.pdf: страница 12 из 300»."""
        name = item.name if len(item.name) <= _NAME else f"{item.name[: _NAME - 1]}…"
        self._progress.update(self._task, description=escape(f"{_LOADING}, {name}: страница {number} из {pages}"))

    def closing_table(self, totals: Totals) -> None:
        """Print what the run came to."""
        table = Table(show_header=False)
        table.add_column(overflow="fold")
        table.add_column(style="dim", overflow="fold")
        table.add_column(justify="right")
        table.add_row("всего файлов", "", str(totals.files), end_section=True)
        for name in sorted(totals.rows):
            word, _, code = name.partition(": ")
            table.add_row(f"{word}: {REJECTED.get(code, code)}" if code else word, code, str(totals.rows[name]))
        if totals.findings:
            table.add_section()
        for code, count in sorted(totals.findings.items(), key=lambda item: (-item[1], item[0])):
            meaning = CATALOGUE[code].meaning if code in CATALOGUE else code
            table.add_row(f"замечание: {meaning}", code, str(count))
        console = Console(stderr=True, highlight=False)
        console.print(table)
        if totals.rows.keys() & {"на проверку", "на проверку, прочитан заново", "на проверку, уже в базе", "на проверку, новое имя"}:
            console.print("Что ждёт человека: prikaz list --review", highlight=False)
        if totals.not_taken:
            console.print("Что не принято и почему: prikaz list --rejected", highlight=False)


def _near(item: Input) -> str:
    """The path as seen from here."""
    return item.shown.removeprefix(os.getcwd() + os.sep)
