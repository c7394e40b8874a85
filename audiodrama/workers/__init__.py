"""Turn work orders into results, in order, on as many processes as there are cores.

The parent process plans and writes; whatever needs an engine or an array library is done by a crew. ``Workers`` is
what a production needs of one; ``Crew`` is the one on this machine, and ``apart`` is a call in a passing process.
"""

from audiodrama.workers.in_child import apart
from audiodrama.workers.pool import Crew, cores
from audiodrama.workers.protocol import Dismissed, Workers

__all__ = ["Crew", "Dismissed", "Workers", "apart", "cores"]
