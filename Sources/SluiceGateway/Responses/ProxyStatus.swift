internal import RawStructuredFieldValues
internal import SluiceCore

/// Our member of Proxy-Status (RFC 9209 section 2): `NAME; error=connection_refused; details="connect_refused"`.
enum ProxyStatus {
  /// Parameters that carry a name, address or byte of the upstream only where there is `detail`.
  static func member(installation: String, _ answer: FailureAnswer) -> [UInt8] {
    var parameters = OrderedMap<String, RFC9651BareItem>()
    if let type = answer.cause.proxyErrorType(rule: answer.rule) { parameters["error"] = .token(type.identifier) }
    if let detail = answer.detail { add(detail, answer.cause, to: &parameters) }
    parameters["details"] = .string(answer.cause.identifier)
    let item = Item(bareItem: name(installation), parameters: parameters)
    var serializer = StructuredFieldValueSerializer()
    if let value = try? serializer.writeListFieldValue([.item(item)]) { return spaced(value) }
    // No text of ours is refused once it is printable; a field without a name is still better than none.
    return Array("sluice; details=\"\(answer.cause.identifier)\"".utf8)
  }

  /// A space behind each semicolon that separates parameters: allowed (RFC 9651 section 4.2.3.2), and how RFC 9209 and
  /// people write it.
  private static func spaced(_ value: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(value.count + 8)
    var isQuoted = false
    var isEscaped = false
    for byte in value {
      result.append(byte)
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isEscaped = byte == 0x5C
        isQuoted = byte != 0x22
      } else if byte == 0x22 {
        isQuoted = true
      } else if byte == 0x3B {
        result.append(0x20)
      }
    }
    return result
  }

  private static func add(
    _ detail: FailureAnswer.Detail, _ cause: Cause, to parameters: inout OrderedMap<String, RFC9651BareItem>
  ) {
    if detail.address.family == .v4 || detail.address.family == .v6 {
      parameters["next-hop"] = .string(detail.address.description)
    } else if let endpoint = detail.endpoint {
      parameters["next-hop"] = .string(printable(endpoint))
    }
    if detail.receivedStatus != 0 { parameters["received-status"] = .integer(Int64(detail.receivedStatus)) }
    switch cause.proxyErrorType {
    case .dnsError:
      if let rcode = detail.rcode { parameters["rcode"] = .string(printable(rcode)) }
    case .tlsAlertReceived:
      if let alert = detail.alertID { parameters["alert-id"] = .integer(Int64(alert)) }
      if let name = detail.alertMessage { parameters["alert-message"] = .string(printable(name)) }
    case .httpResponseHeaderSize:
      if let name = detail.fieldName { parameters["header-name"] = .string(printable(name)) }
    default:
      break
    }
  }

  /// A token where the name is one (RFC 9651 section 3.3.4), else a string.
  private static func name(_ installation: String) -> RFC9651BareItem {
    let isToken =
      installation.utf8.first.map { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == 0x2A } ?? false
      && installation.utf8.allSatisfy(isTokenByte)
    return isToken ? .token(installation) : .string(printable(installation))
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~:/".utf8.contains(byte)
    }
  }

  /// A structured string holds printable ASCII only.
  private static func printable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { (" "..."~").contains($0) ? $0 : "?" }.prefix(256)))
  }
}
