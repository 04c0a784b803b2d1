import SluiceWire
import Testing

@Suite struct ScannerTests {
  private func scan(_ text: String, _ role: MessageRole, _ limits: HeadLimits = HeadLimits()) -> HeadScan {
    var scanner = HeadScanner(role: role, limits: limits)
    return scanner.scan(Array(text.utf8).span.bytes)
  }

  private func rule(_ text: String, _ role: MessageRole, _ limits: HeadLimits = HeadLimits()) -> WireRule? {
    guard case .failed(let fault) = scan(text, role, limits) else { return nil }
    return fault.rule
  }

  @Test func findsTheEnd() {
    #expect(scan("GET / HTTP/1.1\r\nA: b\r\n\r\nbody\r\n\r\n", .request) == .complete(start: 0, end: 24))
    #expect(scan("\r\nGET / HTTP/1.1\r\n\r\n", .request) == .complete(start: 2, end: 20))
    #expect(scan("HTTP/1.1 200 OK\r\n\r\n", .response) == .complete(start: 0, end: 19))
    #expect(scan("GET / HTTP/1.1\r\nA: b\r\n\r", .request) == .incomplete)
    #expect(scan("", .request) == .incomplete)
    #expect(scan("\r\n\r", .request) == .incomplete)
  }

  @Test func failsAtTheFirstByteThatIsNotHTTP() {
    #expect(rule("\u{16}", .request) == .methodSyntax)
    #expect(rule("GE\u{1}", .request) == .methodSyntax)
    #expect(rule(" ", .request) == .methodSyntax)
    #expect(rule("GET\r", .request) == .methodSyntax)
    #expect(rule("{", .response) == .notHTTP)
    #expect(rule("\r", .response) == .notHTTP)
    #expect(rule("HTTP/2", .response) == .notHTTP)
    #expect(rule("HTTP/1.", .response) == nil)
    #expect(rule("HTTP/1x", .response) == .notHTTP)
  }

  @Test func emptyLinesAreSkippedUpToABound() {
    let lines = String(repeating: "\r\n", count: HeadScanner.leadingBlankLinesMax)
    #expect(scan("\(lines)G", .request) == .incomplete)
    #expect(rule("\(lines)\r\n", .request) == .leadingBlankLines)
    #expect(rule("\rG", .request) == .bareCarriageReturn)
    #expect(rule("\n", .request) == .bareLineFeed)
  }

  @Test func limitsHoldToTheByte() {
    let limits = HeadLimits(total: 90, line: 32, field: 20, fields: 4)
    let line = "GET /\(String(repeating: "a", count: 16)) HTTP/1.1"
    #expect(line.utf8.count == 30)
    #expect(scan("\(line)\r\n", .request, limits) == .incomplete)
    #expect(rule("\(line)a\r\n", .request, limits) == .lineTooLong)
    #expect(rule("GET /\(String(repeating: "a", count: 28))", .request, limits) == .lineTooLong)
    #expect(rule(String(repeating: "A", count: 33), .request, limits) == .lineTooLong)
    let field = "A: 45678901234567890".prefix(18)
    #expect(scan("\(line)\r\n\(field)\r\n", .request, limits) == .incomplete)
    #expect(rule("\(line)\r\n\(field)x\r\n", .request, limits) == .fieldTooLarge)
    #expect(rule("\(line)\r\n\(field)xyz", .request, limits) == .fieldTooLarge)
    let two = "\(line)\r\n\(field)\r\n\(field)\r\n"
    #expect(two.utf8.count == 72)
    #expect(scan("\(two)A: 45678901234\r\n\r\n", .request, limits) == .complete(start: 0, end: 90))
    #expect(rule("\(two)A: 456789012345\r\n\r\n", .request, limits) == .headTooLarge)
    #expect(scan("\(line)\r\nA:\r\nB:\r\nC:\r\nD:\r\n\r\n", .request, limits) != .incomplete)
    #expect(rule("\(line)\r\nA:\r\nB:\r\nC:\r\nD:\r\nE:\r\n", .request, limits) == .tooManyFields)
  }

  @Test func aResetScannerBeginsAnew() {
    var scanner = HeadScanner(role: .request)
    let bytes = Array("GET / HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
    for _ in 0..<3 {
      let part = scanner.scan(bytes.span.bytes.extracting(first: 9))
      let whole = scanner.scan(bytes.span.bytes)
      #expect(part == .incomplete)
      #expect(whole == .complete(start: 0, end: bytes.count))
      scanner.reset()
    }
  }
}
