"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "documents",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("issuer_name", sa.String(), nullable=True),
        sa.Column("issuer_region", sa.String(), nullable=True),
        sa.Column("issuer_municipality", sa.String(), nullable=True),
        sa.Column("preamble", sa.String(), nullable=True),
        sa.Column("period_text", sa.String(), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("source_file_name", sa.String(), nullable=False),
        sa.Column("source_media_type", sa.String(), nullable=False),
        sa.Column("source_sha256", sa.String(), nullable=False),
        sa.Column("source_size_bytes", sa.Integer(), nullable=False),
        sa.Column("source_page_count", sa.Integer(), nullable=True),
        sa.Column("source_reader", sa.String(), nullable=False),
        sa.Column("coverage_source_chars", sa.Integer(), nullable=False),
        sa.Column("coverage_placed_chars", sa.Integer(), nullable=False),
        sa.Column("coverage_structure_chars", sa.Integer(), nullable=False),
        sa.Column("coverage_noise_chars", sa.Integer(), nullable=False),
        sa.Column("coverage_unplaced_chars", sa.Integer(), nullable=False),
        sa.Column("extractor", sa.String(), nullable=False),
        sa.Column("reading", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_documents_source_sha256"), ["source_sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_status"), ["status"], unique=False)

    op.create_table(
        "act_references",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_act_references_document_id_documents"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_act_references")),
    )
    op.create_table(
        "annexes",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("period_text", sa.String(), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.Boolean(), nullable=False),
        sa.Column("approved_by_number", sa.String(), nullable=True),
        sa.Column("approved_by_date", sa.Date(), nullable=True),
        sa.Column("locator_block", sa.Integer(), nullable=False),
        sa.Column("locator_table", sa.Integer(), nullable=True),
        sa.Column("locator_row", sa.Integer(), nullable=True),
        sa.Column("locator_column", sa.Integer(), nullable=True),
        sa.Column("locator_spans", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator_text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_annexes_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "id", name=op.f("pk_annexes")),
    )
    op.create_table(
        "carriers",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("carried", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_carriers_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_carriers")),
    )
    with op.batch_alter_table("carriers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_carriers_carried"), ["carried"], unique=False)

    op.create_table(
        "corrections",
        sa.Column("key", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("machine", sa.String(), nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("at", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_corrections_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_corrections")),
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corrections_document_id"), ["document_id"], unique=False)

    op.create_table(
        "directives",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("locator_block", sa.Integer(), nullable=False),
        sa.Column("locator_table", sa.Integer(), nullable=True),
        sa.Column("locator_row", sa.Integer(), nullable=True),
        sa.Column("locator_column", sa.Integer(), nullable=True),
        sa.Column("locator_spans", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator_text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id", "parent_id"],
            ["directives.document_id", "directives.id"],
            name=op.f("fk_directives_document_id_parent_id_directives"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_directives_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "id", name=op.f("pk_directives")),
    )
    op.create_table(
        "files",
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("size_bytes", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("document_id", sa.String(), nullable=True),
        sa.Column("versions", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("run", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("peak_mb", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_files_document_id_documents"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_files")),
    )
    with op.batch_alter_table("files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_files_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_files_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_files_status"), ["status"], unique=False)

    op.create_table(
        "findings",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=True),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("locator_block", sa.Integer(), nullable=True),
        sa.Column("locator_table", sa.Integer(), nullable=True),
        sa.Column("locator_row", sa.Integer(), nullable=True),
        sa.Column("locator_column", sa.Integer(), nullable=True),
        sa.Column("locator_spans", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator_text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_findings_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "id", name=op.f("pk_findings")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findings_code"), ["code"], unique=False)

    op.create_table(
        "head_locators",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("locator_block", sa.Integer(), nullable=False),
        sa.Column("locator_table", sa.Integer(), nullable=True),
        sa.Column("locator_row", sa.Integer(), nullable=True),
        sa.Column("locator_column", sa.Integer(), nullable=True),
        sa.Column("locator_spans", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator_text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_head_locators_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "field", name=op.f("pk_head_locators")),
    )
    op.create_table(
        "indicators",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("section", sa.String(), nullable=True),
        sa.Column("locator_block", sa.Integer(), nullable=False),
        sa.Column("locator_table", sa.Integer(), nullable=True),
        sa.Column("locator_row", sa.Integer(), nullable=True),
        sa.Column("locator_column", sa.Integer(), nullable=True),
        sa.Column("locator_spans", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator_text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_indicators_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "id", name=op.f("pk_indicators")),
    )
    op.create_table(
        "kept_tables",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("rows", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("locator_block", sa.Integer(), nullable=False),
        sa.Column("locator_table", sa.Integer(), nullable=True),
        sa.Column("locator_row", sa.Integer(), nullable=True),
        sa.Column("locator_column", sa.Integer(), nullable=True),
        sa.Column("locator_spans", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator_text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_kept_tables_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "id", name=op.f("pk_kept_tables")),
    )
    op.create_table(
        "notes",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("locator_block", sa.Integer(), nullable=False),
        sa.Column("locator_table", sa.Integer(), nullable=True),
        sa.Column("locator_row", sa.Integer(), nullable=True),
        sa.Column("locator_column", sa.Integer(), nullable=True),
        sa.Column("locator_spans", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator_text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_notes_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "id", name=op.f("pk_notes")),
    )
    op.create_table(
        "organizations",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("abbreviation", sa.String(), nullable=True),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_organizations_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_organizations")),
    )
    with op.batch_alter_table("organizations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organizations_name"), ["name"], unique=False)

    op.create_table(
        "people",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("surname", sa.String(), nullable=False),
        sa.Column("given", sa.String(), nullable=True),
        sa.Column("patronymic", sa.String(), nullable=True),
        sa.Column("initials", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_people_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_people")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_name"), ["name"], unique=False)

    op.create_table(
        "signatories",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=True),
        sa.Column("person_surname", sa.String(), nullable=True),
        sa.Column("person_given", sa.String(), nullable=True),
        sa.Column("person_patronymic", sa.String(), nullable=True),
        sa.Column("person_initials", sa.String(), nullable=True),
        sa.Column("person_name", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_signatories_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_signatories")),
    )
    with op.batch_alter_table("signatories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signatories_person_name"), ["person_name"], unique=False)

    op.create_table(
        "source_names",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_source_names_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "name", name=op.f("pk_source_names")),
    )
    op.create_table(
        "source_pages",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_source_pages_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_source_pages")),
    )
    op.create_table(
        "unplaced",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("locator_block", sa.Integer(), nullable=False),
        sa.Column("locator_table", sa.Integer(), nullable=True),
        sa.Column("locator_row", sa.Integer(), nullable=True),
        sa.Column("locator_column", sa.Integer(), nullable=True),
        sa.Column("locator_spans", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator_text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_unplaced_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_unplaced")),
    )
    op.create_table(
        "activities",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("expected_result", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("completion", sa.String(), nullable=True),
        sa.Column("annex", sa.String(), nullable=True),
        sa.Column("locator_block", sa.Integer(), nullable=False),
        sa.Column("locator_table", sa.Integer(), nullable=True),
        sa.Column("locator_row", sa.Integer(), nullable=True),
        sa.Column("locator_column", sa.Integer(), nullable=True),
        sa.Column("locator_spans", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator_text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id", "annex"],
            ["annexes.document_id", "annexes.id"],
            name=op.f("fk_activities_document_id_annex_annexes"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_activities_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "id", name=op.f("pk_activities")),
    )
    op.create_table(
        "indicator_values",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id", "indicator_id"],
            ["indicators.document_id", "indicators.id"],
            name=op.f("fk_indicator_values_document_id_indicator_id_indicators"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_indicator_values_document_id_documents"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_indicator_values")),
    )
    with op.batch_alter_table("indicator_values", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_values_indicator_id"), ["indicator_id"], unique=False)

    op.create_table(
        "people_positions",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id", "person"],
            ["people.document_id", "people.ordinal"],
            name=op.f("fk_people_positions_document_id_person_people"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_people_positions_document_id_documents"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_people_positions")),
    )
    op.create_table(
        "activity_extras",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id", "activity_id"],
            ["activities.document_id", "activities.id"],
            name=op.f("fk_activity_extras_document_id_activity_id_activities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_activity_extras_document_id_documents"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_activity_extras")),
    )
    with op.batch_alter_table("activity_extras", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_extras_activity_id"), ["activity_id"], unique=False)

    op.create_table(
        "activity_sections",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id", "activity_id"],
            ["activities.document_id", "activities.id"],
            name=op.f("fk_activity_sections_document_id_activity_id_activities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_activity_sections_document_id_documents"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_activity_sections")),
    )
    with op.batch_alter_table("activity_sections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_sections_activity_id"), ["activity_id"], unique=False)

    op.create_table(
        "deadlines",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.String(), nullable=True),
        sa.Column("activity_id", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("inferred", sa.Boolean(), nullable=False),
        sa.Column("recurrence", sa.String(), nullable=True),
        sa.Column("condition", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("locator_block", sa.Integer(), nullable=False),
        sa.Column("locator_table", sa.Integer(), nullable=True),
        sa.Column("locator_row", sa.Integer(), nullable=True),
        sa.Column("locator_column", sa.Integer(), nullable=True),
        sa.Column("locator_spans", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator_text", sa.String(), nullable=True),
        sa.CheckConstraint("(directive_id IS NULL) <> (activity_id IS NULL)", name=op.f("ck_deadlines_one_owner")),
        sa.ForeignKeyConstraint(
            ["document_id", "activity_id"],
            ["activities.document_id", "activities.id"],
            name=op.f("fk_deadlines_document_id_activity_id_activities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id", "directive_id"],
            ["directives.document_id", "directives.id"],
            name=op.f("fk_deadlines_document_id_directive_id_directives"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_deadlines_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_deadlines")),
    )
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadlines_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadlines_directive_id"), ["directive_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadlines_kind"), ["kind"], unique=False)

    op.create_table(
        "parties",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.String(), nullable=True),
        sa.Column("activity_id", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=True),
        sa.Column("organization", sa.String(), nullable=True),
        sa.Column("locator_block", sa.Integer(), nullable=False),
        sa.Column("locator_table", sa.Integer(), nullable=True),
        sa.Column("locator_row", sa.Integer(), nullable=True),
        sa.Column("locator_column", sa.Integer(), nullable=True),
        sa.Column("locator_spans", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator_text", sa.String(), nullable=True),
        sa.Column("person_surname", sa.String(), nullable=True),
        sa.Column("person_given", sa.String(), nullable=True),
        sa.Column("person_patronymic", sa.String(), nullable=True),
        sa.Column("person_initials", sa.String(), nullable=True),
        sa.Column("person_name", sa.String(), nullable=True),
        sa.CheckConstraint("(directive_id IS NULL) <> (activity_id IS NULL)", name=op.f("ck_parties_one_owner")),
        sa.ForeignKeyConstraint(
            ["document_id", "activity_id"],
            ["activities.document_id", "activities.id"],
            name=op.f("fk_parties_document_id_activity_id_activities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id", "directive_id"],
            ["directives.document_id", "directives.id"],
            name=op.f("fk_parties_document_id_directive_id_directives"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_parties_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_parties")),
    )
    with op.batch_alter_table("parties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_parties_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_parties_directive_id"), ["directive_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_parties_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_parties_person_name"), ["person_name"], unique=False)

    op.create_table(
        "deadline_intervals",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.Integer(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id", "deadline"],
            ["deadlines.document_id", "deadlines.ordinal"],
            name=op.f("fk_deadline_intervals_document_id_deadline_deadlines"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_deadline_intervals_document_id_documents"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_deadline_intervals")),
    )
    with op.batch_alter_table("deadline_intervals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_intervals_deadline"), ["deadline"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadline_intervals_end"), ["end"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadline_intervals_start"), ["start"], unique=False)

    op.create_table(
        "schools",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("party", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("legal_form", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id", "party"],
            ["parties.document_id", "parties.ordinal"],
            name=op.f("fk_schools_document_id_party_parties"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_schools_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_schools")),
    )
    with op.batch_alter_table("schools", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_schools_party"), ["party"], unique=False)

    op.create_table(
        "pairings",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("supported", sa.Integer(), nullable=False),
        sa.Column("leader", sa.Integer(), nullable=False),
        sa.Column("locator_block", sa.Integer(), nullable=False),
        sa.Column("locator_table", sa.Integer(), nullable=True),
        sa.Column("locator_row", sa.Integer(), nullable=True),
        sa.Column("locator_column", sa.Integer(), nullable=True),
        sa.Column("locator_spans", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("locator_text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id", "leader"],
            ["schools.document_id", "schools.ordinal"],
            name=op.f("fk_pairings_document_id_leader_schools"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id", "supported"],
            ["schools.document_id", "schools.ordinal"],
            name=op.f("fk_pairings_document_id_supported_schools"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_pairings_document_id_documents"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "id", name=op.f("pk_pairings")),
    )
