/// How logs of nginx call its variables.
enum NginxNames {
  /// In key=value form behind the combined format.
  static let parts = JSONKeys(upstream.merging(request) { first, _ in first })

  /// In JSON.
  static let json: [String: LogField] = upstream.merging(request) { first, _ in first }.merging(line) { first, _ in
    first
  }

  private static let upstream: [String: LogField] = [
    "upstream_addr": .endpoint, "ua": .endpoint, "uaddr": .endpoint, "upstream": .endpoint, "upstreamaddr": .endpoint,
    "upstream_host": .endpoint, "upstreamAddr": .endpoint, "upstream_status": .upstreamStatus, "us": .upstreamStatus,
    "ustatus": .upstreamStatus, "ups_status": .upstreamStatus, "upstreamStatus": .upstreamStatus,
    "upstream_status_code": .upstreamStatus, "upstream_connect_time": .upstreamConnectTime,
    "uct": .upstreamConnectTime, "upstreamConnectTime": .upstreamConnectTime, "upstream_header_time": .upstreamHeadTime,
    "uht": .upstreamHeadTime, "upstreamHeaderTime": .upstreamHeadTime, "upstream_response_time": .upstreamResponseTime,
    "urt": .upstreamResponseTime, "upstreamResponseTime": .upstreamResponseTime, "upstreamtime": .upstreamResponseTime,
    "upstream_time": .upstreamResponseTime, "upstream_response_length": .upstreamBytes,
    "upstreamResponseLength": .upstreamBytes, "proxy_upstream_name": .upstream, "upstream_name": .upstream,
    "proxyUpstreamName": .upstream,
  ]

  private static let request: [String: LogField] = [
    "rt": .requestTime, "request_time": .requestTime, "requestTime": .requestTime, "responsetime": .requestTime,
    "response_time": .requestTime, "duration": .requestTime, "request_id": .requestID, "req_id": .requestID,
    "requestID": .requestID, "requestId": .requestID, "x_request_id": .requestID, "rid": .requestID, "host": .host,
    "http_host": .host, "vhost": .host, "server_name": .host, "domain": .host,
  ]

  private static let line: [String: LogField] = [
    "status": .status, "response_status": .status, "request": .request, "request_method": .method, "method": .method,
    "request_uri": .path, "uri": .path, "url": .path, "server_protocol": .version, "scheme": .scheme,
    "remote_addr": .client, "client": .client, "client_ip": .client, "clientip": .client, "remote_ip": .client,
    "remoteAddr": .client, "body_bytes_sent": .bytes, "bytes_sent": .bytes, "bytes": .bytes, "size": .bytes,
    "request_length": .requestBytes, "http_user_agent": .userAgent, "http_referer": .referrer,
    "http_referrer": .referrer, "user_agent": .userAgent, "agent": .userAgent, "referrer": .referrer,
    "time_local": .time, "time_iso8601": .time, "@timestamp": .time, "timestamp": .time, "time": .time, "msec": .time,
    "ts": .time, "connection": .connection, "pid": .process, "response_code": .responseDetails,
    "termination_state": .terminationState, "tsc": .terminationState, "term_state": .terminationState,
    "message": .message, "msg": .message, "logger": .logger,
  ]
}
