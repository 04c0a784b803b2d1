import ArgumentParser
import Foundation
import Logging
import NIOPosix
import SluiceAdmin
import SluiceConfiguration
import SluiceGateway
import SluiceIncidents
import SluiceLab
import SluiceProbes
import UnixSignals

struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the gateway.",
    discussion: """
      Examples:
        sluice run --to http://127.0.0.1:3000
        sluice run --listen 0.0.0.0:8080 --to http://10.0.0.1:3000
        sluice run --to http://10.0.0.1:3000 --to http://10.0.0.2:3000
        sluice run --config sluice.yaml
        sluice run --demo

      Signals: SIGHUP reads the configuration again and reopens log files,
      SIGTERM and SIGINT drain.

      Restarting: start the new process with --takeover while the old one runs.
      It takes over the listening sockets, so that no connection is refused or
      reset; the old one finishes what it has begun and ends. Sockets that systemd
      passes on (LISTEN_FDS) serve the listeners that have their addresses.

      Exit codes: 0 it ended as it should, 1 the configuration has mistakes,
      2 usage, 3 a file could not be read or it could not do its work.
      """)

  @Option(name: .shortAndLong, help: "The configuration file; sluice.yaml where neither --to nor --demo is given.")
  var config: String?

  @Option(help: "Listen here: host:port, [v6]:port or unix:/path. (default: 127.0.0.1:8080)")
  var listen: String?

  @Option(help: "Forward to this endpoint: http://host:port or https://host:port. Repeat it for several.")
  var to: [String] = []

  @Option(help: "Event loops. (default: one for each core)")
  var workers: Int?

  @Flag(help: "Forward to a small built-in origin, to try the gateway without an application.")
  var demo = false

  @Flag(
    help:
      "Take over the listening sockets of the gateway that runs on these addresses. Without one, start as usual.")
  var takeover = false

  func validate() throws {
    if config != nil, !to.isEmpty || listen != nil || demo {
      throw ValidationError("--config says where to listen and forward to; leave out --listen, --to and --demo")
    }
    if listen != nil, to.isEmpty, !demo {
      throw ValidationError("--listen needs --to URL or --demo: a configuration file says itself where to listen")
    }
    if demo, !to.isEmpty { throw ValidationError("--demo brings its own origin; leave out --to") }
    if let workers, !(1...1024).contains(workers) { throw ValidationError("--workers takes 1 to 1024") }
  }

  func run() async throws {
    DescriptorLimit.raise()
    let origin = demo ? try await startOrigin() : nil
    let source = source(origin: origin.map { "http://127.0.0.1:\($0.port)" })
    let result = source.load()
    guard let configuration = result.configuration else {
      DiagnosticReport.show(result, file: source.name)
      throw source.failure(.found).code
    }
    for warning in result.warnings { Terminal.complain(warning.rendered) }
    try await serve(configuration, from: source)
    try await origin?.stop()
  }

  private func startOrigin() async throws -> BuiltInOrigin {
    try await BuiltInOrigin.start(group: MultiThreadedEventLoopGroup.singleton)
  }

  private func source(origin: String?) -> ConfigurationSource {
    if !to.isEmpty || origin != nil {
      return .quick(listen: listen ?? "127.0.0.1:8080", to: origin.map { [$0] } ?? to, workers: workers)
    }
    return .file(config ?? "sluice.yaml", workers: workers)
  }

  private func serve(_ configuration: Configuration, from source: ConfigurationSource) async throws {
    let environment = ProcessInfo.processInfo.environment
    let (name, warning) = Installation.name(configured: configuration.name, environment: environment)
    let reports = AlertReports()
    let alerts = AlertSender([], gateway: name, wallTime: { WallClock.milliseconds() }, report: { reports.tell($0) })
    let spans = SpanExporter(
      gateway: name, version: Version.text, wallTime: { WallClock.milliseconds() }, report: { reports.tell($0) })
    let store = Installation.incidentStore(configuration.incidents, environment: environment)
    let looks = ProblemLooks { target in
      await Examiner(reader: store.flatMap { try? IncidentReader(path: $0) }, depth: .cheap).examine(target)
    }
    let output: GatewayOutput
    do {
      output = try GatewayOutput(
        configuration, format: .text(colored: Terminal.usesColour(STDERR_FILENO)), store: store,
        onProblem: { event in
          alerts.tell(event)
          looks.tell(event)
        }, onSpans: { spans.take($0) })
    } catch {
      Terminal.complain("sluice: \(error)")
      _ = await alerts.stop(within: .zero)
      throw ExitStatus.failed.code
    }
    let logger = output.logger
    reports.bind(logger)
    alerts.adopt(configuration.alerts)
    spans.adopt(configuration.tracing)
    looks.bind { output.keep($0) }
    looks.adopt(configuration, installation: name)
    if let warning { logger.warning("\(warning)") }
    // Before the service manager is told that we are ready: a signal that comes at once must not end the process.
    let signals = await UnixSignalsSequence(trapping: .sighup, .sigterm, .sigint)
    do {
      let start = GatewayStart(
        configuration: configuration, name: name, output: output, environment: environment, takesOver: takeover)
      let running = try await start.run()
      let admin = AdminStart(running.gateway, output: output, alerts: alerts, spans: spans, store: store)
      do {
        try await admin.open(configuration.admin, takesOver: takeover)
      } catch {
        await running.gateway.drain()
        throw error
      }
      let companions = Companions(
        alerts: alerts, spans: spans, looks: looks, watch: running.watch, admin: admin, installation: name)
      await control(running, signals, companions, source: source, logger: logger)
      await admin.stop()
    } catch {
      logger.critical("\(error)")
      await stop(output, alerts, spans)
      throw ExitStatus.failed.code
    }
    await stop(output, alerts, spans)
  }

  /// The store first, since it may still tell of problems; the log last, since all others speak there.
  private func stop(_ output: GatewayOutput, _ alerts: AlertSender, _ spans: SpanExporter) async {
    output.stopIncidents()
    // What it could not export it tells itself.
    async let exported = spans.stop(within: GatewayOutput.stopTime)
    let left = await alerts.stop(within: GatewayOutput.stopTime)
    if left > 0 { output.logger.warning("\(left) alerts were not delivered before the end") }
    _ = await exported
    output.logger.notice("stopped")
    output.stop()
  }

  /// Until a signal or a takeover ends it. A second signal cuts the drain short.
  private func control(
    _ running: RunningGateway, _ signals: UnixSignalsSequence, _ companions: Companions,
    source: ConfigurationSource, logger: Logger
  ) async {
    let (drained, continuation) = AsyncStream<Void>.makeStream()
    let listening = Task {
      var isDraining = false
      for await signal in signals {
        if signal == .sighup {
          running.notifier.reloading(at: WallClock.monotonicMicroseconds())
          await reload(running, companions, source: source, logger: logger)
          running.notifier.ready(isSuccessor: false)
        } else if isDraining {
          logger.notice("cutting what is left")
          Foundation.exit(ExitStatus.fine.rawValue)
        } else {
          isDraining = true
          logger.notice("draining: open requests may finish")
          running.notifier.stopping()
          Task {
            await running.gateway.drain()
            continuation.finish()
          }
        }
      }
    }
    let succeeded = Task {
      for await _ in running.released {
        logger.notice("draining: another process accepts now")
        // It waits for the address.
        await companions.admin.stop()
        await running.gateway.drain()
        continuation.finish()
      }
    }
    for await _ in drained {}
    running.desk?.close()
    companions.stop()
    listening.cancel()
    succeeded.cancel()
  }

  private func reload(
    _ running: RunningGateway, _ companions: Companions, source: ConfigurationSource, logger: Logger
  ) async {
    let gateway = running.gateway
    let result = source.load()
    for diagnostic in result.diagnostics {
      diagnostic.severity == .error ? logger.error("\(diagnostic.text)") : logger.warning("\(diagnostic.text)")
    }
    guard let configuration = result.configuration else {
      logger.error("the configuration was not changed: \(source.name) has mistakes; the old one goes on")
      await gateway.reloadRefused(because: "\(source.name) has mistakes")
      return
    }
    do {
      try await gateway.reload(configuration)
      await companions.adopt(configuration, logger: logger)
    } catch {
      logger.error("the configuration was not changed: \(error); the old one goes on")
      await gateway.reloadRefused(because: "\(error)")
    }
  }
}

/// Where the configuration comes from, at start and at each reload.
enum ConfigurationSource {
  case file(String, workers: Int?)
  case quick(listen: String, to: [String], workers: Int?)

  var name: String {
    switch self {
    case .file(let path, _): path
    case .quick: "command line"
    }
  }

  /// What the command ends with where there is no configuration: one of the command line is a wrong value there, and
  /// a file that cannot be read has no mistakes yet.
  ///
  /// - Parameter mistakes: for a file that has some.
  func failure(_ mistakes: ExitStatus) -> ExitStatus {
    switch self {
    case .file(let path, _): FileManager.default.isReadableFile(atPath: path) ? mistakes : .failed
    case .quick: .usage
    }
  }

  func load() -> LoadResult {
    switch self {
    case .file(let path, let workers):
      var result = ConfigurationLoader.load(path: path, environment: ProcessInfo.processInfo.environment)
      SecurityReader.check(&result)
      if let workers { result.configuration?.workers = workers }
      return result
    case .quick(let listen, let to, let workers):
      return ConfigurationLoader.quick(listen: listen, to: to, workers: workers)
    }
  }
}
