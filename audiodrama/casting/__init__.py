"""Act III: a Script, a Casting and the voices on offer become a Cast.

``fill`` gives every speaker of one script a voice, ``stand_ins`` gives voices for unknown speakers, and
``recurring_roles`` one voice each to the characters who come back in several stories; ``asked_casting`` makes
a casting of the voices that a user asks for without a file.
"""

from audiodrama.casting.asked_voices import asked_casting
from audiodrama.casting.fill import fill, stand_ins
from audiodrama.casting.recurring import StorySpeakers, recurring_roles, story_speakers

__all__ = ["StorySpeakers", "asked_casting", "fill", "recurring_roles", "stand_ins", "story_speakers"]
