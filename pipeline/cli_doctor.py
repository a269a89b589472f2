"""``prikaz doctor``: what this machine can read, and how to make it read the rest."""

import sys

import typer


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("doctor")(doctor_command)


def doctor_command() -> int:
    """Сказать, что на этой машине читается, чего не хватает и как это установить. Код выхода 1, если чего-то нет."""
    from pipeline.doctor import examine_machine  # noqa: PLC0415 - loads the OCR engine

    checks = examine_machine()
    sys.stdout.write("есть  DOCX и PDF с текстом: читаются всегда\n")
    for check in checks:
        sys.stdout.write(f"{'есть' if check.ok else 'НЕТ '}  {check.name}: {check.found}\n")
        if not check.ok:
            sys.stdout.write(f"      без него не читаются {check.lost}; такие файлы отклоняются с кодом {check.code}\n")
            sys.stdout.write(f"      установить: {check.install}\n      потом: prikaz import --retry rejected ПУТЬ…\n")
    return 0 if all(check.ok for check in checks) else 1
