"""The root of a mesh in Certificate Authority Service, and the pool that says what it may sign.

No key is in Terraform's hands: the service makes it and never gives it away. Of the root a state holds the certificate.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/privateca_ca_pool
https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/privateca_certificate_authority
https://docs.cloud.google.com/certificate-authority-service/docs/use-issuance-policy

Left out: name constraints. Workloads of all meshes are called the same, so that no constraint tells environments apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.privateca_ca_pool import (
    PrivatecaCaPool,
    PrivatecaCaPoolIssuancePolicy,
    PrivatecaCaPoolIssuancePolicyAllowedIssuanceModes,
    PrivatecaCaPoolIssuancePolicyAllowedKeyTypes,
    PrivatecaCaPoolIssuancePolicyAllowedKeyTypesRsa,
    PrivatecaCaPoolIssuancePolicyBaselineValues,
    PrivatecaCaPoolIssuancePolicyBaselineValuesCaOptions,
    PrivatecaCaPoolIssuancePolicyBaselineValuesKeyUsage,
    PrivatecaCaPoolIssuancePolicyBaselineValuesKeyUsageBaseKeyUsage,
    PrivatecaCaPoolIssuancePolicyBaselineValuesKeyUsageExtendedKeyUsage,
    PrivatecaCaPoolIssuancePolicyIdentityConstraints,
    PrivatecaCaPoolPublishingOptions,
)
from cdktf_cdktf_provider_google.privateca_ca_pool_iam_member import PrivatecaCaPoolIamMember
from cdktf_cdktf_provider_google.privateca_certificate_authority import (
    PrivatecaCertificateAuthority,
    PrivatecaCertificateAuthorityConfigA,
    PrivatecaCertificateAuthorityConfigSubjectConfig,
    PrivatecaCertificateAuthorityConfigSubjectConfigSubject,
    PrivatecaCertificateAuthorityConfigX509Config,
    PrivatecaCertificateAuthorityConfigX509ConfigCaOptions,
    PrivatecaCertificateAuthorityConfigX509ConfigKeyUsage,
    PrivatecaCertificateAuthorityConfigX509ConfigKeyUsageBaseKeyUsage,
    PrivatecaCertificateAuthorityConfigX509ConfigKeyUsageExtendedKeyUsage,
    PrivatecaCertificateAuthorityKeySpec,
)
from constructs import Construct

from estate.derived.fleet.mesh_trust import MeshPool
from estate.model.fleet.mesh_trust import MeshTrust

_SECONDS_PER_DAY: Final = 24 * 60 * 60
_DAYS_PER_YEAR: Final = 365
_ALGORITHM: Final = "RSA_PKCS1_4096_SHA256"
"""What every proxy verifies; intermediates are RSA too."""
_BITS: Final = "4096"
ASKS: Final = "roles/privateca.certificateRequester"
"""What the issuer needs to have an intermediate signed: https://github.com/cert-manager/google-cas-issuer (2026-12-01)."""
READS: Final = "roles/privateca.poolReader"
"""What it needs to tell every cluster of all roots of the pool, without which no root can take another's place; same page."""


class MeshAuthority(Construct):
    """Define a pool with its roots, which sign intermediates and nothing else.

    Stateful. With a root goes what every intermediate under it is trusted by. A pool goes only once its roots are gone for
    good, 30 days after they were deleted; where nothing is protected they go at once.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: MeshTrust,
        pool: MeshPool,
        organization: str,
        dependencies: Sequence[ITerraformDependable] = (),
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        self._pool = PrivatecaCaPool(
            self,
            "Resource",
            project=pool.project,
            location=pool.location,
            name=pool.name,
            tier=pool.config.tier.name,
            issuance_policy=_only_intermediates(config.intermediate_days),
            # Certificates are handed over with their chain: nobody has to fetch them from a bucket that all can read.
            publishing_options=PrivatecaCaPoolPublishingOptions(publish_ca_cert=False, publish_crl=False),
            depends_on=list(dependencies) or None,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        roots = Construct(self, "Roots")
        for number in sorted({pool.config.root, *pool.config.beside}):
            _define_root(
                roots, number, pool, self._pool, organization=organization, prevent_destroy=prevent_destroy
            )

    def let_in(self, member: str, dependencies: Sequence[ITerraformDependable]) -> None:
        """Let an IAM member ask this pool alone for intermediates, and read its roots.

        Args:
            member: the member with its prefix.
            dependencies: what brings the member into being.
        """
        for id_, role in (("Requester", ASKS), ("Reader", READS)):
            PrivatecaCaPoolIamMember(
                self,
                id_,
                ca_pool=self._pool.id,
                role=role,
                member=member,
                depends_on=list(dependencies) or None,
            )


def _only_intermediates(days: int) -> PrivatecaCaPoolIssuancePolicy:
    """What whoever asks gets, whatever they ask for: an authority below which there is none, by their own RSA key.

    Values of the baseline take the place of those of a request, and cert-manager's say nothing of an authority:
    https://docs.cloud.google.com/certificate-authority-service/docs/use-issuance-policy.
    """
    return PrivatecaCaPoolIssuancePolicy(
        allowed_issuance_modes=PrivatecaCaPoolIssuancePolicyAllowedIssuanceModes(
            allow_csr_based_issuance=True, allow_config_based_issuance=False
        ),
        allowed_key_types=[
            PrivatecaCaPoolIssuancePolicyAllowedKeyTypes(
                rsa=PrivatecaCaPoolIssuancePolicyAllowedKeyTypesRsa(
                    min_modulus_size=_BITS, max_modulus_size=_BITS
                )
            )
        ],
        maximum_lifetime=f"{days * _SECONDS_PER_DAY}s",
        identity_constraints=PrivatecaCaPoolIssuancePolicyIdentityConstraints(
            allow_subject_passthrough=True, allow_subject_alt_names_passthrough=False
        ),
        baseline_values=PrivatecaCaPoolIssuancePolicyBaselineValues(
            ca_options=PrivatecaCaPoolIssuancePolicyBaselineValuesCaOptions(
                is_ca=True, zero_max_issuer_path_length=True
            ),
            key_usage=PrivatecaCaPoolIssuancePolicyBaselineValuesKeyUsage(
                base_key_usage=PrivatecaCaPoolIssuancePolicyBaselineValuesKeyUsageBaseKeyUsage(
                    cert_sign=True, crl_sign=True
                ),
                extended_key_usage=PrivatecaCaPoolIssuancePolicyBaselineValuesKeyUsageExtendedKeyUsage(
                    server_auth=False
                ),
            ),
        ),
    )


def _define_root(
    scope: Construct,
    number: int,
    pool: MeshPool,
    resource: PrivatecaCaPool,
    *,
    organization: str,
    prevent_destroy: bool,
) -> None:
    """A root that signs, is to come, or is to go: the service takes no other order than staged, enabled, disabled."""
    signs = pool.config.root
    state = "ENABLED" if number == signs else "STAGED" if number > signs else "DISABLED"
    name = f"{pool.name}-root-{number}"
    PrivatecaCertificateAuthority(
        scope,
        str(number),
        project=pool.project,
        location=pool.location,
        pool=resource.name,
        certificate_authority_id=name,
        type="SELF_SIGNED",
        desired_state=state,
        lifetime=f"{pool.config.root_years * _DAYS_PER_YEAR * _SECONDS_PER_DAY}s",
        key_spec=PrivatecaCertificateAuthorityKeySpec(algorithm=_ALGORITHM),
        config=PrivatecaCertificateAuthorityConfigA(
            subject_config=PrivatecaCertificateAuthorityConfigSubjectConfig(
                subject=PrivatecaCertificateAuthorityConfigSubjectConfigSubject(
                    common_name=name, organization=organization
                )
            ),
            x509_config=PrivatecaCertificateAuthorityConfigX509Config(
                ca_options=PrivatecaCertificateAuthorityConfigX509ConfigCaOptions(
                    is_ca=True, max_issuer_path_length=1
                ),
                key_usage=PrivatecaCertificateAuthorityConfigX509ConfigKeyUsage(
                    base_key_usage=PrivatecaCertificateAuthorityConfigX509ConfigKeyUsageBaseKeyUsage(
                        cert_sign=True, crl_sign=True
                    ),
                    extended_key_usage=PrivatecaCertificateAuthorityConfigX509ConfigKeyUsageExtendedKeyUsage(
                        server_auth=False
                    ),
                ),
            ),
        ),
        deletion_protection=prevent_destroy,
        # Without protection it goes with all that it signed, and at once, so that its pool can go too.
        ignore_active_certificates_on_deletion=not prevent_destroy,
        skip_grace_period=not prevent_destroy,
        lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
    )
