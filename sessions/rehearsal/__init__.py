"""Rehearsing: simulated people come into a dialogue the way phones do, so that a moderator can practise alone.

They know what a phone may know and nothing else; no file here but `starting.py` and `command.py` touches the server.
"""
