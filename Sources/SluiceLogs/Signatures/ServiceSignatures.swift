internal import SluiceCore
internal import SluiceDiagnosis

/// What systemd and the kernel say of a proxy's process. `program` is the service's name without `.service`.
enum ServiceSignatures {
  static func rows(for product: LogProduct) -> [Signature] {
    [
      Signature(
        "S01", product, [.contains(.message, "killed by the OOM killer")],
        .event(isProxy(product) ? .proxyCrashed : .changed), note: "The machine or its cgroup ran out of memory."),
      Signature(
        "S01-result", product, [.contains(.message, "Failed with result 'oom-kill'")],
        .event(isProxy(product) ? .proxyCrashed : .changed), note: "The machine or its cgroup ran out of memory."),
      Signature(
        "S02", product, [.contains(.message, "Main process exited, code=exited, status=0")],
        .event(isProxy(product) ? .proxyStopping : .changed)),
      Signature(
        "S02-asked", product, [.contains(.message, "Main process exited, code=killed, status=15/TERM")],
        .event(isProxy(product) ? .proxyStopping : .changed)),
      Signature(
        "S03", product, [.contains(.message, "Main process exited")],
        .event(isProxy(product) ? .proxyCrashed : .changed)),
      Signature(
        "S03-failed", product, [.contains(.message, "Failed with result")],
        .event(isProxy(product) ? .proxyCrashed : .changed)),
      Signature(
        "S04", product, [.contains(.message, "Scheduled restart job")],
        .event(isProxy(product) ? .proxyStopping : .changed)),
      Signature(
        "S05", product, [.starts(.message, "Started ")],
        .event(isProxy(product) ? .proxyStarted : .changed)),
      Signature(
        "S06", product, [.starts(.message, "Stopping ")],
        .event(isProxy(product) ? .proxyStopping : .changed)),
      Signature(
        "S06-done", product, [.starts(.message, "Stopped ")],
        .event(isProxy(product) ? .proxyStopping : .changed)),
      Signature(
        "S07", product, [.starts(.message, "Reloaded ")],
        .event(isProxy(product) ? .proxyReloaded : .changed)),
      Signature(
        "S08", product, [.starts(.message, "Failed to start ")],
        .event(isProxy(product) ? .proxyCrashed : .changed)),
      Signature(
        "S09", product, [.contains(.message, "ut of memory: Killed process")],
        .event(isProxy(product) ? .proxyCrashed : .changed), note: "The kernel ended the process to get memory back."),
      Signature(
        "S09-group", product, [.contains(.message, "Memory cgroup out of memory")],
        .event(isProxy(product) ? .proxyCrashed : .changed), note: "The cgroup's limit of memory was reached."),
      Signature(
        "S10", product, [.contains(.message, "segfault at")],
        .event(isProxy(product) ? .proxyCrashed : .changed)),
    ]
  }

  private static func isProxy(_ product: LogProduct) -> Bool { product != .other }
}
