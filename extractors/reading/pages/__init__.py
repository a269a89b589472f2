"""Pages put together: lines, paragraphs, tables, and what goes on over a page end."""

from extractors.reading.page import Page, Word
from extractors.reading.pages.columns import split_columns
from extractors.reading.pages.flow import join_paragraphs
from extractors.reading.pages.footnotes import notes_of
from extractors.reading.pages.grids import Grid, find_grids
from extractors.reading.pages.joining import join_tables
from extractors.reading.pages.ladders import find_ladders
from extractors.reading.pages.lines import rows_of
from extractors.reading.pages.open_tables import find_open_tables
from extractors.reading.pages.paragraphs import margins_of, paragraphs_of
from extractors.reading.pages.running import Place, place_of, running_rows
from extractors.reading.pages.tables import PageTable, table_of
from extractors.reading.pages.wording import Wording
from schemas.source import Block, Paragraph, ParagraphBlock, ReaderNote, Role, TableBlock

__all__ = ["Grid", "assemble_pages", "find_grids"]

Piece = tuple[Role, Paragraph] | PageTable


def assemble_pages(pages: list[Page]) -> tuple[list[Block], list[ReaderNote]]:
    """Turn pages of words and rules into blocks in reading order, numbered from 0."""
    wording = Wording(word.text for page in pages for word in page.words if not word.hidden)
    running = running_rows(pages)
    pieces: list[Piece] = []
    before: Grid | None = None
    for page in pages:
        found, before = _page_pieces(page, running.get(page.number, {}), wording, before)
        pieces += found
    pieces, notes = join_tables(join_paragraphs(pieces, pages, wording), wording)
    blocks: list[Block] = []
    tables = 0
    for piece in pieces:
        if isinstance(piece, PageTable):
            blocks.append(piece.block(len(blocks), tables))
            tables += 1
        else:
            blocks.append(ParagraphBlock(index=len(blocks), role=piece[0], paragraph=piece[1]))
    for note in notes:
        note.block = next((b.index for b in blocks if isinstance(b, TableBlock) and note.page in {s.page for s in b.spans}), None)
    return blocks, notes


def _page_pieces(page: Page, running: dict[Place, Role], wording: Wording, before: Grid | None) -> tuple[list[Piece], Grid | None]:
    """The pieces of a page in reading order, and the table without full rules that ends it."""
    grids = find_grids(page)
    grids += find_ladders(page, grids, before)
    nested = [any(other.holds_grid(grid) for other in grids) for grid in grids]
    inside: list[list[Word]] = [[] for _ in grids]
    loose: list[Word] = []
    for word in page.words:
        if word.hidden:
            continue
        at = max((i for i, grid in enumerate(grids) if grid.holds(word)), key=lambda i: nested[i], default=None)
        (loose if at is None else inside[at]).append(word)
    rows = rows_of(loose)
    unseen = rows_of([word for word in page.words if word.hidden])
    placed: list[tuple[tuple[float, int], Piece]] = [((row.top, 0), (Role.HIDDEN, row.paragraph(page.number))) for row in unseen]
    roles = {place_of(row): running.get(place_of(row)) for row in rows}
    body = [row for row in rows if roles[place_of(row)] is None]
    placed += [
        ((row.top, 0), (role, row.paragraph(page.number))) for row in rows if (role := roles[place_of(row)]) and role is not Role.FOOTNOTE
    ]
    notes = notes_of([row for row in rows if roles[place_of(row)] is Role.FOOTNOTE], page, wording)
    placed += [((top, 0), (Role.FOOTNOTE, paragraph)) for top, paragraph in notes]
    for grid, words, within in zip(grids, inside, nested, strict=True):
        placed.append(((grid.top, 0), table_of(grid, words, page, wording, within)))
    ends = max((row.top for row in body), default=0.0)
    for table in reversed(find_open_tables(body, before)):
        words = [word for row in body[table.start : table.end] for word in row.words]
        placed.append(((table.grid.top, 0), table_of(table.grid, words, page, wording)))
        grids = [*grids, table.grid]
        del body[table.start : table.end]
    margins = margins_of(body, grids, page)
    for segment in split_columns(body):
        beside = segment.side * 1_000  # a block beside another is read whole
        for order, (paragraph, top) in enumerate(paragraphs_of(segment, page, margins, wording)):
            key = (segment[0].top, beside + order) if beside else (top, 0)
            placed.append((key, (Role.BODY, paragraph)))
    last = max((grid for grid in grids if not grid.ruled), key=lambda g: g.bottom, default=None)
    return [piece for _, piece in sorted(placed, key=lambda p: p[0])], last if last and last.bottom > ends else None
