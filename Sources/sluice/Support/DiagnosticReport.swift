import Foundation
import SluiceConfiguration
import SluiceCore

/// Diagnostics of a configuration, for people and for programs.
enum DiagnosticReport {
  static func show(_ result: LoadResult, file: String) {
    for diagnostic in result.diagnostics { Terminal.complain(diagnostic.rendered) }
    guard let configuration = result.configuration else {
      Terminal.complain(count(result.errors.count, "error") + " in \(file)")
      return
    }
    Terminal.say(
      "\(file) is valid: \(count(configuration.listeners.count, "listener")), "
        + "\(count(configuration.routes.count, "route")), \(count(configuration.upstreams.count, "upstream"))"
        + (result.warnings.isEmpty ? "" : ", \(count(result.warnings.count, "warning"))"))
  }

  static func json(_ result: LoadResult, file: String) throws -> String {
    let report = Report(
      file: file, valid: result.configuration != nil,
      diagnostics: result.diagnostics.map {
        Report.Entry(
          severity: $0.severity == .error ? "error" : "warning", file: $0.file, line: $0.line, column: $0.column,
          what: $0.what, suggestion: $0.suggestion)
      }, routes: result.configuration.map(routes))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(report), as: UTF8.self)
  }

  private static func routes(_ configuration: Configuration) -> [Report.Route] {
    configuration.routes.map { route in
      let host: String? =
        switch route.host {
        case .any: nil
        case .exact(let name): name
        case .wildcard(let suffix): "*" + suffix
        }
      var upstream: String?
      if case .upstream(let index) = route.action, Int(index) < configuration.upstreams.count {
        upstream = configuration.upstreams[Int(index)].name
      }
      return Report.Route(
        name: route.name, host: host, path: route.pathPrefix, methods: route.methods, upstream: upstream)
    }
  }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  private struct Report: Encodable {
    struct Entry: Encodable {
      let severity: String
      let file: String
      let line: Int
      let column: Int
      let what: String
      let suggestion: String?
    }

    struct Route: Encodable {
      let name: String
      /// nil: any.
      let host: String?
      let path: String
      /// Empty: every method.
      let methods: [String]
      /// nil: the gateway answers itself.
      let upstream: String?
    }

    let file: String
    let valid: Bool
    let diagnostics: [Entry]
    /// In the order of the file; nil where it is not valid.
    let routes: [Route]?
  }
}
