"""The marks an act is recognised by: kind words, operative words, dates, numbers, places, names under a signature."""

import re
from functools import cache

from lexicon import load
from schemas.contract import Kind, SignatoryRole

_WORDS = load("structure")

MONTH = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-яё]*"
DATE = re.compile(
    rf"(?:\bот\s*)?(?P<date>[«\"“„]?\s*\d{{1,2}}\s*[»\"”“]?\s*(?:\.\s*\d{{1,2}}\s*\.|(?<=[»\"”“])\s*\.?\s*\d{{1,2}}(?:\s*\.|\s)|\s{MONTH})\s*\d{{2,4}}(?!\d)(?:\s*г(?:ода|\.)?(?!\w)(?!\.?\s*[А-ЯЁ]))?)",
    re.IGNORECASE,
)
"""A complete date, with «от» before it: «25.09.2020», «« 04 » апреля 2013 г.»."""

BLANK_DATE = re.compile(
    rf"(?:\bот\s*)?(?P<date>(?:[«\"“„]\s*[_\s]*\d{{0,2}}[_\s]*[»\"”“]\s*(?:_[_\s]*|{MONTH}|\.+|\s)|_{{2,}}[\s.]*(?:_{{2,}}|{MONTH})?)[\s_]*(?:20\s*[\d_]{{0,2}}|\d\d)?[\s_]*(?:г(?:ода|\.)?(?!\w))?)",
    re.IGNORECASE,
)
"""A date with blanks: «« ___ » _____ 2018 г.»."""

NUMBER = re.compile(
    r"(?:№|\bN[oо]?(?=\W?\s*\d)|\bNº|\bNe(?=\s*\d))\s*(?:_+\s?(?=\d))?(?P<number>[\dА-Яа-яЁёA-Za-z]+(?:\s?[-–/.]\s?[\dА-Яа-яЁёA-Za-z]+)*(?:\s(?:о/д|л/с|х/д|ОД|од)(?![\w.]))?|_[_\s]*)",
)
"""A registration number: «№ 939», «№ 01-08/276-осн.», «N 15», «№59», «№ __18-р__»."""

INITIALS = r"(?:[А-ЯЁA-Z]|3(?=\.\s?[А-ЯЁ]\.))\.\s?(?:[А-ЯЁA-Z3]\.)?"  # «З.Р.», read as «3.Р.» by OCR; «3. Организация» is no name
SURNAME = r"[А-ЯЁ][а-яёa-z]+(?:\s?-\s?[А-ЯЁ][а-яё]+)?"
_START, _END = r"(?<![А-Яа-яЁёA-Za-z0-9])", r"(?!\w)"  # a name may follow the line to sign on: «_____М. Р. Григ»
_SURNAME_FIRST = rf"{SURNAME}\s{{1,3}}[А-ЯЁ]\.\s?[А-ЯЁ]?\.?{_END}(?!\.?\s?{SURNAME}(?!\s+[А-ЯЁ]\.)(?:\W|$))"
NAME = re.compile(
    rf"{_START}(?:{INITIALS}\s?(?P<after>{SURNAME}|[А-ЯЁ]{{3,}}){_END}|{_SURNAME_FIRST}|"
    rf"{SURNAME}\s+[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+(?:вич|вна|ична|ьич|оглы|кызы)\w{{0,2}}{_END}|"
    rf"[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+(?:вич|вна|ична|ьич)\s+{SURNAME})"
)
"""A person as signatures write them: «О.К. Медникова», «Петров П.П.», «Петрова Анна Ивановна»."""
_NAMED_AFTER = re.compile(r"(?<!\w)(?:им\.?|имени)\s*(?:(?:\w+\s+){0,3})$", re.IGNORECASE)


def people(text: str) -> list[re.Match[str]]:
    """The names in a line of signatures; «МБОУ СОШ № 5 им. А.А. Орлова» names a school."""
    return [m for m in NAME.finditer(text) if not _NAMED_AFTER.search(text[: m.start()])]


def person(text: str) -> re.Match[str] | None:
    """The first of them."""
    return next(iter(people(text)), None)


def blank_date(text: str) -> re.Match[str] | None:
    """The date with blanks; the line to sign on («________ И.О. Фамилия») is none."""
    found = list(BLANK_DATE.finditer(text))
    return next((m for m in found if re.search(r"[«\"“„]|\d", m["date"])), None)


def _any(patterns: list[str]) -> str:
    return "(?:" + "|".join(patterns) + ")"


def _spaced(word: str) -> str:
    return r"\s*".join(word)


@cache
def _kind_words() -> list[tuple[Kind, re.Pattern[str]]]:
    before = _any(_WORDS["head"]["before_kind"])
    return [
        (
            Kind(kind),
            re.compile(
                rf"^\W*(?:{before}\s+)?{_any([_spaced(w) for w in entry['words']])}(?![а-яё]|\s+[а-яё]\s+[а-яё]\s)(?P<rest>.*)$",
                re.IGNORECASE | re.DOTALL,
            ),
        )
        for kind, entry in _WORDS["kinds"].items()
    ]


def kind_word(text: str) -> tuple[Kind, str] | None:
    """«П Р И К А З», «ПРИКАЗ № 15», «ПОСТАНОВЛЕНИЕ»: the kind and what else stands on the line.

    A kind word in running text («Приказ вступает в силу») is none: what follows must be a date, a number, an
    issuer in capitals or nothing.
    """
    for kind, pattern in _kind_words():
        match = pattern.match(text)
        if match and _fits_kind_line(text, match["rest"].strip()):
            return kind, match["rest"].strip()
    return None


def _fits_kind_line(text: str, rest: str) -> bool:
    if not rest.strip(" .:_\t"):
        return True
    if len(rest) > 120:
        return False
    letters = [c for c in text if c.isalpha()]
    head = text[: len(text) - len(rest)]
    bare = NUMBER.sub("", BLANK_DATE.sub("", DATE.sub("", rest)))
    if not re.search(r"[а-яёa-z]{3}", place_free(bare), re.IGNORECASE):
        return head.strip()[:1].isupper()
    return all(c.isupper() for c in letters)


@cache
def _operatives() -> list[tuple[Kind, re.Pattern[str]]]:
    rows = []
    for kind, entry in _WORDS["kinds"].items():
        strong = "|".join(_spaced(w) for w in entry["operative"])
        weak = "|".join(_spaced(w) for w in entry["weak"])
        options = []
        if strong:
            options.append(rf"(?:{strong})(?!\w)\s*[:;.,]?(?=\s|$)")
        if weak:
            options.append(rf"(?:{weak})(?!\w)\s*:(?=\s|$)|^\s*(?:{weak})\s*[:.]?\s*$")
        rows.append((Kind(kind), re.compile("(?<![а-яё])(?:" + "|".join(options) + ")", re.IGNORECASE | re.MULTILINE)))
    return rows


def operative(text: str) -> tuple[Kind, re.Match[str]] | None:
    """Find the word that opens the points: «приказываю:», «п р и к а з ы в а ю», «решил:»."""
    found = [(kind, m) for kind, pattern in _operatives() for m in [pattern.search(text)] if m]
    return min(found, key=lambda f: f[1].start()) if found else None


_PLACE = re.compile(rf"^(?:{'|'.join(_WORDS['head']['places'])})\.?\s*(?:[А-ЯЁ][а-яё]+|[А-ЯЁ]+)(?:[-\s][А-ЯЁа-яё]+){{0,3}}\.?$")
_PLACE_INLINE = re.compile(r"(?<!\w)(?:г|гор|с|п|пос|пгт|р\.п|ст|ст-ца|х|д)\.\s?[А-ЯЁ][а-яё]+(?:[-\s][А-ЯЁ][а-яё]+){0,2}")


def ends_with_act(text: str) -> bool:
    """«О внесении изменений в приказ», «…в постановление администрации района»: its date and number may follow."""
    return bool(re.search(r"(?:приказ|постановлени|распоряжени|решени|закон)\w*(?:\s+[а-яё-]+){0,6}$", text, re.IGNORECASE))


def place_free(text: str) -> str:
    """The text without «г. Сочи» in it."""
    return _PLACE_INLINE.sub("", text)


def place(text: str) -> str | None:
    """«г. Сочи», «ст-ца Каневская» as a whole line."""
    return text if len(text) < 60 and _PLACE.match(text) else None


def inline_place(text: str) -> str | None:
    """«г. Сочи» between a date and a number on one line."""
    match = _PLACE_INLINE.search(text)
    return match[0] if match else None


@cache
def _pattern(section: str, name: str, anchored: bool = True) -> re.Pattern[str]:
    head = r"^\W*" if anchored else ""
    return re.compile(head + _any(_WORDS[section][name]), re.IGNORECASE)


def opens_preamble(text: str) -> bool:
    """«В соответствии с…», «Во исполнение…»."""
    return bool(_pattern("head", "preamble").match(text)) and len(text) > 3


def is_address(text: str) -> bool:
    """A line of addresses, telephones, codes in a letterhead."""
    return bool(_pattern("head", "address", False).search(text))


def is_small(text: str) -> bool:
    """«(по основной деятельности)», «проект», «Российская Федерация»: names nothing."""
    return len(text) < 60 and bool(re.match(rf"^\W*{_any(_WORDS['head']['small'])}\W*$", text, re.IGNORECASE))


def approval_role(text: str) -> SignatoryRole | None:
    """The role that the first word of an approval block gives: «УТВЕРЖДАЮ», «СОГЛАСОВАНО», «ПРИНЯТО»."""
    for role, patterns in _WORDS["approval"].items():
        if re.match(rf"^\W*{_any(patterns)}(?!\w)", text, re.IGNORECASE):
            return SignatoryRole(role)
    return None


def opens_annex(text: str) -> bool:
    """«Приложение № 1», «ПРИЛОЖЕНИЕ», «Приложение к приказу…»; not «Приложение: на 3 л.»."""
    match = re.match(rf"^{_WORDS['annex']['opens']}\s*(?P<rest>.*)$", text.strip(), re.IGNORECASE | re.DOTALL)
    if not match or not text.strip()[:1].isupper():
        return False
    rest = match["rest"]
    return not rest or (bool(re.match(r"^(?:№|N|n|\d|к\s|[IVX]+\b|[А-Я](?:\W|$)|утвержд)", rest, re.IGNORECASE)) and len(text) < 250)


def annex_number(text: str) -> str | None:
    """«Приложение № 1» → `1`, «Приложение 2 к приказу» → `2`."""
    match = re.match(r"^приложени[ея]\s*(?:№|N|n)?\s*(?P<number>\d+(?:\.\d+)*|(?-i:[IVX]+|[А-Я])(?!\w))", text.strip(), re.IGNORECASE)
    return match["number"] if match else None


def in_corner(text: str) -> bool:
    """A line of an annex's upper right corner: «к приказу…», «от 22.03.2023 № 210»."""
    return bool(re.match(rf"^\W*{_any(_WORDS['annex']['corner'])}", text, re.IGNORECASE))


def names_act(text: str) -> bool:
    """«приказом министерства…», «УТВЕРЖДЕНА постановлением администрации»: an act that does something."""
    return bool(re.search(r"(?<!\w)(?:приказом|постановлением|распоряжением|решением)(?!\w)", text, re.IGNORECASE))


def heading_kind(text: str) -> str | None:
    """What a heading announces: `roadmap`, `plan`, `pairings` or nothing."""
    for kind, patterns in _WORDS["headings"].items():
        if kind in ("roadmap", "plan", "pairings") and re.match(rf"^\W*{_any(patterns)}", text, re.IGNORECASE):
            return str(kind)
    return None


NAMES_ROADMAP = re.compile(r"\(\s*[«\"“]?\s*дорожная\s+карта", re.IGNORECASE)
"""«План мероприятий («дорожная карта») по…»: the plan is a roadmap, whatever word comes first."""


def opens_part(text: str) -> bool:
    """«ПАСПОРТ ДОРОЖНОЙ КАРТЫ.», «1. ОПИСАНИЕ ПРОБЛЕМЫ», «II раздел.», «Цель:»: a part of its own."""
    return bool(
        re.match(rf"^\W*{_any(_WORDS['headings']['parts'])}", text, re.IGNORECASE)
        or re.match(r"^\s*(?:[IVX]+\s*\.?\s*раздел|\d+(?:\.\d+)*\.\s*[А-ЯЁ]|[IVX]+\.\s*\S)", text, re.IGNORECASE)
    )


def heading_goes_on(text: str) -> bool:
    """The line goes on with a heading: lower case, or «по…», «на 2020 – 2022 гг.»."""
    first = text.lstrip('«"( ')
    return (
        first[:1].islower()
        or bool(re.match(rf"^\W*{_any(_WORDS['headings']['continues'])}(?!\w)", text, re.IGNORECASE))
        or text.lstrip().startswith(("(", "«"))
    )


FOREIGN_LETTER = re.compile(r"[^\W\d_а-яёА-ЯЁa-zA-ZіІ]")
"""A letter of another Cyrillic (or any other) alphabet: «МӘГАРИФ», «ӰСТЭЛ»."""


def russian_words(text: str) -> int:
    """How many words of a letterhead are Russian beyond doubt: «УПРАВЛЕНИЕ», «РАЙОНА», «МУНИЦИПАЛЬНОГО»."""
    return len(re.findall(rf"(?<!\w){_any(_WORDS['head']['russian'])}(?!\w)", text, re.IGNORECASE))


def opens_minutes(text: str) -> bool:
    """«ПРОТОКОЛ № 3», «П Р О Т О К О Л», «Повестка дня:»: what «РЕШИЛИ» below it opens is no act of its own."""
    return len(text) < 200 and bool(re.match(rf"^\W*{_any(_WORDS['head']['minutes'])}", text))


def opens_report(text: str) -> bool:
    """«ОТЧЁТ об исполнении плана», «Информация о выполнении мероприятий», «Справка»."""
    return bool(_pattern("head", "report").match(text)) and len(text) < 300


COPY = re.compile(r"^\W*(?:п\s?/\s?п|подлинник\s+подпис\w+|подписал\w*)(?!\w)[\s.:]*", re.IGNORECASE)
"""What stands before the signature of a copy: «п/п Начальник управления»."""


def signature_post(text: str) -> bool:
    """The line begins with a post: «Начальник управления»."""
    return bool(_pattern("signature", "posts").match(COPY.sub("", text)))


def captions_signature(text: str) -> bool:
    """«(подпись)», «(должность) (подпись) (расшифровка подписи)», «М.П.»."""
    return bool(re.match(rf"^(?:\W*{_any(_WORDS['signature']['captions'])})+\W*$", text, re.IGNORECASE))


def continues_table(text: str) -> bool:
    """«Продолжение таблицы 1», «Окончание приложения № 1» over the next page of a table."""
    return len(text) < 80 and bool(_pattern("headings", "goes_on").match(text))


def signature_caption(text: str) -> str | None:
    """`prepared`, `agreed` or `acquainted` where a line after the points opens such a block."""
    for name in ("acquainted", "prepared", "agreed"):
        if _pattern("signature", name).match(text):
            return name
    return None
