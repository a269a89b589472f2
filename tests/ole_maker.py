"""The smallest compound file (OLE, [MS-CFB]) with given streams: 512-byte sectors, one FAT sector, no mini stream."""

import struct

_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def make_ole(streams: dict[str, bytes]) -> bytes:
    """Sector 0: FAT; then the directory; then the streams, each padded to 4 KiB so that none is a mini stream."""
    directory_sectors = -(-(len(streams) + 1) // 4)
    fat = [_FAT, *_chain(1, directory_sectors)]
    entries: list[bytes] = []
    bodies = b""
    for name, data in streams.items():
        body = data.ljust(4096, b"\0")
        body += bytes(-len(body) % _SECTOR)
        entries.append(_entry(name, 2, len(fat), len(body), sibling=len(entries) + 2 if len(entries) + 1 < len(streams) else _FREE))
        fat += _chain(len(fat), len(body) // _SECTOR)
        bodies += body
    directory = _entry("Root Entry", 5, _END, 0, child=1 if streams else _FREE) + b"".join(entries)
    fat += [_FREE] * (_SECTOR // 4 - len(fat))
    return _header() + struct.pack("<128I", *fat) + directory.ljust(directory_sectors * _SECTOR, b"\0") + bodies


def _chain(first: int, count: int) -> list[int]:
    return [first + n + 1 for n in range(count - 1)] + [_END]


def _entry(name: str, kind: int, start: int, size: int, sibling: int = _FREE, child: int = _FREE) -> bytes:
    title = name.encode("utf-16-le")
    head = title.ljust(64, b"\0") + struct.pack("<HBBIII", len(title) + 2, kind, 1, _FREE, sibling, child)
    return head + bytes(16) + struct.pack("<IQQIQ", 0, 0, 0, start, size)


def _header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    return head + struct.pack("<108I", *[_FREE] * 108)
