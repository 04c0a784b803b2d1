internal import NIOCore
internal import SluiceWire

extension ExchangeDriver {
  /// The first final head of a connection, which is `worker.responseHead`; its ranges are into `bytes`.
  func sawVersion(in bytes: ByteBuffer) {
    guard let upstreamState else { return }
    let state = upstreamState.endpoints[endpointIndex]
    let secrets = snapshot.shared.secrets
    for field in worker.responseHead.fields {
      var name: [UInt8] = []
      name.append(bytes.readableBytesSpan, field.name)
      let lower = String(decoding: name, as: UTF8.self).lowercased()
      guard VersionWitness.fields.contains(lower), !secrets.contains(name) else { continue }
      var value: [UInt8] = []
      value.append(bytes.readableBytesSpan, field.value)
      let place = VersionWitness.Place(
        upstream: upstreamState.configuration.name, endpoint: state.url, field: lower)
      worker.services.saw(value, of: String(decoding: name, as: UTF8.self), at: place, worker.wallMilliseconds(at: now))
    }
  }
}
