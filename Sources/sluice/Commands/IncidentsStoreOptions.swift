import ArgumentParser
import Foundation
import SluiceConfiguration
import SluiceIncidents

/// Where incidents are kept: the same words for every command that reads or writes there.
struct IncidentsStoreOptions: ParsableArguments {
  /// What is taken where nothing is named, as `run` and `check` do.
  static let usualFile = "sluice.yaml"

  @Option(help: "The store's file. (default: as sluice.yaml says, else incidents.sqlite in the state folder)")
  var store: String?

  @Option(name: .shortAndLong, help: "The configuration that names the store. (default: sluice.yaml, where it is)")
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
      Terminal.complain("sluice: \(PlainText.shown(file ?? "")) says `incidents: { store: off }`: nothing is kept")
      throw ExitStatus.failed.code
    }
    return path
  }

  /// The configuration that counts: `--config`, else the usual one where it is and no store is named.
  private var file: String? {
    if let config { return config }
    return store == nil && FileManager.default.fileExists(atPath: Self.usualFile) ? Self.usualFile : nil
  }

  /// nil where there is none.
  func configuration() throws -> Configuration? {
    guard let file else { return nil }
    let result = ConfigurationLoader.load(path: file, environment: ProcessInfo.processInfo.environment)
    guard let configuration = result.configuration else {
      DiagnosticReport.show(result, file: file)
      throw ExitStatus.failed.code
    }
    return configuration
  }

  /// - Throws: an exit code, after having said what is wrong.
  func reader() throws -> IncidentReader {
    let path = try path()
    do {
      return try IncidentReader(path: path)
    } catch {
      Terminal.complain("sluice: " + PlainText.shown(error.description))
      if store == nil, file == nil {
        Terminal.complain("If the gateway keeps incidents elsewhere, name its configuration: -c FILE")
      }
      throw ExitStatus.failed.code
    }
  }

  /// How `sluice why` finds the same store: what a printed command has to begin with.
  var whyCommand: String {
    if let store { return "sluice why --store " + Self.quoted(store) }
    return config.map { "sluice why -c " + Self.quoted($0) } ?? "sluice why"
  }

  /// As a shell takes it for one word.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || "0123456789/._-+@:".unicodeScalars.contains($0)
    }
    return isPlain && !text.isEmpty ? text : "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
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
