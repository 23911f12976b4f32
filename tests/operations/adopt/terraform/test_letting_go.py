"""How the other Terraform lets go: each object by one way, and nothing that it keeps."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from operations.adopt.terraform.found import Aside, Found, FoundObject
from operations.adopt.terraform.letting_go import by_blocks, by_commands
from operations.cli import main
from tests.operations.adopt.terraform.states import resource, state, written


def thing(address: str, state_file: str = "0.tfstate") -> FoundObject:
    """An object of a state."""
    return FoundObject(state_file, address, "terraform_data", {})


BOTH = [thing('module.m.terraform_data.both["a"]'), thing('module.m.terraform_data.both["b[0]"]')]
PLAIN = thing("terraform_data.plain")
ONE, ITS_OTHER = thing("terraform_data.some[0]"), thing("terraform_data.some[1]")
IN_A_COPY = thing('module.copies["x"].module.inner.terraform_data.it')
ELSEWHERE = thing("terraform_data.plain", "1.tfstate")
DEPOSED = thing("terraform_data.old")


def test_blocks_name_what_goes_whole() -> None:
    """One instance of two, a module with an index, and what has a deposed object beside it go by command."""
    taken = [*BOTH, PLAIN, ONE, IN_A_COPY, DEPOSED]
    found = Found([*taken, ITS_OTHER, ELSEWHERE], [Aside("0.tfstate", "terraform_data.old[0]", "is deposed")])

    blocks, rest = list(by_blocks([taken, []], found))

    file, plan, apply = blocks[1]
    assert file == (
        "cat > removed.tf <<'END'\n"
        "removed {\n  from = module.m.terraform_data.both\n  lifecycle { destroy = false }\n}\n"
        "removed {\n  from = terraform_data.plain\n  lifecycle { destroy = false }\n}\n"
        "END"
    )
    assert (plan, apply) == ("terraform plan -out=letting-go.plan", "terraform apply letting-go.plan")
    assert "state 1:" in blocks[0]
    assert rest[1] == (
        "terraform state rm 'terraform_data.some[0]' 'module.copies[\"x\"].module.inner.terraform_data.it' terraform_data.old",
    )


def test_where_all_goes_whole_no_command_is_left() -> None:
    """Nor a block where nothing does."""
    assert len(list(by_blocks([[PLAIN]], Found([PLAIN])))) == 1
    assert [commands for _, commands in by_blocks([[ONE]], Found([ONE, ITS_OTHER]))] == [
        ("terraform state rm 'terraform_data.some[0]'",)
    ]


def test_commands_are_short_enough_to_read() -> None:
    """Twenty addresses in one."""
    many = [thing(f"terraform_data.many[{number}]") for number in range(21)]

    ((_, commands),) = by_commands([many])

    assert [len(command.split()) - 3 for command in commands] == [20, 1]


@pytest.mark.skipif(shutil.which("terraform") is None, reason="needs Terraform")
def test_terraform_lets_go_of_exactly_that(tmp_path: Path) -> None:
    """The commands as they are printed, run in a folder whose files say the rest."""
    main_tf = tmp_path / "main.tf"
    keeps = 'resource "terraform_data" "some" { count = 2 }\n'
    main_tf.write_text(f'resource "terraform_data" "both" {{ for_each = toset(["a", "b[0]"]) }}\n{keeps}')

    def run(command: str) -> str:
        done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout

    run("terraform init -no-color && terraform apply -auto-approve -no-color")
    taken = [thing('terraform_data.both["a"]'), thing('terraform_data.both["b[0]"]'), ONE]
    main_tf.write_text(keeps)

    for _, commands in by_blocks([taken], Found([*taken, ITS_OTHER])):
        for command in commands:
            run(command)

    assert run("terraform state list").splitlines() == ["terraform_data.some[1]"]
    assert json.loads((tmp_path / "terraform.tfstate").read_text("utf-8"))["serial"] > 1


def test_the_way_is_chosen_by_an_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The blocks take the place of the command, and come before the apply that takes the objects in."""
    folder = tmp_path / "environments"
    folder.mkdir()
    (folder / "organization.yaml").write_text("{name: nk, domain: nk.no, promotion: [lab]}\n")
    (folder / "lab.yaml").write_text("environment: lab\nstate: {gcs: {bucket: nk-lab-tfstate}}\n")
    (tmp_path / "cdktf.json").write_text("{}")
    monkeypatch.chdir(tmp_path)
    network = {"name": "corp", "project": "p", "id": "projects/nk-host/global/networks/corp"}
    project = {"project_id": "nk-host", "number": "738201945562", "id": "projects/nk-host"}
    subnet = {
        "name": "s",
        "network": network["id"],
        "region": "europe-north1",
        "ip_cidr_range": "10.1.0.0/24",
    }
    here = {"project": "nk-host"}
    written(
        tmp_path,
        state(
            resource("google_project.host", project),
            resource("google_compute_network.corp", {**network, **here, "auto_create_subnetworks": False}),
            resource("google_compute_subnetwork.s", {**subnet, **here}),
        ),
    )

    assert main(["adopt", "terraform", "0.tfstate", "--into", "lab", "--removed"]) == 0

    lines = capsys.readouterr().err.splitlines()
    block = lines.index("  from = google_compute_network.corp")
    assert block < lines.index("     $ cd cdktf.out/stacks/lab && terraform apply")
    assert not [line for line in lines if "terraform state rm google" in line]
