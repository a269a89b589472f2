"""Words of a page set in rows: what stands on one line, left to right."""

from dataclasses import dataclass
from statistics import median

from extractors.reading.page import Word
from schemas.source import Paragraph, Span

TAB = 2.4  # a gap wider than so many font sizes is a tab stop


@dataclass(slots=True)
class Row:
    """Words on one line, left to right."""

    words: list[Word]

    @property
    def x0(self) -> float:
        """Left edge in points."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge in points."""
        return max(w.x1 for w in self.words)

    @property
    def top(self) -> float:
        """Upper edge in points."""
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        """Lower edge in points."""
        return max(w.bottom for w in self.words)

    @property
    def size(self) -> float:
        """Median font size, or height where the size is unknown."""
        return median(w.size or (w.bottom - w.top) for w in self.words)

    @property
    def bold(self) -> bool:
        """Most characters are bold."""
        return sum(len(w.text) for w in self.words if w.bold) * 2 > sum(len(w.text) for w in self.words)

    @property
    def text(self) -> str:
        """Words joined by a space, or by a tab where the gap is as wide as one."""
        parts = [self.words[0].text]
        for before, word in zip(self.words, self.words[1:], strict=False):
            parts.append(("\t" if word.x0 - before.x1 > TAB * self.size else " ") + word.text)
        return "".join(parts)

    def span(self, page: int) -> Span:
        """Its rectangle on ``page``."""
        return Span(page=page, bbox=(round(self.x0, 1), round(self.top, 1), round(self.x1, 1), round(self.bottom, 1)))

    def paragraph(self, page: int) -> Paragraph:
        """The row as a paragraph of its own."""
        return Paragraph(text=self.text, bold=self.bold, size=round(self.size, 1), spans=[self.span(page)])


def rows_of(words: list[Word]) -> list[Row]:
    """Group words whose middles stand on one height."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: ((w.top + w.bottom) / 2, w.x0)):
        middle = (word.top + word.bottom) / 2
        last = rows[-1] if rows else None
        if last and abs(middle - sum((w.top + w.bottom) / 2 for w in last) / len(last)) < 0.45 * (word.bottom - word.top):
            last.append(word)
        else:
            rows.append([word])
    return [Row(sorted(row, key=lambda w: w.x0)) for row in rows]
