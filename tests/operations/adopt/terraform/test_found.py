"""Objects of states, and how they are asked."""

from __future__ import annotations

from operations.adopt.terraform.found import Aside, Found, FoundObject

NETWORK = FoundObject(
    "s",
    "google_compute_network.n",
    "google_compute_network",
    {
        "id": "projects/p/global/networks/n",
        "self_link": "https://www.googleapis.com/compute/v1/projects/p/global/networks/n",
        "list": ["a", 1],
        "block": [{"deep": "x"}, "odd"],
        "number": 1,
    },
)


def test_values_are_had_by_their_path() -> None:
    """And nothing where another thing stands."""
    assert NETWORK.at("block", 0, "deep") == "x"
    assert NETWORK.at("block", 5, "deep") is None
    assert NETWORK.at("number", 0) is None
    assert (NETWORK.text("number"), NETWORK.text("block", 0, "deep")) == ("", "x")
    assert (NETWORK.texts("list"), NETWORK.texts("number")) == (["a"], [])
    assert (NETWORK.blocks("block"), NETWORK.blocks("number")) == ([{"deep": "x"}], [])
    assert (str(NETWORK), str(Aside("s", "a", "why"))) == ("s: google_compute_network.n", "s: a")


def test_references_mean_objects_however_they_are_written() -> None:
    """A path, a link of any service, never another type or nothing."""
    found = Found([NETWORK])

    for value in ("projects/p/global/networks/n", "//compute.googleapis.com/projects/p/global/networks/n"):
        assert found.referred(value, "google_compute_network") is NETWORK
    assert found.referred("https://example.com/x", "google_compute_network") is None
    assert found.referred("", "google_compute_network") is None
    assert found.referred("projects/p/global/networks/n", "aws_vpc") is None
