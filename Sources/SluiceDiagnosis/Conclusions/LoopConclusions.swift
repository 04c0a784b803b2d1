internal import SluiceCore
internal import SluiceIncidents

/// An endpoint that leads back to the gateway that it is configured in.
enum LoopConclusions {
  static func conclusions(_ asked: Asked) -> [Conclusion] {
    // Who asks a gateway by its URL gets its answers: that is no loop.
    guard let upstream = asked.examination.target.upstream else { return [] }
    let name = Shown.text(upstream, limit: 48)
    let next = "Point the endpoint of \(name) at the application: the gateway forwards to itself."
    if let answer = asked.configured, answer.isOurselves {
      return [
        Conclusion(
          "The endpoint \(asked.here) leads back to this gateway: the gateway itself answered", next: next,
          .observed(
            .loopDetected, .configuration, .certain,
            [
              answer.status.map { "The answer (\($0)) carries this gateway's own mark in Via or Proxy-Status." },
              ours(asked),
            ]))
      ]
    }
    guard let listener = ours(asked) else { return [] }
    return [
      Conclusion(
        "The endpoint \(asked.here) is an address at which this gateway itself listens", next: next,
        .observed(.loopDetected, .configuration, .likely, [listener]))
    ]
  }

  private static func ours(_ asked: Asked) -> String? {
    let own = asked.examination.connections?.value?.first { $0.isOurListener }
    return own.map { "The gateway's configuration has a listener at \(Shown.text($0.address))." }
  }
}
