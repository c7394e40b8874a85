"""Adapting a document that names its speakers itself: a play, a screenplay, a chat, an interview."""
