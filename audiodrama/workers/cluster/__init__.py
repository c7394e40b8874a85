"""Turn work orders into results on many machines, through a dask.distributed scheduler that is running already.

Nothing is shared but the scheduler: takes travel with the orders and the results. What comes out is the same, byte for
byte, as on this machine alone, and machines on which it would not be are refused.
"""

from audiodrama.workers.cluster.pool import ClusterPool

__all__ = ["ClusterPool"]
