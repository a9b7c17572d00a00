"""The composition root: addresses, navigation, home, and the command line."""

import os

# The allocator of Polars, read when it is loaded: what a question took goes back to the system soon after the answer,
# where by default a worker would keep it.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:100,muzzy_decay_ms:0")
