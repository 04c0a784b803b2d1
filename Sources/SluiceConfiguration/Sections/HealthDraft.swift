internal import SluiceCore

/// `health` before its keys were compared.
struct HealthDraft {
  var path: String?
  var tcp = false
  var grpc: String?
  var host: String?
  var statuses = [StatusRange(value: 200...399)]
  var interval = TimeSpan.seconds(5)
  var timeout = TimeSpan.seconds(1)
  var rise = 2
  var fall = 3
}

/// Statuses that a check takes for an answer, such as 200...399.
struct StatusRange: Equatable {
  var value: ClosedRange<UInt16>
}
