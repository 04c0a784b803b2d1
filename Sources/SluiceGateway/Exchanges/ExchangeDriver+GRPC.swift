internal import SluiceCore
internal import SluiceWire

// What is different for gRPC, which is known by its content type (gRPC over HTTP/2, "Content-Type").

extension ExchangeDriver {
  /// `application/grpc`, with or without the name of a coding; not `application/grpc-web`, which is plain HTTP.
  var isGRPC: Bool {
    guard head.version == .http2, head.seen.contains(.contentType) else { return false }
    let block = block
    let name: StaticString = "application/grpc"
    for field in head.fields where field.known == .contentType {
      let (start, length) = (Int(field.value.lowerBound), name.utf8CodeUnitCount)
      guard field.value.count >= length else { return false }
      let isNamed = equalsIgnoringCase(block.span.bytes, ByteRange(start, start + length), name)
      guard isNamed, field.value.count > length else { return isNamed }
      // `+proto`, `;charset=…`
      return block[start + length] == 0x2B || block[start + length] == 0x3B
    }
    return false
  }

  /// A call may be silent for long in both directions, and its client says how long it waits.
  func followGRPC(_ policy: inout ExchangePolicy) {
    policy.clientBodyIdle = policy.timeouts.streamIdle
    let block = block
    for field in head.fields where field.known == .grpcTimeout {
      guard let timeout = GRPCTimeout.parse(block.span.bytes, field.value) else { continue }
      policy.clientDeadline = timeout
      policy.timeouts.responseHead = timeout
    }
  }
}
