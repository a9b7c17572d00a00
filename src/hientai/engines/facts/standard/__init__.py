"""The standard fact catalogue: what is asked about every person, read from the tables of `facts.tables`."""

from __future__ import annotations

from hientai.engines.facts.catalogue import Catalogue
from hientai.engines.facts.standard import (
    disciplines,
    dossiers,
    persons,
    planning,
    posts,
    qualifications,
    ratings,
)


def standard_catalogue() -> Catalogue:
    """All standard facts in the order in which a person page shows them."""
    return Catalogue(
        [
            *persons.FACTS,
            *posts.FACTS,
            *qualifications.FACTS,
            *ratings.FACTS,
            *disciplines.FACTS,
            *planning.FACTS,
            *dossiers.FACTS,
        ]
    )
