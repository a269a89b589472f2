"""The smallest compound file ([MS-CFB], version 3) that holds given streams: no storages, no short streams."""

import struct

_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST = 4096  # bytes: a shorter stream would have to be a short stream
_HEADER_FATS = 109  # FAT sectors that the header can name: files of 7 MB


def compound_file(streams: dict[str, bytes]) -> bytes:
    """FAT, directory and streams, one after the other; each stream is padded with zeros to whole sectors.

    Raises:
        ValueError: more than the header can name.
    """
    names = sorted(streams, key=lambda name: (len(name), name.upper()))  # the order of the directory's tree
    bodies = [_padded(streams[name].ljust(_LEAST, b"\0")) for name in names]
    directory = len(names) // 4 + 1
    sectors = directory + sum(len(body) for body in bodies) // _SECTOR
    fats = -(-sectors // (_SECTOR // 4 - 1))
    if fats > _HEADER_FATS:
        raise ValueError("too big for a header without further sectors")
    chain = [_FAT] * fats + _run(fats, directory)
    entries = [_entry("Root Entry", 5, _END, 0, child=len(names) or _FREE)]
    for number, (name, body) in enumerate(zip(names, bodies, strict=True)):
        entries.append(_entry(name, 2, len(chain), len(body), left=number or _FREE))
        chain += _run(len(chain), len(body) // _SECTOR)
    chain += [_FREE] * (fats * _SECTOR // 4 - len(chain))
    table = struct.pack(f"<{len(chain)}I", *chain)
    return b"".join([_header(fats), table, _padded(b"".join(entries)), *bodies])


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _SECTOR)


def _run(first: int, count: int) -> list[int]:
    """The FAT entries of sectors in a row: each names the next."""
    return [first + n + 1 for n in range(count - 1)] + [_END]


def _entry(name: str, kind: int, start: int, size: int, left: int = _FREE, child: int = _FREE) -> bytes:
    title = name.encode("utf-16-le")
    head = title.ljust(64, b"\0") + struct.pack("<HBBIII", len(title) + 2, kind, 1, left, _FREE, child)
    return head + bytes(16) + struct.pack("<IQQIQ", 0, 0, 0, start, size)


def _header(fats: int) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIIII", 0, fats, fats, 0, _LEAST, _END, 0, _END, 0, 0)
    return head + struct.pack("<108I", *[*range(1, fats), *[_FREE] * (_HEADER_FATS - fats)])
