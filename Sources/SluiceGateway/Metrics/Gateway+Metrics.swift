internal import SluiceConfiguration
internal import SluiceCore
public import SluiceIncidents

extension Gateway {
  /// What is counted and measured at this moment: each worker is asked on its loop, the process's services are read.
  public func reading() async -> GatewayReading {
    var reading = GatewayReading()
    for worker in workers {
      guard let one = try? await worker.ask({ $0.reading }) else { continue }
      reading.add(one)
    }
    let configuration = snapshot.configuration
    let now = Clock.now()
    let known = reading.upstreams
    reading.loads = configuration.upstreams.compactMap { upstream in
      known[MetricsLimits.label(upstream.name)] == nil ? nil : load(of: upstream, at: now)
    }
    for upstream in configuration.upstreams {
      for (endpoint, standing) in services.health(named: upstream.name)?.readings ?? [] {
        let name = EndpointName(upstream: upstream.name, endpoint: endpoint)
        if reading.endpoints[name] != nil { reading.standings[name] = standing }
      }
    }
    addCertificates(to: &reading)
    reading.queues = services.output.queues
    reading.problemsOpen = services.output.problemsOpen
    reading.reloads = reloads
    reading.reloads.generation = generation
    reading.isDraining = isDraining
    reading.workers = workers.count
    return reading
  }

  private func load(of upstream: UpstreamConfiguration, at now: Instant) -> UpstreamLoadReading {
    var reading = UpstreamLoadReading(upstream: upstream.name)
    if let permits = services.permits(named: upstream.name) {
      reading.load = UpstreamLoad(permits, upstream.limits, heldBackBy: nil)
      reading.connectionsWaiting = permits.connections.waiting
      let budget = permits.retries.state(share: upstream.retry.budget, at: now)
      (reading.budgetUsed, reading.budgetLimit) = (budget.used, budget.limit)
    }
    reading.isPanicking = services.health(named: upstream.name)?.isPanicking ?? false
    return reading
  }

  private func addCertificates(to reading: inout GatewayReading) {
    var all: Set<CertificateReading> = []
    for (address, facts) in certificates {
      for certificate in facts {
        let place = CertificateReading.Place.listener(
          address: MetricsLimits.label(address.description), file: MetricsLimits.label(certificate.file))
        all.insert(CertificateReading(place: place, subject: certificate.subject, notAfter: certificate.notAfter))
      }
    }
    for (place, entry) in services.certificates.shown {
      let name = EndpointName(upstream: place.upstream, endpoint: place.endpoint)
      all.insert(
        CertificateReading(place: .endpoint(name), subject: entry.subject, notAfter: entry.notAfter / 1_000))
    }
    let sorted = all.sorted { ($0.notAfter, $0.subject) < ($1.notAfter, $1.subject) }
    reading.certificates = Array(sorted.prefix(MetricsLimits.certificatesMax))
    reading.certificatesLeftOut = sorted.count - reading.certificates.count
  }
}
