internal import SluiceCore

/// What speaks against a chain of certificates.
enum ChainFault: Hashable, Sendable {
  /// The first certificate is its own issuer and is not trusted.
  case selfSigned
  /// The issuer of the first certificate was not sent, although the endpoint should have it.
  case incomplete(issuer: String)
  /// The chain leads to an issuer that is not trusted.
  case untrusted(issuer: String)
  /// A certificate may not be used as it is.
  case unfit(reason: String)
  /// Index into the chain that was sent; `nil`: a trusted root.
  case expired(Int?)
  case notYetValid(Int?)
  case nameMismatch

  var cause: Cause {
    switch self {
    case .selfSigned: .tlsCertSelfSigned
    case .incomplete: .tlsCertIncompleteChain
    case .untrusted, .unfit: .tlsCertUntrusted
    case .expired: .tlsCertExpired
    case .notYetValid: .tlsCertNotYetValid
    case .nameMismatch: .tlsNameMismatch
    }
  }
}
