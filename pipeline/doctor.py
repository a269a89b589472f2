"""What is installed, what cannot be read without it, and the command that installs it: data for `prikaz doctor`."""

import shutil
import subprocess
from typing import NamedTuple

from extractors.reading.legacy import INSTALL_COMMAND as INSTALL_LIBREOFFICE
from extractors.reading.legacy import find_soffice
from extractors.reading.ocr.engine import INSTALL as INSTALL_TESSERACT
from extractors.reading.ocr.engine import LANGUAGE, installed_languages, tessdata_folder, tesseract_version
from schemas.errors import RejectCode

_PATIENCE = 20.0  # seconds for a program to tell its version; LibreOffice takes 1–3 at its first start


class Check(NamedTuple):
    """One tool: whether it is there, and what follows.

    ``found`` says what there is (version, languages, place), ``lost`` what cannot be read without it, ``install`` the command.
    """

    name: str
    ok: bool
    found: str
    lost: str
    install: str
    code: RejectCode


def examine_machine() -> list[Check]:
    """All tools that some files need. DOCX and PDF with text need none of them."""
    return [check_tesseract(), check_libreoffice()]


def check_tesseract() -> Check:
    """The engine, which comes with the program, and the Russian model, which does not."""
    folder, version = tessdata_folder(), tesseract_version()
    ok = folder is not None and version is not None
    if version is None:
        found = "движок tesserocr не загружается: переустановите программу"
    elif folder is None:
        found = f"движок {version}, русской модели ({LANGUAGE}.traineddata) нет"
    else:
        found = f"движок {version}, языки: {', '.join(installed_languages(folder))} ({folder})"
    lost = "сканы: PDF без текста или с ложным текстовым слоем, изображения JPEG, PNG, TIFF"
    return Check("tesseract", ok, found, lost, INSTALL_TESSERACT, RejectCode.NEEDS_TESSERACT)


def check_libreoffice() -> Check:
    """LibreOffice, for old formats."""
    program = find_soffice()
    found = f"{_version(program)} ({program})" if program else "не найден (ни soffice, ни libreoffice)"
    return Check(
        "LibreOffice", program is not None, found, "старые форматы: .doc, .rtf, .odt", INSTALL_LIBREOFFICE, RejectCode.NEEDS_LIBREOFFICE
    )


def _version(program: str) -> str:
    """«версия 7.4.7.2» of «LibreOffice 7.4.7.2 40(Build:2)»; a program that does not answer is named as such."""
    try:
        answer = subprocess.run(
            [shutil.which(program) or program, "--version"], capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "версия неизвестна: программа не отвечает"
    words = answer.stdout.split()
    return f"версия {words[1]}" if len(words) > 1 else "версия неизвестна"
