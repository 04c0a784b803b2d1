import SluiceWire
import Testing

@testable import SluiceCore

@Suite struct GRPCTimeoutTests {
  private static func parse(_ text: String) -> TimeSpan? {
    let bytes = Array("x\(text)".utf8)
    return GRPCTimeout.parse(bytes.span.bytes, ByteRange(1, bytes.count))
  }

  @Test(arguments: [
    ("1H", TimeSpan.seconds(3600)), ("2M", .seconds(120)), ("3S", .seconds(3)), ("1500m", .milliseconds(1500)),
    ("7u", .microseconds(7)), ("99999999n", TimeSpan(nanoseconds: 99_999_999)), ("0S", .zero),
    ("99999999H", .unlimited),
    ("99999M", .seconds(99_999 * 60)),
  ])
  func itReadsEachUnit(_ text: String, _ time: TimeSpan) { #expect(Self.parse(text) == time) }

  @Test(arguments: ["", "S", "5", "5s", "-1S", "1.5S", "123456789S", " 1S", "1 S", "1SS"])
  func itRefusesWhatIsNone(_ text: String) { #expect(Self.parse(text) == nil) }

  @Test func everyCauseHasAStatusAndNoneIsWell() {
    for cause in Cause.allCases { #expect(cause.grpcStatus != .ok, "\(cause)") }
    #expect(Cause.connectRefused.grpcStatus == .unavailable)
    #expect(Cause.requestDeadline.grpcStatus == .deadlineExceeded)
    #expect(Cause.rateLimited.grpcStatus == .resourceExhausted)
  }
}
