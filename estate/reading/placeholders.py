"""Placeholders in a file that was read: values of a known kind, and lines that carry the mark.

Left out: groups and people in the domain of the organization, which the model ties to it and which change with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from estate.facts.placeholders import Placeholders
from estate.model.placeholder import Placeholder
from estate.reading.paths import dotted, leaves, quoted
from estate.reading.yaml_source import Source

MARK = "# PLACEHOLDER: "
"""Begins the comment of a line whose value nobody has said yet; what to put there follows."""

_KEYS = "keys"  # what they hold is too long to be shown


class FilesPlaceholders(Mapping[str, tuple[Placeholder, ...]]):
    """Those of each file by its name, looked for when they are asked for: most of what loads an estate does not ask."""

    def __init__(self, sources: Mapping[str, Source], domain: str) -> None:
        self._sources = sources
        self._domain = domain

    def __contains__(self, name: object) -> bool:
        """Whether there is a file of that name; a mistake in looking into it is none of this."""
        return name in self._sources

    def __getitem__(self, name: str) -> tuple[Placeholder, ...]:
        return tuple(placeholders(self._sources[name], self._domain))

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


def placeholders(source: Source, domain: str) -> Iterator[Placeholder]:
    """Yield each, in the order of the file.

    Args:
        source: the file.
        domain: that of the organization.
    """
    marked = dict(marks(source.text))
    found = [*_values(source, domain)]
    for placeholder in found:
        marked.pop(placeholder.line, None)
    found += (
        Placeholder(
            source.display,
            line,
            1,
            "",
            f"is marked as a placeholder ({what}); put the value there, and take the mark out",
        )
        for line, what in marked.items()
    )
    yield from sorted(found)


def marks(text: str) -> Iterator[tuple[int, str]]:
    """Every line that carries the mark: its number from 1, and what to put there."""
    for number, line in enumerate(text.splitlines(), 1):
        _, mark, what = line.partition(MARK)
        if mark:
            yield number, what


def _values(source: Source, domain: str) -> Iterator[Placeholder]:
    known = Placeholders.known()
    for path, value in leaves(source.data):
        text = str(value) if isinstance(value, str | int) else ""
        kind = known.kind_of(text)
        if kind is None or text.endswith(f"@{domain}"):
            continue
        shown = "" if kind.name == _KEYS else f"{quoted(text) if isinstance(value, str) else text}, "
        yield Placeholder(
            source.display,
            *source.position(path),
            dotted(path),
            f"is {shown}{kind.what}; {kind.remedy}",
        )
