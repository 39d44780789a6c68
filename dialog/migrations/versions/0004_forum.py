"""What the forum takes home: stays in steps, follow-ups of commitments, names of categories, invited accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_steps",
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_held_steps_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dialogue_id", "number", name="pk_held_steps"),
    )
    op.create_table(
        "follow_ups",
        sa.Column("commitment_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitments.id"], name="fk_follow_ups_commitment_id_commitments", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_follow_ups_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("commitment_id", "number", name="pk_follow_ups"),
    )
    op.create_index("ix_follow_ups_dialogue_id", "follow_ups", ["dialogue_id"], unique=False)
    op.create_table(
        "forum_categories",
        sa.Column("forum_id", sa.String(length=24), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["forum_id"], ["forums.id"], name="fk_forum_categories_forum_id_forums", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("forum_id", "format", "category", name="pk_forum_categories"),
    )
    op.add_column("dialogues", sa.Column("imported_on", sa.Date(), nullable=True))
    with op.batch_alter_table("one_time_links") as links:
        links.add_column(sa.Column("account_id", sa.String(length=24), nullable=True))
        links.create_foreign_key(
            "fk_one_time_links_account_id_accounts", "accounts", ["account_id"], ["id"], ondelete="CASCADE"
        )
        links.create_index("ix_one_time_links_account_id", ["account_id"])


def downgrade() -> None:
    with op.batch_alter_table("one_time_links") as links:
        links.drop_index("ix_one_time_links_account_id")
        links.drop_constraint("fk_one_time_links_account_id_accounts", type_="foreignkey")
        links.drop_column("account_id")
    op.drop_column("dialogues", "imported_on")
    op.drop_table("forum_categories")
    op.drop_table("follow_ups")
    op.drop_table("held_steps")
