"""The participant's phone: come in, write, nominate, vote, see the result."""
