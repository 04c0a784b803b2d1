import TestSupport
import Testing

extension Integration {
  /// gRPC between grpcio and grpcio: through the gateway each case comes out as it does without it.
  @Suite struct GRPCTests {
    @Test(
      .timeLimit(.minutes(2)),
      arguments: [(Place.Transport.plain, Place.Transport.plain), (.secure, .plain), (.secure, .secure)])
    func everyKindOfCallComesOutAsAtTheServer(_ downstream: Place.Transport, _ upstream: Place.Transport) async throws {
      let server = ("grpc_server.py", [String]())
      try await withPlace(server, upstream, downstream: downstream, upstream: "protocol: http2") { place in
        let command = ClientProgram.command(ClientProgram.script("grpc_client.py")) + ["--url", place.url]
        try await ClientProgram.expectGood(command + place.trustArguments, cases: 16, in: place.folder)
        await place.gateway.expectQuiet()
      }
    }

    /// What is expected above is what the server does: a client that is too lenient or too strict would show here.
    @Test(.timeLimit(.minutes(1)))
    func theServerItselfPassesEveryCase() async throws {
      try await withPlace(("grpc_server.py", []), downstream: .plain) { place in
        let command = ClientProgram.command(ClientProgram.script("grpc_client.py"))
        try await ClientProgram.expectGood(
          command + ["--url", "http://\(place.straight)"], cases: 16, in: place.folder)
      }
    }
  }
}
