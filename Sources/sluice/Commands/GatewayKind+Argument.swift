import ArgumentParser
import SluiceLab

extension GatewayKind {
  /// The one that a command line names.
  static func named(_ text: String) throws -> GatewayKind {
    guard let kind = GatewayKind(rawValue: text) else {
      throw ValidationError("'\(text)' is none of \(allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return kind
  }
}

extension GatewayLogs.Form {
  static func named(_ text: String) throws -> GatewayLogs.Form {
    guard let form = GatewayLogs.Form(rawValue: text) else {
      throw ValidationError("'\(text)' is none of \(allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return form
  }
}
