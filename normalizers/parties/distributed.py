"""One plural head for several: «Отделам: образования (А), культуры (Б)», «Главам Ельского (А), Лесного (Б) сельских поселений»."""

from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.morphology import inflect
from normalizers.nominative import nominative
from normalizers.parties.items import Item, cover, people_in_bracket
from normalizers.phrases import NEVER_A_BODY, Head, Token, head_at, head_readings, is_adjective, tokenize

_COMPLEMENT = frozenset({"gent"})


@dataclass(frozen=True)
class _Share:
    """One of those who share the head: its own words and the bracket with its people."""

    words: tuple[Token, ...]
    bracket: Token | None


def distributed(text: str, cases: frozenset[str]) -> list[Item] | None:
    """The items of a list whose plural head is printed once; None where it is no such list."""
    tokens = tokenize(text)
    head = head_at(tokens, 0, cases)
    if head is None or not head.plural or head.kind not in ("post", "body"):
        return None
    behind = tokens[head.index + 1 :]
    colon = bool(behind) and behind[0].text == ":"
    shares, tail = _shares(behind[1:] if colon else behind, colon)
    if len(shares) < 2 or not all(_complements(s, cases) for s in shares):
        return None
    prefix, first = _prefix(text, tokens, head, shares)
    named = [_named(text, prefix, s if i else first, tail, cases) for i, s in enumerate(shares)]
    items: list[Item] = []
    for i, (share, name) in enumerate(zip(shares, named, strict=True)):
        items += _items(share, name, head, tokens[0].start if i == 0 else share.words[0].start)
    return cover(text, items)


def _shares(tokens: Sequence[Token], colon: bool) -> tuple[list[_Share], tuple[Token, ...]]:
    """The shares and the words behind the last bracket: «сельских поселений»; none where something else stands between."""
    bracketed = any(t.kind == "bracket" for t in tokens)
    if not bracketed and not colon:
        return [], ()
    shares: list[_Share] = []
    words: list[Token] = []
    for token in tokens:
        if token.kind == "bracket" and words and _holds_people(token):
            shares.append(_Share(tuple(words), token))
            words = []
        elif token.kind == "break" or (not words and (token.kind == "sep" or token.low == "и")):
            continue
        elif not bracketed and token.kind == "sep" and token.text in ",;":
            shares.append(_Share(tuple(words), None))
            words = []
        elif token.kind in ("word", "abbr", "number") or (token.kind == "sep" and token.text == ","):
            words.append(token)
        else:
            return [], ()
    if words and not bracketed:
        shares.append(_Share(tuple(words), None))
        words = []
    return shares, tuple(words)


def _holds_people(bracket: Token) -> bool:
    return any(t.kind == "person" for t in tokenize(bracket.text[1:-1]))


def _complements(share: _Share, cases: frozenset[str]) -> bool:
    """«образования», «по делам молодёжи», «Ельского»: no head of its own in the case of the list."""
    words = share.words
    if words[0].low == "по":
        return len(words) > 1
    if words[0].kind == "abbr":
        return words[0].text in NEVER_A_BODY  # «ЖКХ», «ГО и ЧС»; not «МБОУ»
    own = head_at(words, 0, cases)
    if own is not None and own.sure and own.kind in ("post", "body"):
        return False
    if _agrees(share, cases):
        return True
    return head_at(words, 0, _COMPLEMENT) is not None or (len(words) == 1 and is_adjective(words[0].text, _COMPLEMENT))


def _prefix(text: str, tokens: Sequence[Token], head: Head, shares: Sequence[_Share]) -> tuple[str, _Share]:
    """What all share: the head, and «отделов» of «Начальникам отделов культуры (А), спорта (Б)»; the first share without it."""
    common = text[tokens[0].start : tokens[head.index].stop]
    first, *others = shares
    inner = head_at(first.words, 0, _COMPLEMENT)
    body = inner is not None and inner.kind == "body" and inner.plural and len(first.words) > inner.index + 1
    if inner is None or not body or any(head_readings(s.words[0].text)[0] == "body" for s in others):
        return common, first
    common += " " + text[first.words[0].start : first.words[inner.index].stop]
    return common, _Share(first.words[inner.index + 1 :], first.bracket)


def _named(text: str, prefix: str, share: _Share, tail: Sequence[Token], cases: frozenset[str]) -> str:
    """«Отдел культуры», «Глава Ельского сельского поселения»: nominative, singular."""
    own = text[share.words[0].start : share.words[-1].stop]
    if _agrees(share, cases):
        return _adjective(prefix, own, cases)
    if not tail:
        return nominative(f"{prefix} {own}", cases, singular=True)
    alone = nominative(prefix, cases, singular=True)
    of_one = nominative(f"{prefix} {text[tail[0].start : tail[-1].stop]}", cases, singular=True)
    return f"{alone} {own} {of_one.removeprefix(alone).strip()}"


def _agrees(share: _Share, cases: frozenset[str]) -> bool:
    """«финансовому» of «Отделам: финансовому, правовому»: an adjective in the case of the list and in no genitive."""
    word = share.words[0].text
    return len(share.words) == 1 and is_adjective(word, cases) and not is_adjective(word, _COMPLEMENT)


def _adjective(head: str, own: str, cases: frozenset[str]) -> str:
    """«Отделам», «финансовому» → «Финансовый отдел»."""
    case = sorted(cases)[0]
    single = inflect(head, frozenset({case, "sing"}), frozenset({"NOUN", case, "plur"})) or head
    name = nominative(f"{own} {single.lower()}", cases)
    return name[0].upper() + name[1:] if head[0].isupper() else name


def _items(share: _Share, name: str, head: Head, start: int) -> list[Item]:
    people = people_in_bracket(share.bracket.text, share.bracket.start) if share.bracket else []
    if head.kind == "post" and share.bracket and len(people) == 1:
        only = people[0]
        return [Item(start, share.bracket.stop, "person", name, only.name, settled=True)]
    return [Item(start, share.words[-1].stop, head.kind, name, settled=True), *people]
