internal import SluiceCore

/// Connecting to the endpoint.
extension CauseText {
  static let connectRefused = CauseText(
    why: [
      "The application is not running: it crashed, was killed for memory, or is being restarted by a deploy.",
      "It has not finished its start and does not listen yet.",
      "It listens on another port than the configured one.",
      "It listens on 127.0.0.1 only, and the gateway comes from another machine or container.",
      "A firewall refuses the connection in the machine's place.",
    ],
    find: [
      GuideStep("Let the doctor look at it.", "sluice doctor http://HOST:PORT"),
      GuideStep("Why did the application end?", "journalctl -u UNIT -n 50; systemctl status UNIT"),
    ],
    now: ["Start the application, and read why it ended.", "Correct the port or the address that it listens on."],
    prevent: [
      "Run it under a supervisor that starts it again.",
      "In a deploy, send traffic to a new process only when it answers, and let the old one finish first.",
      "Have two endpoints: a refused connection is tried at the other one, and no client sees it.",
    ], related: [.connectReset, .connectTimeout, .unixSocketMissing, .allUnhealthy])

  static let connectReset = CauseText(
    why: [
      "A firewall or load balancer on the way takes the connection and resets it.",
      "The endpoint ends as the connection is made.",
      "The endpoint's accept queue is full, and its kernel is set to reset (`tcp_abort_on_overflow`).",
    ],
    find: [
      GuideStep(
        "Who sends the reset? Compare the TTL with that of other packets.",
        "tcpdump -nvi any 'tcp[tcpflags] & tcp-rst != 0 and host HOST'"),
      GuideStep("Do accept queues overflow?", "nstat -az TcpExtListenOverflows TcpExtListenDrops"),
    ],
    now: ["Let the gateway's address through the firewall.", "Restart the application where it crashed."],
    prevent: ["Let firewalls between the two drop or allow by rule, and log what they reset."],
    related: [.connectRefused, .resetBeforeResponse, .backlogFull])

  static let hostUnreachable = CauseText(
    why: [
      "The endpoint's machine is off, or its address changed.",
      "A router or firewall answers with 'no route' or 'prohibited'.",
      "On the same network nobody answers to the address (ARP).",
    ],
    find: [
      GuideStep("Which way would packets take?", "ip route get HOST"),
      GuideStep("Where do they end?", "traceroute -n HOST"),
      GuideStep("On the same network: is the address known?", "ip neigh show HOST"),
    ],
    now: ["Bring the machine up, or correct the address."],
    prevent: ["Use names whose records follow the machines, and health checks that notice early."],
    related: [.netUnreachable, .connectTimeout])

  static let netUnreachable = CauseText(
    why: [
      "The gateway's machine has no route to that network: a default route or a VPN is missing.",
      "The endpoint has an IPv6 address, and the gateway's machine has no IPv6.",
      "A container has no network.",
    ],
    find: [
      GuideStep("Which way would packets take?", "ip route get HOST"),
      GuideStep("Which routes are there?", "ip route; ip -6 route"),
    ],
    now: ["Add the route, or use an address of a network that can be reached."],
    prevent: ["Test a connection from the gateway's own machine or container in the deploy."],
    related: [.hostUnreachable, .connectTimeout])

  static let connectTimeout = CauseText(
    why: [
      "A firewall or security group drops the packets without a word.",
      "The endpoint's accept queue is full, since the application does not accept: it is overloaded or hangs.",
      "The address belongs to nobody any more: a container or machine that is gone.",
      "The network loses packets.",
    ],
    find: [
      GuideStep("Does a connection from the gateway's machine come about?", "nc -vz -w 3 HOST PORT"),
      GuideStep("On the endpoint: is its accept queue full (Recv-Q near Send-Q)?", "ss -ltn 'sport = :PORT'"),
      GuideStep("Do the packets arrive there?", "tcpdump -ni any 'tcp port PORT and tcp[tcpflags] & tcp-syn != 0'"),
    ],
    now: [
      "Open the firewall for the gateway's address.",
      "Where the queue is full, find out what the application waits for, and restart it if it hangs.",
    ],
    prevent: [
      "Keep `timeouts.connect` short (2s is the default): another endpoint is then tried in time.",
      "Let the application accept with a backlog of 512 or more, and watch its queue.",
    ], related: [.backlogFull, .hostUnreachable, .tlsHandshakeTimeout, .responseHeaderTimeout])

  static let ipProhibited = CauseText(
    why: [
      "The endpoint's name resolves to an address that must not be connected to, such as a link-local or metadata address.",
      "Somebody changed the record of a name that the configuration trusts.",
    ],
    find: [GuideStep("Which addresses does the name have?", "dig NAME A +short; dig NAME AAAA +short")],
    now: ["Correct the record, or write the address itself into `endpoints` where it is meant."],
    prevent: ["Take names of endpoints from zones that only you can change."], related: [.dnsNxdomain])

  static let unixSocketMissing = CauseText(
    why: [
      "The application is not running, or has not created its socket yet.",
      "The paths in the application and in the gateway's configuration differ.",
      "The socket lies in a folder that the gateway does not see: another container, or PrivateTmp of systemd.",
    ],
    find: [GuideStep("Which sockets exist?", "ss -lxp; ls -l PATH")],
    now: ["Start the application, or correct the path."],
    prevent: ["Put sockets into a folder below /run that both sides share, not into /tmp."],
    related: [.unixSocketPermission, .connectRefused])

  static let unixSocketPermission = CauseText(
    why: [
      "The socket belongs to another user and is not writable for the gateway's.",
      "A folder on the way may not be entered by the gateway's user.",
      "SELinux or AppArmor forbids it.",
    ],
    find: [
      GuideStep("Who may do what on the way?", "namei -l PATH"),
      GuideStep("Did a security module refuse?", "journalctl -k -g 'denied' -n 20"),
    ],
    now: ["Give the gateway's user a group of the socket, and let the application create it with mode 660."],
    prevent: ["Set user, group and mode of the socket in the unit or the application's configuration."],
    related: [.unixSocketMissing])

  static let backlogFull = CauseText(
    why: [
      "The application accepts more slowly than connections come: its workers are busy or it hangs.",
      "Its backlog is small: many runtimes ask for 128 or less, and the kernel caps it at `somaxconn`.",
      "A burst came after a restart, when all clients came back at once.",
    ],
    find: [
      GuideStep("How full is the queue?", "ss -ltn 'sport = :PORT'; ss -lx"),
      GuideStep("How often did it overflow?", "nstat -az TcpExtListenOverflows"),
    ],
    now: ["Find out what the workers wait for.", "Raise the application's backlog and `net.core.somaxconn`."],
    prevent: [
      "Limit requests in progress at the gateway (`limits.requests`, `adaptive: on`): waiting there is visible and bounded."
    ],
    related: [.connectTimeout, .poolQueueFull])

  static let localPortsExhausted = CauseText(
    why: [
      "Connections to one endpoint are opened and closed so quickly that all local ports are in use or in TIME_WAIT.",
      "Connections are not reused: the endpoint closes each after one response.",
      "Another program on the machine uses the ports.",
    ],
    find: [
      GuideStep("How many connections are in which state?", "ss -s; ss -tan state time-wait | wc -l"),
      GuideStep("Which ports may be used?", "sysctl net.ipv4.ip_local_port_range"),
    ],
    now: ["Widen `ip_local_port_range`.", "Let the application keep connections alive."],
    prevent: ["Add endpoints or addresses: the ports are counted for each address and port of an endpoint."],
    related: [.localFdsOrMemory, .staleKeepalive])

  static let localFdsOrMemory = CauseText(
    why: [
      "The limit on open files of the gateway's process is too low for its connections.",
      "The machine has used up its socket memory or file table.",
      "Connections pile up because endpoints or clients are slow.",
    ],
    find: [
      GuideStep(
        "What may the process open, and what has it open?",
        "grep 'open files' /proc/PID/limits; ls /proc/PID/fd | wc -l"),
      GuideStep("What does the kernel say?", "journalctl -k -n 50; cat /proc/net/sockstat"),
    ],
    now: [
      "Raise `LimitNOFILE` of the unit, and restart.", "Lower `limits.connections` of the listeners below the limit.",
    ],
    prevent: ["Let the limits of listeners and upstreams add up to less than the process may open."],
    related: [.localPortsExhausted])
}
