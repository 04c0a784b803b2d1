import Testing

@testable import SluiceLogs

@Suite("Names of rotated files")
struct RotatedNameTests {
  @Test(
    "tell the log that they are a part of, and when it was written",
    arguments: [
      ("access.log", "access.log", "", nil), ("access.log.1", "access.log", "", 1),
      ("access.log.12.gz", "access.log", "", 12), ("access.log-20261126.gz", "access.log", "20261126", nil),
      ("access.log.2026-11-26", "access.log", "20261126", nil),
      ("access-2026-11-26.log", "access.log", "20261126", nil),
      ("access-2026-11-26T20-00-00.000.log.gz", "access.log", "20261126200000000", nil),
      ("access.log-1795723200", "access.log", "1795723200", nil), ("access.log.gz", "access.log", "", nil),
      ("pod-12.log", "pod-12.log", "", nil), ("node.2099", "node.2099", "", nil), ("1", "1", "", nil),
      ("20261126", "20261126", "", nil), ("x-20269999.log", "x-20269999.log", "", nil), ("-", "-", "", nil),
      ("", "", "", nil), ("haproxy.log.2.xz", "haproxy.log", "", 2),
    ] as [(String, String, String, Int?)])
  func parts(name: String, base: String, date: String, number: Int?) {
    let rotated = RotatedName(name)
    #expect(rotated.base == base)
    #expect(rotated.date == date)
    #expect(rotated.number == number)
  }

  @Test("are put in the order of time")
  func order() {
    let names = ["a.log", "a.log.1", "a.log.2.gz", "a.log.10.gz", "a.log-20261127", "a.log-20261126"]
    let sorted = names.sorted { RotatedName($0).isOlder(than: RotatedName($1)) }
    #expect(sorted == ["a.log-20261126", "a.log-20261127", "a.log.10.gz", "a.log.2.gz", "a.log.1", "a.log"])
  }
}
