import Testing

@testable import SluiceLogs

/// A log's most frequent format is asked first, whatever its place in the table: so one alone may take a line.
@Suite("The choice of a format")
struct LogFormatChoiceTests {
  @Test(
    "is left to one",
    arguments: [
      (
        "envoy-text",
        #"[2026-11-26T20:00:00.000Z] "GET / HTTP/1.1" 503 UF 0 91 120 - "-" "curl" "4be1" "a" "10.0.0.1:80""#
      ),
      ("envoy-json", #"{"start_time":"2026-11-26T20:00:00Z","response_code":503,"response_flags":"UF","path":"/"}"#),
      (
        "envoy-events",
        #"{"type":"SUCCESS_RATE","cluster_name":"a","upstream_url":"10.0.0.1:80","action":"EJECT","timestamp":"x"}"#
      ),
      ("envoy-log", "[2026-11-26 20:00:00.123][1][info][main] [source/server.cc:860] starting main dispatch loop"),
      (
        "caddy-json",
        #"{"level":"info","ts":1795726567.1,"logger":"http.log.access","msg":"handled request","#
          + #""request":{"method":"GET","uri":"/"},"status":200}"#
      ),
      ("caddy-console", "2026/11/26 20:00:00.000\tERROR\thttp.log.error\tEOF\t{\"status\": 502}"),
      (
        "traefik-common",
        #"10.0.0.7 - - [26/Nov/2026:20:00:00 +0000] "GET / HTTP/1.1" 502 11 "-" "curl" 12 "a@b" "http://10.0.0.1" 2ms"#
      ),
      (
        "traefik-common",
        #"10.0.0.7 - - [26/Nov/2026:20:00:00 +0000] "GET / HTTP/1.1" 404 19 "-" "-" 12 "-" "-" 0ms"#
      ),
      ("traefik-json", #"{"DownstreamStatus":502,"OriginStatus":502,"RequestPath":"/","time":"2026-11-26T20:00:00Z"}"#),
      ("traefik-log", #"time="2026-11-26T20:00:00Z" level=debug msg="'502 Bad Gateway' caused by: EOF""#),
      ("traefik-log-console", #"2026-11-26T20:00:00Z DBG 502 Bad Gateway error="EOF""#),
      (
        "traefik-log-json",
        #"{"level":"debug","error":"EOF","time":"2026-11-26T20:00:00Z","message":"502 Bad Gateway"}"#
      ),
      (
        "aws-alb",
        "http 2026-11-26T20:00:00.1Z app/a/5 10.0.0.7:1 10.0.0.1:80 0.1 0.1 0.1 502 502 3 4 \"GET / HTTP/1.1\" \"c\""
      ),
      ("aws-elb", "2026-11-26T20:00:00.1Z a 10.0.0.7:1 10.0.0.1:80 0.1 0.1 0.1 502 502 3 4 \"GET / HTTP/1.1\""),
      (
        "sluice-access",
        #"{"time":"2026-11-26T20:00:00.123Z","id":"01","path":"/","status":200,"bytesIn":0,"bytesOut":0,"#
          + #""phase":"done","totalMs":1}"#
      ),
      ("sluice-failures", "502 connect_refused GET a/ -> b http://c (d): It refused, 0.4 ms, id 01JD"),
      ("cloudflare-logpush", #"{"EdgeResponseStatus":522,"ClientRequestURI":"/","EdgeEndTimestamp":1795723200}"#),
      ("ats-squid", "1795723200.123 5 10.0.0.7 ERR_CONNECT_FAIL/502 320 GET http://a/ - DIRECT/10.0.0.1 text/html"),
      ("ats-error", "20261126.20h00m00s CONNECT: attempt fail [CONNECTION_ERROR] to 10.0.0.1:80"),
      ("varnish-log", "-   FetchError     backend default: unhealthy"),
      ("nghttpx-log", "2026-11-26T20:00:00.327Z 2242 2242 cd5c WARN (shrpx_http.cc:1158) Connect time out; addr=a"),
      ("nghttpx-log-old", "26/Nov/2026:20:00:00 +0000 PID2242 [WARN] shrpx_connect.cc:93 Could not connect"),
      ("pingora", "[2026-11-26T20:00:00Z ERROR pingora_proxy] Fail to proxy: Upstream ConnectRefused, status: 502"),
      ("linkerd", "[  1234.567890s]  WARN ThreadId(01) outbound: linkerd: HTTP/1.1 request failed error=x"),
      (
        "linkerd-json",
        #"{"timestamp":"x","level":"WARN","fields":{"message":"request failed","error":"x"},"target":"linkerd_app"}"#
      ),
      ("systemd", "nginx.service: Main process exited, code=killed, status=9/KILL"),
      ("journal-bytes", #"{"__REALTIME_TIMESTAMP":"1795723260000000","MESSAGE":[69,79,70]}"#),
      ("journal-export", "MESSAGE=EOF"),
    ])
  func one(id: String, text: String) {
    let takers = LogFormat.all.filter { LogFormatTable([$0]).recognise(text) != nil }.map(\.id)
    #expect(takers == [id], "\(text)")
  }
}
