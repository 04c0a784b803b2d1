import Testing

@testable import SluiceGateway

@Suite struct CertificateNamesTests {
  private static let names = CertificateNames([
    ["first.test"], ["a.test", "B.test"], ["*.w.test", "w.test"], ["exact.w.test"], ["a.test"], ["*.deep.w.test"],
  ])

  @Test(arguments: [
    ("a.test", 1), ("A.TEST", 1), ("b.test", 1), ("b.test.", 1), ("w.test", 2), ("x.w.test", 2), ("X.W.test", 2),
    ("exact.w.test", 3), ("y.deep.w.test", 5), ("deep.w.test", 2),
    // A wildcard stands for one label, and for one that is there.
    ("x.y.w.test", 0), (".w.test", 0), ("other.test", 0), ("test", 0), ("", 0), (".", 0), ("*.w.test", 2),
  ])
  func theMostExactNameWins(_ name: String, _ index: Int) { #expect(Self.names.index(for: name) == index) }

  @Test func whoNamesNothingGetsTheFirst() { #expect(Self.names.index(for: nil) == 0) }
}
