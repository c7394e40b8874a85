"""Act III: a Script, a Casting and the voices on offer become a Cast.

``fill`` gives every speaker of one script a voice, ``stand_ins`` gives voices for unknown speakers, and
``recurring_roles`` one voice each to the characters who come back in several stories.
"""

from audiodrama.casting.fill import fill, stand_ins
from audiodrama.casting.recurring import StorySpeakers, recurring_roles, story_speakers

__all__ = ["StorySpeakers", "fill", "recurring_roles", "stand_ins", "story_speakers"]
