"""The numbers of MPEG-1 layer III (ISO/IEC 11172-3) that decide where a programme can be cut and how it is written."""

RATE = 44100
"""Samples per second of a master."""
BITRATE = 128
"""kbit/s of a master."""
FRAME = 1152
"""Samples per channel in a frame: two granules of 576."""
GRANULE = FRAME // 2
"""Samples per channel in a granule, which is what one transform of the encoder covers."""
ENCODER_DELAY = 576
"""Samples that LAME puts before the first one (ENCDELAY in its ``encoder.h``)."""
DECODER_DELAY = 529
"""Samples by which every decoder is late: 528 of the polyphase filters and one (LAME's "technical FAQ")."""
DELAY = ENCODER_DELAY + DECODER_DELAY
"""Samples by which what a decoder gives comes later than what the encoder was given."""
