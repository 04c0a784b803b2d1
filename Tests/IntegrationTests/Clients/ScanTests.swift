import Foundation
import TestSupport
import Testing

extension Integration {
  /// The default listener as sslyze sees it: nothing that Mozilla's intermediate profile forbids, no known hole.
  @Suite struct ScanTests {
    @Test(.timeLimit(.minutes(2)))
    func theDefaultListenerHasNoFindingAboveLow() async throws {
      try await withPlace(("origin.mjs", ["http1"]), downstream: .secure) { place in
        let command = ClientProgram.command(ClientProgram.script("sslyze_client.py"))
        try await ClientProgram.expectGood(
          command + ["--url", place.url] + place.trustArguments, cases: 12, within: 100, in: place.folder)
        await place.gateway.expectQuiet()
      }
    }
  }
}
