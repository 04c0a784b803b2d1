extension LogFormat {
  /// Proxies with a format or two each, and what the machine says of their processes.
  static let others: [LogFormat] =
    [cloudflare, squid, atsErrors, varnishLog, varnishAccess, nghttpxLog, nghttpxOldLog, nghttpxAccess]
    + [pingora, linkerd, linkerdJSON, services, journalBytes, journalExport]

  // MARK: Cloudflare

  /// Logpush. Times may be RFC 3339, seconds or nanoseconds.
  private static let cloudflare = LogFormat(
    id: "cloudflare-logpush", product: .cloudflare,
    shape: .json([
      "EdgeStartTimestamp": .time, "EdgeEndTimestamp": .time, "EdgeResponseStatus": .status,
      "OriginResponseStatus": .upstreamStatus, "ClientIP": .client, "ClientRequestHost": .host,
      "ClientRequestMethod": .method, "ClientRequestURI": .path, "RayID": .requestID, "OriginIP": .endpoint,
      "EdgeResponseBytes": .bytes, "ClientRequestBytes": .requestBytes, "ZoneName": .upstream,
      "OriginTCPHandshakeDurationMs": .connectTime, "OriginTLSHandshakeDurationMs": .handshakeTime,
      "OriginResponseDurationMs": .headTime, "ClientRequestUserAgent": .userAgent,
      "ResponseHeaders.cf-error-type": .reason, "ResponseHeaders.proxy-status": .proxyStatus,
    ]), time: .any,
    accepts: { _, fields in fields.has(.status) },
    isOrdinary: { line, fields in
      fields.isStatusBelow500(line) ? !fields.isText(.status, "499", line) : false
    },
    entry: OtherFields.cloudflare)

  // MARK: Traffic Server

  private static let squid = LogFormat(
    id: "ats-squid", product: .ats, shape: .reader(ATSLine.access), time: .epochSeconds,
    isTimeOfStart: false, accepts: { _, _ in true },
    isOrdinary: { line, fields in
      guard fields.isStatusBelow500(line) else { return false }
      return !fields.starts(.action, "ERR_", line)
    }, entry: OtherFields.ats)

  private static let atsErrors = LogFormat(
    id: "ats-error", product: .ats, shape: .reader(ATSLine.error), time: .any, accepts: { _, _ in true },
    isOrdinary: { _, _ in false }, entry: OtherFields.atsError)

  // MARK: Varnish

  private static let varnishLog = LogFormat(
    id: "varnish-log", product: .varnish, shape: .reader(VarnishLine.read), time: .any, accepts: { _, _ in true },
    isOrdinary: { _, _ in false }, entry: OtherFields.varnish)

  /// What varnishncsa writes is the combined format: only the name of the program tells whose it is.
  private static let varnishAccess = LogFormat(
    id: "varnish-ncsa", product: .varnish, shape: .template(combined), time: .commonLog,
    accepts: { _, fields in fields.writer == .varnish },
    isOrdinary: { line, fields in fields.isStatusBelow500(line) },
    entry: { OtherFields.access(.varnish, $0, OtherSignatures.varnish) })

  private static let combined: LineTemplate = """
    {client} {_?} {_?} [{time}] "{request?}" {status} {bytes} "{referrer?}" "{userAgent?}"{*}
    """

  // MARK: nghttpx

  private static let nghttpxLog = LogFormat(
    id: "nghttpx-log", product: .nghttpx,
    shape: .template("{time} {process} {_} {_} {level} (shrpx{logger}) {message}"),
    time: .iso, accepts: { _, _ in true }, isOrdinary: { _, _ in false }, entry: OtherFields.nghttpx)

  private static let nghttpxOldLog = LogFormat(
    id: "nghttpx-log-old", product: .nghttpx, shape: .template("{time} PID{process} [{level}] shrpx{logger} {message}"),
    time: .commonLog, accepts: { _, _ in true }, isOrdinary: { _, _ in false }, entry: OtherFields.nghttpx)

  private static let nghttpxAccess = LogFormat(
    id: "nghttpx-access", product: .nghttpx, shape: .template(combined), time: .commonLog,
    accepts: { _, fields in fields.writer == .nghttpx },
    isOrdinary: { line, fields in fields.isStatusBelow500(line) },
    entry: { OtherFields.access(.nghttpx, $0, OtherSignatures.nghttpxAccess) })

  // MARK: Written in Rust

  private static let pingora = LogFormat(
    id: "pingora", product: .pingora, shape: .reader(PingoraLine.read), time: .any, accepts: { _, _ in true },
    isOrdinary: { _, _ in false }, entry: OtherFields.pingora)

  private static let linkerd = LogFormat(
    id: "linkerd", product: .linkerd, shape: .reader(LinkerdLine.read), time: .any, accepts: { _, _ in true },
    isOrdinary: { _, _ in false }, entry: OtherFields.linkerd)

  private static let linkerdJSON = LogFormat(
    id: "linkerd-json", product: .linkerd,
    shape: .json([
      "timestamp": .time, "level": .level, "target": .logger, "fields.message": .message, "fields.error": .errorText,
      "fields.client.addr": .client, "fields.server.addr": .endpoint, "span.client.addr": .client,
    ]), time: .any,
    accepts: { line, fields in fields.has(.message) ? fields.starts(.logger, "linkerd", line) : false },
    isOrdinary: { _, _ in false }, entry: OtherFields.linkerd)

  // MARK: The machine

  private static let services = LogFormat(
    id: "systemd", product: .other, shape: .reader(ServiceLine.read), time: .any, accepts: { _, _ in true },
    isOrdinary: { _, _ in false }, entry: ServiceLine.entry)

  private static let journalBytes = LogFormat(
    id: "journal-bytes", product: .other, shape: .reader(JournalLine.readBytes), time: .epochMicroseconds,
    accepts: { _, _ in true }, isOrdinary: { _, _ in false }, entry: JournalLine.bytesEntry)

  private static let journalExport = LogFormat(
    id: "journal-export", product: .other, shape: .reader(JournalLine.readExport), time: .any, isOfRecord: true,
    accepts: { _, _ in true }, isOrdinary: { _, _ in false }, entry: JournalLine.exportEntry)
}
