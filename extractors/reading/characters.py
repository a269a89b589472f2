"""Characters that are no text, taken out once at the boundary, whatever the medium."""

import re
import unicodedata

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_WIDE_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_HYPHENS = re.compile("[\u2010\u2011]")
_ANY = re.compile(f"{_FORBIDDEN.pattern}|{_INVISIBLE.pattern}|{_WIDE_SPACES.pattern}|{_HYPHENS.pattern}")


def clean_text(text: str) -> tuple[str, int]:
    """NFC text with plain spaces and hyphens, and the number of forbidden characters taken out.

    Soft hyphens and zero-width characters go without being counted: nobody sees them. A non-breaking hyphen
    («учебно‑воспитательной») becomes the plain one, so that the words of the lexicon are found.
    """
    removed = 0
    if _ANY.search(text):
        text, removed = _FORBIDDEN.subn("", text)
        text = _HYPHENS.sub("-", _WIDE_SPACES.sub(" ", _INVISIBLE.sub("", text)))
    return unicodedata.normalize("NFC", text), removed
