"""A mixed table in round 2: what its people's phones and its tablet show of it, and what its tablet posts."""
