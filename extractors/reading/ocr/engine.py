"""tesseract inside the process: a picture in, words with boxes and confidences out."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from schemas.errors import RejectCode, RejectedError

Gray = NDArray[np.uint8]
"""A grey picture, rows × columns, 0 black … 255 white."""

LANGUAGE = "rus"
INSTALL = "apt-get install tesseract-ocr tesseract-ocr-rus"
BLOCK, LINE, WORD = 6, 7, 8
"""Page segmentation modes of tesseract: one block of text, one line, one word."""

_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_SETTINGS = {
    "invert_threshold": "0",  # white on black is not met; looking for it reads every doubtful line twice
    "tessedit_do_invert": "0",
    "load_system_dawg": "1",
}


@dataclass(slots=True)
class Seen:
    """A word in pixels of the picture it was read from."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float  # 0–1
    size: float = 0.0  # height of the line, from ascenders to descenders


class OutOfTimeError(Exception):
    """The page took longer than a page may."""


def tessdata_folder() -> Path | None:
    """Where the Russian model lies: TESSDATA_PREFIX first, then where distributions put it."""
    given = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(given), Path(given) / "tessdata"] if given else []
    return next((f for f in [*folders, *map(Path, _FOLDERS)] if (f / f"{LANGUAGE}.traineddata").is_file()), None)


def needs_tesseract() -> RejectedError:
    """The refusal for a scan on a machine that cannot read scans."""
    return RejectedError(
        RejectCode.NEEDS_TESSERACT,
        f"Страницы без текста нужно распознать, а tesseract с русским языком не установлен. Установите: {INSTALL}",
    )


class Engine:
    """One tesseract with the Russian model; holds about 60 MB, starts in 0.1 s."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # threads of one page hinder each other; pages go in parallel instead
        import tesserocr  # type: ignore[import-untyped]  # noqa: PLC0415 - reads OMP_THREAD_LIMIT when it is loaded

        self._levels = tesserocr.RIL
        self._api = tesserocr.PyTessBaseAPI(path=str(folder), lang=LANGUAGE, psm=BLOCK)
        for name, value in _SETTINGS.items():
            self._api.SetVariable(name, value)
        self._only = ""

    def read(self, picture: Gray, mode: int = BLOCK, *, dpi: int = 200, only: str = "", until: float | None = None) -> list[Seen]:
        """Words of a picture, top to bottom, left to right.

        Args:
            picture: dark on light.
            mode: how the text is set: `BLOCK`, `LINE` or `WORD`.
            dpi: resolution of the picture.
            only: the only characters that may come out.
            until: time of the monotonic clock by which the page must be read.

        Raises:
            OutOfTimeError: the time is over.
        """
        picture = np.ascontiguousarray(picture)
        height, width = picture.shape
        if only != self._only:
            self._api.SetVariable("tessedit_char_whitelist", only)
            self._only = only
        self._api.SetPageSegMode(mode)
        self._api.SetImageBytes(picture.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(dpi)
        if not self._api.Recognize(_milliseconds(until)):
            if until is not None and time.monotonic() >= until:
                raise OutOfTimeError
            return []
        return list(self._words())

    def _words(self) -> Iterator[Seen]:
        found = self._api.GetIterator()
        if found is None:
            return
        level, line = self._levels.WORD, self._levels.TEXTLINE
        base, slope, left, rising, falling = 0.0, 0.0, 0.0, 0.0, 0.0
        found.Begin()
        while True:
            if found.IsAtBeginningOf(line):
                base, slope, left, rising, falling = _line_shape(found, line)
            box = None if found.Empty(level) else found.BoundingBox(level)
            text = found.GetUTF8Text(level).strip() if box else ""
            if box and text:
                height = base + slope * ((box[0] + box[2]) / 2 - left)
                yield Seen(text, box[0], height - rising, box[2], height + falling, found.Confidence(level) / 100, rising + falling)
            if not found.Next(level):
                return


def _milliseconds(until: float | None) -> int:
    """What is left, as tesseract wants it; 0 is for ever."""
    if until is None:
        return 0
    left = int((until - time.monotonic()) * 1000)
    if left <= 0:
        raise OutOfTimeError
    return left


def _line_shape(found, line: int) -> tuple[float, float, float, float, float]:  # type: ignore[no-untyped-def]
    """Base line at its left end, its slope, its left end, and how far the line rises above and falls below it, in pixels.

    The heights of single words will not do: «и», «р», «-» on one line would stand on three.
    """
    (x0, y0), (x1, y1) = found.Baseline(line)
    shape = found.RowAttributes()
    falling = abs(shape["descenders"])
    rising = max(shape["row_height"] - falling, 1.0)
    return y0, (y1 - y0) / (x1 - x0) if x1 > x0 else 0.0, x0, rising, falling


@cache
def start_engine() -> Engine:
    """The engine of this process.

    Raises:
        RejectedError: `needs_tesseract`.
    """
    folder = tessdata_folder()
    if folder is None:
        raise needs_tesseract()
    return Engine(folder)


def tesseract_version() -> str | None:
    """«5.5.4»; None where the engine cannot be loaded."""
    try:
        import tesserocr  # noqa: PLC0415 - may fail where a shared library is missing
    except ImportError:
        return None
    words = str(tesserocr.tesseract_version()).split()
    return words[1] if len(words) > 1 else None


def installed_languages(folder: Path) -> list[str]:
    """Names of the models in a folder, sorted."""
    return sorted(path.stem for path in folder.glob("*.traineddata"))
