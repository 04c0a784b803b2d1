import Foundation
import SluiceCore
import SluiceDiagnosis
import SluiceIncidents
import Testing

@Suite("Commands that check")
struct CheckCommandsTests {
  private func commands(_ sample: Sample) -> [String] { sample.diagnosis.checks.compactMap(\.command) }

  @Test("who listens, and what the machine did, at the moment of the incident")
  func refused() throws {
    let commands = commands(try Sample(.connectRefused))
    #expect(commands.first == "ss -ltnp 'sport = :3000'")
    #expect(commands.contains("curl --globoff -vk --max-time 5 https://127.0.0.1:3000/v1/orders"))
    #expect(
      commands.contains(
        "journalctl _PID=1 --since '2026-09-21 14:11:20 UTC' --until '2026-09-21 14:14:20 UTC'"))
  }

  @Test("a name is asked for, and the system too")
  func names() throws {
    var sample = try Sample(.dnsNxdomain)
    sample.isAt("http://api.internal:3000", address: nil)
    #expect(
      commands(sample) == ["dig +time=2 +tries=1 api.internal A api.internal AAAA", "getent ahosts api.internal"])
  }

  @Test("certificates are looked at under the name")
  func certificates() throws {
    var sample = try Sample(.tlsCertExpired)
    sample.isAt("https://api.internal:3443", address: "10.0.0.5:3443")
    #expect(
      commands(sample) == [
        "openssl s_client -connect api.internal:3443 -servername api.internal -showcerts </dev/null"
      ])
    sample.isAt("https://[::1]:3443", address: "[::1]:3443")
    #expect(commands(sample) == ["openssl s_client -connect '[::1]:3443' -showcerts </dev/null"])
  }

  @Test("a Unix socket")
  func unix() throws {
    var sample = try Sample(.hostUnreachable)
    sample.isAt("unix:/run/my app.sock", address: "unix")
    #expect(
      commands(sample).first
        == "curl --globoff -v --max-time 5 --unix-socket '/run/my app.sock' http://localhost/v1/orders")
    sample = try Sample(.unixSocketMissing)
    sample.isAt("unix:/run/app.sock", address: "unix")
    #expect(commands(sample) == ["ss -lxp | grep -F -- /run/app.sock"])
  }

  @Test("what the application says of its keep-alive timeout")
  func keepAlive() throws {
    let check = try #require(try Sample(.staleKeepalive).diagnosis.checks.first)
    #expect(check.question == "Is the application's keep-alive timeout longer than the gateway's 4 s?")
    #expect(
      check.command
        == "curl --globoff -v --max-time 5 http://127.0.0.1:3000/v1/orders -o /dev/null 2>&1 | grep -i keep-alive"
    )
  }

  @Test("a request that changes something is not sent again")
  func post() throws {
    var sample = try Sample(.hostUnreachable)
    sample.incident.record.method = "POST"
    #expect(commands(sample).first == "curl --globoff -v --max-time 5 http://127.0.0.1:3000/")
  }

  @Test("a question says on which machine")
  func machine() throws {
    var sample = try Sample(.connectRefused)
    sample.isAt("http://api.internal:3000", address: "10.0.0.5:3000")
    #expect(sample.diagnosis.checks.first?.question.hasPrefix("On api.internal: ") == true)
    let own = try Sample(.localFdsOrMemory).diagnosis.checks
    #expect(own.first?.question.hasPrefix("On the gateway's machine: ") == true)
  }

  /// Each command is parsed by a real shell in which the commands themselves are functions that name their arguments.
  @Test(
    "a harmful name is an argument and never a command", arguments: Cause.allCases,
    [
      "http://'; touch PWNED; ':3000", "http://$(touch PWNED):3000", "unix:/run/a';touch PWNED;'",
      "http://`touch PWNED`",
    ])
  func harmful(_ cause: Cause, _ endpoint: String) throws {
    var sample = try Sample(cause)
    sample.isAt(endpoint, address: nil)
    sample.incident.record.path = "/a';touch PWNED;'$(touch PWNED)"
    sample.incident.evidence?.resolution = ResolutionEvidence(
      name: "x'; touch PWNED; '", addresses: [], responseCode: nil)
    let script = commands(sample).joined(separator: "\n")
    let known = ["ss", "curl", "dig", "getent", "openssl", "journalctl", "nstat", "grep", "cat", "pgrep", "xargs"]
    let functions = known.map { "\($0)() { :; }" } + ["touch() { echo harm; }"]
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", functions.joined(separator: "\n") + "\n" + script]
    process.environment = ["PATH": "/nonexistent"]
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(String(decoding: said, as: UTF8.self) == "")
  }
}
