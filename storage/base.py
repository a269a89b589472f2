"""The base of the tables: how constraints are named, and the columns many tables share.

Column names are the contract's own. A value inside another takes both names: ``locator.row`` is ``locator_row``,
``issuer.name`` is ``issuer_name``. The order of a list is the column ``ordinal`` (0-based).
"""

from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {list[Any]: JSON(none_as_null=True), dict[str, Any]: JSON(none_as_null=True)}


class OfDocument:
    """A row that belongs to a document and goes with it. ``document_id`` leads the key, so that a document's rows stand together."""

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, sort_order=-2)


class Ordered(OfDocument):
    """An item of a list, known by its place in the list."""

    ordinal: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


class Record(OfDocument):
    """A record of the contract: ``id`` is unique in its document."""

    id: Mapped[str] = mapped_column(primary_key=True, sort_order=-1)
    ordinal: Mapped[int] = mapped_column(sort_order=-1)


class _Place:
    locator_table: Mapped[int | None]
    locator_row: Mapped[int | None]
    locator_column: Mapped[int | None]
    locator_spans: Mapped[list[Any] | None]
    locator_text: Mapped[str | None]


class Located(_Place):
    """Where a value stands in the source. ``locator_spans``: JSON list of ``{page, bbox}``, PDF points."""

    locator_block: Mapped[int]


class MaybeLocated(_Place):
    """As `Located`, where there may be no place."""

    locator_block: Mapped[int | None]


class Named:
    """The columns of a contract Person, nominative."""

    person_surname: Mapped[str | None]
    person_given: Mapped[str | None]
    person_patronymic: Mapped[str | None]
    person_initials: Mapped[str | None]
    person_name: Mapped[str | None] = mapped_column(index=True)
