"""What stands under the points and over a plan: signatures, approvals, who prepared the draft."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.layouts import marks
from extractors.lines import Line
from schemas.contract import SignatoryRole
from schemas.raw import Claim, RawRecords, RawSignature, RawText

_MAX_BLOCK = 12  # lines a signature block may have: post over up to six lines, name, date
_INITIALS_LAST = re.compile(r"(?<!\w)[А-ЯЁ]\.\s?[А-ЯЁ]\.$")
_SURNAME_ALONE = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?$")
_LONG_POST = 400  # characters
_LONG_LINE = 140  # characters: a longer line is prose, whoever it names
_PHONE = re.compile(r"^[\W\d]*(?:тел|телефон|т\.)?[\W\d]{5,}$", re.IGNORECASE)


def signature_start(lines: Sequence[Line], after_points: bool = True) -> int:
    """Index of the first line of the signature that ends the points; ``len(lines)`` where there is none.

    A signature is a post and a name on short lines («Начальник управления \\ О.Н. Фамилия»), never numbered.
    """
    for position in range(len(lines)):
        if marks.signature_caption(lines[position].words) and (position or not after_points) and len(lines[position].words) < 120:
            return position
        if _begins_signature(lines, position):
            return position
    return len(lines)


def _begins_signature(lines: Sequence[Line], position: int) -> bool:
    line = lines[position]
    if len(line.words) > _LONG_LINE or re.match(r"^\s*(?:\d|[-–—•]|[а-я]\))", line.words):
        return False
    if line.words[:1].islower() and not re.match(r"^(?:и\.\s?о|врио)", line.words) and not marks.COPY.match(line.words):
        return False  # «…возложить на \\ заместителя начальника Фамилию И.О.» goes on with a point
    if not marks.signature_post(line.words):
        return _is_name_only(line.words) and not _goes_on(lines[position - 1].words if position else ":", line.words)
    block = lines[position : position + _MAX_BLOCK]
    for below in block:
        if len(below.words) > _LONG_LINE or re.search(r"[;:]$", below.words):
            return False
        if marks.person(below.words):
            return _ends_with_name(below.words) and len(" ".join(x.words for x in block[: block.index(below) + 1])) < 400
        if below is not line and (re.match(r"^\s*\d+[.)]", below.words) or marks.opens_annex(below.words)):
            return False
    return False


def _goes_on(before: str, name: str) -> bool:
    """The line before a bare name is not finished: «…центр имени \\ В.П. Фамилия», «…возложить на \\ заместителя \\ Фамилию И.О.»."""
    if before[:1].islower() and re.match(r"[А-ЯЁ][а-яё]", name) and not re.search(r"[.!?]$", before):
        return True
    return bool(re.search(r"[:;,]$", before)) or (len(before) > 60 and not re.search(r"[.!?»)]$", before))


def _is_name_only(words: str) -> bool:
    match = marks.person(words)
    return bool(match) and not re.search(r"[А-ЯЁа-яё]{2,}", words.replace(match[0], "")) if match else False


def _ends_with_name(words: str) -> bool:
    matches = marks.people(words)
    return bool(matches) and len(words) - matches[-1].end() <= 3


def read_signatures(lines: Sequence[Line], records: RawRecords) -> list[Line]:
    """Read the lines after the points; returns those that are neither signature nor caption."""
    left: list[Line] = []
    role, post = SignatoryRole.SIGNED, list[Line]()
    position = 0
    while position < len(lines):
        line = lines[position]
        caption = marks.signature_caption(line.words)
        if caption == "acquainted":
            left += post
            for rest in lines[position:]:
                records.claims.append(Claim(text=rest.words, locator=rest.locator, category="structure"))
            return left
        if caption:
            left += post
            role, post = SignatoryRole(caption), []
            _take_caption(line, role, records)
        elif role is SignatoryRole.SIGNED and not post and records.signatures and _names_who_prepared(lines, position):
            _take_signature(SignatoryRole.PREPARED, [line], records)
        elif len(line.words) > 2 * _LONG_LINE:
            left += [*post, line]
            post = []
        elif marks.person(line.words):
            post, prose = _post_lines(post)
            left += prose
            _take_signature(role, [*post, line], records)
            post = []
        elif _names_nothing(line.words):
            records.claims.append(Claim(text=line.words, locator=line.locator, category="structure"))
        else:
            post.append(line)
        position += 1
    return left + post


def _post_lines(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the post right above a name, and the prose above them: numbered, or too much for a post."""
    start = len(lines)
    while start > 0 and _may_close(lines[start - 1]) and sum(len(x.words) for x in lines[start - 1 :]) < _LONG_POST:
        start -= 1
    return list(lines[start:]), list(lines[:start])


def _names_who_prepared(lines: Sequence[Line], position: int) -> bool:
    """«Мохова Т.Д. \\ 8(12345)2-34-56» under the signature: a name without a post and its telephone."""
    words, follows = lines[position].words, lines[position + 1].words if position + 1 < len(lines) else ""
    match = marks.person(words)
    if match is None or match.start() > 2:
        return False
    rest = words[match.end() :].strip(" ,.")
    return bool(_PHONE.match(rest)) if rest else bool(_PHONE.match(follows))


def join_broken_names(lines: Sequence[Line], records: RawRecords) -> list[Line]:
    """«Директор департамента М.Ю. \\ Аристов»: a signature that was too wide for its line."""
    joined_lines: list[Line] = []
    for line in lines:
        last = joined_lines[-1] if joined_lines else None
        if last and _is_broken_name(last.words, line.words):
            records.claims += [Claim(text=x.words, locator=x.locator, category="placed") for x in (last, line)]
            joined_lines[-1] = replace(last, text=f"{last.text} {line.text}")
        else:
            joined_lines.append(line)
    return joined_lines


def _is_broken_name(words: str, follows: str) -> bool:
    """Initials end an unnumbered line, a surname stands alone under it; «Директор» and «Приложение» are no surnames."""
    if len(words) > _LONG_LINE or re.match(r"^\s*\d", words) or not _INITIALS_LAST.search(words) or marks.person(words):
        return False  # «…возложить на Иванову И.И. \\ Бухгалтер»: the name is whole
    return bool(_SURNAME_ALONE.match(follows)) and not marks.signature_post(follows) and not marks.opens_annex(follows)


def _names_nothing(words: str) -> bool:
    """Telephones, blanks to sign on and what stands under them («(подпись)»), dates under a signature."""
    if _PHONE.match(words) or re.match(r"^[\W_]*$", words) or marks.is_address(words) or marks.captions_signature(words):
        return True
    return len(words) < 40 and bool(marks.DATE.search(words))


def _take_caption(line: Line, role: SignatoryRole, records: RawRecords) -> None:
    """«Исп. Иванова И.И., тел. …»: a caption that holds the name itself."""
    name = marks.person(line.words)
    if name:
        before = re.sub(r"^\W*[\w.]+[\s:]*", "", line.words[: name.start()]).strip(" ,:")
        position = RawText(text=before, locator=line.locator) if marks.signature_post(before) else None
        records.signatures.append(RawSignature(role=role, person=RawText(text=name[0], locator=line.locator), position=position))
    records.claims.append(Claim(text=line.words, locator=line.locator, category="placed" if name else "structure"))


def _take_signature(role: SignatoryRole, block: Sequence[Line], records: RawRecords) -> None:
    """A post over any number of lines and the name that ends it; several names on a line are several people."""
    last = block[-1]
    names = _signers(last.words)
    before = last.words[: names[0].start()].strip(" ,_/:")
    after = last.words[names[-1].end() :].strip(" ,_/")
    post = " ".join([*(line.words for line in block[:-1]), before or after]).strip()
    post = marks.COPY.sub("", re.sub(r"_+|\s+\(?подпись\)?", " ", post)).strip()
    for name in names:
        records.signatures.append(
            RawSignature(
                role=role,
                person=RawText(text=name[0], locator=last.locator),
                position=RawText(text=post, locator=block[0].locator) if re.search(r"[^\W\d_]", post) else None,
            )
        )
    for line in block:
        records.claims.append(Claim(text=line.words, locator=line.locator, category="placed"))


def _signers(words: str) -> list[re.Match[str]]:
    """The names of a signature line; that of «Директор школы им. И.П. Сорокина  Е.Е. Щука» which a school bears is none."""
    return marks.people(words) or list(marks.NAME.finditer(words))


def repeated_signature(lines: Sequence[Line], records: RawRecords) -> list[Line]:
    """Lines under an annex: a signature already known is structure; one more signer is recorded.

    Returns the lines that are no signature.
    """
    start = _closing_start(lines)
    if start == len(lines):
        return list(lines)
    known = {_folded(s.person.text) for s in records.signatures if s.person}
    probe = RawRecords()
    left = read_signatures(lines[start:], probe)
    for signature in probe.signatures:
        if signature.person and _folded(signature.person.text) not in known:
            records.signatures.append(signature)
    fresh = {id(s.person) for s in records.signatures}
    category = "placed" if any(id(s.person) in fresh for s in probe.signatures) else "structure"
    records.claims += [claim.model_copy(update={"category": category}) for claim in probe.claims]
    return [*lines[:start], *left]


def _closing_start(lines: Sequence[Line]) -> int:
    """Index of the first line of the signature that closes the lines: nothing but posts, names and captions follow it.

    «…имени В.К. Ольхова», «Директор – Иванова А.А.» in the middle of an annex is prose.
    """
    first = len(lines)
    while first > 0 and len(lines) - first < _MAX_BLOCK and _may_close(lines[first - 1]):
        first -= 1
    return first + signature_start(lines[first:], after_points=False)


def _may_close(line: Line) -> bool:
    return len(line.words) <= _LONG_LINE and not re.match(r"^\s*(?:\d+[.)]\s*[А-ЯЁа-яё]|[-–—•])|.*[;]$", line.words)


def _folded(name: str) -> str:
    return "".join(sorted(c for c in name.lower().replace("ё", "е") if c.isalpha()))
