"""What a story prints, one thing after another."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from schemas.source import Cell, Paragraph, Role


@dataclass(slots=True)
class TextItem:
    """A paragraph and what it is. ``page_only``: nothing but a page number stands in it."""

    paragraph: Paragraph
    role: Role = Role.BODY
    page_only: bool = False


@dataclass(slots=True)
class TableItem:
    """A table; ``nested`` and ``after`` become blocks of their own behind it."""

    rows: int
    columns: int
    cells: list[Cell]
    ruled: bool
    header_rows: int
    nested: list[tuple[int, int, "TableItem"]] = field(default_factory=list)  # (row, column, table)
    after: list[TextItem] = field(default_factory=list)


Item = TextItem | TableItem


def as_role(items: list[Item], role: Role) -> Iterator[Item]:
    """The same items, what was body being ``role``; a table is opened into the paragraphs of its cells."""
    for item in items:
        if isinstance(item, TextItem):
            yield TextItem(item.paragraph, role if item.role is Role.BODY else item.role, item.page_only)
        else:
            for cell in item.cells:
                yield from (TextItem(paragraph, role) for paragraph in cell.paragraphs)
            for _, _, nested in item.nested:
                yield from as_role([nested], role)
            yield from as_role(list(item.after), role)
