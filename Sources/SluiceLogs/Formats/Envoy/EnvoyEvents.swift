/// Ejections and results of health checks.
enum EnvoyEvents {
  static func entry(_ given: FieldValues) -> LogEntry? {
    var values = given
    if values[.endpoint] == nil, let host = values[.host] {
      values[.endpoint] = values[.errorCode].map { "\(host):\($0)" } ?? host
    }
    if values[.extra] != nil {
      values[.action] =
        given[.level] != nil
        ? "eject_unhealthy_event" : given[.message] != nil ? "add_healthy_event" : "health_check_failure_event"
    }
    let detail = [given[.reason], given[.level], given[.logger]].compactMap { $0 }.first
    values[.message] = detail
    values[.host] = nil
    var entry = LogEntry(.envoy, .event, reading: values)
    return entry.conclude(EnvoySignatures.events, values) == nil ? nil : entry
  }
}
