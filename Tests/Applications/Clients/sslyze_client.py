#!/usr/bin/env python3
"""sslyze against a server with TLS: nothing that Mozilla's intermediate profile forbids, no known hole.

  sslyze_client.py --url https://localhost:8443 --ca ca.pem
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import verdicts
from sslyze import (
    AllScanCommandsAttempts,
    CertificateInfoExtraArgument,
    ScanCommandAttemptStatusEnum,
    ScanCommandsExtraArguments,
    Scanner,
    ServerNetworkLocation,
    ServerScanRequest,
    ServerScanResult,
    TlsResumptionSupportEnum,
)
from sslyze.mozilla_tls_profile.tls_config_checker import (
    MozillaTlsConfiguration,
    ServerNotCompliantWithTlsConfiguration,
    TlsConfigurationEnum,
    check_server_against_tls_configuration,
)
from verdicts import equal, require

options = verdicts.arguments(__doc__)
FORBIDDEN = ["ssl_2_0", "ssl_3_0", "tls_1_0", "tls_1_1"]
MARKS_OF_WEAKNESS = ["RC4", "3DES", "_DES_", "NULL", "EXPORT", "anon", "MD5", "_CBC_", "TLS_RSA_"]
UNFIT_FOR_INTERMEDIATE_MAY_BE = {"maximum_certificate_lifespan"}
"""How long the certificate is valid is its issuer's choice, and no property of the listener."""


def scan() -> ServerScanResult:
    place = urlsplit(options.url)
    trust = CertificateInfoExtraArgument(custom_ca_file=Path(options.ca))
    scanner = Scanner()
    scanner.queue_scans(
        [
            ServerScanRequest(
                server_location=ServerNetworkLocation(place.hostname or "", place.port or 443),
                scan_commands_extra_arguments=ScanCommandsExtraArguments(certificate_info=trust),
            )
        ]
    )
    return next(iter(scanner.get_results()))


results: list[ServerScanResult] = []


def completed() -> str:
    """A check that broke off is no good news."""
    results.append(scan())
    found = results[0].scan_result
    require(found is not None, f"no scan: {results[0].connectivity_error_trace}")
    for name, attempt in vars(found).items():
        # The gateway's own answer, 503 or the application's, is not what is scanned here.
        if name != "http_headers":
            equal(attempt.status, ScanCommandAttemptStatusEnum.COMPLETED, f"{name} ({attempt.error_trace})")
    return f"{len(vars(found))} commands"


def found() -> AllScanCommandsAttempts:
    require(results and results[0].scan_result, "there is no scan")
    result = results[0].scan_result
    assert result
    return result


def suites(version: str) -> list[str]:
    result = getattr(found(), f"{version}_cipher_suites").result
    return [accepted.cipher_suite.name for accepted in result.accepted_cipher_suites]


def old_versions() -> None:
    for version in FORBIDDEN:
        equal(suites(version), [], version)


def current_versions() -> str:
    told = [name for version in ("tls_1_2", "tls_1_3") for name in suites(version)]
    require(suites("tls_1_2") and suites("tls_1_3"), f"only {told}")
    weak = [name for name in told for mark in MARKS_OF_WEAKNESS if mark in name]
    equal(weak, [], "weak cipher suites")
    return ", ".join(told)


def trusted_chain() -> None:
    deployments = found().certificate_info.result.certificate_deployments
    require(all(each.verified_certificate_chain for each in deployments), "no path to the issuer")
    require(all(each.received_chain_has_valid_order for each in deployments), "the chain is out of order")


def no_compression() -> None:
    require(not found().tls_compression.result.supports_compression, "compression is on")


def no_heartbleed() -> None:
    require(not found().heartbleed.result.is_vulnerable_to_heartbleed, "it bleeds")


def no_early_change_of_cipher() -> None:
    require(not found().openssl_ccs_injection.result.is_vulnerable_to_ccs_injection, "injection is possible")


def no_oracle() -> None:
    require("NOT_VULNERABLE" in found().robot.result.robot_result.name, found().robot.result.robot_result.name)


def no_fallback() -> None:
    require(found().tls_fallback_scsv.result.supports_fallback_scsv, "a downgrade goes unnoticed")


def renegotiation() -> None:
    result = found().session_renegotiation.result
    require(result.supports_secure_renegotiation, "no secure renegotiation")
    require(not result.is_vulnerable_to_client_renegotiation_dos, "clients may renegotiate as often as they like")


def no_early_data() -> None:
    require(not found().tls_1_3_early_data.result.supports_early_data, "early data can be replayed")


def extended_master_secret() -> None:
    require(found().tls_extended_master_secret.result.supports_ems_extension, "no extended master secret")


def resumption() -> None:
    result = found().session_resumption.result.tls_ticket_resumption_result
    equal(result, TlsResumptionSupportEnum.FULLY_SUPPORTED, "resumption by tickets")


def intermediate_profile() -> str:
    profile = MozillaTlsConfiguration.get(TlsConfigurationEnum.MOZILLA_INTERMEDIATE)
    try:
        check_server_against_tls_configuration(results[0], profile)
    except ServerNotCompliantWithTlsConfiguration as unfit:
        issues = {name: text for name, text in unfit.issues.items() if name not in UNFIT_FOR_INTERMEDIATE_MAY_BE}
        equal(issues, {}, "issues")
    return "as Mozilla's intermediate profile wants it"


cases: list[Callable[[], object]] = [
    completed, old_versions, current_versions, trusted_chain, no_compression, no_heartbleed, no_early_change_of_cipher,
    no_oracle, no_fallback, renegotiation, no_early_data, extended_master_secret, resumption, intermediate_profile,
]  # fmt: skip
for case in cases:
    verdicts.run(case.__name__, case, seconds=90)
