"""Loading a whole folder: every mistake of every file, and nothing but the model is imported."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.rules import Path as ValuePath
from estate.reading.estate_loader import load_estate
from estate.reading.loader import validate
from estate.reading.problems import InvalidInput
from estate.reading.pruning import value_at
from estate.reading.yaml_source import read
from tests.example import ENVIRONMENTS, NAMES
from tests.source import ROOT

ORGANIZATION = "name: kl\ndomain: example.com\npromotion: [sandbox, dev]\n"


def environment(name: str, second: int) -> str:
    """Return an environment whose VPC is 10.<second>.0.0/16."""
    return (
        f'environment: {name}\nstate: {{local: {{}}}}\naws:\n  region: eu-west-1\n  account_id: "012345678901"\n'
        f"  management_vpc:\n    cidr: 10.{second}.0.0/16\n    zones:\n"
        f"      eu-west-1a: {{private: 10.{second}.1.0/24, public: 10.{second}.4.0/24}}\n"
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two valid environments, below the current one."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "environments"
    path.mkdir()
    (path / "organization.yaml").write_text(ORGANIZATION)
    (path / "sandbox.yaml").write_text(environment("sandbox", 0))
    (path / "dev.yaml").write_text(environment("dev", 16))
    return path


def replace(path: Path, old: str, new: str) -> None:
    """Change a file as a person would."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def add(folder: Path, name: str, text: str) -> None:
    """Write a file, with the folder it stands in."""
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text)


def problems(folder: Path, *names: str) -> list[str]:
    """Return the rendered problems of an estate that is refused."""
    with pytest.raises(InvalidInput) as refused:
        load_estate(folder, names or None)
    return [str(problem) for problem in refused.value.problems]


def test_reads_all_in_promotion_order(folder: Path) -> None:
    """The order is the organization's, not the alphabet's; a refactoring file is optional."""
    add(folder, "refactoring/dev.yaml", "removed: [{from: a.B, destroy: false, reason: gone}]\n")
    add(folder, "refactoring/sandbox.yaml", "# all spent\n")
    add(folder, "refactoring/README.md", "what these are\n")
    add(folder, "stateful/dev.txt", "a.B\n")
    add(folder, ".hidden.yaml", "not ours\n")

    estate = load_estate(folder)

    assert estate.organization.name == "kl"
    assert list(estate.environments) == ["sandbox", "dev"]
    assert [entry.reason for entry in estate.refactorings["dev"].removed] == ["gone"]
    assert estate.refactorings["sandbox"].removed == ()


def test_returns_and_checks_the_environments_not_asked_for(folder: Path) -> None:
    """Rules cross environments, so asking for one keeps all, and a mistake anywhere stops everything."""
    assert list(load_estate(folder, ["dev"]).environments) == ["sandbox", "dev"]

    replace(folder / "sandbox.yaml", "local", "lokal")

    assert problems(folder, "dev") == [
        "environments/sandbox.yaml:2:9: state.lokal: unknown key; did you mean local? "
        "(allowed here: gcs, local, s3)",
    ]


def test_names_files_outside_the_current_folder_in_full(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A relative path would have to climb."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    (folder / "dev.yaml").write_text("")

    assert problems(folder) == [f"{folder / 'dev.yaml'}: is empty; must hold a mapping (key: value)"]


def test_reports_the_mistakes_of_all_files_at_once(folder: Path) -> None:
    """Unreadable, not YAML, wrong field, wrong rule, wrong across files: one list."""
    replace(folder / "organization.yaml", "example.com", "Example")
    replace(folder / "organization.yaml", "dev]", "dev, test, prod]")
    replace(folder / "sandbox.yaml", "eu-west-1a:", "eu-west-2a:")
    replace(folder / "dev.yaml", "10.16.0.0/16", "10.0.0.0/9")
    replace(folder / "dev.yaml", "state: {local: {}}", "state: {}")
    add(folder, "test.yaml", "environment: test\n\tstate: 1\n")
    add(folder, "prod.yaml", environment("prod", 64).replace("environment: prod", "environment: no"))
    add(folder, "refactoring/dev.yaml", "moved: [{from: a.B, to: a.B}]\n")

    assert problems(folder) == [
        "environments/dev.yaml:2:1: state: must name exactly one of gcs, s3 and local, got none; "
        "write for example local: {}",
        "environments/dev.yaml:7:11: aws.management_vpc.cidr: must be between /16 and /28, got 10.0.0.0/9",
        'environments/organization.yaml:2:9: domain: must be a domain in lower case such as example.com, got "Example"',
        'environments/prod.yaml:1:14: environment: YAML reads no as false; quote it: "no"',
        'environments/prod.yaml:1:14: environment: must be prod, as the file is named, got "no"; '
        "change it or rename the file",
        "environments/refactoring/dev.yaml:1:25: moved[0].to: must differ from from, got a.B for both",
        "environments/sandbox.yaml:9:7: aws.management_vpc.zones.eu-west-2a: must be a zone of region eu-west-1, "
        "got eu-west-2a; for example eu-west-1a",
        "environments/test.yaml:2:1: is indented with a tab, which YAML does not allow; use spaces",
    ]


def test_reports_rules_that_cross_files(folder: Path) -> None:
    """The file and the place to change are named as for any other mistake."""
    (folder / "dev.yaml").write_text(environment("dev", 0))

    assert problems(folder) == [
        "environments/dev.yaml:7:11: aws.management_vpc.cidr: must not overlap a range of another environment, "
        "got 10.0.0.0/16, which overlaps aws.management_vpc.cidr 10.0.0.0/16 of sandbox; choose a free range"
    ]


def test_rules_that_cross_files_see_what_is_right_of_each(folder: Path) -> None:
    """A mistake in one section, or in the organization, does not hide an overlap elsewhere."""
    (folder / "dev.yaml").write_text(
        environment("dev", 0).replace("state: {local: {}}", "state: 7\nlabels: 8")
    )
    (folder / "organization.yaml").write_text("- no organization\n")

    assert [line.partition(": must")[0] for line in problems(folder)] == [
        "environments/dev.yaml:2:8: state",
        "environments/dev.yaml:3:9: labels",
        "environments/organization.yaml:1:1",
        "environments/sandbox.yaml:7:11: aws.management_vpc.cidr",
    ]


def test_environment_is_named_as_its_file(folder: Path) -> None:
    """A copied file whose name inside was forgotten would plan against another environment's state."""
    replace(folder / "dev.yaml", "environment: dev", "environment: sandbox")

    assert problems(folder) == [
        'environments/dev.yaml:1:14: environment: must be dev, as the file is named, got "sandbox"; '
        "change it or rename the file"
    ]


def test_environment_without_a_name_is_told_so_once(folder: Path) -> None:
    """The missing key is the mistake; that it differs from the file's name is not another."""
    replace(folder / "dev.yaml", "environment: dev\n", "")

    assert problems(folder) == [
        "environments/dev.yaml:1:1: environment: is missing; add it (name of the environment, the same as its file's)"
    ]


def test_promotion_names_a_file_that_is_not_there(folder: Path) -> None:
    """A typing mistake is one problem, not also that the file has no place."""
    replace(folder / "organization.yaml", "sandbox", "sandbx")
    replace(folder / "organization.yaml", "dev", "dev, prod")

    assert problems(folder) == [
        "environments/organization.yaml:3:13: promotion[0]: names sandbx, but there is no "
        "environments/sandbx.yaml; did you mean sandbox?",
        "environments/organization.yaml:3:26: promotion[2]: names prod, but there is no "
        "environments/prod.yaml; add the file or take the name out",
    ]


def test_file_without_a_place_in_the_promotion_order(folder: Path) -> None:
    """An environment that nothing is promoted to or from was forgotten in organization.yaml."""
    add(folder, "test.yaml", environment("test", 32))

    assert problems(folder) == [
        "environments/test.yaml: has no place in the promotion order; "
        "add test to promotion in environments/organization.yaml"
    ]


def test_wrong_promotion_says_nothing_about_files(folder: Path) -> None:
    """Which files it would have named is unknown."""
    replace(folder / "organization.yaml", "[sandbox, dev]", "sandbox")

    assert problems(folder) == [
        'environments/organization.yaml:3:12: promotion: must be a list, got "sandbox"; put it in brackets: [sandbox]'
    ]


def test_other_endings_are_to_be_renamed(folder: Path) -> None:
    """A file that nobody reads would be an environment that vanished."""
    (folder / "dev.yaml").rename(folder / "dev.yml")
    add(folder, "sandbox.YAML", "")
    add(folder, "refactoring/dev.yml", "")
    add(folder, "stateful/dev.yaml", "")
    add(folder, "stateful/sandbox.txt", "")

    assert problems(folder) == [
        "environments/dev.yml: must end in .yaml; rename it to dev.yaml",
        "environments/refactoring/dev.yml: must end in .yaml; rename it to dev.yaml",
        "environments/sandbox.YAML: is not read, sandbox.yaml is; delete one of the two",
        "environments/stateful/dev.yaml: must end in .txt; rename it to dev.txt",
    ]


def test_misnamed_organization_is_not_also_missing(folder: Path) -> None:
    """One mistake, one problem."""
    (folder / "organization.yaml").rename(folder / "organization.yml")

    assert problems(folder) == [
        "environments/organization.yml: must end in .yaml; rename it to organization.yaml"
    ]


def test_missing_organization(folder: Path) -> None:
    """It says what to write."""
    (folder / "organization.yaml").unlink()

    assert problems(folder) == [
        "environments/organization.yaml: does not exist; write it, with name, domain and promotion "
        "(the environments in order)"
    ]


def test_nothing_to_stand_in_for_the_organization(folder: Path) -> None:
    """When not even the files' names make an organization, what was found in the files is still told."""
    replace(folder / "organization.yaml", "promotion: [sandbox, dev]\n", "")
    (folder / "dev.yaml").rename(folder / "De v.yaml")
    replace(folder / "sandbox.yaml", "local", "lokal")

    assert [line.partition(": is")[0].partition(": must")[0] for line in problems(folder)] == [
        "environments/De v.yaml:1:14: environment",
        "environments/organization.yaml:1:1: promotion",
        "environments/sandbox.yaml:2:9: state.lokal: unknown key; did you mean local? (allowed here: gcs, local, s3)",
    ]


def test_companions_of_environments_that_do_not_exist(folder: Path) -> None:
    """A mistyped or left-over name would silently do nothing."""
    add(folder, "refactoring/sandbx.yaml", "")
    add(folder, "refactoring/old.yaml", "")
    add(folder, "stateful/old.txt", "")

    assert problems(folder) == [
        "environments/refactoring/old.yaml: is for environment old, which does not exist; rename or delete the file",
        "environments/refactoring/sandbx.yaml: is for environment sandbx, which does not exist; did you mean sandbox?",
        "environments/stateful/old.txt: is for environment old, which does not exist; "
        "delete the file once nothing of that environment is left",
    ]


def test_wanted_environment_that_does_not_exist(folder: Path) -> None:
    """The nearest name is offered, and all there are."""
    assert problems(folder, "sandbx", "dev", "quality") == [
        'environments: holds no environment "quality" (there are: dev, sandbox)',
        'environments: holds no environment "sandbx"; did you mean sandbox? (there are: dev, sandbox)',
    ]


def test_folder_without_environments(folder: Path) -> None:
    """It says how to begin."""
    (folder / "dev.yaml").unlink()
    (folder / "sandbox.yaml").unlink()

    assert problems(folder, "dev") == [
        f"environments: holds no environment (looked in {folder.absolute()}); write one, for example sandbox.yaml, "
        "and name it under promotion in organization.yaml"
    ]


def test_folder_that_does_not_exist(folder: Path) -> None:
    """Mostly the command is run elsewhere than somebody thinks, so the whole path is said."""
    assert problems(folder / "nowhere") == [
        f"environments/nowhere: is no folder (looked for {folder.absolute()}/nowhere); run this in the folder that "
        "holds environments/, or name another with --folder"
    ]


def places(value: Any, path: ValuePath = ()) -> Iterator[ValuePath]:
    """Yield the path of every value below ``value``."""
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in entries:
        yield (*path, key)
        yield from places(inner, (*path, key))


FULLEST = "prod"
"""The environment that has most of what there is: in the others, only what it lacks is spoiled."""


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", NAMES)
def test_one_wrong_value_is_one_problem(name: str, tmp_path: Path) -> None:
    """A rule that complains of what is there, but wrong, names it in ``Violation.absent``."""
    document, fullest = (read(ENVIRONMENTS / f"{one}.yaml", one).data for one in (name, FULLEST))
    there = {*places(fullest)} if name != FULLEST else set()
    asked = [path for path in places(document) if path not in there]
    several = []

    assert asked
    for *above, last in asked:
        spoiled = copy.deepcopy(document)
        value_at(spoiled, tuple(above))[last] = "\N{SECTION SIGN} %"
        (tmp_path / "f.yaml").write_text(json.dumps(spoiled))
        problems = validate(read(tmp_path / "f.yaml", name), Environment, {"environment": name}).problems
        several += [[*above, last, *problems]] if len(problems) > 1 else []

    assert several == []


def test_loading_imports_neither_cdktf_nor_jsii() -> None:
    """Whoever only checks files does not wait for Node, nor for what only prints or exports."""
    script = (
        "import sys; from pathlib import Path; from estate.reading.estate_loader import load_estate; "
        "load_estate(Path('tests/estate')); "
        "print({name.partition('.')[0] for name in sys.modules} "
        "& {'cdktf', 'jsii', 'constructs', 'rich', 'typer', 'jsonschema', 'operations'})"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout == "set()\n"
