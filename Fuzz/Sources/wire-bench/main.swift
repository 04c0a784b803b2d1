// Nanoseconds for each scan and parse of typical heads, best of ten rounds: `swift run -c release wire-bench [COUNT]`.
// On a machine that others use too, count instructions instead: `valgrind --tool=callgrind .../wire-bench 100`.

import SluiceWire

struct Sample {
  let name: String
  let text: String
  let isRequest: Bool
}

let samples = [
  Sample(
    name: "small GET, 2 fields",
    text: "GET /index.html HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: wrk\r\n\r\n", isRequest: true),
  Sample(
    name: "browser GET, 10 fields",
    text: "GET /api/v1/items?limit=20 HTTP/1.1\r\nHost: www.example.com\r\nConnection: keep-alive\r\n"
      + "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36\r\n"
      + "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\nAccept-Encoding: gzip, deflate, br\r\n"
      + "Accept-Language: en-GB,en;q=0.5\r\nReferer: https://www.example.com/start\r\nSec-Fetch-Mode: navigate\r\n"
      + "Cache-Control: max-age=0\r\nCookie: session=0123456789abcdef; theme=dark\r\n\r\n", isRequest: true),
  Sample(
    name: "small response, 5 fields",
    text: "HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Mon, 01 Jan 2024 00:00:00 GMT\r\nContent-Type: text/plain\r\n"
      + "Content-Length: 12\r\nConnection: keep-alive\r\n\r\n", isRequest: false),
]

/// Runs `body` many times in each of several rounds and keeps the best one.
func best(rounds: Int, count: Int, _ body: () throws -> Int) rethrows -> Double {
  let clock = ContinuousClock()
  var best = Double.infinity
  for _ in 0..<rounds {
    var sum = 0
    let start = clock.now
    for _ in 0..<count { sum &+= try body() }
    let elapsed = start.duration(to: clock.now)
    precondition(sum != 0)
    let nanoseconds = Double(elapsed.components.attoseconds) / 1e9 + Double(elapsed.components.seconds) * 1e9
    best = min(best, nanoseconds / Double(count))
  }
  return best
}

let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 200_000
for sample in samples {
  let bytes = Array(sample.text.utf8)
  var request = RequestHead()
  var response = ResponseHead()
  let scanOnly = best(rounds: 10, count: count) {
    var scanner = HeadScanner(role: sample.isRequest ? .request : .response)
    guard case .complete(_, let end) = scanner.scan(bytes.span.bytes) else { return 0 }
    return end
  }
  let both = try best(rounds: 10, count: count) {
    var scanner = HeadScanner(role: sample.isRequest ? .request : .response)
    guard case .complete(let start, let end) = scanner.scan(bytes.span.bytes) else { return 0 }
    if sample.isRequest {
      try request.parse(bytes.span.bytes, start: start, end: end)
      return request.fields.count
    }
    try response.parse(bytes.span.bytes, start: start, end: end, requestMethod: .get)
    return response.fields.count
  }
  func rounded(_ value: Double) -> String { "\(Int(value + 0.5))" }
  print("\(sample.name) (\(bytes.count) bytes): scan \(rounded(scanOnly)) ns, scan and parse \(rounded(both)) ns")
}
