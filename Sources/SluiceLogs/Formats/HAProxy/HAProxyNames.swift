/// How JSON made with HAProxy's `log-format` usually calls its parts.
enum HAProxyNames {
  static let json: [String: LogField] = [
    "termination_state": .terminationState, "term_state": .terminationState, "tsc": .terminationState,
    "ts": .terminationState, "termination": .terminationState, "status": .status, "status_code": .status,
    "http_status_code": .status, "http_status": .status, "ST": .status, "frontend": .listener,
    "frontend_name": .listener, "fe_name": .listener, "ft": .listener, "fe": .listener, "backend": .upstream,
    "backend_name": .upstream, "be_name": .upstream, "b": .upstream, "be": .upstream, "server": .endpoint,
    "server_name": .endpoint, "srv_name": .endpoint, "s": .endpoint, "srv": .endpoint, "client_ip": .client,
    "client": .client, "clientip": .client, "ci": .client, "src": .client, "remote_addr": .client,
    "http_request": .request, "request": .request, "req": .request, "http_method": .method, "method": .method,
    "request_method": .method, "uri": .path, "path": .path, "http_path": .path, "request_uri": .path, "url": .path,
    "host": .host, "bytes_read": .bytes, "bytes": .bytes, "B": .bytes, "bytes_uploaded": .requestBytes,
    "time_request": .requestTime, "TR": .requestTime, "Tq": .requestTime, "time_queue": .queueTime, "Tw": .queueTime,
    "time_wait": .queueTime, "time_connect": .connectTime, "Tc": .connectTime, "time_backend_connect": .connectTime,
    "time_response": .headTime, "Tr": .headTime, "time_backend_response": .headTime, "time_total": .totalTime,
    "Ta": .totalTime, "Tt": .totalTime, "time_duration": .totalTime, "time_active": .totalTime, "retries": .retries,
    "rc": .retries, "bc_err": .connectionError, "bc_err_name": .connectionError, "backend_error": .connectionError,
    "bc_err_str": .connectionErrorText, "unique_id": .requestID, "request_id": .requestID, "ID": .requestID,
    "time": .time, "timestamp": .time, "@timestamp": .time, "date_time": .time, "accept_date": .time,
    "request_date": .time, "t": .time, "tr": .time, "message": .message,
  ]
}
