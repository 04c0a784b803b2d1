/// Attributes behind a netlink message: length and kind of 16 bits each, the value, and zeros up to a multiple of four.
enum NetlinkAttributes {
  static func value(_ wanted: UInt16, in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = bytes
    while rest.count >= 4 {
      guard let length = rest.number(UInt16.self, at: 0).map(Int.init), let kind = rest.number(UInt16.self, at: 2),
        length >= 4, length <= rest.count
      else { return nil }
      if kind == wanted { return rest.dropFirst(4).prefix(length - 4) }
      rest = rest.dropFirst((length + 3) & ~3)
    }
    return nil
  }
}
