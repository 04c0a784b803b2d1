import SluiceWire
import Testing

@testable import SluiceIncidents

@Suite struct SpanTextTests {
  private func text(_ bytes: [UInt8], limit: Int = 1024) -> String? {
    String(validating: SpanText(bytes.span.bytes, ByteRange(0, bytes.count), limit: limit).bytes, as: UTF8.self)
  }

  @Test(arguments: [
    (Array("/v1/orders".utf8), "/v1/orders"), (Array("/grün/日本/🙂".utf8), "/grün/日本/🙂"), ([], ""),
    ([0x2F, 0xFF, 0x61], "/\u{FFFD}a"), ([0x2F, 0xC3], "/\u{FFFD}"),
  ])
  func anyBytesBecomeValidText(bytes: [UInt8], expected: String) {
    #expect(text(bytes) == expected)
  }

  @Test func aLongTextIsCut() {
    #expect(text(Array(repeating: 0x61, count: 50), limit: 50) == String(repeating: "a", count: 50))
    #expect(text(Array(repeating: 0x61, count: 51), limit: 50) == String(repeating: "a", count: 50) + "…")
    #expect(text(Array(repeating: 0xC3, count: 51), limit: 50)?.hasSuffix("…") == true)
  }

  @Test func aRangeOutsideOfTheHeadIsCut() {
    let bytes = Array("abc".utf8)
    #expect(SpanText(bytes.span.bytes, ByteRange(1, 900)).bytes == Array("bc".utf8))
    #expect(SpanText(bytes.span.bytes, ByteRange(800, 900)).bytes == [])
  }

  @Test(arguments: [
    ("?token=abc&page=2", "token&page"), ("a=1&b&c=", "a&b&c"), ("a=b=c&=x", "a&"), ("=secret", ""), ("?", ""),
  ])
  func aQueryIsNamesUnlessToldOtherwise(query: String, names: String) {
    let bytes = Array(query.utf8)
    let range = ByteRange(0, bytes.count)
    #expect(SpanText(query: bytes.span.bytes, range, .names).bytes == Array(names.utf8))
    let full = query.hasPrefix("?") ? String(query.dropFirst()) : query
    #expect(SpanText(query: bytes.span.bytes, range, .full).bytes == Array(full.utf8))
  }

  @Test(arguments: [("GET", "GET"), ("QUERY", "QUERY"), ("get", "HTTP"), ("BREW", "HTTP"), ("", "HTTP")])
  func aMethodThatAnybodyCanMakeUpIsNoName(method: String, name: String) {
    let bytes = Array(method.utf8)
    #expect(SpanText(bytes.span.bytes, ByteRange(0, bytes.count)).nameBytes == Array(name.utf8))
  }
}
