"""The method of the regional labour-market dialogue, without any web: read `events.py`, then `steps.py`, then `commands/`."""
