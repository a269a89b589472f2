"""How Word would print a run or a paragraph: direct properties over styles over the document's defaults."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from extractors.reading.docx.names import DEL, MOVE_FROM, P_PR, R_PR, TBL_PR, VAL, Element, is_on, points, value_of, w, whole
from schemas.source import Align

_ALIGN = {
    "left": Align.LEFT,
    "start": Align.LEFT,
    "center": Align.CENTER,
    "right": Align.RIGHT,
    "end": Align.RIGHT,
    "both": Align.JUSTIFY,
    "distribute": Align.JUSTIFY,
}
_DEFAULT_SIZE = 10.0  # points; what Word takes where the file says nothing


class RunLook(NamedTuple):
    """Properties of characters; None where nothing is said. ``size`` in points."""

    bold: bool | None = None
    hidden: bool | None = None
    caps: bool | None = None
    size: float | None = None
    font: str | None = None
    style: str | None = None
    raised: bool | None = None


class ParagraphLook(NamedTuple):
    """Properties of a paragraph; None where nothing is said.

    ``left`` and ``first`` in points; ``mark_deleted``: the paragraph mark was deleted or moved away;
    ``section``: how the section begins that follows, where one ends here.
    """

    align: Align | None = None
    left: float | None = None
    first: float | None = None
    outline: int | None = None
    break_before: bool | None = None
    num_id: str | None = None
    ilvl: int | None = None
    style: str | None = None
    mark_deleted: bool | None = None
    section: str | None = None


NO_RUN, NO_PARAGRAPH = RunLook(), ParagraphLook()
_BOLD, _VANISH, _CAPS, _SIZE, _FONTS, _R_STYLE = w("b"), w("vanish"), w("caps"), w("sz"), w("rFonts"), w("rStyle")
_ASCII, _H_ANSI, _VERTICAL = w("ascii"), w("hAnsi"), w("vertAlign")


def read_run_look(properties: Element | None) -> RunLook:
    """What a ``w:rPr`` says."""
    if properties is None:
        return NO_RUN
    found: dict[str, object] = {}
    for child in properties:
        tag = child.tag
        if tag == _SIZE:
            found["size"] = points(child.get(VAL), 2)
        elif tag == _BOLD:
            found["bold"] = is_on(child)
        elif tag == _VANISH:
            found["hidden"] = is_on(child)
        elif tag == _CAPS:
            found["caps"] = is_on(child)
        elif tag == _FONTS:
            found["font"] = child.get(_ASCII) or child.get(_H_ANSI)
        elif tag == _R_STYLE:
            found["style"] = child.get(VAL)
        elif tag == _VERTICAL:
            found["raised"] = child.get(VAL) == "superscript"
    return RunLook(**found) if found else NO_RUN  # type: ignore[arg-type]


_JC, _IND, _OUTLINE, _BREAK, _NUM_PR, _P_STYLE = w("jc"), w("ind"), w("outlineLvl"), w("pageBreakBefore"), w("numPr"), w("pStyle")
_SECTION, _SECTION_TYPE, _GONE = w("sectPr"), w("type"), frozenset({DEL, MOVE_FROM})
_NUM_ID, _ILVL = w("numId"), w("ilvl")


def read_paragraph_look(properties: Element | None) -> ParagraphLook:
    """What a ``w:pPr`` says."""
    if properties is None:
        return NO_PARAGRAPH
    found: dict[str, object] = {}
    for child in properties:
        tag = child.tag
        if tag == _JC:
            found["align"] = _ALIGN.get(child.get(VAL, ""), Align.LEFT)
        elif tag == _IND:
            found["left"], found["first"] = _indents(child)
        elif tag == _OUTLINE:
            found["outline"] = whole(child.get(VAL))
        elif tag == _BREAK:
            found["break_before"] = is_on(child)
        elif tag == _NUM_PR:
            found["num_id"], found["ilvl"] = value_of(child, _NUM_ID), whole(value_of(child, _ILVL))
        elif tag == _P_STYLE:
            found["style"] = child.get(VAL)
        elif tag == R_PR:
            if any(mark.tag in _GONE for mark in child):
                found["mark_deleted"] = True
        elif tag == _SECTION:
            found["section"] = value_of(child, _SECTION_TYPE) or "nextPage"
    return ParagraphLook(**found) if found else NO_PARAGRAPH  # type: ignore[arg-type]


_LEFT, _START, _FIRST, _HANGING = w("left"), w("start"), w("firstLine"), w("hanging")


def _indents(ind: Element) -> tuple[float | None, float | None]:
    """Left edge of the paragraph, and of its first line from there; a hanging line stands to the left of it."""
    left = points(ind.get(_LEFT) or ind.get(_START))
    hanging = points(ind.get(_HANGING))
    return left, points(ind.get(_FIRST)) if hanging is None else -hanging


def over_run(top: RunLook, base: RunLook) -> RunLook:
    """``top`` where it says something, else ``base``."""
    if base is NO_RUN:
        return top
    return RunLook._make(b if t is None else t for t, b in zip(top, base, strict=True))


def over_paragraph(top: ParagraphLook, base: ParagraphLook) -> ParagraphLook:
    """``top`` where it says something, else ``base``."""
    if base is NO_PARAGRAPH:
        return top
    return ParagraphLook._make(b if t is None else t for t, b in zip(top, base, strict=True))


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all it inherits. ``chain``: its id and those it is based on, nearest first."""

    run: RunLook = NO_RUN
    paragraph: ParagraphLook = NO_PARAGRAPH
    borders: tuple[tuple[str, bool], ...] = ()
    chain: tuple[str, ...] = ()


class StyleSheet:
    """``styles.xml``, read as far as the document asks."""

    def __init__(self, styles: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._styles: dict[str | None, Style] = {None: Style()}
        self._paragraphs: dict[ParagraphLook, Style] = {}  # a document says the same few things over and over
        self._runs: dict[tuple[RunLook, str | None], RunLook] = {}
        self._default_run = RunLook(size=_DEFAULT_SIZE)
        self._default_paragraph = NO_PARAGRAPH
        self.default_style: str | None = None
        self.default_table: str | None = None
        if styles is not None:
            self._index(styles)

    def _index(self, styles: Element) -> None:
        for element in styles.iterchildren(w("style")):
            style_id = element.get(w("styleId"), "")
            self._elements[style_id] = element
            if element.get(w("default"), "0") in ("1", "true", "on"):
                if element.get(w("type")) == "paragraph":
                    self.default_style = style_id
                elif element.get(w("type")) == "table":
                    self.default_table = style_id
        defaults = styles.find(w("docDefaults"))
        if defaults is not None:
            run = read_run_look(defaults.find(f"{w('rPrDefault')}/{R_PR}"))
            self._default_run = over_run(run, self._default_run)
            self._default_paragraph = read_paragraph_look(defaults.find(f"{w('pPrDefault')}/{P_PR}"))

    def style(self, style_id: str | None) -> Style:
        """The style with what it inherits; an unknown one says nothing."""
        if style_id not in self._styles:
            self._styles[style_id] = self._resolve(style_id or "", frozenset())
        return self._styles[style_id]

    def _resolve(self, style_id: str, seen: frozenset[str]) -> Style:
        element = self._elements.get(style_id)
        if element is None or style_id in seen:  # a style may not be based on itself, but files say so
            return Style()
        base_id = value_of(element, w("basedOn"))
        base = Style() if base_id is None else self._resolve(base_id, seen | {style_id})
        properties = element.find(P_PR)
        look = read_paragraph_look(properties)
        if look.outline is None:
            look = look._replace(outline=_outline_of_name(value_of(element, w("name"))))
        return Style(
            over_run(read_run_look(element.find(R_PR)), base.run),
            over_paragraph(look._replace(style=None), base.paragraph),
            tuple((dict(base.borders) | read_borders(element.find(f"{TBL_PR}/{w('tblBorders')}"))).items()),
            (style_id, *base.chain),
        )

    def paragraph(self, direct: ParagraphLook) -> Style:
        """The style of a paragraph with its direct properties and the defaults merged in."""
        found = self._paragraphs.get(direct)
        if found is None:
            style = self.style(direct.style or self.default_style)
            look = over_paragraph(direct, over_paragraph(style.paragraph, self._default_paragraph))
            found = self._paragraphs[direct] = replace(style, paragraph=look)
        return found

    def run(self, direct: RunLook, paragraph_style: str | None) -> RunLook:
        """A run as printed: toggle properties of the two kinds of style cancel each other, as in Word."""
        key = (direct, paragraph_style)
        found = self._runs.get(key)
        if found is None:
            found = self._runs[key] = over_run(direct, self._styled(paragraph_style or self.default_style, direct.style))
        return found

    def _styled(self, paragraph_style: str | None, character_style: str | None) -> RunLook:
        lower, upper = self.style(paragraph_style).run, self.style(character_style).run
        merged = over_run(over_run(upper, lower), self._default_run)
        return merged._replace(
            bold=_toggle(lower.bold, upper.bold, self._default_run.bold),
            hidden=_toggle(lower.hidden, upper.hidden, self._default_run.hidden),
            caps=_toggle(lower.caps, upper.caps, self._default_run.caps),
        )


def _toggle(lower: bool | None, upper: bool | None, default: bool | None) -> bool:
    if lower is None and upper is None:
        return bool(default)
    return bool(lower) != bool(upper)


def _outline_of_name(name: str | None) -> int | None:
    """«heading 1» is outline level 0 even where the style does not say so; some programs translate the name."""
    kind, _, number = (name or "").lower().rpartition(" ")
    return int(number) - 1 if kind in ("heading", "заголовок") and number in tuple("123456789") else None


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_SIDE_OF = {w(side): side for side in _SIDES} | {w("start"): "left", w("end"): "right"}


def read_borders(element: Element | None) -> dict[str, bool]:
    """Side → whether a line is drawn, for the sides that a ``w:tblBorders`` or ``w:tcBorders`` speaks of."""
    if element is None:
        return {}
    return {_SIDE_OF[side.tag]: side.get(VAL, "none") not in ("none", "nil") for side in element if side.tag in _SIDE_OF}
