"""Word documents: an own walk over the XML in document order.

python-docx opens the package; its ``.text`` and ``row.cells`` lose list numbers, insertions, text boxes and
content controls, so nothing of the text is taken through them.
"""

from extractors.reading.detect import SourceFile
from extractors.reading.docx.blocks import BlockList
from extractors.reading.docx.items import Item, as_role
from extractors.reading.docx.names import Element, value_of, w
from extractors.reading.docx.numbering import Numbering
from extractors.reading.docx.numerals import numeral
from extractors.reading.docx.package import WordPackage, open_package
from extractors.reading.docx.pieces import NoteNumbers, Tally
from extractors.reading.docx.running import read_running
from extractors.reading.docx.story import Shared, StoryReader
from extractors.reading.docx.styles import StyleSheet
from extractors.reading.docx.tabbed import with_tabbed_tables
from extractors.reading.lookalikes import repair_blocks
from schemas.errors import RejectCode, RejectedError
from schemas.source import Reader, ReaderNote, Role, SourceDocument

__all__ = ["read_docx"]


def read_docx(source: SourceFile) -> SourceDocument:
    """Read a Word document (``.docx``, ``.docm``, ``.dotx``, Strict): every visible letter once, in document order.

    Raises:
        RejectedError: damaged, encrypted, a zip bomb, a DTD inside, or no letter of text.
        OSError: the file vanished.
    """
    package = open_package(source.path)
    shared = _shared(package)
    blocks = _read_blocks(shared)
    if not blocks.has_text:
        raise _without_text(shared.tally)
    repaired = repair_blocks(blocks.blocks)
    return SourceDocument(
        file_name=source.file_name,
        media_type=source.media_type,
        sha256=source.sha256,
        size_bytes=source.size_bytes,
        reader=Reader.DOCX,
        blocks=blocks.blocks,
        notes=_notes(package, shared.tally) + repaired,
    )


def _without_text(tally: Tally) -> RejectedError:
    cause = (
        "страницы вставлены рисунками: сохраните их как PDF или изображения"
        if tally.pictures
        else "документ пуст: проверьте, тот ли это файл"
    )
    return RejectedError(RejectCode.NO_TEXT, f"В документе Word нет текста ({cause}).")


def _read_blocks(shared: Shared) -> BlockList:
    body = shared.package.document.find(w("body"))
    items = [] if body is None else with_tabbed_tables(StoryReader(shared, body).read_all())
    unseen = _unreferred_notes(shared)
    letterhead, running = read_running(shared, items)
    blocks = BlockList()
    for item in (*letterhead, *items, *unseen, *running):
        blocks.add(item)
    return blocks


def _shared(package: WordPackage) -> Shared:
    styles = StyleSheet(package.styles)
    formats = {"footnote": _note_format(package, "footnotePr", "decimal"), "endnote": _note_format(package, "endnotePr", "lowerRoman")}
    numbers = NoteNumbers(lambda kind, number: numeral(number, formats[kind]))
    notes = {"footnote": _by_id(package.footnotes, "footnote"), "endnote": _by_id(package.endnotes, "endnote")}
    return Shared(package, styles, Numbering(package.numbering, styles), numbers, Tally(), notes)


def _note_format(package: WordPackage, name: str, default: str) -> str:
    """How notes are numbered: as the first section says, else the settings, else as Word does."""
    section = next(package.document.iter(w("sectPr")), None)
    for place in (section, package.settings):
        found = None if place is None else value_of(place.find(w(name)), w("numFmt"))
        if found is not None:
            return found
    return default


def _by_id(notes: Element | None, name: str) -> dict[str, Element]:
    """Id → note; the lines that Word draws between text and notes are no notes."""
    found = () if notes is None else notes.iterchildren(w(name))
    return {n.get(w("id"), ""): n for n in found if n.get(w("type"), "normal") == "normal"}


def _unreferred_notes(shared: Shared) -> list[Item]:
    """Notes to which nothing refers: Word does not print them, but their words are in the file."""
    items: list[Item] = []
    for kind, notes in shared.notes.items():
        for note_id, note in notes.items():
            if (kind, note_id) not in shared.used_notes:
                items += as_role(StoryReader(shared, note).read_all(), Role.HIDDEN)
    shared.tally.hidden += len(items)
    return items


def _notes(package: WordPackage, tally: Tally) -> list[ReaderNote]:
    controls = tally.controls + package.removed_characters
    remarks = (
        (
            "tracked_changes",
            tally.insertions + tally.deletions,
            f"В файле есть исправления: вставок {tally.insertions} (приняты), удалений {tally.deletions} (отброшены).",
        ),
        ("hidden_text", tally.hidden, f"В файле есть невидимый текст: абзацев {tally.hidden}."),
        ("control_characters", controls, f"Из текста убраны недопустимые символы: {controls}."),
        ("picture_missing", package.missing_pictures, f"В файле не хватает рисунков: {package.missing_pictures}."),
        ("picture_page", tally.big_pictures, f"Рисунков во всю страницу: {tally.big_pictures}. Если на них есть текст, он не прочитан."),
        ("embedded_document", tally.embedded, f"В файл вложены другие документы ({tally.embedded}): их текст не прочитан."),
    )
    return [ReaderNote(code=code, message=message) for code, count, message in remarks if count]
