internal import SluiceCore

/// TLS to the upstream.
extension CauseText {
  private static let handshake = GuideStep(
    "See the whole handshake.", "openssl s_client -connect HOST:PORT -servername NAME -showcerts </dev/null")
  private static let dates = GuideStep(
    "Whose is it, and until when?",
    "openssl s_client -connect HOST:PORT -servername NAME </dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName"
  )

  static let tlsHandshakeFailed = CauseText(
    why: [
      "Something other than TLS 1.2 or 1.3 answers on the port.",
      "The endpoint's certificate or key is broken, so that it cannot finish a handshake.",
      "A device on the way interferes with TLS.",
    ],
    find: [handshake], now: ["Read which step fails, and correct the endpoint's TLS settings."],
    prevent: ["After each change of certificates, test a handshake from the gateway's machine."],
    related: [.tlsToPlaintextPort, .tlsAlert, .tlsClosedInHandshake])

  static let tlsVersionMismatch = CauseText(
    why: [
      "The endpoint speaks only versions before TLS 1.2, which are broken and off by default.",
      "The endpoint demands TLS 1.3, and something between cannot.",
    ],
    find: [
      GuideStep("Does it speak TLS 1.2?", "openssl s_client -connect HOST:PORT -tls1_2 </dev/null"),
      GuideStep("And TLS 1.3?", "openssl s_client -connect HOST:PORT -tls1_3 </dev/null"),
    ],
    now: ["Switch on TLS 1.2 at the endpoint. Only where that is impossible, lower `tls.minimumVersion`."],
    prevent: ["Retire programs that cannot speak TLS 1.2."], related: [.tlsCipherMismatch, .tlsHandshakeFailed])

  static let tlsCipherMismatch = CauseText(
    why: [
      "The endpoint allows only old cipher suites or curves.",
      "Its certificate has a key or signature of a kind that is not accepted, such as SHA-1.",
    ],
    find: [
      GuideStep(
        "Which suite is chosen, and with which key?",
        "openssl s_client -connect HOST:PORT </dev/null | grep -E 'Cipher|Server Temp|Signature'")
    ],
    now: ["Allow a current suite at the endpoint (ECDHE with AES-GCM or ChaCha20)."],
    prevent: ["Use the 'intermediate' settings that browser makers recommend."],
    related: [.tlsVersionMismatch, .tlsAlert])

  static let tlsClosedInHandshake = CauseText(
    why: [
      "The endpoint closes when it knows no certificate for the name that was asked for.",
      "A load balancer in front of it has nobody to pass the connection to.",
      "The endpoint's process ended or restarted.",
      "It is no TLS port, and its program closes on bytes that it does not understand.",
    ],
    find: [
      handshake,
      GuideStep("Does it work with another name?", "openssl s_client -connect HOST:PORT -servername OTHER </dev/null"),
    ],
    now: ["Set `tls.serverName` to the name that the endpoint has a certificate for."],
    prevent: ["Give the endpoint a default certificate."], related: [.tlsHandshakeFailed, .tlsToPlaintextPort])

  static let tlsAlert = CauseText(
    why: [
      "`handshake_failure`: no common settings, or no certificate for the name.",
      "`unrecognized_name`: the endpoint does not know the name that was asked for.",
      "`internal_error`: the endpoint's own configuration or key is broken.",
    ],
    find: [GuideStep("Which alert is it? The incident has its number and name.", "sluice why ID"), handshake],
    now: ["Do what the alert names: name, certificate, version or cipher."],
    prevent: ["Keep the settings of both sides in one place."],
    related: [.tlsClientCertificateWanted, .tlsCipherMismatch, .tlsVersionMismatch])

  static let tlsClientCertificateWanted = CauseText(
    why: [
      "The endpoint demands a client certificate (mutual TLS), and the upstream has none configured.",
      "The certificate that was sent is expired, or of an authority that the endpoint does not trust.",
    ],
    find: [
      GuideStep(
        "Which authorities does it accept?",
        "openssl s_client -connect HOST:PORT </dev/null | grep -A10 'Acceptable client'"),
      GuideStep("Is ours still valid?", "openssl x509 -in FILE -noout -subject -issuer -dates"),
    ],
    now: ["Set `tls.certificate` and `tls.key` of the upstream to a certificate that the endpoint accepts."],
    prevent: ["Renew client certificates by machine, and watch their last day."], related: [.tlsAlert, .tlsCertExpired])

  static let tlsCertExpired = CauseText(
    why: [
      "The renewal failed, or nobody renewed it.",
      "It was renewed, and the program still holds the old one since it was not reloaded.",
      "Only one endpoint or one intermediate was forgotten.",
      "The clock of the gateway's machine is wrong.",
    ],
    find: [dates, GuideStep("Is the clock right?", "timedatectl")],
    now: ["Install the renewed certificate and reload the endpoint."],
    prevent: ["Renew by machine, reload after it, and act on the warning that comes 21 days before the end."],
    related: [.tlsCertNotYetValid, .tlsCertUntrusted])

  static let tlsCertNotYetValid = CauseText(
    why: [
      "The certificate was made with a clock that is ahead, or for a later day.",
      "The clock of the gateway's machine is behind, as after a start without network time.",
    ],
    find: [dates, GuideStep("Is the clock right?", "timedatectl")],
    now: ["Set the clock, or issue the certificate again."],
    prevent: ["Keep the time of all machines by NTP."], related: [.tlsCertExpired])

  static let tlsCertUntrusted = CauseText(
    why: [
      "The certificate comes from an authority of your own, and `tls.trust` does not name its root.",
      "The root that is trusted was replaced by a new one.",
      "Somebody between the two intercepts TLS.",
    ],
    find: [
      handshake,
      GuideStep(
        "Does it verify with the root that you expect?",
        "openssl s_client -connect HOST:PORT -CAfile FILE </dev/null | grep Verif"),
    ],
    now: ["Put the root of the issuing authority into the file that `tls.trust` names."],
    prevent: ["When a root is replaced, trust both for as long as old certificates live."],
    related: [.tlsCertSelfSigned, .tlsCertIncompleteChain])

  static let tlsCertSelfSigned = CauseText(
    why: [
      "The endpoint uses the certificate that its installation made by itself.",
      "A default certificate answers since the name is not known there.",
    ],
    find: [handshake],
    now: ["Trust this very certificate with `tls.trust`, or give the endpoint one of an authority."],
    prevent: ["Issue certificates for internal services from an authority of your own."], related: [.tlsCertUntrusted])

  static let tlsCertIncompleteChain = CauseText(
    why: [
      "The endpoint sends its own certificate and leaves out the intermediate. Browsers often fill the gap, programs do not.",
      "After a renewal the file holds the certificate alone.",
    ],
    find: [
      GuideStep(
        "How many certificates does it send?",
        "openssl s_client -connect HOST:PORT -showcerts </dev/null | grep -c BEGIN")
    ],
    now: ["Configure the full chain at the endpoint: certificate first, then intermediates."],
    prevent: ["Deploy the file 'fullchain' of the renewal, not 'cert'."], related: [.tlsCertUntrusted])

  static let tlsNameMismatch = CauseText(
    why: [
      "The endpoint is configured by address or by an internal name that its certificate does not have.",
      "Without the right name in the handshake, the endpoint shows the certificate of another site.",
      "The certificate was renewed with fewer names.",
    ],
    find: [dates],
    now: ["Set `tls.serverName` to a name of the certificate, or issue one that has the name in use."],
    prevent: ["Compare the names of an old and a new certificate before it is installed."],
    related: [.tlsCertSelfSigned, .tlsCertUntrusted])

  static let tlsToPlaintextPort = CauseText(
    why: [
      "The endpoint's URL says https, and the port speaks plain HTTP.",
      "The port belongs to another program altogether.",
    ],
    find: [GuideStep("Does it answer plain HTTP?", "curl -v --max-time 5 http://HOST:PORT/")],
    now: ["Write http in the endpoint's URL, or use the port that speaks TLS."],
    prevent: ["Check a new upstream with `sluice doctor` before traffic goes there."],
    related: [.plaintextToTlsPort, .tlsHandshakeFailed])

  static let plaintextToTlsPort = CauseText(
    why: ["The endpoint's URL says http, and the port wants TLS.", "The port changed to TLS with a deploy."],
    find: [GuideStep("Does it answer TLS?", "curl -vk --max-time 5 https://HOST:PORT/")],
    now: ["Write https in the endpoint's URL, and name what is trusted."],
    prevent: ["Check a new upstream with `sluice doctor` before traffic goes there."],
    related: [.tlsToPlaintextPort, .notHttp])

  static let tlsHandshakeTimeout = CauseText(
    why: [
      "The endpoint is so busy that it does not get to the handshake.",
      "A port that waits for plain bytes says nothing to a TLS greeting.",
      "Packets of the certificate are lost: a wrong MTU on a tunnel or VPN.",
    ],
    find: [
      GuideStep(
        "How long does it take?", "curl -sk -o /dev/null -w '%{time_connect} %{time_appconnect}\\n' https://HOST:PORT/"),
      GuideStep("Do large packets pass?", "ping -M do -s 1400 HOST"),
    ],
    now: ["Look at the load of the endpoint, and at the scheme of its port."],
    prevent: ["Keep connections alive, so that handshakes are few."], related: [.connectTimeout, .tlsToPlaintextPort])
}
