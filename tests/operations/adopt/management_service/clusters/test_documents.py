"""Which documents are taken, and what is said of all others."""

from __future__ import annotations

import pytest

from tests.operations.adopt.management_service.clusters.workplace import (
    CLUSTER,
    FLEET,
    POOL,
    Resource,
    Workplace,
)
from tests.operations.adopt.management_service.documents import changed


def test_documents_in_files_of_their_own(work: Workplace) -> None:
    """As many files as people like, in any order."""
    code, out, _ = work.run(work.write("pool.yaml", POOL), work.write("cluster.yaml", CLUSTER), *FLEET)

    assert code == 0
    assert "+    web:\n" in out


def test_comments_and_marks_between_documents(work: Workplace) -> None:
    """Nothing but comments is no document, and the lines of what follows keep their numbers."""
    text = "# two documents\n---\n\n# only a comment\n...\n--- \n"
    work.write("web.yaml", CLUSTER, POOL)
    both = (work.folder / "web.yaml").read_text("utf-8").replace("2\n", "two\n", 1)

    code, _, err = work.run(work.write("noted.yaml", text + both), *FLEET)

    line = (text + both).splitlines().index("  minNodeCount: two") + 1
    assert code == 2
    assert f'noted.yaml:{line}:17: spec.minNodeCount: must be a whole number, got "two"' in err


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        (["a: [1"], "web.yaml:1:"),
        (["# nothing\n"], "web.yaml: holds no document; `kubectl get awsclusters,awsnodepools"),
        ([{"kind": "List", "items": []}], "web.yaml: holds no document"),
        ([{"kind": "AWSClusterList"}], "web.yaml: holds no document"),
        ([{"kind": "List", "items": ["web"]}], "must be AWSCluster or AWSNodePool, got nothing"),
        ([POOL], "web.yaml: holds no AWSCluster, nor do the other files"),
        ([CLUSTER], "metadata.name: has no AWSNodePool in the files"),
        ([CLUSTER, changed(POOL, "spec", "clusterName", to="other")], "has no AWSNodePool in the files"),
        (
            [CLUSTER, POOL, changed(CLUSTER, "metadata", "name", to="shop")],
            "metadata.name: is one of 2 clusters, web, shop; move one at a time",
        ),
        (
            [CLUSTER, POOL, POOL],
            'metadata.name: is "pool" a second time, as in web.yaml; give each document once',
        ),
        ([CLUSTER, CLUSTER, POOL], 'metadata.name: is "web" a second time'),
        (
            [changed(CLUSTER, "kind", to="AWSManagementService")],
            'kind: must be AWSCluster or AWSNodePool, got "AWSManagementService"; that is the service\'s own document',
        ),
        ([changed(CLUSTER, "kind")], "kind: must be AWSCluster or AWSNodePool, got nothing"),
        (
            [changed(CLUSTER, "apiVersion", to="multicloud.cluster.gke.io/v1alpha1"), POOL],
            'apiVersion: must be multicloud.cluster.gke.io/v1, got "multicloud.cluster.gke.io/v1alpha1"',
        ),
        (
            [changed(CLUSTER, "apiVersion"), POOL],
            "apiVersion: must be multicloud.cluster.gke.io/v1, got nothing",
        ),
        ([changed(CLUSTER, "metadata", "name"), POOL], "metadata.name: is missing; say it as"),
        ([CLUSTER, changed(POOL, "spec", "clusterName")], "spec.clusterName: is missing; say it as"),
        (
            [changed(CLUSTER, "metadata", "name", to="web; reboot"), POOL],
            'metadata.name: must be lower-case letters, digits, dots and hyphens, a letter or digit at each end, got "web; reboot"',
        ),
        (["kind: x\n---\n" * 201], "web.yaml: holds more than 200 documents; give those of one cluster"),
    ],
    ids=[
        "no yaml",
        "nothing",
        "empty list",
        "list without items",
        "list of texts",
        "no cluster",
        "no pool",
        "pool of another cluster",
        "two clusters",
        "pool twice",
        "cluster twice",
        "the service's document",
        "no kind",
        "another version",
        "no version",
        "no name",
        "pool of no cluster",
        "a name that is a command",
        "too many",
    ],
)
def test_what_is_refused(work: Workplace, documents: list[Resource | str], message: str) -> None:
    """At its place in the file, before an environment is asked for."""
    assert message in work.refusal(*documents)


def test_a_file_that_is_not_there(work: Workplace) -> None:
    """Beside what is wrong with the others."""
    code, _, err = work.run("missing.yaml", work.write("web.yaml", "a: [1"), *FLEET)

    assert code == 2
    assert "missing.yaml: does not exist" in err
    assert "web.yaml:1:" in err
