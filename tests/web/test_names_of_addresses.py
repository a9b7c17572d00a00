"""No two addresses share a name: a link would lead to whichever the program happens to read last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def names(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, (*spaces, *filter(None, [pattern.namespace])))
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield ":".join((*spaces, pattern.name))


def test_no_two_addresses_share_a_name() -> None:
    counted = Counter(names(get_resolver()))
    assert len(counted) > 100
    assert [name for name, count in counted.items() if count > 1] == []
