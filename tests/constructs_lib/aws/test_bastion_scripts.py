"""The scripts of the bastion, run for real with stand-ins for ssh, aws and apt on the path."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from constructs_lib.aws.bastion_scripts import (
    USER_DATA,
    session_manager_tunnel_script,
    ssh_tunnel_script,
)

SSH = ssh_tunnel_script(public_ip="198.51.100.7", instance_id="i-0123456789abcdef0")
SESSION_MANAGER = session_manager_tunnel_script(region="eu-west-1", instance_id="i-0123456789abcdef0")

RECORDER = """\
#!/bin/sh
for argument in "$0" "$@"; do printf '%s\\n' "$argument"; done > "$RECORD"
"""


def run(tmp_path: Path, script: str, *arguments: str) -> list[str]:
    """Run a script; gives the name and arguments of the ssh or aws that it became."""
    for name in ("ssh", "aws"):
        (tmp_path / name).write_text(RECORDER)
        (tmp_path / name).chmod(0o755)
    (tmp_path / "bastion-tunnel.sh").write_text(script)
    record = tmp_path / "record"
    environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "RECORD": str(record)}
    subprocess.run(["sh", str(tmp_path / "bastion-tunnel.sh"), *arguments], env=environment, check=True)
    program, *rest = record.read_text().splitlines()
    return [Path(program).name, *rest]


@pytest.mark.parametrize(
    "script", [SSH, SESSION_MANAGER, USER_DATA], ids=["ssh", "session manager", "user data"]
)
def test_is_a_shell_script_that_terraform_leaves_alone(script: str) -> None:
    """It parses, ends with a newline, and holds nothing that Terraform would take for its own."""
    checked = subprocess.run(["sh", "-n"], input=script, text=True, capture_output=True, check=False)

    assert (checked.returncode, checked.stderr) == (0, "")
    assert script.startswith("#!/bin/sh\n")
    assert script.endswith("\n")
    assert "${" not in script
    assert "%{" not in script


def test_ssh_forwards_the_proxy_s_port_from_loopback_to_loopback(tmp_path: Path) -> None:
    """Nobody else at the person's end can use the tunnel, and no shell is opened."""
    assert run(tmp_path, SSH) == [
        "ssh",
        "-N",
        "-L",
        "127.0.0.1:8118:127.0.0.1:8118",
        "-o",
        "ExitOnForwardFailure=yes",
        "-o",
        "ServerAliveInterval=30",
        "-o",
        "HostKeyAlias=i-0123456789abcdef0",
        "ubuntu@198.51.100.7",
    ]


def test_ssh_takes_options_of_the_person_s_own(tmp_path: Path) -> None:
    """A key file with a space in its name, and the -N that people are used to, arrive as they are."""
    argv = run(tmp_path, SSH, "-N", "-i", "my keys/bastion")

    assert argv[-4:] == ["-N", "-i", "my keys/bastion", "ubuntu@198.51.100.7"]


def test_session_manager_forwards_the_proxy_s_port(tmp_path: Path) -> None:
    """The ports arrive as the JSON that the document takes: lists of strings."""
    argv = run(tmp_path, SESSION_MANAGER, "--profile", "my profile")

    parameters = json.loads(argv.pop(argv.index("--parameters") + 1))
    assert parameters == {"portNumber": ["8118"], "localPortNumber": ["8118"]}
    assert argv == [
        "aws",
        "ssm",
        "start-session",
        "--region",
        "eu-west-1",
        "--target",
        "i-0123456789abcdef0",
        "--document-name",
        "AWS-StartPortForwardingSession",
        "--parameters",
        "--profile",
        "my profile",
    ]


def first_start(tmp_path: Path, apt_get: str) -> subprocess.CompletedProcess[str]:
    """Run the user data with its files below tmp_path/root and with this as apt-get."""
    stand_ins = {
        "apt-get": apt_get,
        "systemctl": f'echo systemctl "$@" >> {tmp_path}/log',
        "sleep": f"echo sleep >> {tmp_path}/log",
    }
    for name, body in stand_ins.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    for folder in ("privoxy", "apt/apt.conf.d"):
        (tmp_path / "root" / folder).mkdir(parents=True)
    script = USER_DATA.replace("> /etc/", f"> {tmp_path}/root/")
    environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(["sh"], input=script, text=True, env=environment, capture_output=True, check=False)


def test_first_start_waits_for_the_network_and_binds_the_proxy_to_loopback(tmp_path: Path) -> None:
    """The public address comes after the instance, so the first tries to reach the archive fail."""
    apt_get = f"""\
echo apt-get "$@" >> {tmp_path}/log
if [ "$1" = update ] && [ "$(grep -c update {tmp_path}/log)" -lt 3 ]; then exit 100; fi
"""

    done = first_start(tmp_path, apt_get)

    config = (tmp_path / "root/privoxy/config").read_text().splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "log").read_text().splitlines() == [
        "apt-get update -qq",
        "sleep",
        "apt-get update -qq",
        "sleep",
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends privoxy unattended-upgrades",
        "systemctl enable privoxy",
        "systemctl restart privoxy",
    ]
    assert [line for line in config if line.startswith("listen")] == ["listen-address 127.0.0.1:8118"]
    assert 'Unattended-Upgrade "1"' in (tmp_path / "root/apt/apt.conf.d/52bastion").read_text()


def test_first_start_gives_up_with_a_reason(tmp_path: Path) -> None:
    """Without an archive the console log says why there is no proxy."""
    done = first_start(tmp_path, "exit 100")

    assert done.returncode == 1
    assert done.stderr == "bastion: no packages from the archive, giving up\n"
    assert (tmp_path / "log").read_text().count("sleep") == 59
