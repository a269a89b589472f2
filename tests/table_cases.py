"""Tables in a few lines of text, and what must be read out of them.

A case file holds cases that open with ``=== name: why``. Then, before ``---``, the source:

    heading: a line above the table          hint: roadmap | pairings
    № | Мероприятия | Срок                   cells of a row
    = Раздел 1                               one cell over the whole row
    1 | ^ | *Семинар* | <                    ^ goes on from the cell above, < from the cell at the left, *bold*
    строка ⏎ строка                          a line break inside a cell
    +++                                      another table that follows at once

After ``---``, what is read: ``number | section > section | title | when=… | who=… | form= | result= | evidence= |
done= | [Heading]=…`` for an activity (``-`` = nothing), ``pair: number | supported | leader``,
``ind: name | unit | section | label=value; …``, ``kept: title | rows × columns``, ``note: heading | text``, ``finding: code``.
"""

from dataclasses import dataclass, field
from pathlib import Path

from extractors.layouts.tables import TableContext, read_table
from schemas.contract import AnnexKind
from schemas.raw import RawActivity, RawRecords, RawText
from schemas.source import Cell, Paragraph, ParagraphBlock, TableBlock

FOLDER = Path(__file__).parent / "cases" / "tables"
BREAK = "⏎"


@dataclass
class Case:
    name: str
    headings: list[str] = field(default_factory=list)
    hint: AnnexKind | None = None
    tables: list[list[str]] = field(default_factory=lambda: [[]])
    expected: list[str] = field(default_factory=list)


def load_cases() -> list[Case]:
    cases: list[Case] = []
    for path in sorted(FOLDER.glob("*.txt")):
        for chunk in path.read_text(encoding="utf-8").split("=== ")[1:]:
            cases.append(_case(path.stem, chunk))
    return cases


def _case(stem: str, chunk: str) -> Case:
    lines = [line for line in chunk.split("\n") if line.strip()]
    case = Case(f"{stem}/{lines[0].split(':')[0]}")
    rule = lines.index("---")
    for line in lines[1:rule]:
        if line.startswith("heading: "):
            case.headings.append(line[9:])
        elif line.startswith("hint: "):
            case.hint = AnnexKind(line[6:].strip())
        elif line.strip() == "+++":
            case.tables.append([])
        else:
            case.tables[-1].append(line)
    case.expected = [line.strip() for line in lines[rule + 1 :]]
    return case


def build(lines: list[str], index: int = 1, number: int = 0) -> TableBlock:
    rows = [[] if line.startswith("= ") else [c.strip() for c in line.split("|")] for line in lines]
    columns = max(len(r) for r in rows) or 1
    cells: dict[tuple[int, int], Cell] = {}
    for r, (line, row) in enumerate(zip(lines, rows, strict=True)):
        if line.startswith("= "):
            cells[r, 0] = _cell(r, 0, line[2:], columns)
        for c, text in enumerate(row):
            if text == "<":
                c0 = next(k for k in range(c - 1, -1, -1) if (r, k) in cells)
                cells[r, c0].column_span += 1
            elif text == "^":
                r0 = next(k for k in range(r - 1, -1, -1) if (k, c) in cells)
                cells[r0, c].row_span = r - r0 + 1
            else:
                cells[r, c] = _cell(r, c, text)
    ordered = [cells[key] for key in sorted(cells)]
    return TableBlock(index=index, table=number, rows=len(rows), columns=columns, cells=ordered)


def _cell(row: int, column: int, text: str, span: int = 1) -> Cell:
    paragraphs = []
    for part in text.split(BREAK) if text else []:
        plain = part.strip()
        bold = plain.startswith("*") and plain.endswith("*") and len(plain) > 2
        paragraphs.append(Paragraph(text=plain.strip("*") if bold else plain, bold=bold))
    return Cell(row=row, column=column, column_span=span, paragraphs=paragraphs)


def read(case: Case) -> tuple[RawRecords, list[TableBlock]]:
    records = RawRecords()
    heading = [ParagraphBlock(index=i, paragraph=Paragraph(text=t)) for i, t in enumerate(case.headings)]
    carried, blocks = None, []
    for i, lines in enumerate(case.tables):
        block = build(lines, len(heading) + i, i)
        context = TableContext(heading=heading if i == 0 else [], kind_hint=case.hint, carried=carried)
        carried = read_table(block, context, records)
        blocks.append(block)
    return records, blocks


def found(records: RawRecords) -> list[str]:
    lines = [_activity(a) for a in records.activities]
    lines += [f"pair: {p.number or '-'} | {p.supported.text} | {p.leader.text}" for p in records.pairings]
    for i in records.indicators:
        values = "; ".join(f"{k}={v}" for k, v in i.values.items())
        lines.append(f"ind: {i.name.text} | {i.unit or '-'} | {i.section or '-'} | {values}")
    lines += [f"kept: {t.title or '-'} | {len(t.rows)} × {len(t.rows[0])}" for t in records.tables]
    lines += [f"note: {n.heading or '-'} | {_flat(n.text)}" for n in records.notes]
    return lines + [f"finding: {f.code}" for f in records.findings]


def _flat(text: RawText) -> str:
    return text.text.replace("\n", f" {BREAK} ")


def _activity(a: RawActivity) -> str:
    parts = [a.number or "-", " > ".join(a.section) or "-", _flat(a.title)]
    named = {
        "when": a.deadline,
        "who": a.responsibles,
        "form": a.form,
        "result": a.expected_result,
        "evidence": a.evidence,
        "done": a.completion,
    }
    parts += [f"{name}={_flat(text)}" for name, text in named.items() if text]
    parts += [f"[{e.heading or ''}]={_flat(e.text)}" for e in a.extra]
    return " | ".join(parts)


def letters(text: str) -> str:
    return "".join(c.lower() for c in text if c.isalnum())


def unplaced(records: RawRecords, blocks: list[TableBlock]) -> list[str]:
    """Cells whose letters stand in no record, note, kept table or claim of their row."""
    return [c.text for b in blocks for c in b.cells if not _placed(letters(c.text), _near(records, b, c))]


def _near(records: RawRecords, block: TableBlock, cell: Cell) -> list[str]:
    texts: list[str] = [c.text for c in records.claims if c.locator.block == block.index and c.locator.row in (cell.row, None)]
    for t in records.tables:
        texts += [x for row in t.rows for x in row if x] if t.locator.block == block.index else []
    texts += [n.text.text for n in records.notes if n.locator.block == block.index and n.locator.row == cell.row]
    for a in records.activities:
        fields = (a.title, a.deadline, a.responsibles, a.form, a.expected_result, a.evidence, a.completion, *(e.text for e in a.extra))
        texts += [x.text for x in fields if x and x.locator.block == block.index]
    texts += [x.text for p in records.pairings for x in (p.supported, p.leader) if x.locator.block == block.index]
    return texts + [i.name.text for i in records.indicators if i.locator.block == block.index]


def _placed(wanted: str, texts: list[str]) -> bool:
    """Whether the letters can be laid out from the texts, longest first."""
    for text in sorted({letters(t) for t in texts} - {""}, key=len, reverse=True):
        if wanted in text:
            return True
        wanted = wanted.replace(text, "", 1)
    return not wanted
