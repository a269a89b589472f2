"""Pages of words and rules put together: expected blocks by reading the page that the words draw."""

from extractors.reading.page import Page, Rule, Word
from extractors.reading.pages import assemble_pages, find_grids
from extractors.reading.pdf.scoring import lettered, overlaid
from schemas.source import ParagraphBlock, Role, TableBlock

WIDTH, HEIGHT, LEFT, RIGHT = 595.0, 842.0, 85.0, 545.0
LETTER = 5.0  # points: every letter of these pages is as wide


def line(text: str, x: float, top: float, hidden: bool = False) -> list[Word]:
    words = []
    for part in text.split(" "):
        words.append(Word(part, x, top, x + LETTER * len(part), top + 10, size=10, hidden=hidden))
        x += LETTER * (len(part) + 1)
    return words


def page(number: int, *lines: tuple[str, float, float], rules: list[Rule] | None = None) -> Page:
    return Page(number, WIDTH, HEIGHT, [w for text, x, top in lines for w in line(text, x, top)], rules or [])


def paragraphs(pages: list[Page], role: Role = Role.BODY) -> list[str]:
    return [b.text for b in assemble_pages(pages)[0] if isinstance(b, ParagraphBlock) and b.role is role]


def full(words: str) -> str:
    """Letters up to the right margin, so that no further word fits."""
    room = int((RIGHT - LEFT) / LETTER)
    return f"{words} {'ж' * (room - len(words) - 1)}"


def ruled(xs: list[float], ys: list[float]) -> list[Rule]:
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


FIRST = [(full("1. Руководителям школ"), LEFT, 700.0), (full("обеспечить участие"), LEFT, 714.0)]


def test_a_paragraph_over_a_page_end_is_one_with_a_span_on_both_pages() -> None:
    pages = [page(1, *FIRST), page(2, ("педагогов в семинарах.", LEFT, 60.0), ("2. Контроль.", LEFT, 74.0))]
    blocks, _ = assemble_pages(pages)
    assert [b.text for b in blocks if isinstance(b, ParagraphBlock)][1] == "2. Контроль."
    first = blocks[0]
    assert isinstance(first, ParagraphBlock)
    assert first.text.endswith("ж педагогов в семинарах.")
    assert [span.page for span in first.paragraph.spans] == [1, 2]


def test_a_page_number_between_the_halves_of_a_paragraph_stays_a_page_number() -> None:
    pages = [page(1, *FIRST, ("- 1 -", 300.0, 815.0)), page(2, ("педагогов в семинарах.", LEFT, 60.0))]
    assert len(paragraphs(pages)) == 1
    assert paragraphs(pages, Role.PAGE_NUMBER) == ["- 1 -"]


def test_a_new_point_on_the_next_page_is_a_paragraph_of_its_own() -> None:
    pages = [page(1, *FIRST), page(2, ("2. Контроль оставляю за собой.", LEFT, 60.0))]
    assert paragraphs(pages)[1] == "2. Контроль оставляю за собой."


def test_a_line_that_had_room_ends_its_paragraph_also_at_a_page_end() -> None:
    pages = [page(1, (full("Отдел образования"), LEFT, 686.0), ("проводит смотр", LEFT, 700.0)), page(2, ("и конкурс чтецов", LEFT, 60.0))]
    assert paragraphs(pages)[-1] == "и конкурс чтецов"


def test_words_that_a_narrow_column_had_to_cut_are_whole_again() -> None:
    xs, ys = [100.0, 141.0, 300.0], [100.0, 160.0, 220.0]  # the first column has room for six letters
    words = [("Общест", 105.4, 104.0), ("вознан", 105.4, 116.0), ("ие", 105.4, 128.0), ("Срок", 150.0, 104.0)]
    block = assemble_pages([page(1, *words, ("май", 150.0, 164.0), rules=ruled(xs, ys))])[0][0]
    assert isinstance(block, TableBlock)
    assert [c.text for c in block.cells] == ["Обществознание", "Срок", "", "май"]


def test_hidden_words_are_kept_apart() -> None:
    seen = page(1, ("О плане работы", LEFT, 100.0))
    seen.words += line("секрет", LEFT, 300.0, hidden=True)
    assert paragraphs([seen]) == ["О плане работы"]
    assert paragraphs([seen], Role.HIDDEN) == ["секрет"]


def test_a_line_with_small_breaks_still_rules_a_table() -> None:
    rules = [Rule(100, y, 198, y) for y in (100, 130, 160)] + [Rule(201, y, 300, y) for y in (100, 130, 160)]
    rules += [Rule(x, 100, x, 160) for x in (100, 200, 300)]
    grids = find_grids(Page(1, WIDTH, HEIGHT, [], rules))
    assert [len(grid.cells) for grid in grids] == [4]


def test_a_frame_of_one_cell_is_no_table() -> None:
    assert find_grids(Page(1, WIDTH, HEIGHT, [], ruled([100, 300], [100, 200]))) == []


def test_a_page_whose_words_are_all_cut_is_readable() -> None:
    halves = "преподава тель консерватор ия концертм ейстер государстве нный педагогичес кий образовател ьное"
    assert lettered(halves)


def test_letters_at_random_and_unread_characters_are_no_text() -> None:
    assert not lettered("жщцъ ыьэю шчцф йщъэ ьъжх фцчщ юыьъ")
    assert not lettered("\ufffd" * 40 + " приказ по школе")


def test_a_page_in_english_is_text() -> None:
    assert lettered("The teachers of the school and the parents meet in May. This plan is for all classes that take part with us.")


def test_cyrillic_in_latin_letters_is_no_english() -> None:
    assert not lettered("IIOCTAHOBJIEHIIE aдминиcтрaции the rорода OT 12.03.2020 IIPHKA3bIBAIO yTBepAHTb rIJIaH MeponpH5ITHH Ha 2020 roA")


def test_two_layers_on_top_of_each_other_are_seen() -> None:
    once = [w for i in range(10) for w in line("Проведение семинара для школ", LEFT, 100.0 + 14 * i)]
    assert not overlaid(once)
    assert overlaid(once + [w for i in range(10) for w in line("Провeдeниe сeминaрa для шкoл", LEFT + 2, 100.5 + 14 * i)])


def test_a_date_that_a_narrow_column_had_to_cut_is_whole_again_and_two_numbers_stay_two() -> None:
    xs, ys = [100.0, 151.0, 172.0], [100.0, 160.0]  # room for eight letters, and for two
    words = [("14.03.20", 105.4, 104.0), ("16", 105.4, 116.0), ("30", 156.4, 104.0), ("31", 156.4, 116.0)]
    block = assemble_pages([page(1, *words, rules=ruled(xs, ys))])[0][0]
    assert isinstance(block, TableBlock)
    assert [c.text for c in block.cells] == ["14.03.2016", "30 31"]
