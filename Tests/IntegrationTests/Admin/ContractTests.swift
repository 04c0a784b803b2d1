import Foundation
import SluiceAdmin
import TestSupport
import Testing

extension Integration {
  /// Whether the API does what it says of itself: requests that another program makes up from `/openapi.json`, right
  /// and wrong ones, and answers that it holds against the schemas.
  @Suite(.timeLimit(.minutes(3))) struct ContractTests {
    /// Beside the interpreter that `scripts/setup.sh --test` installs.
    private static var program: String {
      URL(fileURLWithPath: ClientProgram.python).deletingLastPathComponent().appendingPathComponent("schemathesis").path
    }

    /// Seconds of one run.
    private static let time = 60.0

    @Test("schemathesis finds nothing wrong, with values that are there and with any")
    func contract() async throws {
      try #require(
        FileManager.default.isExecutableFile(atPath: Self.program),
        "schemathesis is missing: run scripts/setup.sh --test")
      let origins = try OriginGroup(2)
      defer { origins.stopAll() }
      try await withAdmin(upstreams: "{ app: { endpoints: [\(origins.urls)], retry: { attempts: 1 } } }") { run in
        for _ in 0..<3 { #expect(try await run.get("/").status == 200) }
        origins.stop(1)
        var id: String?
        while id == nil { id = try await run.get("/orders?secret=1")["sluice-incident"] }
        let known = try #require(id)
        let isStored = try await eventually(within: 10) {
          try await run.ask("/api/v1/incidents/\(known)").status == 200
        }
        try #require(isStored)
        let values = [
          "id": known, "number": "1", "upstream": "app", "endpoint": "127.0.0.1:\(origins.ports[0])",
        ]
        try await check(run, values: values, examples: 2)
        try await check(run, values: [:], examples: 8)
        let status = try await run.read("/api/v1/status", as: StatusDocument.self)
        #expect(status.name.isEmpty == false && run.process.isRunning)
      }
    }

    /// - Parameter values: of the names in paths; one that is not given is made up.
    private func check(_ run: AdminRun, values: [String: String], examples: Int) async throws {
      let folder = try TestFolder()
      let file = folder.file("schemathesis.toml")
      // What a schema cannot say: an upstream, an incident or a page that there is.
      var lines = [
        "[checks.positive_data_acceptance]",
        #"expected-statuses = ["2xx", "404", "422", "429"]"#, "[parameters]",
      ]
      lines += values.sorted { $0.key < $1.key }.map { "\"path.\($0.key)\" = \"\($0.value)\"" }
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: file))
      let output = folder.file("schemathesis.out")
      let process = try RunningProcess(
        [
          // It keeps what it found in the folder that it is run in.
          "env", "-C", folder.path, Self.program, "--config-file", file, "--no-color", "run",
          "http://127.0.0.1:\(run.adminPort)/openapi.json",
          "--checks",
          "all",
          // A stream that does not end is looked at elsewhere.
          "--exclude-path", "/api/v1/events", "--max-examples", "\(examples)", "--max-time", "\(Int(Self.time / 3))",
          "--seed", "1", "--generation-database", "none",
          // How hard it was to make a value up says nothing of the gateway.
          "--suppress-health-check", "filter_too_much",
        ],
        environment: ["PYTHONDONTWRITEBYTECODE": "1", "HYPOTHESIS_STORAGE_DIRECTORY": folder.file("hypothesis")],
        output: output, in: folder)
      let isOver = await eventually(within: Self.time) { !process.isRunning }
      if !isOver { await process.stop(within: 1) }
      let status = await process.wait()
      let printed = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
      #expect(isOver, "it took longer than \(Self.time) s")
      #expect(status == 0, "\(printed.suffix(6_000))\(process.errorText.suffix(2_000))")
      #expect(printed.contains("generated") || printed.contains("passed"), "\(printed.suffix(2_000))")
    }
  }
}
