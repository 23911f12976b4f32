"""What leaves a tree although workloads go with it: refused, until somebody released it."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.cli import main
from tests.operations.estate_folder import copied_environments

Capture = pytest.CaptureFixture[str]

ORGANIZATION = "environments/organization.yaml"
RECORD = Path("environments/stateful/clusters/dev.txt")
ENTRIES = Path("environments/refactoring/dev.yaml")
GONE = ["apps/Namespace/seeiendom-api", "cloud/Namespace/seeiendom-api"]


def changed(file: str, old: str, new: str) -> None:
    """Change a file in one place."""
    path = Path(file)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def released(*objects: str, file: Path = ENTRIES) -> None:
    """Let objects go."""
    file.parent.mkdir(exist_ok=True)
    lines = [f'  - {{object: "{one}", reason: moved out}}\n' for one in objects]
    file.write_text("".join(["released:\n", *lines]), "utf-8")


def lines() -> list[str]:
    """What is recorded for dev."""
    return [line for line in RECORD.read_text("utf-8").splitlines() if not line.startswith("#")]


def run(capsys: Capture, *words: str) -> tuple[int, list[str]]:
    """What a command on dev ends with, and prints."""
    code = main(["manifests", "dev", *words])
    said = capsys.readouterr()
    return code, [
        line for line in (said.out + said.err).splitlines() if not line.endswith("nothing was written")
    ]


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """The example with its tree and records."""
    copied_environments(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "--write")[0] == 0


@pytest.fixture(name="removed")
def _removed() -> None:
    """A team gives up one of its namespaces."""
    changed(ORGANIZATION, "[seeiendom-web, seeiendom-api]", "[seeiendom-web]")


def test_what_is_kept_is_recorded(capsys: Capture) -> None:
    """Every namespace of every cluster, once it is in the tree; a record that is gone is missed."""
    RECORD.unlink()

    missing = run(capsys, "--check")
    written = run(capsys, "--write")

    assert missing == (3, [f"{RECORD}: is missing; hybrid manifests --write makes it"])
    assert written[1][0] == f"{RECORD} written"
    assert [one for one in lines() if "/Namespace/" in one] == [
        f"{cluster}/Namespace/{name}"
        for cluster in ("apps", "cloud")
        for name in ("grunnbok-batch", "seeiendom-api", "seeiendom-web")
    ]
    assert run(capsys, "--check")[0] == 0


def test_what_is_new_has_to_be_recorded(capsys: Capture) -> None:
    """In the same pull request."""
    changed(ORGANIZATION, "[grunnbok-batch]", "[grunnbok-batch, grunnbok-web]")

    code, said = run(capsys, "--check")

    assert code == 3
    assert said[0] == f"{RECORD}: is not what the files say; hybrid manifests --write renews it"
    assert "+apps/Namespace/grunnbok-web" in said


@pytest.mark.usefixtures("removed")
def test_what_nobody_released_is_not_lost(capsys: Capture) -> None:
    """Nothing is written; every object is said, and the entry that lets it go."""
    before = lines()

    shown, written, checked = run(capsys), run(capsys, "--write"), run(capsys, "--check")

    assert (shown[0], written[0], checked[0]) == (2, 2, 3)
    assert [line.split(" is in the cluster")[0] for line in written[1]] == [
        f"{RECORD}: {one}" for one in GONE
    ]
    assert (
        "let it go in environments/refactoring/dev.yaml: released: [{object: apps/Namespace/seeiendom-api, reason: ...}]"
        in written[1][0]
    )
    assert checked[1][:2] == written[1] == shown[1]
    assert lines() == before
    assert "seeiendom-api" in Path("clusters/dev/apps/synced/10-namespaces.yaml").read_text("utf-8")


@pytest.mark.usefixtures("removed")
def test_what_is_released_goes(capsys: Capture) -> None:
    """From the tree and from the record; the entry may stand until somebody takes it out."""
    released(*GONE)

    assert run(capsys, "--write")[0] == 0
    assert not set(GONE) & set(lines())
    assert "seeiendom-api" not in Path("clusters/dev/apps/synced/10-namespaces.yaml").read_text("utf-8")
    assert run(capsys, "--check") == (0, ["the tree is what the files say"])


@pytest.mark.usefixtures("removed")
def test_an_entry_releases_what_it_names_alone(capsys: Capture) -> None:
    """One cluster's namespace is not another's."""
    released(GONE[0])

    code, said = run(capsys, "--write")

    assert code == 2
    assert [line.split(" is in the cluster")[0] for line in said] == [f"{RECORD}: {GONE[1]}"]


@pytest.mark.parametrize("entry", ["apps/Namespace/seeiendom-web", "apps"], ids=["object", "cluster"])
def test_nothing_is_released_that_is_there(capsys: Capture, entry: str) -> None:
    """So an entry of before lets nothing go that comes again."""
    released(entry)

    code, said = run(capsys, "--write")

    assert code == 2
    assert said == [
        f"{ENTRIES}: released[0].object: {entry} is still asked for; take the entry out, or what asks for it"
    ]


def test_a_cluster_that_is_gone_is_released_as_a_whole(capsys: Capture) -> None:
    """By its key, once it is a member no more."""
    RECORD.write_text(RECORD.read_text("utf-8") + "old/Namespace/web\nold/AppProject/argocd/web\n", "utf-8")
    refused = run(capsys, "--write")
    released("old")

    assert (refused[0], len(refused[1])) == (2, 2)
    assert run(capsys, "--write")[0] == 0
    assert not any(line.startswith("old/") for line in lines())


SET = "apps/ApplicationSet/argocd/seeiendom-apps"
READ = f"{SET} reads https://git.example.com/seeiendom/apps.git main env/dev/apps/seeiendom-*"
_URL = "https://git.example.com/seeiendom/apps.git"
_TEAM = "    namespace_prefix: seeiendom-\n"


def _said(said: list[str]) -> list[str]:
    return [line.partition("; ")[0] for line in said]


@pytest.fixture(name="synced")
def _synced(capsys: Capture) -> None:
    """A team has a repository, which Argo CD reads."""
    changed(
        ORGANIZATION, "gitops: ", "argo_cd: {repo: https://git.example.com/platform/clusters.git}\ngitops: "
    )
    changed(ORGANIZATION, _TEAM, f"{_TEAM}    apps_repo: {{url: {_URL}}}\n")
    changed("environments/dev.yaml", "\nfleet:\n", "\nfleet:\n  argo_cd:\n    autosync: true\n")
    assert run(capsys, "--write")[0] == 0


@pytest.mark.usefixtures("synced")
@pytest.mark.parametrize(
    "change",
    [
        (_URL, "https://git.example.com/seeiendom/other.git"),
        (_URL, f"{_URL}, revision: stable"),
    ],
    ids=["url", "revision"],
)
def test_what_a_set_reads_is_recorded(capsys: Capture, change: tuple[str, str]) -> None:
    """Where what runs goes with a directory; every set that reads something else is said, until somebody lets it go."""
    assert READ in lines()
    changed(ORGANIZATION, *change)

    code, said = run(capsys, "--write")
    released(READ, READ.replace("apps/", "cloud/", 1).replace("dev/apps", "dev/cloud"))

    assert code == 2
    read = READ.partition(" reads ")[2]
    assert _said(said)[0] == (
        f"{RECORD}: {SET} no longer reads {read}, and Argo CD deletes what runs of it, workloads with their data"
    )
    assert len(said) == 2
    assert run(capsys, "--write")[0] == 0
    assert READ not in lines()
    assert run(capsys, "--check")[0] == 0


@pytest.mark.usefixtures("synced")
def test_nothing_goes_with_a_directory_where_nothing_is_pruned(capsys: Capture) -> None:
    """Switched off before; in the change that reads something else it would be too late."""
    changed("environments/dev.yaml", "  argo_cd:\n", "  argo_cd:\n    prune: false\n")
    other = (_URL, "https://git.example.com/seeiendom/other.git")
    changed(ORGANIZATION, *other)
    together = run(capsys, "--write")
    changed(ORGANIZATION, *reversed(other))
    before = run(capsys, "--write")
    changed(ORGANIZATION, *other)

    assert (together[0], len(together[1])) == (2, 2)
    assert before[0] == 0
    assert not [line for line in lines() if " reads " in line]
    assert run(capsys, "--write")[0] == 0


@pytest.mark.usefixtures("synced")
def test_a_set_that_is_lost_is_said_once(capsys: Capture) -> None:
    """Not what it read, too."""
    changed(ORGANIZATION, f"    apps_repo: {{url: {_URL}}}\n", "")

    _, said = run(capsys, "--write")

    assert not [line for line in said if "no longer reads" in line]
    assert any(SET in line for line in said)


def test_an_entry_stands_with_its_environment(capsys: Capture) -> None:
    """A companion stack is Terraform's alone."""
    file = Path("environments/refactoring/prod-attach.yaml")
    released("old", file=file)

    main(["manifests", "prod", "--write"])

    why = "is for the stack alone; clusters' objects are released in refactoring/prod.yaml"
    assert capsys.readouterr().err.startswith(f"{file}: released: {why}\n")


@pytest.mark.usefixtures("removed")
def test_a_throw_away_environment_keeps_nothing(capsys: Capture) -> None:
    """As with what Terraform may not destroy: deletion_protection: false lets all of it go."""
    path = Path("environments/dev.yaml")
    path.write_text(f"{path.read_text('utf-8')}\ndeletion_protection: false\n", "utf-8")

    assert run(capsys, "--write")[0] == 0
    assert lines() == []
