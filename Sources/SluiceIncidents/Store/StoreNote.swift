/// What is kept beside incidents: few, small, and written with the next batch.
enum StoreNote: Sendable {
  case change(Change)
  case examination(StoredExamination)
  /// Of one time, for all upstreams.
  case traffic([TrafficCount])
  case sighting(StoredSighting)
}
