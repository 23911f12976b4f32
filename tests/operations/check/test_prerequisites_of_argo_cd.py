"""How Argo CD comes into each cluster, and what tables say of it."""

from __future__ import annotations

from typing import Any

from estate.model.argo_cd import ArgoCd
from estate.model.estate import Estate
from operations.cards import contents as rows
from operations.cards.warnings import all_warnings
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.aws.eks_documents import AWS
from tests.model.vmware.documents import changed
from tests.operations.cards.asking import steps
from tests.operations.check.prerequisites_asked import alone, cloud, with_words

SIGN_IN = {"issuer": "https://login.example.com", "client_id": "argo", "client_secret": "argocd-oidc"}
URLS = {"apps": "https://argo-apps.example.com", "cloud": "https://argo-cloud.example.com"}
TEAM = {**SEEIENDOM, "access": {"dev": "edit"}}
REPO = {
    "url": "https://git.example.com/web/apps.git",
    "further": {"ops": {"url": "git@git.example.com:web/ops.git"}},
}
KUBECTL = "kubectl --kubeconfig dev-$cluster.kubeconfig"


def there(
    said: dict[str, Any] | None = None, *, gitops: dict[str, Any] | None = None, **argo_cd: Any
) -> Estate:
    """An estate of two clusters with Argo CD and a team that has repositories."""
    return alone(
        cloud(fleet__argo_cd=said or {"urls": URLS}),
        teams={"web": {**TEAM, "apps_repo": REPO}},
        gitops=gitops or {"repo": "https://git.example.com/platform/clusters.git"},
        argo_cd=argo_cd,
    )


def looped(words: str) -> str:
    """A command for both clusters."""
    return f"for cluster in apps cloud; do {words}; done"


def test_the_release_is_installed_if_it_is_the_one_that_is_known() -> None:
    """Its settings by a manager of their own, its file on the server."""
    release = ArgoCd().release

    what, commands = with_words(steps(there(), "dev"), "install Argo CD")

    assert what.startswith(f"install Argo CD {release.version} in apps, cloud: its settings")
    assert "in a checkout of https://git.example.com/platform/clusters.git" in what
    assert commands[0].endswith(f"--output argo-cd-{release.version}.yaml {release.url}")
    assert commands[1] == f'echo "{release.sha256}  argo-cd-{release.version}.yaml" | sha256sum --check'
    assert commands[2:4] == (
        looped(
            f"{KUBECTL} apply --server-side --field-manager=hybrid-manifests -f clusters/dev/$cluster/install/10-argo-cd.yaml"
        ),
        looped(
            f"{KUBECTL} apply --server-side --force-conflicts --namespace=argocd -f argo-cd-{release.version}.yaml"
        ),
    )


def test_it_is_there_before_what_its_definitions_are_for() -> None:
    """The tree has projects and sets in it."""
    whole = there(gitops={"applier": "argo_cd"}, repo="https://git.example.com/c.git")

    found = [
        what.partition(" ")[0] for what in steps(whole, "dev") if "Argo CD" in what or "the manifests" in what
    ]

    assert found == ["install", "give", "give", "give", "apply", "hand", "lead"]
    assert "in a checkout" not in with_words(steps(whole, "dev"), "install Argo CD")[0]


def test_people_have_a_way_to_it() -> None:
    """Its service is inside of the cluster alone; where no URL is said, nobody is led anywhere."""
    what, commands = with_words(steps(there(), "dev"), "lead the URL of each Argo CD")

    assert f"argocd ({URLS['apps']} in apps, {URLS['cloud']} in cloud)" in what
    assert commands == (
        looped(f"{KUBECTL} port-forward service/argocd-server --namespace=argocd 8080:443"),
        f"for url in {URLS['apps']} {URLS['cloud']}; do curl --fail --silent --show-error $url/healthz; done  # ok",
    )
    assert not [what for what in steps(there({"urls": {}}), "dev") if what.startswith("lead the URL")]


def test_people_are_sent_back_and_the_secret_is_a_file() -> None:
    """Whoever keeps the identity provider is told first; a public client has no secret."""
    found = steps(there(sign_in=SIGN_IN), "dev")

    what, _ = with_words(found, "have client argo")
    assert "https://argo-apps.example.com/auth/callback, https://argo-cloud.example.com/auth/callback" in what
    assert with_words(found, "the secret of client argo")[1] == (
        looped(
            f"{KUBECTL} --namespace=argocd create secret generic argocd-oidc --from-file=client-secret=CLIENT_SECRET_FILE"
        ),
        looped(f"{KUBECTL} --namespace=argocd label secret argocd-oidc app.kubernetes.io/part-of=argocd"),
    )
    public = {"issuer": SIGN_IN["issuer"], "client_id": "argo"}
    assert not [what for what in steps(there(sign_in=public), "dev") if "the secret of client" in what]


def test_repositories_are_read_with_one_credential_for_all_beside_each_other() -> None:
    """The tree's and the teams', by a key or by a token, both out of files."""
    found = steps(there(), "dev")

    _, by_token = with_words(found, "below https://git.example.com/web/ with")
    what, by_key = with_words(found, "below git@git.example.com:web/ with")
    assert with_words(found, "below https://git.example.com/platform/ with")
    assert "--from-literal=username=USER --from-file=password=TOKEN_FILE" in by_token[0]
    assert "argocd.argoproj.io/secret-type=repo-creds" in by_token[1]
    assert "create secret generic repositories-git-git-example-com-web" in by_key[0]
    assert "--from-file=sshPrivateKey=PRIVATE_KEY_FILE" in by_key[0]
    assert "argocd-ssh-known-hosts-cm" in what


def test_a_team_without_access_or_repository_asks_for_nothing() -> None:
    """Another environment's repository is not read here; one that stands right below its host is its own prefix."""
    elsewhere = {**TEAM, "access": {"prod": "edit"}, "apps_repo": REPO}
    none = {**TEAM, "group": "other@example.com", "namespace_prefix": "o-", "namespaces": []}
    shared = organization(
        teams={"web": elsewhere, "other": none}, gitops={}, argo_cd={"repo": "git@git.example.com:c.git"}
    )

    found = [
        what
        for what in steps(estate(shared, cloud(), environment("prod")), "dev")
        if "repositories below" in what
    ]

    assert [what.split()[8] for what in found] == ["git@git.example.com:c.git"]


def summary(whole: Estate) -> list[str]:
    """What the table of contents says of Argo CD."""
    return [one.summary for one in rows.contents(whole, "dev") if one.path == "organization.argo_cd"]


def test_the_table_says_which_one_and_what_it_does() -> None:
    """By itself, or when somebody syncs."""
    version = ArgoCd().release.version
    by_hand = {"autosync": False, "urls": URLS}
    healed = {"autosync": True, "prune": False, "urls": URLS}

    assert summary(there()) == [
        f"{version} in apps, cloud; nobody signs in; what teams merge is synced by hand"
    ]
    assert summary(there(by_hand, sign_in=SIGN_IN)) == [
        f"{version} in apps, cloud; sign-in by https://login.example.com; what teams merge is synced by hand"
    ]
    assert summary(there(healed))[0].endswith("what teams merge is applied by itself, heals")


def test_a_team_that_cannot_look_is_warned_of() -> None:
    """Its repository is brought in, and nobody of it sees how."""
    [found] = [one for one in all_warnings(there(), "dev") if one.startswith("argo_cd has no sign_in")]

    assert "so web cannot look" in found
    assert not [one for one in all_warnings(there(sign_in=SIGN_IN), "dev") if "no sign_in" in one]


def untried(version: str | None, **changes: Any) -> list[str]:
    """What is said of minors in an environment with a cluster in AWS."""
    shared = organization(
        promotion=("dev",), gitops={}, argo_cd={"repo": "https://git.example.com/c.git", "version": version}
    )
    whole = estate(shared, environment("dev", aws=changed(AWS, **changes)))
    return [text for text in all_warnings(whole, "dev") if "is tested with" in text]


def test_a_minor_that_its_makers_have_not_tried_is_warned_of() -> None:
    """With another release of Argo CD, or of Kubernetes, to say."""
    newer = {"eks_clusters__cloud__version": "1.36"}

    [found] = untried("3.4.7", **newer)

    assert found.startswith(
        "Argo CD 3.4.7 is tested with Kubernetes 1.32, 1.33, 1.34, 1.35, and cloud runs 1.36; say"
    )
    assert untried(None, **newer) == []


def test_no_cluster_no_word_of_it() -> None:
    """Nothing is installed."""
    shared = organization(promotion=("dev",), gitops={}, argo_cd={"repo": "https://git.example.com/c.git"})
    whole = estate(shared, environment("dev"))

    assert summary(whole) == []
    assert not [what for what in steps(whole, "dev") if "Argo CD" in what]
    assert not [one for one in all_warnings(whole, "dev") if "argo_cd" in one]
