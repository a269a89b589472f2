"""Letters of symbol fonts, which stand in the private use area, as the Unicode characters a person sees."""

import re

_SYMBOL = {
    0x2D: "-", 0xB7: "•", 0xBE: "—", 0xA3: "≤", 0xB3: "≥", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈",
    0xA5: "∞", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xAB: "↔", 0xDE: "⇒", 0xDB: "⇔", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD7: "⋅",
    0xD5: "∏", 0xE5: "∑", 0xD6: "√", 0xA4: "⁄", 0xBC: "…", 0xA8: "♦", 0xA7: "♣", 0xA9: "♥", 0xAA: "♠", 0xE2: "®", 0xE3: "©", 0xE4: "™",
}  # fmt: skip
_GREEK = dict(zip(b"ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcyw", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω", strict=True))
_WINGDINGS = {
    0xA7: "▪", 0x6E: "■", 0x6C: "●", 0x9F: "•", 0x9E: "·", 0xA8: "◻", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0xD8: "➢",
    0xE0: "→", 0xF0: "⇨", 0xE8: "➔", 0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0x28: "☎", 0x2A: "✉", 0xAB: "★", 0x4A: "☺", 0xB6: "✰",
}  # fmt: skip
_DASHES = frozenset("-–—−‒―⁃")
BULLET = "•"
_PRIVATE = re.compile("[\uf000-\uf0ff]")


def symbol(code: int, font: str | None) -> str:
    """The character of ``w:sym`` or of a letter in the private use area (``code`` U+F000 … U+F0FF); others stand for themselves."""
    if not 0xF000 <= code <= 0xF0FF:
        return chr(code)
    low, family = code & 0xFF, (font or "").lower()
    if family.startswith(("wingdings", "webdings", "zapf")):
        return _WINGDINGS.get(low, BULLET)
    if low in _SYMBOL:
        return _SYMBOL[low]
    if family == "symbol" and low in _GREEK:
        return _GREEK[low]
    return chr(low) if 0x20 <= low < 0x7F else BULLET


def plain_symbols(text: str, font: str | None) -> str:
    """``text`` with its private letters replaced."""
    if not _PRIVATE.search(text):
        return text
    return "".join(symbol(ord(c), font) if "\uf000" <= c <= "\uf0ff" else c for c in text)


def bullet(text: str, font: str | None) -> str:
    """The sign of a bulleted list: a dash as it stands, anything a symbol font draws as the sign it looks like, «o» as a bullet."""
    sign = plain_symbols(text, font).strip()
    if sign in _DASHES or not sign.isalnum():
        return sign
    return BULLET
