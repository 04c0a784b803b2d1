/// Root causes at the machine.
extension CauseText {
  static let outOfMemoryKilled = CauseText(
    why: [
      "The application grew beyond its cgroup's limit (exit code 137 in containers).",
      "The machine itself had no memory left, and the kernel chose the largest process.",
    ],
    find: [
      GuideStep("Who was killed, and at which size?", "journalctl -k -g 'oom|Killed process' -n 10"),
      GuideStep("How near is the limit?", "systemctl show UNIT -p MemoryMax -p MemoryCurrent -p MemoryPeak"),
    ],
    now: ["Raise the limit if the machine has room, and start it again."],
    prevent: ["Find what grows. Set the runtime's own limit (-Xmx and the like) below the cgroup's."])

  static let processKilled = CauseText(
    why: [
      "A supervisor that lost patience at a stop (SIGKILL after its time limit).", "A person or a script.",
      "The platform moved or ended the container.",
    ],
    find: [GuideStep("Who sent it?", "journalctl -u UNIT -n 30; ausearch -sc kill -i 2>/dev/null | tail")],
    now: ["Start it again, and find out who sent the signal."],
    prevent: ["Give the application enough time to end by itself (TimeoutStopSec)."])

  static let processStopped = CauseText(
    why: [
      "SIGSTOP, a debugger that is attached, or Ctrl-Z in a terminal.", "A frozen cgroup, as of a paused container.",
    ],
    find: [GuideStep("In which state is it (T is stopped)?", "ps -o pid,stat,wchan,cmd -p PID")],
    now: ["Continue it: `kill -CONT PID`, or `docker unpause NAME`."],
    prevent: ["Do not debug in production with a debugger that stops."])

  static let zombieProcess = CauseText(
    why: ["Its parent does not collect its children: a script as the first process of a container."],
    find: [GuideStep("Who is the parent?", "ps -o pid,ppid,stat,cmd -p PID")],
    now: ["Restart the parent."], prevent: ["Use an init such as tini as the first process of a container."])

  static let cpuThrottled = CauseText(
    why: [
      "The CPU quota of the cgroup or container is lower than what the load needs, so that it stands still for a part of each period."
    ],
    find: [
      GuideStep("How often was it throttled?", "cat /sys/fs/cgroup/system.slice/UNIT.service/cpu.stat | grep throttled")
    ],
    now: ["Raise or remove the quota."],
    prevent: ["Use shares (weights) instead of quotas for what must answer quickly."])

  static let memoryPressure = CauseText(
    why: ["Too many programs for the memory of the machine, or a limit so near that the kernel reclaims all the time."],
    find: [GuideStep("How much do processes wait for memory?", "cat /proc/pressure/memory; free -m; vmstat 1 5")],
    now: ["Free memory, or raise the limit."], prevent: ["Alert on pressure, not only on use."])

  static let descriptorsExhausted = CauseText(
    why: [
      "The limit on open files is too low.", "A leak: files or connections that are never closed.",
      "Slow dependencies, so that connections pile up.",
    ],
    find: [
      GuideStep(
        "How many are open, of which kind?",
        "ls -l /proc/PID/fd | awk '{print $NF}' | cut -d: -f1 | sort | uniq -c | sort -rn | head; grep 'open files' /proc/PID/limits"
      )
    ],
    now: ["Raise `LimitNOFILE`, and restart."], prevent: ["Watch the number of open descriptors, and find the leak."])

  static let diskFull = CauseText(
    why: ["Logs, temporary files, uploads or a database that grew.", "All inodes are used."],
    find: [
      GuideStep("Which disk, and by what?", "df -h; df -i; du -xsh /var/* | sort -h | tail -5"),
      GuideStep("Deleted files that are still open?", "lsof +L1 | head"),
    ],
    now: ["Make room: rotate logs, remove what is temporary."], prevent: ["Rotate logs, and alert at 80 percent."])

  static let connectionTableFull = CauseText(
    why: ["More connections than the kernel tracks for its firewall or NAT; new ones are dropped."],
    find: [
      GuideStep(
        "How full is it?",
        "sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max; journalctl -k -g conntrack -n 3")
    ],
    now: ["Raise `nf_conntrack_max`."],
    prevent: ["Keep connections alive, and do not track traffic that needs no tracking."])
}
