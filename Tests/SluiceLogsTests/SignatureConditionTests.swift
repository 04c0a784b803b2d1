import SluiceLogs
import Testing

@Suite("Conditions of signatures")
struct SignatureConditionTests {
  private let values = FieldValues([
    .message: "connect() failed (111: Connection refused) while connecting to upstream", .terminationState: "SC--",
    .status: "503", .responseFlags: "UF,URX", .endpoint: "-",
  ])

  @Test(
    "hold or not",
    arguments: [
      (SignatureCondition.contains(.message, "(111: Connection refused)"), true),
      (.contains(.message, "(110: Connection timed out)"), false), (.contains(.path, "x"), false),
      (.contains(.message, "upstream"), true), (.contains(.message, "upstreams"), false),
      (.containsNone(.message, ["SSL", "refused"]), false), (.containsNone(.message, ["SSL"]), true),
      (.containsAny(.message, ["(61:", "(111:"]), true), (.containsAny(.message, ["(61:"]), false),
      (.containsAny(.path, ["x"]), false), (.containsNone(.path, ["SSL"]), true),
      (.starts(.message, "connect()"), true),
      (.starts(.message, "onnect()"), false), (.is(.status, ["502", "503"]), true), (.is(.status, ["502"]), false),
      (.missing(.endpoint), true), (.missing(.status), false), (.present(.status), true),
      (.letter(.terminationState, 1, "CH"), true), (.letter(.terminationState, 0, "C"), false),
      (.letter(.terminationState, 9, "C"), false), (.flag(.responseFlags, "URX"), true),
      (.flag(.responseFlags, "UR"), false), (.number(.status, 500...599), true), (.number(.status, 504...504), false),
      (.number(.message, 0...1), false),
    ])
  func hold(condition: SignatureCondition, expected: Bool) {
    #expect(condition.holds(values) == expected)
  }
}
