"""The walls between the rooms, and what may never stand in the tree."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from sys import stdlib_module_names

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
BASE = {"schemas", "lexicon"}
SIBLINGS = {"extractors", "normalizers", "storage", "exports", "audit"}
TOP = {"pipeline", "web"}
ROOMS = BASE | SIBLINGS | TOP

ALLOWED = {room: {room} for room in BASE} | {room: BASE | {room} for room in SIBLINGS} | dict.fromkeys(TOP, ROOMS)

WALLS = {
    ("docx", "pdfplumber", "pdfminer", "pypdfium2", "pikepdf", "tesserocr", "cv2", "olefile"): "extractors/reading/",
    ("natasha", "dateparser", "pymorphy2", "yargy", "slovnet", "navec"): "normalizers/",
    ("pymorphy3",): "lexicon/words.py",
    ("sqlalchemy", "alembic", "psycopg"): "storage/",
    ("typer", "rich"): "pipeline/cli",
}


def tracked(*patterns: str) -> list[Path]:
    """Files of the tree: those git knows, or all where this is no checkout."""
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        return [path for pattern in patterns or ("*",) for path in ROOT.rglob(pattern) if path.is_file() and ".venv" not in path.parts]
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def modules() -> list[Path]:
    return [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] in ROOMS]


def imports(path: Path) -> Iterator[str]:
    """Full names of the modules a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield node.module or ""


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    for name in imports(path):
        top = name.split(".")[0]
        if top in ROOMS:
            assert top in ALLOWED[room], f"{room} imports {name}"
        assert top not in {"tests", "tools", "fixtures", "benchmarks"}, f"{room} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_libraries_stay_behind_their_walls(path: Path) -> None:
    place = str(path.relative_to(ROOT))
    for name in imports(path):
        for libraries, home in WALLS.items():
            if name.split(".")[0] in libraries:
                assert place.startswith(home), f"{place} imports {name}, which belongs in {home}"


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}
    owners = packages_distributions()
    used = {name.split(".")[0] for path in modules() for name in imports(path)} - ROOMS - stdlib_module_names
    missing = {name for name in used if not declared & {canonicalize_name(owner) for owner in owners.get(name, [name])}}
    # numpy comes with what needs it; natasha is given pymorphy3 under the name pymorphy2
    assert missing - {"pymorphy2"} == set()


def test_only_the_flow_knows_every_stage() -> None:
    flow = (ROOT / "pipeline" / "run.py").read_text(encoding="utf-8")
    assert len(flow.splitlines()) <= 40
    assert not any(isinstance(node, ast.If) for node in ast.walk(ast.parse(flow)))


TEXT_FILES = {".py", ".toml", ".txt", ".md", ".tsv", ".json", ".yml", ".cfg", ""}
REGISTRIES = ("index" + "-url", "pypi" + ".org", "find" + "-links", "files." + "pythonhosted")
FORBIDDEN = (*REGISTRIES, "/" + "work/", "/home" + "/", "/root" + "/", "/opt" + "/pypi", "/opt" + "/wheels")


def test_no_registry_address_and_no_path_outside_the_project() -> None:
    for path in tracked():
        if path.suffix in TEXT_FILES:
            text = path.read_text(encoding="utf-8", errors="replace")
            found = [words for words in FORBIDDEN if words in text]
            assert not found, f"{path.relative_to(ROOT)}: {found}"


def test_the_pins_are_exact_and_cover_what_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for file, declared in (
        ("requirements.txt", project["dependencies"]),
        ("requirements-dev.txt", project["dependencies"] + project["optional-dependencies"]["dev"]),
    ):
        lines = [line for line in (ROOT / file).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        pins = dict(line.split("==") for line in lines)
        for requirement in map(Requirement, declared):
            assert pins[canonicalize_name(requirement.name)] in requirement.specifier, requirement
