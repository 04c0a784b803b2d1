internal import Glibc
internal import SluiceCore
internal import SluiceIncidents

/// One look at the sockets and processes of this machine, from beginning to end.
struct ListenerScan {
  enum Place {
    case tcp([EndpointAddress], port: UInt16)
    case unix(String)

    var port: UInt16? {
      if case .tcp(_, let port) = self { port } else { nil }
    }
  }

  /// Processes that are told of.
  static let processesMax = 32
  /// Processes of the past that are looked for.
  static let pastMax = 8
  /// Sockets of other ports that are told of.
  static let elsewhereMax = 16
  /// Over which the use of the processor is measured, in milliseconds.
  static let sampleMs = 150

  let place: Place
  let history: [ProcessSighting]
  /// Of the time limit, on the monotonic clock in milliseconds.
  let end: Double

  func run() -> Seen<ListenersSeen> {
    var seen = ListenersSeen()
    seen.history = history
    var all: [ListeningSocket] = []
    // Without them nothing could be told from nothing that was seen.
    switch MachineSockets.listening() {
    case .success(let sockets): all += sockets.map(ListeningSocket.init)
    case .failure(let fault): return .notRun("The sockets that listen could not be read: \(fault.words).")
    }
    if case .unix(let path) = place {
      seen.socketFile = SocketFileLook.look(path)
      switch MachineSockets.unix() {
      case .success(let sockets): all += sockets.compactMap(ListeningSocket.init)
      case .failure(let fault): return .notRun("Unix sockets could not be read: \(fault.words).")
      }
    }
    let sample = ProcessSample(end: end - 2 * Double(Self.sampleMs))
    sort(all, sample, into: &seen)
    describe(&seen, sample)
    tellMissing(&seen, sample)
    return .value(seen)
  }

  // MARK: Sockets

  private func sort(_ all: [ListeningSocket], _ sample: ProcessSample, into seen: inout ListenersSeen) {
    let here = all.filter(isHere)
    let samePort = all.filter { socket in
      guard let port = place.port, socket.address?.port == port else { return false }
      return !isHere(socket)
    }
    seen.here = here.map { $0.seen(owners: sample.owners) }
    seen.samePort = samePort.map { $0.seen(owners: sample.owners) }
    let rest = all.filter { socket in !here.contains(socket) && !samePort.contains(socket) }
    let known = Self.owners(here, sample)
    let marks = history.map { SameProgram.Marks($0) } + known.map { SameProgram.Marks(sample.identity($0)) }
    guard !marks.isEmpty else { return }
    let relatives = sample.family(of: known)
    let elsewhere = rest.filter { socket in
      Self.owners([socket], sample).contains { process in
        if relatives.contains(process) { return true }
        let other = SameProgram.Marks(sample.identity(process))
        return marks.contains { SameProgram.isSame($0, other, ownCgroup: sample.ownCgroup) }
      }
    }
    seen.elsewhere = elsewhere.prefix(Self.elsewhereMax).map { $0.seen(owners: sample.owners) }
  }

  private func isHere(_ socket: ListeningSocket) -> Bool {
    switch place {
    case .tcp(let addresses, _): socket.entry.map { entry in addresses.contains { entry.takes($0) } } ?? false
    case .unix(let path): socket.path == path
    }
  }

  private static func owners(_ sockets: [ListeningSocket], _ sample: ProcessSample) -> [Int32] {
    var found: [Int32] = []
    for process in sockets.flatMap({ sample.owners[$0.inode] ?? [] }) where !found.contains(process) {
      found.append(process)
    }
    return found
  }

  // MARK: Processes

  private func describe(_ seen: inout ListenersSeen, _ sample: ProcessSample) {
    let sockets = seen.here + seen.samePort + seen.elsewhere
    var wanted = sockets.flatMap { [$0.process].compactMap { $0 } + $0.sharedBy }
    wanted += seen.here.compactMap(\.process).flatMap { sample.children[$0] ?? [] }
    // Who listened before and is still there, perhaps as a zombie.
    wanted += history.prefix(Self.pastMax).map(\.process).filter { process in
      sample.stats[process] != nil && isOneOf(history, sample.identity(process))
    }
    var processes: [Int32] = []
    for process in wanted where !processes.contains(process) && processes.count < Self.processesMax {
      processes.append(process)
    }
    guard !processes.isEmpty else { return }
    let before = sample.ticks(of: processes)
    usleep(UInt32(Self.sampleMs) * 1000)
    let shares = sample.shares(since: before)
    let connections = ProcessConnections(port: place.port)
    seen.processes = processes.compactMap { process in
      guard sample.stats[process] != nil else { return nil }
      var one = sample.identity(process)
      ProcessFacts.complete(&one)
      one.children = sample.children[process] ?? []
      one.cpuShare = shares[process]?.used
      one.cpuWanted = shares[process]?.wanted
      connections.fill(&one)
      // What was read first may have changed within the sample.
      if let now = ProcessTable.stat(process) { one.state = ProcessTable.state(now.state) }
      return one
    }
    seen.missing += connections.missing
  }

  private func isOneOf(_ history: [ProcessSighting], _ process: ProcessSeen) -> Bool {
    history.contains { sighting in
      guard sighting.process == process.process else { return false }
      guard let one = sighting.startedAt, let other = process.startedAt else { return true }
      // Both are counted from the machine's start, whose wall time moves with the clock.
      return abs(one - other) < 2_000
    }
  }

  private func tellMissing(_ seen: inout ListenersSeen, _ sample: ProcessSample) {
    for socket in (seen.here + seen.samePort).filter({ $0.process == nil }) {
      let user = socket.user.map { "of user \($0)" } ?? "of its user"
      seen.missing.append(
        sample.isCut
          ? "Who owns \(socket.address) was not found in time: there are too many processes."
          : "Who owns \(socket.address) could not be read: that needs the rights \(user), or CAP_SYS_PTRACE.")
    }
    if sample.forbidden > 0, seen.here.isEmpty, !history.isEmpty {
      seen.missing.append(
        "The descriptors of \(sample.forbidden) processes could not be read (that needs CAP_SYS_PTRACE): "
          + "what they listen on is not known.")
    }
  }
}
