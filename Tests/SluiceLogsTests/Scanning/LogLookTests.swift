import Testing

@testable import SluiceLogs

@Suite("What the first lines of a log tell")
struct LogLookTests {
  private static let error =
    "2026/11/26 21:00:00 [error] 7#7: *1 connect() failed (111: Connection refused) while connecting to upstream, "
    + #"client: 10.0.0.7, server: a, request: "GET /a HTTP/1.1", upstream: "http://10.0.0.1:80/a", host: "a""#
  private static let access =
    #"10.0.0.7 - - [26/Nov/2026:21:00:00 +0100] "GET /a HTTP/1.1" 502 12 "-" "x" rt=0.1 ua="10.0.0.1:80" us="502""#

  private static func docker(_ line: String) -> String {
    let text = line.map { $0 == "\"" ? "\\\"" : String($0) }.joined()
    return #"{"log":"\#(text)\n","stream":"stdout","time":"2026-11-26T20:00:00.5Z"}"#
  }

  private static func cri(_ line: String) -> String { "2026-11-26T20:00:00.500000000Z stdout F " + line }

  private func zone(_ lines: [String]) -> LogZone {
    let look = LogLook(Array((lines.joined(separator: "\n") + "\n").utf8), .standard)
    return LogLook.zone(of: 0, [look], .fixed(seconds: -18_000))
  }

  @Test("lines without an offset have the clock of those of the same log that tell one, whoever comes first")
  func mixed() {
    #expect(zone([Self.error, Self.access]) == .fixed(seconds: 3600))
    #expect(zone([Self.access, Self.error]) == .fixed(seconds: 3600))
    for wrap in [Self.docker, Self.cri] {
      #expect(zone([wrap(Self.error), wrap(Self.access)]) == .fixed(seconds: 3600))
    }
  }

  @Test("a runtime's UTC is not the program's clock: both together tell its offset")
  func runtime() {
    for wrap in [Self.docker, Self.cri] { #expect(zone([wrap(Self.error)]) == .fixed(seconds: 3600)) }
    #expect(zone([Self.error]) == .fixed(seconds: -18_000))
  }

  @Test("products that cannot have written plain lines do not make it doubtful who did")
  func owners() {
    let haproxy =
      #"10.1.1.1:5 [26/Nov/2026:20:00:03.500] fe be/s1 1/-1/-1/-1/5 503 212 - - SC-- 1/1/1/1/3 0/0 "GET / HTTP/1.1""#
    let plain = #"192.0.2.1 - - [26/Nov/2026:20:00:01 +0000] "GET / HTTP/1.1" 502 157 "-" "curl""#
    let looks = [plain, Self.error, haproxy].map { LogLook(Array(($0 + "\n").utf8), .standard) }
    let owned = LogLook.owned(looks, .standard)
    #expect(owned[0].products == [.nginx])
    #expect(owned[2].products == [.haproxy])
    #expect(LogLook.owned([looks[0], looks[2]], .standard)[0].products == [.other])
  }
}
