"""Labels that everything carries, as the other Terraform's provider or its author put them on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import Found, FoundObject

_KEPT_IN: Final = ("effective_labels", "tags_all", "labels", "tags")
"""Where an object says its labels, what a provider adds among them first."""
_OWN: Final = frozenset({"organization", "environment", "managed-by", "name"})
"""Labels that the project sets itself, or that say which thing it is."""
_LABEL: Final = re.compile(r"[a-z][-_a-z0-9]{0,62}=[-_a-z0-9]{0,63}")
_MOST: Final = 0.9
"""Share of the objects with labels that carries one which everything is to have; the others get it, in place."""
_FEWEST: Final = 3


def recognize_labels(found: Found, draft: Draft) -> None:
    """Put labels that nearly everything carries, which everything gets from then on."""
    some = [labels for one in found.objects if (labels := dict(_labels(one)))]
    if len(some) < _FEWEST:
        return
    counted = Counter((key, value) for labels in some for key, value in labels.items())
    common = {key: value for (key, value), number in sorted(counted.items()) if number >= _MOST * len(some)}
    draft.put(("labels",), common or None)


def _labels(one: FoundObject) -> Iterator[tuple[str, str]]:
    said: Mapping[str, Any] = next((held for key in _KEPT_IN if isinstance(held := one.at(key), Mapping)), {})
    for key, value in said.items():
        if key not in _OWN and _LABEL.fullmatch(f"{key}={value}"):
            yield key, str(value)
