"""One thread a process for the numerical libraries: processes share the work, and sums keep their order."""

from __future__ import annotations

import os

VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def one_thread() -> None:
    """Tell them so, for this process and those it starts. Has to be called before numpy is imported."""
    for name in VARIABLES:
        os.environ[name] = "1"
