package import SluiceCore
internal import SluiceIncidents

/// The first checks of a cause, made concrete: real commands for this endpoint and this moment.
///
/// Commands only look. Those for the endpoint's machine are to be run there; the question says so.
package struct CheckCommands {
  let subject: CheckSubject

  package init(subject: CheckSubject) { self.subject = subject }

  package func checks(_ checks: [Check]) -> [NextCheck] { checks.flatMap(next) }

  private func next(_ check: Check) -> [NextCheck] {
    switch check {
    case .process: [NextCheck(question: there + check.sentence, command: listening)]
    case .applicationLog: [NextCheck(question: there + check.sentence, command: journal("journalctl", 5))]
    case .directProbe: [NextCheck(question: check.sentence, command: probe(isTLS: subject.place?.isTLS == true))]
    case .resources:
      [NextCheck(question: there + check.sentence, command: journal("journalctl -k -g 'oom|Out of memory'", 600))]
    case .deploys: [NextCheck(question: there + check.sentence, command: journal("journalctl _PID=1", 120))]
    case .nameResolution: resolution(check)
    case .certificates: [NextCheck(question: check.sentence, command: certificates)]
    case .portAndScheme: portAndScheme(check)
    case .kernelLimits: [NextCheck(question: limitsPlace + check.sentence, command: limits)]
    case .timeoutLadder: [NextCheck(question: ladder(check), command: keepAlive)]
    }
  }

  /// `On 10.0.0.5: ` where the endpoint is elsewhere.
  private var there: String {
    guard let place = subject.place, !place.isLocal, let host = place.host else { return "" }
    return "On \(Shown.text(host)): "
  }

  // MARK: Sockets

  private var listening: String? {
    switch subject.place?.target {
    case .tcp(_, let port): "ss -ltnp 'sport = :\(port)'"
    case .unix(let path): ShellWord(path).map { "ss -lxp | grep -F -- \($0.text)" }
    case nil: nil
    }
  }

  /// A GET of the same path where the request was one that changes nothing, else of `/`.
  private func probe(isTLS: Bool) -> String? {
    let isSafe = subject.method == "GET" || subject.method == "HEAD"
    let asked = subject.path ?? "/"
    let path = isSafe && asked.hasPrefix("/") && asked.utf8.count <= 200 ? asked : "/"
    let options = isTLS ? "-vk" : "-v"
    switch subject.place?.target {
    case .tcp(let host, let port):
      let bracketed = host.contains(":") ? "[\(host)]" : host
      let url = ShellWord("\(isTLS ? "https" : "http")://\(bracketed):\(port)\(path)")
      // --globoff: brackets and braces in a path are meant as they are.
      return url.map { "curl --globoff \(options) --max-time 5 \($0.text)" }
    case .unix(let socket):
      guard let socket = ShellWord(socket), let url = ShellWord("http://localhost\(path)") else { return nil }
      return "curl --globoff -v --max-time 5 --unix-socket \(socket.text) \(url.text)"
    case nil: return nil
    }
  }

  private func portAndScheme(_ check: Check) -> [NextCheck] {
    let isTLS = subject.place?.isTLS == true
    let listening = NextCheck(question: there + check.sentence, command: listening)
    guard subject.place?.isUnix == false, let other = probe(isTLS: !isTLS) else { return [listening] }
    return [
      listening, NextCheck(question: "Does the port speak \(isTLS ? "plain HTTP" : "TLS") instead?", command: other),
    ]
  }

  private var certificates: String? {
    guard case .tcp(let host, let port) = subject.place?.target, ShellWord(operand: host) != nil else { return nil }
    let tls = subject.tls
    let asked = tls == nil ? (EndpointAddress(host) == nil ? host : nil) : tls?.nameAsked
    guard let target = ShellWord(host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)") else { return nil }
    let name = asked.flatMap { ShellWord(operand: $0) }.map { " -servername \($0.text)" } ?? ""
    let roots = tls?.trust.flatMap { ShellWord(operand: $0) }.map { " -CAfile \($0.text)" } ?? ""
    return "openssl s_client -connect \(target.text)\(name)\(roots) -showcerts </dev/null"
  }

  // MARK: Names

  private func resolution(_ check: Check) -> [NextCheck] {
    guard let name = subject.name ?? subject.place?.name else {
      return [NextCheck(question: check.sentence, command: nil)]
    }
    let word = ShellWord(operand: name)
    return [
      NextCheck(question: check.sentence, command: word.map { "dig +time=2 +tries=1 \($0.text) A \($0.text) AAAA" }),
      NextCheck(
        question: "What does the system's own resolver say?", command: word.map { "getent ahosts \($0.text)" }),
    ]
  }

  // MARK: The machine

  /// Whose limits: the gateway's own, or the accept queue of the endpoint's machine.
  private var limitsPlace: String { subject.cause?.owner == .machine ? "On the gateway's machine: " : there }

  private var limits: String? {
    if subject.cause == .localPortsExhausted { return "ss -s; cat /proc/sys/net/ipv4/ip_local_port_range" }
    if subject.cause == .localFdsOrMemory {
      return "pgrep -x \(subject.program) | xargs -I{} grep 'open files' /proc/{}/limits"
    }
    if subject.place?.isUnix == true { return listening }
    let queue = "nstat -az TcpExtListenOverflows TcpExtListenDrops"
    return subject.place?.port.map { "ss -ltn 'sport = :\($0)'; \(queue)" } ?? queue
  }

  /// - Parameter seconds: To look at before and after the incident.
  private func journal(_ command: String, _ seconds: Int64) -> String? {
    guard let time = subject.time, time / 1000 < 253_402_300_000 else { return nil }
    let second = time / 1000
    return "\(command) --since '\(moment(second - seconds))' --until '\(moment(second + min(seconds, 60)))'"
  }

  private func moment(_ unixSeconds: Int64) -> String {
    let date = CivilDate(unixSeconds: max(unixSeconds, 0))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let day = "\(date.year)-\(two(date.month))-\(two(date.day))"
    return "\(day) \(two(date.hour)):\(two(date.minute)):\(two(date.second)) UTC"
  }

  /// Many applications tell their keep-alive timeout in a field of that name.
  private var keepAlive: String? {
    guard subject.cause == .staleKeepalive, let probe = probe(isTLS: subject.place?.isTLS == true) else { return nil }
    return probe + " -o /dev/null 2>&1 | grep -i keep-alive"
  }

  private func ladder(_ check: Check) -> String {
    guard let timeouts = subject.timeouts else { return check.sentence }
    if subject.cause == .staleKeepalive {
      return "Is the application's keep-alive timeout longer than the gateway's \(Shown.duration(timeouts.poolIdle))?"
    }
    return "Is each timeout longer than that of the hop behind it? The gateway waits "
      + "\(Shown.duration(timeouts.responseHead)) for a head and \(Shown.duration(timeouts.request)) in all."
  }
}
