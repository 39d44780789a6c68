"""Round 2: mixed tables, what they write, appraisals, commitments and feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "benefits",
        sa.Column("stakeholder", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("table_id", sa.String(length=24), nullable=False),
        sa.Column("topic_id", sa.String(length=24), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_benefits_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["table_id"], ["groups.id"], name="fk_benefits_table_id_groups", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_benefits_topic_id_topics", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_benefits"),
    )
    op.create_index("ix_benefits_dialogue_id_number", "benefits", ["dialogue_id", "number"], unique=False)
    op.create_index("ix_benefits_table_id", "benefits", ["table_id"], unique=False)
    op.create_index("ix_benefits_topic_id", "benefits", ["topic_id"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("participant_id", sa.String(length=24), nullable=True),
        sa.Column("stakeholder", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_feedback_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name="fk_feedback_participant_id_participants",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint("dialogue_id", "participant_id", name="uq_feedback_dialogue_id_participant_id"),
    )
    op.create_index("ix_feedback_dialogue_id", "feedback", ["dialogue_id"], unique=False)
    op.create_index("ix_feedback_participant_id", "feedback", ["participant_id"], unique=False)
    op.create_table(
        "pairs",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("first_id", sa.String(length=24), nullable=False),
        sa.Column("second_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_pairs_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["participants.id"], name="fk_pairs_first_id_participants", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["participants.id"], name="fk_pairs_second_id_participants", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pairs"),
    )
    op.create_index("ix_pairs_dialogue_id", "pairs", ["dialogue_id"], unique=False)
    op.create_index("ix_pairs_first_id", "pairs", ["first_id"], unique=False)
    op.create_index("ix_pairs_second_id", "pairs", ["second_id"], unique=False)
    op.create_table(
        "proposals",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("first_step", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("process_step", sa.String(length=40), nullable=True),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("card_ids", sa.JSON(), nullable=False),
        sa.Column("benefit_ids", sa.JSON(), nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("table_id", sa.String(length=24), nullable=False),
        sa.Column("topic_id", sa.String(length=24), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_proposals_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["table_id"], ["groups.id"], name="fk_proposals_table_id_groups", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_proposals_topic_id_topics", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
    )
    op.create_index("ix_proposals_dialogue_id_number", "proposals", ["dialogue_id", "number"], unique=False)
    op.create_index("ix_proposals_table_id", "proposals", ["table_id"], unique=False)
    op.create_index("ix_proposals_topic_id", "proposals", ["topic_id"], unique=False)
    op.create_table(
        "seats",
        sa.Column("participant_id", sa.String(length=24), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("table_id", sa.String(length=24), nullable=True),
        sa.Column("fixed_at", sa.Integer(), nullable=True),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_seats_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name="fk_seats_participant_id_participants",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["table_id"], ["groups.id"], name="fk_seats_table_id_groups", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("participant_id", name="pk_seats"),
    )
    op.create_index("ix_seats_dialogue_id", "seats", ["dialogue_id"], unique=False)
    op.create_index("ix_seats_table_id", "seats", ["table_id"], unique=False)
    op.create_table(
        "tables",
        sa.Column("group_id", sa.String(length=24), nullable=False),
        sa.Column("topic_id", sa.String(length=24), nullable=True),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_tables_group_id_groups", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_tables_topic_id_topics", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("group_id", name="pk_tables"),
    )
    op.create_index("ix_tables_topic_id", "tables", ["topic_id"], unique=False)
    op.create_table(
        "visions",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("table_id", sa.String(length=24), nullable=False),
        sa.Column("topic_id", sa.String(length=24), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_visions_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["table_id"], ["groups.id"], name="fk_visions_table_id_groups", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_visions_topic_id_topics", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_visions"),
    )
    op.create_index("ix_visions_dialogue_id_number", "visions", ["dialogue_id", "number"], unique=False)
    op.create_index("ix_visions_table_id", "visions", ["table_id"], unique=False)
    op.create_index("ix_visions_topic_id", "visions", ["topic_id"], unique=False)
    op.create_table(
        "appraisals",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("participant_id", sa.String(length=24), nullable=True),
        sa.Column("paper_id", sa.String(length=24), nullable=False),
        sa.Column("stakeholder", sa.String(length=40), nullable=False),
        sa.Column("proposal_id", sa.String(length=24), nullable=True),
        sa.Column("effect", sa.Integer(), nullable=True),
        sa.Column("feasibility", sa.Integer(), nullable=True),
        sa.Column("resistance", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_appraisals_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name="fk_appraisals_participant_id_participants",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name="fk_appraisals_proposal_id_proposals", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_appraisals"),
        sa.UniqueConstraint(
            "dialogue_id",
            "participant_id",
            "proposal_id",
            name="uq_appraisals_dialogue_id_participant_id_proposal_id",
        ),
    )
    op.create_index("ix_appraisals_participant_id", "appraisals", ["participant_id"], unique=False)
    op.create_index("ix_appraisals_proposal_id", "appraisals", ["proposal_id"], unique=False)
    op.create_table(
        "commitments",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("proposal_id", sa.String(length=24), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_commitments_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name="fk_commitments_proposal_id_proposals", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_commitments"),
    )
    op.create_index("ix_commitments_dialogue_id", "commitments", ["dialogue_id"], unique=False)
    op.create_index("ix_commitments_proposal_id", "commitments", ["proposal_id"], unique=False)
    op.add_column("dialogues", sa.Column("tables_shown", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("dialogues", sa.Column("mixing_seed", sa.Integer(), nullable=True))
    op.add_column(
        "dialogues", sa.Column("appraising", sa.String(length=20), nullable=False, server_default="preparing")
    )
    op.add_column("dialogues", sa.Column("appraising_closed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table in (
        "appraisals",
        "commitments",
        "feedback",
        "proposals",
        "benefits",
        "visions",
        "pairs",
        "seats",
        "tables",
    ):
        op.drop_table(table)
    for column in ("tables_shown", "mixing_seed", "appraising", "appraising_closed_at"):
        op.drop_column("dialogues", column)
