"""The method of the regional labour-market dialogue, without any web: read `events/`, then `steps.py`,
then `commands/`.
"""
