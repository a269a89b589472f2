"""A pairing scheme: which school helps which."""

import re
from itertools import product

from extractors.layouts.claims import claim, claim_row
from extractors.layouts.columns import Column, ColumnRole, Header, pairing_role
from extractors.layouts.grid import Grid, fold, one_line, says_something, tidy
from extractors.layouts.header import is_number_row
from extractors.layouts.item_numbers import cell_number, typed_number, words
from schemas.contract import Locator
from schemas.raw import RawFinding, RawNote, RawPairing, RawRecords, RawText
from schemas.source import Cell

_TYPE = re.compile(r"^(?P<type>.*?)\s*№*\s*\d+[а-я]?\s*$")


def pairing_columns(grid: Grid, header: Header, rows: list[int]) -> tuple[Column, Column] | None:
    """The columns of supported and of leading schools; null where the headings or the cells say something else."""
    roles = [(c, pairing_role(c.full_heading or "")) for c in header.columns]
    leaders = [c for c, r in roles if r is ColumnRole.LEADER and _holds_institutions(grid, rows, c)]
    supported = [c for c, r in roles if r is ColumnRole.SUPPORTED and _holds_institutions(grid, rows, c)]
    others = [c for c, r in roles if r is ColumnRole.UNKNOWN and _names_institutions(c) and _holds_institutions(grid, rows, c)]
    if not leaders and not supported:
        return None
    if len(others) == 1 and not (leaders and supported):
        leaders, supported = leaders or others, supported or others
    return (supported[0], leaders[0]) if leaders and supported else None


def guessed_columns(grid: Grid, header: Header, rows: list[int]) -> tuple[Column, Column] | None:
    """A scheme whose headings do not tell the sides apart: «школа | закреплённая школа»; as in «X за Y» the helped stand first."""
    columns = [c for c in header.columns if _holds_institutions(grid, rows, c)]
    return (columns[0], columns[1]) if len(columns) == 2 and len(rows) > 1 else None


def _names_institutions(column: Column) -> bool:
    """«Наименование ОО», «Школа»; «Место проведения» is no side of a pair."""
    return bool(re.search(r"\bоо\b|\bоу\b|школ|учрежден|организаци|гимнази|лице[йи]", fold(column.full_heading or "")))


def _holds_institutions(grid: Grid, rows: list[int], column: Column) -> bool:
    """Most cells name a school; a column of curators (people) does not."""
    texts = [one_line(c.text) for r in rows if (c := grid.at(r, column.first)) is not None and tidy(c.text)]
    named = [t for t in texts if is_institution(t)]
    return bool(texts) and len(named) >= 0.6 * len(texts)


def is_institution(text: str) -> bool:
    """«МБОУ СОШ № 5», also with its head's name behind; a name with a post is a person."""
    found = re.search(words()["institution"], fold(text))
    person = re.search(words()["person"], text)
    if found is None or re.match(r"(директор|зам|учител|методист)", fold(text)):
        return False
    return person is None or found.start() < person.start()


def read_pairings(grid: Grid, header: Header, columns: tuple[Column, Column], rows: list[int], records: RawRecords) -> None:
    """A row, or a cell merged over several, gives a pair for each school of its cells."""
    number_column = header.find(ColumnRole.NUMBER)
    for row in rows:
        if is_number_row(grid, row):
            claim_row(grid, row, records, "structure")
            continue
        supported, leader = (_cell(grid, row, c) for c in columns)
        if supported is None or leader is None or supported is leader:
            _loose_row(grid, row, records)
            continue
        number = _number(grid, row, number_column, records)
        _pairs(grid, row, supported, leader, number, records)
        _others(grid, row, header, (supported, leader), number_column, records)


def _cell(grid: Grid, row: int, column: Column) -> Cell | None:
    cell = next((c for i in range(column.first, column.last + 1) if (c := grid.at(row, i)) is not None and tidy(c.text)), None)
    return cell if cell is not None and says_something(cell.text) else None


def _number(grid: Grid, row: int, column: Column | None, records: RawRecords) -> str | None:
    cell = _cell(grid, row, column) if column else None
    if cell is None:
        return None
    claim(records, tidy(cell.text), grid.cell_locator(cell), "placed")
    return cell_number(cell.text)


def _pairs(grid: Grid, row: int, supported: Cell, leader: Cell, number: str | None, records: RawRecords) -> None:
    weak, strong = split_institutions(supported.text), split_institutions(leader.text)
    pairs = list(product(weak, strong))
    if len(weak) == len(strong) > 1:
        pairs = list(zip(weak, strong, strict=True))
    for first, second in pairs:
        own = typed_number(first) if number is None else None
        texts = (_part(grid, supported, own[1] if own else first), _part(grid, leader, second))
        printed = number or (own[0] if own else None)
        records.pairings.append(RawPairing(number=printed, supported=texts[0], leader=texts[1], locator=grid.row_locator(row)))
    if len(weak) > 1 and len(strong) > 1:
        _say_unsure(records, len(weak) == len(strong), grid.row_locator(row))
    for cell, parts in ((supported, weak), (leader, strong)):
        if len(parts) > 1:
            claim(records, tidy(cell.text), grid.cell_locator(cell), "placed")


def _part(grid: Grid, cell: Cell, text: str) -> RawText:
    return RawText(text=text, locator=grid.cell_locator(cell))


def _say_unsure(records: RawRecords, alike: bool, locator: Locator) -> None:
    how = "пары взяты по порядку" if alike else "каждая школа связана с каждой"
    message = f"В строке схемы по нескольку школ с обеих сторон: {how}."
    records.findings.append(RawFinding(code="lists_do_not_match", message=message, locator=locator))


def split_institutions(text: str) -> list[str]:
    """«СОШ № 4, 20, 36» → three; «СОШ № 1\\nГимназия № 2» → two; one name over two lines stays one."""
    parts: list[str] = []
    for line in re.split(r"[\n;]", tidy(text)):
        piece = re.sub(r"^[-–—•]\s*", "", line).strip(" ,")
        typed = typed_number(piece)
        if not piece:
            continue
        if not parts or typed or _begins_institution(piece):
            parts += _listed(piece)
        else:
            parts[-1] = f"{parts[-1]} {piece}"
    return parts


def _begins_institution(piece: str) -> bool:
    """A line that names a school of its own, not the rest of a name («им. …», «имени героя …»)."""
    found = re.match(r"(\S+[ -]){0,3}?(" + words()["institution"] + ")", fold(piece))
    return bool(found) and not re.match(r"(им\b|имени|с\.|ст\b|г\.|при |на базе)", fold(piece))


def _listed(piece: str) -> list[str]:
    """Schools on one line: a comma or «и» before a school's type or a bare number."""
    cuts = re.split(r"\s*,\s*(?=№?\s*\d+\b)|\s+и\s+(?=№?\s*\d+\b)|\s*,\s*(?=(?:М[А-Я]*ОУ|СОШ|ООШ|НОШ|[Гг]имнази|[Лл]ице|[Шш]кол))", piece)
    named: list[str] = []
    for cut in cuts:
        bare = re.fullmatch(r"№?\s*(\d+[а-я]?)", cut)
        typed = _TYPE.match(named[-1]) if named and bare else None
        named.append(f"{typed['type']} № {bare[1]}" if bare and typed else cut)
    return [n for n in named if n]


def _others(grid: Grid, row: int, header: Header, known: tuple[Cell, Cell], number: Column | None, records: RawRecords) -> None:
    """Cells of further columns (a curator, a telephone) are notes under their headings."""
    for cell in grid.starting(row):
        column = next(c for c in header.columns if c.first <= cell.column <= c.last)
        if any(cell is k for k in known) or column is number or not tidy(cell.text):
            continue
        text = grid.raw_text(cell)
        if text is not None and says_something(text.text):
            records.notes.append(RawNote(heading=column.full_heading, text=text, locator=text.locator))


def _loose_row(grid: Grid, row: int, records: RawRecords) -> None:
    """A heading inside the scheme, or a row with one school only: kept as a note, half a pair with a finding."""
    cells = grid.filled(row)
    if not cells:
        return
    locator = grid.row_locator(row)
    text = RawText(text=tidy("\n".join(c.text for c in cells)), locator=locator)
    records.notes.append(RawNote(text=text, locator=locator))
    if len(cells) > 1:
        message = "В строке схемы закрепления не нашлось двух школ: строка оставлена примечанием."
        records.findings.append(RawFinding(code="school_unparsed", message=message, locator=locator))
