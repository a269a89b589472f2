"""Who is named in a document: every mention of a person, in whatever case, and what is noticed about them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from normalizers.clusters import NOMINATIVE, Cluster, Mention, fold, letters_of, merge_mentions
from normalizers.governing import governed_cases
from normalizers.morphology import marked, named_spans
from normalizers.names import NameSpan, find_names, is_eponym
from normalizers.notice import Notice
from normalizers.organizations import OrganizationIndex, index_organizations
from normalizers.parties.items import post_in_nominative, read_items
from normalizers.positions import positions_in
from normalizers.surnames import surname_readings
from schemas.contract import Locator, MentionedOrganization, MentionedPerson, Person

PassageKind = Literal["prose", "cell", "signature", "heading"]


@dataclass(frozen=True)
class Passage:
    """Any text of the document that may name people or bodies."""

    text: str
    kind: PassageKind
    locator: Locator
    lead: str = ""  # the words that govern the first name: «Назначить ответственными:» above an item of its list


class Register:
    """The people and bodies of one document; built once by `build_register`."""

    def __init__(self, clusters: list[Cluster], bodies: OrganizationIndex, positions: dict[str, list[str]]) -> None:
        self._clusters = clusters
        self._bodies = bodies
        self._positions = positions
        self._by_surface: dict[tuple[str, str], Cluster] = {}
        for cluster in clusters:
            for mention in cluster.mentions:
                self._by_surface.setdefault((fold(mention.name.surname), letters_of(mention.name.initials)), cluster)

    @property
    def bodies(self) -> OrganizationIndex:
        """Bodies and abbreviations that the document names."""
        return self._bodies

    def person(self, surface: str) -> Person | None:
        """The person a name as printed stands for, in the nominative; None where ``surface`` holds no name."""
        names = find_names(surface)
        return self.resolve(names[0], governed_cases(surface, names[0], None)) if names else None

    def resolve(self, name: NameSpan, cases: frozenset[str] | None = None) -> Person:
        """The person of a name found in a text; one the document does not know elsewhere is read from its form alone."""
        letters = letters_of(name.initials)
        known = self._by_surface.get((fold(name.surname), letters))
        if known is None:
            alone = merge_mentions([Mention(name, cases, None)])[0]
            forms = {fold(r.nominative) for r in surname_readings(name.surname)}
            known = next((c for c in self._clusters if fold(c.surname) in forms and letters_of(c.initials) == letters), alone)
        return known.person()

    def positions(self, person: Person) -> list[str]:
        """The posts the document gives a person, in order of first mention."""
        return list(self._positions.get(person.name, []))

    def add_position(self, person: Person, position: str) -> None:
        """Note a post that stands apart from the name, as in a signature; nominative."""
        known = self._positions.setdefault(person.name, [])
        if position.lower() not in (p.lower() for p in known):
            known.append(position)

    def people(self) -> list[MentionedPerson]:
        """Each person once, in order of first mention."""
        found = []
        for cluster in self._clusters:
            person = cluster.person()
            found.append(MentionedPerson(**person.model_dump(), positions=self.positions(person), mentions=len(cluster.mentions)))
        return found

    def organizations(self) -> list[MentionedOrganization]:
        """Each body once, in order of first mention."""
        return self._bodies.organizations()

    def notices(self) -> list[tuple[Notice, Locator | None]]:
        """What a person should look at: repaired names, doubtful nominatives, one surname with several initials."""
        return [*_repaired(self._clusters), *_doubtful(self._clusters), *_same_surname(self._clusters)]


def build_register(passages: Sequence[Passage]) -> Register:
    """Read all passages of a document for people and bodies."""
    mentions = [m for p in passages for m in _mentions(p)]
    clusters = merge_mentions(mentions)
    register = Register(clusters, index_organizations([(p.text, p.kind) for p in passages]), {})
    positions: dict[str, list[str]] = defaultdict(list)
    for passage in passages:
        for name, position in _positions(passage):
            person = register.resolve(name)
            if position.lower() not in (p.lower() for p in positions[person.name]):
                positions[person.name].append(position)
    register._positions = dict(positions)
    return register


def _positions(passage: Passage) -> list[tuple[NameSpan, str]]:
    """Posts printed beside names: by the grammar of lists where the passage is one, else by the grammar of prose."""
    if passage.kind in ("cell", "signature") and len(passage.text) < 600 and find_names(passage.text):
        items = read_items(passage.text).items
        if items and items[0].kind != "other":
            return [(i.name, post_in_nominative(i, NOMINATIVE)) for i in items if i.name and i.core]
    return list(positions_in(passage.text))


def _mentions(passage: Passage) -> list[Mention]:
    found: list[Mention] = []
    last: tuple[NameSpan, frozenset[str] | None] | None = None
    names = find_names(passage.text)
    if passage.kind == "prose":
        names = sorted((*names, *_second_opinion(passage.text, names)), key=lambda n: n.start)
    text = f"{passage.lead} {passage.text}" if passage.lead else passage.text
    shift = len(text) - len(passage.text)
    for name in names:
        cases = governed_cases(text, replace(name, start=name.start + shift, stop=name.stop + shift), _shifted(last, shift))
        last = (name, cases)
        in_cell = passage.kind in ("cell", "signature")
        found.append(Mention(name, cases, passage.locator, in_cell))
    return found


def _shifted(last: tuple[NameSpan, frozenset[str] | None] | None, by: int) -> tuple[NameSpan, frozenset[str] | None] | None:
    return (replace(last[0], start=last[0].start + by, stop=last[0].stop + by), last[1]) if last else None


def _second_opinion(text: str, names: Sequence[NameSpan]) -> list[NameSpan]:
    """«Марии Ивановой»: a given name and a surname that natasha takes for a person and the dictionary for names."""
    found = []
    for span in named_spans(text):
        words = text[span.start : span.stop].split()
        if span.kind != "PER" or len(words) != 2 or any(span.start < n.stop and n.start < span.stop for n in names):
            continue
        given = next((i for i, w in enumerate(words) if marked(w, "Name") and marked(words[1 - i], "Surn")), None)
        if given is None or not all(w.isalpha() and w.istitle() for w in words):
            continue
        name = NameSpan(span.start, span.stop, words[1 - given], words[given], None, f"{words[given][0]}.", surname_first=given == 1)
        if not is_eponym(text, name):
            found.append(name)
    return found


# Notices


def _repaired(clusters: list[Cluster]) -> list[tuple[Notice, Locator | None]]:
    found = []
    for cluster in clusters:
        for mention in cluster.mentions:
            if mention.name.repaired and not mention.in_cell:  # of a cell the party says it, with its record
                text = f"в имени исправлены похожие буквы: {cluster.person().name}"
                found.append((Notice("repaired_name", text), mention.locator))
    return found


def _doubtful(clusters: list[Cluster]) -> list[tuple[Notice, Locator | None]]:
    found = []
    for cluster in clusters:
        if cluster.unsure:
            printed = ", ".join(dict.fromkeys(m.name.surname for m in cluster.mentions))
            text = f"именительный падеж фамилии восстановлен неуверенно: «{printed}» → {cluster.person().name}"
            found.append((Notice("name_case_unsure", text), cluster.mentions[0].locator))
    return found


def _same_surname(clusters: list[Cluster]) -> list[tuple[Notice, Locator | None]]:
    groups: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        groups[cluster.surname].append(cluster)
    found = []
    for same in groups.values():
        if len(same) > 1:
            names = ", ".join(c.person().name for c in same)
            text = f"одна фамилия с разными инициалами: {names}; два человека или описка"
            found.append((Notice("same_surname", text), same[-1].mentions[0].locator))
    return found
