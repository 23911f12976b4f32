"""Whether a plan can log in, said before it is tried."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from typing import Any

import pytest

from estate.model.estate import Estate
from operations.reach.reach import reach
from operations.reach.report import print_reached, refuse_unreachable
from tests.model.vmware.documents import changed
from tests.model.vmware.vsphere.documents import VMWARE, environment, estate
from tests.operations.reach.conftest import Certificate, served

PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy")


@pytest.fixture(autouse=True)
def variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials are there, and no proxy."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VSPHERE_USER", "user")
    monkeypatch.setenv("VSPHERE_PASSWORD", "password")


def at(server: str, *, trusting: bool = False) -> Estate:
    """An estate with its vCenter there."""
    section: dict[str, Any] = {"server": server, "allow_unverified_ssl": trusting}
    return estate(environment("dev", changed(VMWARE, vsphere=section)))


def refusals(one: Estate, patience_seconds: float = 5) -> tuple[str, ...]:
    """What keeps the companion from being planned."""
    [reached] = reach(one, ["dev", "dev-vsphere"], patience_seconds)
    return reached.refusals


def greet(certificate: Certificate) -> Any:
    """Answer a connection with TLS."""

    def answer(connection: socket.socket) -> None:
        # A client that does not trust the certificate hangs up.
        with suppress(OSError), certificate.context.wrap_socket(connection, server_side=True):
            pass

    return answer


def test_a_vcenter_that_is_trusted_answers(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Terraform would trust it: by the machine's own list, or SSL_CERT_FILE."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))

    with served(greet(certificate)) as port:
        assert refusals(at(f"127.0.0.1:{port}")) == ()


def test_a_vcenter_that_is_not_trusted_is_refused(certificate: Certificate) -> None:
    """With what to do about it; a laboratory may say that it does not matter."""
    with served(greet(certificate)) as port:
        [refusal] = refusals(at(f"127.0.0.1:{port}"))
        trusted = refusals(at(f"127.0.0.1:{port}", trusting=True))

    assert "certificate that this machine does not trust" in refusal
    assert "https://127.0.0.1/certs/download.zip" in refusal
    assert trusted == ()


def test_a_port_that_speaks_something_else_is_refused() -> None:
    """Such as http."""
    with served(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        [refusal] = refusals(at(f"127.0.0.1:{port}"))

    assert "does not speak TLS" in refusal


def test_a_host_that_answers_nothing_is_refused_soon() -> None:
    """The provider alone would wait five minutes."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        [refusal] = refusals(at(f"127.0.0.1:{silent.getsockname()[1]}"), patience_seconds=0.2)

    assert "does not answer within 0.2 seconds: run this inside the data center's network" in refusal


def test_a_closed_port_and_an_unknown_host_are_refused() -> None:
    """Each with its own remedy."""
    with socket.create_server(("127.0.0.1", 0)) as closing:
        port = closing.getsockname()[1]

    assert "cannot be connected to (Connection refused)" in refusals(at(f"127.0.0.1:{port}"))[0]
    assert "has no address here" in refusals(at("vcenter.invalid"))[0]


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        (["VSPHERE_PASSWORD"], "VSPHERE_PASSWORD not set"),
        (["VSPHERE_USER", "VSPHERE_PASSWORD"], "VSPHERE_USER and VSPHERE_PASSWORD not set"),
    ],
    ids=["password", "both"],
)
def test_missing_credentials_are_named(
    missing: list[str], words: str, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their values are not looked at."""
    for name in missing:
        monkeypatch.delenv(name)

    with served(greet(certificate)) as port:
        [refusal] = refusals(at(f"127.0.0.1:{port}", trusting=True))

    assert words in refusal


def tunnel(certificate: Certificate, asked: list[bytes]) -> Any:
    """Answer as a proxy does that is the vCenter at the same time."""

    def answer(connection: socket.socket) -> None:
        asked.append(connection.recv(4096).split(b"\r\n")[0])
        connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
        with suppress(OSError), certificate.context.wrap_socket(connection, server_side=True):
            pass

    return answer


@pytest.mark.parametrize("form", ["http://127.0.0.1:{}", "127.0.0.1:{}"], ids=["URL", "host and port"])
def test_a_proxy_is_used_as_the_provider_uses_it(
    form: str, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the proxy knows the vCenter's address."""
    asked: list[bytes] = []

    with served(tunnel(certificate, asked)) as port:
        monkeypatch.setenv("HTTPS_PROXY", form.format(port))
        assert refusals(at("vcenter.invalid:8443", trusting=True)) == ()

    assert asked == [b"CONNECT vcenter.invalid:8443 HTTP/1.0"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [(b"HTTP/1.0 403 Forbidden\r\n\r\n", "403 Forbidden"), (b"SSH-2.0-x\r\n", "cannot be connected to")],
    ids=["refused", "no proxy at all"],
)
def test_a_proxy_that_refuses_is_named(answer: bytes, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than the vCenter, which is not to blame."""
    with served(lambda connection: (connection.recv(4096), connection.sendall(answer))[1]) as port:  # type: ignore[func-returns-value]  # both are done
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        [refusal] = refusals(at("vcenter.invalid"))

    assert words in refusal
    assert "HTTPS_PROXY" in refusal


def test_a_proxy_that_is_no_address_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port that is no number."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:port")

    assert "HTTPS_PROXY" in refusals(at("vcenter.invalid"))[0]


def test_a_host_that_needs_no_proxy_gets_none(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_PROXY names it."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    with served(greet(certificate)) as port:
        assert refusals(at(f"127.0.0.1:{port}", trusting=True)) == ()


def test_only_stacks_that_are_asked_for_are_tried() -> None:
    """The environment's own reaches nothing private."""
    assert reach(at("vcenter.invalid"), ["dev"]) == []


def test_the_report_says_what_answers_and_what_needs_nothing(
    certificate: Certificate, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard output, since nothing is wrong."""
    with served(greet(certificate)) as port:
        one = at(f"127.0.0.1:{port}", trusting=True)
        plain = environment("prod", changed(VMWARE, vsphere=None))
        both = Estate(one.organization, {**one.environments, "prod": plain})
        reached = reach(both, ["dev-vsphere"])

        assert print_reached(both, ["dev", "prod"], reached)
        assert not refuse_unreachable(both, ["dev-vsphere", "prod"])

    assert capsys.readouterr().out.splitlines() == [
        "prod: nothing of it needs a private network; plan it anywhere",
        f"dev-vsphere: 127.0.0.1:{port} answers, and there are credentials to log in with",
    ]


def test_the_report_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error, one line a reason."""
    one = at("vcenter.invalid")

    assert not print_reached(one, ["dev"], reach(one, ["dev-vsphere"]))
    assert refuse_unreachable(one, ["dev-vsphere"])

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("dev-vsphere: vcenter.invalid:443 has no address here")


def test_a_certificate_is_needed_to_serve(certificate: Certificate) -> None:
    """The stand-in really speaks TLS, or the tests above would prove nothing."""
    context = ssl.create_default_context(cafile=str(certificate.path))

    with (
        served(greet(certificate)) as port,
        socket.create_connection(("127.0.0.1", port)) as raw,
        context.wrap_socket(raw, server_hostname="127.0.0.1") as secure,
    ):
        assert secure.version() == "TLSv1.3"
