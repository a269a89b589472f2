"""How the sections of a roadmap nest: siblings replace each other, deeper ones stand under them."""

from dataclasses import dataclass

from extractors.layouts.grid import one_line
from extractors.layouts.item_numbers import Label, words
from extractors.layouts.section_rows import SectionRow
from schemas.raw import RawText

_RANK: dict[str, float] = {"roman": 4, "decimal": 5, "letter": 6}
_TIMES = {"year": 0, "quarter": 1, "month": 2, "span": 2}  # «2024 год» over «I квартал» over «Март»; «В течение года» beside them


@dataclass
class Section:
    """A section that is open."""

    label: Label
    title: str
    look: tuple[bool, bool, bool] = (False, False, False)  # bold, centred, in capitals
    rows: int = 0  # activities under it so far
    opener: bool = False  # the first of several section rows in a row
    text: RawText | None = None  # where it stands
    numbered: bool = False  # an activity under it has a number of its own, not «1.1» under «1.»


class SectionStack:
    """The open sections, outermost first."""

    def __init__(self, sections: list[Section] | None = None) -> None:
        self.sections = sections or []
        self._fresh = False  # the row above was a section row

    @property
    def titles(self) -> list[str]:
        """Titles of the open sections, outermost first."""
        return [s.title for s in self.sections]

    def before_activity(self, numbers: tuple[int, ...]) -> None:
        """Close «1.1. Провести:» where an activity «1.2» goes on beside it; «2» in a list under «1.» closes nothing."""
        for i, section in enumerate(self.sections):
            parts = section.label.ordinals
            beside = section.label.kind == "decimal" and len(parts) == len(numbers) and parts[:-1] == numbers[:-1]
            if beside and numbers[-1] > parts[-1] and not section.numbered and section.rows:
                self.sections = self.sections[:i]
                return

    def activity(self, numbers: tuple[int, ...] = ()) -> None:
        """An activity stands under the open sections."""
        for section in self.sections:
            section.rows += 1
            section.numbered = section.numbered or (bool(numbers) and not _is_below(numbers, section.label.ordinals))
        self._fresh = False

    def open(self, row: SectionRow, later: list[SectionRow], followed: bool, text: RawText | None = None) -> list[Section]:
        """Open a section; siblings and deeper ones close. Returns those that close without an activity.

        ``later`` = section rows still to come, nearest first; ``followed`` = the next row is a section row too.
        """
        keep = self._kept(row, later, followed)
        closed = [s for s in self.sections[keep:] if not s.rows]
        opener = not self._fresh and followed
        self.sections = [*self.sections[:keep], Section(row.label, one_line(row.title), row.look, 0, opener, text)]
        self._fresh = True
        return closed

    def _kept(self, row: SectionRow, later: list[SectionRow], followed: bool) -> int:
        """How many of the open sections stay open over a new one."""
        kinds = [s.label.kind for s in self.sections]
        kind = row.label.kind
        if kind == "bare":
            return self._kept_for_bare(row, later, followed)
        if kind == "decimal":
            return self._kept_for_decimal(row.label.ordinals)
        if kind in kinds and kind not in _TIMES:
            return kinds.index(kind)
        if kind in _TIMES:
            return next((i for i, k in enumerate(kinds) if _TIMES.get(k, -1) >= (1 if kind == "span" else _TIMES[kind])), len(kinds))
        closing = (i for i, s in enumerate(self.sections) if _rank(s.label.kind) > _rank(kind) and (s.rows or s.label.kind != "bare"))
        return next(closing, len(kinds))

    def _kept_for_decimal(self, numbers: tuple[int, ...]) -> int:
        """«3.2.1» stays under «3.2»; «4» closes both."""
        for i, section in enumerate(self.sections):
            parts = section.label.ordinals
            under = len(parts) < len(numbers) and numbers[: len(parts)] == parts
            if section.label.kind == "letter" or (section.label.kind == "decimal" and not under):
                return i
            if section.label.kind == "bare" and section.rows and self._bare_ends(i, numbers):
                return i
        return len(self.sections)

    def _bare_ends(self, index: int, numbers: tuple[int, ...]) -> bool:
        """A bare section that has activities ends where a number under the same decimal follows, or a list goes on («2.»)."""
        under_decimal = any(s.label.kind == "decimal" for s in self.sections[:index])
        return under_decimal or (index == len(self.sections) - 1 and numbers[-1] != 1)

    def _kept_for_bare(self, row: SectionRow, later: list[SectionRow], followed: bool) -> int:
        """A bare row stands over numbered ones whose numbers begin anew under it, else under the open ones."""
        numbered = [i for i, s in enumerate(self.sections) if s.label.ordinals]
        if numbered and (outer := self._over_numbered(numbered[0], row, later, followed)) is not None:
            return outer
        start = (numbered[-1] + 1) if numbered else 0
        bare = [i for i in range(start, len(self.sections)) if self.sections[i].label.kind == "bare"]
        if not bare or (self._fresh and self.sections[-1].label.kind == "bare"):
            return len(self.sections)
        return self._sibling_of_bare(bare, row, followed)

    def _over_numbered(self, first: int, row: SectionRow, later: list[SectionRow], followed: bool) -> int | None:
        """«Уровень учреждения» over a new «I.»; null where the numbers go on under the same head."""
        label = self.sections[first].label
        alike = (r.label for r in later if r.label.kind == label.kind and len(r.label.ordinals) == len(label.ordinals))
        coming = next(alike, None)
        head = self.sections[0]
        if coming and coming.ordinals[-1] == 1:
            return next((i for i, s in enumerate(self.sections[:first]) if s.label.kind == "bare"), first)
        if coming is None and not followed and first > 0 and head.label.kind == "bare" and head.look == row.look:
            return 0
        return None

    def _sibling_of_bare(self, bare: list[int], row: SectionRow, followed: bool) -> int:
        """Among bare rows: the one set alike; an opener of a group takes the place of the last opener."""
        alike = [i for i in bare if self.sections[i].look == row.look]
        if len(alike) == 1:
            return alike[0]
        openers = [i for i in bare if self.sections[i].opener]
        if followed and openers:
            return openers[0]
        return (alike or bare)[-1]


def _is_below(numbers: tuple[int, ...], parts: tuple[int, ...]) -> bool:
    """«1.1» under «1»."""
    return bool(parts) and len(numbers) > len(parts) and numbers[: len(parts)] == parts


def _rank(kind: str) -> float:
    order: list[str] = words()["section_words"]
    if kind in _TIMES:
        return _TIMES[kind]
    return 3 + order.index(kind) / 100 if kind in order else _RANK.get(kind, 7)
