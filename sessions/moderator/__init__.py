"""What a moderator sees and does: the cockpit, people, links, the plan, the poster, the boards."""
