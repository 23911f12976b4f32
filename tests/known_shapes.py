"""Write ``operations/heads/shapes.yaml``: ``python -m tests.known_shapes``.

From the example's stacks, and of what they have not, from :data:`BESIDE`, which tests of its constructs hold true.
"""

from __future__ import annotations

import yaml

from operations.files.writing import write_file
from operations.heads.known import SHAPES
from operations.heads.stack_text import parsed
from operations.heads.unusual import shapes
from tests.example import ENVIRONMENTS

HEAD = """\
# Templates that the stacks of this project have, names left out, by the place where they stand: an attribute of a type.
# Made from the example and a short list by `python -m tests.known_shapes`, and a test says when it is not as that makes it. Read a change of
# this file with care: what stands here is planned in pull requests with nobody asked.
"""

BESIDE = {
    "google_network_connectivity_spoke.hub": {"google_network_connectivity_hub.*.id"},
    "google_network_connectivity_spoke.linked_vpn_tunnels.uris": {"google_compute_vpn_tunnel.*.self_link"},
    "google_privateca_ca_pool_iam_member.ca_pool": {"google_privateca_ca_pool.*.id"},
    "google_privateca_certificate_authority.pool": {"google_privateca_ca_pool.*.name"},
}
"""Shapes of what no environment of the example says."""


def text() -> str:
    """What has to stand in the file."""
    found: dict[str, set[str]] = {place: set(some) for place, some in BESIDE.items()}
    for file in sorted((ENVIRONMENTS / "snapshots").glob("*.json")):
        for address, place, shape in shapes(parsed(file.read_bytes())):
            assert shape, f"{file.name}: {address} cannot be read"
            found.setdefault(place, set()).add(shape)
    made = {place: sorted(found[place]) for place in sorted(found)}
    return HEAD + yaml.safe_dump(made, width=1_000_000, allow_unicode=True)


if __name__ == "__main__":
    write_file(SHAPES, text())
