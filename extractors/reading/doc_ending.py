"""Word 97 files that end with a table are given the paragraph that must stand behind it.

Word always writes one. LibreOffice's export leaves it out, and its import then dissolves the whole last table into running text
(«№ п/пМероприятияСрокиОтветственные»). Names and offsets are those of [MS-DOC].
"""

import struct
from pathlib import Path
from typing import NamedTuple

import olefile

from extractors.reading.compound import compound_file

_WORD_97 = 0xC1  # nFib of the oldest version that is laid out so
_CELL_MARK = 7
_FLAGS, _CB_MAC, _CCP_TEXT, _FC_LCB = 0x0A, 0x40, 0x4C, 0x9A  # offsets in the file information block
_PLCF_BTE_CHPX, _PLCF_BTE_PAPX, _CLX = 12, 13, 33  # pairs of offset and length, counted from `_FC_LCB`
_PAGE = 512  # bytes: runs and their formatting stand in pages (FKP), whose last byte counts the runs
_NARROW = 0x40000000  # the piece holds 8-bit characters, its place is doubled


class _Piece(NamedTuple):
    """Characters ``start`` … ``end`` of the text: ``flags``, ``place`` as printed in the file, ``properties``."""

    start: int
    end: int
    flags: int
    place: int
    properties: int

    def offset(self, character: int) -> int:
        """Where a character stands, in bytes of the stream."""
        ahead = character - self.start
        return (self.place & ~_NARROW) // 2 + ahead if self.place & _NARROW else self.place + 2 * ahead

    def cut(self, at: int) -> "_Piece":
        """What is left from the character ``at`` on."""
        return self._replace(start=at, place=self.place + 2 * (at - self.start))  # also where the place is doubled


def close_last_table(path: Path) -> bool:
    """Put an empty paragraph behind a table that ends the text; any other file is left as it is.

    Args:
        path: a ``.doc`` that may be written to.

    Returns:
        Whether the file was changed.
    """
    try:
        with olefile.OleFileIO(str(path)) as ole:
            streams = {
                name: bytearray(ole.openstream(name).read()) for name in ("0Table", "1Table", "Data", "WordDocument") if ole.exists(name)
            }
        main = streams["WordDocument"]
        table = streams["1Table" if struct.unpack_from("<H", main, _FLAGS)[0] & 0x0200 else "0Table"]
        if struct.unpack_from("<H", main, 2)[0] < _WORD_97 or not _close(main, table):
            return False
        path.write_bytes(compound_file({name: bytes(data) for name, data in streams.items()}))
    except (OSError, KeyError, ValueError, IndexError, struct.error, olefile.olefile.OleFileError):
        return False  # whatever is wrong with it, LibreOffice will say
    return True


def _close(main: bytearray, table: bytearray) -> bool:
    """Append the paragraph mark and name it in the tables of pieces and of formatting."""
    end = struct.unpack_from("<i", main, _CCP_TEXT)[0]
    ahead, pieces = _pieces(main, table)
    last = next(piece for piece in pieces if piece.start < end <= piece.end)
    if main[last.offset(end - 1)] != _CELL_MARK:
        return False
    place = len(main) + -len(main) % _PAGE
    main += bytes(place - len(main)) + b"\r\0".ljust(_PAGE, b"\0")
    main += struct.pack("<ii", place, place + 2).ljust(_PAGE - 1, b"\0") + b"\1"  # one run without any formatting
    struct.pack_into("<i", main, _CB_MAC, len(main))
    struct.pack_into("<i", main, _CCP_TEXT, end + 1)
    _write(main, table, _CLX, ahead + _clx(_with_mark(pieces, last, end, place)))
    for index in (_PLCF_BTE_CHPX, _PLCF_BTE_PAPX):
        _write(main, table, index, _with_page(_read(main, table, index), place))
    return True


def _read(main: bytearray, table: bytearray, index: int) -> bytes:
    at, length = struct.unpack_from("<ii", main, _FC_LCB + 8 * index)
    return bytes(table[at : at + length])


def _write(main: bytearray, table: bytearray, index: int, data: bytes) -> None:
    struct.pack_into("<ii", main, _FC_LCB + 8 * index, len(table), len(data))
    table += data


def _pieces(main: bytearray, table: bytearray) -> tuple[bytes, list[_Piece]]:
    """What stands before the table of pieces, and the pieces."""
    clx, at = _read(main, table, _CLX), 0
    while clx[at] == 1:  # properties that pieces refer to
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    count = (struct.unpack_from("<I", clx, at + 1)[0] - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}i", clx, at + 5)
    places = struct.iter_unpack("<HIH", clx[at + 9 + 4 * count :][: 8 * count])
    return clx[:at], [_Piece(*ends, *place) for *ends, place in zip(bounds, bounds[1:], places, strict=False)]


def _with_mark(pieces: list[_Piece], last: _Piece, end: int, place: int) -> list[_Piece]:
    """The pieces with one for the new character; what stands behind it (page headers) moves on."""
    at = pieces.index(last)
    behind = [last.cut(end)] if end < last.end else []
    behind += pieces[at + 1 :]
    moved = [piece._replace(start=piece.start + 1, end=piece.end + 1) for piece in behind]
    return [*pieces[:at], last._replace(end=end), _Piece(end, end + 1, 0, place, 0), *moved]


def _clx(pieces: list[_Piece]) -> bytes:
    bounds = struct.pack(f"<{len(pieces) + 1}i", pieces[0].start, *(piece.end for piece in pieces))
    table = bounds + b"".join(struct.pack("<HIH", piece.flags, piece.place, piece.properties) for piece in pieces)
    return struct.pack("<BI", 2, len(table)) + table


def _with_page(table: bytes, place: int) -> bytes:
    """A table of pages of formatting with one more, that which follows the page of ``place``."""
    bounds = 4 * ((len(table) - 4) // 8 + 1)
    return table[:bounds] + struct.pack("<i", place + 2) + table[bounds:] + struct.pack("<i", place // _PAGE + 1)
