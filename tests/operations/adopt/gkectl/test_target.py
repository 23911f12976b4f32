"""Into an environment: shown first, then written, checked by all rules before that."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput
from operations.artifacts.synthesis import synth
from tests.operations.adopt.gkectl.samples import ENVIRONMENT, USER, changed
from tests.operations.adopt.gkectl.workplace import INTO, Workplace, read_yaml
from tests.operations.files.killing import killed, recorded_calls, visible

CLUSTER_ID = "projects/kl-dev-host/locations/europe-north1/vmwareClusters/batch"
REFACTORING = Path("environments") / "refactoring" / "dev.yaml"


def test_without_write_it_only_shows(work: Workplace) -> None:
    """As a difference of both files, each line of which is one that is added."""
    work.environment()
    before = work.files()

    code, out, err = work.adopt("batch.yaml", *INTO)

    removed = [line for line in out.splitlines() if line.startswith("-") and not line.startswith("---")]
    assert (code, removed) == (0, [])
    assert work.files() == before
    assert "+++ environments/dev.yaml\n" in out
    assert "--- /dev/null\n+++ environments/refactoring/dev.yaml\n" in out
    assert "+    batch:\n" in out
    assert "  1. write it: give --write too\n" in err


def test_what_is_written_is_what_was_shown(work: Workplace) -> None:
    """And the environment is valid with it."""
    path = work.environment()
    _, shown, _ = work.adopt("batch.yaml", *INTO)

    code, out, _ = work.adopt("batch.yaml", *INTO, "--write")

    added = "".join(f"{line[1:]}\n" for line in shown.splitlines() if line.startswith("+    "))
    assert code == 0
    assert out == "environments/refactoring/dev.yaml written\nenvironments/dev.yaml written\n"
    assert added in path.read_text("utf-8")
    vmware = load_estate(Path("environments")).environments["dev"].vmware
    assert vmware is not None
    assert vmware.user_clusters["batch"].version == "1.35.0-gke.525"


def test_every_line_that_was_there_stays_as_it_was(work: Workplace) -> None:
    """Comments, blank lines, braces, and the order of all of it."""
    path = work.environment()

    work.adopt("batch.yaml", *INTO, "--write")

    lines = path.read_text("utf-8").splitlines()
    kept = ENVIRONMENT.splitlines()
    start = lines.index("  user_clusters:")
    assert lines[:start] == kept[:start]
    assert lines[start + len(lines) - len(kept) :] == kept[start:]


def test_import_entries_are_written_beside(work: Workplace) -> None:
    """With the addresses that synthesis gives, and the ids that the provider imports by."""
    work.environment()

    work.adopt("batch.yaml", *INTO, "--write")

    entries = read_yaml(work.folder / REFACTORING)["import"]
    ids = {entry["to"].rpartition("_")[0]: entry["id"] for entry in entries}
    assert ids == {
        "google_gkeonprem_vmware_cluster.UserClusters_batch": CLUSTER_ID,
        "google_gkeonprem_vmware_node_pool.UserClusters_batch_NodePools_pool-1": f"{CLUSTER_ID}/vmwareNodePools/pool-1",
    }


def test_a_place_in_vcenter_that_says_nothing_takes_what_the_files_say(work: Workplace) -> None:
    """Braces with nothing in them are no opinion."""
    before, _, after = ENVIRONMENT.partition("  vcenter:")
    path = work.environment(f"{before}  vcenter: {{}}\n{after.partition(chr(10))[2]}")

    code, _, err = work.adopt("batch.yaml", "admin.yaml", *INTO, "--write")

    assert code == 0, err
    assert read_yaml(path)["vmware"]["vcenter"]["datastore"] == "dev-ds1"


def test_a_cluster_without_anything_to_list(work: Workplace) -> None:
    """Nothing is listed where nothing is left."""
    work.environment()
    user = changed(
        changed(USER, "gkeConnect", "registerServiceAccountKeyPath"), "stackdriver", "serviceAccountKeyPath"
    )
    work.write("batch.yaml", user)

    code, _, err = work.adopt("batch.yaml", *INTO)

    assert (code, "not carried over" in err, "defaults hold" in err) == (0, False, False)


def test_the_commands_to_enroll_are_printed(work: Workplace) -> None:
    """A cluster that the On-Prem API does not know cannot be imported."""
    work.environment()
    where = (
        "--project=kl-dev-host --location=europe-north1 "
        "--admin-cluster-membership=projects/kl-dev-host/locations/europe-north1/memberships/kl-dev-admin"
    )

    _, _, err = work.adopt("batch.yaml", *INTO)
    _, _, with_admin = work.adopt("batch.yaml", "admin.yaml", *INTO)

    assert "$ gcloud container vmware clusters list --project=kl-dev-host --location=europe-north1\n" in err
    assert f"$ gcloud container vmware clusters enroll batch {where}\n" in err
    assert f"$ gcloud container vmware admin-clusters enroll kl-dev-admin {where}\n" in with_admin


def test_a_second_run_changes_nothing(work: Workplace) -> None:
    """What stands there already, just so, is left alone."""
    work.environment()
    work.adopt("batch.yaml", *INTO, "--write")
    before = work.files()

    code, out, err = work.adopt("batch.yaml", *INTO, "--write")

    assert code == 0
    assert work.files() == before
    assert out == "environments/refactoring/dev.yaml stays as it is\nenvironments/dev.yaml stays as it is\n"
    assert "note: user cluster batch stands in the environment just so" in err


def test_a_cluster_that_stands_there_otherwise_is_not_overwritten(work: Workplace) -> None:
    """A person decides which of the two is right."""
    work.environment()
    work.adopt("batch.yaml", *INTO, "--write")
    work.write(
        "batch.yaml",
        changed(changed(USER, "masterNode", "cpus", to=8), "gkeOnPremVersion", to="1.35.1-gke.1"),
    )
    before = work.files()

    said = work.refusal("batch.yaml", *INTO, "--write")

    assert work.files() == before
    assert (
        "environments/dev.yaml:17:5: vmware.user_clusters.batch: stands here already and differs from what gkectl's file "
        "says in version, control_plane.cpus; make one of the two say what runs"
    ) in said


@pytest.mark.parametrize(
    ("name", "key", "said"),
    [
        ("kl-dev-batch", "batch", False),
        ("kl-dev-", None, False),
        ("batch", "batch", True),
        ("kl-prod-x", "kl-prod-x", True),
    ],
    ids=["derived", "prefix only", "short", "another environment's"],
)
def test_the_key_is_the_shortest_that_keeps_the_name(
    work: Workplace, name: str, key: str | None, *, said: bool
) -> None:
    """A cluster whose name follows from its key needs not say it."""
    path = work.environment()
    work.write("batch.yaml", changed(USER, "name", to=name))

    code, _, err = work.adopt("batch.yaml", *INTO, "--write")

    if key is None:
        assert "name: key must be lower-case letters" in err
        return
    clusters = read_yaml(path)["vmware"]["user_clusters"]
    assert code == 0
    assert (list(clusters), clusters[key].get("name")) == ([key], name if said else None)


def test_a_key_that_another_cluster_has_is_not_taken(work: Workplace) -> None:
    """Nor is its cluster mistaken for the one that is adopted."""
    path = work.environment()
    work.adopt("batch.yaml", *INTO, "--write")
    path.write_text(path.read_text("utf-8").replace("name: batch\n", "name: other\n"), "utf-8")
    (work.folder / REFACTORING).unlink()

    said = work.refusal("batch.yaml", *INTO)

    assert (
        'batch.yaml:3:7: name: "batch" would be the key of the cluster here, and another cluster has it'
        in said
    )


def test_the_longer_key_is_taken_when_the_shorter_is_not_free(work: Workplace) -> None:
    """Two clusters of one file each."""
    path = work.environment()
    text = (work.folder / "batch.yaml").read_text("utf-8").replace("10.22.1.", "10.22.2.")
    work.write(
        "second.yaml", text.replace("name: batch\n", "name: kl-dev-batch\n").replace("vlan-221", "vlan-222")
    )
    blocks = (work.folder / "batch-ipblock.yaml").read_text("utf-8").replace("10.22.1.", "10.22.2.")
    work.write("second-ipblock.yaml", blocks)
    work.write(
        "second.yaml", (work.folder / "second.yaml").read_text("utf-8").replace("batch-ip", "second-ip")
    )

    code, _, err = work.adopt("batch.yaml", "second.yaml", *INTO, "--write")

    assert code == 0, err
    assert list(read_yaml(path)["vmware"]["user_clusters"]) == ["batch", "kl-dev-batch"]


FIRST_PHASES = {
    "no section": ENVIRONMENT[: ENVIRONMENT.index("# On-prem.")]
    + ENVIRONMENT[ENVIRONMENT.index("# One fleet.") :],
    "location only": "\n".join(
        [
            ENVIRONMENT[: ENVIRONMENT.index("# On-prem.")]
            + "vmware: {location: europe-north1}  # foundation",
            ENVIRONMENT[ENVIRONMENT.index("# One fleet.") :],
        ]
    ),
    "no clusters": ENVIRONMENT.replace("hosts: 3}\n", "hosts: 3}\n  user_clusters: {}\n"),
    "Windows line endings": ENVIRONMENT.replace("\n", "\r\n"),
    "byte order mark": f"\ufeff{ENVIRONMENT}",
    "no line end": (
        ENVIRONMENT[: ENVIRONMENT.index("# On-prem.")]
        + "fleet: {}\n"
        + ENVIRONMENT[ENVIRONMENT.index("# On-prem.") : ENVIRONMENT.index("\n# One fleet.")].rstrip("\n")
    ),
}


@pytest.mark.parametrize("environment", FIRST_PHASES.values(), ids=list(FIRST_PHASES))
def test_an_environment_takes_clusters_in_any_phase(work: Workplace, environment: str) -> None:
    """Also where its section is not there yet, or stands in braces."""
    path = work.environment(environment)

    code, _, err = work.adopt("batch.yaml", "admin.yaml", *INTO, "--write")

    text = path.read_bytes().decode()
    vmware = load_estate(Path("environments")).environments["dev"].vmware
    assert code == 0, err
    assert vmware is not None
    assert vmware.admin_cluster is not None
    assert (list(vmware.user_clusters), vmware.vcenter.datastore) == (["batch"], "dev-ds1")
    assert text.startswith("\ufeff") == environment.startswith("\ufeff")
    assert ("\r\n" in text, text.count("\n")) == ("\r\n" in environment, len(text.splitlines()))
    assert [line for line in environment.splitlines() if "#" in line and line not in text] == (
        ["vmware: {location: europe-north1}  # foundation"] if "# foundation" in environment else []
    )


def test_a_failure_half_way_leaves_both_files_as_they_were(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: entries without their cluster would stop the next synth."""
    work.environment()
    before = work.files()
    replace = Path.replace

    def fail(self: Path, target: Any) -> Any:
        if Path(target).parent.name == "environments":
            raise OSError(28, os.strerror(28), str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)

    code, out, err = work.adopt("batch.yaml", *INTO, "--write")

    assert (code, out) == (1, "")
    assert "No space left on device" in err
    assert work.files() == before


def test_a_failure_half_way_puts_the_old_entries_back(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the environment had entries before."""
    work.environment()
    entries = work.folder / REFACTORING
    entries.parent.mkdir()
    entries.write_text("moved: []\n", "utf-8")
    before = work.files()
    write = Path.replace

    def fail(self: Path, target: Any) -> Any:
        if Path(target).name == "dev.yaml" and Path(target).parent.name == "environments":
            raise PermissionError(13, os.strerror(13), str(target))
        return write(self, target)

    monkeypatch.setattr(Path, "replace", fail)

    code, _, err = work.adopt("batch.yaml", *INTO, "--write")

    assert code == 1
    assert "environments/dev.yaml: Permission denied; every file is as it was" in err
    assert work.files() == before


def test_killed_at_any_moment_nothing_would_be_made_twice(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entries without their cluster are refused, and the same command again writes the rest."""
    work.environment()
    with monkeypatch.context() as patch:
        calls = recorded_calls(patch, "operations.adopt.gkectl.adopt")
        work.adopt("batch.yaml", *INTO, "--write")

    states, ends = [], []
    for state in killed(calls, work.folder / "environments"):
        states.append("refactoring/dev.yaml" in state)
        if len(states) == 2:
            with pytest.raises(InvalidInput, match="hybrid adopt wrote it and was stopped, run that again"):
                synth(Path("environments"), [], work.folder / "out")
        work.adopt("batch.yaml", *INTO, "--write")
        ends.append(visible(work.folder / "environments"))

    assert states == [False, True, True]
    assert ends[0] == ends[1] == ends[2] == visible(work.folder / "environments")
