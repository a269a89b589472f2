"""Who answers: cells, points, and what must hold for any text."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.parties import APPOINTS_BELOW, read_addressees, read_parties
from normalizers.people import Passage, build_register
from schemas.contract import Locator, Party, Person

CASES = Path(__file__).parent / "cases"
HERE = Locator(block=0)
SIGNATORY = Person(surname="Главный", initials="П.П.", name="Главный П.П.")


def rows(name: str) -> list[tuple[str, str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(c[0].replace("\\n", "\n"), c[1].replace("\\n", "\n")) for c in cells]


def shown(party: Party) -> str:
    position = f" @ {party.position}" if party.position else ""
    return f"{party.kind.value}:{party.name}{position}"


@pytest.mark.parametrize(("text", "expected"), rows("parties.tsv"))
def test_a_cell_of_responsibles(text: str, expected: str) -> None:
    register = build_register([Passage(text, "cell", HERE)])
    reading = read_parties(text, register, HERE)
    assert " | ".join(map(shown, reading.parties)) == expected


@pytest.mark.parametrize(("text", "expected"), rows("addressees.tsv"))
def test_addressees_of_a_point(text: str, expected: str) -> None:
    register = build_register([Passage(text, "prose", HERE)])
    reading = read_addressees(text, register, HERE, SIGNATORY)
    assert " | ".join(map(shown, reading.parties)) == expected


def read(text: str) -> list[Party]:
    return read_parties(text, build_register([Passage(text, "cell", HERE)]), HERE).parties


def codes(text: str) -> list[str]:
    return [n.code for n in read_parties(text, build_register([Passage(text, "cell", HERE)]), HERE).notices]


def test_one_role_with_its_schools() -> None:
    (party,) = read("Руководители СОШ № 4, 21, 35")
    assert [(s.type, s.number) for s in party.institutions] == [("СОШ", "4"), ("СОШ", "21"), ("СОШ", "35")]


def test_a_post_holds_the_body_and_organization_repeats_it() -> None:
    (party,) = read("Орлова Н.В., директор МБУ «РЦК»")
    assert (party.position, party.organization) == ("директор МБУ «РЦК»", "МБУ «РЦК»")


@pytest.mark.parametrize(
    ("cell", "organization"),
    [
        ("Председатель комитета по физической культуре и спорту", "комитет по физической культуре и спорту"),
        ("заместитель главы администрации района по экономике", "администрация района"),  # «по экономике» is the post's
        ("заместитель руководителя администрации МР «Усть - Лесной»", "администрация МР «Усть - Лесной»"),  # a dash inside quotes
    ],
)
def test_where_the_body_inside_a_post_ends(cell: str, organization: str) -> None:
    assert read(cell)[0].organization == organization


def test_agreement_and_control_stay_in_the_text() -> None:
    assert read("КДН и ЗП (по согласованию)")[0].text == "КДН и ЗП (по согласованию)"
    assert read("контроль – Орлова Н.В.")[0].text == "контроль – Орлова Н.В."


def test_the_text_is_as_printed_where_letters_were_repaired() -> None:
    (party,) = read("Л.В. Черnодубская")
    assert party.text == "Л.В. Черnодубская"
    assert "repaired_name" in codes("Л.В. Черnодубская")


@pytest.mark.parametrize(
    "text",
    ["Орлова Н.В. Сомова Т.А., зам. директора школы", "Орлова Н.В., директор Сомова Т.А.", "Орлова Н.В., директор школы Сомова Т.А."],
)
def test_two_readings_are_said(text: str) -> None:
    assert "party_ambiguous" in codes(text)


def test_nobody_who_signed_is_said() -> None:
    register = build_register([])
    reading = read_addressees("Контроль оставляю за собой.", register, HERE, None)
    assert not reading.parties
    assert [n.code for n in reading.notices] == ["party_unparsed"]


CONNECTOR = re.compile(r"(?<!\w)(?:и|или|а также|совместно со?|совместно)(?!\w)", re.IGNORECASE)
WORDS = st.sampled_from(
    [
        "Орлова Н.В.",
        "П.Л. Зимин",
        "директор",
        "специалисты",
        "УО",
        "МКУ",
        "РЦК",
        "«Вега»",
        "отдел",
        "культуры",
        "и",
        ",",
        "\n",
        ";",
        "№ 5",
        "СОШ",
        "(по согласованию)",
        "зам.",
        "по УВР",
        "ОО",
        "–",
        "1.",
        "контроль –",
        "главного",
        "учителя",
        "(Седов С.С.)",
        "ЗУВР",
        "рук.",
        "школы",
        "с",
        ".",
        "/",
        "совместно с",
    ]
)
CELLS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(CELLS)
def test_nothing_of_a_cell_is_lost(text: str) -> None:
    parties = read(text)
    left = CONNECTOR.sub(" ", text)
    for party in sorted(parties, key=lambda p: -len(p.text)):
        for word in re.findall(r"\w+", party.text):
            left = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", left)
    assert not re.search(r"\w", left), (text, [p.text for p in parties])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.one_of(st.text(max_size=60), CELLS, st.text(alphabet='АБВабв.,;:()«»"- \n№1 И.О', max_size=40)))
def test_no_text_breaks_the_reader(text: str) -> None:
    register = build_register([Passage(text, "cell", HERE), Passage(text, "heading", HERE)])
    read_parties(text, register, HERE)
    read_addressees(text, register, HERE, SIGNATORY)
    register.people()
    register.notices()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(CELLS)
def test_white_space_does_not_matter(text: str) -> None:
    wide = "  " + text.replace(" ", "  ") + " "
    assert [re.sub(r"\s+", " ", shown(p)) for p in read(wide)] == [re.sub(r"\s+", " ", shown(p)) for p in read(text)]


@pytest.mark.parametrize(
    ("above", "item", "expected"),
    [
        (
            "Назначить координаторами:",
            "Булку Виктора Олеговича, методиста, – по направлению «Наставничество»;",
            "person:Булка В.О. @ методист",
        ),
        ("Включить в состав рабочей группы:", "Иманова Ильгара Вагиф оглы, методиста;", "person:Иманов И.В. @ методист"),
        ("Назначить ответственными:", "Седову А.А. – за сайт;", "person:Седова А.А."),  # the verb above tells accusative
        ("Направить приглашения:", "директору школы Иванову И.И.;", ""),
    ],
)
def test_an_item_under_a_point_that_appoints(above: str, item: str, expected: str) -> None:
    appoints = APPOINTS_BELOW.search(above) is not None
    register = build_register([Passage(item, "prose", HERE, lead=above if appoints else "")])
    reading = read_addressees(item, register, HERE, SIGNATORY, named=appoints)
    assert " | ".join(map(shown, reading.parties)) == expected


def test_an_address_without_a_colon_above_its_points() -> None:
    text = "Заместителю директора по АХЧ Полищуку О.О."
    register = build_register([Passage(text, "prose", HERE)])
    reading = read_addressees(text, register, HERE, SIGNATORY, leads=True)
    assert [shown(p) for p in reading.parties] == ["person:Полищук О.О. @ Заместитель директора по АХЧ"]
