"""What the README says is true: its command list, its queries, its two commands."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.cli import app
from schemas.findings import CATALOGUE
from storage.engine import open_database, session
from storage.save import save_document
from tests.documents import sample
from tools.readme import README, with_commands

ROOT = Path(__file__).parent.parent
QUERIES = re.findall(r"```sql\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


def test_the_command_list_is_fresh() -> None:
    readme = README.read_text(encoding="utf-8")
    assert with_commands(readme) == readme, "run: make readme"


def test_every_command_says_what_it_does() -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        assert command.callback.__doc__, command.name


ANSWERS = [
    [("Лапин С.С.", 2), ("Ветрова А.И.", 1)],
    [("2023-03-31", "17-о", "1", "Семинар для учителей")],
    [("МБОУ СОШ № 5", "МБОУ Гимназия № 2")],
]


@pytest.mark.parametrize(("query", "answer"), list(zip(QUERIES, ANSWERS, strict=True)))
def test_the_queries_of_the_readme_answer(tmp_path: Path, query: str, answer: list[tuple[object, ...]]) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/prikaz.db", write=True)
    with session(engine, write=True) as opened:
        save_document(opened, sample(), "1")
        assert [tuple(row) for row in opened.execute(text(query))] == answer


def test_paths_in_the_readme_exist() -> None:
    rooms = "lexicon|extractors|normalizers|exports|fixtures|tests|docs|schemas|pipeline"
    named = re.findall(rf"`((?:{rooms})/[\w./-]*)`", README.read_text(encoding="utf-8"))
    assert len(named) > 8
    for name in named:
        assert (ROOT / name).exists(), name


def test_every_finding_has_a_russian_meaning() -> None:
    for code, entry in CATALOGUE.items():
        assert re.fullmatch(r"[a-z_]+", code)
        assert re.search(r"[а-я]", entry.meaning)
