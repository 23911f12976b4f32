"""The two scripts of the bastion: what it does at its first start, and how people open the tunnel.

No `${` in them: Terraform would read it as its own.
"""

from __future__ import annotations

import json

PROXY_PORT = 8118
"""Port of the proxy, on the bastion's loopback and at the person's end of the tunnel."""

USER_DATA = f"""\
#!/bin/sh
# Runs once, as root, at the first start.
set -eu
export DEBIAN_FRONTEND=noninteractive

# The public address arrives some seconds after the first start, and with it the package archive.
attempt=0
until apt-get update -qq && apt-get install -y -qq --no-install-recommends privoxy unattended-upgrades; do
  attempt=$((attempt + 1))
  if [ "$attempt" -ge 60 ]; then
    echo "bastion: no packages from the archive, giving up" >&2
    exit 1
  fi
  sleep 10
done

cat > /etc/privoxy/config <<'END'
confdir /etc/privoxy
logdir /var/log/privoxy
listen-address 127.0.0.1:{PROXY_PORT}
# Forward everything, filter nothing, and no pages that change these settings.
toggle 0
enable-remote-toggle 0
enable-edit-actions 0
# Seconds; kubectl watches are silent for long.
socket-timeout 3600
END
systemctl enable privoxy
systemctl restart privoxy

cat > /etc/apt/apt.conf.d/52bastion <<'END'
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
Unattended-Upgrade::Automatic-Reboot "true";
Unattended-Upgrade::Automatic-Reboot-Time "03:00";
END
"""
"""Installs the proxy, binds it to loopback, and has security updates installed every day.

Privoxy rather than tinyproxy: it comes bound to loopback port 8118, so there is no moment at which it
listens elsewhere. At 03:00 UTC the bastion restarts when an update asks for it.
"""

_HEADER = f"""\
#!/bin/sh
# Opens the tunnel to the management VPC and keeps it open until it is interrupted:
#   sh bastion-tunnel.sh %(usage)s
# Meanwhile, in another terminal:
#   HTTPS_PROXY=http://127.0.0.1:{PROXY_PORT} kubectl get nodes
%(needs)s
set -eu
"""


def ssh_tunnel_script(*, public_ip: str, instance_id: str) -> str:
    """Write the script that reaches the proxy by SSH; its arguments go to ssh."""
    # HostKeyAlias: a bastion that was replaced keeps its address but not its host key; known by its
    # instance id it is a new host to be confirmed rather than an impostor.
    return _HEADER % {
        "usage": "[SSH-OPTION...]",
        "needs": "# Needs ssh and the private key of the bastion's key pair, such as -i ~/.ssh/bastion.",
    } + (
        f"exec ssh -N -L 127.0.0.1:{PROXY_PORT}:127.0.0.1:{PROXY_PORT} -o ExitOnForwardFailure=yes "
        f'-o ServerAliveInterval=30 -o HostKeyAlias={instance_id} "$@" ubuntu@{public_ip}\n'
    )


def session_manager_tunnel_script(*, region: str, instance_id: str) -> str:
    """Write the script that reaches the proxy by Session Manager; its arguments go to aws."""
    ports = json.dumps({"portNumber": [str(PROXY_PORT)], "localPortNumber": [str(PROXY_PORT)]})
    return _HEADER % {
        "usage": "[AWS-OPTION...]",
        "needs": "# Needs the AWS command line with its Session Manager plugin, and credentials.",
    } + (
        f"exec aws ssm start-session --region {region} --target {instance_id} "
        f"--document-name AWS-StartPortForwardingSession --parameters '{ports}' \"$@\"\n"
    )
