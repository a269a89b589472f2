"""The command line speaks Russian: what typer itself says about commands, parameters and mistakes in them."""

import re
from typing import Any

_MISTAKES = (
    (r"No such option: (\S+).*", r"Нет такого параметра: \1"),
    (r"No such command '(.*?)'.*", r"Нет такой команды: \1"),
    (r"Missing command\.", r"Не хватает команды"),
    (r"Missing (?:argument|option|parameter) '?(.*?)'?\.", r"Не хватает: \1"),
    (r"Option '(.*?)' requires.*", r"Параметру \1 нужно значение"),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((.*)\)", r"Лишнее в команде: \1"),
    (r"Invalid value for '?(.*?)'?: .*valid integer.*", r"Параметр \1: нужно целое число"),
    (r"Invalid value for '?(.*?)'?: .*greater than or equal to (\d+).*", r"Параметр \1: нужно число не меньше \2"),
    (r"Invalid value for '?(.*?)'?: (.*)", r"Негодное значение \1: \2"),
)
"""What typer says about a mistake → the same in Russian."""


def explain_mistake(message: str, command: str) -> str:
    """A mistake in a command line in Russian, and where help is; ``command``: as far as it was understood («prikaz import»)."""
    for english, russian in _MISTAKES:
        if match := re.fullmatch(english, message, re.DOTALL):
            message = match.expand(russian)
            break
    return f"{message}. Справка: {command} --help"


def speak_russian(command: Any) -> None:
    """Make the help of a command, and of those below it, Russian."""
    from typer import rich_utils  # noqa: PLC0415 - heavy, and only help needs it

    rich_utils.ARGUMENTS_PANEL_TITLE = "Аргументы"
    rich_utils.OPTIONS_PANEL_TITLE = "Параметры"
    rich_utils.COMMANDS_PANEL_TITLE = "Команды"
    rich_utils.REQUIRED_LONG_STRING = ""  # the usage line says so
    _translate(command)


def _translate(command: Any) -> None:
    usage, help_option = command.get_usage, command.get_help_option
    command.options_metavar = "[ПАРАМЕТРЫ]"
    command.get_usage = lambda ctx: _russian_usage(usage(ctx))
    command.get_help_option = lambda ctx: _with_help(help_option(ctx), "Показать эту справку")
    for param in command.params:
        shown = None if param.param_type_name == "argument" else param.metavar
        param.display_type_rich = lambda ctx, shown=shown: shown
        param.show_default = False
    for below in getattr(command, "commands", {}).values():
        command.subcommand_metavar = "КОМАНДА …"
        _translate(below)


def _russian_usage(usage: str) -> str:
    return re.sub(r"\{([^}]+)\}", r"\1", usage).replace("Usage: ", "Вызов: ", 1).replace("…]...", "…]")


def _with_help(option: Any, words: str) -> Any:
    if option is not None:
        option.help = words
        option.display_type_rich = lambda ctx: None
    return option
