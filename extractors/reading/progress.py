"""Who is told of each page that was recognised: a page takes seconds, a scan of 300 pages a quarter of an hour."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_listener: ContextVar[Callable[[], None] | None] = ContextVar("listener", default=None)


@contextmanager
def told_of_pages(listener: Callable[[], None]) -> Iterator[None]:
    """Call ``listener`` for every page that is recognised inside."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def page_is_read() -> None:
    """Say that one page more was recognised."""
    if listener := _listener.get():
        listener()
