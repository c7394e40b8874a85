"""Turn work orders into results, in order, on as many processes as there are cores.

The parent process plans and writes; work that needs an engine or an array library is done by a pool of workers.
``WorkerPool`` is what a production needs of a pool, ``LocalPool`` is the pool of this machine, ``cluster`` has that of
a cluster, and ``run_in_child`` makes one call in a child process.
"""

from audiodrama.workers.in_child import run_in_child
from audiodrama.workers.pool import LocalPool, worker_count
from audiodrama.workers.protocol import PoolClosed, WorkerPool

__all__ = ["LocalPool", "PoolClosed", "WorkerPool", "run_in_child", "worker_count"]
