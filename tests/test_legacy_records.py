"""Old formats: `.doc`, `.rtf` and `.odt` made by LibreOffice from our own orders give the same records as their DOCX."""

import shutil
from pathlib import Path

import pytest

from pipeline.run import process_file
from tests.needs import need_libreoffice
from tests.test_fixtures import ORDERS, _document, _records
from tests.test_legacy import FILTERS, convert

CASES = [
    ("dolginsky", ".doc"),
    ("dolginsky", ".odt"),
    ("bereznikovsky", ".doc"),
    ("bereznikovsky", ".rtf"),  # «а)», «б)», whose format its RTF has lost
    ("svetlorechye", ".doc"),
    ("verkhnekamensk", ".rtf"),
    ("zarechnobor-school", ".odt"),
]


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our orders in old formats: one start of LibreOffice a format."""
    need_libreoffice()
    folder = tmp_path_factory.mktemp("old")
    for suffix in FILTERS:
        wanted = [slug for slug, other in CASES if other == suffix]
        convert([Path(shutil.copy(ORDERS / slug / "order.docx", folder / f"{slug}.docx")) for slug in wanted], suffix, folder)
    return folder


@pytest.mark.parametrize(("slug", "suffix"), CASES)
def test_an_old_file_gives_the_records_of_its_docx(slug: str, suffix: str, old: Path) -> None:
    found = _records(process_file(old / f"{slug}{suffix}").model_dump(mode="json"))
    word = _records(_document(slug, "docx").model_dump(mode="json"))
    for key in word:
        assert found[key] == word[key], key
