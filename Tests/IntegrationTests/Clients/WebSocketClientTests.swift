import TestSupport
import Testing

extension Integration {
  /// Python's websockets on both sides: messages of every size, and each way for a connection to end.
  @Suite struct WebSocketClientTests {
    @Test(.timeLimit(.minutes(2)), arguments: [Place.Transport.plain, .secure])
    func everyMessageArrivesAndEveryEndIsToldAsItWas(_ downstream: Place.Transport) async throws {
      try await withPlace(("websocket_server.py", []), downstream: downstream) { place in
        let command = ClientProgram.command(ClientProgram.script("websockets_client.py")) + ["--url", place.url]
        try await ClientProgram.expectGood(command + place.trustArguments, cases: 9, in: place.folder)
        await place.gateway.expectQuiet()
      }
    }
  }
}
