"""One file in, one `SourceDocument` out: the first stage of the flow."""

from pathlib import Path

from extractors.reading.detect import IMAGE_TYPES, LEGACY_TYPES, WORD_TYPES, MediaType, SourceFile, examine_file, unreadable
from schemas.errors import NO_ROOM, RejectCode, RejectedError
from schemas.limits import beyond, present_limits
from schemas.source import Block, ParagraphBlock, SourceDocument


def read_document(path: Path, *, file_name: str | None = None) -> SourceDocument:
    """Read a file whatever its kind.

    Args:
        path: where the bytes are.
        file_name: the name to keep, where it differs from the path's.

    Raises:
        RejectedError: the file cannot be taken; the message says why and what to do.
        OSError: there is no room left on the disk.
    """
    source = examine_file(path, file_name)
    try:
        return _bounded(_read(source))
    except OSError as error:
        if error.errno in NO_ROOM:
            raise
        raise unreadable(error) from error


def _bounded(document: SourceDocument) -> SourceDocument:
    limit = present_limits().max_characters
    if sum(map(_length, document.blocks)) > limit:
        raise beyond(RejectCode.TOO_BIG, f"В документе больше {limit} знаков: разделите его", "max_characters")
    return document


def _length(block: Block) -> int:
    return len(block.text) if isinstance(block, ParagraphBlock) else sum(len(cell.text) for cell in block.cells)


def _read(source: SourceFile) -> SourceDocument:
    # Imported where they are needed: each reader brings heavy libraries that the others do without.
    if source.media_type in WORD_TYPES:
        from extractors.reading.docx import read_docx  # noqa: PLC0415

        return read_docx(source)
    if source.media_type == MediaType.PDF:
        from extractors.reading.ocr.documents import read_pdf_with_scans  # noqa: PLC0415

        return read_pdf_with_scans(source)
    if source.media_type in IMAGE_TYPES:
        from extractors.reading.ocr.documents import read_image  # noqa: PLC0415

        return read_image(source)
    if source.media_type in LEGACY_TYPES:
        from extractors.reading.legacy import read_legacy  # noqa: PLC0415

        return read_legacy(source)
    raise RejectedError(RejectCode.UNKNOWN_TYPE, "Это архив: распакуйте его и передайте сами документы.")
