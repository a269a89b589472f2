"""The same tables on a real PostgreSQL, started for the tests in a folder of its own."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from schemas.errors import DatabaseError
from storage.engine import open_database, session
from storage.load import load_document
from storage.save import save_document
from tests.documents import in_review, sample
from tests.needs import lacking
from tests.test_docs import ANSWERS, QUERIES


def _tool(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


def _as_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    initdb, server = _tool("initdb"), _tool("postgres")
    if initdb is None or server is None:
        lacking("PostgreSQL")
    folder = Path(tempfile.mkdtemp(prefix="prikaz-pg-"))
    prefix = _as_user(folder)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        [*prefix, initdb, "-D", folder / "data", "-U", "prikaz", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"], check=True, **quiet
    )  # type: ignore[call-overload]
    process = subprocess.Popen([*prefix, server, "-D", folder / "data", "-k", folder, "-c", "listen_addresses="], **quiet)  # type: ignore[call-overload]
    try:
        address = f"postgresql://prikaz@/postgres?host={folder}"
        _wait(address)
        yield address
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(address: str) -> None:
    for _ in range(100):
        try:
            open_database(address, write=True)
            return
        except DatabaseError:
            time.sleep(0.1)
    pytest.fail("PostgreSQL does not answer")


def test_a_document_comes_back_exactly(url: str) -> None:
    engine = open_database(url, write=True)
    for document in (sample(), in_review(), sample(number="18")):
        with session(engine, write=True) as opened:
            save_document(opened, document, "1")
        with session(engine, write=False) as opened:
            assert load_document(opened, document.id).model_dump_json() == document.model_dump_json()


@pytest.mark.parametrize(("query", "answer"), list(zip(QUERIES, ANSWERS, strict=True)))
def test_the_queries_of_the_readme_answer(url: str, query: str, answer: list[tuple[object, ...]]) -> None:
    engine = open_database(url, write=True)
    with session(engine, write=True) as opened:
        opened.execute(text("DELETE FROM documents"))
        save_document(opened, sample(), "1")
        found = [tuple(row) for row in opened.execute(text(query))]
    assert [tuple(str(value) for value in row) for row in found] == [tuple(str(value) for value in row) for row in answer]


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(DatabaseError, match="Сервер базы данных не отвечает"):
        open_database("postgresql://nobody@127.0.0.1:1/none", write=True)
