"""What stands under the points and over a plan: signatures, approvals, who prepared the draft."""

import re
from collections.abc import Sequence

from extractors.layouts import marks
from extractors.lines import Line, joined
from schemas.contract import SignatoryRole
from schemas.raw import Claim, RawRecords, RawSignature, RawText

_MAX_BLOCK = 12  # lines a signature block may have: post over up to six lines, name, date
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
    if line.words[:1].islower() and not re.match(r"^(?:и\.\s?о|врио)", line.words):
        return False  # «…возложить на \\ заместителя начальника Фамилию И.О.» goes on with a point
    if not marks.signature_post(line.words):
        return _is_name_only(line.words) and not re.search(r"[:;,]$", lines[position - 1].words if position else ":")
    block = lines[position : position + _MAX_BLOCK]
    for below in block:
        if len(below.words) > _LONG_LINE or re.search(r"[;:]$", below.words):
            return False
        if marks.NAME.search(below.words):
            return _ends_with_name(below.words) and len(" ".join(x.words for x in block[: block.index(below) + 1])) < 400
        if below is not line and (re.match(r"^\s*\d+[.)]", below.words) or marks.opens_annex(below.words)):
            return False
    return False


def _is_name_only(words: str) -> bool:
    match = marks.NAME.search(words)
    return bool(match) and not re.search(r"[А-ЯЁа-яё]{2,}", words.replace(match[0], "")) if match else False


def _ends_with_name(words: str) -> bool:
    matches = list(marks.NAME.finditer(words))
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
        elif marks.NAME.search(line.words):
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
    match = marks.NAME.search(words)
    if match is None or match.start() > 2:
        return False
    rest = words[match.end() :].strip(" ,.")
    return bool(_PHONE.match(rest)) if rest else bool(_PHONE.match(follows))


def _names_nothing(words: str) -> bool:
    """Telephones, blanks to sign on, dates under a signature."""
    if _PHONE.match(words) or re.match(r"^[\W_]*$", words) or marks.is_address(words):
        return True
    return len(words) < 40 and bool(marks.DATE.search(words))


def _take_caption(line: Line, role: SignatoryRole, records: RawRecords) -> None:
    """«Исп. Иванова И.И., тел. …»: a caption that holds the name itself."""
    name = marks.NAME.search(line.words)
    if name:
        before = re.sub(r"^\W*[\w.]+[\s:]*", "", line.words[: name.start()]).strip(" ,:")
        position = RawText(text=before, locator=line.locator) if marks.signature_post(before) else None
        records.signatures.append(RawSignature(role=role, person=RawText(text=name[0], locator=line.locator), position=position))
    records.claims.append(Claim(text=line.words, locator=line.locator, category="placed" if name else "structure"))


def _take_signature(role: SignatoryRole, block: Sequence[Line], records: RawRecords) -> None:
    """A post over any number of lines and the name that ends it; several names on a line are several people."""
    last = block[-1]
    names = list(marks.NAME.finditer(last.words))
    before = last.words[: names[0].start()].strip(" ,_/")
    after = last.words[names[-1].end() :].strip(" ,_/")
    post = " ".join([*(line.words for line in block[:-1]), before or after]).strip()
    post = re.sub(r"_+|\s+\(?подпись\)?", " ", post).strip()
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

    «…имени В.П. Сербского», «Директор – Иванова А.А.» in the middle of an annex is prose.
    """
    first = len(lines)
    while first > 0 and len(lines) - first < _MAX_BLOCK and _may_close(lines[first - 1]):
        first -= 1
    return first + signature_start(lines[first:], after_points=False)


def _may_close(line: Line) -> bool:
    return len(line.words) <= _LONG_LINE and not re.match(r"^\s*(?:\d+[.)]\s*[А-ЯЁа-яё]|[-–—•])|.*[;]$", line.words)


def _folded(name: str) -> str:
    return "".join(sorted(c for c in name.lower().replace("ё", "е") if c.isalpha()))


def split_approvals(lines: Sequence[Line], records: RawRecords) -> list[Line]:
    """Take the approval blocks («УТВЕРЖДАЮ …», «СОГЛАСОВАНО …») out of a head; returns the other lines."""
    left: list[Line] = []
    lines = side_by_side(lines)
    position = 0
    while position < len(lines):
        role = marks.approval_role(lines[position].words)
        if role is None or len(lines[position].words) > 250:
            left.append(lines[position])
            position += 1
            continue
        end = _approval_end(lines, position)
        read_approval(lines[position:end], role, records)
        position = end
    return left


def side_by_side(lines: Sequence[Line]) -> list[Line]:
    """«СОГЛАСОВАНО \\t УТВЕРЖДАЮ»: two blocks set beside each other with tabs become one after the other."""
    for position, line in enumerate(lines):
        parts = [p.strip() for p in line.text.split("\t") if p.strip()]
        if len(parts) == 2 and all(marks.approval_role(p) for p in parts):
            return _unfold(lines, position)
    return list(lines)


def _unfold(lines: Sequence[Line], start: int) -> list[Line]:
    end = start
    columns: list[list[Line]] = [[], []]
    while end < len(lines) and end - start < _MAX_BLOCK and "\t" in lines[end].text:
        line = lines[end]
        left, _, right = line.text.partition("\t")
        for column, text in zip(columns, (left, right), strict=True):
            if text.strip():
                column.append(Line(text.strip(), line.locator, line.paragraph, line.opens))
        end += 1
    return [*lines[:start], *columns[0], *columns[1], *lines[end:]]


def _approval_end(lines: Sequence[Line], start: int) -> int:
    """An approval block ends with its date, with a name that no date follows, or where a title begins."""
    for position in range(start, min(start + _MAX_BLOCK, len(lines))):
        words = lines[position].words
        if position > start and (marks.approval_role(words) or marks.heading_kind(words) or marks.kind_word(words)):
            return position
        if position > start and marks.opens_part(words) and not marks.in_corner(words):
            return position
        follows = lines[position + 1].words if position + 1 < len(lines) else ""
        dated = marks.DATE.search(words) or marks.BLANK_DATE.search(words)
        named = marks.NAME.search(words)
        more = (
            marks.DATE.search(follows)
            or marks.BLANK_DATE.search(follows)
            or re.match(r"^\W*(?:от\b|№|протокол|приказ)", follows, re.IGNORECASE)
        )
        if (dated or named) and not (more and len(follows) < 80) and not _act_goes_on(words, follows):
            return position + 1
    return min(start + _MAX_BLOCK, len(lines))


def _act_goes_on(words: str, follows: str) -> bool:
    """«приказом от 12.01.2020 \\ № 15» goes on with the number; «(протокол от … \\ № 3)» too."""
    return not marks.NUMBER.search(words) and bool(marks.NUMBER.match(follows.lstrip("( "))) and len(follows) < 40


def read_approval(lines: Sequence[Line], role: SignatoryRole, records: RawRecords) -> None:
    """Read one block: the act it names, or the post and the name of who approves, and the date."""
    block = joined(lines)
    if block is None:
        return
    word = re.match(r"^\W*\w+\W*", lines[0].words)
    text = (block.text[word.end() :] if word else block.text).strip()
    name = marks.NAME.search(text)
    date = marks.DATE.search(text) or marks.blank_date(text)
    act = _act(text, name)
    signature = RawSignature(role=role)
    if act:
        signature.act = RawText(text=act, locator=block.locator)
    if name:
        signature.person = RawText(text=name[0], locator=block.locator)
        after = text[name.end() : date.start() if date and date.start() > name.end() else None]
        post = text[: name.start()].strip(' ,_/"«') or (after.strip(" ,_/") if not act else "")
        post = re.sub(r"_+", " ", post).strip()
        if re.search(r"\w{3}", post):
            signature.position = RawText(text=post, locator=block.locator)
    if date:
        signature.date = RawText(text=date["date"].strip(), locator=block.locator)
    records.signatures.append(signature)
    for line in lines:
        records.claims.append(Claim(text=line.words, locator=line.locator, category="placed"))


def _act(text: str, name: re.Match[str] | None) -> str | None:
    """The act of an approval block: all of it («приказом управления от … № …»), or what follows the name."""
    found = re.search(r"приказ|постановлен|распоряжен|решени|протокол|педагогическ|совет", text, re.IGNORECASE)
    if name is None:
        return text if found else None
    after = re.search(r"(?:приказ|постановлен|распоряжен|решени|протокол).*", text[name.end() :], re.IGNORECASE | re.DOTALL)
    return after[0].strip() if after and marks.NUMBER.search(after[0]) else None
