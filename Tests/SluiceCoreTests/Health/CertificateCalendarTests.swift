import SluiceCore
import Testing

@Suite struct CertificateCalendarTests {
  private static let day: Int64 = 86_400_000
  private let place = CertificateCalendar.Place(upstream: "api", endpoint: "https://10.0.0.1:443")

  private func entry(_ name: String, days: Int64) -> CertificateCalendar.Entry {
    CertificateCalendar.Entry(fingerprint: name, subject: "CN=\(name)", notAfter: days * Self.day)
  }

  @Test func theFirstOneIsNoChangeAndAnotherIs() {
    var calendar = CertificateCalendar()
    let answers = ["a", "a", "b", "a", "b", "c"].map { calendar.saw(entry($0, days: 90), at: place) }
    // Two machines behind one address alternate.
    #expect(answers == [.first, .same, .new, .earlier, .earlier, .new])
  }

  @Test func fiveOfThemAreTooManyToRemember() {
    var calendar = CertificateCalendar()
    for name in ["a", "b", "c", "d", "e"] { _ = calendar.saw(entry(name, days: 90), at: place) }
    #expect(calendar.saw(entry("a", days: 90), at: place) == .new)
  }

  @Test func threeWeeksBeforeItsEndItIsToldOf() {
    var calendar = CertificateCalendar()
    _ = calendar.saw(entry("a", days: 100), at: place)
    #expect(calendar.endingSoon(at: 78 * Self.day).isEmpty)
    #expect(calendar.endingSoon(at: 79 * Self.day).map(\.entry.fingerprint) == ["a"])
    #expect(calendar.endingSoon(at: 100 * Self.day - 1).count == 1)
    // What has ended fails by itself.
    #expect(calendar.endingSoon(at: 100 * Self.day).isEmpty)
  }

  @Test func aRenewedOneEndsIt() {
    var calendar = CertificateCalendar()
    _ = calendar.saw(entry("a", days: 100), at: place)
    #expect(calendar.saw(entry("b", days: 190), at: place) == .new)
    #expect(calendar.endingSoon(at: 90 * Self.day).isEmpty)
  }

  @Test func placesThatAreGoneAreForgotten() {
    var calendar = CertificateCalendar()
    let other = CertificateCalendar.Place(upstream: "web", endpoint: "https://10.0.0.2:443")
    _ = calendar.saw(entry("a", days: 10), at: place)
    _ = calendar.saw(entry("b", days: 5), at: other)
    #expect(calendar.endingSoon(at: 0).map(\.entry.fingerprint) == ["b", "a"])
    calendar.keep([place])
    #expect(calendar.endingSoon(at: 0).map(\.entry.fingerprint) == ["a"])
  }
}
