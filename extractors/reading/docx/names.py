"""Qualified names of WordprocessingML, and how its values are spelled."""

import re

from lxml.etree import _Element

Element = _Element

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC_NS = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M_NS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
V_NS = "urn:schemas-microsoft-com:vml"
A_NS = "http://schemas.openxmlformats.org/drawingml/2006/main"
DGM_NS = "http://schemas.openxmlformats.org/drawingml/2006/diagram"


def w(name: str) -> str:
    """``p`` → the qualified name of ``w:p``."""
    return f"{{{W_NS}}}{name}"


VAL = w("val")
P, R, T, TBL, TR, TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
P_PR, R_PR, TBL_PR, TR_PR, TC_PR = w("pPr"), w("rPr"), w("tblPr"), w("trPr"), w("tcPr")
SDT, SDT_PR, SDT_CONTENT = w("sdt"), w("sdtPr"), w("sdtContent")
INS, DEL, MOVE_TO, MOVE_FROM = w("ins"), w("del"), w("moveTo"), w("moveFrom")
ALTERNATE, CHOICE, FALLBACK = f"{{{MC_NS}}}AlternateContent", f"{{{MC_NS}}}Choice", f"{{{MC_NS}}}Fallback"
TXBX, TEXTPATH = w("txbxContent"), f"{{{V_NS}}}textpath"
MATH_TEXT = f"{{{M_NS}}}t"
R_ID = f"{{{R_NS}}}id"

_OFF = frozenset({"0", "false", "off", "none", "nil"})
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0}
_MEASURE = re.compile(r"(-?\d+(?:\.\d+)?)(pt|in|cm|mm|pc|pi)")


def is_on(element: Element | None) -> bool:
    """Whether an on/off element is there and not switched off."""
    return element is not None and element.get(VAL, "1").lower() not in _OFF


def value_of(parent: Element | None, name: str) -> str | None:
    """``w:val`` of the child ``name`` (qualified), or None."""
    child = None if parent is None else parent.find(name)
    return None if child is None else child.get(VAL)


def whole(text: str | None) -> int | None:
    """A whole number, or None where the file holds something else."""
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def points(text: str | None, unit: float = 20.0) -> float | None:
    """A length in points: bare numbers are ``1/unit`` points (twips), Strict files also say «1.27cm»."""
    if text is None:
        return None
    try:
        return float(text) / unit
    except ValueError:
        measure = _MEASURE.fullmatch(text)
        return round(float(measure[1]) * _UNITS[measure[2]], 2) if measure else None


def branch(alternate: Element) -> Element | None:
    """The one branch of ``mc:AlternateContent`` to read: the first choice that has text, else the fallback, else the first."""
    choices = alternate.findall(CHOICE)
    fallback = alternate.find(FALLBACK)
    for candidate in (*choices, fallback):
        if candidate is not None and _has_text(candidate):
            return candidate
    return choices[0] if choices else fallback


def _has_text(element: Element) -> bool:
    return next(element.iter(T, MATH_TEXT, TEXTPATH), None) is not None
