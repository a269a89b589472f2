"""Round trip as a property: a random order is typeset, read, and gives its own records back.

``PRIKAZ_FUZZ=1000 pytest tests/test_roundtrip.py`` (``make fuzz``) tries that many fresh orders of each medium;
without it 200 fixed ones. What failed once is kept in ``tests/roundtrip/kept.py``.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from pipeline.run import process_file
from tests.roundtrip.compare import differences
from tests.roundtrip.kept import KEPT
from tests.roundtrip.orders import documents
from tests.roundtrip.paper import write_pdf
from tests.roundtrip.sheet import Made
from tests.roundtrip.word import write_docx

every_medium = pytest.mark.parametrize("medium", ["docx", "pdf"])

FUZZ = int(os.environ.get("PRIKAZ_FUZZ", "0"))
EXAMPLES = FUZZ or 200

WRITERS = {"docx": write_docx, "pdf": write_pdf}

round_trip = settings(
    max_examples=EXAMPLES,
    derandomize=not FUZZ,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate] + ([Phase.shrink] if FUZZ else []),
)


@round_trip
@given(made=documents())
def test_an_order_comes_back_from_word(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "order.docx"
    write_docx(made.sheet, path)
    assert differences(made.truth, process_file(path)) == []


@round_trip
@given(made=documents())
def test_an_order_comes_back_from_paper(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "order.pdf"
    write_pdf(made.sheet, path)
    assert differences(made.truth, process_file(path)) == []


@every_medium
@pytest.mark.parametrize("name", sorted(KEPT))
def test_what_failed_once(name: str, medium: str, tmp_path: Path) -> None:
    path = tmp_path / f"order.{medium}"
    WRITERS[medium](KEPT[name].sheet, path)
    assert differences(KEPT[name].truth, process_file(path)) == []


@every_medium
def test_the_generator_itself_is_repeatable(medium: str, tmp_path: Path) -> None:
    kept: list[bytes] = []

    @settings(max_examples=1, derandomize=True, deadline=None, database=None, phases=[Phase.generate])
    @given(made=documents())
    def write(made: Made) -> None:
        path = tmp_path / f"order.{medium}"
        WRITERS[medium](made.sheet, path)
        kept.append(repr(made).encode())

    write()
    write()
    assert kept[: len(kept) // 2] == kept[len(kept) // 2 :]
