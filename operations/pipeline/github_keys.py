"""Which key goes to which environment of GitHub: a secret where it lets somebody do something, a variable where not.

``gh secret set`` and ``gh variable set`` take the value from standard input where no ``--body`` says it, and the GitHub
environment from ``--env`` (their manual pages, gh-secret-set(1) and gh-variable-set(1), excerpts of 2026-11-30).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from operations.plans import keys
from operations.plans.key_ring import APPLY_KEY, OPENERS, REVIEW_KEYS, SEAL_KEY, SEALERS
from operations.plans.keys import Pairs


@dataclass(frozen=True)
class Place:
    """One secret or variable.

    Attributes:
        environment: the GitHub environment.
        kind: ``secret`` or ``variable``.
        name: its name.
        value: what it holds.
    """

    environment: str
    kind: str
    name: str
    value: str


def places(made: Sequence[str], pairs: Mapping[str, Pairs]) -> Iterator[Place]:
    """Say where keys go.

    Args:
        made: environments whose keys are new.
        pairs: the keys of all environments that are known, those included.
    """
    sealers = {name: keys.written(keys.SEALER, one.seal.public_key()) for name, one in pairs.items()}
    for name in made:
        one = pairs[name]
        openers = {
            "review": keys.written(keys.REVIEWER, one.review.public_key()),
            "apply": keys.written(keys.APPLIER, one.apply.public_key()),
        }
        for where in (f"plan-{name}", f"agreed-{name}", f"drift-{name}"):
            yield Place(where, "secret", SEAL_KEY, keys.written(keys.SEAL, one.seal))
            yield Place(where, "variable", OPENERS, json.dumps(openers))
        yield Place(name, "secret", APPLY_KEY, keys.written(keys.APPLY, one.apply))
        yield Place(name, "variable", SEALERS, json.dumps({name: sealers[name]}))
    reviews = {name: keys.written(keys.REVIEW, one.review) for name, one in pairs.items()}
    for where in ("review", "drift"):
        yield Place(where, "secret", REVIEW_KEYS, json.dumps(reviews))
        yield Place(where, "variable", SEALERS, json.dumps(sealers))


def commands(found: Sequence[Place]) -> Iterator[str]:
    """The lines of a shell that put each where it goes, none as a word of a command, which others could see."""
    for place in found:
        yield f"gh {place.kind} set {place.name} --env {place.environment} <<'END'"
        yield place.value
        yield "END"
