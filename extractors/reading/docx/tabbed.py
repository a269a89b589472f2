"""Tables typed with tab stops: «№ → Мероприятие → Срок → Ответственный», and a paragraph for each row below."""

from collections.abc import Sequence

from extractors.reading.column_words import head_columns
from extractors.reading.docx.items import Item, TableItem, TextItem
from schemas.source import Align, Cell, Paragraph, Role

_LEAST_ROWS = 2  # rows under the headings
_LONG_SECTION = 120  # characters: a longer line between two rows is prose

Row = list[Paragraph]
"""The cells of a row; a single one goes over the whole row."""


def with_tabbed_tables(items: Sequence[Item]) -> list[Item]:
    """The same items, with each such run of paragraphs as one table."""
    out: list[Item] = []
    position = 0
    while position < len(items):
        rows, end = _table_at(items, position)
        if rows:
            out.append(_table(rows))
            position = end
        else:
            out.append(items[position])
            position += 1
    return out


def _table_at(items: Sequence[Item], start: int) -> tuple[list[Row], int]:
    """The rows of the table that begins at ``start``, headings first, and the index after it; [] where none begins."""
    rows = _rows(items[start], 0)
    if not rows or not head_columns([cell.text for cell in rows[0]]):
        return [], start
    columns, end = len(rows[0]), start + 1
    for position in range(start + 1, len(items)):
        more = _rows(items[position], columns)
        if not more or any(len(row) not in (1, columns) for row in more):
            break
        if len(more[-1]) == columns:
            rows += [row for item in items[end:position] for row in _rows(item, columns)] + more
            end = position + 1
        elif position > end or len(more[0][0].text) > _LONG_SECTION:
            break  # one line may name a section between two rows
    full = sum(len(row) == columns for row in rows[1:])
    return (rows, end) if full >= _LEAST_ROWS and all(len(row) in (1, columns) for row in rows) else ([], start)


def _rows(item: Item, columns: int) -> list[Row]:
    """The lines of a paragraph, cut at its tab stops; the number of an automatic list is a cell where a column is left for it."""
    if not isinstance(item, TextItem) or item.role is not Role.BODY or item.page_only:
        return []
    rows = [[_cell(item.paragraph, text) for text in _texts(line, columns)] for line in item.paragraph.text.split("\n")]
    label = item.paragraph.label
    if label and len(rows[0]) == columns - 1 and rows[0][0].text.startswith(label):
        rest = rows[0][0].text[len(label) :].strip()
        rows[0] = [_cell(item.paragraph, label), _cell(item.paragraph, rest), *rows[0][1:]]
    return rows


def _texts(line: str, columns: int) -> list[str]:
    """The texts between tab stops; several stops in a row leave a cell empty only where the count of columns says so."""
    texts = [text.strip() for text in line.split("\t")]
    filled = [text for text in texts if text]
    return texts if len(texts) == columns > len(filled) > 1 else filled


def _cell(paragraph: Paragraph, text: str) -> Paragraph:
    return paragraph.model_copy(update={"text": text, "label": None, "level": None, "list_id": None, "align": Align.LEFT})


def _table(rows: list[Row]) -> TableItem:
    columns = len(rows[0])
    cells = []
    for at, row in enumerate(rows):
        span = columns if len(row) == 1 else 1
        cells += [
            Cell(row=at, column=column, row_span=1, column_span=span, paragraphs=[p] if p.text else []) for column, p in enumerate(row)
        ]
    return TableItem(rows=len(rows), columns=columns, cells=cells, ruled=False, header_rows=0)
