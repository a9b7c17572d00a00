"""The composition root: addresses, navigation, home, and the command line."""

import os

# The allocator of Polars, read when it is loaded: what a question took goes back to the system a second after the
# answer, where by default a worker would keep it for ten; two arenas in place of four a processor leave less unused.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:1000,muzzy_decay_ms:0,narenas:2")
