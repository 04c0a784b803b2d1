internal import SluiceCore

/// `listeners[].tls`, or `admin.tls`, before its required keys were checked.
struct ListenerTLSDraft {
  var certificates: [Located<ConfiguredCertificateDraft>]?
  var clientCertificates: Located<ClientCertificateDraft>?
  var minimumVersion = TLSRelease.tls12
}

struct ConfiguredCertificateDraft {
  var certificate: FileReference?
  var key: FileReference?
}

struct ClientCertificateDraft {
  var mode: ClientCertificateConfiguration.Mode?
  var trust: FileReference?
  var forwards = false
}
