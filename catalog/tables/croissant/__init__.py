"""Croissant documents of versions: written from what we hold, tried out in the sandbox, offered when they load."""
