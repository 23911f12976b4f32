"""The draft in the environment's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.adopt.gkectl.target import Target, read_target
from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.found import FoundObject
from operations.adopt.terraform.placing import Kept, checked, placed

ORGANIZATION = "{name: nk, domain: nk.no, promotion: [lab]}"
FILE = """\
environment: lab
state: {gcs: {bucket: nk-lab-tfstate}}  # kept
google:
  host_project: {id: nk-lab-host, number: 738201945562}
  region: europe-north1  # mine
"""
NETWORK = FoundObject("0.tfstate", "module.net.google_compute_subnetwork.a", "google_compute_subnetwork", {})


def target(folder: Path, text: str = FILE) -> Target:
    """An environment."""
    (folder / "organization.yaml").write_text(ORGANIZATION)
    (folder / "lab.yaml").write_text(text)
    return read_target(folder, "lab")


def draft_of(**sections: object) -> Draft:
    """A draft that says something."""
    draft = Draft("lab", "nk")
    for key, value in sections.items():
        draft.put((key,), value)
    return draft


def test_what_stands_there_stays(tmp_path: Path) -> None:
    """Lines, comments, and values that a state says otherwise, which are told."""
    draft = draft_of(
        vpn={"asn": 64512},
        google={
            "region": "europe-west1",
            "host_project": {"id": "nk-lab-host", "number": 1},
            "network": {"subnets": {"gke": {"cidr": "10.0.0.0/20"}}},
        },
    )

    text, kept = placed(target(tmp_path), draft)

    assert text == FILE + ("  network: {subnets: {gke: {cidr: 10.0.0.0/20}}}\n\nvpn:\n  asn: 64512\n")
    assert kept == [
        Kept("google.region", "europe-north1", "europe-west1"),
        Kept("google.host_project.number", 738201945562, 1),
    ]


def test_sections_come_in_their_order(tmp_path: Path) -> None:
    """Google before AWS, whatever the states' order."""
    draft = draft_of(aws={"region": "eu-west-1"}, google={"region": "europe-north1"})
    there = "environment: lab\nstate: {gcs: {bucket: nk-lab-tfstate}}\n"

    text, _ = placed(target(tmp_path, there), draft)

    assert text == there + "\ngoogle:\n  region: europe-north1\n\naws:\n  region: eu-west-1\n"


def test_a_file_that_takes_nothing_is_refused(tmp_path: Path) -> None:
    """A comment between braces."""
    text = FILE.replace(
        "{id: nk-lab-host, number: 738201945562}", "{id: nk-lab-host,  # ours\n    number: 738201945562}"
    )
    draft = draft_of(google={"host_project": {"owner": "lab"}})

    with pytest.raises(InvalidInput, match=r"lab.yaml:3:1: google: has a comment between its braces"):
        placed(target(tmp_path, text), draft)


def test_what_breaks_a_rule_is_said_of_the_object(tmp_path: Path) -> None:
    """What stands in the file of the file, with the line that it has now."""
    draft = draft_of(google={"network": {"subnets": {"gke": {"cidr": "8.8.8.0/33"}}}, "region": "x"})
    draft.takes(("google", "network", "subnets", "gke"), NETWORK)
    draft.takes(("google", "network"), NETWORK)
    there = target(tmp_path)
    bad = placed(there, draft)[0].replace("{gcs: {bucket: nk-lab-tfstate}}", "{gcs: {bucket: B}}")
    (tmp_path / "organization.yaml").write_text(ORGANIZATION.replace("nk.no", "no"))

    with pytest.raises(InvalidInput) as refused:
        checked(there, draft, bad)

    told = {(one.file, one.line, one.path) for one in refused.value.problems}
    assert told == {
        (str(NETWORK), 0, "google.network.subnets.gke.cidr"),
        (f"{tmp_path}/lab.yaml", 2, "state.gcs.bucket"),
        (f"{tmp_path}/organization.yaml", 1, "domain"),
    }


def test_a_draft_that_is_right_becomes_the_estate(tmp_path: Path) -> None:
    """As it would be loaded."""
    there = target(tmp_path)

    assert checked(there, draft_of(), there.text).environments.keys() == {"lab"}


def test_a_draft_finds_keys_and_values() -> None:
    """Free keys of names, nothing for nothing, and whose an entity is."""
    draft = Draft("lab")
    draft.put(("google", "kms_keys", "a-b"), {}, NETWORK)
    draft.put(("google", "nat"), None, NETWORK)
    draft.leave(NETWORK, "x", "why", "do")

    keys = ("google", "kms_keys")
    assert [draft.key(keys, name) for name in ("A_b", "9", "new", "x" * 50)] == [
        "a-b-2",
        "x-9",
        "new",
        "x" * 40,
    ]
    assert draft.data == {"google": {"kms_keys": {"a-b": {}}}}
    assert draft.at("google", "nat", "deep") is None
    assert draft.origins == {("google", "kms_keys", "a-b"): [NETWORK], ("google", "nat"): [NETWORK]}
    assert [(one.attribute, one.why, one.instead) for one in draft.left] == [("x", "why", "do")]


def test_names_of_what_is_refused_are_no_problem_of_their_own(tmp_path: Path) -> None:
    """A person reads what is wrong, and not that its name names nothing; a name that stands alone is said."""
    names = {"network": "backbone"}
    draft = draft_of(google={"names": names, "network": {"subnets": {"gke": {"cidr": "10.0.0.1/20"}}}})
    its = target(tmp_path)
    text, _ = placed(its, draft)

    with pytest.raises(InvalidInput) as refused:
        checked(its, draft, text)

    assert [one.path for one in refused.value.problems] == ["google.network.subnets.gke.cidr"]

    draft = draft_of(google={"names": names})
    text, _ = placed(its, draft)

    with pytest.raises(InvalidInput) as alone:
        checked(its, draft, text)

    assert [one.path for one in alone.value.problems] == ["google.names.network"]
