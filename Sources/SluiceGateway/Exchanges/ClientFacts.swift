internal import NIOCore
internal import SluiceCore

/// What is known of the client's connection, for each exchange on it.
struct ClientFacts {
  var address = EndpointAddress.none
  /// The address without port, as text; brackets around IPv6.
  var addressText: [UInt8] = []
  /// Where it connected to.
  var destination = EndpointAddress.none
  /// The connection is encrypted: its requests are `https`.
  var isSecure = false
  /// nil: not encrypted.
  var tls: TLSRelease?
  /// Its certificate, where the upstream is to be told of it.
  var certificate: ClientCertificate?
  /// It speaks plain HTTP to a listener with TLS: all it is told is that.
  var isPlainOnTLS = false
  /// Where it was accepted.
  var listener: ListenerState?
  /// Its forwarding fields and request ID are believed.
  var isTrustedProxy = false
  var timeouts = ListenerTimeouts()
}
