"""The forum on its own desk: setting up, signing in, the list of dialogues, planning a new one."""
