/// Where the hierarchies of cgroups are mounted, from `/proc/self/mountinfo` (proc(5)).
struct CgroupMounts: Equatable, Sendable {
  struct Mount: Equatable, Sendable {
    /// The cgroup that is seen at the mount point: within a container not always `/`.
    var root: String
    var point: String
  }

  /// Of version 2.
  var unified: Mount?
  /// Of version 1, by controller.
  var controllers: [String: Mount] = [:]

  init(_ mountinfo: String) {
    for line in mountinfo.split(separator: "\n") {
      // `36 35 0:30 /root /point rw,… shared:1 - cgroup2 cgroup2 rw,…`
      let fields = line.split(separator: " ")
      guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count > dash + 3 else { continue }
      let mount = Mount(root: String(fields[3]), point: String(fields[4]))
      switch fields[dash + 1] {
      case "cgroup2": unified = unified ?? mount
      case "cgroup":
        for option in fields[dash + 3].split(separator: ",") {
          controllers[String(option)] = controllers[String(option)] ?? mount
        }
      default: continue
      }
    }
  }

  /// The folders of a cgroup, from its own up to the mount point.
  static func folders(of path: String, in mount: Mount) -> [String] {
    var rest = path
    if mount.root != "/", rest == mount.root || rest.hasPrefix(mount.root + "/") {
      rest = String(rest.dropFirst(mount.root.count))
    }
    // Within a namespace of its own a path that leads out of it cannot be seen.
    guard !rest.split(separator: "/").contains("..") else { return [mount.point] }
    var folders: [String] = []
    var parts = rest.split(separator: "/")
    while !parts.isEmpty {
      folders.append(mount.point + "/" + parts.joined(separator: "/"))
      parts.removeLast()
    }
    return folders + [mount.point]
  }
}
