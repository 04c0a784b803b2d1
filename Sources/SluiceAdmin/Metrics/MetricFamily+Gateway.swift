internal import SluiceIncidents

extension MetricFamily {
  /// The gateway itself.
  static let gateway: [MetricFamily] = [
    MetricFamily("sluice_build_info", .info, ["version"], "The program that runs.") {
      [MetricSample([$0.version], 1 as UInt64)]
    },
    MetricFamily("sluice_workers", .gauge, [], "Event loops.") { [MetricSample([], $0.gateway.workers)] },
    MetricFamily(
      "sluice_draining", .gauge, [], "1 while the gateway accepts no connection and ends what it has begun."
    ) { [MetricSample([], $0.gateway.isDraining)] },
    MetricFamily(
      "sluice_configuration_generation", .gauge, [], "The generation of the configuration in force; the first is 1."
    ) { [MetricSample([], $0.gateway.reloads.generation)] },
    MetricFamily(
      "sluice_configuration_timestamp_seconds", .gauge, [], "When that one was taken, as Unix time."
    ) { [MetricSample([], number: Double($0.gateway.reloads.lastAppliedAt) / 1_000)] },
    MetricFamily(
      "sluice_configuration_last_reload_successful", .gauge, [],
      "0 where the last reload was refused and the configuration before it goes on."
    ) { [MetricSample([], $0.gateway.reloads.isLastApplied)] },
    MetricFamily(
      "sluice_reloads_total", .counter, ["outcome"], "Reloads of the configuration that were applied or refused."
    ) { reading in
      [
        MetricSample(["applied"], reading.gateway.reloads.applied),
        MetricSample(["refused"], reading.gateway.reloads.refused),
      ]
    },
    MetricFamily(
      "sluice_metrics_names_left_out", .gauge, ["kind"],
      "Names beyond the bounds of the metrics: routes, upstreams and endpoints are counted as other, certificates are "
        + "left out, those that end last first."
    ) { reading in
      [
        ("route", reading.gateway.routesLeftOut), ("upstream", reading.gateway.upstreamsLeftOut),
        ("endpoint", reading.gateway.endpointsLeftOut), ("certificate", reading.gateway.certificatesLeftOut),
      ].map { MetricSample([$0.0], $0.1) }
    },
  ]

  /// Under the names that every exporter has for them.
  static let process: [MetricFamily] = [
    MetricFamily("process_cpu_seconds_total", .counter, [], "CPU time of the process, user and system.") {
      $0.process.map { [MetricSample([], number: $0.cpuSeconds)] } ?? []
    },
    MetricFamily("process_resident_memory_bytes", .gauge, [], "Memory of the process that is in RAM.") {
      $0.process.map { [MetricSample([], $0.residentBytes)] } ?? []
    },
    MetricFamily("process_virtual_memory_bytes", .gauge, [], "Address space of the process.") {
      $0.process.map { [MetricSample([], $0.virtualBytes)] } ?? []
    },
    MetricFamily("process_open_fds", .gauge, [], "File descriptors that are open.") {
      $0.process.map { [MetricSample([], $0.openDescriptors)] } ?? []
    },
    MetricFamily("process_max_fds", .gauge, [], "File descriptors that may be open.") {
      $0.process.map { [MetricSample([], $0.descriptorsMax)] } ?? []
    },
    MetricFamily("process_start_time_seconds", .gauge, [], "When the process began, as Unix time.") {
      $0.process.map { [MetricSample([], number: $0.startTime)] } ?? []
    },
  ]
}
