"""The `vmware:` section in the making: its values, and from where in which file each of them came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from estate.facts.vmware.versions import gkectl_default
from estate.model.rules import Path
from estate.reading.paths import dotted
from estate.reading.problems import Problem
from operations.adopt.gkectl.document import Document, Field

Keys = tuple[str, ...]
USER_CLUSTERS: Keys = ("vmware", "user_clusters")
"""Where the user clusters stand in an environment."""


@dataclass
class Section:
    """What adoption adds to an environment.

    Attributes:
        data: the values by key, from the top of an environment's file.
        comments: comments by path, kept from the files or for where a person has to act.
        notes: what a person should know, in whole sentences without a final period.
        changes: what the first apply changes in the running cluster, in the same form.
        defaults: what gkectl takes where a file says nothing, and the section therefore too.
    """

    data: dict[str, Any] = field(default_factory=dict)
    comments: dict[Path, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    defaults: list[str] = field(default_factory=list)
    _origins: dict[str, Field[Any]] = field(default_factory=dict)

    def put(self, to: Keys, origin: Field[Any], value: Any = None, *, comment: str = "") -> None:
        """Put a value that a file holds; nothing when the file holds none.

        Args:
            to: keys from the top of the environment to the value; mappings on the way are made.
            origin: where it stands in the file.
            value: what to put in its stead, in the section's words.
            comment: what to say beside it, besides what the file says there.
        """
        self.comes_from(to, origin)
        found = origin.use()
        if found is None:
            return
        self.say(
            to, found if value is None else value, comment="; ".join(filter(None, (comment, origin.remark)))
        )

    def put_list(self, to: Keys, origins: Iterable[Field[str]], place: Field[Any]) -> None:
        """Put a list of texts; nothing when the file holds none."""
        self.comes_from(to, place)
        values = []
        for position, origin in enumerate(origins):
            self.comes_from((*to, position), origin)
            values.append(origin.use())
        if values:
            self.say(to, values)

    def say(self, to: Keys, value: Any, *, comment: str = "") -> None:
        """Put a value that stands in no file as it is."""
        holder = self.data
        for key in to[:-1]:
            holder = holder.setdefault(key, {})
        holder[to[-1]] = value
        if comment:
            self.comments[to] = comment

    def take_default(self, document: Document, field: str, place: str | None = None) -> bool | int | str:
        """What gkectl of the file's version takes for a field that the file does not say, noted for a person.

        Args:
            document: a user cluster's file.
            field: the field, without positions of lists.
            place: the field as a person finds it; the same when absent.
        """
        value = gkectl_default(field, document.text("gkeOnPremVersion").value or "")
        self.defaults.append(f"{place or field} {str(value).lower()}")
        return value

    def comes_from(self, to: Path, origin: Field[Any]) -> None:
        """Say where a value comes from, or would come from if it were there."""
        self._origins[dotted(to)] = origin

    def at(self, *keys: str) -> Any:
        """The value at a path; None where there is none."""
        value: Any = self.data
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def placed(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Say each problem with the section at the place in the file that its value comes from.

        One that comes from no file stands where the nearest thing around it comes from, under the section's
        own name for it.
        """
        for problem in problems:
            around = [at for at in self._origins if _is_in(problem.path, at)]
            if not around:
                yield problem
                continue
            nearest = max(around, key=len)
            origin = self._origins[nearest]
            path = dotted(origin.path) if nearest == problem.path else problem.path
            yield Problem(origin.document.name, *origin.document.position(origin.path), path, problem.message)


def _is_in(path: str, around: str) -> bool:
    return path == around or path.startswith((f"{around}.", f"{around}["))
