/// What alerts have to say of themselves, for the gateway's log. A state is told when it begins and when it ends.
public enum AlertReport: Equatable, Sendable {
  /// A try failed, and others follow; told once until one is delivered.
  case failing(DeliveryFailure, place: String)
  /// The receiver refuses what it is sent; told once until one is delivered.
  case refused(status: Int, place: String)
  /// An alert was lost because too many wait or its time was over; told once until one is delivered.
  case losing(place: String)
  /// One was delivered again. So many were lost meanwhile.
  case working(lost: UInt64, place: String)
  /// So many were not delivered when the process stopped or a reload removed the webhook.
  case left(Int, place: String)

  /// Whether somebody has to act.
  public var isGood: Bool {
    switch self {
    case .working: true
    case .failing, .refused, .losing, .left: false
    }
  }
}

extension AlertReport: CustomStringConvertible {
  /// One sentence, without the path of the webhook.
  public var description: String {
    switch self {
    case .failing(let failure, let place): "alerts to \(place) fail: \(failure); they are tried again for an hour each"
    case .refused(let status, let place):
      "alerts to \(place) are refused with \(status) and not tried again; check the webhook's URL and headers"
    case .losing(let place): "alerts to \(place) are lost: too many wait, or they waited for an hour"
    case .working(let lost, let place): "alerts to \(place) are delivered again; \(lost) were lost"
    case .left(let count, let place): "\(count) \(count == 1 ? "alert" : "alerts") to \(place) could not be delivered"
    }
  }
}
