import SluiceIncidents
import Synchronization

/// What a source was told, and what it is to tell.
final class Noted: Sendable {
  let changes = Mutex<[Change]>([])
  let isDraining = Mutex(false)
}
