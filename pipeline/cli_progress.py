"""What a person sees while files come in: a line per file, a bar where somebody is watching, a table at the end."""

import os
import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pipeline.batch import Outcome
from pipeline.inputs import Input
from pipeline.totals import WORDS, Totals, beside_documents
from schemas.findings import CATALOGUE

_COLOURS = {"ok": "green", "review": "yellow", "rejected": "red", "failed": "bold red"}


class _Rate(ProgressColumn):
    """Files a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/с" if speed else "")


class Screen:
    """Lines go to stdout; the bar goes where the terminal is; the closing table to stderr."""

    def __init__(self, total: int) -> None:
        self._lines = Console(highlight=False)
        watched = self._lines if self._lines.is_terminal else Console(stderr=True)
        columns = (TextColumn("Загрузка"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeElapsedColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=watched, transient=True, disable=not watched.is_terminal or total < 2)
        self._task = self._progress.add_task("", total=total)

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
        self._progress.advance(self._task)

    def closing_table(self, totals: Totals) -> None:
        """Print what the run came to."""
        table = Table(show_header=False)
        table.add_column()
        table.add_column(justify="right")
        table.add_row("всего файлов", str(totals.files), end_section=True)
        for name in sorted(totals.rows):
            table.add_row(name, str(totals.rows[name]))
        if totals.findings:
            table.add_section()
        for code, count in sorted(totals.findings.items(), key=lambda item: (-item[1], item[0])):
            meaning = CATALOGUE[code].meaning if code in CATALOGUE else code
            table.add_row(f"замечание: {meaning}", str(count))
        Console(stderr=True, highlight=False).print(table)


def _near(item: Input) -> str:
    """The path as seen from here."""
    return item.shown.removeprefix(os.getcwd() + os.sep)
