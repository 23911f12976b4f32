"""Whether a plan can log in, found out in seconds: a provider waits five minutes and says little.

Connects to the host as the provider would, through HTTPS_PROXY where that is set, and checks its
certificate. Left out: the log-in itself, so that no password is handled here; only whether there is one.
"""

from __future__ import annotations

import http.client
import os
import socket
import ssl
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass

from estate.derived.stack_plan import ContextApi, EksApi, StackPlan, stack_plans
from estate.model.estate import Estate
from operations.reach.connection import tls_connection
from operations.reach.contexts import context_refusals
from operations.reach.eks import eks_refusals

CREDENTIALS = ("VSPHERE_USER", "VSPHERE_PASSWORD")
"""Environment variables that the vSphere provider takes its credentials from."""

_PATIENCE_SECONDS = 10


@dataclass(frozen=True)
class Reached:
    """What became of one stack.

    Attributes:
        plan: the stack.
        refusals: why a plan would fail, and what to do; none when it would not for these reasons.
    """

    plan: StackPlan
    refusals: tuple[str, ...]


def reach(
    estate: Estate, stacks: Collection[str], patience_seconds: float = _PATIENCE_SECONDS
) -> list[Reached]:
    """Try everything that these stacks reach.

    Args:
        estate: all environments.
        stacks: names of stacks; those that reach nothing are left out of the answer.
        patience_seconds: how long to wait for an answer.
    """
    plans = [
        plan
        for name, plan in stack_plans(estate).items()
        if name in stacks and (plan.reaches or plan.clusters)
    ]
    return [Reached(plan, tuple(_refusals(estate, plan, patience_seconds))) for plan in plans]


def _refusals(estate: Estate, plan: StackPlan, patience_seconds: float) -> Iterator[str]:
    vmware = estate.environments[plan.environment].vmware
    trusting = bool(vmware and vmware.vsphere and vmware.vsphere.allow_unverified_ssl)
    for host, port in plan.reaches:
        why = _why_out_of_reach(host, port, patience_seconds, trusting=trusting)
        if why:
            yield f"{host}:{port} {why}"
    in_eks = [one for one in plan.clusters if isinstance(one, EksApi)]
    yield from eks_refusals(in_eks, patience_seconds)
    of_others = [one for one in plan.clusters if isinstance(one, ContextApi)]
    yield from context_refusals(of_others, patience_seconds)
    missing = [name for name in CREDENTIALS if plan.reaches and not os.environ.get(name)]
    if missing:
        yield f"{' and '.join(missing)} not set: export what you log in to vCenter with; it stands in no file"


def _why_out_of_reach(host: str, port: int, patience_seconds: float, *, trusting: bool) -> str | None:
    context = ssl.create_default_context()
    if trusting:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    try:
        with closing(tls_connection(host, port, context, patience_seconds)) as connection:
            connection.connect()
    except ssl.SSLCertVerificationError as error:
        return (
            f"has a certificate that this machine does not trust ({error.verify_message}): add vCenter's CA, "
            f"which https://{host}/certs/download.zip has, to the machine's trust store, or name it in SSL_CERT_FILE"
        )
    except ssl.SSLError as error:
        return f"does not speak TLS ({error.reason}): look at vmware.vsphere.server, its port above all"
    except socket.gaierror:
        return "has no address here: look at vmware.vsphere.server, or use the data center's DNS servers"
    except TimeoutError:
        return (
            f"does not answer within {patience_seconds:g} seconds: run this inside the data center's network, "
            "or through its VPN"
        )
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        return f"cannot be connected to ({reason}): look at vmware.vsphere.server and HTTPS_PROXY"
    return None
