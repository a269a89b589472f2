"""Regions and municipalities named in a text, in the nominative: «Краснодарского края» → «Краснодарский край»."""

import re

from normalizers.morphology import inflect, like, parses

_NAME = r"[А-ЯЁ][а-яё]+(?:[-–][А-ЯЁа-яё]+)*"
_ADJECTIVE = r"[А-ЯЁ][а-яё]+(?:[-–][А-ЯЁ]?[а-яё]+)*(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую)"
_ANY_ADJECTIVE = r"(?!Муниципальн|Городск|Сельск|Данн|Наш|Кажд)[А-ЯЁ][а-яё]+(?:[-–][А-ЯЁ]?[а-яё]+)*(?:[ыи]й|ой|ого|его|ому|ему|ом|ем)"
_FREE_ADJECTIVE = (
    r"(?!Наш|Данн|Кажд|Люб|Друг|Так|Все|Сам|Предметн|Образовательн|Передн|Нов)"
    r"[А-ЯЁ][а-яё]+(?:[-–][А-ЯЁ]?[а-яё]+)*(?:[ыи]й|ой|ого|ому|ая|ую)"  # «Степного края», «Заречной области»
)
_REGION = re.compile(
    rf"(?P<adj>{_ADJECTIVE}|{_FREE_ADJECTIVE}(?=\s+(?:кра|област)))\s+(?P<kind>кра(?:й|я|ю|ем|е)|област(?:ь|и|ью)|[Рр]еспублик(?:а|и|е|у|ой)|автономн\w+\s+(?:округ\w*|област\w+))"
    rf"|(?P<rep>[Рр]еспублик(?:а|и|е|у|ой))\s+(?P<name>{_NAME}(?:\s+[—–-]\s+{_NAME}|\s+\({_NAME}\))?)"
)
_MUNICIPALITY = re.compile(
    rf"(?P<mo>муниципальн\w+\s+образовани\w+)\s+(?:[–-]\s*)?"
    rf"(?P<mo_name>(?:город(?:-курорт)?|городск\w+\s+(?:округ|поселени\w+))\s+(?:город\s+)?{_NAME}"
    rf"|{_ADJECTIVE}\s+(?:муниципальн\w+\s+)?(?:район\w*|округ\w*)|[«\"][^«»\"]+[»\"])"
    rf"|(?P<adj>{_ANY_ADJECTIVE})\s+(?P<kind>(?:муниципальн\w+\s+|городск\w+\s+|сельск\w+\s+)?(?:район|округ|поселени|сельсовет|улус|наслег)\w*)"
    rf"|(?P<what>муниципальн\w+\s+(?:район|округ)\w*|городск\w+\s+(?:округ|поселени)\w*|сельск\w+\s+поселени\w*)\s+(?P<name>[«\"][^«»\"]+[»\"]|(?:город\s+)?{_NAME})"
    rf"|(?P<city>[Гг]ород(?:а|у|ом|е)?(?:-курорт\w*)?|г\.)\s*(?P<city_name>{_NAME}(?:\s+(?:Новгород|Луки|Посад|Поляна)\w*)?)"
)


def region_in(text: str) -> str | None:
    """The first region a text names."""
    match = _REGION.search(text)
    if match is None:
        return None
    if match["adj"]:
        kind = _kind(match["kind"])
        return f"{_adjective(match['adj'], _gender(kind))} {kind}"
    return f"Республика {_place(match['name'])}"


def municipality_in(text: str) -> str | None:
    """The first municipality a text names: a town, a district, a municipal formation."""
    for match in _MUNICIPALITY.finditer(text):
        found = _municipality(match)
        if found:
            return found
    return None


def _municipality(match: re.Match[str]) -> str | None:
    if match["mo"]:
        return f"муниципальное образование {_inner(match['mo_name'])}"
    if match["adj"]:
        kind = _kind(match["kind"])
        if not _is_name(match["adj"]):
            return None
        if re.search(r"автономн|федеральн|военн|избирательн|учебн", kind):
            return None
        return f"{_adjective(match['adj'], _gender(kind))} {kind}"
    if match["what"]:
        kind, name = _kind(match["what"]), match["name"]
        oblique = re.fullmatch(r"[А-ЯЁ][\w-]*(?:ск|цк)(?:ого|ому|им|ом)", name)
        return f"{kind} {_adjective(name, _gender(kind)) if oblique else _inner(name)}"
    return f"город {_place(match['city_name'])}"


def _is_name(word: str) -> bool:
    """«Лесного» (района), not «Уставом» (округа)."""
    last = word.rsplit("-", 1)[-1].lower()
    return any(p.pos == "ADJF" for p in parses(last)) or last.endswith(("ского", "цкого", "ский", "цкий", "ском", "цком", "скому", "ским"))


def _inner(name: str) -> str:
    """The name inside «муниципальное образование …»: printed in the nominative as a rule, else brought there."""
    found = re.fullmatch(rf"({_ADJECTIVE})\s+((?:муниципальн\w+\s+)?(?:район|округ)\w*)", name)
    if found:
        return f"{_adjective(found[1], 'masc')} {_kind(found[2])}"
    return name


_KIND_HEADS = (
    ("кра", "край"),
    ("област", "область"),
    ("республик", "Республика"),
    ("округ", "округ"),
    ("район", "район"),
    ("поселени", "поселение"),
    ("сельсовет", "сельсовет"),
    ("улус", "улус"),
    ("наслег", "наслег"),
    ("образовани", "образование"),
)


def _kind(printed: str) -> str:
    """«муниципального района» → «муниципальный район»."""
    words = printed.split()
    head = next((n for stem, n in _KIND_HEADS if words[-1].lower().startswith(stem)), words[-1])
    gender = _gender(head)
    return " ".join([*(_adjective(w, gender) for w in words[:-1]), head])


def _gender(kind: str) -> str:
    head = kind.split()[-1].lower()
    return "femn" if head in ("область", "республика") else "neut" if head in ("поселение", "образование") else "masc"


_ENDINGS = {"masc": "ий", "femn": "ая", "neut": "ое"}


def _adjective(word: str, gender: str) -> str:
    """«Краснодарского» → «Краснодарский», «муниципального» → «муниципальный»."""
    head, hyphen, tail = word.rpartition("-")
    if hyphen and tail[:1].isupper():
        return head + hyphen + _adjective(tail, gender)
    if gender == "masc" and re.fullmatch(r"городск\w+", word, re.IGNORECASE):
        return word[:7] + "ой"
    for p in parses(word.lower()):
        if p.pos == "ADJF" and p.known:
            form = inflect(word, frozenset({"nomn", "sing", gender}), frozenset({"ADJF", p.case, p.number}))
            if form:
                return form
    stem = re.sub(r"(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ый|ым)$", "", word)
    if gender == "masc" and not re.search(r"[гкх]$", stem):
        return stem + "ый"
    return stem + _ENDINGS[gender]


def _place(name: str) -> str:
    """«Ленска» → «Ленск»; a name that may be nominative or never changes stays: «Сочи», «Татарстан»."""
    if "-" in name or " " in name:
        return name
    found = parses(name.lower())
    if any(p.case == "nomn" and p.known and "Geox" in p.marks for p in found):
        return name
    for p in found:
        if "Geox" in p.marks and p.case in ("gent", "datv", "loct", "ablt") and p.number == "sing":
            form = inflect(name.lower(), frozenset({"nomn", "sing"}), frozenset({"Geox", p.case, "sing", p.gender}))
            if form:
                return like(form, name)
    if re.search(r"[её]?[чвнлмрдтсп]ь[яю]$", name):
        return name[:-1] + "е"  # «города Светлоречья»
    return re.sub(r"(?<=ск|цк|яр|ар)[ауе]$|(?<=град|бург|поль)[ауе]$", "", name)
