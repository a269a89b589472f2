"""Pictures and embedded objects: never unpacked, but a person is told where words may stand in them."""

import re

from extractors.reading.docx.names import A_NS, V_NS, Element, points

OLE_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_BLIP, _IMAGE = f"{{{A_NS}}}blip", f"{{{V_NS}}}imagedata"
_EMU = 12_700  # to a point
_MEASURE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+(?:pt|in|cm|mm|px)?)")
_LEAST_SIDE, _LEAST_AREA = 225.0, 110_000.0
"""Points and square points: 8 cm, and a third of the text area of an A4 page. Emblems, stamps and signatures are smaller."""


def is_document_object(element: Element) -> bool:
    """Whether an OLE object is a table or a text («Excel.Sheet.12»), not a formula or a drawing."""
    return element.get("ProgID", "").startswith(("Excel", "Word", "Package", "AcroExch"))


def shows_page(drawing: Element) -> bool:
    """Whether a drawing is a picture so large that it may be a scanned page."""
    width, height = _size(drawing)
    return min(width, height) >= _LEAST_SIDE and width * height >= _LEAST_AREA


def _size(drawing: Element) -> tuple[float, float]:
    """Width and height in points; zero where it is no picture."""
    if next(drawing.iter(_BLIP), None) is not None:
        for extent in drawing.iter(_EXTENT):
            return (points(extent.get("cx"), _EMU) or 0.0, points(extent.get("cy"), _EMU) or 0.0)
    image = next(drawing.iter(_IMAGE), None)
    shape = None if image is None else image.getparent()
    if shape is None:
        return 0.0, 0.0
    sides = {side: points(length, 1) or 0.0 for side, length in _MEASURE.findall(shape.get("style", ""))}
    return sides.get("width", 0.0), sides.get("height", 0.0)
