"""Names that stay when a map key is renamed: `name` beside a key, which takes the key's place in what is made.

Two entries may not come to the same name by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from estate.model.rules import Path, Violation


def names_of_their_own(
    section: str, names: Mapping[str, str | None], field: str = "name"
) -> Iterator[Violation]:
    """Find entries of a map that are called the same.

    Args:
        section: the map's key in the model that owns it.
        names: what each entry says its name is, by key; None where the key is the name.
        field: the key beside which they say it.
    """
    taken: dict[str, str] = {}
    for key, name in names.items():
        first = taken.setdefault(name or key, key)
        if first != key:
            path: Path = (section, key, field) if name else (section, key)
            yield Violation(
                path,
                f"must not be called {name or key}, which is the name of {first} already; choose another",
            )
