import SluiceConfiguration
import Testing

@testable import SluiceGateway

@Suite struct CertificateWatchTests {
  private static let listener = ListenAddress.tcp(host: "127.0.0.1", port: 443)

  /// Identities of real files, so that a change is what the system calls one.
  private func identity(_ folder: CertificateFolder, _ name: String, _ text: String) throws -> FileIdentity? {
    try text.write(toFile: folder.file(name), atomically: true, encoding: .utf8)
    return FileIdentity(path: folder.file(name))
  }

  private func expectRead(_ watch: inout CertificateWatch, _ stamps: CertificateWatch.Stamps) {
    let listeners = watch.look(at: stamps)
    #expect(listeners == [Self.listener])
  }

  private func expectNothing(_ watch: inout CertificateWatch, _ stamps: CertificateWatch.Stamps) {
    let listeners = watch.look(at: stamps)
    #expect(listeners.isEmpty)
  }

  @Test func filesAreReadAgainOnceTheyHaveSettled() throws {
    let folder = try CertificateFolder()
    let (certificate, key) = (try identity(folder, "a.pem", "one"), try identity(folder, "a.key", "one"))
    var watch = CertificateWatch()
    watch.adopt([Self.listener: [certificate, key]])
    expectNothing(&watch, [Self.listener: [certificate, key]])
    // First the certificate, at the next look the key: neither look is the moment.
    let renewed = try identity(folder, "a.pem", "two")
    expectNothing(&watch, [Self.listener: [renewed, key]])
    let renewedKey = try identity(folder, "a.key", "two")
    expectNothing(&watch, [Self.listener: [renewed, renewedKey]])
    expectRead(&watch, [Self.listener: [renewed, renewedKey]])
    // Once: what cannot be used is not told every two seconds.
    expectNothing(&watch, [Self.listener: [renewed, renewedKey]])
  }

  @Test func aFileThatIsGoneAndOneThatComesAreChanges() throws {
    let folder = try CertificateFolder()
    let file = try identity(folder, "a.pem", "one")
    var watch = CertificateWatch()
    watch.adopt([Self.listener: [file]])
    expectNothing(&watch, [Self.listener: [nil]])
    expectRead(&watch, [Self.listener: [nil]])
    expectNothing(&watch, [Self.listener: [file]])
    expectRead(&watch, [Self.listener: [file]])
  }

  @Test func theEndOfACertificateIsToldAFewTimesAndNotEveryTwoSeconds() {
    let day: Int64 = 86_400
    let end = 1000 * day
    let facts = CertificateFacts(
      file: "a.pem", subject: "CN=a", issuer: "CN=b", names: [], notBefore: 0, notAfter: end)
    var watch = CertificateWatch()
    var told: [Int64] = []
    for hour in stride(from: end - 40 * day, to: end + 3 * day, by: 3600) where watch.isDue(facts, at: hour) {
      told.append(facts.daysLeft(at: hour))
    }
    #expect(told == [21, 14, 7, 3, 1, 0])
    // A renewed one begins anew.
    var renewed = facts
    renewed.notAfter = end + 90 * day
    let isDueAtOnce = watch.isDue(renewed, at: end + 3 * day)
    let isDueLater = watch.isDue(renewed, at: end + 80 * day)
    #expect(!isDueAtOnce && isDueLater)
  }

  @Test func daysAreRoundedDown() {
    let facts = CertificateFacts(
      file: "", subject: "", issuer: "", names: [], notBefore: 0, notAfter: 10 * 86_400)
    #expect(facts.daysLeft(at: 0) == 10)
    #expect(facts.daysLeft(at: 1) == 9)
    #expect(facts.daysLeft(at: 10 * 86_400) == 0)
    #expect(facts.daysLeft(at: 10 * 86_400 + 1) == -1)
    #expect(facts.daysLeft(at: 11 * 86_400 + 1) == -2)
  }
}
