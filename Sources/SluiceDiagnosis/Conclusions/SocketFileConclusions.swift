internal import SluiceCore
internal import SluiceIncidents

/// What the file of a Unix socket explains.
enum SocketFileConclusions {
  static func conclusion(_ file: SocketFileSeen, _ facts: MachineFacts) -> Conclusion? {
    let path = Shown.text(file.path, limit: 80)
    let obstacle = Shown.text(file.obstacle ?? file.path, limit: 80)
    if !file.exists {
      let isFolder = file.obstacle != nil && file.obstacle != file.path
      return Conclusion(
        isFolder
          ? "The Unix socket \(path) is missing, and so is the folder \(obstacle)"
          : "The Unix socket \(path) is missing: the application does not run, or listens under another path",
        next: "Compare the path with the one that the application is told to listen on, then see whether it runs.",
        .observed(
          .unixSocketMissing, .certain, ["\(obstacle) does not exist.", facts.last.map { "Before, \(was($0))." }]))
    }
    guard file.isSocket else {
      return Conclusion(
        "\(path) is no socket but another kind of file",
        next: "Correct the path of the endpoint, or remove the file and start the application again.",
        .observed(.connectRefused, .configuration, .certain, ["\(path) exists and is no socket."]))
    }
    guard file.mayConnect == false else { return nil }
    let rights = [file.mode.map { "mode \($0)" }, file.owner.map { "owner \(Shown.text($0))" }].compactMap { $0 }
    return Conclusion(
      "This user may not open the Unix socket \(path): \(obstacle) is in the way",
      next: "Give the gateway's user the right to write to the socket and to search the folders above it.",
      .observed(
        .unixSocketPermission, .certain,
        ["\(obstacle) may not be entered or written to.", rights.isEmpty ? nil : rights.joined(separator: ", ") + "."]))
  }

  private static func was(_ sighting: ProcessSighting) -> String { "\(Shown.process(sighting)) listened there" }
}
