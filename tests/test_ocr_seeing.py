"""What is seen of a page before it is read: how it lies, its rules, seals, and the traces of the scanner."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.reading.ocr.engine import start_engine
from extractors.reading.ocr.pictures import ink_of, pale_marks, without_colour
from extractors.reading.ocr.ruling import find_ruling
from extractors.reading.ocr.squaring import squared
from extractors.reading.ocr.traces import smoothed, without_blots, without_traces
from extractors.reading.ocr.upright import skew_of, upright
from tests.test_ocr import FONT, PROSE, grey, paper, reads, ruling_of, tabled, written


@pytest.mark.parametrize("degrees", [-3.0, -0.5, 0.0, 0.3, 2.0])
def test_skew_is_measured_to_a_tenth_of_a_degree(degrees: float) -> None:
    skewed = written(paper(), PROSE * 4).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=245)
    assert skew_of(ink_of(grey(skewed))) == pytest.approx(-degrees, abs=0.1)


def test_a_blank_page_is_not_skewed() -> None:
    assert skew_of(ink_of(grey(paper()))) == 0.0


def test_the_lines_of_a_table_are_found_and_words_are_none() -> None:
    ruling = ruling_of(grey(tabled(paper())))
    assert [round(line.at / 10) for line in ruling.across] == [10, 17, 24, 31, 38]
    assert sorted(round(line.at / 10) for line in ruling.upright) == [10, 18, 80, 110]


def test_a_broken_line_is_one_line() -> None:
    image = tabled(paper())
    draw = ImageDraw.Draw(image)
    for x in range(220, 1000, 90):
        draw.rectangle((x, 165, x + 10, 175), 245)
    assert len(ruling_of(grey(image)).across) == 5


def test_a_line_that_ends_in_the_middle_of_a_cell_goes_on() -> None:
    """A rule of 1,000 pixels with 100 gone inside a cell, and with its last 120: no joined cell ends there."""
    image = tabled(paper())
    draw = ImageDraw.Draw(image)
    draw.rectangle((400, 165, 500, 175), 245)
    draw.rectangle((980, 235, 1095, 245), 245)
    ruling = ruling_of(grey(image))
    assert [(round(line.start / 10), round(line.end / 10)) for line in ruling.across] == [(10, 110)] * 5


def test_a_joined_cell_keeps_its_line_away() -> None:
    """The second row has no line between its last two cells: what is missing ends at the rows' lines."""
    image = tabled(paper())
    ImageDraw.Draw(image).rectangle((795, 173, 805, 238), 245)
    upright = ruling_of(grey(image)).upright
    assert sorted((round(u.start / 10), round(u.end / 10)) for u in upright if round(u.at / 10) == 80) == [(10, 17), (24, 38)]


def test_an_underline_is_no_rule() -> None:
    image = written(paper(), PROSE)
    ImageDraw.Draw(image).line((100, 150, 700, 150), 30, 2)
    ruling = ruling_of(grey(image))
    assert (ruling.across, ruling.upright) == ([], [])


def test_the_ring_of_a_seal_is_no_rule() -> None:
    image = tabled(paper())
    ImageDraw.Draw(image).ellipse((300, 120, 560, 380), outline=120, width=4)
    ruling = ruling_of(grey(image))
    assert (len(ruling.across), len(ruling.upright)) == (5, 4)


def test_the_side_of_a_ring_over_one_row_is_no_rule() -> None:
    """Its ends touch the rules above and below the row: it bends, and no rule goes on with it."""
    image = tabled(paper())
    ImageDraw.Draw(image).ellipse((300, 62, 582, 344), outline=120, width=5)
    ruling = ruling_of(grey(image))
    assert (len(ruling.across), len(ruling.upright)) == (5, 4)


LINES_OF_THE_TABLE = [(10, 110)] * 5
"""Start and end of what runs across in `tabled`, in tens of pixels."""


def grained(picture: Image.Image, blur: float, noise: float = 4) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """As a scanner sees it."""
    soft = cv2.GaussianBlur(grey(picture), (0, 0), blur).astype(np.float64)
    return (soft + np.random.default_rng(3).normal(0, noise, soft.shape)).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("tone", [180, 200, 215])
def test_pale_rules_beside_black_letters_are_found(tone: int) -> None:
    """On paper of 245: rules that only the eye takes for ink."""
    image = tabled(paper(), tone=tone)
    ruling = ruling_of(grained(image, 0.6))
    assert [(round(line.start / 10), round(line.end / 10)) for line in ruling.across] == LINES_OF_THE_TABLE
    assert sorted(round(line.at / 10) for line in ruling.upright) == [10, 18, 80, 110]


@pytest.mark.parametrize("blur", [1.0, 1.4, 1.8])
def test_blurred_letters_that_run_together_are_no_rules(blur: float) -> None:
    ruling = ruling_of(grained(tabled(paper(), [("шшшш", "шшшшшшшшшшшшшшш", "шшшшшш")] * 4), blur))
    assert [(round(line.start / 10), round(line.end / 10)) for line in ruling.across] == LINES_OF_THE_TABLE
    assert len(ruling.upright) == 4


def test_what_is_left_of_a_rule_is_put_together() -> None:
    """The third rule has a break every 60 to 90 pixels: none of its pieces is as long as a line must be to be sure of it."""
    image = tabled(paper())
    draw = ImageDraw.Draw(image)
    for x in (215, 290, 370, 440, 530):
        draw.rectangle((x, 235, x + 22, 245), 245)
    ruling = ruling_of(grey(image))
    assert [(round(line.start / 10), round(line.end / 10)) for line in ruling.across] == LINES_OF_THE_TABLE


def test_dashes_in_one_row_of_text_are_no_rule() -> None:
    image = tabled(paper())
    draw = ImageDraw.Draw(image)
    for x in (250, 340, 430):
        draw.line((x, 205, x + 60, 205), 20, 2)
    assert len(ruling_of(grey(image)).across) == 5


# what a scanner adds


def test_black_margins_and_holes_are_paper_and_text_stays() -> None:
    """An open lid leaves black at the edges of the picture; the file's rings left holes; a rule reaches the black margin."""
    image = written(tabled(paper()), PROSE, x=200, y=600)
    clean, draw = grey(image).copy(), ImageDraw.Draw(image)
    draw.polygon([(1240, 0), (1180, 0), (1215, 1000), (1240, 1000)], 10)
    draw.rectangle((0, 0, 1240, 14), 20)
    for y in (300, 700):
        draw.ellipse((30, y, 75, y + 45), 5)
    seen_so = without_blots(grey(image))
    assert (seen_so == 245).mean() == pytest.approx((clean == 245).mean(), abs=0.001)
    assert (seen_so[:, 90:1170] == clean[:, 90:1170]).all()


def test_black_letters_as_large_as_a_hand_are_no_blots() -> None:
    image = paper()
    ImageDraw.Draw(image).text((200, 200), "ПЛАН 0", 20, ImageFont.truetype(FONT, 150))
    assert (without_blots(grey(image)) == grey(image)).all()


def test_a_page_of_one_tone_is_left_alone() -> None:
    for tone in (0, 128, 255):
        page = np.full((300, 200), tone, np.uint8)
        assert (without_traces(page) == page).all()


def test_only_a_dithered_page_is_smoothed() -> None:
    """Paper of a light grey, told in black dots; a page of black and white alone keeps every pixel."""
    image = tabled(written(paper(), PROSE, y=600))
    dithered = grey(image.convert("1", dither=Image.Dither.FLOYDSTEINBERG))
    sharp = grey(image.point(lambda tone: 255 * (tone > 140)))
    assert ink_of(smoothed(dithered))[500:590].sum() == 0
    assert (smoothed(sharp) == sharp).all()
    assert (smoothed(grained(image, 0.6)) == grained(image, 0.6)).all()


def test_the_inner_ring_of_a_seal_is_no_rule() -> None:
    """A thick ring and a thin one three pixels inside it, both nearly straight over the height of one row."""
    image = tabled(paper())
    draw = ImageDraw.Draw(image)
    draw.ellipse((300, 62, 582, 344), outline=120, width=9)
    draw.ellipse((313, 75, 569, 331), outline=120, width=3)
    ruling = ruling_of(grained(image, 0.6))
    assert (len(ruling.across), len(ruling.upright)) == (5, 4)


def test_a_ring_does_not_join_two_tables() -> None:
    """Two tables forty pixels apart, the same columns, and the side of a seal where a column goes."""
    image = tabled(tabled(paper()), y=420)
    ImageDraw.Draw(image).ellipse((799, 340, 940, 470), outline=60, width=5)
    columns = [(round(u.start / 10), round(u.end / 10)) for u in ruling_of(grey(image)).upright if round(u.at / 10) == 80]
    assert sorted(columns) == [(10, 38), (42, 70)]


def test_the_halo_of_a_rule_is_no_rule() -> None:
    """JPEG leaves a pale stripe beside every edge; and what shines through from the back of the sheet goes on beyond the table."""
    image = tabled(paper())
    draw = ImageDraw.Draw(image)
    draw.line((100, 180, 1100, 180), 222, 2)
    draw.line((1100, 240, 1180, 240), 200, 2)
    ruling = ruling_of(grey(image))
    assert [(round(line.start / 10), round(line.end / 10)) for line in ruling.across] == LINES_OF_THE_TABLE


@pytest.mark.parametrize("corners", [((30, 12), (1205, 0), (1240, 990), (0, 975)), ((0, 0), (1240, 0), (1225, 1000), (15, 1000))])
def test_a_page_as_a_camera_saw_it_is_made_square(corners: tuple[tuple[int, int], ...]) -> None:
    """No two rules of the photograph are parallel; on the page they run as they were drawn."""
    image = tabled(paper(), rows=[("1", "Выставка", "Май")] * 10)
    page = np.array([(0, 0), (1240, 0), (1240, 1000), (0, 1000)], np.float32)
    camera = cv2.getPerspectiveTransform(page, np.array(corners, np.float32))
    photo = cv2.warpPerspective(grey(image), camera, (1240, 1000), flags=cv2.INTER_CUBIC, borderValue=245).astype(np.uint8)
    gray, ink = squared(photo, ink_of(photo))
    ruling = find_ruling(gray, ink)
    assert (len(ruling.across), len(ruling.upright)) == (11, 4)
    assert all(line.length > 0.9 * 700 for line in ruling.upright)


def test_a_square_page_is_left_alone() -> None:
    for image in (tabled(paper()), written(paper(), PROSE * 4), paper()):
        gray = grained(image, 0.6)
        assert squared(gray, ink_of(gray))[0] is gray


def test_a_grey_ring_full_of_noise_is_marked() -> None:
    image = grey(written(paper(), PROSE)).astype(np.int16)
    ring = grey(Image.new("L", (1240, 1000), 245)).copy()
    circle = Image.fromarray(ring)
    ImageDraw.Draw(circle).ellipse((500, 500, 780, 780), outline=133, width=5)
    noisy = np.minimum(image, grey(circle)) + np.random.default_rng(5).normal(0, 9, image.shape)
    picture = noisy.clip(0, 255).astype(np.uint8)
    assert (pale_marks(picture)[grey(circle) < 200] > 0).mean() > 0.8


def test_a_pale_ring_is_marked_and_black_letters_are_not() -> None:
    image = written(paper(), PROSE)
    ImageDraw.Draw(image).ellipse((300, 60, 560, 320), outline=150, width=4)
    marks = pale_marks(grey(image)) > 0
    assert marks.sum() > 1000
    assert (marks & (grey(image) < 60)).sum() == 0


def test_a_coloured_seal_goes_and_a_line_of_blue_text_stays() -> None:
    image = Image.new("RGB", (1240, 800), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((300, 300, 600, 600), outline=(40, 40, 220), width=6)
    draw.text((100, 100), "Синяя строка текста", (0, 0, 200), ImageFont.truetype(FONT, 34))
    gray = without_colour(np.asarray(image, dtype=np.uint8))
    assert gray[295:605].min() > 180
    assert gray[100:150].min() < 60


# which way it lies


@reads
@pytest.mark.parametrize("skew", [-2.5, 2.5])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_skewed_page_is_put_on_its_feet(quarters: int, skew: float) -> None:
    """Long lines that fall by more than their height: which way up the page lies is judged when it lies straight."""
    level = written(paper(1240, 1240), [" ".join(PROSE)[:60]] * 12, size=24)
    lying = level.rotate(skew, Image.Resampling.BICUBIC, fillcolor=245).transpose(Image.Transpose.ROTATE_90) if quarters == 1 else None
    lying = lying or level.rotate(skew, Image.Resampling.BICUBIC, fillcolor=245).rotate(90 * quarters)
    found = upright(grey(lying), start_engine(), None)
    assert np.mean((found < 128) == (grey(level) < 128)) > 0.97
