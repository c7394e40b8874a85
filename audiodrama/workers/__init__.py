"""Turn work orders into results, in order, on as many processes as there are cores.

The parent process plans and writes; whatever needs an engine or an array library is done by a crew. ``WorkerPool`` is
what a production needs of one; ``LocalPool`` is the one on this machine, and ``run_in_child`` is a call in a passing
process.
"""

from audiodrama.workers.in_child import run_in_child
from audiodrama.workers.pool import LocalPool, cores
from audiodrama.workers.protocol import PoolClosed, WorkerPool

__all__ = ["LocalPool", "PoolClosed", "WorkerPool", "cores", "run_in_child"]
