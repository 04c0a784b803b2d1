import Glibc
import SluiceCore
import Synchronization
import Testing

@testable import SluiceIncidents

/// A folder of a test's own, with the path of a store in it; gone with the value.
final class StoreFolder: Sendable {
  let path: String
  var store: String { path + "/incidents.sqlite" }

  init() {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((base + "/sluice-store-XXXXXX").utf8CString)
    path = mkdtemp(&template) == nil ? base : StoreFile.text(template)
  }

  deinit { remove(path) }

  private func remove(_ path: String) {
    for name in names(in: path) {
      if unlink(path + "/" + name) != 0 { remove(path + "/" + name) }
    }
    rmdir(path)
  }

  func names(in folder: String? = nil) -> [String] {
    guard let stream = opendir(folder ?? path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Writes bytes over the file's, or makes it.
  func overwrite(_ name: String = "incidents.sqlite", at offset: Int = 0, with bytes: [UInt8]) {
    let descriptor = open(path + "/" + name, O_WRONLY | O_CREAT, 0o600)
    pwrite(descriptor, bytes, bytes.count, off_t(offset))
    close(descriptor)
  }

  func mode(_ name: String) -> UInt32 {
    var status = stat()
    return stat(path + "/" + name, &status) == 0 ? status.st_mode & 0o7777 : 0
  }
}

/// Unix time in milliseconds that a test moves by hand.
final class HandClock: Sendable {
  static let start: Int64 = 1_790_000_000_000
  private let time = Mutex(HandClock.start)

  var now: Int64 { time.withLock { $0 } }

  func pass(_ time: Duration) { self.time.withLock { $0 += time.components.seconds * 1000 } }
}

/// What a writer told, in its order.
final class Told<Value: Sendable>: Sendable {
  private let values = Mutex<[Value]>([])

  func add(_ value: Value) { values.withLock { $0.append(value) } }
  var all: [Value] { values.withLock { $0 } }
}

/// Looks again and again until it is so. A test that waits in vain is ended by its time limit.
func until(_ isSo: () throws -> Bool) async throws {
  while try !isSo() { try await Task.sleep(for: .milliseconds(2)) }
}

extension IncidentEntry {
  /// An incident of a refused connection, whose number makes it another one.
  static func sample(
    _ number: UInt64 = 0, time: Int64 = HandClock.start, kind: IncidentKind = .failed, cause: Cause = .connectRefused,
    upstream: String? = "api", endpoint: String? = "http://127.0.0.1:3001", status: UInt16 = 502,
    clientRequestID: String? = nil, hasEvidence: Bool = false, padding: Int = 0
  ) -> IncidentEntry {
    var sample = Sample()
    sample.refused()
    sample.record.id = ExchangeID(milliseconds: UInt64(time), random: number, more: 0)
    sample.record.wallTime = time
    sample.record.cause = cause
    sample.record.status = status
    if padding > 0 { sample.record.userAgent = sample.text([UInt8](repeating: 0x61, count: padding)) }
    var evidence: Evidence?
    if hasEvidence {
      evidence = Evidence()
      evidence?.firstBytes = FirstBytes(text: "SSH-2.0-OpenSSH_9.2\\r\\n", count: 21, isCut: false, looksLike: "ssh")
      evidence?.timeouts = TimeoutsInForce(
        connect: 2000, responseHead: 60_000, request: 120_000, bodyIdle: 60_000, poolIdle: 4000, queue: 1000)
      evidence?.load = UpstreamLoad(
        requests: 3, requestsMax: 1024, queued: 0, queueMax: 1024, connections: 3, connectionsMax: 1024)
      evidence?.endpoints = [
        EndpointCondition(
          endpoint: "http://127.0.0.1:3001", lastSuccessMs: nil, lastFailureMs: 12, lastFailureCause: "connect_refused",
          failuresInARow: 4)
      ]
    }
    return IncidentEntry(
      id: sample.record.id, time: time, kind: kind,
      problem: ProblemKey(
        cause: cause.identifier, route: "api.example.com/v1", upstream: upstream, endpoint: endpoint),
      who: cause.owner.identifier, status: status, clientRequestID: clientRequestID, line: sample.line(),
      evidence: evidence)
  }
}

extension IncidentWriter {
  /// A writer whose time stands still, unless it is given a clock.
  convenience init(
    _ folder: StoreFolder, bounds: StoreBounds = StoreBounds(), clock: HandClock = HandClock(),
    persistsAfter: Duration? = nil, queueBytesMax: Int = IncidentWriter.queueBytesDefault,
    problems: Told<ProblemEvent> = Told(), reports: Told<StoreReport> = Told()
  ) {
    self.init(
      path: folder.store, bounds: bounds, wallTime: { clock.now }, persistsAfter: persistsAfter,
      queueBytesMax: queueBytesMax, onProblem: { problems.add($0) }, report: { reports.add($0) })
  }

  /// Offers no faster than the thread takes.
  func offer(_ numbers: Range<UInt64>, _ entry: (UInt64) -> IncidentEntry = { .sample($0) }) async throws {
    for number in numbers {
      offer(entry(number))
      if number % 256 == 255 { try await until { counters.queuedBytes < 1 << 20 } }
    }
  }

  func waitUntilStored(_ count: UInt64) async throws { try await until { counters.stored >= count } }
}
