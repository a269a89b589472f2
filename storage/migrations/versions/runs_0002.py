"""Runs of an import, and which of them met a file last. Before, ``files.run`` was always null."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("versions", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("started", sa.String(), nullable=False),
        sa.Column("ended", sa.String(), nullable=True),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    with op.batch_alter_table("files", schema=None) as batch_op:
        batch_op.drop_column("run")
        batch_op.add_column(sa.Column("run", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_files_run_runs"), "runs", ["run"], ["id"], ondelete="SET NULL")
