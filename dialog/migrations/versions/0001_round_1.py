"""Round 1: forums, dialogues, people, groups, cards, topics, votes, links and the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forums",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_forums"),
    )
    op.create_table(
        "one_time_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_one_time_links"),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("forum_id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("sign_in_epoch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forums.id"], name="fk_accounts_forum_id_forums", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("name", name="uq_accounts_name"),
    )
    op.create_index("ix_accounts_forum_id", "accounts", ["forum_id"], unique=False)

    op.create_table(
        "dialogues",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("forum_id", sa.String(length=24), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("deletes_on", sa.Date(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("door_open", sa.Boolean(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("step_began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_step", sa.String(length=20), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("timer_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("picture", sa.String(length=60), nullable=False),
        sa.Column("voting", sa.String(length=20), nullable=False),
        sa.Column("voting_closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chosen_topics", sa.JSON(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forums.id"], name="fk_dialogues_forum_id_forums", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_dialogues"),
        sa.UniqueConstraint("code", name="uq_dialogues_code"),
    )
    op.create_index("ix_dialogues_deletes_on", "dialogues", ["deletes_on"], unique=False)
    op.create_index("ix_dialogues_forum_id", "dialogues", ["forum_id"], unique=False)

    op.create_table(
        "groups",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("stakeholder", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revealed", sa.Boolean(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_groups_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("dialogue_id", "round", "name", name="uq_groups_dialogue_id_round_name"),
    )
    op.create_table(
        "journal",
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_journal_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dialogue_id", "seq", name="pk_journal"),
        sa.UniqueConstraint("dialogue_id", "by", "client_key", name="uq_journal_dialogue_id_by_client_key"),
    )
    op.create_index(
        "ix_journal_dialogue_id_scope_standing_seq",
        "journal",
        ["dialogue_id", "scope", "standing", "seq"],
        unique=False,
    )

    op.create_table(
        "links",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("group_id", sa.String(length=24), nullable=True),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_links_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_links_group_id_groups", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_links"),
    )
    op.create_index("ix_links_dialogue_id", "links", ["dialogue_id"], unique=False)

    op.create_table(
        "participants",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.String(length=4), nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("stakeholder", sa.String(length=40), nullable=False),
        sa.Column("group_id", sa.String(length=24), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("needs_interpreter", sa.Boolean(), nullable=False),
        sa.Column("has_phone", sa.Boolean(), nullable=False),
        sa.Column("device_hash", sa.String(length=64), nullable=False),
        sa.Column("left", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_participants_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name="fk_participants_group_id_groups", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_participants"),
        sa.UniqueConstraint("dialogue_id", "number", name="uq_participants_dialogue_id_number"),
    )
    op.create_index("ix_participants_dialogue_id_group_id", "participants", ["dialogue_id", "group_id"], unique=False)
    op.create_index("ix_participants_group_id", "participants", ["group_id"], unique=False)

    op.create_table(
        "topics",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("group_id", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("rank", sa.Double(), nullable=False),
        sa.Column("joined_to", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_topics_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_topics_group_id_groups", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["joined_to"], ["topics.id"], name="fk_topics_joined_to_topics", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_topics"),
    )
    op.create_index("ix_topics_dialogue_id_group_id", "topics", ["dialogue_id", "group_id"], unique=False)
    op.create_index("ix_topics_group_id", "topics", ["group_id"], unique=False)

    op.create_table(
        "ballots",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("participant_id", sa.String(length=24), nullable=True),
        sa.Column("stakeholder", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_ballots_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name="fk_ballots_participant_id_participants", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ballots"),
        sa.UniqueConstraint("dialogue_id", "participant_id", name="uq_ballots_dialogue_id_participant_id"),
    )
    op.create_index("ix_ballots_dialogue_id", "ballots", ["dialogue_id"], unique=False)

    op.create_table(
        "cards",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("dialogue_id", sa.String(length=24), nullable=False),
        sa.Column("group_id", sa.String(length=24), nullable=False),
        sa.Column("author_id", sa.String(length=24), nullable=True),
        sa.Column("paper", sa.Boolean(), nullable=False),
        sa.Column("valence", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("topic_id", sa.String(length=24), nullable=True),
        sa.Column("rank", sa.Double(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["participants.id"], name="fk_cards_author_id_participants", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name="fk_cards_dialogue_id_dialogues", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_cards_group_id_groups", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_cards_topic_id_topics", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_cards"),
    )
    op.create_index("ix_cards_author_id", "cards", ["author_id"], unique=False)
    op.create_index("ix_cards_dialogue_id_group_id", "cards", ["dialogue_id", "group_id"], unique=False)
    op.create_index("ix_cards_group_id", "cards", ["group_id"], unique=False)
    op.create_index("ix_cards_topic_id", "cards", ["topic_id"], unique=False)

    op.create_table(
        "nominations",
        sa.Column("group_id", sa.String(length=24), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_nominations_group_id_groups", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_nominations_topic_id_topics", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("group_id", "place", name="pk_nominations"),
    )
    op.create_index("ix_nominations_topic_id", "nominations", ["topic_id"], unique=False)

    op.create_table(
        "card_addressees",
        sa.Column("card_id", sa.String(length=24), nullable=False),
        sa.Column("addressee", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name="fk_card_addressees_card_id_cards", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("card_id", "addressee", name="pk_card_addressees"),
    )
    op.create_table(
        "votes",
        sa.Column("ballot_id", sa.String(length=24), nullable=False),
        sa.Column("topic_id", sa.String(length=24), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name="fk_votes_ballot_id_ballots", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_votes_topic_id_topics", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ballot_id", "topic_id", name="pk_votes"),
    )
    op.create_index("ix_votes_topic_id", "votes", ["topic_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_votes_topic_id", table_name="votes")

    op.drop_table("votes")
    op.drop_table("card_addressees")
    op.drop_index("ix_nominations_topic_id", table_name="nominations")

    op.drop_table("nominations")
    op.drop_index("ix_cards_topic_id", table_name="cards")
    op.drop_index("ix_cards_group_id", table_name="cards")
    op.drop_index("ix_cards_dialogue_id_group_id", table_name="cards")
    op.drop_index("ix_cards_author_id", table_name="cards")

    op.drop_table("cards")
    op.drop_index("ix_ballots_dialogue_id", table_name="ballots")

    op.drop_table("ballots")
    op.drop_index("ix_topics_group_id", table_name="topics")
    op.drop_index("ix_topics_dialogue_id_group_id", table_name="topics")

    op.drop_table("topics")
    op.drop_index("ix_participants_group_id", table_name="participants")
    op.drop_index("ix_participants_dialogue_id_group_id", table_name="participants")

    op.drop_table("participants")
    op.drop_index("ix_links_dialogue_id", table_name="links")

    op.drop_table("links")
    op.drop_index("ix_journal_dialogue_id_scope_standing_seq", table_name="journal")

    op.drop_table("journal")
    op.drop_table("groups")
    op.drop_index("ix_dialogues_forum_id", table_name="dialogues")
    op.drop_index("ix_dialogues_deletes_on", table_name="dialogues")

    op.drop_table("dialogues")
    op.drop_index("ix_accounts_forum_id", table_name="accounts")

    op.drop_table("accounts")
    op.drop_table("one_time_links")
    op.drop_table("forums")
