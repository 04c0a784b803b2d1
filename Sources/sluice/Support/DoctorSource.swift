import ArgumentParser
import Foundation
import SluiceConfiguration
import SluiceCore
import SluiceIncidents
import SluiceProbes

/// What `sluice doctor` is asked to look at, and where the past is kept.
struct DoctorSource {
  let targets: [ProbeTarget]
  let log: LogSource?
  /// Unix time in milliseconds; nil: now.
  let moment: Int64?
  let reader: IncidentReader?
  /// A sentence: why there is no reader.
  let withoutStore: String
  let whyCommand: String

  init(target: String?, log: String?, at: String?, place: IncidentsStoreOptions) throws {
    self.log = try log.map(Self.logSource)
    moment = try at.map { text in
      guard let moment = Moments.read(text, now: WallClock.milliseconds()) else {
        throw ValidationError("--at takes a time ago, as in 10m, or a moment, as in 2026-11-24T10:00")
      }
      return moment
    }
    whyCommand = place.whyCommand
    targets = try Self.targets(target, place)
    (reader, withoutStore) = try Self.store(place)
  }

  private static func logSource(_ text: String) throws -> LogSource {
    do {
      return try LogSource(text: text)
    } catch {
      throw ValidationError("--log: \(error)")
    }
  }

  private static func targets(_ target: String?, _ place: IncidentsStoreOptions) throws -> [ProbeTarget] {
    if let target, target.contains(":") || target.contains("/") {
      do {
        return [try ProbeTarget(url: target)]
      } catch {
        throw ValidationError("\(error)")
      }
    }
    guard let configuration = try place.configuration() else {
      let example = "as in `sluice doctor http://127.0.0.1:3000`"
      guard let target else { throw ValidationError("say what to look at, \(example), or name --config FILE") }
      throw ValidationError(
        "'\(PlainText.peer(target, limit: 60))' is no URL, \(example); an upstream's name needs --config FILE")
    }
    let names = configuration.upstreams.map(\.name)
    if let target, !names.contains(target) {
      let hint = Spelling.nearest(to: target, in: names).map { "; did you mean '\($0)'?" } ?? ""
      throw ValidationError("there is no upstream '\(PlainText.peer(target, limit: 60))'\(hint)")
    }
    let upstreams = configuration.upstreams.filter { target == nil || $0.name == target }
    let name = Installation.knownName(ProcessInfo.processInfo.environment)
    let targets = upstreams.flatMap { ProbeTarget.targets(of: $0, in: configuration, installation: name) }
    guard !targets.isEmpty else { throw ValidationError("the configuration has no upstream to look at") }
    return Array(targets.prefix(Examiner.targetsMax))
  }

  /// A store that is not there is no mistake: the doctor then knows less, and says so.
  private static func store(_ place: IncidentsStoreOptions) throws -> (IncidentReader?, String) {
    let path = try place.path()
    do {
      return (try IncidentReader(path: path), "")
    } catch {
      return (nil, "No gateway's records were read: " + PlainText.shown(error.description))
    }
  }
}
