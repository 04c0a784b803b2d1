/// The lines of `/proc/PID/cgroup`, and what the paths in them tell.
struct ControlGroups: Equatable, Sendable {
  /// Of version 2; nil: it is not mounted, or only version 1 has controllers.
  var unified: String?
  /// Of version 1: the path by controller, as in `memory` or `name=systemd`.
  var controllers: [String: String] = [:]

  /// - Parameter text: lines as in `0::/system.slice/api.service` or `4:memory:/docker/3f…`.
  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      if parts[1].isEmpty {
        unified = String(parts[2])
      } else {
        for controller in parts[1].split(separator: ",") { controllers[String(controller)] = String(parts[2]) }
      }
    }
  }

  /// The path that tells most: that of a limit on memory, else of any.
  var path: String? {
    let paths = [unified, controllers["memory"], controllers["cpu"], controllers["name=systemd"], controllers["pids"]]
    let known = paths.compactMap { $0 }
    return known.first { $0 != "/" } ?? known.first
  }

  private var all: [String] { [unified].compactMap { $0 } + controllers.sorted { $0.key < $1.key }.map(\.value) }

  /// The service of systemd that the process belongs to; a user's own manager counts only where nothing else does.
  var unit: String? {
    for path in all {
      let services = path.split(separator: "/").filter { $0.hasSuffix(".service") }
      if let service = services.last(where: { !$0.hasPrefix("user@") }) { return String(service) }
    }
    return nil
  }

  /// The first 12 of the 64 digits by which Docker, containerd, CRI-O and Podman name a cgroup.
  var container: String? {
    for path in all {
      for part in path.split(separator: "/").reversed() {
        let name = part.hasSuffix(".scope") ? part.dropLast(6) : part
        let digits = name.split(separator: "-").last ?? name
        if digits.count == 64, digits.allSatisfy(\.isHexDigit) { return String(digits.prefix(12)) }
      }
    }
    return nil
  }
}
