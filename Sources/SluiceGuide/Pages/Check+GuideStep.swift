internal import SluiceCore

extension Check {
  /// What to look at, with the command for any endpoint.
  var guideStep: GuideStep {
    switch self {
    case .process: GuideStep(sentence, "ss -ltnp 'sport = :PORT'")
    case .applicationLog: GuideStep(sentence, "journalctl -u UNIT --since '5 min ago'")
    case .directProbe: GuideStep(sentence, "curl -v --max-time 5 http://HOST:PORT/PATH")
    case .resources: GuideStep(sentence, "journalctl -k -g 'oom|Killed process' --since '1 hour ago'")
    case .deploys: GuideStep(sentence, "journalctl _PID=1 --since '10 min ago'")
    case .nameResolution: GuideStep(sentence, "dig NAME A NAME AAAA +short; getent ahosts NAME")
    case .certificates:
      GuideStep(sentence, "openssl s_client -connect HOST:PORT -servername NAME </dev/null")
    case .portAndScheme: GuideStep(sentence, "curl -v http://HOST:PORT/; curl -vk https://HOST:PORT/")
    case .kernelLimits: GuideStep(sentence, "ss -s; nstat -az TcpExtListenOverflows")
    case .timeoutLadder: GuideStep(sentence, "grep -n -A8 timeouts sluice.yaml")
    }
  }
}
