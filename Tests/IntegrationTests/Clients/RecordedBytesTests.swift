import TestSupport
import Testing

extension Integration {
  /// What clients of an HTTP/2 conformance run sent, good and bad: each connection ends once its client has finished.
  @Suite struct RecordedBytesTests {
    @Test(
      .enabled(if: Corpus.folder != nil, "\(Corpus.missing)"), .timeLimit(.minutes(3)),
      arguments: [Place.Transport.plain, .secure])
    func everyRecordedConnectionEnds(_ downstream: Place.Transport) async throws {
      let folder = try #require(Corpus.folder).appendingPathComponent("h2spec-bytes").path
      try await withPlace(("origin.mjs", ["http1"]), downstream: downstream) { place in
        let command = ClientProgram.command(ClientProgram.script("bytes_client.py"))
        try await ClientProgram.expectGood(
          command + ["--url", place.url, "--folder", folder] + place.trustArguments, cases: 1, within: 90,
          in: place.folder)
        await place.gateway.expectQuiet()
      }
    }
  }
}
