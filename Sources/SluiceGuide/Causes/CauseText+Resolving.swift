internal import SluiceCore

/// Resolving a name.
extension CauseText {
  static let dnsNxdomain = CauseText(
    why: [
      "The name is misspelled, or lacks its domain (`api` for `api.example.com`).",
      "The record was removed, or the service is in another namespace or zone.",
      "The gateway asks a name server that does not know the internal zone.",
      "The name is new, and the name server still remembers that it did not exist.",
    ],
    find: [GuideStep("What does the authoritative side say?", "dig +trace NAME")],
    now: ["Correct the name in `endpoints`, or restore the record.", "Name the right server in `resolver.servers`."],
    prevent: ["Write names in full. Watch internal names as you watch services."],
    related: [.dnsNoAddress, .dnsServfail])

  static let dnsServfail = CauseText(
    why: [
      "The name server cannot reach the zone's own servers.",
      "DNSSEC of the zone is broken: an expired signature, or a key that the parent does not know.",
      "The name server is overloaded or restarting, as happens to a cluster's DNS.",
    ],
    find: [
      GuideStep("Does it work without DNSSEC? Then the signatures are the reason.", "dig +cd NAME"),
      GuideStep("Do other name servers answer?", "dig @SERVER NAME"),
    ],
    now: ["Add a second server to `resolver.servers`.", "Have the zone's signatures repaired."],
    prevent: ["Run two name servers. Known addresses go on being used while a name server fails."],
    related: [.dnsTimeout, .dnsRefused])

  static let dnsRefused = CauseText(
    why: [
      "The name server does not serve this client: its access list lacks the gateway's address.",
      "It is an authoritative server that does not resolve for others.",
    ],
    find: [GuideStep("Which server refuses?", "dig @SERVER NAME")],
    now: ["Let the gateway's address in, or name another server in `resolver.servers`."],
    prevent: ["After a move of the gateway, check the access lists of the name servers."], related: [.dnsServfail])

  static let dnsNoAddress = CauseText(
    why: [
      "The name exists with other records only, such as TXT or MX.",
      "It has only IPv6 addresses where IPv4 is needed, or the other way round.",
      "A service without ready members: its name stays, its addresses go.",
    ],
    find: [
      GuideStep("Which records are there?", "dig NAME ANY +noall +answer; dig NAME A +short; dig NAME AAAA +short")
    ],
    now: ["Add the address record, or use the right name."],
    prevent: ["Alert on services that have no ready member."], related: [.dnsNxdomain, .poolEmpty])

  static let dnsTimeout = CauseText(
    why: [
      "No name server can be reached: a firewall drops UDP or TCP port 53, or the address is wrong.",
      "The name server is overloaded.",
      "Answers are lost on the way, often large ones that would need TCP.",
    ],
    find: [
      GuideStep("Which servers are asked?", "grep nameserver /etc/resolv.conf"),
      GuideStep("Does TCP work where UDP does not?", "dig +tcp NAME"),
    ],
    now: ["Name a server that answers in `resolver.servers`."],
    prevent: ["Run a caching name server on the gateway's machine or near it."],
    related: [.dnsServfail, .connectTimeout])
}
