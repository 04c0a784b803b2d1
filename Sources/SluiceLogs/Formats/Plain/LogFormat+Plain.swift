extension LogFormat {
  /// The common and the combined log format without anything that would tell who wrote it: many programs do, nginx and
  /// Apache httpd by default. The first is what a line alone is; which of them a log is, other logs of the run tell.
  static let plain: [LogFormat] = [
    LogFormat(
      id: "combined", product: .other, shape: .reader(NginxAccessReader.read), time: .commonLog,
      accepts: isPlainLine, isOrdinary: isNginxOrdinary,
      entry: { values in
        var entry = NginxAccessEntry.entry(values)
        entry?.product = .other
        return entry
      }),
    LogFormat(
      id: "nginx-combined", product: .nginx, shape: .reader(NginxAccessReader.read), time: .commonLog,
      accepts: isPlainLine, isOrdinary: isNginxOrdinary, entry: NginxAccessEntry.entry),
    LogFormat(
      id: "httpd-combined", product: .httpd, shape: .reader(NginxAccessReader.read), time: .commonLog,
      isTimeOfStart: true, accepts: isPlainLine, isOrdinary: isHTTPDOrdinary,
      entry: HTTPDAccessEntry.entry),
  ]

  static let plainNames = Set(plain.map(\.id))

  /// Not what Traefik writes behind the common format.
  @Sendable
  private static func isPlainLine(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    isPlain(fields) && !TraefikLine.isAccess(line)
  }

  /// Whether nothing is told but what every program writes.
  static func isPlain(_ fields: borrowing FieldSet) -> Bool {
    !fields.hasAny([
      .requestTime, .endpoint, .upstream, .upstreamStatus, .upstreamConnectTime, .upstreamHeadTime,
      .upstreamResponseTime,
      .requestID, .host, .connection, .process,
    ])
  }
}
