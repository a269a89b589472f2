"""What every test run shares: what the machine must have; figures told by tests, printed at the end, whichever process told them."""

from typing import Any

import pytest

from tests.figures import FIGURES
from tests.needs import need_libreoffice, need_tesseract


@pytest.fixture(scope="session")
def tesseract() -> None:
    """The machine can read scans."""
    need_tesseract()


@pytest.fixture(scope="session")
def libreoffice() -> None:
    """The machine can convert old formats."""
    need_libreoffice()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the figures to the process that prints them."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["figures"] = FIGURES


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take the figures of a process that has ended; one that died has none."""
    told = getattr(node, "workeroutput", {}).get("figures", {})
    FIGURES.update({words: tuple(found) for words, found in told.items()})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table."""
    if not FIGURES:
        return
    terminalreporter.section("figures")
    width = max(map(len, FIGURES))
    terminalreporter.line(f"{'':{width}}  {'found':>24}  must be")
    for words, (found, wanted) in FIGURES.items():
        terminalreporter.line(f"{words:{width}}  {found:>24}  {wanted}")
