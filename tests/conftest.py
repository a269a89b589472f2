"""What every test run shares: the figures told by tests are printed at its end."""

import pytest

from tests.figures import FIGURES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table."""
    if not FIGURES:
        return
    terminalreporter.section("figures")
    width = max(map(len, FIGURES))
    terminalreporter.line(f"{'':{width}}  {'found':>24}  must be")
    for words, (found, wanted) in FIGURES.items():
        terminalreporter.line(f"{words:{width}}  {found:>24}  {wanted}")
