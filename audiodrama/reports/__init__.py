"""Turn a Production into what is published beside the audio: a report as JSON, a picture as SVG."""
