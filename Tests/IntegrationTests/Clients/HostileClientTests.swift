import Foundation
import TestSupport
import Testing

extension Integration {
  /// Clients of HTTP/2 that mean harm: each is ended with the right error, a client beside it notices nothing, and memory
  /// stays where it was.
  @Suite struct HostileClientTests {
    /// As hostile_client.py names them.
    static let kinds = [
      "rapid_reset", "wrong_streams", "continuation_flood", "empty_continuations", "settings_flood", "ping_flood",
      "empty_data_flood", "priority_flood", "window_flood", "unread_acknowledgements", "compressed_bomb",
      "window_of_zero", "window_of_one", "never_reading", "unfinished_uploads", "silence",
    ]
    /// What resident memory may grow by while one of them is at it.
    private static let growthMax = 64 << 20
    /// Milliseconds of the slowest answer to the client beside it: a flood of resets is 500 requests that share its worker,
    /// which an unoptimised build on a busy machine is busy with for a while.
    private static let slowestMax = 3000

    @Test(.timeLimit(.minutes(2)), arguments: kinds)
    func harmsNobodyButItself(_ kind: String) async throws {
      let timeouts = "timeouts: { head: 2s, bodyIdle: 2s, write: 2s, idle: 5s }"
      try await withPlace(("origin.mjs", ["http1"]), downstream: .plain, listener: timeouts) { place in
        let gateway = place.gateway
        // The first request makes what every later one uses.
        #expect(try await gateway.get("/bytes/1").status == 200)
        let before = Process.residentBytes
        let watch = Task {
          var highest = before
          while !Task.isCancelled {
            highest = max(highest, Process.residentBytes)
            try? await Task.sleep(for: .milliseconds(50))
          }
          return highest
        }
        let command = ClientProgram.command(ClientProgram.script("hostile_client.py"))
        try await ClientProgram.expectGood(
          command + [kind, "--url", place.url, "--neighbour-ms", "\(Self.slowestMax)"], cases: 2, within: 75,
          in: place.folder)
        watch.cancel()
        let growth = await watch.value - before
        #expect(growth < Self.growthMax, "\(growth >> 20) MiB more")
        await gateway.expectQuiet()
      }
    }
  }
}
