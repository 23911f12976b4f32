"""Rules across files, where one file is wrong: the mistake is reported, and nothing that follows from it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from estate.model.rules import Path as ValuePath
from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput
from estate.reading.pruning import value_at
from estate.reading.yaml_source import read
from tests.example import ENVIRONMENTS, NAMES
from tests.model.access.estates import SEEIENDOM
from tests.model.vmware.documents import ADMIN, CLUSTER, SECTION, changed, moved

pytestmark = pytest.mark.unmeasured

GIT = {"git": {"repo": "https://git.example.com/config.git", "secret_type": "token"}}
HOST = {"id": "kl-host", "number": 123456789012}
FILES: dict[str, dict[str, Any]] = {
    "organization": {
        "name": "kl",
        "domain": "example.com",
        "promotion": ["dev", "prod"],
        "platform_team": {"group": "platform@example.com"},
        "teams": {"seeiendom": {key: SEEIENDOM[key] for key in ("group", "namespace_prefix", "access")}},
        "break_glass": {
            "alice": {
                "user": "alice@example.com",
                "environments": ["prod"],
                "expires": "2027-01-31",
                "reason": "on call",
            }
        },
        "google_groups": {"nesting": {"group_id": "groups/01opuj5n2abcdef", "environment": "dev"}},
    },
    "dev": {
        "environment": "dev",
        "state": {"local": {}},
        "google": {"host_project": {**HOST, "owner": "prod"}, "region": "europe-north1"},
        "vmware": {
            "location": "europe-north1",
            "admin_cluster": ADMIN,
            "user_clusters": {"apps": moved(CLUSTER, "10.22.0")},
        },
        "fleet": {"features": {"config_sync": GIT}},
    },
    "prod": {
        "environment": "prod",
        "state": {"local": {}},
        "google": {
            "host_project": HOST,
            "region": "europe-north1",
            "services": ["cloudidentity.googleapis.com"],
        },
        "vmware": changed(SECTION, user_clusters__apps__name="kl-prod-apps"),
        "fleet": {"features": {"config_sync": GIT}},
    },
}
"""Two environments that share a host project, its fleet and an admin cluster."""


def problems(folder: Path, files: dict[str, dict[str, Any]]) -> list[str]:
    """What is wrong with these files."""
    for name, document in files.items():
        (folder / f"{name}.yaml").write_text(json.dumps(document))
    try:
        load_estate(folder)
    except InvalidInput as invalid:
        return [str(problem) for problem in invalid.problems]
    return []


def fresh() -> dict[str, dict[str, Any]]:
    """A copy of the files in which no two share anything."""
    files: dict[str, dict[str, Any]] = json.loads(json.dumps(FILES))
    return files


def places(value: Any, path: ValuePath = ()) -> Iterator[ValuePath]:
    """Yield the path of every value below ``value``."""
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in entries:
        yield (*path, key)
        yield from places(inner, (*path, key))


def test_the_files_are_right_as_they_stand(tmp_path: Path) -> None:
    """So that whatever is reported below follows from one mistake."""
    assert problems(tmp_path, FILES) == []


@pytest.mark.parametrize("name", FILES)
def test_one_wrong_value_is_one_problem(name: str, tmp_path: Path) -> None:
    """A rule that complains of what is there, but wrong, names it in ``Violation.absent``."""
    several = []

    for *above, last in places(FILES[name]):
        files = fresh()
        value_at(files[name], tuple(above))[last] = "\N{SECTION SIGN} %"
        found = problems(tmp_path, files)
        several += [[*above, last, *found]] if len(found) > 1 else []

    assert several == []


@pytest.mark.parametrize(
    "path",
    [
        "dev.fleet",
        "dev.google",
        "dev.google.host_project",
        "dev.google.host_project.owner",
        "dev.vmware",
        "dev.vmware.user_clusters",
        "prod.fleet",
        "prod.fleet.features",
        "prod.fleet.features.config_sync",
        "prod.google",
        "prod.google.services",
        "prod.google.host_project",
        "prod.vmware",
        "prod.vmware.user_clusters.apps.name",
        "organization.name",
        "organization.domain",
        "organization.promotion",
        "organization.teams",
        "organization.platform_team",
    ],
)
def test_one_mistyped_key_is_one_problem(path: str, tmp_path: Path) -> None:
    """What an unknown key was meant to be is not missing as well, in no file."""
    files = fresh()
    name, *above, last = path.split(".")
    section = value_at(files[name], tuple(above))
    section[f"{last}s"] = section.pop(last)

    [problem] = problems(tmp_path, files)

    assert f"did you mean {last}?" in problem


UNREADABLE = {
    "a tab": "environment: x\n\tstate: 1\n",
    "no mapping": "- nothing\n",
    "nothing": "",
    "a merge that was not finished": "<<<<<<< HEAD\nstate: 1\n=======\nstate: 2\n>>>>>>> b\n",
    "wrong all through": json.dumps({f"key{number}": number for number in range(500)}),
}
"""Contents of which nothing, or next to nothing, can be known."""


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("name", FILES)
def test_an_unreadable_file_makes_no_mistake_in_another(name: str, content: str, tmp_path: Path) -> None:
    """What it says is unknown, so nobody is told to leave out what rests on it."""
    for other, document in FILES.items():
        (tmp_path / f"{other}.yaml").write_text(json.dumps(document))
    (tmp_path / f"{name}.yaml").write_text(content)

    assert mistaken(tmp_path) == {f"{tmp_path}/{name}.yaml"}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("name", [*NAMES, "organization"])
def test_no_file_of_the_estate_suffers_from_another(name: str, content: str, tmp_path: Path) -> None:
    """The same where environments share less."""
    folder = copied(tmp_path)
    (folder / f"{name}.yaml").write_text(content)

    assert mistaken(folder) == {f"{folder}/{name}.yaml"}


@pytest.mark.parametrize("name", [*NAMES, "organization"])
def test_no_file_of_the_estate_suffers_from_a_mistyped_key_of_another(name: str, tmp_path: Path) -> None:
    """Each key at the top of the file, in turn."""
    folder = copied(tmp_path)
    text = (folder / f"{name}.yaml").read_text()
    keys = re.findall(r"^(\w+):", text, re.MULTILINE)
    assert keys

    for key in keys:
        (folder / f"{name}.yaml").write_text(re.sub(rf"^{key}:", f"{key}x:", text, flags=re.MULTILINE))
        assert mistaken(folder) == {f"{folder}/{name}.yaml"}, key


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_the_wrong_ending_makes_no_mistake_in_another(name: str, tmp_path: Path) -> None:
    """It is not read either."""
    for other, document in FILES.items():
        (tmp_path / f"{other}.yaml").write_text(json.dumps(document))
    (tmp_path / f"{name}.yaml").rename(tmp_path / f"{name}.yml")

    assert mistaken(tmp_path) == {f"{tmp_path}/{name}.yml"}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_owner_of_tags_makes_no_mistake_in_another(content: str, tmp_path: Path) -> None:
    """Whether it makes the categories is unknown."""
    files = fresh()
    sandbox = read(ENVIRONMENTS / "sandbox.yaml", "sandbox").data
    files["dev"] = {**sandbox, "environment": "dev"}
    files["dev"]["vmware"]["vsphere"]["tags"] = {"owner": "prod"}
    del files["organization"]["google_groups"]
    for other, document in files.items():
        (tmp_path / f"{other}.yaml").write_text(json.dumps(document))
    (tmp_path / "prod.yaml").write_text(content)

    assert mistaken(tmp_path) == {f"{tmp_path}/prod.yaml"}


@pytest.mark.parametrize("order", ["lab, sandbox, dev, test, prod", "sandbox, dev, test, prod, lab"])
@pytest.mark.parametrize("name", NAMES)
def test_a_copied_environment_is_told_and_not_the_one_that_runs(
    name: str, order: str, tmp_path: Path
) -> None:
    """Nothing is recorded of the copy, wherever it stands in promotion order."""
    folder = copied(tmp_path)
    copy_as_lab(folder, name, order)

    assert mistaken(folder) == {f"{folder}/lab.yaml"}


@pytest.mark.parametrize("recorded", [[], ["lab", "prod"], ["lab-attach", "prod-attach"]])
def test_of_two_that_are_alike_the_later_is_told(recorded: list[str], tmp_path: Path) -> None:
    """Both are recorded, if by one of their stacks, or neither is."""
    folder = copied(tmp_path)
    copy_as_lab(folder, "prod", "lab, sandbox, dev, test, prod")
    shutil.rmtree(folder / "stateful")
    for stack in recorded:
        (folder / "stateful").mkdir(exist_ok=True)
        (folder / "stateful" / f"{stack}.txt").touch()

    assert mistaken(folder) == {f"{folder}/prod.yaml"}


def copy_as_lab(folder: Path, name: str, order: str) -> None:
    """Copy an environment, and change nothing but what it is called."""
    text = (folder / f"{name}.yaml").read_text()
    (folder / "lab.yaml").write_text(text.replace(f"environment: {name}\n", "environment: lab\n"))
    shared = (folder / "organization.yaml").read_text()
    (folder / "organization.yaml").write_text(shared.replace(", ".join(NAMES), order))


def copied(folder: Path) -> Path:
    """A copy of the estate's files, which may be changed."""
    return Path(
        shutil.copytree(ENVIRONMENTS, folder / "environments", ignore=shutil.ignore_patterns("snapshots"))
    )


def mistaken(folder: Path) -> set[str]:
    """The files in which something is wrong."""
    with pytest.raises(InvalidInput) as refused:
        load_estate(folder)
    return {problem.file for problem in refused.value.problems}
