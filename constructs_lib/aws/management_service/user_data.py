"""What the management service's instance does when it starts.

User data leaves a script and a service behind that run at every start, not only the first, because the
secrets lie in memory. The agent's own options are not public: it is started without any and finds its
surroundings in its environment.

No `${` or `%{` in any of it: Terraform would read them as its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

AGENT_PREFIX = "agent/"
"""Where the agents of all versions lie in the bootstrap bucket."""

LIMIT_BYTES = 16384
"""The most user data that EC2 takes, before it is base64-encoded."""

_UNIT = """\
[Unit]
Description=Management service of GKE on AWS
Wants=network-online.target
After=network-online.target

[Service]
EnvironmentFile=/etc/gke-aws/environment
ExecStartPre=/usr/local/sbin/gke-aws-prepare
ExecStart=/usr/local/bin/gke-aws-node-agent
TimeoutStartSec=infinity
Restart=always
RestartSec=30

[Install]
WantedBy=multi-user.target
"""


def agent_key(version: str) -> str:
    """Key of the agent's binary in the bootstrap bucket."""
    return f"{AGENT_PREFIX}{version}/gke-aws-node-agent"


def user_data(settings: Mapping[str, str]) -> str:
    """Write the script that EC2 runs at the first start, as root.

    Args:
        settings: environment of script and agent; values without spaces or quotes, may be tokens,
            except CIPHERTEXTS, a list separated by spaces.
    """
    environment = "".join(f'{name}="{value}"\n' for name, value in settings.items())
    prepare = files(__package__).joinpath("prepare.sh").read_text(encoding="utf-8")
    return f"""\
#!/bin/bash
PREFIX=$PREFIX
set -euo pipefail
mkdir -p "$PREFIX/etc/gke-aws" "$PREFIX/etc/systemd/system" "$PREFIX/usr/local/sbin"
{_file("/etc/gke-aws/environment", environment)}\
{_file("/usr/local/sbin/gke-aws-prepare", prepare)}\
{_file("/etc/systemd/system/gke-aws.service", _UNIT)}\
chmod 0755 "$PREFIX/usr/local/sbin/gke-aws-prepare"
systemctl daemon-reload
systemctl enable gke-aws.service
# In the background: it may wait for somebody to upload the agent or a ciphertext.
systemctl start --no-block gke-aws.service
"""


def _file(path: str, content: str) -> str:
    return f"cat > \"$PREFIX{path}\" <<'END-OF-FILE'\n{content}END-OF-FILE\n"
