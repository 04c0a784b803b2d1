internal import SluiceDiagnosis
internal import SluiceIncidents

/// A button that runs the doctor, and the command that does the same. The button is a script's: what changes or costs
/// something is asked for as JSON, which no page of elsewhere can send.
struct DoctorPanel {
  /// nil: there is nothing to examine.
  let upstream: String?
  /// Around whose time logs and changes are looked at; nil: now.
  var incident: Incident?

  func write(to page: inout HTMLWriter) {
    guard let upstream else { return }
    page.within("section", "class=\"doctor\" aria-labelledby=\"doctor-title\"") { page in
      page.element("h2", "id=\"doctor-title\"", "Ask the doctor")
      page.element(
        "p", "",
        "It looks at the endpoints of \(upstream)\(incident == nil ? "" : ", with logs and changes of that time"): the "
          + "process, the application's log, the endpoint asked directly, the machine, and the deploys. It changes "
          + "nothing and takes some seconds.")
      page.within("p", "class=\"scripted\"") { page in
        page.raw("<button type=\"button\" id=\"examine\" data-examine=\"\(HTMLWriter.escaped(target(upstream)))\">")
        page.text("Run the doctor now")
        page.raw("</button>")
      }
      page.within("p", "class=\"quiet\"") { $0.text("In a terminal on this machine:") }
      let moment = incident?.time.map { " --at \(DashboardText.stamp($0).dropLast())" } ?? ""
      page.command("sluice doctor --config sluice.yaml \(Self.word(upstream))\(moment)")
      page.raw("<div id=\"examined\" aria-live=\"polite\"></div>\n")
    }
  }

  private func target(_ upstream: String) -> String {
    guard let incident else { return "/api/v1/upstreams/\(PercentCode.encoded(upstream))/examine" }
    return "\(IncidentRoutes.path)/\(PercentCode.encoded(incident.record.id))/examine"
  }

  /// As a shell takes it.
  static func word(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
      default: false
      }
    }
    return isPlain && !name.isEmpty
      ? name : "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}
