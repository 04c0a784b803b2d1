import Testing

@testable import SluiceProbes

@Suite struct ErrorQueueTests {
  /// A control message: length, level, type, then `sock_extended_err` and who sent it.
  private func control(level: UInt8, type: UInt8, origin: UInt8, icmp: UInt8, code: UInt8) -> [UInt8] {
    let offender: [UInt8] = [2, 0, 0, 0, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    let error: [UInt8] = [113, 0, 0, 0, origin, icmp, code, 0, 0, 0, 0, 0, 0, 0, 0, 0] + offender
    return [48, 0, 0, 0, 0, 0, 0, 0, level, 0, 0, 0, type, 0, 0, 0] + error
  }

  @Test func whoAnsweredAndWhat() {
    let prohibited = ErrorQueue.message(control(level: 0, type: 11, origin: 2, icmp: 3, code: 13))
    #expect(prohibited == ErrorQueue.Message(text: "administratively prohibited", from: "10.0.0.1"))
    #expect(ErrorQueue.message(control(level: 0, type: 11, origin: 2, icmp: 3, code: 3))?.text == "port unreachable")
    #expect(
      ErrorQueue.message(control(level: 41, type: 25, origin: 3, icmp: 1, code: 1))?.text
        == "administratively prohibited")
    #expect(
      ErrorQueue.message(control(level: 0, type: 11, origin: 2, icmp: 3, code: 77))?.text == "ICMP type 3, code 77")
  }

  @Test func whatIsNoICMPIsNothing() {
    #expect(ErrorQueue.message(control(level: 0, type: 11, origin: 1, icmp: 3, code: 13)) == nil)
    #expect(ErrorQueue.message(control(level: 1, type: 29, origin: 2, icmp: 3, code: 13)) == nil)
    #expect(ErrorQueue.message([]) == nil)
    let whole = control(level: 0, type: 11, origin: 2, icmp: 3, code: 13)
    for count in 0..<48 { #expect(ErrorQueue.message(Array(whole.prefix(count))) == nil) }
  }
}
