"""Good files spoilt by chance: bytes changed on the outside, XML and PDF objects on the inside, where checksums do not stop it."""

import copy
import io
import random
import zipfile
from collections.abc import Callable

import pikepdf
from lxml import etree

from tests.hostile import BODY, DOCX, PDF, _letter, _package

_PARTS = (BODY, BODY, BODY, "word/styles.xml", "word/numbering.xml")
_JUNK = ["", "0", "-1", "999999999999", "1e9", "abc", "\u202eдом", "№" * 300, "31.02.2022", "Иванов И.И., " * 50, "( [ «", "1.1.1.1.1.1.1."]
RTF = rb"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0 Arial;}}\f0 \'cf\'d0\'c8\'ca\'c0\'c7 \par 1. \'d3\'f2\'e2\'e5\'f0\'e4\'e8\'f2\'fc.\par}"


def mutants(count: int, seed: int, thorough: bool = False) -> dict[str, bytes]:
    """File name → bytes; ``thorough``: half of them spoilt on the inside, which are read to the end, and some for LibreOffice."""
    chance = random.Random(seed)
    pdf = PDF if thorough else _first_page()
    kinds: list[tuple[str, Callable[[random.Random], bytes]]] = [
        ("docx", lambda c: _battered(c, DOCX)),
        ("pdf", lambda c: _battered(c, pdf)),
        ("docx", _twisted_docx),
        ("pdf", lambda c: _twisted_pdf(c, pdf)),
    ]
    kinds = kinds if thorough else kinds[:2] * 3 + kinds[2:]
    files = {}
    for number in range(count):
        suffix, make = kinds[number % len(kinds)]
        if number % 20 == 7:
            suffix, make = "zip", lambda c: _battered(c, _archive(c))
        elif thorough and number % 50 == 9:
            suffix, make = "rtf", lambda c: _battered(c, RTF)
        files[f"{number:04}.{suffix}"] = make(chance)
    return files


def _first_page() -> bytes:
    """A page whose font is spoilt has to be recognised: with two, that is most of what a run takes."""
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        del pdf.pages[1:]
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _battered(chance: random.Random, good: bytes) -> bytes:
    """Bytes changed, cut out, doubled or overwritten."""
    data = bytearray(good)
    for _ in range(chance.choice([1, 3, 20, 200])):
        at, size = chance.randrange(len(data)), chance.choice([1, 1, 4, 64, 1024])
        match chance.randrange(4):
            case 0:
                data[at : at + size] = chance.randbytes(size)
            case 1:
                del data[at : at + size]
            case 2:
                data[at:at] = data[at : at + size]
            case _:
                data[at : at + size] = bytes(size)
        data = data or bytearray(b"x")
    return bytes(data)


def _archive(chance: random.Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(3):
            archive.writestr(zipfile.ZipInfo(f"{number}.docx"), _letter(chance.randrange(10**6)))
    return packed.getvalue()


def _twisted_docx(chance: random.Random) -> bytes:
    """Elements of one part removed, doubled, moved, or given words and attributes that nobody writes."""
    name = chance.choice(_PARTS)
    with zipfile.ZipFile(io.BytesIO(DOCX)) as package:
        if name not in package.namelist():
            name = BODY
        root = etree.fromstring(package.read(name))
    for _ in range(chance.choice([1, 5, 30])):
        _twist(chance, root)
    return _package({name: etree.tostring(root)})


def _twist(chance: random.Random, root: "etree._Element") -> None:
    elements = list(root.iter())
    one, other = chance.choice(elements), chance.choice(elements)
    parent = one.getparent()
    if parent is None or other in one.iter():
        return
    match chance.randrange(6):
        case 0:
            parent.remove(one)
        case 1:
            parent.insert(0, copy.deepcopy(one))
        case 2:
            other.append(one)
        case 3 if one.attrib:
            one.set(chance.choice(sorted(one.attrib)), chance.choice(_JUNK))
        case 4:
            one.tag = other.tag
        case _:
            one.text = chance.choice(_JUNK)


def _twisted_pdf(chance: random.Random, good: bytes) -> bytes:
    """Values of dictionaries replaced, content streams changed after they were inflated."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(good)) as pdf:
        for _ in range(chance.choice([1, 5, 30])):
            _twist_object(chance, pdf)
        try:
            pdf.save(made, static_id=True)
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
            return _battered(chance, PDF)
    return made.getvalue()


def _twist_object(chance: random.Random, pdf: pikepdf.Pdf) -> None:
    found = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)]
    item = chance.choice(found)
    if isinstance(item, pikepdf.Stream) and chance.randrange(2):
        try:
            item.write(_battered(chance, item.read_bytes() or b"q"))
        except (pikepdf.PdfError, RuntimeError):
            return
    elif keys := sorted(item.keys() - {"/Length"}):
        junk = [0, -1, 10**9, pikepdf.Name.Junk, pikepdf.String("x"), pikepdf.Array([1, 2]), pikepdf.Dictionary(), chance.choice(found)]
        item[chance.choice(keys)] = chance.choice(junk)
