"""Items become blocks: numbered in reading order, nested tables right behind their outer table."""

from extractors.reading.docx.items import Item, TableItem
from schemas.source import Block, ParagraphBlock, TableBlock


class BlockList:
    """The blocks of a document as they grow."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._tables = 0

    @property
    def has_text(self) -> bool:
        """Whether there is a letter or digit anywhere."""
        return any(c.isalnum() for block in self.blocks for c in _text(block))

    def add(self, item: Item, nested_in: tuple[int, int, int] | None = None) -> None:
        """Append a paragraph or a table with all that belongs to it."""
        index = len(self.blocks)
        if not isinstance(item, TableItem):
            self.blocks.append(ParagraphBlock(index=index, role=item.role, paragraph=item.paragraph))
            return
        table = self._tables
        self._tables += 1
        self.blocks.append(
            TableBlock(
                index=index,
                table=table,
                rows=item.rows,
                columns=item.columns,
                cells=item.cells,
                ruled=item.ruled,
                header_rows=item.header_rows,
                nested_in=nested_in,
            )
        )
        for row, column, nested in item.nested:
            self.add(nested, (table, row, column))
        for text in item.after:
            self.add(text)


def _text(block: Block) -> str:
    return block.text if isinstance(block, ParagraphBlock) else "".join(cell.text for cell in block.cells)
