"""The live web: requests become commands, events become messages."""
