import Foundation
import SluiceConfiguration
import SluiceGateway

/// What belongs to this installation and outlives the process: its name, and where its incidents are kept.
enum Installation {
  /// The configured name, else one that is made once and kept in the state folder.
  ///
  /// Without a writable state folder the name lasts as long as the process; `warning` then says so.
  static func name(configured: String?, environment: [String: String]) -> (name: String, warning: String?) {
    if let configured { return (configured, nil) }
    if let known = knownName(environment) { return (known, nil) }
    let folder = stateFolder(environment)
    let file = nameFile(environment)
    let made = "sluice-" + hexDigits(8)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data((made + "\n").utf8).write(to: file, options: .atomic)
      return (made, nil)
    } catch {
      return (made, "cannot keep the installation's name in \(file.path): set `name:` in the configuration")
    }
  }

  /// The name that was made and kept; nil: none was.
  static func knownName(_ environment: [String: String]) -> String? {
    let text = try? String(contentsOf: nameFile(environment), encoding: .utf8)
    return text.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.flatMap { isName($0) ? $0 : nil }
  }

  private static func nameFile(_ environment: [String: String]) -> URL {
    stateFolder(environment).appendingPathComponent("name")
  }

  /// The file that incidents are kept in; nil: they are not kept.
  static func incidentStore(_ configuration: IncidentsConfiguration, environment: [String: String]) -> String? {
    switch configuration.store {
    case .standard: stateFolder(environment).appendingPathComponent("incidents.sqlite").path
    case .file(let path): path
    case .off: nil
    }
  }

  /// Where running gateways of this user can be asked for their listening sockets.
  static func takeoverFolder(_ environment: [String: String]) -> TakeoverFolder {
    let state = stateFolder(environment)
    try? FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
    return TakeoverFolder(path: state.appendingPathComponent("takeover").path)
  }

  /// `$STATE_DIRECTORY` (systemd), `$XDG_STATE_HOME/sluice`, else `~/.local/state/sluice`.
  static func stateFolder(_ environment: [String: String]) -> URL {
    if let folder = environment["STATE_DIRECTORY"], !folder.isEmpty { return URL(fileURLWithPath: folder) }
    if let folder = environment["XDG_STATE_HOME"], !folder.isEmpty {
      return URL(fileURLWithPath: folder).appendingPathComponent("sluice")
    }
    return URL(fileURLWithPath: NSHomeDirectory()).appendingPathComponent(".local/state/sluice")
  }

  /// An RFC 9110 token of a sensible length: it stands in Via and Proxy-Status.
  private static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        byte == 0x2D || byte == 0x5F || byte == 0x2E || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte)
      }
  }

  private static func hexDigits(_ count: Int) -> String {
    String((0..<count).map { _ in "0123456789abcdef".randomElement() ?? "0" })
  }
}
