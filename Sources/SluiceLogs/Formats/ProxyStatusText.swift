internal import SluiceCore
internal import SluiceDiagnosis

/// A Proxy-Status field (RFC 9209): who of the proxies on the way failed, and of what.
///
/// Each proxy adds its member behind those of the proxies nearer to the origin, so the first member with an error is
/// where the failure arose.
enum ProxyStatusText {
  /// Bytes that are read of a value.
  static let bytesMax = 4096

  /// nil where no member has an error type that is known.
  static func conclusion(of text: String) -> LineConclusion? {
    for member in members(of: text) {
      guard let error = member["error"] else { continue }
      if let exact = member["details"].flatMap({ Cause(identifier: $0) }), exact.proxyErrorType?.identifier == error {
        return LineConclusion(signature: "proxy-status", cause: exact, sure: .certain)
      }
      guard let type = ProxyErrorType.allCases.first(where: { $0.identifier == error }), let cause = cause(of: type)
      else { continue }
      let others = Cause.allCases.filter { $0 != cause && $0.proxyErrorType == type }
      return LineConclusion(signature: "proxy-status", cause: cause, alternatives: others, sure: .likely)
    }
    return nil
  }

  /// The likeliest cause of a type; nil for types that say nothing of an upstream's failure.
  private static func cause(of type: ProxyErrorType) -> Cause? {
    switch type {
    case .dnsTimeout: .dnsTimeout
    case .dnsError: .dnsNxdomain
    case .destinationNotFound: .routeNotFound
    case .destinationUnavailable: .allUnhealthy
    case .destinationIPProhibited: .ipProhibited
    case .destinationIPUnroutable: .hostUnreachable
    case .connectionRefused: .connectRefused
    case .connectionTerminated: .closedBeforeResponse
    case .connectionTimeout: .connectTimeout
    case .connectionReadTimeout: .bodyIdleTimeout
    case .connectionWriteTimeout: .writeTimeout
    case .connectionLimitReached: .poolQueueFull
    case .tlsProtocolError: .tlsHandshakeFailed
    case .tlsCertificateError: .tlsCertUntrusted
    case .tlsAlertReceived: .tlsAlert
    case .httpRequestError: .clientMalformed
    case .httpRequestDenied: .rateLimited
    case .httpResponseIncomplete: .truncatedBody
    case .httpResponseHeaderSectionSize, .httpResponseTrailerSectionSize: .headerSectionTooLarge
    case .httpResponseHeaderSize, .httpResponseTrailerSize: .headerTooLarge
    case .httpResponseBodySize: .bodyTooLarge
    case .httpResponseTransferCoding: .badChunk
    case .httpResponseContentCoding: .badContentCoding
    case .httpResponseTimeout: .responseHeaderTimeout
    case .httpUpgradeFailed: .upgradeFailed
    case .httpProtocolError: .notHttp
    case .proxyInternalResponse: nil
    case .proxyInternalError, .proxyConfigurationError: .proxyBug
    case .proxyLoopDetected: .loopDetected
    }
  }

  /// The parameters of each member in turn, quotes and escapes taken away (RFC 9651).
  private static func members(of text: String) -> [[String: String]] {
    var members: [[String: String]] = []
    var parameters: [String: String] = [:]
    var part: [UInt8] = []
    var isQuoted = false
    var isEscaped = false
    func add() {
      let words = String(decoding: part, as: UTF8.self).split(separator: "=", maxSplits: 1)
      if words.count == 2 {
        parameters[words[0].trimmed] = words[1].trimmed
      }
      part = []
    }
    for byte in text.utf8.prefix(bytesMax) {
      if isEscaped {
        part.append(byte)
        isEscaped = false
      } else if isQuoted, byte == 0x5C {
        isEscaped = true
      } else if byte == 0x22 {
        isQuoted.toggle()
      } else if !isQuoted, byte == 0x3B {
        add()
      } else if !isQuoted, byte == 0x2C {
        add()
        members.append(parameters)
        parameters = [:]
      } else {
        part.append(byte)
      }
    }
    add()
    members.append(parameters)
    return members
  }
}

extension Substring {
  /// Without the spaces before and behind it.
  fileprivate var trimmed: String {
    var rest = self
    while rest.first == " " { rest = rest.dropFirst() }
    while rest.last == " " { rest = rest.dropLast() }
    return String(rest)
  }
}
