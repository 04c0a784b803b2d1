import Testing

@testable import SluiceLogs

@Suite("What the machine says of processes")
struct ServiceLineTests {
  @Test(
    "becomes an event of the proxy",
    arguments: [
      ("nginx.service: Main process exited, code=killed, status=9/KILL", LogProduct.nginx, LogEvent.Kind.proxyCrashed),
      ("haproxy.service: Main process exited, code=exited, status=1/FAILURE", .haproxy, .proxyCrashed),
      ("caddy.service: Main process exited, code=exited, status=0/SUCCESS", .caddy, .proxyStopping),
      ("caddy.service: Main process exited, code=killed, status=15/TERM", .caddy, .proxyStopping),
      ("envoy.service: A process of this unit has been killed by the OOM killer.", .envoy, .proxyCrashed),
      ("envoy.service: Failed with result 'oom-kill'.", .envoy, .proxyCrashed),
      ("envoy.service: Failed with result 'exit-code'.", .envoy, .proxyCrashed),
      ("traefik.service: Scheduled restart job, restart counter is at 3.", .traefik, .proxyStopping),
      ("Started nginx.service - A high performance web server and a reverse proxy server.", .nginx, .proxyStarted),
      ("Started HAProxy Load Balancer.", .haproxy, .proxyStarted),
      ("Stopping apache2.service - The Apache HTTP Server...", .httpd, .proxyStopping),
      ("Stopped apache2.service - The Apache HTTP Server.", .httpd, .proxyStopping),
      ("Reloaded nginx.service - A high performance web server.", .nginx, .proxyReloaded),
      ("Failed to start varnish.service - Varnish HTTP accelerator.", .varnish, .proxyCrashed),
      ("Out of memory: Killed process 4711 (nginx) total-vm:1234kB, anon-rss:99kB", .nginx, .proxyCrashed),
      ("Memory cgroup out of memory: Killed process 4711 (haproxy) total-vm:1kB", .haproxy, .proxyCrashed),
      ("nginx[4711]: segfault at 0 ip 000055d0 sp 00007ffc error 4 in nginx[55d0+1000]", .nginx, .proxyCrashed),
    ])
  func proxies(text: String, product: LogProduct, kind: LogEvent.Kind) throws {
    let recognised = try #require(LogFormatTable.standard.recognise(text))
    #expect(recognised.format == "systemd")
    #expect(recognised.entry?.product == product)
    #expect(recognised.entry?.event?.kind == kind)
    #expect(recognised.entry?.event?.detail == text)
  }

  @Test(
    "of an application is a change, and no crash of a proxy",
    arguments: [
      "shop.service: Main process exited, code=killed, status=9/KILL", "Started shop.service - The shop.",
      "shop.service: A process of this unit has been killed by the OOM killer.",
      "Out of memory: Killed process 4711 (node) total-vm:1234kB",
    ])
  func applications(text: String) throws {
    let entry = try #require(LogFormatTable.standard.entry(ofLine: text))
    #expect(entry.product == .other)
    #expect(entry.event?.kind == .changed)
  }

  @Test(
    "of something else is not taken", arguments: ["Started work on it, slowly", "Stopped listening", "a b c d e f g"])
  func others(text: String) {
    #expect(LogFormatTable(LogFormat.others).recognise(text) == nil)
  }
}
