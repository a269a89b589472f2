r"""Russian letters of automatic lists in RTF, «а)», «б)», spelled out as text.

LibreOffice does not know their format (``\levelnfc58``): it would print «)» or, from a file of its own, «1)». The number as it was
printed stands beside each paragraph, in a group ``{\listtext …}`` that readers are to pass over.
"""

import re
from pathlib import Path

_PRINTED = re.compile(rb"(\{\\listtext[^{}]*\})")
_PARAGRAPH_END = re.compile(rb"\\par(?![a-z])")
_TOKEN = re.compile(rb"\\u(-?\d+) ?(?:\\'[0-9a-f]{2}|[^\\{}])|\\'([0-9a-f]{2})|\\([a-z]+)-?\d* ?|\\(.)|([^\\\r\n])")
"""A character by number, with its stand-in; one of the code page; a word; an escaped character; a plain one."""


def spell_out_letters(path: Path) -> bool:
    """Turn list numbers with Russian letters into text and take their paragraphs out of the list.

    Args:
        path: an ``.rtf`` that may be written to.

    Returns:
        Whether the file was changed.
    """
    data = path.read_bytes()
    first, *rest = _PRINTED.split(data)
    pieces = [first]
    for group, tail in zip(rest[::2], rest[1::2], strict=True):
        number = _printed(group[len(rb"{\listtext") : -1])
        pieces += [_spelled(number), _out_of_list(tail)] if re.search("[а-яё]", number, re.IGNORECASE) else [group, tail]
    changed = b"".join(pieces)
    if changed == data:
        return False
    path.write_bytes(changed)
    return True


def _printed(body: bytes) -> str:
    r"""«а)» and a tab of ``\pard\plain \u1072\'3f)\tab`` or ``\f1 \'e0)\tab``."""
    letters = []
    for number, byte, word, escaped, plain in _TOKEN.findall(body):
        if number:
            letters.append(chr(int(number) % 0x10000))
        elif byte:
            letters.append(bytes([int(byte, 16)]).decode("cp1251", "ignore"))
        elif word == b"tab":
            letters.append("\t")
        else:
            letters.append((escaped or plain).decode("cp1251", "ignore"))
    return "".join(letters).lstrip(" ")


def _spelled(number: str) -> bytes:
    return b"".join(rb"\tab " if c == "\t" else rb"\u%d?" % ord(c) for c in number)


def _out_of_list(tail: bytes) -> bytes:
    r"""``\ls0``: no list, also where the style has one. Later paragraphs without properties of their own go on so."""
    end = _PARAGRAPH_END.search(tail)
    at = end.start() if end else len(tail)
    return re.sub(rb"\\ls\d+", rb"\\ls0", tail[:at], count=1) + tail[at:]
