internal import SluiceCore

extension Section where Target == EjectionPolicy {
  static var ejection: Section {
    Section(
      "upstreams.NAME.ejection",
      "When an endpoint is left out because its requests fail. A connect that fails is enough; the application's own "
        + "5xx count by `successRate` alone. The short form `off` leaves nobody out.", defaults: EjectionPolicy(),
      keys: [
        Key(
          "connectionFailures", \.connectionFailures, .integer(1...1000, example: 3),
          "Connections in a row that were lost, or held what is not HTTP."),
        Key(
          "responseFailures", \.responseFailures, .integer(1...1000, example: 5),
          "Answers in a row that came too late or broke off."),
        Key(
          "successRate", \.usesSuccessRate, .boolean,
          "Leave out an endpoint that answers 5xx far more often than the others do."),
        Key(
          "time", \.time, .duration(.milliseconds(10) ... .seconds(3600)),
          "How long the first time, before one request may try whether the endpoint works again."),
        Key(
          "timeMax", \.timeMax, .duration(.milliseconds(10) ... .seconds(3600)),
          "The longest time: it doubles with each repetition."),
        Key(
          "share", \.share, .percentage,
          "Share of the endpoints that may be left out at a time, rounded up. The last one never is."),
      ])
  }
}

extension ValueType where Value == EjectionPolicy {
  static var ejectionShort: ValueType {
    var off = EjectionPolicy()
    off.isOn = false
    return .choice(["off": off, "on": EjectionPolicy()])
  }
}

extension ValueType where Value == Bool {
  static var onOff: ValueType { .choice(["on": true, "off": false]) }
}
