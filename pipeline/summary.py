"""A document in one Russian line."""

from collections import Counter

from schemas.contract import Document, Kind, Severity
from schemas.findings import CATALOGUE

KINDS = {
    Kind.ORDER: "приказ",
    Kind.RESOLUTION: "постановление",
    Kind.INSTRUCTION: "распоряжение",
    Kind.DECISION: "решение",
    Kind.ROADMAP: "дорожная карта",
    Kind.PLAN: "план",
    Kind.OTHER: "другой документ",
}
"""Kind of document → its Russian word."""


def name(document: Document) -> str:
    """«приказ № 17-о от 03.02.2023»."""
    number = f" № {document.number}" if document.number else ""
    day = f" от {document.date:%d.%m.%Y}" if document.date else ""
    return f"{KINDS[document.kind]}{number}{day}"


def counts(document: Document) -> list[tuple[str, int]]:
    """How many records of each kind the document holds, with Russian names."""
    return [
        ("пунктов", len(document.directives)),
        ("мероприятий", len(document.activities)),
        ("закреплений", len(document.pairings)),
        ("показателей", len(document.indicators)),
    ]


def describe(document: Document) -> str:
    """Name, counts, and what a person should look at most."""
    records = ", ".join(f"{word} {count}" for word, count in counts(document) if count)
    parts = [name(document), records or "записей нет"]
    if open_findings := _open(document):
        parts.append(f"замечаний {sum(open_findings.values())}: {_most(open_findings)}")
    return "; ".join(parts)


def _open(document: Document) -> Counter[str]:
    return Counter(finding.code for finding in document.findings if finding.severity is not Severity.INFO)


def _most(codes: Counter[str]) -> str:
    ranked = sorted(codes.items(), key=lambda item: (-item[1], item[0]))[:2]
    said = [f"{CATALOGUE[code].meaning if code in CATALOGUE else code}{f' ({count})' if count > 1 else ''}" for code, count in ranked]
    return ", ".join(said) + (", …" if len(codes) > 2 else "")
