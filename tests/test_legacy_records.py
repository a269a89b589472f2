"""Old formats: `.doc`, `.rtf` and `.odt` made from our own orders give the same records as their DOCX.

LibreOffice makes the old files, and two of its exports change the order itself before anything is read, so they are left out:
the `.doc` of «dolginsky», which ends with a table, comes out with that table dissolved into paragraphs; the `.rtf` of
«bereznikovsky» has «1)» where the order has «а)».
"""

import subprocess
from pathlib import Path

import pytest

from extractors.reading.legacy import find_soffice
from pipeline.run import process_file
from tests.test_fixtures import ORDERS, _document, _records
from tests.test_legacy import FILTERS, need_libreoffice

CASES = [("dolginsky", ".rtf"), ("dolginsky", ".odt"), ("bereznikovsky", ".doc"), ("svetlorechye", ".doc"), ("verkhnekamensk", ".rtf")]


@pytest.mark.parametrize(("slug", "suffix"), CASES)
def test_an_old_file_gives_the_records_of_its_docx(slug: str, suffix: str, tmp_path: Path) -> None:
    need_libreoffice()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(find_soffice()), profile, "--headless", "--convert-to", FILTERS[suffix], "--outdir", str(tmp_path)]
    subprocess.run([*command, str(ORDERS / slug / "order.docx")], check=True, capture_output=True, timeout=180)
    old = _records(process_file(tmp_path / f"order{suffix}").model_dump(mode="json"))
    word = _records(_document(slug, "docx").model_dump(mode="json"))
    for key in word:
        assert old[key] == word[key], key
