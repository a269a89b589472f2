"""Writes the command list of README.md from the commands themselves. Run ``python -m tools.readme``."""

from pathlib import Path
from typing import Any

import typer.main

from pipeline.cli import app

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- команды: начало -->\n", "<!-- команды: конец -->"


def main() -> None:
    """Put the fresh list into the file."""
    README.write_text(with_commands(README.read_text(encoding="utf-8")), encoding="utf-8")


def with_commands(text: str) -> str:
    """``text`` with what stands between the marks replaced by the fresh list."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}{command_list()}{END}{after}"


def command_list() -> str:
    """The commands with their parameters as Markdown."""
    return "".join(_commands(typer.main.get_command(app), "prikaz"))


def _commands(group: Any, path: str) -> list[str]:
    pieces = []
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            pieces += _commands(command, f"{path} {name}")
        elif not command.hidden:
            pieces.append(_described(command, f"{path} {name}"))
    return pieces


def _described(command: Any, path: str) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join([path, *(p.metavar or p.name.upper() for p in arguments)])
    rows = [f"  - `{', '.join(p.opts)}{_value(p)}` — {p.help}" for p in options]
    return "\n".join([f"- **`{usage}`** — {command.help}", *rows]) + "\n"


def _value(option: Any) -> str:
    return "" if option.is_flag else f" {option.metavar or 'ЗНАЧЕНИЕ'}"


if __name__ == "__main__":
    main()
