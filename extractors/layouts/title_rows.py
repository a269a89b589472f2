"""A plan's title typed into the first row of its table: «План мероприятий акции» over «№ | Мероприятия | Дата»."""

from collections.abc import Sequence

from extractors.layouts import marks
from extractors.layouts.grid import Grid
from extractors.layouts.header import find_header
from extractors.layouts.section_lines import names_plan
from extractors.lines import Item, Line, frame_lines
from schemas.source import TableBlock

_ABOVE = 8  # lines above a table among which its title may stand


def lift_titles(items: Sequence[Item]) -> list[Item]:
    """The same items, with such a row as lines above its table."""
    lifted: list[Item] = []
    for item in items:
        if isinstance(item, TableBlock) and not _is_titled(lifted) and _has_title(item):
            first = [c for c in item.cells if c.row == 0]
            lifted += frame_lines(item.model_copy(update={"cells": first}))
            item = item.model_copy(update={"cells": [c for c in item.cells if c.row > 0]})
        lifted.append(item)
    return lifted


def _has_title(table: TableBlock) -> bool:
    """One cell over the whole row says «План …», and the headings stand right below it."""
    grid = Grid(table)
    filled = grid.filled(0)
    header = find_header(grid)
    return (
        len(filled) == 1
        and filled[0].column_span == table.columns
        and marks.heading_kind(filled[0].text) in ("roadmap", "plan")
        and names_plan(filled[0].text)
        and header is not None
        and header.rows[0] == filled[0].row_span
    )


def _is_titled(above: Sequence[Item]) -> bool:
    """The lines above name a plan already, or a table stands there: the row is a section."""
    lines = above[-_ABOVE:]
    return any(not isinstance(x, Line) or marks.heading_kind(x.words) in ("roadmap", "plan") for x in lines)
