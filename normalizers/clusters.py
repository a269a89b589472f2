"""Mentions of people, in whatever case, merged into clusters: one person each, in the nominative.

A surname in an oblique case has several readings; the case its place allows, the given name and the patronymic, and the
other mentions with the same initials decide together.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from normalizers.names import NameSpan
from normalizers.surnames import FEMN, MASC, Reading, given_nominative, patronymic_reading, surname_readings
from schemas.contract import Locator, Person

NOMINATIVE = frozenset({"nomn"})
_LEAST = 0.0  # a reading below this is kept only where there is no other


@dataclass(frozen=True)
class Mention:
    """One mention: the name as printed, the cases its place allows (None: not known), where it stands."""

    name: NameSpan
    cases: frozenset[str] | None
    locator: Locator | None
    in_cell: bool = False


@dataclass
class Cluster:
    """All mentions of one person."""

    surname: str
    initials: str
    mentions: list[Mention]
    given: str | None = None
    patronymic: str | None = None
    suffix: str | None = None
    unsure: bool = False

    def person(self) -> Person:
        """As the contract shows a person."""
        rest = " ".join(x for x in (self.given, self.patronymic, self.suffix) if x)
        short = " ".join(x for x in (self.initials, self.suffix) if x)
        name = f"{self.surname} {rest if self.given else short}"
        return Person(surname=self.surname, given=self.given, patronymic=self.patronymic, initials=self.initials or None, name=name.strip())


def letters_of(initials: str | None) -> str:
    """«О. В.» → `ОВ`."""
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


def merge_mentions(mentions: list[Mention]) -> list[Cluster]:
    """Mentions with the same initials and a nominative in common are one person."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[letters_of(mention.name.initials)].append(mention)
    clusters = [c for letters, group in groups.items() for c in _split(letters, group)]
    clusters = _absorb_single_initials(clusters)
    order = {id(m): i for i, m in enumerate(mentions)}
    for cluster in clusters:
        cluster.mentions.sort(key=lambda m: order[id(m)])
        _complete(cluster)
    return sorted(clusters, key=lambda c: order[id(c.mentions[0])])


def _split(letters: str, group: list[Mention]) -> list[Cluster]:
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
        clusters.append(Cluster(_printed(surname, taken), "".join(f"{c}." for c in letters), taken, unsure=first < 2.0))
        left = [(m, table) for m, table in left if surname not in table]
    return clusters


def fold(surname: str) -> str:
    """Small letters, ё as е: spellings of one surname."""
    return surname.lower().replace("ё", "е")


def _printed(folded: str, mentions: list[Mention]) -> str:
    """The nominative as the mentions spell it, with ё where one of them prints it."""
    spelled = {r.nominative for m in mentions for r, _ in _readings(m) if fold(r.nominative) == folded}
    return max(spelled, key=lambda s: ("ё" in s, sum(c.islower() for c in s), s))


def _best_by_nominative(mention: Mention) -> dict[str, float]:
    """Folded nominative → score. «Орлова» alone in a cell is a woman, never the genitive of «Орлов»."""
    table: dict[str, float] = {}
    readings = _readings(mention)
    best = readings[0][0]
    if mention.in_cell and mention.cases is None and "nomn" in best.cases and best.weight >= 3:
        readings = [(r, score) for r, score in readings if "nomn" in r.cases]
    for reading, score in readings:
        table.setdefault(fold(reading.nominative), score)
    top = max(table.values())
    return {n: s for n, s in table.items() if s >= max(_LEAST, top - 4.5) or s == top}


def _absorb_single_initials(clusters: list[Cluster]) -> list[Cluster]:
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


def _complete(cluster: Cluster) -> None:
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
