import Foundation
import SluiceIncidents
import Testing

@testable import SluiceProbes

@Suite struct JournalLookTests {
  private let moment: Int64 = 1_795_713_131_000

  /// A look that runs a script in the place of journalctl.
  private func look(_ script: String, unit: String = "api.service") throws -> Seen<ApplicationLogSeen> {
    let folder = try LogFolder()
    let program = try folder.write("journalctl", "#!/bin/sh\n" + script)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
    return JournalLook(limit: .seconds(20), program: program).look(unit: unit, moment: moment)
  }

  private func reason(_ seen: Seen<ApplicationLogSeen>) -> String? {
    if case .notRun(let reason) = seen { reason } else { nil }
  }

  @Test func entriesAreReadWithTheirTimes() throws {
    let seen = try #require(
      try look(
        #"""
        cat <<'END'
        {"__REALTIME_TIMESTAMP":"1795713130500000","_PID":"7","MESSAGE":"listening on port 3000"}
        {"__REALTIME_TIMESTAMP":"1795713131000000","_PID":"7","MESSAGE":[27,91,51,49,109,69,82,82,79,82,27,91,48,109,32,110,111]}
        {"__REALTIME_TIMESTAMP":"1795713131200000","_PID":"1","MESSAGE":"api.service: Main process exited, code=killed, status=9/KILL"}
        {"__REALTIME_TIMESTAMP":"1795713131300000","_PID":"1","MESSAGE":"Started api.service - API."}
        {"__REALTIME_TIMESTAMP":"1795713131400000","_PID":"9","MESSAGE":null}
        END
        """#
      ).value)
    #expect(seen.source == "journal:api.service")
    #expect(seen.notes.map(\.kind) == [.error, .killed, .started, .listening])
    #expect(seen.notes.map(\.time) == [moment, moment + 200, moment + 300, moment - 500])
    #expect(seen.lines.map(\.text).contains("ERROR no"))
    #expect(seen.lines.count == 4)
    #expect(seen.starts == [moment - 500, moment + 300])
    #expect(seen.missing == [])
  }

  @Test func theUnitAndTheTimesAreAskedFor() throws {
    let script = #"printf '{"__REALTIME_TIMESTAMP":"1795713131000000","MESSAGE":"%s"}\n' "$*""#
    let seen = try #require(try look(script, unit: "api@1.service").value)
    let asked = try #require(seen.lines.first?.text)
    #expect(asked.contains("-u api@1.service --since @1795712531 --until @1795713191 -n 4000"))
    #expect(asked.contains("--no-pager -o json"))
  }

  @Test func whereNothingIsNearTheLastEntriesAreShown() throws {
    let seen = try #require(
      try look(
        #"""
        case "$*" in *--since*) exit 0;; esac
        echo '{"__REALTIME_TIMESTAMP":"1795700000000000","MESSAGE":"served"}'
        """#
      ).value)
    #expect(seen.lines.map(\.text) == ["served"])
    #expect(seen.missing.contains { $0.contains("no entry of api.service within ten minutes") })
  }

  @Test func whatIsMissingIsNamed() throws {
    #expect(reason(try look("exit 0"))?.contains("no entry of a unit api.service") == true)
    let right = "echo 'No journal files were opened due to insufficient permissions.' >&2"
    #expect(reason(try look(right))?.contains("group systemd-journal or adm") == true)
    #expect(reason(try look("echo 'No journal files were found.' >&2"))?.contains("keeps no journal") == true)
    #expect(reason(try look("echo 'Failed to add match' >&2; exit 1"))?.contains("Failed to add match") == true)
    let hint = "echo 'Hint: You are currently not seeing messages from other users and the system.' >&2"
    #expect(reason(try look(hint))?.contains("the right to read the journal") == true)
    let absent = JournalLook(limit: .seconds(5), program: "no-such-journalctl").look(unit: "a", moment: moment)
    #expect(reason(absent)?.contains("this machine has no no-such-journalctl") == true)
  }

  @Test(.timeLimit(.minutes(1)))
  func aJournalThatSaysNothingOrTooMuchIsLeft() throws {
    let folder = try LogFolder()
    let program = try folder.write("journalctl", "#!/bin/sh\nsleep 600\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
    let late = JournalLook(limit: .milliseconds(400), program: program).look(unit: "a", moment: moment)
    #expect(late == .timedOut(milliseconds: 400))
    let line = #"{"__REALTIME_TIMESTAMP":"1795713131000000","MESSAGE":"served and served"}"#
    let much = try #require(try look("yes '\(line)' | head -n 80000").value)
    #expect(much.missing.contains { $0.contains("later entries are left out") })
    #expect(much.lines.count == 200)
  }
}
