"""Who is named in a document: every mention of a person, in whatever case, merged into one person in the nominative.

A surname in an oblique case has several readings; the governing word («директору … Тарасовой»), the given name and
the patronymic, and the other mentions with the same initials decide together.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from normalizers.governing import governed_cases
from normalizers.morphology import marked, named_spans
from normalizers.names import NameSpan, find_names, is_eponym
from normalizers.notice import Notice
from normalizers.organizations import OrganizationIndex, index_organizations
from normalizers.parties.items import post_in_nominative, read_items
from normalizers.positions import positions_in
from normalizers.surnames import FEMN, MASC, Reading, given_nominative, patronymic_reading, surname_readings
from schemas.contract import Locator, MentionedOrganization, MentionedPerson, Person

PassageKind = Literal["prose", "cell", "signature", "heading"]
NOMINATIVE = frozenset({"nomn"})
_LEAST = 0.0  # a reading below this is kept only where there is no other


@dataclass(frozen=True)
class Passage:
    """Any text of the document that may name people or bodies."""

    text: str
    kind: PassageKind
    locator: Locator
    lead: str = ""  # the words that govern the first name: «Назначить ответственными:» above an item of its list


@dataclass(frozen=True)
class Mention:
    """One mention: the name as printed, the cases its place allows (None: not known), where it stands."""

    name: NameSpan
    cases: frozenset[str] | None
    locator: Locator | None
    in_cell: bool = False


@dataclass
class _Cluster:
    """All mentions of one person."""

    surname: str
    initials: str
    mentions: list[Mention]
    given: str | None = None
    patronymic: str | None = None
    suffix: str | None = None
    unsure: bool = False

    def person(self) -> Person:
        rest = " ".join(x for x in (self.given, self.patronymic, self.suffix) if x)
        short = " ".join(x for x in (self.initials, self.suffix) if x)
        name = f"{self.surname} {rest if self.given else short}"
        return Person(surname=self.surname, given=self.given, patronymic=self.patronymic, initials=self.initials or None, name=name.strip())


class Register:
    """The people and bodies of one document; built once by `build_register`."""

    def __init__(self, clusters: list[_Cluster], bodies: OrganizationIndex, positions: dict[str, list[str]]) -> None:
        self._clusters = clusters
        self._bodies = bodies
        self._positions = positions
        self._by_surface: dict[tuple[str, str], _Cluster] = {}
        for cluster in clusters:
            for mention in cluster.mentions:
                self._by_surface.setdefault((_fold(mention.name.surname), _letters(mention.name.initials)), cluster)

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
        letters = _letters(name.initials)
        known = self._by_surface.get((_fold(name.surname), letters))
        if known is None:
            alone = _merge([Mention(name, cases, None)])[0]
            forms = {_fold(r.nominative) for r in surname_readings(name.surname)}
            known = next((c for c in self._clusters if _fold(c.surname) in forms and _letters(c.initials) == letters), alone)
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
    clusters = _merge(mentions)
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


# Merging


def _letters(initials: str | None) -> str:
    return re.sub(r"[^А-ЯЁA-Z]", "", (initials or "").upper())


def _readings(mention: Mention) -> list[tuple[Reading, float]]:
    """Readings of the surname with a score that the place, the given name and the patronymic have adjusted."""
    name, found = mention.name, []
    patronymic = patronymic_reading(name.patronymic) if name.patronymic and not name.suffix else None
    cases = patronymic.cases if patronymic else mention.cases
    gender = patronymic.gender if patronymic else _suffix_gender(name.suffix)
    for surface in (name.surname, *name.variants[:3]):
        penalty = 0.0 if surface == name.surname else 0.5
        for reading in surname_readings(surface):
            found.append((reading, reading.weight - penalty + _fit(reading, cases, gender, mention.in_cell)))
    return sorted(found, key=lambda f: -f[1])


def _suffix_gender(suffix: str | None) -> str | None:
    if suffix is None:
        return None
    return FEMN if suffix.lower() in ("кызы", "гызы") else MASC


def _fit(reading: Reading, cases: frozenset[str] | None, gender: str | None, in_cell: bool) -> float:
    score = -6.0 if gender and reading.gender != gender else 0.0
    if cases is not None:
        if not reading.cases & cases:
            return score - (2.0 if "nomn" in reading.cases else 3.0)  # «поварам Хмаре Т.С. и Лобода Н.И.»: left undeclined
        return score + 3.0 + (1.0 if reading.cases & cases & NOMINATIVE else 0.0)
    if "nomn" in reading.cases:
        return score + (2.5 if in_cell else 1.0)
    return score


def _merge(mentions: list[Mention]) -> list[_Cluster]:
    """Mentions with the same initials and a nominative in common are one person."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[_letters(mention.name.initials)].append(mention)
    clusters = [c for letters, group in groups.items() for c in _split(letters, group)]
    clusters = _absorb_single_initials(clusters)
    order = {id(m): i for i, m in enumerate(mentions)}
    for cluster in clusters:
        cluster.mentions.sort(key=lambda m: order[id(m)])
        _complete(cluster)
    return sorted(clusters, key=lambda c: order[id(c.mentions[0])])


def _split(letters: str, group: list[Mention]) -> list[_Cluster]:
    """Greedy: the nominative that most mentions support takes them; the rest goes on."""
    left = [(m, _best_by_nominative(m)) for m in group]
    clusters = []
    while left:
        support: dict[str, float] = defaultdict(float)
        for _, table in left:
            for nominative, score in table.items():
                support[nominative] += score
        surname = min(support, key=lambda n: (-support[n], n))
        taken = [m for m, table in left if surname in table]
        first = max(table.get(surname, -9.0) for _, table in left)
        clusters.append(_Cluster(_printed(surname, taken), "".join(f"{c}." for c in letters), taken, unsure=first < 2.0))
        left = [(m, table) for m, table in left if surname not in table]
    return clusters


def _fold(surname: str) -> str:
    return surname.lower().replace("ё", "е")


def _printed(folded: str, mentions: list[Mention]) -> str:
    """The nominative as the mentions spell it, with ё where one of them prints it."""
    spelled = {r.nominative for m in mentions for r, _ in _readings(m) if _fold(r.nominative) == folded}
    return max(spelled, key=lambda s: ("ё" in s, sum(c.islower() for c in s), s))


def _best_by_nominative(mention: Mention) -> dict[str, float]:
    """Folded nominative → score. «Орлова» alone in a cell is a woman, never the genitive of «Орлов»."""
    table: dict[str, float] = {}
    readings = _readings(mention)
    best = readings[0][0]
    if mention.in_cell and mention.cases is None and "nomn" in best.cases and best.weight >= 3:
        readings = [(r, score) for r, score in readings if "nomn" in r.cases]
    for reading, score in readings:
        table.setdefault(_fold(reading.nominative), score)
    top = max(table.values())
    return {n: s for n, s in table.items() if s >= max(_LEAST, top - 4.5) or s == top}


def _absorb_single_initials(clusters: list[_Cluster]) -> list[_Cluster]:
    """«Иванов И.» is «Иванов И.И.» where only one such person is named."""
    kept = []
    for cluster in clusters:
        wider = [c for c in clusters if c is not cluster and c.surname == cluster.surname and _wider(c.initials, cluster.initials)]
        if len(wider) == 1:
            wider[0].mentions.extend(cluster.mentions)
        else:
            kept.append(cluster)
    return kept


def _wider(full: str, short: str) -> bool:
    return len(full) > len(short) and full.startswith(short)


def _complete(cluster: _Cluster) -> None:
    """Given name and patronymic from the mention that prints them."""
    for mention in cluster.mentions:
        name = mention.name
        cluster.suffix = cluster.suffix or name.suffix
        if name.given and not name.patronymic and not cluster.given:
            cluster.given = given_nominative(name.given, None, mention.cases or NOMINATIVE)
        if name.given and name.patronymic and not cluster.patronymic:
            patronymic = patronymic_reading(name.patronymic) if not name.suffix else None
            if patronymic:
                cluster.patronymic = patronymic.nominative
                cluster.given = given_nominative(name.given, patronymic.gender, patronymic.cases)
            else:
                cluster.given, cluster.patronymic = _as_name(name.given), _as_name(name.patronymic)


def _as_name(word: str) -> str:
    return word.capitalize() if word.isupper() else word


# Notices


def _repaired(clusters: list[_Cluster]) -> list[tuple[Notice, Locator | None]]:
    found = []
    for cluster in clusters:
        for mention in cluster.mentions:
            if mention.name.repaired and not mention.in_cell:  # of a cell the party says it, with its record
                text = f"в имени исправлены похожие буквы: {cluster.person().name}"
                found.append((Notice("repaired_name", text), mention.locator))
    return found


def _doubtful(clusters: list[_Cluster]) -> list[tuple[Notice, Locator | None]]:
    found = []
    for cluster in clusters:
        if cluster.unsure:
            printed = ", ".join(dict.fromkeys(m.name.surname for m in cluster.mentions))
            text = f"именительный падеж фамилии восстановлен неуверенно: «{printed}» → {cluster.person().name}"
            found.append((Notice("name_case_unsure", text), cluster.mentions[0].locator))
    return found


def _same_surname(clusters: list[_Cluster]) -> list[tuple[Notice, Locator | None]]:
    groups: dict[str, list[_Cluster]] = defaultdict(list)
    for cluster in clusters:
        groups[cluster.surname].append(cluster)
    found = []
    for same in groups.values():
        if len(same) > 1:
            names = ", ".join(c.person().name for c in same)
            text = f"одна фамилия с разными инициалами: {names}; два человека или описка"
            found.append((Notice("same_surname", text), same[-1].mentions[0].locator))
    return found
