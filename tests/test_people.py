"""People: every mention of a person merged into one in the nominative."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.people import Passage, build_register
from normalizers.positions import position_in_nominative
from normalizers.surnames import surname_readings
from schemas.contract import Locator

HERE = Locator(block=0)
CASES = Path(__file__).parent / "cases" / "names.tsv"


def rows() -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(cells[0], cells[1]) for cells in lines]


@pytest.mark.parametrize(("passages", "expected"), rows())
def test_people_of_a_document(passages: str, expected: str) -> None:
    register = build_register([Passage(text, "prose", HERE) for text in passages.split("||")])
    assert " | ".join(p.name for p in register.people()) == expected


def test_mentions_and_positions_are_gathered() -> None:
    register = build_register(
        [
            Passage("Контроль возложить на заместителя начальника управления Гусеву А.Б.", "prose", HERE),
            Passage("А.Б. Гусева, замначальника УКС П.Л. Зимин, директор РЦК", "cell", HERE),
            Passage("Гусева А.Б.", "cell", HERE),
        ]
    )
    gusev, zimin = register.people()
    assert (gusev.name, gusev.mentions, gusev.positions) == ("Гусева А.Б.", 3, ["заместитель начальника управления", "замначальника УКС"])
    assert (zimin.name, zimin.mentions, zimin.positions) == ("Зимин П.Л.", 1, ["директор РЦК"])


def test_a_surface_leads_to_its_person() -> None:
    register = build_register([Passage("Назначить Соколову Ольгу Викторовну ответственной.", "prose", HERE)])
    for surface in ("О.В. Соколовой", "Соколова О.В.", "Соколову О.В."):
        person = register.person(surface)
        assert person is not None
        assert (person.surname, person.given, person.patronymic, person.initials) == ("Соколова", "Ольга", "Викторовна", "О.В.")
    assert register.person("управление образования") is None


def test_one_surname_with_two_pairs_of_initials_is_said() -> None:
    register = build_register([Passage("Орлова Н.В. Орлова Ю.В.", "cell", HERE)])
    assert [notice.code for notice, _ in register.notices()] == ["same_surname"]


def test_a_man_and_a_woman_of_one_surname_stay_two_in_cells() -> None:
    register = build_register(
        [Passage("Орлов Н.В.", "cell", HERE), Passage("Орлова Н.В.", "cell", HERE), Passage("Орлов Н.В.", "cell", HERE)]
    )
    assert [(p.name, p.mentions) for p in register.people()] == [("Орлов Н.В.", 2), ("Орлова Н.В.", 1)]


def test_repaired_letters_are_said() -> None:
    register = build_register([Passage("поручить Л.В. Черnодубской", "prose", HERE)])
    assert [notice.code for notice, _ in register.notices()] == ["repaired_name"]


def test_bodies_and_their_abbreviations() -> None:
    register = build_register(
        [
            Passage("Управлению культуры администрации района (далее – УКС) обеспечить работу.", "prose", HERE),
            Passage("УКС, МБУ «РЦК», ОО", "cell", HERE),
            Passage("директор МБУ «РЦК»", "cell", HERE),
        ]
    )
    bodies = [(o.name, o.abbreviation, o.mentions) for o in register.organizations()]
    assert ("Управление культуры администрации района", "УКС") in [b[:2] for b in bodies]
    assert ("МБУ «РЦК»", None, 2) in bodies
    assert "ОО" not in [b[0] for b in bodies]


def body_rows() -> list[tuple[str, str]]:
    lines = (CASES.parent / "bodies.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(c[0], c[1]) for c in cells]


@pytest.mark.parametrize(("passages", "expected"), body_rows())
def test_bodies_of_a_document(passages: str, expected: str) -> None:
    texts = passages.split("||")
    register = build_register([Passage(t.removeprefix("cell:"), "cell" if t.startswith("cell:") else "prose", HERE) for t in texts])
    shown = [f"{o.name}/{o.abbreviation or '-'}/{o.mentions}" for o in register.organizations()]
    assert " | ".join(shown) == expected


def test_what_is_done_is_no_body() -> None:
    register = build_register([Passage("Организация конкурса чтецов", "cell", HERE), Passage("Школа молодого педагога", "cell", HERE)])
    assert register.organizations() == []


def test_the_post_of_a_signature_is_added() -> None:
    register = build_register([Passage("П.Л. Зимин", "signature", HERE)])
    person = register.person("П.Л. Зимин")
    assert person is not None
    register.add_position(person, position_in_nominative("Начальником управления"))
    assert register.people()[0].positions == ["Начальник управления"]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюя-", min_size=1, max_size=16))
def test_every_surname_has_a_reading(low: str) -> None:
    assert surname_readings(low.capitalize())


@pytest.mark.parametrize("surname", ["Орлова", "Зимин", "Полянская", "Кравец", "Макаренко", "Черных", "Гончар", "Лось", "Сорока"])
def test_the_nominative_reads_as_itself(surname: str) -> None:
    best = next(r for r in surname_readings(surname) if "nomn" in r.cases)
    assert best.nominative == surname
