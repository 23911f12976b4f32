"""Import entries beside those that an environment has already."""

from __future__ import annotations

import pytest

from tests.operations.adopt.gkectl.workplace import INTO, Workplace, read_yaml

ADDRESS = "google_gkeonprem_vmware_cluster.UserClusters_batch_8066BE5C"
ID = "projects/kl-dev-host/locations/europe-north1/vmwareClusters/batch"


def refactoring(work: Workplace, text: str) -> None:
    """An environment with these entries."""
    path = work.environment().parent / "refactoring" / "dev.yaml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "# ours\nimport:  # take in\n  - {to: aws_vpc.A_1, id: vpc-1}\n\n# moved\nmoved: []\n",
        "# ours\nimport: [{to: aws_vpc.A_1, id: vpc-1}]\n",
        "# ours\nmoved:\n  - {from: aws_vpc.A_1, to: aws_vpc.B_1}\n",
        "# ours\n{}\n",
        "# ours\n",
    ],
    ids=["block", "brackets", "other entries", "empty mapping", "comments only"],
)
def test_entries_are_added_to_those_that_are_there(work: Workplace, text: str) -> None:
    """With their comments."""
    refactoring(work, text)

    code, _, err = work.adopt("batch.yaml", *INTO, "--write")

    path = work.folder / "environments" / "refactoring" / "dev.yaml"
    written = path.read_text("utf-8")
    entries = read_yaml(path)["import"]
    assert code == 0, err
    assert [entry["id"] for entry in entries][-2:] == [ID, f"{ID}/vmwareNodePools/pool-1"]
    assert [line for line in text.splitlines() if "#" in line and line not in written] == []
    assert ("aws_vpc.A_1" in text) == ("aws_vpc.A_1" in written)


def test_an_entry_that_is_there_already_is_not_repeated(work: Workplace) -> None:
    """Each address once."""
    refactoring(work, f"import:\n  - {{to: {ADDRESS}, id: {ID}}}\n")

    work.adopt("batch.yaml", *INTO, "--write")

    entries = read_yaml(work.folder / "environments" / "refactoring" / "dev.yaml")["import"]
    assert [entry["to"] for entry in entries].count(ADDRESS) == 1
    assert len(entries) == 2


@pytest.mark.parametrize(
    ("text", "block"),
    [
        (f"import:\n  - {{to: {ADDRESS}, id: other}}\n", "import"),
        (f"moved:\n  - {{from: {ADDRESS}, to: google_gkeonprem_vmware_cluster.X_1}}\n", "moved"),
        (f"removed:\n  - {{from: {ADDRESS}, destroy: false, reason: moved out}}\n", "removed"),
    ],
    ids=["another id", "moved away", "removed"],
)
def test_an_address_that_is_used_otherwise_is_refused(work: Workplace, text: str, block: str) -> None:
    """An address stands once; the old entry is spent, or somebody has to think."""
    refactoring(work, text)
    before = work.files()

    said = work.refusal("batch.yaml", *INTO, "--write")

    assert f"environments/refactoring/dev.yaml: {block}: holds an entry for {ADDRESS} already" in said
    assert work.files() == before


def test_a_comment_in_the_brackets_of_entries_is_not_lost(work: Workplace) -> None:
    """The entries have to be written one a line first."""
    refactoring(work, "import: [{to: aws_vpc.A_1, id: vpc-1},  # ours\n  ]\n")

    said = work.refusal("batch.yaml", *INTO, "--write")

    assert "environments/refactoring/dev.yaml: import: has a comment between its braces or brackets" in said


def test_an_environment_that_cannot_be_built_is_refused(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As synth refuses it; what the constructs find is found only then."""

    def cannot(*_: object) -> None:
        raise ValueError("name n has 65 characters, IAM takes 64; shorten the key")

    work.environment()
    monkeypatch.setattr("stacks.app.synthesize", cannot)
    before = work.files()

    said = work.refusal("batch.yaml", *INTO, "--write")

    assert "environments: name n has 65 characters" in said
    assert work.files() == before


def test_an_admin_cluster_alone_has_nothing_to_import(work: Workplace) -> None:
    """It is data, not a resource."""
    path = work.environment(
        "environment: dev\nstate: {local: {}}\ngoogle: {host_project: {id: kl-dev-host, number: 1}, region: europe-north1}\n"
        "fleet: {}\n"
    )

    code, out, err = work.adopt("admin.yaml", *INTO, "--write")

    assert code == 0, err
    assert out == "environments/refactoring/dev.yaml stays as it is\nenvironments/dev.yaml written\n"
    assert not (path.parent / "refactoring").exists()
    assert "terraform plan" not in err
