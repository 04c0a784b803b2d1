/// Lines of every product, as mutations begin with them.
enum LogSamples {
  static let lines: [String] = nginx + haproxy + httpd + envoy + caddyAndTraefik + balancers + others + prefixes

  static let nginx = [
    #"2026/11/26 20:00:00 [error] 31#31: *7 connect() failed (111: Connection refused) while connecting to upstream, "#
      + #"client: 10.0.0.9, server: shop.example, request: "GET /a?b=c HTTP/1.1", upstream: "http://10.0.0.1:8080/a", "#
      + #"host: "shop.example""#,
    #"2026/11/26 20:00:01 [error] 31#31: *8 upstream timed out (110: Connection timed out) while reading response "#
      + #"header from upstream, client: 10.0.0.9, server: _, request: "POST /b HTTP/2.0", upstream: "#
      + #""http://unix:/run/a.sock:/b", host: "h""#,
    "2026/11/26 20:00:02 [warn] 31#31: *9 upstream server temporarily disabled while connecting to upstream",
    "2026/11/26 20:00:03 [notice] 1#1: signal 3 (SIGQUIT) received, shutting down",
    #"10.0.0.9 - - [26/Nov/2026:20:00:00 +0000] "GET /a HTTP/1.1" 502 157 "-" "curl/8.5.0""#,
    #"10.0.0.9 - bob [26/Nov/2026:20:00:00 +0000] "GET /a HTTP/1.1" 200 157 "-" "curl/8.5.0" rt=0.001 "#
      + #"uct="0.000, 0.001" uht="-, 0.001" urt="0.001, 0.002" us="502, 200" ua="10.0.0.1:80, 10.0.0.2:80""#,
    #"10.0.0.9 - - [26/Nov/2026:20:00:00 +0000] "GET /a HTTP/2.0" 503 190 "-" "x" 35 0.000 [shop-web-80] [] "#
      + #"10.0.0.1:80, 10.0.0.2:80 : 10.0.0.3:80 0, 0 : 5 0.001, 0.000 : 0.004 502, 502 : 503 b1f6de4"#,
    #"{"time_iso8601":"2026-11-26T20:00:00+00:00","remote_addr":"10.0.0.9","request":"GET / HTTP/1.1","status":"502","#
      + #""upstream_addr":"10.0.0.1:80","upstream_status":"502","request_time":"0.001"}"#,
  ]

  static let haproxy = [
    #"10.0.0.1:3344 [26/Nov/2026:20:00:00.123] www~ api/app1 0/0/1/53/625 200 4109 - - ---- 3/4/21/9/0 0/0 "#
      + #""GET /a?b=c HTTP/1.1""#,
    #"10.0.0.1:3344 [26/Nov/2026:20:00:00.123] www api/<NOSRV> 0/-1/-1/-1/0 503 217 - - SC-- 3/4/21/9/3 0/0 "#
      + #"{shop.example|curl} {} "GET / HTTP/1.1" 110/ECONNREFUSED"#,
    "10.0.0.1:3344 [26/Nov/2026:20:00:00.123] tcp api/app1 1/-1/3001 0 SC 1/1/1/1/3 0/0",
    "10.0.0.1:3344 [26/Nov/2026:20:00:00.123] www/1: SSL handshake failure",
    "Server api/app1 is DOWN, reason: Layer4 connection problem, info: \"Connection refused\", check duration: 0ms. "
      + "1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
    "backend api has no server available!",
  ]

  static let httpd = [
    "[Thu Nov 26 20:00:00.123456 2026] [proxy:error] [pid 12:tid 34] (111)Connection refused: AH00957: HTTP: attempt "
      + "to connect to 10.0.0.1:80 (10.0.0.1:80) failed",
    "[Thu Nov 26 20:00:00.123456 2026] [proxy_http:error] [pid 12:tid 34] (70007)The timeout specified has expired: "
      + "[client 10.0.0.9:5] AH01102: error reading status line from remote server 10.0.0.1:80, referer: http://h/",
    #"10.0.0.9 - - [26/Nov/2026:20:00:00 +0000] "GET /\"a\" HTTP/1.1" 503 299 "http://h/" "a \x41" 1234"#,
  ]

  static let envoy = [
    #"[2026-11-26T20:00:00.123Z] "GET /a HTTP/1.1" 503 UF,URX upstream_reset_before_response_started"#
      + #"{remote_connection_failure|delayed_connect_error:_111} - "-" 0 91 1 - "10.0.0.9" "c" "id" "h" "10.0.0.1:80""#,
    #"{"start_time":"2026-11-26T20:00:00.123Z","method":"GET","path":"/","response_code":503,"response_flags":"UH","#
      + #""response_code_details":"no_healthy_upstream","upstream_host":null,"duration":1}"#,
  ]

  static let caddyAndTraefik = [
    #"{"level":"error","ts":1795723200.123,"logger":"http.log.error.log0","msg":"dial tcp 10.0.0.1:80: connect: "#
      + #"connection refused","request":{"remote_ip":"10.0.0.9","method":"GET","host":"h","uri":"/a","headers":"#
      + #"{"User-Agent":["c\u00e9\ud83d\ude00"]}},"duration":0.001,"status":502,"err_id":"a","err_trace":"b"}"#,
    #"{"level":"info","ts":1795723200.123,"logger":"http.log.access","msg":"handled request","request":{"method":"#
      + #""GET","uri":"/"},"status":200,"size":5,"duration":0.1}"#,
    #"10.0.0.9 - - [26/Nov/2026:20:00:00 +0000] "GET / HTTP/1.1" 502 11 "-" "-" 7 "r@docker" "http://10.0.0.1:80" 1ms"#,
    #"{"ClientHost":"10.0.0.9","DownstreamStatus":502,"Duration":1000,"OriginStatus":502,"RequestMethod":"GET","#
      + #""RequestPath":"/","RouterName":"r@docker","ServiceURL":"http://10.0.0.1:80","time":"2026-11-26T20:00:00Z"}"#,
    #"2026-11-26T20:00:00Z DBG github.com/traefik > 502 Bad Gateway error="dial tcp 10.0.0.1:80: connect: refused""#,
  ]

  static let balancers = [
    #"https 2026-11-26T20:00:00.123456Z app/a/1 10.0.0.9:5 10.0.0.1:80 -1 -1 -1 502 - 34 366 "#
      + #""GET https://h:443/ HTTP/1.1" "curl/7" ECDHE-RSA TLSv1.2 arn:aws:x "Root=1-2" "h" "arn" 0 "#
      + #"2026-11-26T20:00:00.000000Z "forward" "-" "-" "10.0.0.1:80" "-" "-" "-""#,
    #"2026-11-26T20:00:00.123456Z elb 10.0.0.9:5 - -1 -1 -1 503 0 0 0 "GET http://h:80/ HTTP/1.1" "curl" - -"#,
    #"{"EdgeStartTimestamp":"2026-11-26T20:00:00Z","EdgeResponseStatus":522,"OriginResponseStatus":0,"RayID":"8f"}"#,
  ]

  static let others = [
    "1795723200.123 5 10.0.0.9 ERR_CONNECT_FAIL/502 400 GET http://h/ - DIRECT/10.0.0.1 text/html",
    "WARN proxy: Connect time out; addr=10.0.0.1:80",
    "Fail to proxy: Upstream ConnectRefused context: Peer: addr: 10.0.0.1:80, cause: Connection refused",
    "*   << BeReq    >> 3\n-   FetchError     backend a: fail errno 111 (Connection refused)",
    #"{"time":"2026-11-26T20:00:00.123Z","id":"x","cause":"connect_refused","status":502,"upstream":"api"}"#,
  ]

  /// With another line behind each.
  static let prefixes =
    [
      "Nov 26 20:00:00 gw haproxy[1234]: ", "<134>Nov 26 20:00:00 gw haproxy[1234]: ",
      "<134>1 2026-11-26T20:00:00.250Z gw haproxy 77 - [a@1 b=\"c\\\"]\"] ", "2026-11-26T20:00:00.123456789Z stdout F ",
      "2026-11-26T20:00:00+00:00 gw nginx[9]: ", "web-1  | ", "[pod/web-7/nginx] ",
    ].map { $0 + haproxy[0] } + [
      #"{"log":"10.0.0.9 - - [26/Nov/2026:20:00:00 +0000] \"GET / HTTP/1.1\" 502 1 \"-\" \"-\"\n","stream":"stderr","#
        + #""time":"2026-11-26T20:00:00.5Z"}"#,
      #"{"__REALTIME_TIMESTAMP":"1795723200250000","MESSAGE":"Server a/b is DOWN, reason: x","SYSLOG_IDENTIFIER":"#
        + #""haproxy","_PID":"5"}"#,
    ]
}
