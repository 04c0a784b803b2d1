extension LabText {
  /// Where a lab listens, for machines: one JSON object.
  static func json(of plan: LabPlan) -> String {
    let own = LabCatalogue.scenarios.compactMap { scenario -> String? in
      switch scenario.reach {
      case .path, .address: nil
      case .port, .unix:
        object([
          ("name", string(scenario.name)), ("port", number(plan.port(of: scenario))),
          ("socket", string(plan.unixPath(of: scenario))),
        ])
      }
    }
    return object([
      ("host", string(plan.host)), ("port", String(plan.port)), ("sockets", string(plan.sockets)), ("own", array(own)),
      (
        "shared",
        array(
          LabTransport.sharedPorts.map { name, transport in
            object([
              ("name", string(name)), ("transport", string(transport.rawValue)),
              ("port", number(plan.sharedPort(name))),
            ])
          })
      ), ("trust", string(plan.sockets.map { LabTrust(folder: $0).root })),
      ("tlsName", string(LabCertificates.name)),
    ])
  }
}

extension LabPlan {
  /// The addresses for machines: one JSON object, in one line.
  public var json: String { LabText.json(of: self) }
}
