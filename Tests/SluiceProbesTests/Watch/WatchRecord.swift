import SluiceCore
import SluiceIncidents
import Synchronization

@testable import SluiceProbes

/// What a watch has told.
final class WatchRecord: Sendable {
  let watch: EndpointWatch

  init() {
    let (kept, told) = (Shared<ProcessSighting>(), Shared<Change>())
    watch = EndpointWatch(keep: { sighting, _, _ in kept.add(sighting) }, onChange: { told.add($0) })
    self.sightings = kept
    self.changes = told
  }

  let sightings: Shared<ProcessSighting>
  let changes: Shared<Change>

  deinit { watch.stop() }

  /// Watches one port of the loopback address.
  func start(port: UInt16) {
    let address = EndpointAddress.v4(127, 0, 0, 1, port: port)
    watch.watch([WatchedEndpoint(upstream: "api", endpoint: "http://\(address)", place: .tcp([address]))])
  }

  /// What a store would give: the latest word on each process, the latest first.
  var history: [ProcessSighting] {
    var latest: [ProcessSighting] = []
    for sighting in sightings.all {
      latest.removeAll { $0.process == sighting.process && $0.firstSeen == sighting.firstSeen }
      latest.append(sighting)
    }
    return latest.sorted { $0.firstSeen > $1.firstSeen }
  }

  final class Shared<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])
    func add(_ value: Value) { values.withLock { $0.append(value) } }
    var all: [Value] { values.withLock { $0 } }
  }
}
