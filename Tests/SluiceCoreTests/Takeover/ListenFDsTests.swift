import SluiceCore
import Testing

@Suite("descriptors of the service manager")
struct ListenFDsTests {
  private static func read(_ environment: [String: String]) -> ListenFDs {
    ListenFDs(environment: environment, process: 42)
  }

  @Test func namedAndUnnamed() {
    #expect(
      Self.read(["LISTEN_PID": "42", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "web:admin"])
        == .descriptors(first: 3, names: ["web", "admin"]))
    #expect(Self.read(["LISTEN_PID": "42", "LISTEN_FDS": "2"]) == .descriptors(first: 3, names: ["", ""]))
    // Names that do not fit are no names.
    #expect(
      Self.read(["LISTEN_PID": "42", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "web"])
        == .descriptors(first: 3, names: ["", ""]))
  }

  @Test("what is meant for another process is not touched")
  func foreign() {
    #expect(Self.read(["LISTEN_PID": "41", "LISTEN_FDS": "2"]) == .none)
    #expect(Self.read(["LISTEN_FDS": "2"]) == .none)
    #expect(Self.read(["LISTEN_PID": "42"]) == .none)
    #expect(Self.read(["LISTEN_PID": "42", "LISTEN_FDS": "0"]) == .none)
    #expect(Self.read([:]) == .none)
  }

  @Test(arguments: ["-1", "many", "1025", "", "99999999999999999999"])
  func malformedCounts(count: String) {
    guard case .malformed = Self.read(["LISTEN_PID": "42", "LISTEN_FDS": count]) else {
      Issue.record("\(count) was believed")
      return
    }
  }

  @Test func malformedProcess() {
    guard case .malformed = Self.read(["LISTEN_PID": "me", "LISTEN_FDS": "1"]) else {
      Issue.record("believed")
      return
    }
  }
}
