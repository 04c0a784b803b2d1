internal import Glibc
internal import SluiceIncidents

/// The watch's thread: waits for ends of processes, looks at sockets, and at processes where a socket is new.
struct WatchLoop {
  /// Between two looks at the sockets, in milliseconds.
  static let pause = 2_000.0
  /// Between two looks after an end was seen, and for how long they are that near, in milliseconds: what is started
  /// again may end again soon.
  static let shortPause = 150.0
  static let hurriedTime = 5_000.0
  /// A look at all processes is not made again before this many times as long as it took.
  static let restFactor = 20.0
  /// For one look at all processes, in milliseconds.
  static let sampleMax = 1_000.0

  let watch: EndpointWatch
  private var generation = -1
  private var endpoints: [WatchedEndpoint] = []
  private var sightings: [WatchedEndpoint: EndpointSightings] = [:]
  /// By endpoint: the sockets that served it when its processes were looked at.
  private var served: [WatchedEndpoint: Set<UInt64>] = [:]
  private var processes: [Int32: WatchedProcess] = [:]
  /// All sockets that listened when the machine was searched for the program of an endpoint that was left.
  private var searched: [WatchedEndpoint: Set<UInt64>] = [:]
  private var lookAt = 0.0
  private var hurriedUntil = 0.0
  private var sampleAt = 0.0
  private let mounts = CgroupMounts(SystemFile.text("/proc/self/mountinfo") ?? "")
  private let boot = ProbeClock.bootWallMilliseconds()

  init(_ watch: EndpointWatch) { self.watch = watch }

  mutating func run() {
    while adopt() {
      let now = ProbeClock.milliseconds()
      if now >= lookAt {
        lookAt = now + (now < hurriedUntil ? Self.shortPause : Self.pause)
        look(at: ProbeClock.wallMilliseconds())
      }
      wait(lookAt - now)
    }
    for process in processes.values { process.finish() }
  }

  /// Takes over what is to be watched.
  ///
  /// - Returns: false where nothing is any more.
  private mutating func adopt() -> Bool {
    let (wanted, generation, ends) = watch.state.withLock { state in
      let ends = state.stops || state.endpoints.isEmpty
      if ends { state.isRunning = false }
      return (state.endpoints, state.generation, ends)
    }
    guard !ends else { return false }
    guard generation != self.generation else { return true }
    self.generation = generation
    endpoints = wanted
    let kept = Set(wanted)
    sightings = sightings.filter { kept.contains($0.key) }
    served = served.filter { kept.contains($0.key) }
    searched = searched.filter { kept.contains($0.key) }
    for endpoint in wanted where sightings[endpoint] == nil {
      sightings[endpoint] = EndpointSightings(endpoint: endpoint.endpoint)
    }
    lookAt = 0
    return true
  }

  // MARK: Ends

  private mutating func wait(_ milliseconds: Double) {
    let watched = processes.values.filter { $0.descriptor >= 0 }
    var polled = watched.map(\.polled) + [pollfd(fd: watch.wake.readEnd, events: Int16(POLLIN), revents: 0)]
    // What is ending is looked at again soon, though nothing may come of its descriptor on an older kernel.
    let limit = processes.values.contains(where: \.isEnding) ? min(milliseconds, 500) : milliseconds
    _ = poll(&polled, nfds_t(polled.count), Int32(min(max(limit, 1), Self.pause)))
    if polled.last?.revents != 0 { watch.wake.empty() }
    let now = ProbeClock.wallMilliseconds()
    let events = Dictionary(zip(watched.map(\.process), polled.map(\.revents))) { first, _ in first }
    for process in processes.keys.sorted() { look(at: process, events[process] ?? 0, now) }
  }

  private mutating func look(at number: Int32, _ events: Int16, _ now: Int64) {
    guard var process = processes[number], events != 0 || process.isEnding || process.descriptor < 0 else { return }
    let wasEnding = process.isEnding
    guard process.look(events, at: now) else { return processes[number] = process }
    processes[number] = process.end.isFinal ? nil : process
    if process.end.isFinal { process.finish() }
    for endpoint in endpoints {
      perform(sightings[endpoint]?.ended(number, process.end, at: process.endedAt ?? now) ?? [], endpoint, now)
    }
    guard !wasEnding else { return }
    // Who took its place, if anybody did: also where the socket is the same, which a parent may have kept.
    for endpoint in endpoints where sightings[endpoint]?.main?.process == number { served[endpoint] = nil }
    let time = ProbeClock.milliseconds()
    hurriedUntil = time + Self.hurriedTime
    lookAt = min(lookAt, time + Self.shortPause)
  }

  // MARK: Sockets

  private mutating func look(at now: Int64) {
    guard let sockets = try? MachineSockets.listening().get() else { return }
    var all = sockets.map(ListeningSocket.init)
    if endpoints.contains(where: { if case .unix = $0.place { true } else { false } }) {
      all += ((try? MachineSockets.unix().get()) ?? []).compactMap(ListeningSocket.init)
    }
    let inodes = Set(all.map(\.inode))
    var changed: [WatchedEndpoint] = []
    for endpoint in endpoints {
      let here = Set(all.filter(endpoint.isServed).map(\.inode))
      if here.isEmpty {
        served[endpoint] = here
        perform(sightings[endpoint]?.saw([], at: now) ?? [], endpoint, now)
        if sightings[endpoint]?.isLeft == true, searched[endpoint] != inodes { changed.append(endpoint) }
      } else if served[endpoint] != here {
        changed.append(endpoint)
      } else {
        perform(sightings[endpoint]?.tick(at: now) ?? [], endpoint, now)
      }
    }
    guard !changed.isEmpty else { return }
    let began = ProbeClock.milliseconds()
    guard began >= sampleAt else { return lookAt = min(lookAt, sampleAt) }
    let sample = ProcessSample(end: began + Self.sampleMax)
    for endpoint in changed { look(at: endpoint, all, inodes, sample, now) }
    let ended = ProbeClock.milliseconds()
    sampleAt = ended + (ended - began) * Self.restFactor
  }

  private mutating func look(
    at endpoint: WatchedEndpoint, _ all: [ListeningSocket], _ inodes: Set<UInt64>, _ sample: ProcessSample, _ now: Int64
  ) {
    let here = all.filter(endpoint.isServed)
    guard !here.isEmpty else {
      searched[endpoint] = inodes
      return search(for: endpoint, all, sample, now)
    }
    served[endpoint] = Set(here.map(\.inode))
    searched[endpoint] = nil
    let seen = owners(of: here, sample).map { sighting($0, here, sample, now) }
    watchEnds(of: seen, now)
    perform(sightings[endpoint]?.saw(seen, at: now) ?? [], endpoint, now)
  }

  /// Looks for the program that has left an endpoint.
  private mutating func search(
    for endpoint: WatchedEndpoint, _ all: [ListeningSocket], _ sample: ProcessSample, _ now: Int64
  ) {
    guard let main = sightings[endpoint]?.main else { return }
    let marks = SameProgram.Marks(main)
    let places = endpoints
    let found = owners(of: all, sample).filter { process in
      let other = SameProgram.Marks(sample.identity(process))
      guard SameProgram.isSame(marks, other, ownCgroup: sample.ownCgroup) else { return false }
      // One that serves another endpoint of ours has its place there.
      let sockets = all.filter { (sample.owners[$0.inode] ?? []).contains(process) }
      return !sockets.contains { socket in places.contains { $0.isServed(by: socket) } }
    }
    let seen = found.map { sighting($0, all, sample, now) }.filter { !$0.isWorker }
    watchEnds(of: seen, now)
    perform(sightings[endpoint]?.sawElsewhere(seen, at: now) ?? [], endpoint, now)
  }

  private func owners(of sockets: [ListeningSocket], _ sample: ProcessSample) -> [Int32] {
    var owners: [Int32] = []
    for process in sockets.flatMap({ sample.owners[$0.inode] ?? [] }) where !owners.contains(process) {
      owners.append(process)
    }
    return owners
  }

  private func sighting(
    _ process: Int32, _ sockets: [ListeningSocket], _ sample: ProcessSample, _ now: Int64
  ) -> ProcessSighting {
    let seen = sample.identity(process)
    var sighting = ProcessSighting(
      process: process, name: seen.name, command: seen.command, firstSeen: now, lastSeen: now)
    sighting.startedAt = seen.startedAt
    sighting.program = seen.program
    sighting.programChangedAt = ProcessFacts.programChangedAt(seen)
    sighting.cgroup = seen.cgroup
    sighting.container = seen.container
    sighting.unit = seen.unit
    let held = sockets.filter { (sample.owners[$0.inode] ?? []).contains(process) }
    sighting.addresses = held.map { $0.seen(owners: [:]).address }
    sighting.isWorker = held.contains { socket in
      guard let parent = seen.parent else { return false }
      return (sample.owners[socket.inode] ?? []).contains(parent)
    }
    return sighting
  }

  private mutating func watchEnds(of seen: [ProcessSighting], _ now: Int64) {
    for one in seen.prefix(EndpointSightings.processesMax) where processes[one.process] == nil {
      processes[one.process] = WatchedProcess(one.process, mounts: mounts, at: now)
    }
  }

  private func perform(_ effects: [EndpointSightings.Effect], _ endpoint: WatchedEndpoint, _ now: Int64) {
    for effect in effects {
      switch effect {
      case .keep(let sighting): watch.keep(sighting, endpoint.endpoint, endpoint.upstream)
      case .tell(let text):
        watch.onChange(Change(kind: .process, time: now, text: text, upstream: endpoint.upstream))
      }
    }
  }
}
