"""KMS keys of the document as those of the section."""

from __future__ import annotations

from typing import Final

from estate.reading.paths import dotted
from operations.adopt.management_service.inputs import Inputs
from operations.adopt.management_service.running import RunningKey
from operations.adopt.management_service.section import Section

_KEYS: Final = {
    "secrets": ("spec", "kmsKeyARN"),
    "database": ("spec", "databaseEncryption", "kmsKeyARN"),
    "root-volume": ("spec", "rootVolume", "kmsKeyARN"),
    "data-volume": ("spec", "dataVolume", "kmsKeyARN"),
}


def put_keys(section: Section, inputs: Inputs) -> dict[str, str]:
    """Put the keys, and return their names in the section by ARN."""
    names: dict[str, str] = {}
    for name, path in _KEYS.items():
        arn = inputs.arn(*path)
        if arn is None:
            continue
        if arn in names and name != "database":
            section.carry(*path)
            continue
        _key(section, inputs, name, arn, path, twin=names.get(arn))
        names.setdefault(arn, name)
    return names


def managed_keys(section: Section, inputs: Inputs) -> dict[str, RunningKey]:
    """The running service's keys that the section manages from now on, by their name in it."""
    return {
        name: inputs.running.keys[(inputs.arn(*_KEYS[name]) or "").rpartition("/")[2]]
        for name, key in section.data["kms_keys"].items()
        if "existing" not in key
    }


def _key(
    section: Section, inputs: Inputs, name: str, arn: str, path: tuple[str, ...], *, twin: str | None
) -> None:
    """Put one key: managed here when the state manages it, otherwise as one that exists."""
    running = inputs.running.keys.get(arn.rpartition("/")[2])
    if running and not twin:
        to = ("kms_keys", name)
        section.carry(*path)
        # The section's policy takes the place of the key's own: without them the running service would stop.
        section.put(
            (*to, "users"),
            list(dict.fromkeys((*inputs.administrators(), *inputs.running.roles))),
            comment="administrators, and the running service until it is gone",
        )
        if running.alias:
            section.put((*to, "alias"), running.alias)
        return
    section.put(("kms_keys", name, "existing", "key_arn"), arn, *path)
    note = "existing keys stay as they are; their policies must let the roles of this environment use them"
    if note not in section.notes:
        section.notes.append(note)
    if twin:
        section.comments["kms_keys", name] = f"the same key as {twin}"
        section.notes.append(
            f"{dotted(path)} names the key of {twin} again; with two keys, losing one would not open the other's data"
        )
