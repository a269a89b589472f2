"""Pieces put together: a post joins its person, brackets join what they explain. Structure only; who it is comes later."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from normalizers.names import NameSpan
from normalizers.nominative import nominative
from normalizers.notice import Notice
from normalizers.parties.boundaries import LEADING, NOMINATIVE, PREPOSITIONS, WITH
from normalizers.parties.pieces import Piece, cut
from normalizers.phrases import ANY_CASE, head_at, tokenize

LEAD = re.compile(
    r"\s*(?:(?:контроль|исп|исполнител[ьи]|отв|ответственн\w+(?:\s+(?:исполнител\w+|лиц\w+))?|соисполнител[ьи]|координатор|координация|организатор)\s*\.?\s*[-–—:]\s*|исп\.\s+|отв\.\s+(?=(?-i:[А-ЯЁ])))",
    re.IGNORECASE,
)
_AGREED = re.compile(r"\s*\((?:по\s+согласованию|по\s+согл\.?|с\s+согласия|далее\b[^()]*)\)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One who answers: what is printed, and the parts of it."""

    start: int
    stop: int
    kind: str  # person, post, body, other
    core: str  # the phrase without leads and remarks: the post of a person, else the name
    name: NameSpan | None = None
    plural: bool = False
    shared: bool = False  # the post is one for several people
    settled: bool = False  # `core` is in the nominative already


@dataclass(frozen=True)
class Items:
    """The items of a list with what was noticed."""

    items: list[Item]
    notices: list[Notice]


def read_items(text: str, cases: frozenset[str] = NOMINATIVE) -> Items:
    """Those who answer, in order; every letter of ``text`` lies in one of them or is a mere connector."""
    pieces = cut(text, cases)
    notices: list[Notice] = []
    owner = _owners(pieces, notices)
    if "accs" in cases:
        _chain(pieces, owner)
    items = _build(text, pieces, owner, cases)
    return Items(cover(text, items), notices)


# Which person a post belongs to


def _owners(pieces: Sequence[Piece], notices: list[Notice]) -> dict[int, int]:
    """Index of a post piece → index of its person piece."""
    follows = [i for i in range(len(pieces)) if pieces[i].kind in ("post", "note") and _person_before(pieces, i)]
    leads = [i for i in range(len(pieces)) if _person_behind(pieces, i)]
    owner = {i: i + 1 for i in leads if i not in follows}
    contested: list[int] = []
    for i in follows:
        if i - 1 in owner.values():  # «директор Иванов И.И., завуч Петров П.П.»: Иванов has his post
            if i in leads:
                owner[i] = i + 1
        elif i in leads:
            contested.append(i)
        else:
            owner[i] = i - 1
    _settle(pieces, owner, contested, notices)
    _last_post_doubt(pieces, owner, notices)
    return owner


def _person_before(pieces: Sequence[Piece], i: int) -> bool:
    """«Иванов И.И., директор школы», «Иванов И.И. – директор», «Иванов И.И. (директор)»."""
    if i == 0 or pieces[i - 1].kind != "person" or pieces[i].plural:
        return False
    piece = pieces[i]
    if piece.kind == "note":
        return _is_post_note(piece)
    return piece.before in (",", "-") or (piece.before in ("", "\n") and piece.text[:1].islower())


def _is_post_note(piece: Piece) -> bool:
    inner = cut(piece.text[1:-1])
    return len(inner) == 1 and inner[0].kind == "post"


def _person_behind(pieces: Sequence[Piece], i: int) -> bool:
    """«директор школы Иванов И.И.», «директор – Иванов И.И.»."""
    if i + 1 >= len(pieces) or pieces[i + 1].kind != "person":
        return False
    if pieces[i].kind == "other" and pieces[i + 1].before == "":
        return _is_noun(pieces[i].text)  # «калькулятору Котовой И.И.»: a post that the lexicon does not hold
    if pieces[i].kind != "post":
        return False
    if pieces[i + 1].before == "." and pieces[i].text.endswith("."):
        return True  # «муз. рук. Котова И.И.»
    return pieces[i + 1].before in ("", "-", ":") or (pieces[i + 1].before == "\n" and not pieces[i].plural)


def _is_noun(text: str) -> bool:
    head = head_at(tokenize(text), 0, ANY_CASE)
    return head is not None and head.kind == "other"


def _settle(pieces: Sequence[Piece], owner: dict[int, int], contested: list[int], notices: list[Notice]) -> None:
    """«А, директор Б, методист В»: all contested posts follow the order that the ends of the list show."""
    if not contested:
        return
    people = [i for i, p in enumerate(pieces) if p.kind == "person"]
    first_has_post_before = people[0] - 1 in owner and owner[people[0] - 1] == people[0]
    last_has_post_behind = people[-1] + 1 in owner and owner[people[-1] + 1] == people[-1]
    behind = all(pieces[i].before != "" and pieces[i + 1].before == "\n" for i in contested) or (
        last_has_post_behind and not first_has_post_before
    )
    if not first_has_post_before and not last_has_post_behind and not behind:
        i = contested[0]
        names = f"{pieces[i - 1].text} или {pieces[i + 1].text}"
        notices.append(Notice("party_ambiguous", f"должность «{pieces[i].text}» может относиться к двоим: {names}"))
    for i in contested:
        owner[i] = i - 1 if behind else i + 1


def _last_post_doubt(pieces: Sequence[Piece], owner: dict[int, int], notices: list[Notice]) -> None:
    """«Иванов И.И. Петров П.П., зам. директора школы»: where nobody before has a post, it is a party of its own."""
    people = [i for i, p in enumerate(pieces) if p.kind == "person"]
    posts = [i for i in owner if pieces[i].kind == "post"]
    if len(people) < 2 or len(posts) != 1 or owner[posts[0]] != people[-1] or posts[0] < people[-1]:
        return
    i = posts[0]
    if pieces[i].before == "," and pieces[people[-1]].before in ("", ",", "\n") and people[-1] - 1 == people[-2]:
        text = f"«{pieces[i].text}»: должность {pieces[i - 1].text} или отдельный ответственный"
        notices.append(Notice("party_ambiguous", text))
        del owner[i]


def _chain(pieces: Sequence[Piece], owner: dict[int, int]) -> None:
    """«(возложить на) заместителя главы района, начальника управления Петрову А.А.»: two posts of one person."""
    if sum(p.kind == "person" for p in pieces) != 1:
        return
    for i in range(len(pieces) - 2, -1, -1):
        joined = i + 1 in owner and owner[i + 1] > i + 1 and pieces[i + 1].before in (",", "-")
        if joined and pieces[i].kind == pieces[i + 1].kind == "post" and not pieces[i].plural:
            owner[i] = owner[i + 1]


# Building


def _build(text: str, pieces: Sequence[Piece], owner: dict[int, int], cases: frozenset[str]) -> list[Item]:
    posts = {person: [p for p, q in sorted(owner.items()) if q == person] for person in owner.values()}
    shared = _shared(pieces, owner)
    items: list[Item] = []
    for i, piece in enumerate(pieces):
        if i in owner or (i in shared.values() and piece.before == "-"):
            continue
        if piece.kind == "other" and piece.text.split()[0].lower() in PREPOSITIONS and len(pieces) > 1:
            continue  # «Котовой И.И. – по направлению «Наставничество»»: what for
        if piece.kind == "other" and piece.before == "-" and i and LEADING.fullmatch(piece.text):
            continue  # «Котова И.И. – контроль»
        if piece.kind == "note":
            people = people_in_bracket(piece.text, piece.start)
            if len(people) == 1 and items and not people[0].core:
                people = [_with_post(people[0], items, piece.stop)]
            items += people
        elif piece.kind == "person":
            person = _person(text, pieces, i, posts.get(i, []), shared.get(i))
            bare = items and not person.core and piece.before in ("", "\n") and items[-1].kind == "body"
            items.append(_with_post(person, items, piece.stop) if bare else person)
        else:
            items.append(_plain(piece, cases))
    return items


def _shared(pieces: Sequence[Piece], owner: dict[int, int]) -> dict[int, int]:
    """«заместители начальника А и Б»: person → the plural post that covers them."""
    found: dict[int, int] = {}
    for post, person in owner.items():
        if pieces[post].plural and post < person:
            i = person
            while i < len(pieces) and pieces[i].kind == "person" and (i == person or pieces[i].before in (",", "и", "", "\n")):
                found[i] = post
                i += 1
    for post, piece in enumerate(pieces):
        if piece.kind == "post" and piece.plural and piece.before == "-" and post not in owner:
            people = list(takewhile(lambda i: pieces[i].kind == "person", range(post - 1, -1, -1)))
            if len(people) > 1 and not set(people) & set(owner.values()):
                found.update(dict.fromkeys(people, post))  # «Котова И.И., Седов П.П. – методисты РЦК»
    return found


def _person(text: str, pieces: Sequence[Piece], i: int, posts: list[int], shared: int | None) -> Item:
    piece = pieces[i]
    start, stop, core = piece.start - len(piece.lead), piece.stop, ""
    for post in posts:
        start = min(start, pieces[post].start - len(pieces[post].lead))
        stop = max(stop, pieces[post].stop)
    if posts:
        core = text[pieces[posts[0]].start : pieces[posts[-1]].stop]
        core = core.strip("()") if pieces[posts[0]].kind == "note" else core
        core = nominative(core, WITH) if pieces[posts[0]].together else core
    elif shared is not None:
        core = pieces[shared].text
    return Item(start, stop, "person", core, piece.name, shared=shared is not None)


def _plain(piece: Piece, cases: frozenset[str]) -> Item:
    core = nominative(piece.text, WITH) if piece.together else piece.text
    return Item(piece.start - len(piece.lead), piece.stop, piece.kind, core, plural=piece.plural, settled=piece.together)


def _with_post(person: Item, items: list[Item], stop: int) -> Item:
    """«начальнику отдела (Петровой А.А.)», «директорам СОШ № 1 (Иванов И.И.), СОШ № 2 (Петрова А.А.)»."""
    last = items[-1]
    if last.kind == "post":
        items.pop()
        return replace(person, start=last.start, stop=stop, core=last.core, shared=last.plural)
    leader = items[-2] if len(items) > 1 else None
    if last.kind == "body" and leader is not None and leader.shared and leader.kind == "person":
        post = re.split(r"\s+(?=[«А-ЯЁ№]{2})", leader.core)[0]
        if post != leader.core:
            items.pop()
            return replace(person, start=last.start, stop=stop, core=f"{post} {last.core}", shared=True)
    return person


def people_in_bracket(bracket: str, start: int) -> list[Item]:
    """«Управлению культуры (В.К. Полянский)»: the people in the bracket that begins at ``start``."""
    inner = read_items(bracket[1:-1])
    found = [replace(i, start=i.start + start + 1, stop=i.stop + start + 1) for i in inner.items]
    people = [i for i in found if i.kind == "person"]
    return [replace(i, name=_moved(i.name, start + 1)) for i in people]


def _moved(name: NameSpan | None, by: int) -> NameSpan | None:
    return replace(name, start=name.start + by, stop=name.stop + by) if name else None


# Nothing is lost


def cover(text: str, items: list[Item]) -> list[Item]:
    """Letters between two items go to the item before them, those at the start to the first."""
    covered: list[Item] = []
    for i, item in enumerate(items):
        start, stop = item.start, item.stop
        if i == 0 and re.search(r"\w", text[:start]):
            start = len(text) - len(text.lstrip())
        end = items[i + 1].start if i + 1 < len(items) else len(text)
        rest = text[stop:end]
        if end > stop and re.search(r"\w", _CONNECTOR.sub("", rest)):
            stop += len(rest.rstrip(" \t\n,;:-–—("))
        covered.append(replace(item, start=start, stop=max(stop, start)))
    return covered


_CONNECTOR = re.compile(r"(?<!\w)(?:и|или|а также|совместно с|совместно со|совместно)(?!\w)", re.IGNORECASE)


def strip_lead(phrase: str) -> str:
    """The name without «контроль – », «исп. », and without «(по согласованию)»."""
    bare = _AGREED.sub(" ", LEAD.sub("", phrase, count=1)).strip(" \t\n,;:–—-")
    return bare or phrase


def post_in_nominative(item: Item, cases: frozenset[str]) -> str:
    """The post of a person, singular where several share it."""
    phrase = strip_lead(item.core)
    if item.settled:
        return phrase
    return " ".join(nominative(phrase, cases, singular=item.shared).replace(": ", " ").split())
