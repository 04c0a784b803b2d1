import ArgumentParser
import Foundation
import SluiceConfiguration
import SluiceIncidents

/// Where incidents are kept: the same words for every command that reads or writes there.
struct IncidentsStoreOptions: ParsableArguments {
  @Option(help: "The store's file. (default: incidents.sqlite in the state folder)")
  var store: String?

  @Option(name: .shortAndLong, help: "The configuration that names the store.")
  var config: String?

  func validate() throws {
    if store != nil, config != nil { throw ValidationError("--store says where; leave out --config") }
  }

  /// - Throws: an exit code, after having said what is wrong.
  func path() throws -> String {
    let environment = ProcessInfo.processInfo.environment
    if let store { return store }
    guard let configuration = try configuration() else {
      return Installation.incidentStore(IncidentsConfiguration(), environment: environment) ?? ""
    }
    guard let path = Installation.incidentStore(configuration.incidents, environment: environment) else {
      Terminal.complain("sluice: \(config ?? "") says `incidents: { store: off }`: nothing is kept")
      throw ExitStatus.failed.code
    }
    return path
  }

  /// Of `--config`; nil where it was not given.
  func configuration() throws -> Configuration? {
    guard let config else { return nil }
    let result = ConfigurationLoader.load(path: config, environment: ProcessInfo.processInfo.environment)
    guard let configuration = result.configuration else {
      DiagnosticReport.show(result, file: config)
      throw ExitStatus.failed.code
    }
    return configuration
  }

  /// - Throws: an exit code, after having said what is wrong.
  func reader() throws -> IncidentReader {
    let path = try path()
    return try Self.reading { try IncidentReader(path: path) }
  }

  /// Says what could not be read, where, and what to do.
  static func reading<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as StoreError {
      Terminal.complain("sluice: " + PlainText.shown(error.description))
      throw ExitStatus.failed.code
    }
  }
}
