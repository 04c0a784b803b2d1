import Testing

@testable import SluiceLogs

@Suite("Why an event happened")
struct LogEventReasonTests {
  @Test(
    "is what the proxy says of it",
    arguments: [
      (
        "Server app/a1 is DOWN, reason: Layer4 connection problem, info: \"Connection refused\", check duration: 0ms. 0 active",
        "Layer4 connection problem, info: \"Connection refused\""
      ),
      ("Server app/a1 is DOWN, reason: Layer4 timeout. 1 active and 0 backup", "Layer4 timeout"),
      ("disabling worker for (10.0.0.1).", "disabling worker for (10.0.0.1)"), ("", nil), ("reason: .", nil),
    ] as [(String, String?)])
  func reason(detail: String, expected: String?) {
    #expect(LogEvent(.endpointDown, detail: detail).reason == expected)
  }
}
