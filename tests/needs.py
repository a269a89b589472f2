"""What tests need of the machine: without it they skip and say so; with ``PRIKAZ_REQUIRE=all`` they fail."""

import os
from typing import NoReturn

import pytest

from extractors.reading.legacy import INSTALL_COMMAND, find_soffice
from extractors.reading.ocr.engine import tessdata_folder


def lacking(what: str) -> NoReturn:
    """This machine has no ``what``."""
    if os.environ.get("PRIKAZ_REQUIRE") == "all":
        pytest.fail(f"PRIKAZ_REQUIRE=all, but this machine lacks {what}", pytrace=False)
    pytest.skip(f"this machine lacks {what}")


def need_tesseract() -> None:
    """With its Russian."""
    if tessdata_folder() is None:
        lacking("tesseract with Russian")


def need_libreoffice() -> None:
    """Any version."""
    if find_soffice() is None:
        lacking(f"LibreOffice: {INSTALL_COMMAND}")
