"""The engine pyttsx3: the operating system's own voices."""
