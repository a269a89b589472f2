"""Opening a PDF: qpdf looks first, because it refuses at once what hangs or kills the readers."""

import io
import zlib
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import pikepdf

from schemas.errors import RejectCode, RejectedError
from schemas.limits import beyond, present_limits

DAMAGED = "Файл PDF повреждён или оборван: получите его заново."
_REBUILT = "reconstruct"  # in qpdf's warning: objects that it did not find are lost
_RATIO = 1032
"""What deflate makes of one byte at most: a stream whose bytes cannot reach the limit need not be inflated."""
_DEFLATE = ("/FlateDecode", "/Fl")


class OpenedPdf(NamedTuple):
    """The bytes that qpdf wrote, and whether it had to rebuild the file's table of contents to find its pages."""

    content: bytes
    mended: bool


def checked_pdf(path: Path) -> OpenedPdf:
    """The file as qpdf writes it anew: its damage mended, and open where it asks for a password only of who would change it.

    Raises:
        RejectedError: `encrypted`, `corrupt`, `too_many_pages`, or `bomb`.
    """
    buffer = io.BytesIO()
    try:
        with pikepdf.open(path) as pdf:
            _check_pages(pdf)
            _check_streams(pdf)
            pdf.save(buffer, encryption=False)
            mended = any(_REBUILT in str(warning) for warning in pdf.get_warnings())
    except pikepdf.PasswordError as error:
        raise RejectedError(RejectCode.ENCRYPTED, "Файл защищён паролем: снимите пароль и загрузите снова.") from error
    except pikepdf.PdfError as error:
        raise RejectedError(RejectCode.CORRUPT, DAMAGED) from error
    return OpenedPdf(buffer.getvalue(), mended)


def _check_pages(pdf: pikepdf.Pdf) -> None:
    limit = present_limits().max_pages
    if len(pdf.pages) > limit:
        raise beyond(RejectCode.TOO_MANY_PAGES, f"В файле больше {limit} страниц: разделите его на части", "max_pages")
    if not pdf.pages:
        raise RejectedError(RejectCode.CORRUPT, "В файле нет ни одной страницы: он повреждён. Получите файл заново.")


def _check_streams(pdf: pikepdf.Pdf) -> None:
    """pdfium inflates a stream as a whole, and aborts where memory ends: a quarter GiB of blanks is enough."""
    limit = present_limits().max_stream_mb
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and _inflates_beyond(item, limit << 20):
            words = f"Часть файла при распаковке больше {limit} МиБ, похоже на бомбу: сохраните файл заново"
            raise beyond(RejectCode.BOMB, words, "max_stream_mb")


def _inflates_beyond(stream: pikepdf.Stream, limit: int) -> bool:
    times = _deflated(stream)
    length = int(stream.get("/Length", 0))
    if not times or length * _RATIO**times <= limit:
        return False
    pieces: Iterable[bytes] = [stream.read_raw_bytes()]
    for _ in range(times):
        pieces = _inflated(pieces)
    return any(total > limit for total in accumulate(map(len, pieces)))


def _deflated(stream: pikepdf.Stream) -> int:
    """How many times over a stream is deflated, before any other filter; pictures are decoded with limits of their own."""
    if stream.get("/Subtype") == "/Image":
        return 0
    named: pikepdf.Object = stream.get("/Filter", pikepdf.Array())
    names = [str(name) for name in named] if isinstance(named, pikepdf.Array) else [str(named)]
    return next((index for index, name in enumerate(names) if name not in _DEFLATE), len(names))


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Piece by piece; damage ends it, as it ends the readers."""
    inflater = zlib.decompressobj()
    for piece in pieces:
        try:
            while piece and not inflater.eof:
                yield inflater.decompress(piece, 1 << 20)
                piece = inflater.unconsumed_tail
        except zlib.error:
            return
