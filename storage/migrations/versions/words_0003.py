"""Documents with one number and date are found by an index and compared by sketches of their words.

`storage.save.compare_anew` fills the sketches.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply."""
    op.add_column("documents", sa.Column("words", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_documents_number_date"), "documents", ["number", "date"], unique=False)
