"""The engine espeak: libespeak-ng called directly, with a measured palette of voices."""
