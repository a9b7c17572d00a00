"""`python -m hientai.foundation.snapshotting` takes a generation of the snapshot in a process of its own."""

import django

if __name__ == "__main__":
    django.setup()

    from hientai.foundation.snapshot.taking import take

    take(here=True)
