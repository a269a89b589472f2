"""One doubtful number read again in several sizes, the readings counted."""

import re
from dataclasses import dataclass, field

import cv2
import numpy as np

from extractors.reading.ocr.counting import is_number
from extractors.reading.ocr.engine import BLOCK, Engine, Gray, Seen
from extractors.reading.ocr.glyphs import marks_of, pointed
from extractors.reading.ocr.regions import Region

_ALLOWED = "0123456789.,-"
_TRIALS = ((1.0, 20), (1.5, 20), (1.5, 8))
"""Scale and paper around the digits: each reads others wrong, together 147 of 155 where one reads 131."""
_MORE = ((1.0, 8), (2.0, 20))
"""Tried too where the readings do not go on with the count of the rows."""
AGREED = 1.6  # two readings so sure together need no third
_AGAIN = 0.1  # what every further trial that reads the same adds to how sure each is
_HEARD = 0.3  # less is noise: «№п/п» read as a figure
_BY_PLACE = 0.5  # a number that no trial reads, but that its marks and the rows around it tell


@dataclass(slots=True)
class Doubt:
    """A number in doubt: its words, its picture, its figures and points counted, and how sure each trial was of its reading."""

    seen: list[Seen]
    region: Region
    gray: Gray
    paper: int
    marks: str = ""
    votes: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._vote(_text(self.seen), self._confidence())

    def read_again(self, engine: Engine, until: float) -> None:
        """The usual trials, until two agree."""
        self._try(_TRIALS, engine, until)

    def read_more(self, engine: Engine, until: float) -> None:
        """Further trials for what the usual ones leave open."""
        self._try(_MORE, engine, until)

    def choices(self) -> dict[str, float]:
        """Readings with their weights."""
        return {text: sum(sure) + _AGAIN * (len(sure) - 1) for text, sure in self.votes.items()}

    def heard(self) -> bool:
        """Some reading is more than noise."""
        return any(max(sure) > _HEARD for sure in self.votes.values())

    def fits(self, text: str) -> bool:
        """A number of as many figures, with its points in the same places, as there are marks."""
        return bool(self.marks) and re.sub(r"\d", "0", text) == self.marks

    def write(self, text: str, counted: bool) -> None:
        """Put a reading in place of the first.

        Args:
            text: a number.
            counted: it goes on with the count of its column.
        """
        sure = self.votes.get(text, [])
        often = len(sure) > 2 and self.fits(text)
        better = any(c.isdigit() for c in _text(self.seen)) and sum(sure) > self._confidence()  # «П» alone may be a Roman two
        if counted or often or (len(sure) > 1 and max(sure) > _HEARD) or better:
            first = self.seen[0]
            confidence = max(sure, default=_BY_PLACE) * (0.8 if len(sure) == 1 and sure[0] != self._confidence() else 1.0)
            self.seen[:] = [Seen(text, first.x0, first.top, self.seen[-1].x1, first.bottom, confidence, first.size)]

    def _try(self, trials: tuple[tuple[float, int], ...], engine: Engine, until: float) -> None:
        picture = self._picture()
        for scale, pad in trials if picture.size else ():
            size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
            larger = cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC) if scale > 1 else picture
            larger = cv2.copyMakeBorder(larger, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(self.paper,))
            again = engine.read(larger.astype(np.uint8), BLOCK, dpi=round(200 * scale), only=_ALLOWED, until=until)
            self._vote(_text(again), min((word.confidence for word in again), default=0.0))
            if any(len(sure) > 1 and sum(sure) >= AGREED for sure in self.votes.values()):
                return

    def _vote(self, text: str, confidence: float) -> None:
        """Count a reading with its points put right; one with another number of figures than there are marks counts little."""
        if not text:
            return
        self.marks = self.marks or marks_of(self._picture(), self.paper)
        text = pointed(re.sub(r"[:;]|[,-]$", ".", text), self.marks)
        if is_number(text):
            strange = self.marks and sum(c.isdigit() for c in text) != self.marks.count("0")
            self.votes.setdefault(text, []).append(confidence * (0.2 if strange else 1.0))

    def _confidence(self) -> float:
        return min(word.confidence for word in self.seen)

    def _picture(self) -> Gray:
        """The cell cut to its ink; in a cell of several lines only the line read."""
        region, seen = self.region, self.seen
        top, bottom = min(w.top for w in seen) - 6, max(w.bottom for w in seen) + 6
        part = self.gray[max(region.top + 2, round(top)) : min(region.bottom - 1, round(bottom)), region.x0 + 2 : region.x1 - 1]
        ys, xs = np.nonzero(part < self.paper - 60)
        if not len(ys):
            return part[:0]
        return part[max(ys.min() - 2, 0) : ys.max() + 3, max(xs.min() - 2, 0) : xs.max() + 3]


def _text(seen: list[Seen]) -> str:
    return "".join(word.text for word in seen)
