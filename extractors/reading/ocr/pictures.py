"""Pages as grey pictures: rendered from a PDF or read from an image file, without stamps and dirt."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from extractors.reading.ocr.engine import Gray
from schemas.errors import RejectCode, RejectedError
from schemas.limits import beyond, present_limits

DPI = 200
"""What pages are read at. 300 dpi costs 20 % more time on the same letters and reads none better."""
MAX_PIXELS = 12_000_000
"""A page larger than this (A3 at 200 dpi is 7.7 million) is read at a lower resolution: A2 at 175 dpi; twice as many take 400 MB more."""
_A4 = 842.0  # points, the long side
_LEAST_SEAL = 300  # pixels of its ring
WHITE = 255
_GRAIN = 24  # grey levels by which a scanner's noise darkens paper
_COARSE = 4  # pixels to a pixel where groups of marks are looked for
_UNSAID = (72, 96)  # resolutions that programs and telephones write who know none
_LONGEST, _LONGEST_UNSAID = 34, 17  # inches: A0, A3

Image.MAX_IMAGE_PIXELS = None  # `_check_size` is ours, and says what to do
Color = NDArray[np.uint8]


@dataclass(slots=True)
class Sheet:
    """A page as a picture; ``dpi`` pixels an inch, so that a pixel is 72 / dpi points."""

    gray: Gray
    dpi: float


def render_pages(content: bytes, numbers: list[int]) -> Iterator[tuple[int, Sheet]]:
    """Pages of a PDF (1-based numbers) as pictures.

    Raises:
        RejectedError: `corrupt`, where qpdf could still mend the file but pdfium cannot open it.
    """
    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        message = "Файл PDF повреждён: скачайте его ещё раз или сохраните заново."
        raise RejectedError(RejectCode.CORRUPT, message) from error
    try:
        for number in numbers:
            page = pdf[number - 1]
            dpi = min(float(DPI), 72 * (MAX_PIXELS / max(page.get_width() * page.get_height(), 1)) ** 0.5)
            picture = page.render(scale=dpi / 72, rev_byteorder=True).to_numpy()
            page.close()
            yield number, Sheet(without_colour(picture), dpi)
    finally:
        pdf.close()


def open_images(path: Path) -> Iterator[tuple[int, Sheet]]:
    """Pictures of an image file, numbered from 1.

    Raises:
        RejectedError: `corrupt`; `too_many_pages`; `too_big` where there are more pixels than a page can have.
    """
    try:
        with Image.open(path) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                _check_size(frame, number)
                yield number, _sheet(frame)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise RejectedError(RejectCode.CORRUPT, "Изображение повреждено или скачано не до конца: получите файл заново.") from error


def _check_size(frame: Image.Image, number: int) -> None:
    """Before anything is decoded."""
    limits = present_limits()
    if number > limits.max_pages:
        raise beyond(RejectCode.TOO_MANY_PAGES, f"В файле больше {limits.max_pages} страниц: разделите его на части", "max_pages")
    if frame.width * frame.height > limits.max_megapixels * 1_000_000:
        words = f"В изображении больше {limits.max_megapixels} миллионов точек: сохраните его с меньшим разрешением"
        raise beyond(RejectCode.TOO_BIG, words, "max_megapixels")


def _sheet(frame: Image.Image) -> Sheet:
    dpi = _resolution(frame)
    scale = min(DPI / dpi, (MAX_PIXELS / (frame.width * frame.height)) ** 0.5)
    upright = ImageOps.exif_transpose(frame) or frame
    if "A" in upright.getbands() or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright)
    picture = np.asarray(upright.convert("RGB"))
    if abs(scale - 1) > 0.02:
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=how).astype(np.uint8)
    return Sheet(without_colour(picture), dpi * scale)


def _resolution(frame: Image.Image) -> float:
    """As the file says, unless that makes no sheet of paper; then A4 is assumed."""
    long = max(frame.width, frame.height)
    stated = frame.info.get("dpi", (0, 0))
    dpi = float(stated[0]) if isinstance(stated, tuple) and stated[0] else 0.0
    longest = _LONGEST_UNSAID if round(dpi) in _UNSAID else _LONGEST
    return dpi if dpi > 0 and 5 <= long / dpi <= longest else long * 72 / _A4


def without_colour(picture: Color) -> Gray:
    """Grey, with coloured stamps and signatures gone.

    Coloured ink over black text is light in its own colour's channel: the brightest channel drops it and keeps the black. Only
    blots as wide as high are treated so: a line of blue text is text.
    """
    if picture.ndim == 2:
        return picture
    rgb = picture[:, :, :3]
    red, green, blue = cv2.split(rgb)
    bright, dark = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    coloured = cv2.threshold(cv2.subtract(bright, dark), 60, 1, cv2.THRESH_BINARY)[1].astype(np.uint8)
    if np.count_nonzero(coloured) < 200:
        return gray
    for x, y, w, h, _ in blots(coloured, reach=9):
        if w > 60 and h > 60 and 0.6 < w / h < 1.7:
            part = slice(y, y + h), slice(x, x + w)
            gray[part] = np.where(cv2.dilate(coloured[part], np.ones((3, 3), np.uint8)) > 0, bright[part], gray[part])
    return gray


def pale_marks(gray: Gray) -> Gray:
    """Pale seals and rings as 1: grey marks, as wide as high, that are next to no black. Ruled lines must be gone.

    Pale text on a pale page is not touched: there the black is what is darkest, and a page of one tone has nothing pale.
    """
    found = np.zeros_like(gray)
    paper, black = _level(gray, 0.5), _level(gray, 0.005)
    if paper - black < 90:
        return found
    strong = cv2.threshold(gray, black + 0.35 * (paper - black), 1, cv2.THRESH_BINARY_INV)[1].astype(np.uint8)
    weak = cv2.threshold(gray, paper - 0.2 * (paper - black), 1, cv2.THRESH_BINARY_INV)[1].astype(np.uint8)
    firm = cv2.morphologyEx(strong, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)).astype(np.uint8)
    rings = _at_least(_next_to_no(firm, weak), 30)
    if np.count_nonzero(rings) < _LEAST_SEAL:
        return found
    for x, y, w, h in _seals(rings):
        part = slice(y, y + h), slice(x, x + w)
        text = strong[part]
        if np.mean(text[rings[part] > 0]) > 0.05:  # a scanner's noise blackens a grey ring here and there
            text = without_specks(text, 15) | (gray[part] < black + 0.2 * (paper - black)).astype(np.uint8)
        pale = without_specks(_next_to_no(text, weak[part]), 10)
        found[part] |= cv2.subtract(_wider(pale), text).astype(np.uint8)
    return found


def _seals(rings: Gray) -> Iterator[tuple[int, int, int, int]]:
    """Boxes of what is as wide as high and round; a ring from which a rule at its top took a piece is in two halves."""
    for reach in (35, 95):
        for x, y, w, h, area in blots(rings, reach):
            round_enough = _is_round(rings[y : y + h, x : x + w])
            if min(w, h) >= 80 and max(w, h) <= 600 and 0.6 < w / h < 1.7 and area < 0.15 * w * h and round_enough:
                yield x, y, w, h


def _is_round(marks: Gray) -> bool:
    """Most of the marks lie on the oval that fills their box: a ring does, the hairlines of faint letters do not."""
    xs, ys = places_of(marks)
    if not len(xs):
        return False
    x, y = (2 * (axis - axis.min()) / max(int(np.ptp(axis)), 1) - 1 for axis in (xs, ys))
    from_middle = np.hypot(x, y)
    return bool(np.mean((from_middle > 0.85) & (from_middle < 1.08)) > 0.55)


def _next_to_no(black: Gray, marks: Gray) -> Gray:
    """Marks that are no edge of black ones."""
    return cv2.subtract(marks, _wider(black)).astype(np.uint8)


def _wider(mask: Gray) -> Gray:
    """The marks with two pixels around them."""
    return cv2.dilate(mask, np.ones((5, 5), np.uint8)).astype(np.uint8)


def _at_least(mask: Gray, length: int) -> Gray:
    """The marks whose longer side is of at least so many pixels, measured at half size."""
    small = cv2.dilate(mask, np.ones((2, 2), np.uint8), anchor=(0, 0))[::2, ::2]
    long = pieces_between(np.ascontiguousarray(small).astype(np.uint8), length // 2, max(mask.shape))
    kept: Gray = mask & cv2.resize(long, mask.shape[::-1], interpolation=cv2.INTER_NEAREST).astype(np.uint8)
    return kept


def painted(picture: Gray, where: Gray, grey: int) -> Gray:
    """A copy with one grey wherever ``where`` is set."""
    return cv2.copyTo(np.full_like(picture, grey), where, picture.copy()).astype(np.uint8, copy=False)


def whitened(gray: Gray, paper: int) -> Gray:
    """The page with its paper white: the grain of a scanner's noise is more to tesseract than to the eye."""
    grainy = paper - _level(gray, 0.2) > 1  # a fifth of the page is darker: ink, and the darkest of the paper
    white = max(paper - _GRAIN * grainy, 1)
    levels = np.minimum(np.arange(256) * WHITE / white, WHITE).astype(np.uint8)
    return cv2.LUT(gray, levels).astype(np.uint8)


def paper_of(gray: Gray) -> int:
    """The grey of the paper: half of the page is darker, half lighter."""
    return _level(gray, 0.5)


def _level(gray: Gray, share: float) -> int:
    """The grey below which lies ``share`` of the pixels."""
    sample = np.ascontiguousarray(gray[::3])
    counts = cv2.calcHist([sample], [0], None, [256], [0, 256]).ravel()
    return int(np.searchsorted(np.cumsum(counts), share * sample.size))


def blots(mask: Gray, reach: int) -> Iterator[tuple[int, int, int, int, int]]:
    """Groups of marks that lie within ``reach`` pixels of each other: x, y, width, height, pixels of ink."""
    xs, ys = places_of(mask)
    coarse = cv2.dilate(mask, np.ones((_COARSE, _COARSE), np.uint8), anchor=(0, 0))[::_COARSE, ::_COARSE]
    near = cv2.dilate(np.ascontiguousarray(coarse), np.ones((reach // _COARSE, reach // _COARSE), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(near)
    ink = np.bincount(labels[ys // _COARSE, xs // _COARSE], minlength=count)
    for i in range(1, count):
        x, y, w, h, _ = (int(v) * _COARSE for v in stats[i])
        yield x, y, w, h, int(ink[i])


def places_of(mask: Gray) -> NDArray[np.int32]:
    """Where marks are: all x, all y. Five times as fast as `numpy.nonzero` on a page."""
    found = cv2.findNonZero(mask)
    points = np.zeros((0, 2)) if found is None else found.reshape(-1, 2)
    return points.T.astype(np.int32)


def ink_of(gray: Gray) -> Gray:
    """Ink as 1, paper as 0: against the paper around it, so that a shadow is no ink; single specks are none."""
    mask: Gray = cv2.adaptiveThreshold(gray, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 25).astype(np.uint8)
    return without_specks(mask, 5)


def without_dirt(mask: Gray) -> Gray:
    """The marks without small ones that are far from any letter: full stops and dots of «ё» stand near letters, dust does not."""
    near = cv2.dilate(_at_least(mask, 10), np.ones((41, 41), np.uint8)).astype(np.uint8)
    kept: Gray = mask & near
    return kept


def pieces_between(mask: Gray, least: int, most: int) -> Gray:
    """The marks whose longer side is of so many pixels."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    long = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    keep = ((long >= least) & (long <= most)).astype(np.uint8)
    keep[0] = 0
    kept: Gray = keep[labels]
    return kept


def without_specks(mask: Gray, least: int) -> Gray:
    """The marks of at least so many pixels."""
    xs, ys = places_of(mask)
    piece = cv2.connectedComponents(mask)[1][ys, xs]  # with statistics it takes three times as long
    specks = np.bincount(piece, minlength=1)[piece] < least
    kept = mask.copy()
    kept[ys[specks], xs[specks]] = 0
    return kept
