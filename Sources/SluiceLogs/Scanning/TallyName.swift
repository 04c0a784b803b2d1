/// Where requests of one product went, as the lines write it.
struct TallyName: Hashable, Sendable {
  let product: UInt8
  /// Upstream and endpoint behind each other.
  let bytes: [UInt8]
  let upstreamCount: Int

  /// All upstreams and endpoints of a product for which there was no place.
  static func others(_ product: UInt8) -> TallyName {
    let bytes = Array(TrafficTally.others.utf8)
    return TallyName(product: product, bytes: bytes, upstreamCount: bytes.count)
  }

  func key(slot: Int64?) -> TrafficTally.Key {
    let products = LogProduct.allCases
    return TrafficTally.Key(
      slot: slot, product: Int(product) < products.count ? products[Int(product)] : .other,
      upstream: text(bytes[..<upstreamCount]), endpoint: text(bytes[upstreamCount...]))
  }

  /// nil for what is no name.
  private func text(_ bytes: ArraySlice<UInt8>) -> String? {
    bytes.isEmpty || bytes.elementsEqual([0x2D]) ? nil : String(decoding: bytes, as: UTF8.self)
  }
}
